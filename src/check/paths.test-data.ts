// Judges small flows by enumerating their paths: the plain counterpart of the primitives, for tests.
import { components, type Graph } from '../flow/graph.ts'
import { flowOf, type Sketch } from '../flow/sketch.test-data.ts'
import { DEAD_END, ENDS, type Unfolding, unfolder } from '../flow/unfold.ts'
import type { Flow } from '../model/flow.ts'
import type { Check } from '../model/rule.ts'
import { conditionsOf } from './condition.ts'
import type { Judgement } from './failure.ts'
import type { Letters } from './ltlf.test-data.ts'
import { primitiveOf } from './primitives.ts'
import { viewOf } from './view.ts'

/** How many events a path may have that is enumerated. */
export const LONGEST = 13

export type Seen = {
  unfolding: Unfolding
  judgement: Judgement
  /** What the look that trusts the script sees: without doubt the same. */
  trusting: Judgement
  letters: Letters[]
  isStep: boolean[]
}

/** Runs a check on a sketch; letters by vertex. */
export function run(sketch: Sketch, check: Check): Seen {
  const flow = flowOf(sketch)
  const unfolding = unfolder(flow)(0)
  const conditions = conditionsOf(flow)
  const [suspicious, trusting] = (['suspicious', 'trusting'] as const).map(stance =>
    primitiveOf(check.check)!(viewOf(flow, unfolding, conditions, stance), check as never, conditions),
  )
  return {
    unfolding,
    judgement: suspicious!,
    trusting: trusting!,
    letters: [...unfolding.event].map(e => new Set(actsAt(flow, e))),
    isStep: [...unfolding.event].map(e => e < flow.steps.length),
  }
}

function actsAt(flow: Flow, event: number): string[] {
  const at = event < flow.steps.length ? flow.steps[event]! : flow.transitions[event - flow.steps.length]!
  return at.acts.map(({ act }) => act)
}

export const successors = ({ out }: Graph, v: number) => [
  ...out.targets.subarray(out.starts[v], out.starts[v + 1]),
]

/** All paths from the start of at most `LONGEST` vertices, shorter ones first. */
export function pathsOf({ graph, start }: Unfolding): number[][] {
  const paths = [[start]]
  for (const path of paths) {
    if (path.length === LONGEST) continue
    for (const u of successors(graph, path[path.length - 1]!)) paths.push([...path, u])
  }
  return paths
}

export const isOver = ({ ending }: Unfolding, v: number) => ending[v] === ENDS || ending[v] === DEAD_END

/** Goes from `v` all around its component, over every vertex, and back; null if one can leave it, or it is no loop. */
export function tour(graph: Graph, v: number): number[] | null {
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
 * What the definition of a rule says of a path: `broken`, whatever comes; `open` if it must not end here; `since`, where
 * each event has a duty of its own: the first whose duty is open.
 */
export type Opinion = (
  word: readonly Letters[],
  isStep: readonly boolean[],
) => { broken: boolean; open: boolean; since?: number }

/** Whether the rule is broken on this path: now, because it ends, or because it can only go round for ever. */
export function isViolation(
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
  // Duties may overlap, so that one is open at any time, and each is met all the same: one must be open for ever.
  const { since } = judge([...walk, ...round, ...round])
  if (since !== undefined && since >= path.length + round.length) return false
  return round.every((_, i) => {
    const later = judge([...walk, ...round.slice(0, i)])
    return !later.broken && later.open
  })
}
