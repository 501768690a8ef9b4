// Collects what is to become findings: one a rule and culprit, the surest and first of them.
import type { Unfolding } from '../flow/unfold.ts'
import type { Entry } from '../model/flow.ts'
import type { Rule } from '../model/rule.ts'
import type { Failure } from './failure.ts'
import type { Found } from './finding.ts'
import type { Flaw } from './structure.ts'

export function collecting() {
  const found = new Map<string, Found>()
  return { found, addFailure, addFlaw }

  function addFailure(
    rule: Rule,
    verdict: 'violated' | 'possible',
    failure: Failure,
    entry: Entry,
    { event }: Pick<Unfolding, 'event'>,
    confirm?: string,
  ): void {
    const { path, notes, values, loopsTo, fix, hopeless } = failure
    add({
      rule,
      verdict,
      culprit: event[failure.culprit]!,
      events: path.map(v => event[v]!),
      ...(loopsTo !== undefined && { loopsTo }),
      notes,
      values,
      ...(fix !== undefined && { fix }),
      ...(hopeless && { hopeless }),
      ...(confirm !== undefined && { confirm }),
      entry: entry.step,
    })
  }

  function addFlaw(rule: Rule, { step, path, loopsTo, values }: Flaw): void {
    add({
      rule,
      verdict: 'violated',
      culprit: step,
      events: path,
      ...(loopsTo !== undefined && { loopsTo }),
      notes: new Map(),
      values,
      entry: path[0]!,
    })
  }

  /** One culprit, one finding a rule: a certain one before a possible one, the first entry before others. */
  function add(f: Found): void {
    const key = `${f.rule.id} ${f.culprit}`
    const before = found.get(key)
    if (!before || (before.verdict === 'possible' && f.verdict === 'violated')) found.set(key, f)
  }
}
