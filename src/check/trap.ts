// Bad ends and traps of a product: where a duty is left open for ever, and the loops that keep a customer there.
import { components, cyclic, type Graph, shortestPath } from '../flow/graph.ts'
import { BROKEN } from '../flow/unfold.ts'
import type { Product } from './product.ts'
import type { View } from './view.ts'

/**
 * Marks the vertices of the product at which a path is complete and the duty still open: 1 an end, 2 part of a trap
 * (a bottom component without an accepting vertex: nobody can ever leave, and the duty is never met; the reading
 * "fair" of theory.md §2). O(n + m).
 */
export function badEnds(view: View, product: Product, accepts: (id: number) => boolean): Uint8Array {
  const { graph, vertex } = product
  const marks = new Uint8Array(graph.size)
  for (let id = 0; id < graph.size; id++) if (view.ends(vertex[id]!) && !accepts(id)) marks[id] = 1
  const parts = components(graph.size, graph.out)
  const loops = cyclic(graph.size, graph.out, parts)
  const good = new Uint8Array(parts.count)
  for (let id = 0; id < graph.size; id++) {
    const part = parts.of[id]!
    if (accepts(id) || view.ends(vertex[id]!) || leavesInDoubt(view, vertex[id]!)) good[part] = 1
    for (let e = graph.out.starts[id]!; e < graph.out.starts[id + 1]!; e++) {
      const next = graph.out.targets[e]!
      // A way out that was only guessed does not free anybody in the suspicious run.
      if (parts.of[next] !== part && !view.unfolding.uncertain[vertex[next]!]) good[part] = 1
    }
  }
  for (let id = 0; id < graph.size; id++)
    if (loops[parts.of[id]!] && !good[parts.of[id]!] && marks[id] === 0) marks[id] = 2
  return marks
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
