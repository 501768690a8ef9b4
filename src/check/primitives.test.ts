// Holds the primitives against enumeration of the paths of small random flows, each judged by the definition of the rule.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { components, type Graph } from '../flow/graph.ts'
import { flowOf, type Sketch, type StepSketch, type WaySketch } from '../flow/sketch.test-data.ts'
import { DEAD_END, ENDS, type Unfolding, unfolder } from '../flow/unfold.ts'
import type { Flow } from '../model/flow.ts'
import type { Check, Scope } from '../model/rule.ts'
import { conditionsOf } from './condition.ts'
import type { Judgement } from './failure.ts'
import { holds, type Letters, segments } from './ltlf.test-data.ts'
import type { ScopeKind } from './monitor.ts'
import { primitiveOf } from './primitives.ts'
import { viewOf } from './view.ts'

const settings = { seed: 2007, numRuns: Number(process.env.WAYOUT_RUNS ?? 200) }
/** How many events a path may have that is enumerated. */
const LONGEST = 13

const someActs = fc.uniqueArray(fc.constantFrom('p', 'p', 's', 'q', 'r', 't'), { maxLength: 2 })

/** Flows of up to five steps with at most two ways on, acts on both, every kind of end; nothing is in doubt. */
const anySketch: fc.Arbitrary<Sketch> = fc.integer({ min: 1, max: 5 }).chain(count => {
  const to = fc.oneof(
    { weight: 5, arbitrary: fc.nat(count - 1) },
    { weight: 1, arbitrary: fc.constantFrom('resolved' as const, 'kept' as const, 'nowhere' as const) },
  )
  const way: fc.Arbitrary<WaySketch> = fc.oneof(
    { weight: 2, arbitrary: fc.record({ to }) },
    { weight: 1, arbitrary: fc.record({ to, acts: someActs }) },
  )
  const step: fc.Arbitrary<StepSketch> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ acts: someActs, ways: fc.array(way, { minLength: 1, maxLength: 2 }) }),
    },
    { weight: 1, arbitrary: fc.record({ acts: someActs, end: fc.constant('resolved' as const) }) },
    { weight: 1, arbitrary: fc.record({ acts: someActs }) },
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

type Seen = { unfolding: Unfolding; judgement: Judgement; letters: Letters[]; isStep: boolean[] }

/** Runs a check on a sketch; letters by vertex. */
function run(sketch: Sketch, check: Check): Seen {
  const flow = flowOf(sketch)
  const unfolding = unfolder(flow)(0)
  const conditions = conditionsOf(flow)
  const [suspicious, trusting] = (['suspicious', 'trusting'] as const).map(stance =>
    primitiveOf(check.check)!(viewOf(flow, unfolding, conditions, stance), check as never, conditions),
  )
  // Without doubt both looks see the same.
  expect(trusting).toEqual(suspicious)
  return {
    unfolding,
    judgement: suspicious!,
    letters: [...unfolding.event].map(e => new Set(actsAt(flow, e))),
    isStep: [...unfolding.event].map(e => e < flow.steps.length),
  }
}

function actsAt(flow: Flow, event: number): string[] {
  const at = event < flow.steps.length ? flow.steps[event]! : flow.transitions[event - flow.steps.length]!
  return at.acts.map(({ act }) => act)
}

const successors = ({ out }: Graph, v: number) => [...out.targets.subarray(out.starts[v], out.starts[v + 1])]

/** All paths from the start of at most `LONGEST` vertices, shorter ones first. */
function pathsOf({ graph, start }: Unfolding): number[][] {
  const paths = [[start]]
  for (const path of paths) {
    if (path.length === LONGEST) continue
    for (const u of successors(graph, path[path.length - 1]!)) paths.push([...path, u])
  }
  return paths
}

const isOver = ({ ending }: Unfolding, v: number) => ending[v] === ENDS || ending[v] === DEAD_END

/** Goes from `v` all around its component, over every vertex, and back; null if one can leave it, or it is no loop. */
function tour(graph: Graph, v: number): number[] | null {
  const parts = components(graph.size, graph.out)
  const inside = [...parts.of.keys()].filter(u => parts.of[u] === parts.of[v])
  if (inside.some(u => successors(graph, u).length === 0)) return null
  if (inside.some(u => successors(graph, u).some(w => parts.of[w] !== parts.of[v]))) return null
  const walk: number[] = []
  let at = v
  for (const goal of [...inside, v]) {
    const trail = new Map<number, number>()
    const queue = [at]
    for (const u of queue)
      for (const w of successors(graph, u))
        if (!trail.has(w)) {
          trail.set(w, u)
          queue.push(w)
        }
    const back: number[] = []
    for (let u = goal; back.length === 0 || u !== at; u = trail.get(u)!) back.push(u)
    walk.push(...back.reverse())
    at = goal
  }
  return walk
}

/**
 * What the definition of a rule says of a path: `broken`, whatever comes; `open` if it must not end here.
 */
type Opinion = (word: readonly Letters[], isStep: readonly boolean[]) => { broken: boolean; open: boolean }

/** Whether the rule is broken on this path: now, because it ends, or because it can only go round for ever. */
function isViolation(
  { unfolding, letters, isStep }: Seen,
  path: readonly number[],
  opinion: Opinion,
): boolean {
  const judge = (p: readonly number[]) =>
    opinion(
      p.map(v => letters[v]!),
      p.map(v => isStep[v]!),
    )
  const { broken, open } = judge(path)
  const last = path[path.length - 1]!
  if (broken || (open && isOver(unfolding, last))) return true
  const round = tour(unfolding.graph, last)
  if (!round) return false
  const walk = [...path, ...round, ...round]
  return round.every((_, i) => {
    const later = judge([...walk, ...round.slice(0, i)])
    return !later.broken && later.open
  })
}

/** A failure must be a path of the flow on which the rule is really broken. */
function expectProof(seen: Seen, opinion: Opinion): void {
  const { unfolding, judgement } = seen
  for (const { path, loopsTo, culprit, notes } of judgement.failures) {
    expect(path[0]).toBe(unfolding.start)
    for (const [i, v] of path.entries())
      if (i > 0) expect(successors(unfolding.graph, path[i - 1]!)).toContain(v)
    expect(path).toContain(culprit)
    for (const at of notes.keys()) expect(path[at]).toBeDefined()
    if (loopsTo !== undefined)
      expect(successors(unfolding.graph, path[path.length - 1]!)).toContain(path[loopsTo])
    expect(path.some((_, i) => isViolation(seen, path.slice(0, i + 1), opinion))).toBe(true)
  }
}

/** The verdict must be that of the paths, and the shortest proof as short as the shortest such path. */
function expectAgreement(seen: Seen, opinion: Opinion, alsoShortest: boolean): void {
  const { unfolding, judgement } = seen
  expectProof(seen, opinion)
  const violation = pathsOf(unfolding).find(path => isViolation(seen, path, opinion))
  if (!violation) {
    const long = judgement.failures.filter(f => f.path.length <= LONGEST && f.loopsTo === undefined)
    expect(long).toEqual([])
    return
  }
  expect(judgement.failures.length).toBeGreaterThan(0)
  expect(judgement.triggered).toBe(true)
  if (!alsoShortest) return
  const shortest = Math.min(
    ...judgement.failures.map(
      ({ path }) => path.findIndex((_, i) => isViolation(seen, path.slice(0, i + 1), opinion)) + 1,
    ),
  )
  expect(shortest).toBe(violation.length)
}

/** Opinion of a rule that forbids something in each segment (judged where it closes, in the scopes that need it). */
function forbidding(kind: ScopeKind, isBad: (word: readonly Letters[]) => boolean): Opinion {
  const judgedWhenClosed = kind === 'between' || kind === 'before'
  return word => ({
    broken: segments(word, kind).some(
      ({ from, to, closed }) => (closed || !judgedWhenClosed) && isBad(word.slice(from, to)),
    ),
    open: false,
  })
}

describe.each(KINDS)('scope %s', kind => {
  const scope = SCOPES[kind]
  const scoped = scope === undefined ? {} : { scope }

  test('absence', () => {
    const opinion = forbidding(kind, word => word.some(e => e.has('p')))
    fc.assert(
      fc.property(anySketch, sketch => {
        expectAgreement(run(sketch, { check: 'absence', of: 'p', ...scoped }), opinion, true)
      }),
      settings,
    )
  })

  test('bound', () => {
    fc.assert(
      fc.property(anySketch, fc.nat(2), (sketch, max) => {
        const opinion = forbidding(kind, word => word.filter(e => e.has('p')).length > max)
        expectAgreement(run(sketch, { check: 'bound', of: 'p', max, ...scoped }), opinion, true)
      }),
      settings,
    )
  })

  test.each([false, true])('precedence, before each: %s', each => {
    const inOrder = (word: readonly Letters[]): boolean => {
      if (!each) return holds(['W', ['not', 'p'], 's'], word)
      let allowed = false
      return word.every(e => {
        allowed ||= e.has('s')
        const fine = allowed || !e.has('p')
        if (e.has('p')) allowed = false
        return fine
      })
    }
    const opinion = forbidding(kind, word => !inOrder(word))
    fc.assert(
      fc.property(anySketch, sketch => {
        expectAgreement(
          run(sketch, { check: 'precedence', first: 's', before: 'p', each, ...scoped }),
          opinion,
          true,
        )
      }),
      settings,
    )
  })

  test('existence', () => {
    const opinion: Opinion = word => {
      const without = segments(word, kind).filter(
        ({ from, to }) => !word.slice(from, to).some(e => e.has('p')),
      )
      const judgedWhenClosed = kind === 'between' || kind === 'before'
      return { broken: without.some(s => s.closed), open: without.some(s => !s.closed) && !judgedWhenClosed }
    }
    fc.assert(
      fc.property(anySketch, sketch => {
        expectAgreement(run(sketch, { check: 'existence', of: 'p', ...scoped }), opinion, true)
      }),
      settings,
    )
  })
})

test.each([[['s']], [['s', 't']]])('response with %j', then => {
  const opinion: Opinion = word => ({
    broken: false,
    open: !holds(
      ['G', ['implies', 'p', then.length === 1 ? ['F', 's'] : ['F', ['and', 's', ['F', 't']]]]],
      word,
    ),
  })
  fc.assert(
    fc.property(anySketch, sketch => {
      expectAgreement(run(sketch, { check: 'response', to: 'p', then }), opinion, false)
    }),
    settings,
  )
})

test('response within so many steps', () => {
  fc.assert(
    fc.property(anySketch, fc.nat(3), (sketch, within) => {
      const opinion: Opinion = (word, isStep) => {
        let broken = false
        let open = false
        for (const [i, e] of word.entries()) {
          if (!e.has('p')) continue
          const answer = word.findIndex((f, k) => k >= i && f.has('s'))
          const steps = isStep.slice(i + 1, answer === -1 ? undefined : answer + 1).filter(Boolean).length
          if (steps > within) broken = true
          else if (answer === -1) open = true
        }
        return { broken, open }
      }
      expectAgreement(run(sketch, { check: 'response', to: 'p', then: ['s'], within }), opinion, false)
    }),
    settings,
  )
})

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
        // An unknown target might be the goal, or might not.
        if (sketch.playbooks[0]!.some(step => step.ways?.some(way => way.to === 'nowhere'))) return
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
