// `response`: what must follow, in order, once something has happened; `within` bounds how many steps later.
import { distances } from '../../flow/graph.ts'
import { any, type Failure, type Primitive } from '../failure.ts'
import { response as inOrder, responseWithin } from '../monitor.ts'
import { pathTo, productOf } from '../product.ts'
import { scoped } from '../scope.ts'
import { badEnds, closeLoop } from '../trap.ts'

export const response: Primitive<'response'> = (view, check) => {
  const trigger = view.meets(check.to, 'trigger')
  if (!any(trigger)) return { triggered: false, failures: [] }
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

  const failures: Failure[] = []
  const blamed = new Set<number>()
  let triggered = false
  for (let id = 0; id < graph.size; id++) {
    const v = vertex[id]!
    if (!trigger[v]) continue
    triggered = true
    const before = parent[id]!
    const isNew = before === -1 || !open(before) || monitor.dead(state[id]!)
    if (away[id] === -1 || !open(id) || !isNew || blamed.has(v)) continue
    blamed.add(v)
    const ids = pathTo(product, id)
    const at = ids.length - 1
    for (let last = id; away[last]! > 0; ) {
      last = nearer(last)
      ids.push(last)
    }
    const last = ids[ids.length - 1]!
    const path = ids.map(p => vertex[p]!)
    const notes = new Map<number, string>()
    if (at < path.length - 1) notes.set(at, 'from here on')
    if (bad[last] === 2) {
      const inTrap = new Set<number>()
      for (let p = 0; p < graph.size; p++) if (bad[p] === 2) inTrap.add(vertex[p]!)
      const loop = closeLoop(view.unfolding.graph, path, at, u => inTrap.has(u))
      failures.push({
        culprit: v,
        path: loop?.path ?? path,
        ...(loop && { loopsTo: loop.loopsTo }),
        notes,
        values: {},
      })
    } else {
      if (!monitor.dead(state[last]!)) notes.set(path.length - 1, 'ends here')
      failures.push({ culprit: v, path, notes, values: {} })
    }
  }
  return { triggered, failures }

  function nearer(id: number): number {
    const { starts, targets } = graph.out
    for (let e = starts[id]!; e < starts[id + 1]!; e++)
      if (away[targets[e]!] === away[id]! - 1) return targets[e]!
    throw new Error('a distance without a neighbour that is nearer')
  }
}
