// Bad ends and traps of a product: where a duty is left open for ever, and the loops that keep a customer there.
import { components, cyclic, degree, type Graph, graphOf, shortestPath } from '../flow/graph.ts'
import { BROKEN } from '../flow/unfold.ts'
import type { Product } from './product.ts'
import type { View } from './view.ts'

/**
 * Marks the vertices of the product at which a path is complete and the duty still open: 1 an end, 2 part of a trap
 * (a loop that is never left, on which the duty is never met; the reading "fair" of theory.md §2). O(n + m).
 */
export function badEnds(view: View, product: Product, accepts: (id: number) => boolean): Uint8Array {
  const { graph, vertex } = product
  const marks = new Uint8Array(graph.size)
  for (let id = 0; id < graph.size; id++) if (view.ends(vertex[id]!) && !accepts(id)) marks[id] = 1
  const kept = keptIn(view, product, accepts)
  const inside = within(graph, kept)
  const parts = components(graph.size, inside.out)
  const loops = cyclic(graph.size, inside.out, parts)
  const left = new Uint8Array(parts.count)
  for (let id = 0; id < graph.size; id++) {
    const part = parts.of[id]!
    for (let e = graph.out.starts[id]!; e < graph.out.starts[id + 1]!; e++) {
      const next = graph.out.targets[e]!
      if (parts.of[next] !== part && !view.unfolding.uncertain[vertex[next]!]) left[part] = 1
    }
  }
  for (let id = 0; id < graph.size; id++)
    if (kept[id] && loops[parts.of[id]!] && !left[parts.of[id]!] && marks[id] === 0) marks[id] = 2
  return marks
}

/**
 * Where one can be kept for ever with the duty open: no end, nothing that meets the duty, and no sure way to any other
 * place. (A way out that was only guessed does not free anybody in the suspicious run.) The greatest such set. O(n + m).
 */
function keptIn(view: View, { graph, vertex }: Product, accepts: (id: number) => boolean): Uint8Array {
  const { uncertain } = view.unfolding
  const kept = new Uint8Array(graph.size).fill(1)
  const waysOn = new Int32Array(graph.size)
  const out: number[] = []
  const drop = (id: number) => {
    if (!kept[id]) return
    kept[id] = 0
    out.push(id)
  }
  for (let id = 0; id < graph.size; id++) {
    waysOn[id] = degree(graph.out, id)
    if (accepts(id) || waysOn[id] === 0 || view.ends(vertex[id]!) || leavesInDoubt(view, vertex[id]!))
      drop(id)
  }
  for (const id of out) {
    for (let e = graph.in.starts[id]!; e < graph.in.starts[id + 1]!; e++) {
      const before = graph.in.targets[e]!
      if (--waysOn[before]! === 0 || !uncertain[vertex[id]!]) drop(before)
    }
  }
  return kept
}

/** Only the edges between vertices that are kept. */
function within(graph: Graph, kept: Uint8Array): Graph {
  const from: number[] = []
  const to: number[] = []
  for (let id = 0; id < graph.size; id++) {
    if (!kept[id]) continue
    for (let e = graph.out.starts[id]!; e < graph.out.starts[id + 1]!; e++) {
      if (!kept[graph.out.targets[e]!]) continue
      from.push(id)
      to.push(graph.out.targets[e]!)
    }
  }
  return graphOf(graph.size, from, to)
}

/** In the trusting run a way on that was only guessed, or whose target is unknown, may lead out. */
function leavesInDoubt(view: View, v: number): boolean {
  if (view.stance === 'suspicious') return false
  const { graph, uncertain, ending } = view.unfolding
  if (ending[v] === BROKEN) return true
  for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++)
    if (uncertain[graph.out.targets[e]!]) return true
  return false
}

/**
 * Closes a path into a lasso: from its last vertex the shortest way, over allowed vertices, back to a vertex of the
 * path that lies at or behind index `earliest`. Returns the longer path and where it loops to, or null if there is no loop.
 */
export function closeLoop(
  graph: Graph,
  path: number[],
  earliest: number,
  allowed: (v: number) => boolean,
): { path: number[]; loopsTo: number } | null {
  const last = path[path.length - 1]!
  const places = new Map<number, number>()
  for (let i = path.length - 1; i >= earliest; i--)
    if (allowed(path[i]!) || i === path.length - 1) places.set(path[i]!, i)
  const nexts: number[] = []
  for (let e = graph.out.starts[last]!; e < graph.out.starts[last + 1]!; e++)
    if (allowed(graph.out.targets[e]!)) nexts.push(graph.out.targets[e]!)
  const back = shortestPath(graph.size, graph.out, nexts, v => places.has(v), allowed)
  if (!back) return null
  const target = back[back.length - 1]!
  return { path: [...path, ...back.slice(0, -1)], loopsTo: places.get(target)! }
}
