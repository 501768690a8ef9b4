// `cycle`: circles through something are forbidden, or need an exit, or one that is the customer's own.
import { CUSTOMER, cooperative, fair } from '../../flow/game.ts'
import { components, cyclic, type Graph, graphOf, shortestPath } from '../../flow/graph.ts'
import { any, blaming, type Judgement, NOTHING, type Primitive } from '../failure.ts'
import { pathInUnfolding } from '../product.ts'
import { closeLoop } from '../trap.ts'
import { turnsOf } from '../turns.ts'
import type { View } from '../view.ts'

export const cycle: Primitive<'cycle'> = (view, check) => {
  const through = view.meets(check.through, 'trigger')
  if (!any(through)) return NOTHING
  if (check.same !== undefined) return returns(view, through, check.same)
  const { graph } = view.unfolding
  // Exits only open circles: where none goes through it, there is no need to look for them.
  if (!circles(graph, view.passable).pass(through)) return blaming().judgement(true)
  const exits = check.need === 'forbidden' ? null : exitsOf(view, check.need, through, check.to)
  // A circle is bad if it is still one without the places at which one can leave it.
  const kept = (v: number) => view.passable(v) && !exits?.[v]
  const { rest, parts, loops } = circles(graph, kept)
  const found = blaming()
  for (let v = 0; v < graph.size; v++) {
    const part = parts.of[v]!
    if (!through[v] || !kept(v) || !loops[part]) continue
    const failure = () => {
      const path = pathInUnfolding(view, v)
      return (
        path && {
          culprit: v,
          path,
          ...closeLoop(rest, path, path.length - 1, u => parts.of[u] === part),
          notes: new Map(),
          values: {},
        }
      )
    }
    found.blame(v, failure, part)
  }
  return found.judgement(true)
}

/** The circles among the vertices that are kept. */
function circles(graph: Graph, kept: (v: number) => boolean) {
  const rest = without(graph, kept)
  const parts = components(rest.size, rest.out)
  const loops = cyclic(rest.size, rest.out, parts)
  const pass = (through: Uint8Array): boolean => through.some((bit, v) => bit && loops[parts.of[v]!])
  return { rest, parts, loops, pass }
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
  const found = blaming()
  const marked = [...through.keys()].filter(v => through[v])
  for (const a of marked) {
    const team = valueAt(a)
    if (team === null) continue
    const isOther = (v: number) => through[v] === 1 && valueAt(v) !== null && valueAt(v) !== team
    const away = shortestPath(graph.size, graph.out, [a], isOther, view.passable)
    const back =
      away &&
      shortestPath(
        graph.size,
        graph.out,
        [away[away.length - 1]!],
        v => through[v] === 1 && valueAt(v) === team,
        view.passable,
      )
    if (!back) continue
    const culprit = back[back.length - 1]!
    const failure = () => {
      const stem = pathInUnfolding(view, a)
      if (!stem) return null
      const path = [...stem, ...away.slice(1), ...back.slice(1)]
      return { culprit, path, notes: new Map([[path.length - 1, `back to ${team}`]]), values: {} }
    }
    found.blame(culprit, failure, event[culprit]!)
  }
  return found.judgement(true)
}
