// `response`: what must follow, in order, once something has happened; `within` bounds how many steps later.
import { distances } from '../../flow/graph.ts'
import { any, blaming, type Failure, NOTHING, type Primitive } from '../failure.ts'
import { response as inOrder, responseWithin } from '../monitor.ts'
import { pathTo, productOf } from '../product.ts'
import { scoped } from '../scope.ts'
import { badEnds, closeLoop } from '../trap.ts'

export const response: Primitive<'response'> = (view, check) => {
  const trigger = view.meets(check.to, 'trigger')
  if (!any(trigger)) return NOTHING
  const then = check.then.map(condition => view.meets(condition, 'demand'))
  const pattern = check.within === undefined ? inOrder(then.length) : responseWithin(check.within)
  const { monitor, letters } = scoped(view, undefined, pattern, [trigger, ...then])
  const product = productOf(view, monitor, letters)
  const { graph, vertex, state, parent } = product

  const open = (id: number) => !monitor.accepts(state[id]!)
  const bad = badEnds(view, product, id => !open(id))
  for (let id = 0; id < graph.size; id++) if (monitor.dead(state[id]!)) bad[id] = 1
  const ends = [...bad.keys()].filter(id => bad[id]! > 0)
  // How far each vertex with an open duty is from a bad end without the duty being met on the way.
  const away = distances(graph.size, graph.in, ends, id => !open(id))

  const found = blaming()
  let trapped: Set<number> | undefined
  let triggered = false
  for (let id = 0; id < graph.size; id++) {
    const v = vertex[id]!
    if (!trigger[v]) continue
    triggered = true
    if (away[id] !== -1 && open(id) && isNew(id)) found.blame(v, () => failureAt(id))
  }
  return found.judgement(triggered)

  /** Whether its duty begins here, and is not left open together with one that is waited for on the way here already. */
  function isNew(id: number): boolean {
    const before = parent[id]!
    if (before === -1 || !open(before) || monitor.dead(state[id]!)) return true
    const v = vertex[id]!
    if (state[id] !== monitor.afresh?.(letters[v]!) || !monitor.afresh) return false
    for (let e = graph.out.starts[before]!; e < graph.out.starts[before + 1]!; e++) {
      const waiting = graph.out.targets[e]!
      if (vertex[waiting] === v) return !open(waiting) || away[waiting] === -1
    }
    return true
  }

  /** From the start to the trigger, and on to where its duty is left open for good. */
  function failureAt(id: number): Failure {
    const ids = pathTo(product, id)
    const at = ids.length - 1
    let last = id
    while (away[last]! > 0) {
      last = nearer(last)
      ids.push(last)
    }
    const path = ids.map(p => vertex[p]!)
    const notes = new Map(at < path.length - 1 ? [[at, 'from here on']] : [])
    const failure = { culprit: vertex[id]!, path, notes, values: {} }
    if (bad[last] !== 2) return failure
    trapped ??= new Set([...vertex].filter((_, p) => bad[p] === 2))
    return { ...failure, ...closeLoop(view.unfolding.graph, path, at, u => trapped!.has(u)) }
  }

  function nearer(id: number): number {
    const { starts, targets } = graph.out
    for (let e = starts[id]!; e < starts[id + 1]!; e++)
      if (away[targets[e]!] === away[id]! - 1) return targets[e]!
    throw new Error('a distance without a neighbour that is nearer')
  }
}
