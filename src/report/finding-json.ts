// A finding as the plain JSON of `lint --format json` (design §8), shared by the formats that carry it.
import type { Repair } from '../model/edit.ts'
import type { Baselined, Finding, Repaired, RepairedPlace, Severity, Suppressed } from '../model/finding.ts'
import type { Point, Range } from '../model/position.ts'

/** The keys of the contract in their order; keys that came later stand at the end of each object. */
export function findingJson(finding: Finding) {
  const { loopsTo, confirm, repair } = finding
  return {
    rule: finding.rule,
    severity: finding.severity,
    verdict: finding.verdict,
    message: finding.message,
    fix: finding.fix,
    why: finding.why,
    path: finding.path,
    range: rangeJson(finding.range),
    step: finding.step,
    witness: finding.witness.map(({ step, path, line, column, chooser, choice, acts, note, title, text }) => {
      return { step, path, line, column, chooser, choice, acts, note, title, text }
    }),
    ...(loopsTo === undefined ? {} : { loopsTo }),
    because: finding.because.map(({ act, evidence, phrase, path, line }) => ({
      act,
      evidence,
      phrase,
      path,
      line,
    })),
    law: finding.law.map(({ ref, jurisdiction, status, effective, checked, url, note }) => {
      return { ref, jurisdiction, status, effective, checked, url, note }
    }),
    fingerprint: finding.fingerprint,
    ...(confirm === undefined ? {} : { confirm }),
    ...(repair === undefined ? {} : { repair: repairJson(repair) }),
  }
}

/** What `--fix` would write, and where; an empty range inserts. */
function repairJson({ description, edits }: Repair) {
  return { description, edits: edits.map(({ range, text }) => ({ range: rangeJson(range), text })) }
}

/** What `--fix` did. */
export function repairedJson({ done, left }: Repaired) {
  const place = ({ rule, path, line, column, description }: RepairedPlace) => {
    return { rule, path, line, column, description }
  }
  return { done: done.map(place), left: left.map(one => ({ ...place(one), reason: one.reason })) }
}

/** A suppressed finding, with what the suppression says. */
export function suppressedJson({ finding, reason, place, scope, until, owner, ticket }: Suppressed) {
  return {
    reason,
    path: place.path,
    range: rangeJson(place.range),
    finding: findingJson(finding),
    scope: scope ?? 'next-step',
    until: until ?? null,
    owner: owner ?? null,
    ticket: ticket ?? null,
  }
}

/** What the baseline says; null where none is in use. */
export function baselineJson(baseline: Baselined | undefined) {
  if (!baseline) return null
  const { path, findings, stale } = baseline
  return { path, findings: findings.map(findingJson), stale }
}

export function rangeJson({ start, end }: Range): Range {
  const point = ({ line, column }: Point) => ({ line, column })
  return { start: point(start), end: point(end) }
}

export function severitySums(findings: readonly Finding[]): {
  errors: number
  warnings: number
  infos: number
} {
  const sum = (severity: Severity) => findings.filter(finding => finding.severity === severity).length
  return { errors: sum('error'), warnings: sum('warning'), infos: sum('info') }
}
