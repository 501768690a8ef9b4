// Copilot Studio topics: lists in lists, answers to questions, outcomes of the author, YAML that is none.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, parseDocument } from 'yaml'
import type { Document, Step } from '../../model/playbook.ts'
import { type Excerpt, rangeOf } from '../../model/position.ts'
import { copilotStudio } from './copilot-studio.ts'

const read = (path: string, text: string) => copilotStudio.read(path, text, parse(text))
const step = (document: Document, id: string): Step => document.playbooks[0]!.steps.find(s => s.id === id)!

function ways(document: Document, id: string): string[] {
  return step(document, id).transitions.map(({ to, when, otherwise, chooser }) => {
    const where = to?.title !== undefined ? `"${to.title}"` : to?.step
    return [chooser, otherwise ? 'otherwise' : when?.text, '→', where].filter(w => w !== undefined).join(' ')
  })
}

function there(text: string, excerpt: Excerpt, words: string): string {
  const from = excerpt.text.indexOf(words)
  const { start, end } = rangeOf(excerpt, from, from + words.length)
  return text.split('\n')[start.line - 1]!.slice(start.column - 1, end.column - 1)
}

const topic = (actions: string) =>
  `kind: AdaptiveDialog\nbeginDialog:\n  kind: OnRedirect\n  actions:\n${actions}`

describe('a topic', () => {
  const text = readFileSync('fixtures/read/dialects/LeaveGym.mcs.yml', 'utf8')
  const document = read('topics/LeaveGym.mcs.yml', text)
  const said = (id: string) => step(document, id).texts.map(t => `${t.voice}: ${t.text}`)

  it('begins with the words of the customer', () => {
    expect(document.problems).toEqual([])
    expect(document.playbooks).toMatchObject([{ title: 'LeaveGym', starts: [{ step: 'main' }] }])
    expect(step(document, 'main').title).toBe('Leave the gym')
    expect(said('main')).toEqual(['hear: I want to end my membership', 'hear: Stop my "Gold" plan'])
    expect(there(text, step(document, 'main').texts[1]!, 'plan')).toBe('plan')
    expect(ways(document, 'main')).toEqual(['→ wish'])
  })

  it('goes on behind a group of conditions, and knows who decides them', () => {
    expect(ways(document, 'wish')).toEqual([
      'customer Topic.Wish = "freeze" → to-freeze',
      'system System.FallbackCount > 2 → number',
      'system otherwise → number',
    ])
    expect(ways(document, 'to-freeze')).toEqual(['→ "FreezeMembership"'])
    expect(step(document, 'wish').range).toEqual({
      start: { line: 16, column: 7 },
      end: { line: 26, column: 47 },
    })
  })

  it('calls other topics by name and comes back', () => {
    expect(step(document, 'check').call).toMatchObject({ title: 'CheckMember' })
    expect(ways(document, 'check')).toEqual(['→ stay'])
  })

  it('tells a question and the conditions behind it as one step, in the words of the answers', () => {
    expect(said('stay')).toEqual(['say: We could give you a free month.\nWould you like it?'])
    expect(there(text, step(document, 'stay').texts[0]!, 'Would you')).toBe('Would you')
    expect(ways(document, 'stay')).toEqual(['customer yes → stays', 'customer otherwise → why'])
    expect(step(document, 'stay-answer')).toBeUndefined()
    expect(ways(document, 'why')).toEqual([
      'customer Too far → again',
      'customer Too dear → each',
      'customer otherwise → person',
    ])
    expect(ways(document, 'again')).toEqual(['→ stay'])
  })

  it('takes outcomes from the author only', () => {
    expect(step(document, 'stays-end')).toMatchObject({ outcome: 'resolved', transitions: [] })
    expect(step(document, 'person').outcome).toBe('handed-off')
    expect(step(document, 'bye')).toMatchObject({ impliedEnd: true, endsConversation: true })
    expect(step(document, 'bye').outcome).toBeUndefined()
  })

  it('follows loops', () => {
    expect(ways(document, 'each')).toEqual(['system → block', 'system otherwise → address'])
    expect(ways(document, 'block')).toEqual(['→ last'])
    expect(said('block')).toEqual(['do: Block the card'])
    expect(ways(document, 'last')).toEqual(['Topic.Last → out', 'otherwise → each'])
    expect(ways(document, 'out')).toEqual(['→ address'])
  })

  it('reads the words of cards, but not the names of their buttons', () => {
    expect(said('address')).toEqual(['say: Where may we write to you?', 'say: Street ""and"" house'])
    expect(there(text, step(document, 'address').texts[0]!, 'Where may')).toBe('Where may')
  })

  it('knows the acts that kinds of actions make certain', () => {
    const acts = (id: string) => step(document, id).knownActs?.map(a => [a.act, a.attributes])
    expect(acts('number')).toEqual([['collect-info', { items: ['Topic.Number'] }]])
    expect(acts('address')).toEqual([['collect-info', { items: ['street'] }]])
    expect(acts('person')).toEqual([['human-agent', {}]])
    expect(acts('rate')).toEqual([['feedback-request', {}]])
    expect(acts('stay')).toBeUndefined()
  })

  it('keeps actions it does not know as steps', () => {
    expect(document.unread).toMatchObject([{ text: 'JuggleBalls' }])
    expect(ways(document, 'juggle')).toEqual(['→ rate'])
  })
})

describe('the name of a topic', () => {
  it.each([
    ['bots/gym_bot.topic.Escalate/data', 'Escalate'],
    ['Leave/topic.yaml', 'Leave'],
    ['topics/Leave.mcs.yml', 'Leave'],
    ['Leave.topic.yaml', 'Leave'],
    ['gym_bot.topic.Leave.yml', 'Leave'],
    ['Leave', 'Leave'],
  ])('of %s is %s', (path, title) => {
    const document = read(path, topic('    - kind: EndDialog\n      id: a'))
    expect(document.playbooks[0]!.title).toBe(title)
  })
})

describe('details', () => {
  it('hears a wish for a person where the topic is the one for that', () => {
    const document = read(
      'x',
      'kind: AdaptiveDialog\nbeginDialog: {kind: OnEscalate, actions: [{kind: EndDialog}]}',
    )
    expect(step(document, 'main').knownActs).toMatchObject([{ act: 'human-request' }])
  })

  it('does not join a question with conditions that something jumps to, or that ask more', () => {
    const jumped = read(
      'x',
      topic(
        [
          '    - {kind: Question, id: q, variable: Topic.A, prompt: Sure?, entity: BooleanPrebuiltEntity}',
          '    - {kind: ConditionGroup, id: c, conditions: [{id: d, condition: "=Topic.A", actions: [{kind: GotoAction, id: g, actionId: c}]}]}',
        ].join('\n'),
      ),
    )
    expect(ways(jumped, 'q')).toEqual(['→ c'])
    expect(ways(jumped, 'c')).toEqual(['customer Topic.A → g', 'customer otherwise → end'])
    const more = read(
      'x',
      topic(
        [
          '    - {kind: Question, id: q, variable: Topic.A, prompt: Sure?, entity: BooleanPrebuiltEntity}',
          '    - {kind: ConditionGroup, id: c, conditions: [{id: d, condition: "=Topic.A && Global.B"}]}',
        ].join('\n'),
      ),
    )
    expect(ways(more, 'q')).toEqual(['→ c'])
    expect(step(more, 'c')).toMatchObject({ impliedEnd: true })
  })

  it('reports ids that stand twice and actions without a kind', () => {
    const document = read(
      'x',
      topic('    - {kind: EndDialog, id: a}\n    - {kind: EndDialog, id: a}\n    - {id: b}'),
    )
    expect(document.problems.map(p => [p.rule, p.range.start.line])).toEqual([
      ['syntax', 7],
      ['steps-unique', 6],
    ])
    expect(document.playbooks[0]!.steps.map(s => s.id)).toEqual(['main', 'a', 'a-2'])
  })

  it('lists a component that is no topic', () => {
    const document = read('x', topic('    - {kind: BeginDialog, id: a, dialog: gym_bot.task.Send}'))
    expect(document.unread).toMatchObject([{ text: 'gym_bot.task.Send' }])
    expect(step(document, 'a').call).toBeUndefined()
  })
})

describe('files that are not as they should be', () => {
  const broken = topic(
    [
      '    - kind: ParseValue',
      '      id: a',
      '      type: {name: @text, other: @more}',
      '      more: @again',
      '    - kind: EndDialog',
      '      id: b',
    ].join('\n'),
  )

  it('reads a topic that is not valid YAML as far as it goes', () => {
    const document = copilotStudio.read('x', broken, parseDocument(broken).toJS())
    expect(document.failure).toBeUndefined()
    expect(document.playbooks[0]!.steps.map(s => s.id)).toEqual(['main', 'a', 'b'])
    expect(document.problems.map(p => [p.range.start, p.message])).toEqual([
      [
        { line: 7, column: 20 },
        'not valid YAML: plain value cannot start with reserved character @ (and so on 1 more line)',
      ],
    ])
  })

  it('fails with the place if nothing could be made of it', () => {
    expect(copilotStudio.read('x', broken, undefined)).toMatchObject({
      playbooks: [],
      failure: { kind: 'syntax', range: { start: { line: 7 } } },
    })
  })

  it('is for topics only', () => {
    expect(copilotStudio.matches(parse(broken.replaceAll('@', '')))).toBe(true)
    expect(copilotStudio.matches({ kind: 'AdaptiveDialog' })).toBe(false)
    expect(copilotStudio.matches({ kind: 'TaskDialog', beginDialog: {} })).toBe(false)
    expect(copilotStudio.matches('AdaptiveDialog')).toBe(false)
  })

  it.each([
    ['kind: AdaptiveDialog\nbeginDialog: {kind: OnError}', 'expected a list of actions under "beginDialog"'],
    ['kind: AdaptiveDialog\nbeginDialog: {actions: 3}', 'expected a list of actions under "beginDialog"'],
  ])('%j has no steps', (text, message) => {
    expect(read('x', text)).toMatchObject({ playbooks: [], failure: { message } })
  })

  it('reads a hundred thousand actions, nested or not', () => {
    const actions = Array.from({ length: 100_000 }, (_, i) => ({ kind: 'SetVariable', id: `s${i}` }))
    const wide = { kind: 'AdaptiveDialog', beginDialog: { kind: 'OnError', actions } }
    const { playbooks } = copilotStudio.read('x', JSON.stringify(wide), wide)
    expect(playbooks[0]!.steps).toHaveLength(100_001)
    const one = '{"kind":"ConditionGroup","conditions":[{"condition":"=1","actions":['
    const deep = one.repeat(5_000) + ']}]}'.repeat(5_000)
    const nested = `{"kind":"AdaptiveDialog","beginDialog":{"kind":"OnError","actions":[${deep}]}}`
    expect(copilotStudio.read('x', nested, {}).playbooks[0]!.steps).toHaveLength(5_002)
  })
})
