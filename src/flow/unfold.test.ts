// Holds the unfolding against a plain retelling of the conversation: same events, same ends, whatever the flow.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OUTCOMES } from '../model/act.ts'
import type { Flow } from '../model/flow.ts'
import { conversationOf, type Moment } from './conversation.test-data.ts'
import { flowOf, type Sketch, type StepSketch, type WaySketch } from './sketch.test-data.ts'
import { BROKEN, DEAD_END, ENDS, GOES_ON, IMPLIED_END, unfolder } from './unfold.ts'

const settings = { seed: 1913, numRuns: Number(process.env.WAYOUT_RUNS ?? 700) }

/** A sketch of `sizes` steps a playbook, with everything that makes unfolding hard. */
const sketches = (facts: Record<string, string>[]): fc.Arbitrary<Sketch> =>
  fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }).chain(sizes => {
    const count = sizes.reduce((a, b) => a + b, 0)
    const way: fc.Arbitrary<WaySketch> = fc.oneof(
      { weight: 4, arbitrary: fc.record({ to: fc.nat(count - 1) }) },
      { weight: 1, arbitrary: fc.record({ to: fc.constantFrom(...OUTCOMES, 'nowhere' as const) }) },
      { weight: 2, arbitrary: fc.record({ to: fc.nat(count - 1), max: fc.nat(2) }) },
      {
        weight: 2,
        arbitrary: fc.record({
          to: fc.nat(count - 1),
          fact: fc.constantFrom<Record<string, string>>(...facts),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          to: fc.nat(count - 1),
          by: fc.constant('fact' as const),
          when: fc.constantFrom('in contract', 'moved abroad'),
        }),
      },
      { weight: 1, arbitrary: fc.record({ to: fc.nat(count - 1), otherwise: fc.constant(true) }) },
      { weight: 1, arbitrary: fc.record({ to: fc.nat(count - 1), uncertain: fc.constant(true) }) },
    )
    const ways = fc.array(way, { maxLength: 3 })
    const step: fc.Arbitrary<StepSketch> = fc.oneof(
      { weight: 6, arbitrary: fc.record({ ways }) },
      {
        weight: 2,
        arbitrary: fc.record({ call: fc.oneof(fc.nat(count - 1), fc.constant('nowhere' as const)), ways }),
      },
      { weight: 1, arbitrary: fc.record({ end: fc.constantFrom(...OUTCOMES) }) },
      { weight: 1, arbitrary: fc.record({ stops: fc.constant(true) }) },
      {
        weight: 1,
        arbitrary: fc.record({ call: fc.nat(count - 1), end: fc.constantFrom(...OUTCOMES) }),
      },
    )
    return fc.record({
      facts: fc.constant({ plan: ['monthly', 'annual'] }),
      playbooks: fc.tuple(...sizes.map(n => fc.array(step, { minLength: n, maxLength: n }))),
    })
  })

const HOW = {
  [ENDS]: 'ends',
  [IMPLIED_END]: 'stops',
  [DEAD_END]: 'dead end',
  [BROKEN]: 'target unknown',
} as const

const SINGLE = [{ plan: 'monthly' }, { plan: 'annual' }, { owing: 'yes' }]

/** What must not depend on the vertex: everything a moment knows. */
const keyOf = ({ event, calls, possible, taken }: Moment) => JSON.stringify([event, calls, possible, taken])

/** Steps without a call, or with one that leads back to themselves. */
const notFollowed = (flow: Flow) => new Set([...flow.steps.keys()].filter(s => flow.steps[s]!.call === null))

describe('the unfolding', () => {
  test('holds exactly the conversations that can happen', () => {
    fc.assert(
      fc.property(sketches(SINGLE), sketch => {
        const flow = flowOf(sketch)
        const { graph, event, ending, uncertain, start, merged } = unfolder(flow)(0)
        expect(merged).toBe(false)
        expect(event[start]).toBe(0)
        const conversation = conversationOf(sketch, notFollowed(flow))
        const seen = new Set<string>()
        const waiting = [{ vertex: start, moment: conversation.first(0) }]
        for (const { vertex, moment } of waiting) {
          const key = `${vertex} ${keyOf(moment)}`
          if (seen.has(key)) continue
          seen.add(key)
          expect(event[vertex]).toBe(moment.event)
          const way = flow.transitions[moment.event - flow.steps.length]?.transition
          expect(uncertain[vertex] === 1).toBe(way?.uncertain ?? false)
          const onward = conversation.onward(moment)
          const successors = graph.out.targets.subarray(
            graph.out.starts[vertex],
            graph.out.starts[vertex + 1],
          )
          if ('over' in onward) {
            expect(HOW[ending[vertex] as keyof typeof HOW]).toBe(onward.over)
            expect([...successors]).toEqual([])
            continue
          }
          expect(ending[vertex]).toBe(GOES_ON)
          expect([...successors].map(v => event[v])).toEqual(onward.next.map(m => m.event))
          for (const [i, v] of successors.entries()) waiting.push({ vertex: v, moment: onward.next[i]! })
        }
      }),
      settings,
    )
  })

  test('loses no conversation where several facts are tested at once', () => {
    fc.assert(
      fc.property(sketches([...SINGLE, { plan: 'monthly', owing: 'yes' }]), sketch => {
        const flow = flowOf(sketch)
        const { graph, event, start } = unfolder(flow)(0)
        const conversation = conversationOf(sketch, notFollowed(flow))
        const seen = new Set<string>()
        const waiting = [{ vertex: start, moment: conversation.first(0) }]
        for (const { vertex, moment } of waiting) {
          const key = `${vertex} ${keyOf(moment)}`
          if (seen.has(key)) continue
          seen.add(key)
          const onward = conversation.onward(moment)
          if ('over' in onward) continue
          const successors = [
            ...graph.out.targets.subarray(graph.out.starts[vertex], graph.out.starts[vertex + 1]),
          ]
          for (const next of onward.next) {
            const v = successors.find(u => event[u] === next.event)
            expect(v).toBeDefined()
            waiting.push({ vertex: v!, moment: next })
          }
        }
      }),
      settings,
    )
  })

  test('gives up keeping things apart before it grows without limit', () => {
    // Twenty loops, each to be gone round at most three times, in any order: 4^20 ways to stand.
    const rounds = Array.from({ length: 20 }, () => ({ to: 0, max: 3 }))
    const flow = flowOf({ playbooks: [[{ ways: [...rounds, { to: 'resolved' }] }]] })
    const { graph, merged } = unfolder(flow)(0)
    expect(merged).toBe(true)
    expect(graph.size).toBe(flow.steps.length + flow.transitions.length)
  })

  test('follows a chain of calls as deep as one likes', () => {
    const depth = 20_000
    const playbooks: StepSketch[][] = Array.from({ length: depth }, (_, i) => [
      i === depth - 1 ? { end: 'resolved' } : { call: i + 1 },
    ])
    const { graph, ending, merged } = unfolder(flowOf({ playbooks }))(0)
    expect(merged).toBe(false)
    expect(graph.size).toBe(depth)
    expect(ending[depth - 1]).toBe(ENDS)
  })

  test('doubles with every level of calls until call sites are no longer told apart', () => {
    // Each playbook calls the next one twice: 2^40 conversations in 40 playbooks.
    const depth = 40
    const playbooks: StepSketch[][] = Array.from({ length: depth }, (_, i) =>
      i === depth - 1
        ? [{ end: 'resolved' }, { end: 'resolved' }]
        : [{ call: 2 * (i + 1), ways: [{ to: 2 * i + 1 }] }, { call: 2 * (i + 1) }],
    )
    const { graph, merged } = unfolder(flowOf({ playbooks }))(0)
    expect(merged).toBe(true)
    expect(graph.size).toBeLessThan(10 * depth * depth)
  })
})

describe('a fact', () => {
  const met = (flow: Flow) => new Set([...unfolder(flow)(0).event].filter(e => e < flow.steps.length))
  const fact = (plan: string, to: number): WaySketch => ({ to, fact: { plan } })
  const end: StepSketch = { end: 'resolved' }

  test('of which every value has its answer leaves nobody for "otherwise"', () => {
    const otherwise: WaySketch = { to: 2, when: 'else', otherwise: true }
    const steps = (...ways: WaySketch[]) => [{ ways: [...ways, otherwise] }, end, end]
    const facts = { plan: ['monthly', 'annual'] }
    const met2 = (ways: WaySketch[], declared = facts) =>
      met(flowOf({ facts: declared, playbooks: [steps(...ways)] })).has(2)
    expect(met2([fact('monthly', 1), fact('annual', 1)])).toBe(false)
    expect(met2([fact('monthly', 1)])).toBe(true)
    expect(met2([fact('monthly', 1), fact('annual', 1)], { plan: ['monthly', 'annual', 'trial'] })).toBe(true)
  })

  test('that is only suspected says nothing about the others', () => {
    // Who takes the suspected way may still be a monthly customer, and is asked again.
    const flow = flowOf({
      facts: { plan: ['monthly', 'annual'] },
      playbooks: [
        [
          { ways: [fact('monthly', 1), { to: 2, by: 'fact', when: 'it looks old' }] },
          end,
          { ways: [fact('monthly', 3), fact('annual', 4)] },
          end,
          end,
        ],
      ],
    })
    flow.transitions[1]!.chooserEvidence = 'suspected'
    expect([...met(flow)].sort()).toEqual([0, 1, 2, 3, 4])
    // Were it a fact for certain, monthly customers would have gone the other way before.
    flow.transitions[1]!.chooser = 'customer'
    expect([...met(flow)].sort()).toEqual([0, 1, 2, 4])
  })
})
