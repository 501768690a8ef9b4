// `attribute`: what a step must say about itself (a hold its longest time, a referral its address).
import type { Condition } from '../../model/rule.ts'
import { any, blaming, NOTHING, type Primitive } from '../failure.ts'
import { pathInUnfolding } from '../product.ts'

export const attribute: Primitive<'attribute'> = (view, check) => {
  const on = view.meets(check.on, 'trigger')
  if (!any(on)) return NOTHING
  const required = Object.fromEntries(
    Object.entries(check.require).map(([name, wanted]) => [name, withMax(wanted, check.max)]),
  )
  const enough = view.meets({ any: namesIn(check.on).map(act => ({ act, where: required })) }, 'demand')
  const instead = check.or === undefined ? undefined : view.meets(check.or, 'demand')
  const found = blaming()
  for (let v = 0; v < on.length; v++) {
    if (!on[v] || enough[v] || instead?.[v]) continue
    const failure = () => {
      const path = pathInUnfolding(view, v)
      return path && { culprit: v, path, notes: new Map(), values: {} }
    }
    found.blame(v, failure, view.unfolding.event[v]!)
  }
  return found.judgement(true)
}

/** `at_most` takes the rule's `max`, so that a team can change the limit alone. */
function withMax(wanted: unknown, max: number | string | undefined): unknown {
  return max !== undefined && typeof wanted === 'object' && wanted !== null && 'at_most' in wanted
    ? { at_most: max }
    : wanted
}

function namesIn(condition: Condition): string[] {
  if (typeof condition === 'string') return [condition]
  if ('any' in condition) return condition.any.flatMap(namesIn)
  return 'act' in condition ? [condition.act] : []
}
