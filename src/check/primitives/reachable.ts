// `reachable`: from here, some path leads there (within so many steps), if everybody is kind.
import { components, costsTo, cyclic, shortestPath } from '../../flow/graph.ts'
import { BROKEN, IMPLIED_END } from '../../flow/unfold.ts'
import { any, blaming, type Failure, NOTHING, type Primitive } from '../failure.ts'
import { watching } from '../monitor.ts'
import { pathTo, productOf } from '../product.ts'
import { scoped } from '../scope.ts'
import { closeLoop } from '../trap.ts'
import type { View } from '../view.ts'

export const reachable: Primitive<'reachable'> = (view, check, conditions) => {
  if (check.given !== undefined && !occursNear(view, conditions(check.given, 'trigger'))) return NOTHING
  const { graph, ending, uncertain } = view.unfolding
  const from = view.meets(check.from, 'trigger')
  const anywhere = check.also_from === undefined ? undefined : view.meets(check.also_from, 'trigger')
  const goals = view.meets(check.to, 'demand')
  const exempt = check.except === undefined ? undefined : view.meets(check.except, 'demand')
  const avoided = check.avoiding === undefined ? undefined : view.meets(check.avoiding, 'trigger')
  const trusting = view.stance === 'trusting'
  // The suspicious run does not credit ways that were only guessed; the trusting one follows them, and hopes for the best of targets unknown.
  const blocked = (v: number) => (avoided?.[v] === 1 && !goals[v]) || (!trusting && uncertain[v] === 1)
  const sources: number[] = []
  for (let v = 0; v < graph.size; v++)
    if (
      (goals[v] && (trusting || !uncertain[v])) ||
      (trusting && (ending[v] === BROKEN || ending[v] === IMPLIED_END))
    )
      sources.push(v)
  const facing =
    check.count === 'customer-facing'
      ? view.meets('@customer-facing', 'trigger')
      : view.meets('@step', 'trigger')
  const cost = costsTo(graph, sources, v => (facing[v] ? 1 : 0), blocked)
  const limit = check.within ?? Infinity
  const fails = (v: number) => cost[v] === -1 || cost[v]! > limit

  const { monitor, letters } = scoped(view, check.scope, watching, [])
  // The way there is walked over all edges, whatever the stance: only what may be credited as a way out differs.
  const product = productOf(view, monitor, letters)
  const { vertex, state } = product
  const judged = (id: number) => {
    const v = vertex[id]!
    if (exempt?.[v] || isOver(v)) return false
    return (from[v] === 1 && monitor.open(state[id]!)) || anywhere?.[v] === 1
  }

  const found = blaming()
  const failing: number[] = []
  let triggered = false
  for (let id = 0; id < product.graph.size; id++) {
    if (!judged(id)) continue
    triggered = true
    if (fails(vertex[id]!)) failing.push(id)
  }
  const isFailing = new Uint8Array(product.graph.size)
  for (const id of failing) isFailing[id] = 1
  // One root cause, one finding: only where a path first comes into trouble.
  const troubled = new Uint8Array(product.graph.size)
  for (let id = 0; id < product.graph.size; id++) {
    const by = product.parent[id]!
    if (by >= 0 && (troubled[by] || isFailing[by])) troubled[id] = 1
  }
  const steps = new Set(failing.map(id => vertex[id]!))
  for (const id of failing) if (!troubled[id]) found.blame(vertex[id]!, () => failureAt(id))
  return found.judgement(triggered || (check.given === undefined && any(from)))

  function failureAt(id: number): Failure {
    const culprit = vertex[id]!
    const path = pathTo(product, id).map(p => vertex[p]!)
    const never = cost[culprit] === -1
    const more = steps.size - 1
    return {
      culprit,
      path,
      ...(never && dwell(view, path)),
      notes: new Map([[path.length - 1, never ? 'no way from here' : `${cost[culprit]} steps away`]]),
      values: {
        distance: never ? 'never' : String(cost[culprit]),
        others: more > 0 ? `, nor from ${more} more ${more === 1 ? 'place' : 'places'} behind it` : '',
      },
    }
  }

  /** Steps and choices that only end: there is nothing to reach any more. If all ways on are only guessed, it may be so. */
  function isOver(v: number): boolean {
    const { starts, targets } = graph.out
    for (let e = starts[v]!; e < starts[v + 1]!; e++) if (!trusting || !uncertain[targets[e]!]) return false
    return true
  }
}

/** Whether it occurs in the unfolding, or anywhere in the playbook of its entry. */
function occursNear(view: View, levels: Uint8Array): boolean {
  const { flow, unfolding } = view
  const threshold = view.stance === 'suspicious' ? 2 : 3
  for (const e of unfolding.event) if (levels[e]! >= threshold) return true
  const { firstStep, playbook } = flow.playbooks[flow.steps[unfolding.event[unfolding.start]!]!.playbook]!
  for (let s = firstStep; s < firstStep + playbook.steps.length; s++) {
    if (levels[s]! >= threshold) return true
    if (flow.steps[s]!.transitions.some(t => levels[flow.steps.length + t]! >= threshold)) return true
  }
  return false
}

/** Shows where one is kept: the nearest loop behind the path if there is one, else the nearest end. */
function dwell(view: View, path: number[]): { path: number[]; loopsTo?: number } | null {
  const { graph } = view.unfolding
  const last = path[path.length - 1]!
  const passable = view.passable
  const parts = components(graph.size, graph.out)
  const loops = cyclic(graph.size, graph.out, parts)
  const toLoop = shortestPath(graph.size, graph.out, [last], v => loops[parts.of[v]!] === 1, passable)
  if (toLoop) {
    const stem = [...path, ...toLoop.slice(1)]
    const part = parts.of[stem[stem.length - 1]!]
    const loop = closeLoop(graph, stem, path.length - 1, v => parts.of[v] === part && passable(v))
    if (loop) return loop
  }
  const toEnd = shortestPath(graph.size, graph.out, [last], v => view.ends(v), passable)
  return toEnd && { path: [...path, ...toEnd.slice(1)] }
}
