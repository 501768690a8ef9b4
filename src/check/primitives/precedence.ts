// `precedence`: what must have happened before something else may.
import { distances, shortestPath } from '../../flow/graph.ts'
import type { Scope } from '../../model/rule.ts'
import { any, blaming, type Judgement, NOTHING, openingNote, type Primitive } from '../failure.ts'
import { precedence as pattern } from '../monitor.ts'
import { openingOf, pathTo, productOf } from '../product.ts'
import { isJudgedWhenClosed, scoped } from '../scope.ts'

export const precedence: Primitive<'precedence'> = (view, check) => {
  const before = view.meets(check.before, 'trigger')
  if (!any(before)) return NOTHING
  if (!check.only_where) return judge(check.scope, before)

  // The duty holds only on some paths: those that reach `later` afterwards, or have passed `passed` before.
  const judgements: Judgement[] = []
  const { graph } = view.unfolding
  if (check.only_where.later !== undefined) {
    const later = view.meets(check.only_where.later, 'trigger')
    const sources = [...later.keys()].filter(v => later[v] && view.passable(v))
    const canReach = distances(graph.size, graph.in, sources, v => !view.passable(v))
    const counted = before.map((bit, v) => (bit && canReach[v]! >= 0 ? 1 : 0))
    const judgement = judge(check.scope, counted)
    for (const failure of judgement.failures) {
      const onward = shortestPath(
        graph.size,
        graph.out,
        [failure.culprit],
        v => later[v] === 1,
        view.passable,
      )
      if (!onward) continue
      failure.path.push(...onward.slice(1))
      failure.notes.set(failure.path.length - 1, 'only said here')
    }
    judgements.push({ ...judgement, triggered: any(counted) })
  }
  if (check.only_where.passed !== undefined)
    judgements.push(judge({ after: check.only_where.passed }, before))
  const seen = new Set<number>()
  return {
    triggered: judgements.some(j => j.triggered),
    failures: judgements.flatMap(j => j.failures).filter(f => !seen.has(f.culprit) && seen.add(f.culprit)),
    culprits: new Set(judgements.flatMap(j => [...j.culprits])),
  }

  function judge(scope: Scope | undefined, counted: Uint8Array): Judgement {
    const { monitor, letters } = scoped(view, scope, pattern(check.each), [
      view.meets(check.first, 'demand'),
      counted,
    ])
    const product = productOf(view, monitor, letters)
    const found = blaming()
    let triggered = false
    for (let id = 0; id < product.graph.size; id++) {
      const culprit = product.vertex[id]!
      const state = product.state[id]!
      if (counted[culprit] && (monitor.open(state) || monitor.dead(state))) triggered = true
      if (!monitor.dead(state)) continue
      found.blame(culprit, () => {
        const path = pathTo(product, id)
        const openedAt = openingOf(product, monitor, path)
        const way = path.map(p => product.vertex[p]!)
        const inside = isJudgedWhenClosed(scope) ? way.length - 1 : way.length
        return {
          culprit: way.findLast((v, i) => i < inside && counted[v]) ?? culprit,
          path: way,
          notes: openingNote(scope !== undefined, openedAt),
          values: {},
        }
      })
    }
    return found.judgement(triggered)
  }
}
