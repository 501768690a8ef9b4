// Findings as JSON, one object a line, for pipes and logs; the last line is the summary.
import type { LintResult } from '../model/finding.ts'
import type { ReportContext } from './context.ts'
import { findingJson, severitySums, suppressedJson } from './finding-json.ts'
import { safeJson } from './safe.ts'

/** `wayout lint --format jsonl`. Each object says in `type` what it is: `finding`, `suppressed`, `baselined`, `not-read` or `summary`. */
export function report(result: LintResult, { version }: ReportContext): string {
  const { findings, suppressed, notRead, playbooks, baseline } = result
  const known = baseline?.findings ?? []
  const objects = [
    ...findings.map(finding => ({ type: 'finding', ...findingJson(finding) })),
    ...suppressed.map(one => ({ type: 'suppressed', ...suppressedJson(one) })),
    ...known.map(finding => ({ type: 'baselined', ...findingJson(finding) })),
    ...notRead.map(({ path, reason, passedOver }) => ({ type: 'not-read', path, reason, passedOver })),
    {
      type: 'summary',
      version: 1,
      tool: { name: 'wayout', version },
      ...severitySums(findings),
      suppressed: suppressed.length,
      baselined: known.length,
      playbooks: playbooks.length,
      steps: playbooks.reduce((sum, playbook) => sum + playbook.steps, 0),
      unread: playbooks.reduce((sum, playbook) => sum + playbook.unread.length, 0),
      notRead: notRead.filter(file => !file.passedOver).length,
      passedOver: notRead.filter(file => file.passedOver).length,
    },
  ]
  return objects.map(object => `${safeJson(object, 0)}\n`).join('')
}
