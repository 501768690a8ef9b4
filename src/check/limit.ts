// Limits on what a customer must put up with: an unfolding in which everything over a limit is a lost end (theory.md §6.6).
import { graphOf } from '../flow/graph.ts'
import { ENDS, MOST_VERTICES, type Unfolding } from '../flow/unfold.ts'
import type { Scope } from '../model/rule.ts'
import type { Conditions } from './condition.ts'
import { watching } from './monitor.ts'
import { scoped } from './scope.ts'
import { type View, viewOf } from './view.ts'

/** `origin`: vertex → that of the view without limits; `counters`: how often each limited act was met up to there. */
export type Limited = { view: View; origin: ArrayLike<number>; counters: readonly number[][] }

/**
 * The same view with counters for each limited act (`turns` counts the customer's choices), which run while the scope is
 * open: what was heard before the request does not count. Vertices over a limit stay, without a way on: they are lost,
 * not forbidden, so that the company cannot be denied a bad move. The size grows by the product of (limit + 2); over the
 * cap the limits are dropped and the view says that it is merged.
 */
export function limited(
  view: View,
  limits: Readonly<Record<string, number>>,
  scope: Scope,
  conditions: Conditions,
): Limited {
  const { flow, unfolding, stance } = view
  const { graph, event, ending, uncertain } = unfolding
  const names = Object.keys(limits)
  const counts = names.map(name => (name === 'turns' ? turnsAt(view) : view.meets(name, 'trigger')))
  const { monitor, letters } = scoped(view, scope, watching, [])
  const ids = new Map<string, number>()
  const origin: number[] = []
  const states: number[] = []
  const counters: number[][] = []
  const from: number[] = []
  const to: number[] = []
  const enter = (v: number, state: number, before: readonly number[]): number => {
    const after = monitor.step(state, letters[v]!)
    const now = before.map((n, i) => (monitor.open(after) ? n + counts[i]![v]! : 0))
    const key = `${v}:${after}:${now.join()}`
    let id = ids.get(key)
    if (id === undefined) {
      id = origin.length
      ids.set(key, id)
      origin.push(v)
      states.push(after)
      counters.push(now)
    }
    return id
  }
  enter(
    unfolding.start,
    0,
    names.map(() => 0),
  )
  const over = (id: number) => counters[id]!.some((n, i) => n > limits[names[i]!]!)
  for (let id = 0; id < origin.length; id++) {
    if (origin.length > MOST_VERTICES) {
      const all = Int32Array.from(event.keys())
      return {
        view: viewOf(flow, { ...unfolding, merged: true }, conditions, stance),
        origin: all,
        counters: [],
      }
    }
    if (over(id)) continue
    const v = origin[id]!
    for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++) {
      from.push(id)
      to.push(enter(graph.out.targets[e]!, states[id]!, counters[id]!))
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
  return { view: viewOf(flow, result, conditions, stance), origin, counters }
}

function turnsAt({ flow, unfolding }: View): Uint8Array {
  return Uint8Array.from(unfolding.event, e =>
    e >= flow.steps.length && flow.transitions[e - flow.steps.length]!.chooser === 'customer' ? 1 : 0,
  )
}
