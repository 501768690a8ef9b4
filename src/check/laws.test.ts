// Laws of single primitives: precedence as dominance, the exact count of a bound, reachability against plain search.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sketch, StepSketch } from '../flow/sketch.test-data.ts'
import type { Unfolding } from '../flow/unfold.ts'
import type { Check, Scope } from '../model/rule.ts'
import { segments } from './ltlf.test-data.ts'
import type { ScopeKind } from './monitor.ts'
import { pathsOf, run, successors } from './paths.test-data.ts'

const settings = { seed: 1979, numRuns: Number(process.env.WAYOUT_RUNS ?? 250) }

const acts = fc.uniqueArray(fc.constantFrom('p', 'p', 's', 'q', 'r', 't'), { maxLength: 2 })

/** Up to five steps with one or two ways on, or an end. */
const anySketch: fc.Arbitrary<Sketch> = fc.integer({ min: 1, max: 5 }).chain(count => {
  const to = fc.oneof(
    { weight: 6, arbitrary: fc.nat(count - 1) },
    { weight: 1, arbitrary: fc.constant('kept' as const) },
  )
  const step: fc.Arbitrary<StepSketch> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ acts, ways: fc.array(fc.record({ to, acts }), { minLength: 1, maxLength: 2 }) }),
    },
    { weight: 1, arbitrary: fc.record({ acts, end: fc.constant('resolved' as const) }) },
  )
  return fc.tuple(fc.array(step, { minLength: count, maxLength: count })).map(playbooks => ({ playbooks }))
})

const SCOPES: Readonly<Record<ScopeKind, Scope | undefined>> = {
  global: undefined,
  after: { after: 'q' },
  'after-until': { after: 'q', until: 'r' },
  between: { after: 'q', and_later: 'r' },
  before: { before: 'r' },
}
const KINDS = Object.keys(SCOPES) as ScopeKind[]

/** Vertices that can be reached from the start over vertices that are all `open`. */
function reachedOver({ graph, start }: Unfolding, open: (v: number) => boolean): Set<number> {
  const reached = new Set(open(start) ? [start] : [])
  for (const v of reached) for (const u of successors(graph, v)) if (open(u)) reached.add(u)
  return reached
}

test('precedence is dominance by a set: what is reached once the steps that must come first are taken out', () => {
  fc.assert(
    fc.property(anySketch, sketch => {
      const { unfolding, letters, judgement } = run(sketch, { check: 'precedence', first: 's', before: 'p' })
      const without = reachedOver(unfolding, v => !letters[v]!.has('s'))
      const tooEarly = [...without].filter(v => letters[v]!.has('p'))
      // Of several on one path the first is to blame.
      const first = reachedOver(unfolding, v => !letters[v]!.has('s') && !letters[v]!.has('p'))
      const { graph, start } = unfolding
      const blamed = tooEarly.filter(
        v => v === start || [...first].some(u => successors(graph, u).includes(v)),
      )
      expect(judgement.failures.map(f => f.culprit).sort()).toEqual(blamed.sort())
    }),
    settings,
  )
})

test('the number of a bound is the greatest that any path can reach, or endless', () => {
  fc.assert(
    fc.property(anySketch, fc.constantFrom(...KINDS), (sketch, kind) => {
      const scope = SCOPES[kind]
      const { unfolding, letters, judgement } = run(sketch, {
        check: 'bound',
        of: 'p',
        max: 0,
        ...(scope && { scope }),
      })
      if (judgement.failures.length === 0) return
      // Every vertex with every count one can have there in an open segment; so many can only come from a loop.
      const { graph, start } = unfolding
      const endless = 3 * graph.size
      const startsOpen = kind === 'global' || kind === 'before'
      const closes = kind !== 'global' && kind !== 'after'
      const enter = (v: number, before: number | null, isStart: boolean): number | null => {
        const l = letters[v]!
        let count = before
        if (count !== null && closes && l.has('r')) return kind === 'before' ? -1 : null
        if (count === -1) return -1
        if (
          count === null &&
          ((isStart && startsOpen) || (!startsOpen && l.has('q') && !(closes && l.has('r'))))
        )
          count = 0
        return count === null ? null : Math.min(endless, count + (l.has('p') ? 1 : 0))
      }
      const waiting: [number, number | null][] = [[start, enter(start, startsOpen ? 0 : null, true)]]
      const seen = new Set<string>()
      let most = 0
      for (const [v, count] of waiting) {
        if (seen.has(`${v} ${count}`)) continue
        seen.add(`${v} ${count}`)
        most = Math.max(most, count ?? 0)
        for (const u of successors(graph, v)) waiting.push([u, enter(u, count, false)])
      }
      const counts = judgement.failures.map(f => f.values.count)
      if (most < endless) expect(new Set(counts)).toEqual(new Set([String(most)]))
      for (const { loopsTo, path, values } of judgement.failures) {
        expect(values.count === 'an endless number of').toBe(loopsTo !== undefined)
        // The loop must really hold one of them, and stay in its segment.
        if (loopsTo === undefined) continue
        const loop = path.slice(loopsTo).map(v => letters[v]!)
        expect(loop.some(l => l.has('p'))).toBe(true)
        if (closes) expect(loop.some(l => l.has('r'))).toBe(false)
      }
    }),
    settings,
  )
})

test('reachable: wherever it is asked, a way is there or a finding', () => {
  const limits = fc.option(fc.nat(3), { nil: undefined })
  fc.assert(
    fc.property(
      anySketch,
      limits,
      fc.boolean(),
      fc.constantFrom(...KINDS),
      (sketch, within, around, kind) => {
        const scope = SCOPES[kind]
        const check: Check = {
          check: 'reachable',
          from: 'p',
          to: 's',
          ...(within !== undefined && { within }),
          ...(around && { avoiding: 't' }),
          ...(scope && { scope }),
        }
        const { unfolding, letters, isStep, judgement } = run(sketch, check)
        const { graph } = unfolding
        /** How many steps further on the nearest goal is. */
        const cost = (v: number, count: number, seen: Set<string>): number => {
          if (letters[v]!.has('s')) return count
          if (seen.has(`${v} ${count}`) || count > 20) return Infinity
          seen.add(`${v} ${count}`)
          if (around && letters[v]!.has('t')) return Infinity
          return Math.min(
            ...successors(graph, v).map(u => cost(u, count + (isStep[u] ? 1 : 0), seen)),
            Infinity,
          )
        }
        const asked = pathsOf(unfolding).filter(path => {
          const v = path[path.length - 1]!
          if (!letters[v]!.has('p') || successors(graph, v).length === 0) return false
          const word = path.map(u => letters[u]!)
          return segments(word, kind).some(({ to }) => to === word.length)
        })
        const failing = asked.filter(
          path =>
            cost(path[path.length - 1]!, 0, new Set()) > (within ?? Infinity) ||
            cost(path[path.length - 1]!, 0, new Set()) === Infinity,
        )
        for (const { culprit } of judgement.failures)
          expect(cost(culprit, 0, new Set())).toBeGreaterThan(within ?? 20)
        expect(judgement.failures.length > 0).toBe(failing.length > 0)
        // Whatever fails lies on or behind a place that is blamed.
        const blamed = new Set(judgement.failures.map(f => f.culprit))
        for (const v of blamed) for (const u of successors(graph, v)) blamed.add(u)
        for (const path of failing) expect(blamed.has(path[path.length - 1]!)).toBe(true)
      },
    ),
    settings,
  )
})
