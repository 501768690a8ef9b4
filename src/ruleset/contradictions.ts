// Parameters of a rule that are right for themselves, but not beside each other.

/** What is wrong, in words. */
export function contradictions(rule: Readonly<Record<string, unknown>>): string[] {
  const { scope, per, max, only_where, then, within } = rule
  const wrong: string[] = []
  if (typeof scope === 'object' && scope !== null) {
    const { after, until, before, and_later, reopen } = scope as Record<string, unknown>
    if (until !== undefined && after === undefined) wrong.push('scope: until needs after')
    if (and_later !== undefined && (after === undefined || until !== undefined))
      wrong.push('scope: and_later needs after, and stands instead of until')
    if (before !== undefined && after !== undefined)
      wrong.push('scope: before stands without after; from one thing to another is after and until')
    if (reopen !== undefined && after === undefined) wrong.push('scope: reopen needs after')
  }
  if (per !== undefined && (max !== 1 || scope !== undefined))
    wrong.push('per counts each value once on a whole path: max must be 1, and scope be left out')
  const isPassed = typeof only_where === 'object' && only_where !== null && 'passed' in only_where
  if (isPassed && scope !== undefined)
    wrong.push('only_where.passed opens a scope of its own: leave scope out')
  if (Array.isArray(then) && then.length > 1 && within !== undefined)
    wrong.push('within is for a single answer: then must have one condition')
  return wrong
}
