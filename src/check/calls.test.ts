// A call is as good as the called playbook written out in its place: no verdict depends on how a team cuts its files.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { flowOf, type Sketch, type StepSketch, type WaySketch } from '../flow/sketch.test-data.ts'
import type { Outcome } from '../model/act.ts'
import type { Verdict } from '../model/finding.ts'
import type { Check, Rule } from '../model/rule.ts'
import { check } from './index.ts'

const settings = { seed: 1978, numRuns: Number(process.env.WAYOUT_RUNS ?? 250) }

const acts = fc.uniqueArray(fc.constantFrom('p', 'p', 's', 'q', 'r', 't'), { maxLength: 2 })
const outcome = fc.constantFrom<Outcome>('resolved', 'kept', 'cancelled')

/** A playbook of `count` steps numbered from `first`, and those that call a step of the other playbook. */
function playbook(first: number, count: number, called: number[]): fc.Arbitrary<StepSketch[]> {
  const to = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: first, max: first + count - 1 }) },
    { weight: 1, arbitrary: outcome },
  )
  const ways = fc.array(fc.record({ to, acts }), { minLength: 1, maxLength: 2 })
  const plain: fc.Arbitrary<StepSketch> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ acts, ways }) },
    { weight: 2, arbitrary: fc.record({ acts, end: outcome }) },
    { weight: 1, arbitrary: fc.record({ acts }) },
  )
  if (called.length === 0) return fc.array(plain, { minLength: count, maxLength: count })
  const call = fc.constantFrom(...called)
  const calling: fc.Arbitrary<StepSketch> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ acts, call, ways }) },
    { weight: 1, arbitrary: fc.record({ acts, call }) },
    { weight: 1, arbitrary: fc.record({ acts, call, end: outcome }) },
  )
  return fc.array(fc.oneof(plain, calling), { minLength: count, maxLength: count })
}

/** A playbook that calls, and one that is called. */
const anySketch: fc.Arbitrary<Sketch> = fc
  .tuple(playbook(0, 3, [3, 4]), playbook(3, 3, []))
  .map(playbooks => ({ playbooks }))

/** Every call replaced by a copy of the called playbook, of which the ends lead on as the caller does. */
function inlined({ playbooks: [caller, called] }: Sketch): Sketch {
  const steps: StepSketch[] = caller!.map(step => ({ ...step }))
  const copies: StepSketch[] = []
  for (const step of steps) {
    if (typeof step.call !== 'number') continue
    const first = caller!.length + copies.length
    const { call, ways, end, ...rest } = step
    const onward = (by: Outcome): StepSketch =>
      by === 'cancelled' || by === 'abandoned' ? { end: by } : end ? { end } : ways ? { ways } : { end: by }
    const copy = called!.map((each): StepSketch => {
      const { end: ends, ...same } = each
      return ends ? { ...same, ...onward(ends) } : { ...same }
    })
    for (const each of copy.slice()) {
      if (!each.ways) continue
      each.ways = each.ways.map((way): WaySketch => {
        if (typeof way.to === 'number' && way.to >= caller!.length && each !== step)
          return ways?.includes(way) ? way : { ...way, to: way.to - caller!.length + first }
        if (typeof way.to === 'number' || way.to === 'nowhere' || ways?.includes(way)) return way
        const after = onward(way.to)
        if (after.end) return { ...way, to: after.end }
        copy.push(after)
        return { ...way, to: first + copy.length - 1 }
      })
    }
    copies.push(...copy)
    for (const key of ['call', 'ways', 'end'] as const) delete step[key]
    Object.assign(step, rest, { ways: [{ to: call - caller!.length + first }] })
  }
  return { playbooks: [[...steps, ...copies]] }
}

const CHECKS: Check[] = [
  { check: 'absence', of: 'p', scope: { after: 'q', until: 'r' } },
  { check: 'bound', of: 'p', max: 1 },
  { check: 'bound', of: 'p', max: 2, scope: { after: 'q' } },
  { check: 'existence', of: 's' },
  { check: 'precedence', first: 's', before: 'p' },
  { check: 'response', to: 'p', then: ['s', 't'] },
  { check: 'reachable', from: 'q', to: 's' },
  { check: 'can_force', from: 'q', to: 's' },
  { check: 'cycle', through: 'p', need: 'forbidden' },
]

function verdicts(sketch: Sketch): Verdict[] {
  const rules = CHECKS.map(
    (each, i) =>
      ({
        ...each,
        id: `rule-${i}`,
        title: '',
        why: '',
        story: '',
        severity: 'error',
        message: '',
        fix: '',
        law: [],
        examples: { bad: [], good: [] },
      }) as Rule,
  )
  const { rules: found, faults } = check(flowOf(sketch), {
    rules,
    opposite: () => false,
    canRead: () => true,
  })
  expect(faults).toEqual([])
  // Those of the first entry; the called playbook is one too if nobody calls it.
  return found.slice(0, CHECKS.length).map(({ verdict }) => verdict)
}

test('a call says the same as what it calls, written out', () => {
  fc.assert(
    fc.property(anySketch, sketch => {
      expect(verdicts(inlined(sketch))).toEqual(verdicts(sketch))
    }),
    settings,
  )
})
