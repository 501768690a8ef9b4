// What a finding says besides where it is: how grave, in which words, and what would settle a doubt.
import { describe, expect, test } from 'vitest'
import { lint } from '../index.ts'
import type { Finding } from '../model/finding.ts'
import type { Rule } from '../model/rule.ts'
import { builtInRules } from '../ruleset/load.ts'
import { fill, severityOf } from './finding.ts'

async function found(id: string, files: Record<string, string>): Promise<Finding[]> {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text, named: true }))
  const rules = builtInRules().filter(rule => rule.id === id)
  return (await lint(sources, { rules })).result.findings.filter(({ rule }) => rule === id)
}

test('what is only possible is never an error, and keeps any other severity', () => {
  const rule = (severity: Rule['severity']) => ({ severity }) as Rule
  expect(severityOf(rule('error'), 'violated')).toBe('error')
  expect(severityOf(rule('error'), 'possible')).toBe('warning')
  expect(severityOf(rule('info'), 'possible')).toBe('info')
  expect(severityOf(rule('warning'), 'violated')).toBe('warning')
})

test('a message names what it has a value for', () => {
  expect(fill('{count} offers in {step}, {other}', { count: '2', step: '"Hello"' })).toBe(
    '2 offers in "Hello", {other}',
  )
})

describe('what would settle a doubt', () => {
  test('is not asked for where there is none', async () => {
    const yaml = `playbook: Gym\nchannel: phone\nsteps:\n  hello:\n    say: Iron Hall, hello.\n    next:\n      - customer: wants to cancel\n        acts: cancel-request\n        go: out\n  out:\n    say: Our records show that your account is now closed for you, thank you.\n    end: cancelled\n`
    const declared = yaml.replace('    end:', '    acts: cancellation-processed\n    end:')
    const [one] = await found('cancellation-confirmed', { 'gym.yaml': declared })
    expect(one).toMatchObject({ verdict: 'violated', severity: 'error' })
    expect(one).not.toHaveProperty('confirm')
  })

  test('is the channel, where a rule speaks of some and prose names none', async () => {
    const page =
      '# Leaving\n\n1. Say hello to the member: "Iron Hall, how can I help?"\n2. Cancel the membership.\n3. Say goodbye.\n'
    const rule = 'supervisor-escalation-exists'
    const [one] = await found(rule, { 'gym.md': page })
    expect(one).toMatchObject({ verdict: 'possible', severity: 'warning' })
    expect(one!.confirm).toBe(
      'whether this is for phone, chat, in-person: say so with "channel:" in the front matter',
    )
    const [named] = await found(rule, { 'gym.md': `---\nchannel: phone\n---\n${page}` })
    expect(named?.rule).toBe(rule)
    expect(named?.confirm ?? '').not.toContain('channel:')
    expect(await found(rule, { 'gym.md': `---\nchannel: email\n---\n${page}` })).toEqual([])
  })
})

describe('nothing to check', () => {
  const book = (title: string, to: string) =>
    `playbook: ${title}\nentry: true\nlanguage: en\nsteps:\n  start:\n    say: Good morning, Iron Hall.\n    next:\n      - customer: asks about the opening hours\n        ${to}\n`
  const request =
    'playbook: Leave\nlanguage: en\nsteps:\n  start:\n    say: Hello.\n    next:\n      - customer: wants to cancel the membership\n        acts: cancel-request\n        end: cancelled\n'

  test('is told of a file in which nobody asks to cancel, nor behind it, however far', async () => {
    const files = {
      'a.yaml': book('Desk', 'go: b.yaml'),
      'b.yaml': book('Night desk', 'go: leave.yaml'),
      'hours.yaml': book('Hours', 'end: resolved'),
      'leave.yaml': request,
    }
    const findings = await found('nothing-to-check', files)
    expect(findings.map(({ path }) => path)).toEqual(['hours.yaml'])
    expect(findings[0]!.message).toContain('"Hours"')
  })

  test('counts further playbooks of a file', async () => {
    const two = `${book('Hours', 'end: resolved')}---\n${book('Prices', 'end: resolved')}`
    const three = `${two}---\n${book('Courses', 'end: resolved')}`
    expect((await found('nothing-to-check', { 'a.yaml': two }))[0]!.message).toContain(
      '"Hours" and in 1 more playbook of this file',
    )
    expect((await found('nothing-to-check', { 'a.yaml': three }))[0]!.message).toContain(
      '"Hours" and in 2 more playbooks of this file',
    )
  })
})
