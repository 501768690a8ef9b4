// `measure`: the effort of one way against that of another (leaving against joining), in turns, items, channels, words.

import { COMPANY, CUSTOMER, guaranteedCost } from '../../flow/game.ts'
import type { Condition, Metric } from '../../model/rule.ts'
import type { ProjectFailure, ProjectPrimitive } from '../failure.ts'
import { pathInUnfolding } from '../product.ts'
import { turnsOf } from '../turns.ts'
import type { View } from '../view.ts'

const UNIT: Readonly<Record<Metric, string>> = {
  turns: 'turns',
  items: 'pieces of data',
  channels: 'changes of channel',
  words: 'words',
}

export const measure: ProjectPrimitive<'measure'> = (looks, check) => {
  /** Joining: the least effort anywhere, if everybody is kind. */
  const joining = new Map<Metric, number>()
  for (const { view } of looks) {
    for (const metric of check.metrics) {
      const { cost } = effort(view, check.not_more_than, metric, false)
      joining.set(metric, Math.min(joining.get(metric) ?? Infinity, cost))
    }
  }
  if (![...joining.values()].some(Number.isFinite)) return { triggered: false, failures: [] }
  const failures: ProjectFailure[] = []
  let compared = false
  for (const [look, { view }] of looks.entries()) {
    const over: string[] = []
    let from = -1
    for (const metric of check.metrics) {
      const { cost, at } = effort(view, check.flow, metric, true)
      if (at === -1) continue
      compared = true
      const limit = joining.get(metric)! + (check.slack ?? 0)
      if (cost <= limit) continue
      from = at
      const amount = cost === Infinity ? `${UNIT[metric]} without end` : `${cost} ${UNIT[metric]}`
      over.push(`${amount} against ${joining.get(metric)}`)
    }
    if (over.length === 0) continue
    failures.push({
      look,
      culprit: from,
      path: pathInUnfolding(view, from) ?? [from],
      notes: new Map(),
      values: { comparison: over.join(', ') },
    })
  }
  return { triggered: compared, failures }
}

/**
 * The effort from the first such event of the view to the goal: guaranteed (company and facts against the customer,
 * queues and checks passed at the first try, design §11.24) or at best. Infinity if it cannot be had; `at` -1 if the
 * view does not have such an event.
 */
export function effort(
  view: View,
  way: { from: Condition; to: Condition },
  metric: Metric,
  guaranteed: boolean,
): { cost: number; at: number } {
  const from = view.meets(way.from, 'trigger')
  const goal = view.meets(way.to, 'demand')
  const targets = [...goal.keys()].filter(v => goal[v])
  const at = from.indexOf(1)
  if (at === -1) return { cost: Infinity, at }
  const turns = turnsOf(view, { offeredOnly: false })
  const weights = costsOf(view, metric)
  const helping = (owner: number) => (guaranteed ? owner !== COMPANY : owner >= CUSTOMER)
  const value = guaranteedCost(turns, targets, v => (v < weights.length ? weights[v]! : 0), helping)
  let cost = Infinity
  for (let v = at; v < from.length; v++) if (from[v]) cost = Math.min(cost, value[v]!)
  return { cost, at }
}

/** What passing each vertex costs the customer. */
function costsOf(view: View, metric: Metric): Int32Array {
  const { flow, unfolding } = view
  const { event } = unfolding
  const result = new Int32Array(event.length)
  const asks = view.meets(
    { any: ['collect-info', 'ask-reason', 'ask-preferred-solution', 'feedback-request'] },
    'trigger',
  )
  const sends = view.meets({ any: ['referral', 'call-back-later'] }, 'trigger')
  for (let v = 0; v < event.length; v++) {
    const e = event[v]!
    if (e >= flow.steps.length) {
      if (metric === 'turns' && flow.transitions[e - flow.steps.length]!.chooser === 'customer') result[v] = 1
      continue
    }
    const { step, acts, transitions } = flow.steps[e]!
    if (metric === 'turns')
      result[v] = asks[v] && !transitions.some(t => flow.transitions[t]!.chooser === 'customer') ? 1 : 0
    else if (metric === 'channels') result[v] = sends[v]!
    else if (metric === 'items' && asks[v]) {
      const items = acts.flatMap(a => a.attributes.items ?? []).length
      result[v] = Math.max(1, items)
    } else if (metric === 'words') {
      for (const t of step.texts)
        if (t.voice === 'say') result[v]! += t.text.split(/\s+/).filter(w => w !== '').length
    }
  }
  return result
}
