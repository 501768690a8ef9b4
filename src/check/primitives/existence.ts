// `existence`: what must happen before the end, or must stand somewhere in the playbook.
import { shortestPath } from '../../flow/graph.ts'
import { blaming, NOTHING, type Primitive } from '../failure.ts'
import { existence as pattern } from '../monitor.ts'
import { pathTo, productOf } from '../product.ts'
import { scoped } from '../scope.ts'
import { badEnds, closeLoop } from '../trap.ts'

export const existence: Primitive<'existence'> = (view, check) => {
  const found = blaming()
  const wanted = view.meets(check.of, 'demand')
  if (check.in === 'playbook') {
    const given = check.given === undefined ? undefined : view.meets(check.given, 'trigger')
    const first = given === undefined ? view.unfolding.start : given.indexOf(1)
    if (first === -1) return NOTHING
    if (wanted.includes(1)) return { ...NOTHING, triggered: true }
    found.blame(first, () => {
      // It stands there, whether or not the way to it was only guessed.
      const { graph, start } = view.unfolding
      const path = shortestPath(graph.size, graph.out, [start], v => v === first)
      return path && { culprit: first, path, notes: new Map(), values: {} }
    })
    return found.judgement(true)
  }
  const { monitor, letters } = scoped(view, check.scope, pattern(), [wanted])
  // What was missed in a segment that closed is judged where the path ends, if only certain ends are spoken of.
  const product = productOf(
    view,
    check.at === undefined ? monitor : { ...monitor, dead: () => false },
    letters,
  )
  const { graph, vertex, state } = product
  const only = check.at === undefined ? undefined : view.meets(check.at, 'trigger')
  const marks = badEnds(view, product, id => monitor.accepts(state[id]!))
  let triggered = false
  let trapSeen = false
  for (let id = 0; id < graph.size; id++) {
    const culprit = vertex[id]!
    // A segment that closed without it is as bad as a path that ended without it.
    const missed = !only && monitor.dead(state[id]!)
    const judged = monitor.dead(state[id]!) || monitor.open(state[id]!)
    if (judged && (!only || only[culprit])) triggered = true
    if ((marks[id] === 0 && !missed) || (only && !only[culprit])) continue
    const path = () => pathTo(product, id).map(p => vertex[p]!)
    if (missed || marks[id] === 1)
      found.blame(culprit, () => ({ culprit, path: path(), notes: new Map(), values: {} }))
    else if (!trapSeen && !only) {
      trapSeen = true
      const stem = path()
      const trapped = new Set([...vertex].filter((_, p) => marks[p] === 2))
      const inside = (v: number) => trapped.has(v) && view.passable(v)
      const loop = closeLoop(view.unfolding.graph, stem, stem.length - 1, inside) ?? { path: stem }
      found.blame(culprit, () => ({ culprit, ...loop, notes: new Map(), values: {} }))
    }
  }
  return found.judgement(triggered)
}
