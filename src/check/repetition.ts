// Asking twice: for each value of an attribute, whether a path meets it again (`bound` with `per`).
import { components, shortestPath } from '../flow/graph.ts'
import type { Condition } from '../model/rule.ts'
import { any, blaming, type Judgement, NOTHING } from './failure.ts'
import { pathInUnfolding } from './product.ts'
import type { View } from './view.ts'

/**
 * Each value of the attribute may occur once on a path; an act without the attribute counts as its own name where that
 * says what is asked (`verify-identity`, `payment`, `ask-reason`). The same thing asked again in a loop that circumstances
 * lead into (not found, wrong) is no repetition (design §11.19). O(values · (n + m)).
 */
export function repetitions(view: View, of: Condition, attribute: string): Judgement {
  const { graph, event } = view.unfolding
  const { flow } = view
  const asked = view.meets(of, 'trigger')
  if (!any(asked)) return NOTHING
  const world = new Uint8Array(graph.size)
  for (let v = 0; v < graph.size; v++)
    if (
      event[v]! >= flow.steps.length &&
      flow.transitions[event[v]! - flow.steps.length]!.chooser === 'world'
    )
      world[v] = 1
  const parts = components(graph.size, graph.out)
  const byItem = new Map<string, number[]>()
  for (let v = 0; v < graph.size; v++) {
    if (!asked[v]) continue
    for (const item of itemsAt(v)) byItem.set(item, [...(byItem.get(item) ?? []), v])
  }
  const found = blaming()
  for (const [item, places] of byItem) {
    const isPlace = new Set(places)
    for (const first of places) {
      const nexts: number[] = []
      for (let e = graph.out.starts[first]!; e < graph.out.starts[first + 1]!; e++)
        nexts.push(graph.out.targets[e]!)
      // Within the same circle, ways over a circumstance are retries; anywhere else they are not.
      const mayEnter = (v: number) => view.passable(v) && !(world[v] && parts.of[v] === parts.of[first])
      const onward = shortestPath(
        graph.size,
        graph.out,
        nexts.filter(mayEnter),
        v => isPlace.has(v),
        mayEnter,
      )
      if (!onward) continue
      const culprit = onward[onward.length - 1]!
      const failure = () => {
        const stem = pathInUnfolding(view, first)
        if (!stem) return null
        const path = [...stem, ...onward]
        const notes = new Map([
          [stem.length - 1, `asks for ${item}`],
          [path.length - 1, `asks for ${item} again`],
        ])
        return { culprit, path, notes, values: { item, count: 'two' } }
      }
      found.blame(culprit, failure, event[culprit]!)
    }
  }
  return found.judgement(true)

  function itemsAt(v: number): string[] {
    const e = event[v]!
    const acts = e < flow.steps.length ? flow.steps[e]!.acts : flow.transitions[e - flow.steps.length]!.acts
    const items = new Set<string>()
    for (const act of acts) {
      const value = act.attributes[attribute]
      if (value !== undefined && value !== null)
        for (const item of [value].flat()) items.add(String(item).toLowerCase().trim())
      else if (NAMES_ITS_ITEM.has(act.act)) items.add(NAMES_ITS_ITEM.get(act.act)!)
    }
    return [...items]
  }
}

const NAMES_ITS_ITEM: ReadonlyMap<string, string> = new Map([
  ['verify-identity', 'proof of identity'],
  ['payment', 'payment'],
  ['ask-reason', 'the reason'],
])
