// The customer's game on a graph: who can force what against whom (theory.md §6). Typed arrays, no recursion.
import { degree, type Graph } from './graph.ts'

/** Who moves at a vertex. Facts move like the company: the customer must be ready for each of them. */
export const CUSTOMER = 0
export const COMPANY = 1
export const WORLD = 2

/** A turn-based game; a vertex without successors is nobody's, and lost unless it is a target. */
export type Game = { graph: Graph; owner: Uint8Array }

const NOT_IN = -1

/**
 * The attractor of `targets` inside `region`: vertices from which the players in `helping` can make sure that a target
 * is reached (one successor in the set is enough for them, all others need all theirs, and at least one). The result is
 * the rank (steps to the target at worst), or -1 outside; vertices of `never` stay outside whatever they lead to. O(n + m).
 */
export function attractor(
  { graph, owner }: Game,
  targets: ArrayLike<number>,
  helping: (owner: number) => boolean,
  region?: Uint8Array,
  never?: Uint8Array,
): Int32Array {
  const { size, out, in: back } = graph
  const rank = new Int32Array(size).fill(NOT_IN)
  const open = new Int32Array(size)
  const queue = new Int32Array(size)
  let tail = 0
  for (let i = 0; i < targets.length; i++) {
    const t = targets[i]!
    if (rank[t] !== NOT_IN || (region && !region[t])) continue
    rank[t] = 0
    queue[tail++] = t
  }
  for (let v = 0; v < size; v++) {
    if (!region) open[v] = degree(out, v)
    else for (let e = out.starts[v]!; e < out.starts[v + 1]!; e++) open[v]! += region[out.targets[e]!]!
  }
  for (let head = 0; head < tail; head++) {
    const u = queue[head]!
    for (let e = back.starts[u]!; e < back.starts[u + 1]!; e++) {
      const v = back.targets[e]!
      if (rank[v] !== NOT_IN || (region && !region[v]) || never?.[v]) continue
      if (!helping(owner[v]!) && --open[v]! > 0) continue
      rank[v] = rank[u]! + 1
      queue[tail++] = v
    }
  }
  return rank
}

/** *Guaranteed*: whatever company, facts and circumstances do. Ranks, -1 outside. O(n + m). */
export function sure(game: Game, targets: ArrayLike<number>): Int32Array {
  return attractor(game, targets, o => o === CUSTOMER)
}

/** *Discretionary* or better: if everybody is kind. Ranks, -1 outside. O(n + m). */
export function cooperative(game: Game, targets: ArrayLike<number>): Int32Array {
  return attractor(game, targets, () => true)
}

/**
 * *Eventual* or better: whatever the company does, provided that the world is fair: queues end, and an honest retry
 * succeeds some day. Almost-sure reachability with fairness for world vertices only (theory.md §6.3–6.4). Gives the
 * ranks of the last round, -1 outside the winning set. O(n · m) at worst; one to three rounds were ever seen.
 */
export function fair(game: Game, targets: ArrayLike<number>): Int32Array {
  const { size } = game.graph
  const region = new Uint8Array(size).fill(1)
  // Who has reached a target has reached it, whatever follows.
  const reached = new Uint8Array(size)
  for (let i = 0; i < targets.length; i++) reached[targets[i]!] = 1
  for (;;) {
    const hopeful = attractor(game, targets, o => o !== COMPANY, region)
    const lost: number[] = []
    for (let v = 0; v < size; v++) if (region[v] && hopeful[v] === NOT_IN) lost.push(v)
    if (lost.length === 0) return hopeful
    const givenUp = attractor(game, lost, o => o !== CUSTOMER, region, reached)
    for (let v = 0; v < size; v++) if (givenUp[v] !== NOT_IN) region[v] = 0
  }
}

/**
 * The cost the customer can hold the way to a target down to, against everybody who is not `helping`: entering vertex v
 * costs `cost(v)`, a whole number. Infinity where it cannot be forced. Dijkstra-like value iteration for min-cost reachability
 * games (Khachiyan et al. 2008) with a bucket per cost. O((n + m) + greatest finite value).
 */
export function guaranteedCost(
  { graph, owner }: Game,
  targets: ArrayLike<number>,
  cost: (v: number) => number,
  helping: (owner: number) => boolean,
): Float64Array {
  const { size, out, in: back } = graph
  const value = new Float64Array(size).fill(Infinity)
  const settled = new Uint8Array(size)
  const worst = new Float64Array(size)
  const open = new Int32Array(size)
  const isTarget = new Uint8Array(size)
  for (let v = 0; v < size; v++) open[v] = degree(out, v)
  const buckets: number[][] = [[]]
  for (let i = 0; i < targets.length; i++) {
    value[targets[i]!] = 0
    isTarget[targets[i]!] = 1
    buckets[0]!.push(targets[i]!)
  }
  for (let d = 0; d < buckets.length; d++) {
    const bucket = buckets[d]!
    for (let i = 0; i < bucket.length; i++) {
      const u = bucket[i]!
      if (settled[u] || value[u] !== d) continue
      settled[u] = 1
      const through = d + cost(u)
      for (let e = back.starts[u]!; e < back.starts[u + 1]!; e++) {
        const v = back.targets[e]!
        if (settled[v] || isTarget[v]) continue
        if (helping(owner[v]!)) {
          if (through >= value[v]!) continue
          value[v] = through
        } else {
          worst[v] = Math.max(worst[v]!, through)
          if (--open[v]! > 0) continue
          value[v] = worst[v]!
        }
        const at = value[v]!
        while (buckets.length <= at) buckets.push([])
        buckets[at]!.push(v)
      }
    }
  }
  return value
}
