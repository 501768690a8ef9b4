// Coming back: for each value of an attribute, whether a path meets it again after another one (`cycle` with `same`).
import { blaming, type Judgement } from './failure.ts'
import type { Monitor } from './monitor.ts'
import { pathTo, productOf } from './product.ts'
import type { View } from './view.ts'

/** A return to the same value of an attribute after another one (back to the team one came from). O(values · (n + m)). */
export function returns(view: View, through: Uint8Array, attribute: string): Judgement {
  const { graph, event } = view.unfolding
  const { flow } = view
  const valueAt = (v: number): string | null => {
    const e = event[v]!
    const acts = e < flow.steps.length ? flow.steps[e]!.acts : flow.transitions[e - flow.steps.length]!.acts
    const value = acts.map(a => a.attributes[attribute]).find(x => x !== undefined && x !== null)
    return value === undefined ? null : String(value).toLowerCase().trim()
  }
  const values = Array.from({ length: graph.size }, (_, v) => (through[v] ? valueAt(v) : null))
  const found = blaming()
  const distinct = new Set(values.filter(value => value !== null))
  if (distinct.size < 2) return found.judgement(true)
  for (const value of distinct) {
    const letters = Int32Array.from(values, one => (one === null ? 0 : one === value ? THIS : OTHER))
    const product = productOf(view, thereAndBack, letters)
    for (let id = 0; id < product.graph.size; id++) {
      if (product.state[id] !== BACK) continue
      const culprit = product.vertex[id]!
      const failure = () => {
        const path = pathTo(product, id).map(p => product.vertex[p]!)
        return { culprit, path, notes: new Map([[path.length - 1, `back to ${value}`]]), values: {} }
      }
      found.blame(culprit, failure, event[culprit]!)
    }
  }
  return found.judgement(true)
}

const THIS = 1
const OTHER = 2

const BACK = 3

/** Not yet there, there, gone elsewhere, back. */
const thereAndBack: Monitor = {
  states: 4,
  step: (state, at) => {
    if (state === BACK || at === 0) return state
    if (at === THIS) return state === 2 ? BACK : 1
    return state === 0 ? 0 : 2
  },
  accepts: state => state !== BACK,
  dead: state => state === BACK,
  open: () => true,
}
