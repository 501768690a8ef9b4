// `cycle`: circles through something are forbidden, or need an exit, or one that is the customer's own.
import { CUSTOMER, cooperative, fair, WORLD } from '../../flow/game.ts'
import { components, cyclic, type Graph, graphOf } from '../../flow/graph.ts'
import type { Condition } from '../../model/rule.ts'
import { any, blaming, NOTHING, type Primitive } from '../failure.ts'
import { targetsOf } from '../goal.ts'
import { pathInUnfolding } from '../product.ts'
import { returns } from '../returns.ts'
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
  const { around, isExit } = exitsOf(view, check.need, through, check.to)
  // A circle is bad if it is still one without the places at which one can leave it.
  const kept = (v: number) => (v >= graph.size || view.passable(v)) && !isExit[v]
  const { rest, parts, loops } = circles(around, kept)
  const found = blaming()
  for (let v = 0; v < graph.size; v++) {
    const part = parts.of[v]!
    if (!through[v] || !kept(v) || !loops[part]) continue
    const failure = () => {
      const path = pathInUnfolding(view, v)
      if (!path) return null
      const loop = closeLoop(rest, path, path.length - 1, u => parts.of[u] === part)
      if (!loop) return { culprit: v, path, notes: new Map(), values: {} }
      // Later turns of a step are the step itself.
      const round = loop.path.filter(u => u < graph.size)
      return { culprit: v, path: round, loopsTo: loop.loopsTo, notes: new Map(), values: {} }
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
 * Where one can go round, and the places from which one choice leads out: to where `to` can be had without passing the
 * circle's subject again, or (without `to`) out of the component. A `customer-exit` asks that the customer makes that
 * choice and can then insist on it; it is an exit of the customer's turn only, so that a circle in which facts or the
 * company decide before the customer has a say stays one (theory.md §1: company before customer).
 */
function exitsOf(
  view: View,
  need: 'forbidden' | 'exit' | 'customer-exit',
  through: Uint8Array,
  to: Condition | undefined,
): { around: Graph; isExit: Uint8Array } {
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
  return { around, isExit }

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
