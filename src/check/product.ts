// The product of an unfolding with a monitor: every way a conversation can go, with what the rule thinks of it so far.
import { type Graph, graphOf, shortestPath } from '../flow/graph.ts'
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
  const ids = numbering(graph.size * monitor.states)
  const vertex: number[] = []
  const state: number[] = []
  const parent: number[] = []
  const from: number[] = []
  const to: number[] = []
  const enter = (v: number, before: number, by: number): number =>
    place(v, monitor.step(before, letters[v]!, v, by === -1 ? -1 : vertex[by]!), by)
  const place = (v: number, q: number, by: number): number => {
    // Monitors without a fixed number of states number them in passing.
    const key = Number.isFinite(monitor.states) ? v * monitor.states + q : q * graph.size + v
    let id = ids.get(key)
    if (id === -1) {
      id = vertex.length
      ids.set(key, id)
      vertex.push(v)
      state.push(q)
      parent.push(by)
    }
    return id
  }
  enter(start, 0, -1)
  for (let id = 0; id < vertex.length; id++) {
    if (monitor.dead(state[id]!)) continue
    const v = vertex[id]!
    for (let e = starts[v]!; e < starts[v + 1]!; e++) {
      const u = targets[e]!
      if (!view.passable(u)) continue
      from.push(id)
      to.push(enter(u, state[id]!, id))
      // Somebody else begins to watch here: a place of its own, but no way there for those who watch already.
      const anew = monitor.afresh?.(letters[u]!) ?? 0
      if (anew !== 0) place(u, anew, id)
    }
  }
  return {
    graph: graphOf(vertex.length, from, to),
    vertex: Int32Array.from(vertex),
    state: Int32Array.from(state),
    parent: Int32Array.from(parent),
  }
}

/** From keys to numbers, -1 where there is none yet: an array if the keys are bounded, else a map. */
function numbering(size: number): { get(key: number): number; set(key: number, id: number): void } {
  if (Number.isFinite(size)) {
    const ids = new Int32Array(size).fill(-1)
    return {
      get: key => ids[key]!,
      set: (key, id) => {
        ids[key] = id
      },
    }
  }
  const ids = new Map<number, number>()
  return {
    get: key => ids.get(key) ?? -1,
    set: (key, id) => {
      ids.set(key, id)
    },
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
