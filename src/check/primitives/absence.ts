// `absence`: what must not happen within the scope.
import { any, blaming, openingNote, type Primitive } from '../failure.ts'
import { absence as pattern } from '../monitor.ts'
import { openingOf, pathTo, productOf } from '../product.ts'
import { isJudgedWhenClosed, scoped } from '../scope.ts'

export const absence: Primitive<'absence'> = (view, check) => {
  const forbidden = view.meets(check.of, 'trigger')
  const scope = scoped(view, check.scope, pattern(), [forbidden])
  const product = productOf(view, scope.monitor, scope.letters)
  const found = blaming()
  let opened = false
  for (let id = 0; id < product.graph.size; id++) {
    const state = product.state[id]!
    opened ||= scope.monitor.open(state) || scope.monitor.dead(state)
    if (!scope.monitor.dead(state)) continue
    const culprit = product.vertex[id]!
    found.blame(culprit, () => {
      const path = pathTo(product, id)
      const openedAt = openingOf(product, scope.monitor, path)
      const way = path.map(p => product.vertex[p]!)
      const inside = isJudgedWhenClosed(check.scope) ? way.length - 1 : way.length
      return {
        // In scopes that are judged when they close, the blame lies with what was done before.
        culprit: way.findLast((v, i) => i < inside && forbidden[v]) ?? culprit,
        path: way,
        notes: openingNote(check.scope !== undefined, openedAt),
        values: {},
      }
    })
  }
  return found.judgement(opened && (check.scope !== undefined || any(forbidden)))
}
