// Asking twice: for each value of an attribute, whether a path meets it again (`bound` with `per`).
import { components, cyclic } from '../flow/graph.ts'
import type { Condition } from '../model/rule.ts'
import { any, blaming, type Judgement, NOTHING } from './failure.ts'
import type { Monitor } from './monitor.ts'
import { pathTo, productOf } from './product.ts'
import type { View } from './view.ts'

/**
 * Each value of the attribute may occur once on a path; an act without the attribute counts as its own name where that
 * says what is asked (`verify-identity`, `payment`, `ask-reason`). The same thing asked again in a loop that circumstances
 * lead into (not found, wrong) is no repetition (design §11.19). O(values that occur again · (n + m)).
 */
export function repetitions(view: View, of: Condition, attribute: string): Judgement {
  const { graph, event } = view.unfolding
  const { flow } = view
  const asked = view.meets(of, 'trigger')
  if (!any(asked)) return NOTHING
  const isWorlds = (v: number) =>
    event[v]! >= flow.steps.length && flow.transitions[event[v]! - flow.steps.length]!.chooser === 'world'
  const parts = components(graph.size, graph.out)
  const loops = cyclic(graph.size, graph.out, parts)
  const byItem = new Map<string, number[]>()
  for (let v = 0; v < graph.size; v++) {
    if (!asked[v]) continue
    for (const item of itemsAt(v)) {
      const places = byItem.get(item)
      if (places) places.push(v)
      else byItem.set(item, [v])
    }
  }
  const found = blaming()
  for (const [item, places] of byItem) {
    if (places.length === 1 && !loops[parts.of[places[0]!]!]) continue
    const letters = new Int32Array(graph.size)
    for (const v of places) letters[v] = 1
    const product = productOf(view, once(parts.of, isWorlds), letters)
    for (let id = 0; id < product.graph.size; id++) {
      if (product.state[id] !== AGAIN) continue
      const culprit = product.vertex[id]!
      const failure = () => {
        const path = pathTo(product, id).map(p => product.vertex[p]!)
        const before = path.findLastIndex((v, i) => i < path.length - 1 && letters[v] === 1)
        const notes = new Map([
          [before, `asks for ${item}`],
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

const ASKED_HERE = 1
const ASKED_BEFORE = 2
const AGAIN = 3

/**
 * Whether something was asked: in the circle one is still in, where ways over a circumstance are retries and make it
 * forgotten, or before; and whether it is asked again. A circle that is left is not come back to.
 */
function once(partOf: Int32Array, isWorlds: (v: number) => boolean): Monitor {
  return {
    states: 4,
    step(state, asks, v = -1, before = -1) {
      if (state === AGAIN) return AGAIN
      const isHere = before !== -1 && partOf[v] === partOf[before]
      const still = state === ASKED_HERE ? (!isHere ? ASKED_BEFORE : isWorlds(v) ? 0 : state) : state
      return asks ? (still === 0 ? ASKED_HERE : AGAIN) : still
    },
    accepts: state => state !== AGAIN,
    dead: state => state === AGAIN,
    open: () => true,
  }
}

const NAMES_ITS_ITEM: ReadonlyMap<string, string> = new Map([
  ['verify-identity', 'proof of identity'],
  ['payment', 'payment'],
  ['ask-reason', 'the reason'],
])
