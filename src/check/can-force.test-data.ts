// Random conversations in which customer, company and circumstances decide, for tests of the game on flows.
import fc from 'fast-check'
import type { Sketch, StepSketch, WaySketch } from '../flow/sketch.test-data.ts'
import type { Chooser } from '../model/act.ts'
import type { View } from './view.ts'

const OWN_ACTS: Partial<Record<Chooser, string[]>> = {
  customer: ['cancel-request', 'cancel-withdrawn', 'offer-declined', 'offer-accepted'],
}

/** A way on by one of these choosers, to one of `count` steps or to an end. */
export const wayBy = (count: number, ...choosers: Chooser[]): fc.Arbitrary<WaySketch> => {
  const to = fc.oneof(
    { weight: 6, arbitrary: fc.nat(count - 1) },
    { weight: 1, arbitrary: fc.constantFrom('kept' as const, 'refused' as const) },
  )
  return fc.constantFrom(...choosers).chain(by => {
    const own = OWN_ACTS[by]
    const acts = own ? fc.subarray(own, { maxLength: 1 }) : fc.constant<string[]>([])
    return fc.record({ to, by: fc.constant(by), when: fc.constantFrom('so', 'thus'), acts })
  })
}

/** Three to seven steps; the first asks to cancel, the last processes it. Every step decides by one to three ways on. */
export const anyTalk: fc.Arbitrary<Sketch> = fc.integer({ min: 3, max: 7 }).chain(count => {
  const way = wayBy(count, 'customer', 'customer', 'agent', 'system', 'world')
  const single = fc.nat(count - 1).map(to => [{ to, by: null }] as WaySketch[])
  const ways = fc.oneof(
    { weight: 4, arbitrary: fc.array(way, { minLength: 2, maxLength: 3 }) },
    { weight: 1, arbitrary: single },
  )
  const step: fc.Arbitrary<StepSketch> = fc.oneof(
    { weight: 7, arbitrary: fc.record({ ways }) },
    { weight: 1, arbitrary: fc.constant({ end: 'resolved' as const }) },
  )
  return fc
    .tuple(ways, fc.array(step, { minLength: count - 2, maxLength: count - 2 }))
    .map(([first, rest]) => {
      const last: StepSketch = { acts: ['cancellation-processed'], end: 'cancelled' }
      return { playbooks: [[{ acts: ['cancel-request'], ways: first }, ...rest, last]] }
    })
})

/** Whether the vertex is a choice of the customer. */
export function isCustomers({ flow, unfolding }: View, v: number): boolean {
  const t = unfolding.event[v]! - flow.steps.length
  return t >= 0 && flow.transitions[t]!.chooser === 'customer'
}
