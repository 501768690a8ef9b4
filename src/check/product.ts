// The product of an unfolding with a monitor: every way a conversation can go, with what the rule thinks of it so far.
import { type Graph, graphOfRows, shortestPath } from '../flow/graph.ts'
import type { Monitor } from './monitor.ts'
import type { View } from './view.ts'

export type Product = {
  /** Vertices in breadth-first order from the start, so that lower numbers are nearer. */
  graph: Graph
  vertex: Int32Array
  state: Int32Array
  /** The neighbour nearer to the start; -1 at the start. */
  parent: Int32Array
}

/**
 * Explores from the start of the unfolding. `letters[v]` is what the monitor sees at vertex v. Nothing is explored
 * behind a broken state. O((n + m) · states of the monitor).
 */
export function productOf(view: View, monitor: Monitor, letters: Int32Array): Product {
  const { graph, start } = view.unfolding
  const { starts, targets } = graph.out
  const { states, step, dead, afresh } = monitor
  // Monitors without a fixed number of states number them in passing: their keys are not bounded.
  const bounded = Number.isFinite(states) ? new Int32Array(graph.size * states) : null
  const unbounded = new Map<number, number>()
  const vertex: number[] = []
  const state: number[] = []
  const parent: number[] = []
  // Vertices are left in the order of their numbers, so that the rows of the graph can be written down as they come.
  const rowStarts: number[] = []
  const to: number[] = []
  const enter = (v: number, before: number, by: number): number =>
    place(v, step(before, letters[v]!, v, by === -1 ? -1 : vertex[by]!), by)
  const place = (v: number, q: number, by: number): number => {
    const key = bounded ? v * states + q : q * graph.size + v
    const known = bounded ? bounded[key]! : (unbounded.get(key) ?? 0)
    if (known > 0) return known - 1
    const id = vertex.length
    if (bounded) bounded[key] = id + 1
    else unbounded.set(key, id + 1)
    vertex.push(v)
    state.push(q)
    parent.push(by)
    return id
  }
  enter(start, 0, -1)
  for (let id = 0; id < vertex.length; id++) {
    rowStarts.push(to.length)
    if (dead(state[id]!)) continue
    const v = vertex[id]!
    for (let e = starts[v]!; e < starts[v + 1]!; e++) {
      const u = targets[e]!
      if (!view.passable(u)) continue
      to.push(enter(u, state[id]!, id))
      // Somebody else begins to watch here: a place of its own, but no way there for those who watch already.
      const anew = afresh?.(letters[u]!) ?? 0
      if (anew !== 0) place(u, anew, id)
    }
  }
  rowStarts.push(to.length)
  return {
    graph: graphOfRows({ starts: Int32Array.from(rowStarts), targets: Int32Array.from(to) }),
    vertex: Int32Array.from(vertex),
    state: Int32Array.from(state),
    parent: Int32Array.from(parent),
  }
}

/** The shortest path from the start to a vertex of the product, both included. */
export function pathTo(product: Product, id: number): number[] {
  const path: number[] = []
  for (let at = id; at >= 0; at = product.parent[at]!) path.push(at)
  return path.reverse()
}

/** Where on a path of the product the segment was opened in which, or by which, its last vertex is: an index. */
export function openingOf(product: Product, monitor: Monitor, path: readonly number[]): number {
  let at = path.length - 1
  while (at > 0 && monitor.open(product.state[path[at - 1]!]!)) at--
  return at
}

/** The shortest path from the start of the unfolding to one of its vertices; null if the stance does not lead there. */
export function pathInUnfolding(view: View, v: number): number[] | null {
  const { graph, start } = view.unfolding
  return shortestPath(graph.size, graph.out, [start], u => u === v, view.passable)
}
