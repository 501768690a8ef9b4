// The places at which one can leave a circle of the flow.
import { CUSTOMER, cooperative, fair, WORLD } from '../flow/game.ts'
import { components, type Graph, graphOf } from '../flow/graph.ts'
import type { Condition } from '../model/rule.ts'
import { targetsOf } from './goal.ts'
import { type Turns, turnsOf } from './turns.ts'
import type { View } from './view.ts'

/** The graph with only the edges between vertices that are kept. */
export function without(graph: Graph, kept: (v: number) => boolean): Graph {
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
 * Where one can go round, and the places from which one choice leads out: to where `to` can be had without passing the
 * circle's subject again, or (without `to`) out of the component. A `customer-exit` asks that the customer makes that
 * choice and can then insist on it; it is an exit of the customer's turn only, so that a circle in which facts or the
 * company decide before the customer has a say stays one (theory.md §1: company before customer).
 */
export function exitsOf(
  view: View,
  need: 'forbidden' | 'exit' | 'customer-exit',
  through: Uint8Array,
  to: Condition | undefined,
): { around: Graph; isExit: Uint8Array; turns?: Turns } {
  const { graph, event, uncertain } = view.unfolding
  if (need === 'forbidden') return { around: graph, isExit: new Uint8Array(graph.size) }
  const trusting = view.stance === 'trusting'
  const customers = need === 'customer-exit'
  const leads = to === undefined ? leavesCircle() : leadsTo(to)
  const isChoice = (u: number) => event[u]! >= view.flow.steps.length
  const turns = customers ? turnsOf(view, { offeredOnly: false, ways: 'walked' }) : undefined
  const around = turns?.graph ?? graph
  const isExit = new Uint8Array(around.size)
  for (let x = 0; x < around.size; x++) {
    if (turns && turns.owner[x] !== CUSTOMER) continue
    const v = turns?.origin[x] ?? x
    for (let e = around.out.starts[x]!; e < around.out.starts[x + 1]!; e++) {
      const u = around.out.targets[e]!
      if (u < graph.size && isChoice(u) && (trusting || !uncertain[u]) && leads(v, u)) isExit[x] = 1
    }
  }
  // Circumstances silence nobody: where only they come first (a queue, say), the customer can speak up all the same.
  for (let x = 0; turns && x < around.size; x++) {
    if (turns.owner[x] !== WORLD) continue
    const next = around.out.targets[around.out.starts[x + 1]! - 1]!
    if (next >= graph.size && isExit[next]) isExit[x] = 1
  }
  if (trusting) {
    // A way that was only guessed may be one out, and whoever takes it may be the customer.
    for (let v = 0; v < graph.size; v++)
      for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++) {
        const u = graph.out.targets[e]!
        if (uncertain[u] && leads(v, u)) isExit[v] = 1
      }
  }
  return { around, isExit, ...(turns && { turns }) }

  /** The choice lies outside the circle: one cannot come back. Against the script all ways may lead back. */
  function leavesCircle(): (v: number, u: number) => boolean {
    const walked = trusting ? without(graph, view.passable) : graph
    const { of } = components(walked.size, walked.out)
    return (v, u) => of[u] !== of[v]
  }

  function leadsTo(goal: Condition): (v: number, u: number) => boolean {
    const targets = targetsOf(view, goal)
    const ways = customers ? {} : { ways: 'counted' as const }
    const once = turnsOf(view, { offeredOnly: false, avoid: through, ...ways })
    const rank = customers ? fair(once, targets) : cooperative(once, targets)
    return (_, u) => rank[u] !== -1
  }
}
