// Limits counted out for certificates: the list of places with their counts, and a view of the unfolding it stands for.
import { graphOf } from '../flow/graph.ts'
import { ENDS, MOST_VERTICES } from '../flow/unfold.ts'
import type { Counted } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import { counting } from './proof-counted.ts'
import type { Ground } from './proof-ground.ts'
import type { View } from './view.ts'

type Force = Extract<Check, { check: 'can_force' }>

/** `follow`: a path of the unfolding as one of the list. */
export type CountedOut = {
  list: Counted[]
  view: View
  plain: Force
  follow(path: readonly number[]): number[]
}

/** Undefined if there are too many places. */
export function countedOf(view: View, ground: Ground, check: Force): CountedOut | undefined {
  const { first, isOver, onward, key, plain } = counting(ground, check)
  const list: Counted[] = [first()]
  const ids = new Map([[key(list[0]!), 0]])
  const from: number[] = []
  const to: number[] = []
  for (let id = 0; id < list.length; id++) {
    if (list.length > MOST_VERTICES) return undefined
    for (const next of isOver(list[id]!) ? [] : onward(list[id]!)) {
      const known = ids.get(key(next))
      from.push(id)
      to.push(known ?? list.length)
      if (known !== undefined) continue
      ids.set(key(next), list.length)
      list.push(next)
    }
  }
  const { event, ending, uncertain, merged } = view.unfolding
  const graph = graphOf(list.length, from, to)
  const unfolding = {
    graph,
    merged,
    start: 0,
    event: Int32Array.from(list, ([v]) => event[v]!),
    ending: Uint8Array.from(list, entry => (isOver(entry) ? ENDS : ending[entry[0]]!)),
    uncertain: Uint8Array.from(list, ([v]) => uncertain[v]!),
  }
  return { list, view: view.on(unfolding), plain, follow }

  function follow(path: readonly number[]): number[] {
    let at = 0
    return path.map((v, i) => {
      const { starts, targets } = graph.out
      if (i > 0) at = targets.subarray(starts[at], starts[at + 1]).find(id => list[id]![0] === v) ?? at
      return at
    })
  }
}
