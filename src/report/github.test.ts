// Annotations of GitHub: one line each, nothing in them ends a command or begins another.
import { expect, test } from 'vitest'
import type { Finding } from '../model/finding.ts'
import { report } from './github.ts'
import { HOSTILE_CONTEXT, hostileResult } from './hostile.test-data.ts'
import { GYM } from './sample-sources.test-data.ts'
import { CLEAN, CONTEXT, FINDINGS, RESULT, witnessStep } from './samples.test-data.ts'

/** What GitHub's runner makes of a line: trimmed, `::name a=b,c=d::data`, unescaped. */
function parsed(line: string) {
  const match = /^::([^ :]+) ?((?:[^:]|:(?!:))*)::(.*)$/.exec(line.trim())
  if (!match) return undefined
  const decoded = (text: string) =>
    text
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%')
  const pairs = match[2]!
    .split(',')
    .map(pair => [pair.slice(0, pair.indexOf('=')), decoded(pair.slice(pair.indexOf('=') + 1))])
  return { name: match[1], properties: Object.fromEntries(pairs), text: decoded(match[3]!) }
}

test('a finding, its path and the way to repair it', () => {
  const [first, remark, possible, notRead, summary, ...rest] = report(RESULT, CONTEXT).split('\n')
  expect(first).toMatch(
    /^::error file=playbooks\/gym.yaml,line=8,endLine=8,col=19,endColumn=46,title=cancellation-forceable::a customer who asks/,
  )
  expect(parsed(first!)!.text).toMatchInlineSnapshot(`
    "a customer who asks to cancel in "Greeting" cannot get it done if the agent goes on offering
    1. Greeting (playbooks/gym.yaml:4): Thank you for calling Iron Hall, the gym that never sleeps. How can I help? → customer: "wants to end the membership"
    2. First offer (playbooks/gym.yaml:12): Before you go, I could give you half price for three months. Would that help? → customer: "declines"
    3. Pause instead (playbooks/gym.yaml:20): Then let me pause the membership. You pay nothing for two months and keep your locker. → agent: "thinks that the customer can still be won" (the way out hangs on the agent here)
    ↺ back to 2, and so on for ever
    why: Trying to keep a customer is fair; holding on to one who has said no is not.
    fix: let the customer decide in "Pause instead":
      - customer: declines
        go: done"
  `)
  expect(remark).toMatch(/^::notice file=playbooks\/gym.yaml,line=34,/)
  expect(parsed(possible!)!.properties.title).toBe('retention-offers-bounded (possible)')
  expect(notRead).toBe(
    '::error file=playbooks/old.md,title=not read::playbooks/old.md: not UTF-8: it looks like UTF-16',
  )
  expect(summary).toBe('wayout: 1 error, 1 warning, 1 info in 2 playbooks (7 steps), 1 suppressed')
  expect(rest).toEqual([''])
})

test('nothing found', () => {
  expect(report(CLEAN, CONTEXT)).toBe('wayout: no findings in 1 playbook (5 steps)\n')
})

test('says when GitHub will not show them all', () => {
  const findings: Finding[] = Array.from({ length: 11 }, () => FINDINGS[1]!)
  expect(report({ ...CLEAN, findings }, CONTEXT)).toContain(
    '\nGitHub shows at most 10 annotations of each level',
  )
  expect(report({ ...CLEAN, findings: findings.slice(1) }, CONTEXT)).not.toContain('GitHub shows')
})

test('an end column only where it stands on the same line', () => {
  const range = { start: { line: 4, column: 3 }, end: { line: 9, column: 2 } }
  const text = report({ ...CLEAN, findings: [{ ...FINDINGS[1]!, range }] }, CONTEXT)
  expect(text).toContain(`file=${GYM},line=4,endLine=9,col=3,title=`)
})

test('hostile text stays inside its property and its message', () => {
  const lines = report(hostileResult(), HOSTILE_CONTEXT).trimEnd().split('\n')
  expect(lines).toHaveLength(4)
  for (const line of lines.slice(0, 3)) {
    const command = parsed(line)!
    expect(['error', 'notice']).toContain(command.name)
    expect(command.properties.file).toContain('::set-output name=x::y ::error::z %0A##[add-mask]m')
    expect(Object.keys(command.properties)).toEqual(expect.arrayContaining(['file', 'line', 'title']))
    expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/)
  }
  expect(lines[3]).toBe('wayout: 1 error, 1 info in 1 playbook (5 steps), 1 suppressed, 1 in the baseline')
})

test('a long message is cut', () => {
  const witness = Array.from({ length: 30 }, (_, index) =>
    witnessStep(`s${index}`, 'x'.repeat(500), index + 1, { note: 'n'.repeat(900) }),
  )
  const [line] = report({ ...CLEAN, findings: [{ ...FINDINGS[0]!, witness }] }, CONTEXT).split('\n')
  expect(parsed(line!)!.text.length).toBe(3000)
})

test('the same input gives the same bytes', () => {
  expect(report(structuredClone(RESULT), CONTEXT)).toBe(report(RESULT, CONTEXT))
})
