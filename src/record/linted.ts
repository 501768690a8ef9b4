// What is on record, applied to the result of a run: suppressions first, then the baseline.
import { compareFindings, type LintResult } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import type { Rule } from '../model/rule.ts'
import type { SuppressionEntry } from '../model/suppression.ts'
import { againstBaseline, type InUse, staleFinding } from './baseline.ts'
import { isDirective } from './directive.ts'
import type { Configured } from './register.ts'
import { settle } from './settle.ts'
import { VALID } from './told.ts'

/** What a team has on record beside the comments in its playbooks. */
export type OnRecord = {
  configured?: readonly Configured[]
  /** Rules that nobody may suppress or take into a baseline. */
  unsuppressable?: ReadonlySet<string>
  /** The day of the run, `YYYY-MM-DD`; without it nothing expires. */
  today?: string
  baseline?: InUse
  /** The ids of all rules that exist; without it, those that are built in or on. */
  known?: ReadonlySet<string>
}

type Run = { result: LintResult; flow: Flow; faults: readonly { rule: string }[] }

/**
 * A run with its suppressed and baselined findings set aside, and findings about exceptions that do not hold among the
 * others, in order. `builtIn` is called only if a suppression has to be looked at.
 */
export function settled<Of extends Run>(
  run: Of,
  rulesFor: (path: string) => readonly Rule[],
  onRecord: OnRecord,
  builtIn: () => readonly Rule[],
): Of & { register: SuppressionEntry[] } {
  const { flow, faults } = run
  const { configured = [], unsuppressable = new Set<string>(), today, baseline } = onRecord
  const result = { ...run.result }
  let register: SuppressionEntry[] = []
  const failed = new Set(faults.map(({ rule }) => rule))
  const isWritten = flow.documents.some(({ comments }) => comments.some(({ text }) => isDirective(text)))
  if (isWritten || configured.length > 0) {
    const known =
      onRecord.known ??
      new Set([...builtIn(), ...flow.documents.flatMap(({ path }) => rulesFor(path))].map(({ id }) => id))
    const linked = new Set(flow.playbooks.filter(({ linked }) => linked).map(({ path }) => path))
    const settled = settle(
      { findings: result.findings, documents: flow.documents, linked, failed, rulesFor },
      { configured, limits: { known, unsuppressable, today } },
    )
    result.findings = settled.findings
    result.suppressed = [...result.suppressed, ...settled.suppressed]
    register = settled.register
  }
  if (baseline) {
    const aside = result.suppressed.map(({ finding }) => finding)
    const unread = new Set(
      result.notRead.filter(file => !file.passedOver).map(({ path }) => baseline.relative(path)),
    )
    const isLookedAt = (rule: string, path: string) =>
      !failed.has(rule) && !unread.has(path) && baseline.isLookedAt(rule, path)
    const { fresh, known, stale } = againstBaseline(
      result.findings,
      aside,
      { ...baseline, isLookedAt },
      unsuppressable,
    )
    const valid = rulesFor(baseline.path).find(({ id }) => id === VALID)
    if (valid) fresh.push(...stale.map(line => staleFinding(valid, baseline.path, line)))
    result.findings = fresh
    result.baseline = { path: baseline.path, findings: known, stale: stale.length }
  }
  result.findings = result.findings.toSorted(compareFindings)
  return { ...run, result, register }
}
