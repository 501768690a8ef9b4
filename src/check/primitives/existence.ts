// `existence`: what must happen before the end, or must stand somewhere in the playbook.
import type { Failure, Primitive } from '../failure.ts'
import { existence as pattern } from '../monitor.ts'
import { pathTo, productOf } from '../product.ts'
import { scoped } from '../scope.ts'
import { badEnds, closeLoop } from '../trap.ts'

export const existence: Primitive<'existence'> = (view, check) => {
  const wanted = view.meets(check.of, 'demand')
  if (check.in === 'playbook') {
    const given = check.given === undefined ? undefined : view.meets(check.given, 'trigger')
    const first = given === undefined ? view.unfolding.start : given.indexOf(1)
    if (first === -1) return { triggered: false, failures: [] }
    if (wanted.includes(1)) return { triggered: true, failures: [] }
    return { triggered: true, failures: [{ culprit: first, path: [first], notes: new Map(), values: {} }] }
  }
  const { monitor, letters } = scoped(view, check.scope, pattern(), [wanted])
  const product = productOf(view, monitor, letters)
  const { graph, vertex, state } = product
  const only = check.at === undefined ? undefined : view.meets(check.at, 'trigger')
  const marks = badEnds(view, product, id => monitor.accepts(state[id]!))
  const failures: Failure[] = []
  const blamed = new Set<number>()
  let triggered = false
  let trapSeen = false
  for (let id = 0; id < graph.size; id++) {
    const v = vertex[id]!
    if (monitor.open(state[id]!) && (!only || only[v])) triggered = true
    if (marks[id] === 0 || blamed.has(v) || (only && !only[v])) continue
    const path = pathTo(product, id).map(p => vertex[p]!)
    if (marks[id] === 1) {
      blamed.add(v)
      failures.push({ culprit: v, path, notes: new Map([[path.length - 1, 'ends here']]), values: {} })
    } else if (!trapSeen && !only) {
      trapSeen = true
      const loop = closeLoop(view.unfolding.graph, path, path.length - 1, () => true)
      failures.push({
        culprit: v,
        path: loop?.path ?? path,
        ...(loop && { loopsTo: loop.loopsTo }),
        notes: new Map(),
        values: {},
      })
    }
  }
  return { triggered, failures }
}
