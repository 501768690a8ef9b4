// What leaving costs against what joining costs, and the same case answered alike: worked examples, and what can be enumerated.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActSketch,
  flowOf,
  type Sketch,
  type StepSketch,
  type WaySketch,
} from '../flow/sketch.test-data.ts'
import { unfolder } from '../flow/unfold.ts'
import type { Flow } from '../model/flow.ts'
import type { Check, Metric } from '../model/rule.ts'
import { conditionsOf } from './condition.ts'
import type { Look, ProjectFailure } from './failure.ts'
import { projectPrimitiveOf } from './primitives.ts'
import { effort } from './project/measure.ts'
import { viewOf } from './view.ts'

const settings = { seed: 1998, numRuns: Number(process.env.WAYOUT_RUNS ?? 400) }

function looksAt(flow: Flow): Look[] {
  const conditions = conditionsOf(flow)
  const unfoldFrom = unfolder(flow)
  return flow.entries.map(entry => ({
    entry,
    view: viewOf(flow, unfoldFrom(entry.step), conditions, 'trusting'),
  }))
}

function run(flow: Flow, check: Check): { triggered: boolean; failures: ProjectFailure[]; looks: Look[] } {
  const looks = looksAt(flow)
  return { ...projectPrimitiveOf(check.check)!(looks, check as never), looks }
}

const LEAVING: Check = {
  check: 'measure',
  flow: { from: 'cancel-request', to: 'cancellation-processed' },
  not_more_than: { from: 'signup-start', to: 'subscription-created' },
  metrics: ['turns'],
}
const joining: StepSketch[] = [
  { acts: ['signup-start'], ways: [{ to: 1, by: null }] },
  {
    acts: [{ act: 'collect-info', attributes: { items: ['name', 'card'] } }],
    say: 'Your name and card?',
    ways: [{ to: 2, by: null }],
  },
  { acts: ['subscription-created'], say: 'Welcome', end: 'resolved' },
]
/** So many offers, each of which wants a "no". */
const leaving = (offers: number, at: number): StepSketch[] => [
  { acts: ['cancel-request'], ways: [{ to: at + 1, by: null }] },
  ...Array.from(
    { length: offers },
    (_, i): StepSketch => ({
      say: 'But half price would be nice?',
      ways: [
        { to: at + i + 2, by: 'customer', when: 'no' },
        { to: 'kept', by: 'customer', when: 'yes' },
      ],
    }),
  ),
  { acts: ['cancellation-processed'], end: 'cancelled' },
]

describe('leaving against joining', () => {
  const of = (offers: number, more: object = {}) =>
    run(flowOf({ playbooks: [joining, leaving(offers, 3)] }), { ...LEAVING, ...more } as Check)

  test('one turn each is fair, three against one is not', () => {
    expect(of(1)).toMatchObject({ triggered: true, failures: [] })
    expect(of(3).failures).toMatchObject([{ look: 1, values: { comparison: '3 turns against 1' } }])
    expect(of(3, { slack: 2 }).failures).toEqual([])
  })

  test('without a way to join there is nothing to compare with', () => {
    expect(run(flowOf({ playbooks: [leaving(3, 0)] }), LEAVING)).toMatchObject({
      triggered: false,
      failures: [],
    })
  })

  test('what hangs on the agent cannot be had for certain', () => {
    const steps = leaving(1, 3)
    steps[1] = {
      ways: [
        { to: 5, by: 'agent', when: 'likes' },
        { to: 4, by: 'agent', when: 'does not' },
      ],
    }
    const { failures } = run(flowOf({ playbooks: [joining, steps] }), LEAVING)
    expect(failures).toHaveLength(1)
  })

  test.each<[Metric, number, number]>([
    ['turns', 1, 2],
    ['items', 2, 0],
    ['words', 5, 12],
    ['channels', 0, 0],
  ])('in %s', (metric, join, leave) => {
    const [signUp, cancel] = looksAt(flowOf({ playbooks: [joining, leaving(2, 3)] }))
    const cost = (look: Look, way: { from: string; to: string }, sure: boolean) =>
      effort(look.view, way, metric, sure).cost
    expect(cost(signUp!, { from: 'signup-start', to: 'subscription-created' }, false)).toBe(join)
    expect(cost(cancel!, { from: 'cancel-request', to: 'cancellation-processed' }, true)).toBe(leave)
  })
})

/** Questions that each lead further on, answered in one of two ways, with a remedy at some of them; steps from `base` on. */
const anyTree = (base: number): fc.Arbitrary<StepSketch[]> =>
  fc.integer({ min: 2, max: 6 }).chain(count => {
    const acts = fc
      .constantFrom(undefined, 'refund', 'credit')
      .map((kind): ActSketch[] => (kind ? [{ act: 'remedy', attributes: { kind } }] : []))
    const steps = Array.from({ length: count }, (_, i): fc.Arbitrary<StepSketch> => {
      if (i === count - 1) return fc.record({ acts, end: fc.constant('resolved' as const) })
      const way: fc.Arbitrary<WaySketch> = fc.record({
        to: fc.integer({ min: base + i + 1, max: base + count - 1 }),
        by: fc.constant('customer' as const),
        when: fc.constantFrom('It is broken', 'it is late'),
      })
      return fc.record({ acts, ways: fc.array(way, { minLength: 1, maxLength: 2 }) })
    })
    return fc.tuple(...steps)
  })

test('the same case gets the same answer: as all paths to all answers say', () => {
  const check: Check = { check: 'consistent', match: 'remedy', same: ['situation'], then_same: ['kind'] }
  const two = fc
    .integer({ min: 0, max: 0 })
    .chain(() =>
      anyTree(0).chain(one => anyTree(one.length).map((other): Sketch => ({ playbooks: [one, other] }))),
    )
  let differ = 0
  fc.assert(
    fc.property(two, sketch => {
      const { failures, triggered, looks } = run(flowOf(sketch), check)
      /** Situation → for each entry, the kinds of remedy it gives in it. */
      const answers = new Map<string, Map<number, Set<string>>>()
      for (const [look, { view }] of looks.entries()) {
        const { graph, event, start } = view.unfolding
        const { flow } = view
        const told = new Map<number, Set<string>>()
        const walk = (v: number, said: readonly string[]): void => {
          const t = flow.transitions[event[v]! - flow.steps.length]
          const words = t ? [...said, t.transition.when!.text.toLowerCase()] : said
          const situation = [...new Set(words)].sort().join('; ')
          told.set(v, (told.get(v) ?? new Set()).add(situation))
          for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++)
            walk(graph.out.targets[e]!, words)
        }
        walk(start, [])
        for (const [v, situations] of told) {
          const [situation] = situations
          const kind = flow.steps[event[v]!]?.acts[0]?.attributes.kind
          // Where paths differ in what was said, or nothing was, nothing can be compared.
          if (situations.size > 1 || !situation || kind === undefined) continue
          const byLook = answers.get(situation) ?? new Map<number, Set<string>>()
          answers.set(situation, byLook.set(look, (byLook.get(look) ?? new Set()).add(String(kind))))
        }
      }
      const compared = [...answers.values()].filter(byLook => byLook.size > 1)
      const unlike = compared.filter(
        byLook => new Set([...byLook.values()].map(k => [...k].sort().join())).size > 1,
      )
      expect(triggered).toBe(compared.length > 0)
      expect(failures.length).toBe(unlike.length)
      differ += unlike.length
      for (const { values } of failures) expect(values.here).not.toBe(values.there)
    }),
    settings,
  )
  expect(differ).toBeGreaterThan(10)
})
