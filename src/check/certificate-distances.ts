// Distances to a goal for certificates: how far from everywhere, and in how many ways on.
import { costsTo } from '../flow/graph.ts'
import { BROKEN, IMPLIED_END } from '../flow/unfold.ts'
import type { Distance } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import type { View } from './view.ts'

/** As `reachable` counts: the least number of steps to the goal from everywhere, and the ways on that such a way takes. */
export function distancesOf(view: View, check: Extract<Check, { check: 'reachable' }>): Distance[] {
  const { graph, ending, uncertain } = view.unfolding
  const goals = view.meets(check.to, 'demand')
  const avoided = check.avoiding === undefined ? undefined : view.meets(check.avoiding, 'trigger')
  const trusting = view.stance === 'trusting'
  const blocked = (v: number) => (avoided?.[v] === 1 && !goals[v]) || (!trusting && uncertain[v] === 1)
  const sources: number[] = []
  for (let v = 0; v < graph.size; v++)
    if (
      (goals[v] && (trusting || !uncertain[v])) ||
      (trusting && (ending[v] === BROKEN || ending[v] === IMPLIED_END))
    )
      sources.push(v)
  const counted = view.meets(check.count === 'customer-facing' ? '@customer-facing' : '@step', 'trigger')
  const cost = costsTo(graph, sources, v => (counted[v] ? 1 : 0), blocked)
  // Hops along ways that are as short as can be, so that nobody can be sent round in a circle of cost 0.
  const hops = new Int32Array(graph.size).fill(-1)
  const queue = [...sources]
  for (const s of sources) hops[s] = 0
  for (let i = 0; i < queue.length; i++) {
    const u = queue[i]!
    for (let e = graph.in.starts[u]!; e < graph.in.starts[u + 1]!; e++) {
      const v = graph.in.targets[e]!
      if (hops[v] !== -1 || cost[v] === -1 || cost[v]! !== cost[u]! + (counted[u] ? 1 : 0)) continue
      hops[v] = hops[u]! + 1
      queue.push(v)
    }
  }
  return [...cost.keys()].filter(v => cost[v] !== -1).map(v => [v, cost[v]!, hops[v]!])
}
