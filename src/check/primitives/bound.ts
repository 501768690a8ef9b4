// `bound`: how often something may happen within the scope; a loop counts as without limit.
import { components, cyclic, type Graph, graphOf } from '../../flow/graph.ts'
import { any, blaming, type Failure, NOTHING, openingNote, type Primitive } from '../failure.ts'
import { type Monitor, bound as pattern, watching } from '../monitor.ts'
import { openingOf, type Product, pathTo, productOf } from '../product.ts'
import { repetitions } from '../repetition.ts'
import { isJudgedWhenClosed, scoped } from '../scope.ts'
import { closeLoop } from '../trap.ts'

export const bound: Primitive<'bound'> = (view, check) => {
  if (check.per !== undefined) return repetitions(view, check.of, check.per)
  const counted = view.meets(check.of, 'trigger')
  if (!any(counted)) return NOTHING
  const { monitor, letters } = scoped(view, check.scope, pattern(check.max), [counted])
  const product = productOf(view, monitor, letters)
  const { vertex, state } = product
  const found = blaming()
  let triggered = false
  let segments: ReturnType<typeof mostOften> | undefined
  for (let id = 0; id < product.graph.size; id++) {
    const culprit = vertex[id]!
    if (counted[culprit] && (monitor.open(state[id]!) || monitor.dead(state[id]!))) triggered = true
    if (monitor.dead(state[id]!)) found.blame(culprit, () => failureAt(id))
  }
  return found.judgement(triggered)

  function failureAt(id: number): Failure {
    segments ??= segmentsOf()
    const { most, inLoop } = segments
    const ids = pathTo(product, id)
    const path = ids.map(p => vertex[p]!)
    const openedAt = openingOf(product, monitor, ids)
    const notes = openingNote(check.scope !== undefined, openedAt)
    const inside = isJudgedWhenClosed(check.scope) ? path.length - 1 : path.length
    let number = 0
    for (let i = openedAt; i < inside; i++) if (counted[path[i]!]) notes.set(i, `number ${++number}`)
    const culprit = path.findLast((v, i) => i < inside && counted[v]) ?? vertex[id]!
    // A segment that is judged where it closes must be seen to close.
    const loop =
      inLoop.has(culprit) && inside === path.length
        ? closeLoop(view.unfolding.graph, path, openedAt, v => inLoop.has(v))
        : null
    const count = loop
      ? 'an endless number of'
      : most === Infinity
        ? String(number)
        : String(Math.max(number, most))
    return { culprit, path, ...loop, notes, values: { count } }
  }

  function segmentsOf(): ReturnType<typeof mostOften> {
    const seen = scoped(view, check.scope, watching, [counted])
    return mostOften(productOf(view, seen.monitor, seen.letters), seen.monitor, counted)
  }
}

/**
 * The exact greatest number of counted events in one segment (Infinity if a loop of the segment holds one), and the
 * vertices of the unfolding that lie on such loops. Components are numbered against the direction of the edges, so
 * one pass in their order is a longest-path search. O(n + m).
 */
export function mostOften(
  product: Product,
  monitor: Monitor,
  counted: Uint8Array,
): { most: number; inLoop: Set<number> } {
  const { vertex, state } = product
  // Only ways inside the segment count: a loop that leaves it and opens it anew starts counting anew.
  const graph = insideOf(product, monitor)
  const parts = components(graph.size, graph.out)
  const loops = cyclic(graph.size, graph.out, parts)
  const counts = (id: number) => (monitor.open(state[id]!) && counted[vertex[id]!] ? 1 : 0)
  const own = new Float64Array(parts.count)
  const behind = new Float64Array(parts.count)
  const endless = new Uint8Array(parts.count)
  const members: number[] = Array.from({ length: graph.size }, (_, id) => id).sort(
    (a, b) => parts.of[a]! - parts.of[b]!,
  )
  for (const id of members) {
    const part = parts.of[id]!
    if (counts(id)) {
      own[part]!++
      if (loops[part]) endless[part] = 1
    }
    if (!monitor.open(state[id]!)) continue
    for (let e = graph.out.starts[id]!; e < graph.out.starts[id + 1]!; e++) {
      const next = graph.out.targets[e]!
      const other = parts.of[next]!
      if (other === part || !monitor.open(state[next]!)) continue
      behind[part] = Math.max(behind[part]!, behind[other]! + (endless[other] ? Infinity : own[other]!))
    }
  }
  let most = 0
  for (let part = 0; part < parts.count; part++)
    most = Math.max(most, behind[part]! + (endless[part] ? Infinity : own[part]!))
  const inLoop = new Set<number>()
  for (let id = 0; id < graph.size; id++)
    if (endless[parts.of[id]!] && monitor.open(state[id]!)) inLoop.add(vertex[id]!)
  return { most, inLoop }
}

function insideOf({ graph, state }: Product, monitor: Monitor): Graph {
  const from: number[] = []
  const to: number[] = []
  for (let id = 0; id < graph.size; id++) {
    if (!monitor.open(state[id]!)) continue
    for (let e = graph.out.starts[id]!; e < graph.out.starts[id + 1]!; e++) {
      const next = graph.out.targets[e]!
      if (!monitor.open(state[next]!)) continue
      from.push(id)
      to.push(next)
    }
  }
  return graphOf(graph.size, from, to)
}
