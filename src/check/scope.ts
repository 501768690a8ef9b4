// Scopes of rules: what the monitor sees at each vertex, from the conditions of the scope and of the pattern.
import type { Condition, Scope } from '../model/rule.ts'
import {
  CLOSES,
  IS_STEP,
  LETTER,
  MAY_CLOSE,
  MAY_OPEN,
  type Monitor,
  monitorOf,
  OPENS,
  type Pattern,
  REPEATS,
  type ScopeKind,
} from './monitor.ts'
import { undecided } from './undecided.ts'
import type { View } from './view.ts'

/** A condition of the pattern as bits per vertex, lowest letter first. */
export type Letter = Uint8Array

/**
 * Puts a pattern into a scope and computes the letters. Scope conditions are triggers when they open and demands
 * when they close: doubt about a withdrawal, say, must not free the company from its duty without a word. Where the
 * doubt is about where the scope begins or ends, both are followed.
 */
export function scoped(
  view: View,
  scope: Scope | undefined,
  pattern: Pattern,
  pattern_letters: Letter[],
): { monitor: Monitor; letters: Int32Array } {
  const { opening, again } = splitAgain(scope?.after)
  const closing = scope?.until ?? scope?.and_later ?? scope?.before
  const letters = new Int32Array(view.unfolding.graph.size)
  const add = (bits: Uint8Array, letter: number) => {
    for (let v = 0; v < letters.length; v++) if (bits[v]) letters[v]! |= letter
  }
  add(view.meets('@step', 'trigger'), IS_STEP)
  let inDoubt = false
  const delimit = (levels: Uint8Array, letter: number, maybe: number) => {
    for (let v = 0; v < letters.length; v++) {
      if (levels[v] === 1) letters[v]! |= letter
      else if (levels[v] === 2) {
        letters[v]! |= maybe
        inDoubt = true
      }
    }
  }
  if (opening) delimit(view.doubts(opening, 'trigger'), OPENS, MAY_OPEN)
  if (closing) delimit(view.doubts(closing, 'demand'), CLOSES, MAY_CLOSE)
  if (again) {
    const repeats = view.meets(again, 'trigger')
    const steps = view.meets('@step', 'trigger')
    add(
      repeats.map((bit, v) => (steps[v] ? 0 : bit)),
      REPEATS,
    )
  }
  for (const [i, bits] of pattern_letters.entries()) add(bits, LETTER << i)
  const monitor = monitorOf(pattern, kindOf(scope), again !== undefined, scope?.reopen)
  return { monitor: inDoubt ? undecided(monitor, view.stance) : monitor, letters }
}

/** Whether a segment is judged only where it closes; what closes it is then the end of a bad path, but no part of it. */
export function isJudgedWhenClosed(scope: Scope | undefined): boolean {
  return scope?.before !== undefined || scope?.and_later !== undefined
}

function kindOf(scope: Scope | undefined): ScopeKind {
  if (scope?.after !== undefined)
    return scope.until !== undefined ? 'after-until' : scope.and_later !== undefined ? 'between' : 'after'
  return scope?.before !== undefined ? 'before' : 'global'
}

/** Takes `{again: act}` out of an opening condition: it needs the path so far, the rest does not. */
function splitAgain(condition: Condition | undefined): { opening?: Condition; again?: string } {
  if (condition === undefined) return {}
  if (typeof condition === 'object' && 'again' in condition) return { again: condition.again }
  if (typeof condition !== 'object' || !('any' in condition)) return { opening: condition }
  const again = condition.any.find(c => typeof c === 'object' && 'again' in c) as
    | { again: string }
    | undefined
  if (!again) return { opening: condition }
  return { opening: { any: condition.any.filter(c => c !== again) }, again: again.again }
}
