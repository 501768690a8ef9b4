// Whether two readings of a file are the same flow, so that an edit which changed more than it should is refused.
import type { Flow } from '../model/flow.ts'

/** The first difference in steps, ways on or certain acts, in words; null if there is none. Positions do not count. */
export function difference(before: Flow, after: Flow): string | null {
  if (before.steps.length !== after.steps.length)
    return `it would read as ${after.steps.length} steps instead of ${before.steps.length}`
  if (before.transitions.length !== after.transitions.length)
    return `it would read as ${after.transitions.length} ways on instead of ${before.transitions.length}`
  for (const [s, one] of before.steps.entries()) {
    const other = after.steps[s]!
    if (one.step.id !== other.step.id || one.step.outcome !== other.step.outcome || one.call !== other.call)
      return `"${one.step.title}" would read differently`
    if (certainActs(one.acts) !== certainActs(other.acts))
      return `the acts of "${one.step.title}" would read differently`
  }
  for (const [t, one] of before.transitions.entries()) {
    const other = after.transitions[t]!
    const step = before.steps[one.from]!.step.title
    if (
      one.from !== other.from ||
      one.to !== other.to ||
      one.chooser !== other.chooser ||
      one.transition.outcome !== other.transition.outcome
    )
      return `a way on from "${step}" would read differently`
    if (certainActs(one.acts) !== certainActs(other.acts))
      return `the acts of a choice in "${step}" would read differently`
  }
  return null
}

function certainActs(acts: Flow['steps'][number]['acts']): string {
  return acts
    .filter(a => a.evidence === 'declared' || a.evidence === 'recognised')
    .map(a => a.act)
    .sort()
    .join()
}
