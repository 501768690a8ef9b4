// A directed graph on typed arrays (compressed rows, both ways) and the linear questions asked of it.

/** `targets.subarray(starts[v], starts[v + 1])` are the successors of `v`, in the order in which they were added. */
export type Rows = { starts: Int32Array; targets: Int32Array }
export type Graph = { size: number; out: Rows; in: Rows }

/** Builds a graph of `size` vertices from parallel lists of edge ends. Stable: edges keep their order. O(n + m). */
export function graphOf(size: number, from: ArrayLike<number>, to: ArrayLike<number>): Graph {
  return withIn(size, rows(size, from, to), () => rows(size, to, from))
}

/** Builds a graph from its rows: `starts` has one more element than there are vertices. O(n + m). */
export function graphOfRows(out: Rows): Graph {
  const { starts, targets } = out
  const size = starts.length - 1
  return withIn(size, out, () => {
    const from = new Int32Array(targets.length)
    for (let v = 0; v < size; v++) from.fill(v, starts[v]!, starts[v + 1]!)
    return rows(size, targets, from)
  })
}

/** Many graphs are only ever walked forwards: the way back is worked out when it is asked for. */
function withIn(size: number, out: Rows, back: () => Rows): Graph {
  let known: Rows | undefined
  return {
    size,
    out,
    get in() {
      known ??= back()
      return known
    },
  }
}

function rows(size: number, from: ArrayLike<number>, to: ArrayLike<number>): Rows {
  const starts = new Int32Array(size + 1)
  for (let e = 0; e < from.length; e++) starts[from[e]! + 1]!++
  for (let v = 0; v < size; v++) starts[v + 1]! += starts[v]!
  const next = starts.slice(0, size)
  const targets = new Int32Array(from.length)
  for (let e = 0; e < from.length; e++) targets[next[from[e]!]!++] = to[e]!
  return { starts, targets }
}

export function degree(r: Rows, v: number): number {
  return r.starts[v + 1]! - r.starts[v]!
}

/** Breadth-first distances from `sources` along `r`; -1 where unreachable; `blocked` vertices are neither entered nor left. O(n + m). */
export function distances(
  size: number,
  r: Rows,
  sources: Iterable<number>,
  blocked?: (v: number) => boolean,
): Int32Array {
  const distance = new Int32Array(size).fill(-1)
  const queue = new Int32Array(size)
  let tail = 0
  for (const s of sources) {
    if (distance[s] !== -1 || blocked?.(s)) continue
    distance[s] = 0
    queue[tail++] = s
  }
  for (let head = 0; head < tail; head++) {
    const v = queue[head]!
    for (let e = r.starts[v]!; e < r.starts[v + 1]!; e++) {
      const u = r.targets[e]!
      if (distance[u] !== -1 || blocked?.(u)) continue
      distance[u] = distance[v]! + 1
      queue[tail++] = u
    }
  }
  return distance
}

/**
 * Distances to the nearest of `sources` against the edges, where entering vertex `v` on the way costs `cost(v)`,
 * 0 or 1 (0-1 breadth-first search). The cost of the vertex one starts from does not count, that of the source does.
 * -1 where no source can be reached. O(n + m).
 */
export function costsTo(
  graph: Graph,
  sources: Iterable<number>,
  cost: (v: number) => 0 | 1,
  blocked?: (v: number) => boolean,
): Int32Array {
  const { size, in: back } = graph
  const best = new Int32Array(size).fill(-1)
  const settled = new Uint8Array(size)
  let layer: number[] = [...sources]
  for (const s of layer) best[s] = 0
  let nextLayer: number[] = []
  while (layer.length > 0) {
    for (let i = 0; i < layer.length; i++) {
      const v = layer[i]!
      if (settled[v]) continue
      settled[v] = 1
      const distance = best[v]! + cost(v)
      for (let e = back.starts[v]!; e < back.starts[v + 1]!; e++) {
        const u = back.targets[e]!
        if (settled[u] || blocked?.(u) || (best[u] !== -1 && best[u]! <= distance)) continue
        best[u] = distance
        if (cost(v) === 0) layer.push(u)
        else nextLayer.push(u)
      }
    }
    layer = nextLayer
    nextLayer = []
  }
  return best
}

/**
 * Strongly connected components, numbered so that every edge leads to the same or a *lower* number
 * (reverse topological order). Tarjan 1972, iterative. O(n + m).
 */
export function components(size: number, r: Rows): { count: number; of: Int32Array } {
  const index = new Int32Array(size).fill(-1)
  const low = new Int32Array(size)
  const of = new Int32Array(size).fill(-1)
  const edge = new Int32Array(size)
  const open: number[] = []
  const trail: number[] = []
  let counter = 0
  let count = 0
  for (let root = 0; root < size; root++) {
    if (index[root] !== -1) continue
    trail.push(root)
    while (trail.length > 0) {
      const v = trail[trail.length - 1]!
      if (index[v] === -1) {
        index[v] = low[v] = counter++
        edge[v] = r.starts[v]!
        open.push(v)
      }
      let deeper = false
      while (edge[v]! < r.starts[v + 1]!) {
        const u = r.targets[edge[v]!++]!
        if (index[u] === -1) {
          trail.push(u)
          deeper = true
          break
        }
        if (of[u] === -1 && index[u]! < low[v]!) low[v] = index[u]!
      }
      if (deeper) continue
      trail.pop()
      if (low[v] === index[v]) {
        for (;;) {
          const u = open.pop()!
          of[u] = count
          if (u === v) break
        }
        count++
      }
      const parent = trail[trail.length - 1]
      if (parent !== undefined && low[v]! < low[parent]!) low[parent] = low[v]!
    }
  }
  return { count, of }
}

/** For each component whether it holds a cycle (two vertices, or one with an edge to itself). O(n + m). */
export function cyclic(size: number, r: Rows, parts: { count: number; of: Int32Array }): Uint8Array {
  const result = new Uint8Array(parts.count)
  for (let v = 0; v < size; v++) {
    for (let e = r.starts[v]!; e < r.starts[v + 1]!; e++) {
      if (parts.of[r.targets[e]!] === parts.of[v]) result[parts.of[v]!] = 1
    }
  }
  return result
}

/**
 * A shortest path from one of `sources` to a vertex that is a goal, both ends included; null if there is none.
 * Deterministic: of equals the one whose edges come first. O(n + m).
 */
export function shortestPath(
  size: number,
  r: Rows,
  sources: Iterable<number>,
  isGoal: (v: number) => boolean,
  mayEnter: (v: number) => boolean = () => true,
): number[] | null {
  const parent = new Int32Array(size).fill(-2)
  const queue: number[] = []
  for (const s of sources) {
    if (parent[s] !== -2) continue
    parent[s] = -1
    queue.push(s)
  }
  for (let head = 0; head < queue.length; head++) {
    const v = queue[head]!
    if (isGoal(v)) {
      const path: number[] = []
      for (let at = v; at >= 0; at = parent[at]!) path.push(at)
      return path.reverse()
    }
    for (let e = r.starts[v]!; e < r.starts[v + 1]!; e++) {
      const u = r.targets[e]!
      if (parent[u] !== -2 || !mayEnter(u)) continue
      parent[u] = v
      queue.push(u)
    }
  }
  return null
}
