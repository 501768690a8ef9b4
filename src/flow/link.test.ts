// Where customers come in, and what a target leads to: the same playbook, the file, another file, or nowhere.
import { describe, expect, test } from 'vitest'
import { readFlow } from '../index.ts'
import type { Flow } from '../model/flow.ts'
import { flowOf } from './sketch.test-data.ts'
import { targetsOf } from './targets.ts'

type Files = Record<string, string>

/** The files named are read, and of the others those that something leads to. */
async function linked(files: Files, others: Files = {}): Promise<Flow> {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text, named: true }))
  const load = (path: string) => (others[path] === undefined ? null : { path, text: others[path] })
  return (await readFlow(sources, { load })).flow
}

/** A playbook with a head and steps in the fewest words: `hello: [offer, bye]` goes there. */
function book(title: string, steps: Record<string, readonly string[]>, head = ''): string {
  const step = ([id, ways]: [string, readonly string[]]) =>
    ways.length === 0
      ? `  ${id}: {say: Hello., end: resolved}\n`
      : `  ${id}: {say: Hello., next: [${ways.map(to => `{customer: asks for ${to.replace(/[#"]/g, '')}, go: "${to}"}`).join(', ')}]}\n`
  return `playbook: ${title}\n${head}steps:\n${Object.entries(steps).map(step).join('')}`
}

const nameOf = (flow: Flow, step: number) => {
  const { playbook, step: own } = flow.steps[step]!
  return `${flow.playbooks[playbook]!.path}#${own.id}`
}
const entries = (flow: Flow) =>
  flow.entries.map(({ step, channel }) => nameOf(flow, step) + (channel ? ` (${channel})` : ''))
const ways = (flow: Flow) => flow.transitions.map(({ to }) => (to === null ? null : nameOf(flow, to)))
const problems = (flow: Flow) => flow.problems.map(({ path, message }) => `${path}: ${message}`)

describe('customers come in', () => {
  test('at every playbook that is not only reached from others', async () => {
    const flow = await linked({
      'desk.yaml': book('Desk', { hello: ['bills.yaml', 'hello'] }),
      'bills.yaml': book('Bills', { start: [] }),
      'night.yaml': book('Night', { start: [] }),
    })
    expect(entries(flow)).toEqual(['desk.yaml#hello', 'night.yaml#start'])
  })

  test('at one that is called no more than at one that is gone to', async () => {
    const called =
      'playbook: Desk\nsteps:\n  hello: {call: "survey.yaml", next: bye}\n  bye: {end: resolved}\n'
    const flow = await linked({ 'desk.yaml': called, 'survey.yaml': book('Survey', { ask: [] }) })
    expect(entries(flow)).toEqual(['desk.yaml#hello'])
  })

  test('at all that only lead to each other in a circle, and not behind one that leads there', async () => {
    const circle = {
      'a.yaml': book('A', { one: ['b.yaml'] }),
      'b.yaml': book('B', { two: ['a.yaml'] }),
    }
    expect(entries(await linked(circle))).toEqual(['a.yaml#one', 'b.yaml#two'])
    const entered = { ...circle, 'z.yaml': book('Z', { start: ['a.yaml'] }) }
    expect(entries(await linked(entered))).toEqual(['z.yaml#start'])
  })

  test('as the head says, if it says so', async () => {
    const flow = await linked({
      'desk.yaml': book('Desk', { hello: ['bills.yaml'] }),
      'bills.yaml': book('Bills', { start: [] }, 'entry: true\n'),
      'notes.yaml': book('Notes', { start: [] }, 'entry: false\n'),
    })
    expect(entries(flow)).toEqual(['bills.yaml#start', 'desk.yaml#hello'])
  })

  test('never at one that is read only because another leads there', async () => {
    const head = 'entry: true\n'
    const flow = await linked(
      { 'desk.yaml': book('Desk', { hello: ['bills.yaml'] }) },
      { 'bills.yaml': book('Bills', { start: [] }, head) },
    )
    expect(flow.playbooks.map(({ linked }) => linked)).toEqual([true, false])
    expect(entries(flow)).toEqual(['desk.yaml#hello'])
  })

  test('once a channel, each at its start', async () => {
    const steps = { hello: [], hi: [] }
    const at = async (head: string) => entries(await linked({ 'a.yaml': book('A', steps, head) }))
    expect(await at('')).toEqual(['a.yaml#hello'])
    expect(await at('channel: [phone, chat, phone]\n')).toEqual([
      'a.yaml#hello (phone)',
      'a.yaml#hello (chat)',
    ])
    expect(await at('start: hi\nchannel: chat\n')).toEqual(['a.yaml#hi (chat)'])
    expect(await at('start: {phone: hello, chat: hi}\n')).toEqual([
      'a.yaml#hello (phone)',
      'a.yaml#hi (chat)',
    ])
  })

  test('at the first step where the start does not exist, which is told', async () => {
    const flow = await linked({
      'a.yaml': book('A', { hello: [], offer: [] }, 'start: ofer\nchannel: chat\n'),
    })
    expect(entries(flow)).toEqual(['a.yaml#hello (chat)'])
    expect(problems(flow)).toEqual([
      'a.yaml: the playbook starts with "ofer", but has no such step; did you mean "offer"?',
    ])
    expect(flow.problems[0]).toMatchObject({
      rule: 'links-resolve',
      range: { start: { line: 2, column: 8 } },
      instead: { word: 'ofer', names: ['offer'] },
    })
  })
})

describe('a target', () => {
  const two = `${book('A', { hello: ['offer', '#offer', '#pause', 'a.yaml', 'a.yaml#pause'], offer: [] })}---\n${book('B', { pause: [], offer: [] })}`

  test('is a step of its playbook, behind "#" of its file, without a step the start of a file', async () => {
    const flow = await linked({ 'a.yaml': two })
    expect(problems(flow)).toEqual([])
    expect(ways(flow)).toEqual([1, 1, 2, 0, 2].map(step => nameOf(flow, step)))
  })

  test('that stands in another playbook of the file lacks its "#"', async () => {
    const flow = await linked({ 'a.yaml': two.replace('go: "#pause"', 'go: "pause"') })
    expect(problems(flow)).toEqual([
      'a.yaml: step "pause" does not exist in this playbook, but in "B" of the same file',
    ])
    expect(flow.problems[0]).toMatchObject({
      fix: 'write "#pause"',
      step: 'hello',
      instead: { word: 'pause', names: ['#pause'] },
    })
  })

  test.each([
    ['ofer', 'step "ofer" does not exist; did you mean "offer"?', 'correct the name of the step'],
    ['supervisor', 'step "supervisor" does not exist', 'add a step "supervisor", or name one that exists'],
    [
      '#ofer',
      '"#ofer" points to "#ofer", but a.yaml has no such step; did you mean "offer"?',
      'correct the part after "#"',
    ],
    [
      'desk/b.yaml',
      '"desk/b.yaml" leads to desk/b.yaml, but it does not exist',
      'correct the path, or remove the link',
    ],
    [
      'b.yaml#paus',
      '"b.yaml#paus" points to "#paus", but b.yaml has no such step; did you mean "pause"?',
      'correct the part after "#"',
    ],
  ])('%s leads nowhere, and it is told why', async (to, message, fix) => {
    const flow = await linked(
      { 'a.yaml': book('A', { hello: [to], offer: [] }) },
      { 'b.yaml': book('B', { pause: [] }) },
    )
    expect(ways(flow)[0]).toBeNull()
    expect(flow.problems).toMatchObject([
      { rule: 'links-resolve', path: 'a.yaml', message, fix, step: 'hello' },
    ])
  })

  test('to a page leads to its first step', async () => {
    const page = (link: string) => `# Desk\n\n## Hello\n\n1. Greet the member.\n2. ${link}\n`
    const flow = await linked({
      'desk.md': page('Go to [Leaving](leave.md).'),
      'leave.md': '# Leaving\n\n1. Cancel the membership.\n2. Say goodbye.\n',
    })
    expect(ways(flow).filter(to => to?.startsWith('leave.md'))).not.toEqual([])
    expect(entries(flow).every(entry => entry.startsWith('desk.md'))).toBe(true)
  })
})

describe('a target that leads out of what can be followed', () => {
  test('is a file that is no playbook: it is there, so nothing is wrong', async () => {
    const flow = await linked(
      { 'a.yaml': book('A', { hello: ['prices.yaml'] }) },
      { 'prices.yaml': 'monthly: 20\n' },
    )
    expect([ways(flow), problems(flow)]).toEqual([[null], []])
  })

  test('is a heading without steps; one with steps leads to the first of them', async () => {
    const page = '# Leaving\n\n## Prices\n\n## Cancel\n\n1. Cancel the membership.\n2. Say goodbye.\n'
    const at = async (anchor: string) =>
      linked({ 'a.yaml': book('A', { hello: [`leave.md#${anchor}`] }) }, { 'leave.md': page })
    const cancel = await at('cancel')
    expect(problems(cancel)).toEqual([])
    expect(cancel.steps[cancel.transitions[0]!.to!]!.step.range.start.line).toBe(7)
    const prices = await at('prices')
    expect([prices.transitions[0]!.to, problems(prices)]).toEqual([null, []])
  })
})

describe('a title', () => {
  const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }
  const flow = flowOf({ playbooks: [[{ end: 'kept' }], [{ end: 'kept' }, { end: 'kept' }]] })
  const resolve = (title: string) => targetsOf(flow, new Map()).resolve({ text: title, range, title }, 0)

  test('names a playbook whatever its blanks and capitals', () => {
    expect(resolve('Playbook 1')).toBe(1)
    expect(resolve('  PLAYBOOK \n 0 ')).toBe(0)
  })

  test('that no playbook has is told with the nearest; of an export that may be elsewhere, as a doubt', () => {
    const told = {
      rule: 'links-resolve',
      message: 'no playbook is called "Playbok 1"; did you mean "Playbook 1"?',
    }
    expect(resolve('Playbok 1')).toMatchObject(told)
    expect(resolve('Playbok 1')).not.toHaveProperty('possible')
    flow.documents[0]!.format = 'rasa-calm'
    expect(resolve('Playbok 1')).toMatchObject({ ...told, possible: true })
    flow.documents[0]!.format = 'yaml'
  })
})

describe('a call that leads back', () => {
  test('never returns: in YAML it is told and cut', async () => {
    const flow = await linked({
      'a.yaml':
        'playbook: A\nsteps:\n  hello: {call: ask, next: bye}\n  bye: {end: resolved}\n  ask: {say: Hm?, next: hello}\n',
    })
    expect(flow.steps[0]!.call).toBeNull()
    expect(flow.problems).toMatchObject([
      {
        rule: 'links-resolve',
        step: 'hello',
        message: 'the call of "ask" leads back to this step before it returns, so it never ends',
      },
    ])
  })

  test('of a step that only comes round again is an ordinary one', async () => {
    const flow = await linked({
      'a.yaml': 'playbook: A\nsteps:\n  hello: {call: ask, next: hello}\n  ask: {say: Hm?, end: resolved}\n',
    })
    expect(flow.steps[0]!.call).toBe(1)
    expect(flow.problems).toEqual([])
  })
})
