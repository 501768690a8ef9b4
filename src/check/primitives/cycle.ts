// `cycle`: circles through something are forbidden, or need an exit, or one that is the customer's own.
import { CUSTOMER, cooperative, fair } from '../../flow/game.ts'
import { components, cyclic, type Graph, graphOf, shortestPath } from '../../flow/graph.ts'
import { any, type Failure, type Judgement, type Primitive } from '../failure.ts'
import { pathInUnfolding } from '../product.ts'
import { closeLoop } from '../trap.ts'
import { turnsOf } from '../turns.ts'
import type { View } from '../view.ts'

export const cycle: Primitive<'cycle'> = (view, check) => {
  const through = view.meets(check.through, 'trigger')
  if (!any(through)) return { triggered: false, failures: [] }
  if (check.same !== undefined) return returns(view, through, check.same)
  const { graph } = view.unfolding
  const exits = check.need === 'forbidden' ? null : exitsOf(view, check.need, through, check.to)
  // A circle is bad if it is still one without the places at which one can leave it.
  const kept = (v: number) => view.passable(v) && !exits?.[v]
  const rest = without(graph, kept)
  const parts = components(rest.size, rest.out)
  const loops = cyclic(rest.size, rest.out, parts)
  const failures: Failure[] = []
  const blamed = new Set<number>()
  for (let v = 0; v < graph.size; v++) {
    const part = parts.of[v]!
    if (!through[v] || !kept(v) || !loops[part] || blamed.has(part)) continue
    blamed.add(part)
    const path = pathInUnfolding(view, v)
    if (!path) continue
    const loop = closeLoop(rest, path, path.length - 1, u => parts.of[u] === part)
    failures.push({
      culprit: v,
      path: loop?.path ?? path,
      ...(loop && { loopsTo: loop.loopsTo }),
      notes: new Map(),
      values: {},
    })
  }
  return { triggered: true, failures }
}

function without(graph: Graph, kept: (v: number) => boolean): Graph {
  const from: number[] = []
  const to: number[] = []
  for (let v = 0; v < graph.size; v++) {
    if (!kept(v)) continue
    for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++) {
      if (!kept(graph.out.targets[e]!)) continue
      from.push(v)
      to.push(graph.out.targets[e]!)
    }
  }
  return graphOf(graph.size, from, to)
}

/**
 * Vertices from which one choice leads out: to where `to` can be had without passing the circle's subject again, or
 * (without `to`) out of the component. `customer-exit` asks that the customer makes that choice and can then insist on it.
 */
function exitsOf(
  view: View,
  need: 'exit' | 'customer-exit',
  through: Uint8Array,
  to: Parameters<View['meets']>[0] | undefined,
): Uint8Array {
  const { graph, event } = view.unfolding
  const result = new Uint8Array(graph.size)
  const parts = components(graph.size, graph.out)
  const turns = turnsOf(view, { offeredOnly: false })
  let leads: (v: number) => boolean = () => true
  if (to !== undefined) {
    const goal = view.meets(to, 'demand')
    const targets = [...goal.keys()].filter(v => goal[v])
    const once = turnsOf(view, { offeredOnly: false, avoid: through })
    const rank = need === 'customer-exit' ? fair(once, targets) : cooperative(once, targets)
    leads = v => rank[v] !== -1
  }
  for (let v = 0; v < turns.graph.size; v++) {
    const origin = turns.origin[v]!
    if (need === 'customer-exit' && turns.owner[v] !== CUSTOMER) continue
    for (let e = turns.graph.out.starts[v]!; e < turns.graph.out.starts[v + 1]!; e++) {
      const u = turns.graph.out.targets[e]!
      if (u >= graph.size || event[u]! < view.flow.steps.length) continue
      if (to === undefined ? leavesCircle(u, parts.of[origin]!) : leads(u)) result[origin] = 1
    }
  }
  return result

  /** The choice or what it leads to lies outside the circle. */
  function leavesCircle(u: number, part: number): boolean {
    return parts.of[u] !== part
  }
}

/** A return to the same value of an attribute after another one (back to the team one came from). O(values · (n + m)). */
function returns(view: View, through: Uint8Array, attribute: string): Judgement {
  const { graph, event } = view.unfolding
  const { flow } = view
  const valueAt = (v: number): string | null => {
    const e = event[v]!
    const acts = e < flow.steps.length ? flow.steps[e]!.acts : flow.transitions[e - flow.steps.length]!.acts
    const value = acts.map(a => a.attributes[attribute]).find(x => x !== undefined && x !== null)
    return value === undefined ? null : String(value).toLowerCase().trim()
  }
  const failures: Failure[] = []
  const blamed = new Set<number>()
  const marked = [...through.keys()].filter(v => through[v])
  for (const a of marked) {
    const team = valueAt(a)
    if (team === null || blamed.has(event[a]!)) continue
    const away = shortestPath(
      graph.size,
      graph.out,
      [a],
      v => through[v] === 1 && valueAt(v) !== null && valueAt(v) !== team,
      view.passable,
    )
    if (!away) continue
    const back = shortestPath(
      graph.size,
      graph.out,
      [away[away.length - 1]!],
      v => through[v] === 1 && valueAt(v) === team,
      view.passable,
    )
    const stem = back && pathInUnfolding(view, a)
    if (!stem) continue
    const culprit = back[back.length - 1]!
    if (blamed.has(event[culprit]!)) continue
    blamed.add(event[culprit]!)
    const path = [...stem, ...away.slice(1), ...back.slice(1)]
    failures.push({ culprit, path, notes: new Map([[path.length - 1, `back to ${team}`]]), values: {} })
  }
  return { triggered: true, failures }
}
