// Where a demand of the game is met, and from where it can be had as surely as asked for.
import { cooperative, fair, sure } from '../flow/game.ts'
import { BROKEN, IMPLIED_END } from '../flow/unfold.ts'
import type { Condition } from '../model/rule.ts'
import type { Turns } from './turns.ts'
import type { View } from './view.ts'

/** Where the goal is met. In the trusting stance a target that could not be found, or prose that simply stops, may be it. */
export function targetsOf(view: View, to: Condition): number[] {
  const goal = view.meets(to, 'demand')
  const targets: number[] = []
  for (let v = 0; v < goal.length; v++) {
    const how = view.unfolding.ending[v]
    if (goal[v] || (view.stance === 'trusting' && (how === BROKEN || how === IMPLIED_END))) targets.push(v)
  }
  return targets
}

/** Ranks of the vertices from which the customer reaches a target as surely as asked for; -1 elsewhere. */
export function solve(
  turns: Turns,
  targets: number[],
  strength: 'guaranteed' | 'eventual' | 'discretionary' = 'eventual',
): Int32Array {
  if (strength === 'guaranteed') return sure(turns, targets)
  return strength === 'eventual' ? fair(turns, targets) : cooperative(turns, targets)
}
