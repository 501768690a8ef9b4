// Holds `cycle`, `attribute` and asking twice against what can be reached from where, told by the transitive closure.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActSketch,
  flowOf,
  type Sketch,
  type StepSketch,
  type WaySketch,
} from '../flow/sketch.test-data.ts'
import { type Unfolding, unfolder } from '../flow/unfold.ts'
import type { Chooser } from '../model/act.ts'
import type { Flow } from '../model/flow.ts'
import type { Check } from '../model/rule.ts'
import { conditionsOf } from './condition.ts'
import type { Judgement } from './failure.ts'
import { primitiveOf } from './primitives.ts'
import { viewOf } from './view.ts'

const settings = { seed: 1981, numRuns: Number(process.env.WAYOUT_RUNS ?? 400) }

const VALUES = ['north', 'south']
const marks: fc.Arbitrary<ActSketch[]> = fc.constantFrom<ActSketch[]>(
  [],
  [],
  ['p'],
  ['s'],
  ...VALUES.map((team): ActSketch[] => [{ act: 'p', attributes: { team } }]),
)

/** Each step belongs to one who decides; there are acts `p` (some with a team) and `s`. */
const anySketch: fc.Arbitrary<Sketch> = fc.integer({ min: 2, max: 6 }).chain(count => {
  const to = fc.oneof(
    { weight: 7, arbitrary: fc.nat(count - 1) },
    { weight: 1, arbitrary: fc.constantFrom('kept' as const) },
  )
  const step: fc.Arbitrary<StepSketch> = fc
    .constantFrom<Chooser>('customer', 'agent', 'world')
    .chain(by =>
      fc.record({
        acts: marks,
        ways: fc.array(fc.record({ to, by: fc.constant(by), when: fc.constant('so') }), { maxLength: 3 }),
      }),
    )
    .map(({ acts, ways }): StepSketch => {
      if (ways.length === 0) return { acts, end: 'resolved' }
      // A single way on is nobody's choice.
      return { acts, ways: ways.length === 1 ? [{ to: ways[0]!.to, by: null }] : ways }
    })
  return fc.array(step, { minLength: count, maxLength: count }).map(steps => ({ playbooks: [steps] }))
})

type Seen = { flow: Flow; unfolding: Unfolding; judgement: Judgement; reach: boolean[][] }

function run(sketch: Sketch, check: Check): Seen {
  const flow = flowOf(sketch)
  const unfolding = unfolder(flow)(0)
  const conditions = conditionsOf(flow)
  const view = viewOf(flow, unfolding, conditions, 'suspicious')
  const judgement = primitiveOf(check.check)!(view, check as never, conditions)
  return { flow, unfolding, judgement, reach: closure(unfolding, () => true) }
}

/** `[a][b]`: a way of one or more edges leads from a to b, over vertices that are `open` (b among them). */
function closure({ graph }: Unfolding, open: (v: number) => boolean): boolean[][] {
  const size = graph.size
  const reach = Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
  for (let v = 0; v < size; v++) for (const u of nexts(graph, v)) if (open(v) && open(u)) reach[v]![u] = true
  for (let k = 0; k < size; k++)
    for (let i = 0; i < size; i++)
      if (reach[i]![k]) for (let j = 0; j < size; j++) if (reach[k]![j]) reach[i]![j] = true
  return reach
}

const nexts = ({ out }: Unfolding['graph'], v: number) => [
  ...out.targets.subarray(out.starts[v], out.starts[v + 1]),
]

const actsAt = ({ flow, unfolding }: Seen, v: number) => {
  const e = unfolding.event[v]!
  return e < flow.steps.length ? flow.steps[e]!.acts : flow.transitions[e - flow.steps.length]!.acts
}
const has = (seen: Seen, v: number, act: string) => actsAt(seen, v).some(a => a.act === act)
const team = (seen: Seen, v: number) => actsAt(seen, v).find(a => a.act === 'p')?.attributes.team

/** Failures are real ways through the flow, and loops that really close. */
function expectPaths({ unfolding, judgement }: Seen): void {
  for (const { path, loopsTo, culprit } of judgement.failures) {
    expect(path[0]).toBe(unfolding.start)
    expect(path).toContain(culprit)
    for (const [i, v] of path.entries()) if (i > 0) expect(nexts(unfolding.graph, path[i - 1]!)).toContain(v)
    if (loopsTo !== undefined) expect(nexts(unfolding.graph, path[path.length - 1]!)).toContain(path[loopsTo])
  }
}

describe('circles', () => {
  test('that are forbidden: wherever one can come back', () => {
    fc.assert(
      fc.property(anySketch, sketch => {
        const seen = run(sketch, { check: 'cycle', through: 'p', need: 'forbidden' })
        expectPaths(seen)
        const bad = seen.reach.some((row, v) => has(seen, v, 'p') && row[v])
        expect(seen.judgement.failures.length > 0).toBe(bad)
        for (const { path, loopsTo } of seen.judgement.failures)
          expect(path.slice(loopsTo).some(v => has(seen, v, 'p'))).toBe(true)
      }),
      settings,
    )
  })

  test.each(['exit', 'customer-exit'] as const)('that need an %s: no round of which passes one', need => {
    fc.assert(
      fc.property(anySketch, sketch => {
        const seen = run(sketch, { check: 'cycle', through: 'p', need })
        expectPaths(seen)
        const { unfolding, flow, reach } = seen
        const isExit = (v: number) =>
          nexts(unfolding.graph, v).some(u => {
            const t = flow.transitions[unfolding.event[u]! - flow.steps.length]
            if (!t || (need === 'customer-exit' && t.chooser !== 'customer')) return false
            return v !== u && !(reach[u]![v] && reach[v]![u])
          })
        const round = closure(unfolding, v => !isExit(v))
        const bad = round.some((row, v) => has(seen, v, 'p') && row[v])
        expect(seen.judgement.failures.length > 0).toBe(bad)
        for (const { path, loopsTo } of seen.judgement.failures) {
          expect(loopsTo).toBeDefined()
          expect(path.slice(loopsTo).filter(isExit)).toEqual([])
        }
      }),
      settings,
    )
  })

  test('that lead on to a goal without another round are no trap', () => {
    fc.assert(
      fc.property(anySketch, sketch => {
        const seen = run(sketch, { check: 'cycle', through: 'p', need: 'exit', to: 's' })
        expectPaths(seen)
        const { unfolding, flow } = seen
        // Whether a goal can be had without passing the subject again.
        const leads = (from: number): boolean => {
          const seenSoFar = new Set([from])
          for (const v of seenSoFar) {
            if (has(seen, v, 's')) return true
            if (!has(seen, v, 'p')) for (const u of nexts(unfolding.graph, v)) seenSoFar.add(u)
          }
          return false
        }
        const isExit = (v: number) =>
          nexts(unfolding.graph, v).some(u => unfolding.event[u]! >= flow.steps.length && leads(u))
        const round = closure(unfolding, v => !isExit(v))
        const bad = round.some((row, v) => has(seen, v, 'p') && row[v])
        expect(seen.judgement.failures.length > 0).toBe(bad)
      }),
      settings,
    )
  })

  test('back to the same team over another one', () => {
    fc.assert(
      fc.property(anySketch, sketch => {
        const seen = run(sketch, { check: 'cycle', through: 'p', need: 'forbidden', same: 'team' })
        expectPaths(seen)
        const { reach } = seen
        const places = [...reach.keys()].filter(v => team(seen, v) !== undefined)
        const bad = places.some(a =>
          places.some(
            b =>
              team(seen, a) !== team(seen, b) &&
              reach[a]![b] &&
              places.some(c => team(seen, c) === team(seen, a) && reach[b]![c]),
          ),
        )
        expect(seen.judgement.failures.length > 0).toBe(bad)
        for (const { path } of seen.judgement.failures) {
          const teams = path.map(v => team(seen, v) as string | undefined).filter(t => t !== undefined)
          const last = teams[teams.length - 1]
          expect(teams.slice(0, -1).includes(last!) && teams.some(t => t !== last)).toBe(true)
        }
      }),
      settings,
    )
  })
})

test('an attribute is missed exactly where the act lacks it', () => {
  fc.assert(
    fc.property(anySketch, sketch => {
      const seen = run(sketch, { check: 'attribute', on: 'p', require: { team: 'north' } })
      expectPaths(seen)
      // Declared with another team it is wrong for certain; declared without any, it may still be in the words.
      const wrong = [...seen.reach.keys()].filter(v => has(seen, v, 'p') && team(seen, v) !== 'north')
      const blamed = seen.judgement.failures.map(f => f.culprit)
      expect(blamed.sort((a, b) => a - b)).toEqual(wrong.filter(v => actsAt(seen, v).length > 0))
    }),
    settings,
  )
})

test('asking twice: the same item again on a path, but for retries that circumstances lead to', () => {
  fc.assert(
    fc.property(anySketch, sketch => {
      const asking = (acts: StepSketch['acts'] = []) =>
        acts.map(a =>
          typeof a === 'string' || !a.attributes
            ? a
            : { ...a, attributes: { items: [a.attributes['team']] } },
        )
      const steps = sketch.playbooks[0]!.map(step => ({ ...step, acts: asking(step.acts) }))
      const seen = run({ playbooks: [steps] }, { check: 'bound', of: 'p', max: 1, per: 'items' })
      expectPaths(seen)
      const { unfolding, flow, reach } = seen
      const items = (v: number) =>
        actsAt(seen, v).flatMap(a => (a.attributes.items as string[] | undefined) ?? [])
      const isRetry = (v: number, from: number) => {
        const t = flow.transitions[unfolding.event[v]! - flow.steps.length]
        return t?.chooser === 'world' && reach[v]![from] === true && reach[from]![v] === true
      }
      const bad = [...reach.keys()].some(first => {
        const without = closure(unfolding, v => v === first || !isRetry(v, first))
        return [...reach.keys()].some(
          v => without[first]![v] && items(v).some(item => items(first).includes(item)),
        )
      })
      expect(seen.judgement.failures.length > 0).toBe(bad)
      for (const { path, culprit, values } of seen.judgement.failures) {
        expect(path[path.length - 1]).toBe(culprit)
        expect(path.filter(v => items(v).includes(values.item!)).length).toBeGreaterThan(1)
      }
    }),
    settings,
  )
})

test('a customer’s way out of a circle must be the customer’s', () => {
  const round = (by: Chooser): Sketch => {
    const ways: WaySketch[] = [
      { to: 0, by, when: 'once more' },
      { to: 1, by, when: 'enough' },
    ]
    return { playbooks: [[{ acts: ['p'], ways }, { end: 'resolved' }]] }
  }
  const found = (by: Chooser, need: 'exit' | 'customer-exit') =>
    run(round(by), { check: 'cycle', through: 'p', need }).judgement.failures.length
  expect([found('customer', 'exit'), found('agent', 'exit')]).toEqual([0, 0])
  expect([found('customer', 'customer-exit'), found('agent', 'customer-exit')]).toEqual([0, 1])
})

test('nor may others decide before the customer has a say, unless it is only that nobody is free', () => {
  const queue = (first: Chooser, told: { interrupt?: true } = {}): number => {
    const ways: WaySketch[] = [
      { to: 0, by: first, when: 'once more' },
      { to: 1, by: 'customer', when: 'gives up' },
    ]
    const flow = flowOf({ playbooks: [[{ acts: ['p'], ways }, { end: 'resolved' }]] })
    Object.assign(flow.transitions[1]!.transition, told)
    const view = viewOf(flow, unfolder(flow)(0), conditionsOf(flow), 'suspicious')
    const found = (need: 'exit' | 'customer-exit') =>
      primitiveOf('cycle')!(view, { check: 'cycle', through: 'p', need } as never, conditionsOf(flow))
        .failures
    // What a fact decides, it decides in the same way every time.
    if (first !== 'fact') expect(found('exit')).toEqual([])
    for (const { path, loopsTo } of found('customer-exit')) expect(path.slice(loopsTo).length).toBe(2)
    return found('customer-exit').length
  }
  expect((['agent', 'system', 'fact', 'world', 'customer'] as const).map(by => queue(by))).toEqual([
    1, 1, 1, 0, 0,
  ])
  // "At any time, if the customer …" comes before all.
  expect(queue('agent', { interrupt: true })).toBe(0)
})

/** Steps at which several decide: the turns of a step told a second time, as lists of choosers. */
test('a circle that needs the customer’s exit is looked at turn by turn', () => {
  const ORDER = ['fact', 'world', 'agent', 'customer'] as const
  const mixed: fc.Arbitrary<Sketch> = fc.integer({ min: 2, max: 4 }).chain(count => {
    const to = fc.oneof(
      { weight: 6, arbitrary: fc.nat(count - 1) },
      { weight: 1, arbitrary: fc.constantFrom('kept' as const) },
    )
    const way = fc.record({
      to,
      by: fc.constantFrom<Chooser>(...ORDER),
      when: fc.constantFrom('a', 'b', 'c'),
    })
    const step = fc.record({ acts: marks, ways: fc.array(way, { minLength: 2, maxLength: 3 }) })
    return fc.array(step, { minLength: count, maxLength: count }).map(steps => ({ playbooks: [steps] }))
  })
  let differing = 0
  fc.assert(
    fc.property(mixed, sketch => {
      const seen = run(sketch, { check: 'cycle', through: 'p', need: 'customer-exit' })
      expectPaths(seen)
      const { unfolding, flow, reach } = seen
      const chooser = (u: number) =>
        flow.transitions[unfolding.event[u]! - flow.steps.length]?.chooser ?? 'agent'
      const leaves = (v: number, u: number) => v !== u && !(reach[u]![v] && reach[v]![u])
      /** May one take this way although the customer wants out? Only where somebody decides before the customer can. */
      const isForced = (v: number, u: number): boolean => {
        if (unfolding.event[v]! >= flow.steps.length) return true
        const ways = nexts(unfolding.graph, v)
        if (!ways.some(w => chooser(w) === 'customer' && leaves(v, w))) return true
        if (chooser(u) === 'customer') return false
        return chooser(u) !== 'world' || ways.some(w => chooser(w) === 'agent')
      }
      const size = unfolding.graph.size
      const round = Array.from({ length: size }, () => new Array<boolean>(size).fill(false))
      for (let v = 0; v < size; v++)
        for (const u of nexts(unfolding.graph, v)) if (isForced(v, u)) round[v]![u] = true
      for (let k = 0; k < size; k++)
        for (let i = 0; i < size; i++)
          if (round[i]![k]) for (let j = 0; j < size; j++) if (round[k]![j]) round[i]![j] = true
      const bad = [...round.keys()].some(v => has(seen, v, 'p') && round[v]![v])
      expect(seen.judgement.failures.length > 0).toBe(bad)
      if (bad) differing++
    }),
    settings,
  )
  expect(differing).toBeGreaterThan(settings.numRuns / 20)
})
