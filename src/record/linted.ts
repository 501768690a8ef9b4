// What is on record, applied to the result of a run: suppressions first, then the baseline.
import { compareFindings, type LintResult } from '../model/finding.ts'
import type { Rule } from '../model/rule.ts'
import type { SuppressionEntry } from '../model/suppression.ts'
import { againstBaseline, type InUse, staleFinding } from './baseline.ts'
import { isDirective } from './directive.ts'
import type { Configured } from './register.ts'
import { settle } from './settle.ts'
import type { FileOnRecord } from './target.ts'
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
  /** The findings are some of all: what hides none of them may hide another. */
  isPart?: boolean
}

/** `failed`: ids of rules that failed to run. */
type Run = { result: LintResult; files: readonly FileOnRecord[]; failed: ReadonlySet<string> }

/**
 * A run with its suppressed and baselined findings set aside, and findings about exceptions that do not hold among the
 * others, in order. `builtIn` is called only if a suppression has to be looked at.
 */
export function settled(
  run: Run,
  rulesFor: (path: string) => readonly Rule[],
  onRecord: OnRecord,
  builtIn: () => readonly Rule[],
): { result: LintResult; register: SuppressionEntry[] } {
  const { files, failed } = run
  const { configured = [], unsuppressable = new Set<string>(), today, baseline, isPart = false } = onRecord
  const result = { ...run.result }
  let register: SuppressionEntry[] = []
  const isWritten = files.some(({ comments }) => comments.some(({ text }) => isDirective(text)))
  if (isWritten || configured.length > 0) {
    const known =
      onRecord.known ??
      new Set([...builtIn(), ...files.flatMap(({ path }) => rulesFor(path))].map(({ id }) => id))
    const settled = settle(
      { findings: result.findings, files, failed, rulesFor },
      { configured, limits: { known, unsuppressable, today }, isPart },
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
      !isPart && !failed.has(rule) && !unread.has(path) && baseline.isLookedAt(rule, path)
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
  return { result, register }
}
