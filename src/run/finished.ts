// From what was checked to the result: severities by file, the order of findings, suppressions and the baseline.
import { compareFindings, type Finding, type LintResult, type Severity } from '../model/finding.ts'
import type { Rule } from '../model/rule.ts'
import type { SuppressionEntry } from '../model/suppression.ts'
import { type OnRecord, settled } from '../record/linted.ts'
import { builtInRules } from '../ruleset/load.ts'
import type { CheckedRun, LintFault, ProofCounts } from './checked.ts'

export type FinishSettings = {
  /** The rules that are on. */
  rules: readonly Rule[]
  /** The rules for findings in one file, where they differ by file. Default: `rules` everywhere. */
  rulesFor?: (path: string) => readonly Rule[]
  /** Exceptions beside those written in the playbooks. */
  record?: OnRecord
}

/** `register`: the suppressions on record and whether they hold. */
export type Finished = {
  result: LintResult
  faults: LintFault[]
  register: SuppressionEntry[]
  proved?: ProofCounts
}

/** Pure; O(findings · log findings). The run is left as it is. */
export function finished(run: CheckedRun, { rules, rulesFor, record }: FinishSettings): Finished {
  const { playbooks, notRead, faults, files, proofs, proved } = run
  const findings = (rulesFor ? perFile(run.findings, rulesFor) : run.findings).toSorted(compareFindings)
  const checked: LintResult = { playbooks, findings, rules: run.rules, suppressed: [], notRead }
  const failed = new Set(faults.map(({ rule }) => rule))
  const { result, register } = settled(
    {
      result: { ...checked, ...(proofs && { proofs }), ...(proved && { verified: verifiedOf(proved) }) },
      files,
      failed,
    },
    rulesFor ?? (() => rules),
    record ?? {},
    builtInRules,
  )
  return { result, faults, register, ...(proved && { proved }) }
}

function verifiedOf({ proved, without }: ProofCounts): NonNullable<LintResult['verified']> {
  return { proved, without: Object.fromEntries([...without].sort(([a], [b]) => (a < b ? -1 : 1))) }
}

/** Drops findings of rules that are off for their file, and gives the others the severity they have there. */
function perFile(findings: readonly Finding[], rulesFor: (path: string) => readonly Rule[]): Finding[] {
  const severities = new Map<readonly Rule[], Map<string, Severity>>()
  return findings.flatMap(finding => {
    const rules = rulesFor(finding.path)
    let known = severities.get(rules)
    if (!known) {
      known = new Map(rules.map(rule => [rule.id, rule.severity]))
      severities.set(rules, known)
    }
    const severity = known.get(finding.rule)
    if (severity === undefined) return finding.rule === 'syntax' ? [finding] : []
    return [
      {
        ...finding,
        severity: finding.verdict === 'possible' && severity === 'error' ? ('warning' as const) : severity,
      },
    ]
  })
}
