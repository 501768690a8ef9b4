// The soundness of a flow as it is written: steps nobody gets to, ends nobody declared, loops nobody leaves, open choices.
import { describe, expect, test } from 'vitest'
import { flowOf, type StepSketch, type WaySketch } from '../flow/sketch.test-data.ts'
import { unfolder } from '../flow/unfold.ts'
import type { Flow } from '../model/flow.ts'
import { incompleteChoices, trapsOf, undeclaredEnds, unreachableSteps } from './structure.ts'

const flow = (...steps: StepSketch[]) => flowOf({ playbooks: [steps] })
const to = (...steps: number[]): StepSketch => ({ ways: steps.map(step => ({ to: step })) })
const end: StepSketch = { end: 'resolved' }

describe('steps that nobody gets to', () => {
  const lost = (of: Flow) => unreachableSteps(of).map(({ step, values }) => `${step}${values.others}`)

  test('are named by the first of them, with the number of those behind it', () => {
    expect(lost(flow(to(1), end))).toEqual([])
    expect(lost(flow(end, end, end))).toEqual(['1', '2'])
    expect(lost(flow(end, to(2), end))).toEqual(['1, nor to the step behind it'])
    // What is behind a lost step and can be got to otherwise is not lost.
    expect(lost(flow(to(3), to(2), to(3), end))).toEqual(['1, nor to the step behind it'])
    expect(lost(flow(end, to(2, 3), to(3), end))).toEqual(['1, nor to the 2 steps behind it'])
  })

  test('of a circle the first is named, of a circle behind a step that step', () => {
    expect(lost(flow(end, to(2), to(1)))).toEqual(['1, nor to the step behind it'])
    expect(lost(flow(end, to(2), to(1), to(1)))).toEqual(['3, nor to the 2 steps behind it'])
  })

  test('are got to by a call, too', () => {
    expect(lost(flow({ call: 1, ways: [{ to: 'resolved' }] }, end))).toEqual([])
  })

  test('are not looked for where nobody is meant to come in', () => {
    const notes = flow(end, end)
    notes.playbooks[0]!.playbook.entry = false
    expect(lost(notes)).toEqual([])
    const linked = flow(end, end)
    linked.playbooks[0]!.linked = true
    expect(lost(linked)).toEqual([])
  })
})

test('an end is declared by an outcome, a way on, a call, or prose that stops', () => {
  const steps = [end, to(0), { call: 0 }, { stops: true }, { say: 'Good bye.' }]
  expect(undeclaredEnds(flow(...steps))).toMatchObject([{ step: 4, path: [4] }])
})

describe('loops that nobody leaves', () => {
  const traps = (of: Flow) =>
    trapsOf(of, unfolder(of)(0)).map(({ path, loopsTo }) => `${path.join(' ')} ↺ ${loopsTo}`)
  test('are told once each, with the path there and round', () => {
    // Ways are numbered behind the steps: 3 leads from 0 to 1, 4 on to 2, 5 back to 1.
    expect(traps(flow(to(1), to(2), to(1)))).toEqual(['0 3 1 4 2 5 ↺ 2'])
    expect(traps(flow(to(0)))).toHaveLength(1)
    expect(traps(flow(to(1, 2), to(1), to(2)))).toHaveLength(2)
  })

  test('are none where a way leads out, however long', () => {
    expect(traps(flow(to(1), to(0, 2), to(1, 3), end))).toEqual([])
    expect(traps(flow(to(1), to(0, 2), { stops: true }))).toEqual([])
    // A dead end is another finding.
    expect(traps(flow(to(1), to(0, 2), {}))).toEqual([])
    expect(traps(flow({ ways: [{ to: 0 }, { to: 'nowhere' }] }))).toEqual([])
  })

  test('are none on the way into another', () => {
    expect(traps(flow(to(0, 1), to(1)))).toHaveLength(1)
  })
})

describe('choices that leave a case open', () => {
  const opposite = (a: string, b: string, language: string) =>
    language === 'en' && [a, b].sort().join() === 'accepts,declines'
  const open = (ways: WaySketch[], facts: Record<string, string[]> = {}) =>
    incompleteChoices(flowOf({ facts, playbooks: [[{ ways }]] }), opposite).map(
      ({ values }) => values.choices,
    )
  const when = (words: string, by?: 'customer' | 'agent'): WaySketch => ({
    to: 0,
    when: words,
    ...(by && { by }),
  })

  test('are told with their words', () => {
    expect(open([when('accepts'), when('asks why')])).toEqual(['"accepts", "asks why"'])
    expect(open([when('accepts')])).toEqual(['"accepts"'])
  })

  test('are closed by an otherwise, a way without a condition, or the opposite answer of the same chooser', () => {
    expect(open([when('accepts'), { to: 0, when: 'else', otherwise: true }])).toEqual([])
    expect(open([when('accepts'), { to: 0 }])).toEqual([])
    expect(open([when('asks why'), when('accepts'), when('declines')])).toEqual([])
    expect(open([when('accepts', 'agent'), when('declines', 'customer')])).toHaveLength(1)
  })

  test('are closed by all values of a declared fact, each tested alone', () => {
    const plan = { plan: ['monthly', 'annual'] }
    const fact = (test: Record<string, string>): WaySketch => ({ to: 0, fact: test })
    expect(open([fact({ plan: 'monthly' }), fact({ plan: 'annual' })], plan)).toEqual([])
    expect(open([fact({ plan: 'monthly' }), fact({ plan: 'annual' })])).toEqual([''])
    expect(open([fact({ plan: 'monthly' })], plan)).toEqual([''])
    expect(open([fact({ plan: 'monthly' }), fact({ plan: 'annual', old: 'yes' })], plan)).toEqual([''])
    expect(open([fact({ plan: 'monthly' })], { plan: [] })).toEqual([''])
  })

  test('are none where the step ends, or the text stops', () => {
    const choice = [when('accepts')]
    for (const step of [{ end: 'kept' as const }, { stops: true }])
      expect(incompleteChoices(flow({ ...step, ways: choice }), opposite)).toEqual([])
    expect(incompleteChoices(flow(end), opposite)).toEqual([])
  })
})
