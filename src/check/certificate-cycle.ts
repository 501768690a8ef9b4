// What speaks for and against circles, for certificates: the circles of a graph, numbers that never rise, places that lead out.
import { components, type Graph, graphOf, type Rows } from '../flow/graph.ts'
import type { Circle, Exit, Order, Proof, Reason } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import { lostOf, type Played, ranksOf, turnNumbers } from './certificate-force.ts'
import { exitsOf, without } from './exits.ts'
import { targetsOf } from './goal.ts'
import { turnsOf } from './turns.ts'
import type { View } from './view.ts'

type Cycle = Extract<Check, { check: 'cycle' }>

/** Which circle each vertex is on, and how far from and to the first of it. */
export function circlesOf(graph: Graph): Circle[] {
  const { count, of } = components(graph.size, graph.out)
  const centre = new Int32Array(count).fill(-1)
  for (let v = graph.size - 1; v >= 0; v--) centre[of[v]!] = v
  const back = within(graph, graph.in, of, centre)
  const forth = within(graph, graph.out, of, centre)
  return Array.from(of, (circle, v): Circle => [circle, back[v]!, forth[v]!])
}

/** Distances from the centres along these edges, each within its own circle. */
function within({ size }: Graph, rows: Rows, of: Int32Array, centres: Int32Array): Int32Array {
  const distance = new Int32Array(size).fill(-1)
  const queue = [...centres]
  for (const v of queue) distance[v] = 0
  for (const v of queue)
    for (let e = rows.starts[v]!; e < rows.starts[v + 1]!; e++) {
      const u = rows.targets[e]!
      if (distance[u] !== -1 || of[u] !== of[v]) continue
      distance[u] = distance[v]! + 1
      queue.push(u)
    }
  return distance
}

const walked = ({ unfolding, passable }: View) => without(unfolding.graph, passable)

function playedOut(view: View, check: Cycle): Played {
  const strength = check.need === 'exit' ? 'discretionary' : 'eventual'
  const avoid = view.meets(check.through, 'trigger')
  const ways = strength === 'discretionary' ? { ways: 'counted' as const } : {}
  const turns = turnsOf(view, { offeredOnly: false, avoid, ...ways })
  return { turns, targets: targetsOf(view, check.to!), strength }
}

/** That no circle is closed through what the check is about, but at exits. */
export function orderOf(view: View, check: Cycle): Proof {
  const { graph } = view.unfolding
  const through = view.meets(check.through, 'trigger')
  const { around, isExit, turns } = exitsOf(view, check.need, through, check.to)
  const turn = turns ? turnNumbers(turns, graph.size) : new Int32Array(graph.size)
  const placeOf = (x: number): Exit => [turns?.origin[x] ?? x, turn[x]!]
  const from: number[] = []
  const to: number[] = []
  for (let x = 0; x < around.size; x++)
    for (let e = around.out.starts[x]!; e < around.out.starts[x + 1]!; e++) {
      if (isExit[x] || isExit[around.out.targets[e]!]) continue
      from.push(x)
      to.push(around.out.targets[e]!)
    }
  const rest = graphOf(around.size, from, to)
  const { of } = components(rest.size, rest.out)
  const places = [...of.keys()]
  const order = places.filter(x => !isExit[x]).map((x): Order => [...placeOf(x), of[x]!])
  const exits = places.filter(x => isExit[x]).map(placeOf)
  return {
    by: 'order',
    stance: 'suspicious',
    order,
    exits,
    ...(check.need !== 'forbidden' &&
      check.to !== undefined && { ranks: ranksOf(view, playedOut(view, check)) }),
    ...(check.need !== 'forbidden' && check.to === undefined && { circles: circlesOf(walked(view)) }),
  }
}

/** Why nothing leads out of a circle. */
export function noExit(view: View, check: Cycle): { because?: Reason; circles?: Circle[] } {
  if (check.need === 'forbidden') return {}
  if (check.to === undefined) return { circles: circlesOf(walked(view)) }
  return { because: { lost: lostOf(view, playedOut(view, check)) } }
}
