// Everything a lint run found, as the versioned JSON of design §8; its schema is `schema/lint.schema.json`.
import type { LintResult, PlaybookSummary } from '../model/finding.ts'
import type { ReportContext } from './context.ts'
import {
  baselineJson,
  findingJson,
  rangeJson,
  repairedJson,
  severitySums,
  suppressedJson,
} from './finding-json.ts'
import { safeJson } from './safe.ts'
import { verdictCounts } from './wording.ts'

/** `wayout lint --format json`. Nothing is left out by `quiet`: machines filter for themselves. */
export function report(result: LintResult, { version }: ReportContext): string {
  return `${safeJson({
    version: 1,
    tool: { name: 'wayout', version },
    playbooks: result.playbooks.map(playbookJson),
    findings: result.findings.map(findingJson),
    rules: result.rules.map(({ id, entry, verdict, note, certificate }) => {
      return { id, entry, verdict, note, ...(certificate && { certificate }) }
    }),
    suppressed: result.suppressed.map(suppressedJson),
    summary: summaryJson(result),
    notRead: result.notRead.map(({ path, reason, range, passedOver }) => {
      return { path, reason, range: range ? rangeJson(range) : null, passedOver }
    }),
    baseline: baselineJson(result.baseline),
    ...(result.proofs && { proofs: result.proofs }),
    ...(result.verified && { verified: result.verified }),
    ...(result.repaired && { repaired: repairedJson(result.repaired) }),
    ...(result.shard && { shard: result.shard }),
  })}\n`
}

function playbookJson(playbook: PlaybookSummary) {
  const { path, title, language, format, channels, steps, transitions, unread, languageFrom, linked } =
    playbook
  return {
    path,
    title,
    language,
    format,
    channels,
    steps,
    transitions,
    unread: unread.map(({ range, reason, text }) => ({ range: rangeJson(range), reason, text })),
    languageFrom,
    linked,
  }
}

function summaryJson({ findings, suppressed, playbooks, rules, notRead, baseline }: LintResult) {
  const verdicts = verdictCounts(rules)
  return {
    ...severitySums(findings),
    suppressed: suppressed.length,
    playbooks: playbooks.length,
    steps: playbooks.reduce((sum, playbook) => sum + playbook.steps, 0),
    transitions: playbooks.reduce((sum, playbook) => sum + playbook.transitions, 0),
    unread: playbooks.reduce((sum, playbook) => sum + playbook.unread.length, 0),
    notRead: notRead.filter(file => !file.passedOver).length,
    passedOver: notRead.filter(file => file.passedOver).length,
    verdicts,
    baselined: baseline?.findings.length ?? 0,
    fixable: findings.filter(({ repair }) => repair).length,
  }
}
