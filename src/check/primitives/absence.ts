// `absence`: what must not happen within the scope.
import { any, type Failure, openingNote, type Primitive } from '../failure.ts'
import { absence as pattern } from '../monitor.ts'
import { pathTo, productOf } from '../product.ts'
import { scoped } from '../scope.ts'

export const absence: Primitive<'absence'> = (view, check) => {
  const forbidden = view.meets(check.of, 'trigger')
  const scope = scoped(view, check.scope, pattern(), [forbidden])
  const product = productOf(view, scope.monitor, scope.letters)
  const failures: Failure[] = []
  const blamed = new Set<number>()
  let opened = false
  for (let id = 0; id < product.graph.size; id++) {
    const state = product.state[id]!
    opened ||= scope.monitor.open(state) || scope.monitor.dead(state)
    if (!scope.monitor.dead(state) || blamed.has(product.vertex[id]!)) continue
    blamed.add(product.vertex[id]!)
    const path = pathTo(product, id)
    failures.push({
      culprit: product.vertex[id]!,
      path: path.map(p => product.vertex[p]!),
      notes: openingNote(
        check.scope !== undefined,
        path.findIndex(p => scope.monitor.open(product.state[p]!)),
      ),
      values: {},
    })
  }
  return { triggered: opened && (check.scope !== undefined || any(forbidden)), failures }
}
