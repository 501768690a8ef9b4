// Rasa CALM: nested lists of steps, conditions, the words of the domain, what Rasa itself would refuse.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Document, Step } from '../../model/playbook.ts'
import { rasaCalm, withDomain } from './rasa-calm.ts'

const read = (path: string, text: string) => rasaCalm.read(path, text, parse(text))
const step = (document: Document, id: string, playbook = 0): Step =>
  document.playbooks[playbook]!.steps.find(s => s.id === id)!

function ways(document: Document, id: string, playbook = 0): string[] {
  return step(document, id, playbook).transitions.map(({ to, when, otherwise, chooser }) => {
    const where =
      to?.title !== undefined
        ? `"${to.title}"`
        : [to?.playbook, to?.step].filter(w => w !== undefined).join('/')
    return [chooser, otherwise ? 'otherwise' : when?.text, '→', where].filter(w => w !== undefined).join(' ')
  })
}

const said = (s: Step) => s.texts.map(t => `${t.voice}: ${t.text}`)
const text = readFileSync('fixtures/read/dialects/rasa-flows.yml', 'utf8')
const domainText = readFileSync('fixtures/read/dialects/rasa-domain.yml', 'utf8')

describe('flows', () => {
  const document = read('data/flows.yml', text)

  it('are playbooks by their ids; those that can only be called are no entries', () => {
    expect(document.problems).toEqual([])
    expect(document.playbooks.map(p => [p.title, p.entry, p.starts[0]!.step])).toEqual([
      ['leave_gym', undefined, '0_collect_member_number'],
      ['prove_identity', false, '0_collect_password'],
    ])
    expect(document.comments).toMatchObject([{ range: { start: { line: 34, column: 28 } } }])
  })

  it('have the steps of nested lists in the order of the text', () => {
    expect(document.playbooks[0]!.steps.map(s => s.id)).toEqual([
      '0_collect_member_number',
      '0_collect_member_number_rejection',
      '1_call_prove_identity',
      'ask_stay',
      '3_utter_stays',
      '4_noop',
      'do_it',
      'end',
      '6_link_pattern_human_handoff',
      'done',
    ])
    expect(step(document, 'ask_stay').range).toMatchObject({
      start: { line: 11, column: 9 },
      end: { line: 23 },
    })
  })

  it('lead on in their list, by id, into lists and to the end', () => {
    expect(ways(document, '1_call_prove_identity')).toEqual(['→ ask_stay'])
    expect(step(document, '1_call_prove_identity').call).toMatchObject({
      playbook: 1,
      step: '0_collect_password',
    })
    expect(ways(document, 'ask_stay')).toEqual([
      'customer slots.wants_free_month → 3_utter_stays',
      'not slots.member_known → ask_stay',
      'otherwise → 4_noop',
    ])
    expect(step(document, '3_utter_stays')).toMatchObject({ impliedEnd: true, wordsElsewhere: 'utter_stays' })
    expect(ways(document, '4_noop')).toEqual(['→ do_it'])
    expect(ways(document, 'do_it')).toEqual([
      'slots.was_cancelled → done',
      'system context.reason is "closed" → end',
      'system otherwise → 6_link_pattern_human_handoff',
    ])
    expect(step(document, 'end').impliedEnd).toBe(true)
    expect(ways(document, '6_link_pattern_human_handoff')).toEqual(['→ "pattern_human_handoff"'])
    expect(step(document, 'done').impliedEnd).toBe(true)
  })

  it('ask again for what is refused', () => {
    expect(ways(document, '0_collect_member_number')).toEqual([
      'world slots.member_number < 1000 → 0_collect_member_number_rejection',
      'world otherwise → 1_call_prove_identity',
    ])
    expect(ways(document, '0_collect_member_number_rejection')).toEqual(['→ 0_collect_member_number'])
  })

  it('say when they apply, and what their own actions are called', () => {
    expect(said(step(document, '0_collect_member_number'))).toEqual([
      'trigger: leave the gym',
      'trigger: the member wants to end their membership',
    ])
    expect(said(step(document, 'do_it'))).toEqual(['do: cancel membership'])
    expect(said(step(document, '0_collect_password', 1))).toEqual([])
    const items = (id: string) => step(document, id).knownActs?.map(a => a.attributes['items'])
    expect(items('0_collect_member_number')).toEqual([['member_number']])
    expect(items('ask_stay')).toBeUndefined()
  })
})

describe('the domain', () => {
  const domain = read('domain.yml', domainText)
  const flows = read('data/flows.yml', text)
  const [document] = withDomain([flows, domain])

  it('is a file without a playbook that failed at nothing', () => {
    expect(domain).toMatchObject({ playbooks: [], problems: [] })
    expect(domain.failure).toBeUndefined()
    expect(domain.offers!.templates.get('utter_stays')!.texts).toEqual(['Enjoy your free month.'])
  })

  it('gives the words behind the names, where their step begins', () => {
    const done = step(document!, 'done')
    expect(said(done)).toEqual(['say: Your membership has ended.'])
    expect(done.wordsElsewhere).toBeUndefined()
    const { line } = done.texts[0]!.marks.at(-1)!
    expect(line).toBe(33)
    expect(said(step(document!, 'ask_stay'))).toEqual(['say: Would you like a free month instead?'])
    expect(step(document!, '0_collect_password', 1).wordsElsewhere).toBe('utter_password')
  })

  it('gives the answers the words of their buttons, and says who sets the other slots', () => {
    expect(ways(document!, 'ask_stay')).toEqual([
      'customer Yes please → 3_utter_stays',
      'system not slots.member_known → ask_stay',
      'system otherwise → 4_noop',
    ])
    expect(ways(document!, 'do_it')[0]).toBe('system slots.was_cancelled → done')
  })

  it('ends flows that come with Rasa, and leaves the rest to be looked up', () => {
    expect(ways(document!, '6_link_pattern_human_handoff')).toEqual(['→ pattern_human_handoff (built in)'])
    expect(step(document!, 'pattern_human_handoff (built in)').impliedEnd).toBe(true)
    expect(ways(document!, '1_link_survey', 1)).toEqual(['→ "survey"'])
  })

  it('changes nothing it was given', () => {
    expect(flows).toEqual(read('data/flows.yml', text))
  })
})

const flowOf = (steps: string) => read('x.yml', `flows:\n  f:\n    steps:\n${steps}`)

describe('what Rasa refuses is a problem, and no way on is made up', () => {
  it.each([
    [
      'no else',
      '      - action: utter_a\n        next:\n          - if: slots.b\n            then: END',
      'the conditions have no "else"',
      '6:13',
    ],
    [
      'a nested list that does not lead on',
      '      - action: utter_a\n        next:\n          - if: slots.b\n            then:\n              - action: utter_c\n          - else: END',
      'the last step of a list under "then" or "else" has no "next"',
      '8:17',
    ],
    [
      'no then',
      '      - action: utter_a\n        next:\n          - if: slots.b\n          - else: END',
      'an "if" needs a "then"',
      '6:13',
    ],
    [
      'an empty list',
      '      - action: utter_a\n        next:\n          - if: slots.b\n            then: []\n          - else: END',
      'expected the id of a step, END, or a list of steps',
      '7:19',
    ],
    [
      'a step that is a word',
      '      - utter_a\n      - action: utter_b',
      'a step is a mapping with one of',
      '4:9',
    ],
    [
      'an id twice',
      '      - id: a\n        noop: true\n      - id: a\n        noop: true',
      'two steps of the flow "f" have the id "a"',
      '6:13',
    ],
    ['next as a mapping', '      - action: utter_a\n        next: {if: x}', '"next" is an id, END', '5:15'],
  ])('%s', (_, steps, message, place) => {
    const { problems } = flowOf(steps)
    expect(problems.map(p => `${p.range.start.line}:${p.range.start.column}`)).toEqual([place])
    expect(problems[0]!.message).toMatch(message)
  })

  it('leaves the step without a way on', () => {
    const document = flowOf(
      '      - action: utter_a\n        next:\n          - if: slots.b\n            then:\n              - action: utter_c\n          - else: END',
    )
    expect(step(document, '1_utter_c')).toMatchObject({ transitions: [] })
    expect(step(document, '1_utter_c').impliedEnd).toBeUndefined()
  })

  it('lists a kind of step it does not know', () => {
    const document = flowOf('      - dance: true\n      - action: utter_b')
    expect(document.unread).toMatchObject([{ text: '0_step' }])
    expect(ways(document, '0_step')).toEqual(['→ 1_utter_b'])
  })
})

describe('any file', () => {
  it.each([
    ['classic stories', { stories: [{ story: 'a', steps: [] }] }],
    ['a workflow of something else', { name: 'CI', actions: [] }],
    ['flows that are a list', { flows: [] }],
    ['nothing', null],
  ])('is not for %s', (_, value) => {
    expect(rasaCalm.matches(value)).toBe(false)
  })

  it('is for flows and domains', () => {
    expect(rasaCalm.matches(parse(text))).toBe(true)
    expect(rasaCalm.matches(parse(domainText))).toBe(true)
  })

  it('says why it cannot be read', () => {
    expect(rasaCalm.read('x', 'flows:\n  a: [', undefined)).toMatchObject({
      playbooks: [],
      failure: { kind: 'syntax', range: { start: { line: 2 } } },
    })
    expect(read('x', 'flows:\n  f: {steps: []}').failure).toMatchObject({
      kind: 'syntax',
      message: 'the flow "f" has no steps',
    })
  })

  it('ends where an alias leads into itself or repeats a list, and is not fooled by names objects have', () => {
    const twice = flowOf(
      [
        '      - id: __proto__',
        '        action: utter_a',
        '        next:',
        '          - if: slots.constructor',
        '            then: &list',
        '              - action: utter_b',
        '                next: __proto__',
        '          - else: *list',
      ].join('\n'),
    )
    expect(twice.problems).toEqual([])
    expect(ways(twice, '__proto__')).toEqual(['→ 1_utter_b'])
    const within = rasaCalm.read('x', 'flows:\n  f:\n    steps: &s\n      - call: f\n      - *s', {})
    expect(within.playbooks[0]!.steps.map(s => s.id)).toEqual(['0_call_f'])
  })

  it('bounds what aliases repeat', () => {
    const branches = '          - {if: a, then: b}\n'.repeat(1_000)
    const again = '      - {noop: true, next: *many}\n'.repeat(1_000)
    const document = rasaCalm.read(
      'x',
      `flows:\n  f:\n    steps:\n      - noop: true\n        next: &many\n${branches}${again}`,
      {},
    )
    expect(document.problems[0]!.message).toMatch('aliases repeat more than 100000 values')
    const transitions = document.playbooks[0]!.steps.flatMap(s => s.transitions)
    expect(transitions.length).toBeLessThan(102_000)
  })

  it('reads a hundred thousand steps, and lists as deep', () => {
    const steps = Array.from({ length: 100_000 }, (_, i) => ({ action: `utter_${i}` }))
    const wide = JSON.stringify({ flows: { f: { steps } } })
    expect(rasaCalm.read('x', wide, {}).playbooks[0]!.steps).toHaveLength(100_000)
    const deep = '{"noop":true,"next":[{"else":['.repeat(5_000) + ']}]}'.repeat(5_000)
    const nested = rasaCalm.read('x', `{"flows":{"f":{"steps":[${deep}]}}}`, {})
    expect(nested.playbooks[0]!.steps).toHaveLength(5_000)
  })
})
