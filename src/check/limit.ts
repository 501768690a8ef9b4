// Limits on what a customer must put up with: an unfolding in which everything over a limit is a lost end (theory.md §6.6).
import { graphOf } from '../flow/graph.ts'
import { ENDS, MOST_VERTICES, type Unfolding } from '../flow/unfold.ts'
import type { Conditions } from './condition.ts'
import { type View, viewOf } from './view.ts'

/**
 * The same view with counters for each limited act (`turns` counts the customer's choices). Vertices over a limit stay,
 * without a way on: they are lost, not forbidden, so that the company cannot be denied a bad move. The size grows by
 * the product of (limit + 2); over the cap the limits are dropped and the view says that it is merged.
 */
export function limited(view: View, limits: Readonly<Record<string, number>>, conditions: Conditions): View {
  const { flow, unfolding, stance } = view
  const { graph, event, ending, uncertain } = unfolding
  const names = Object.keys(limits)
  const counts = names.map(name => (name === 'turns' ? turnsAt(view) : view.meets(name, 'trigger')))
  const ids = new Map<string, number>()
  const origin: number[] = []
  const counters: number[][] = []
  const from: number[] = []
  const to: number[] = []
  const enter = (v: number, before: readonly number[]): number => {
    const now = before.map((n, i) => n + counts[i]![v]!)
    const key = `${v}:${now.join()}`
    let id = ids.get(key)
    if (id === undefined) {
      id = origin.length
      ids.set(key, id)
      origin.push(v)
      counters.push(now)
    }
    return id
  }
  enter(
    unfolding.start,
    names.map(() => 0),
  )
  const over = (id: number) => counters[id]!.some((n, i) => n > limits[names[i]!]!)
  for (let id = 0; id < origin.length; id++) {
    if (origin.length > MOST_VERTICES) return viewOf(flow, { ...unfolding, merged: true }, conditions, stance)
    if (over(id)) continue
    const v = origin[id]!
    for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++) {
      from.push(id)
      to.push(enter(graph.out.targets[e]!, counters[id]!))
    }
  }
  const result: Unfolding = {
    graph: graphOf(origin.length, from, to),
    event: Int32Array.from(origin, v => event[v]!),
    ending: Uint8Array.from(origin, (v, id) => (over(id) ? ENDS : ending[v]!)),
    uncertain: Uint8Array.from(origin, v => uncertain[v]!),
    start: 0,
    merged: unfolding.merged,
  }
  return viewOf(flow, result, conditions, stance)
}

function turnsAt({ flow, unfolding }: View): Uint8Array {
  return Uint8Array.from(unfolding.event, e =>
    e >= flow.steps.length && flow.transitions[e - flow.steps.length]!.chooser === 'customer' ? 1 : 0,
  )
}
