// The words reporters share: counted nouns, places, verdicts, outcomes, law and evidence as people say them.
import type { Chooser, Outcome } from '../model/act.ts'
import type { Because, Finding, Law, LintResult, RuleVerdict, Severity, Verdict } from '../model/finding.ts'
import { safeText } from './safe.ts'

/** `1 step`, `2 steps`. */
export function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`
}

/** `a`, `a and b`, `a, b and c`; at most `limit` of them, then "and 4 more". */
export function list(items: readonly string[], limit = 8): string {
  const shown = items.length > limit ? [...items.slice(0, limit), `${items.length - limit} more`] : items
  if (shown.length < 2) return shown.join('')
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/** `path:line:column`, harmless for a terminal. */
export function placeOf(path: string, line: number, column?: number): string {
  return `${safeText(path)}:${line}${column === undefined ? '' : `:${column}`}`
}

export function quoted(text: string): string {
  return `"${safeText(text)}"`
}

/** Who decides, as the author would write it; where nobody says who, somebody. */
export function chooserName(chooser: Chooser | null): string {
  return chooser === null ? '' : chooser === 'unknown' ? 'somebody' : chooser
}

export const OUTCOME_TITLE: Readonly<Record<Outcome, string>> = {
  cancelled: 'cancelled',
  kept: 'the customer stays',
  resolved: 'resolved',
  refused: 'refused',
  'handed-off': 'handed to others',
  abandoned: 'abandoned',
}

const LAW_STATUS: Readonly<Record<Law['status'], string>> = {
  'in-force': 'in force',
  adopted: 'adopted, not yet in force',
  proposed: 'proposed, not in force',
  vacated: 'vacated, not in force',
  repealed: 'repealed, not in force',
  guidance: 'guidance, not binding',
  case: 'a case',
  voluntary: 'voluntary',
}

/** `15 U.S.C. 8403(3) (US, in force since 2010-12-29)`, without its address. */
export function lawText(law: Law): string {
  const status = LAW_STATUS[law.status] ?? safeText(String(law.status))
  const from =
    law.effective === undefined
      ? ''
      : ` ${law.status === 'in-force' ? 'since' : 'from'} ${safeText(law.effective)}`
  return `${safeText(law.ref)} (${safeText(law.jurisdiction)}, ${status}${from})`
}

/** `retention-offer, recognised from "half price"`; for a declared act `retention-offer, declared`. */
export function becauseText(because: Because): string {
  const act = safeText(because.act)
  if (because.phrase === null) return `${act}, ${because.evidence}`
  return `${act}, ${because.evidence} from ${quoted(because.phrase)}`
}

/** `2 errors, 1 warning`; `no findings`. */
export function severityCounts(findings: readonly Finding[]): string {
  const parts = (['error', 'warning', 'info'] as const)
    .map(severity => ({ severity, number: findings.filter(finding => finding.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => count(number, severity))
  return parts.length === 0 ? 'no findings' : parts.join(', ')
}

const RANK: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 }

export function worstOf(findings: readonly Finding[]): Severity | undefined {
  let worst: Severity | undefined
  for (const { severity } of findings)
    if (worst === undefined || RANK[severity] > RANK[worst]) worst = severity
  return worst
}

/** Whether a finding counts for the exit code. */
export function fails(finding: Finding, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && RANK[finding.severity] >= RANK[failOn]
}

/** What `quiet` leaves: findings that fail, or errors where nothing does. */
export function shownFindings(
  result: LintResult,
  context: { quiet?: boolean; failOn?: Severity | 'never' },
): Finding[] {
  if (!context.quiet) return result.findings
  const level = context.failOn === undefined || context.failOn === 'never' ? 'error' : context.failOn
  return result.findings.filter(finding => fails(finding, level))
}

/** How many verdicts there are of each kind. */
export function verdictCounts(rules: readonly RuleVerdict[]): Record<Verdict, number> {
  const counts: Record<Verdict, number> = {
    violated: 0,
    possible: 0,
    holds: 0,
    vacuous: 0,
    'not-applicable': 0,
  }
  for (const { verdict } of rules) counts[verdict] += 1
  return counts
}

/** The rules that had nothing to check at any entry, in the order they first come. */
export function vacuousRules(rules: readonly RuleVerdict[]): string[] {
  const seen = new Map<string, boolean>()
  for (const { id, verdict } of rules) seen.set(id, (seen.get(id) ?? true) && verdict === 'vacuous')
  return [...seen].filter(([, vacuous]) => vacuous).map(([id]) => id)
}
