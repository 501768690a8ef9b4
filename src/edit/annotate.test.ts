// Declarations written into playbooks: the same flow as before, now declared; comments and layout stay.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readFlow } from '../index.ts'
import type { Flow } from '../model/flow.ts'
import { declarationsFor } from './annotate.ts'
import { difference } from './same.ts'
import { edited } from './text.ts'

const FOLDER = new URL('../../fixtures/playbooks/', import.meta.url)

async function flowOf(path: string, text: string): Promise<Flow> {
  return (await readFlow([{ path, text, named: true }])).flow
}

/** The text with its declarations, which reads the same. */
async function annotated(path: string, text: string): Promise<{ text: string; why: string[]; flow: Flow }> {
  const flow = await flowOf(path, text)
  const declarations = declarationsFor(flow, 0, text)
  const written = edited(text, declarations)
  const again = await flowOf(path, written)
  expect(difference(flow, again)).toBeNull()
  return { text: written, why: declarations.map(({ why }) => why), flow: again }
}

for (const path of ['endless-offers/two-offers.yaml', 'aol/cancel-by-phone.yaml', 'five-minutes/gym.yaml']) {
  test(`${path} reads the same with its declarations`, async () => {
    const text = readFileSync(new URL(path, FOLDER), 'utf8')
    const flow = await flowOf(path, text)
    const declarations = declarationsFor(flow, 0, text)
    expect(declarations.length).toBeGreaterThan(0)
    const written = edited(text, declarations)
    const again = await flowOf(path, written)
    expect(difference(flow, again)).toBeNull()
    const declared = [...again.steps, ...again.transitions]
      .flatMap(x => x.acts)
      .filter(a => a.evidence === 'declared')
    expect(declared.length).toBeGreaterThanOrEqual(declarations.length)
    // Nothing was taken out: without the additions it is the text as it was.
    let rest = written
    for (const { text: added } of declarations) rest = rest.replace(added, '')
    expect(rest).toBe(text)
  })
}

test('a step in which something is only suspected is left to people', async () => {
  const text =
    'playbook: Gym\nsteps:\n  offer:\n    say: We could give you half price for three months.\n    next:\n      - customer: takes it and stays\n        end: kept\n      - customer: declines the offer\n        end: cancelled\n'
  const flow = await flowOf('gym.yaml', text)
  const doubtful = flow.transitions.filter(t => t.acts.some(a => a.evidence === 'suspected'))
  const lines = declarationsFor(flow, 0, text).map(({ range }) => range.start.line)
  for (const { transition } of doubtful) expect(lines).not.toContain(transition.range.start.line)
})

describe('who decides', () => {
  test('in Markdown stands before the condition, not in a heading, and reads the same', async () => {
    const page = [
      '# Leaving the gym',
      '',
      '1. Ask what the member needs.',
      '2. If the member declines the offer, cancel the membership.',
      '3. If the system is down, call them back tomorrow.',
      '',
      '## If the member wants to pause',
      '',
      'Pause the membership.',
      '',
    ].join('\n')
    const { text, why, flow } = await annotated('gym.md', page)
    expect(text).toContain('2. If [customer] the member declines the offer, cancel')
    expect(text).toContain('## If the member wants to pause\n')
    expect(why).toContainEqual(expect.stringContaining('customer decides because of "'))
    const declines = flow.transitions.find(t => t.transition.when?.text === 'the member declines the offer')
    expect(declines).toMatchObject({ chooser: 'customer', chooserEvidence: 'declared' })
    // A second time there is nothing left to declare about it.
    expect(declarationsFor(flow, 0, text).filter(d => d.text.includes('[customer]'))).toEqual([])
  })

  const yaml = (ways: string) =>
    `playbook: Gym\nsteps:\n  hello:\n    say: Hello.\n    next:\n${ways}  bye:\n    say: Bye.\n    end: resolved\n`

  test('in YAML becomes the key where "when" left it open', async () => {
    const { text, flow } = await annotated(
      'gym.yaml',
      yaml(
        '      # the member\n      - when: the customer declines the offer # no\n        go: bye\n      - {go: bye, "when": the agent approves it}\n      - when: it is raining\n        go: bye\n',
      ),
    )
    expect(text).toContain('- customer: the customer declines the offer # no\n')
    expect(text).toContain('"agent": the agent approves it}')
    // Of which the words name nobody, nothing is said.
    expect(text).toContain('- when: it is raining\n')
    expect(flow.transitions.map(t => t.chooser)).toEqual(['customer', 'agent', 'unknown'])
    // Now that it is known who says so, the words are an answer.
    expect(flow.transitions[0]!.acts).toMatchObject([{ act: 'offer-declined', evidence: 'recognised' }])
  })

  test('of an "otherwise" follows from the way on before it', async () => {
    const text = yaml(
      '      - customer: declines\n        go: bye\n      - otherwise: the customer says yes\n        go: bye\n',
    )
    const flow = await flowOf('gym.yaml', text)
    expect(declarationsFor(flow, 0, text).every(({ text: added }) => added.includes('acts:'))).toBe(true)
  })
})

describe('what is written', () => {
  const offer = 'We could give you half price for three months.'

  test('ends its lines as the file does', async () => {
    const { text } = await annotated(
      'gym.yaml',
      `playbook: Gym\r\nsteps:\r\n  offer:\r\n    say: ${offer}\r\n    end: kept\r\n`,
    )
    expect(text).toMatch(/acts: .*retention-offer.*\r\n {4}say/)
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  })

  test('goes into braces, and into JSON as JSON', async () => {
    const braces = await annotated(
      'gym.yaml',
      `playbook: Gym\nsteps:\n  offer: {say: "${offer}", end: kept}\n`,
    )
    expect(braces.text).toMatch(/offer: \{acts: .*, say: /)
    const json = await annotated(
      'gym.json',
      JSON.stringify({ playbook: 'Gym', steps: { offer: { say: offer, end: 'kept' } } }, null, 2),
    )
    expect(JSON.parse(json.text).steps.offer.acts).toEqual([
      { 'retention-offer': expect.objectContaining({ months: 3 }) },
    ])
    expect(json.flow.steps[0]!.acts).toMatchObject([{ act: 'retention-offer', evidence: 'declared' }])
  })
})

test('another reading is told', async () => {
  const [one, other] = await Promise.all(
    ['end: kept', 'end: cancelled'].map(end =>
      flowOf('gym.yaml', `playbook: Gym\nsteps:\n  bye:\n    say: Goodbye.\n    ${end}\n`),
    ),
  )
  expect(difference(one!, other!)).toContain('bye')
})
