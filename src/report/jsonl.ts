// Findings as JSON, one object a line, for pipes and logs; the last line is the summary.
import type { LintResult } from '../model/finding.ts'
import type { ReportContext } from './context.ts'
import { findingJson, rangeJson, severitySums } from './finding-json.ts'
import { safeJson } from './safe.ts'

/** `wayout lint --format jsonl`. Each object says in `type` what it is: `finding`, `suppressed`, `not-read` or `summary`. */
export function report(result: LintResult, { version }: ReportContext): string {
  const { findings, suppressed, notRead, playbooks } = result
  const objects = [
    ...findings.map(finding => ({ type: 'finding', ...findingJson(finding) })),
    ...suppressed.map(({ finding, reason, place }) => {
      return {
        type: 'suppressed',
        reason,
        path: place.path,
        range: rangeJson(place.range),
        finding: findingJson(finding),
      }
    }),
    ...notRead.map(({ path, reason, passedOver }) => ({ type: 'not-read', path, reason, passedOver })),
    {
      type: 'summary',
      version: 1,
      tool: { name: 'wayout', version },
      ...severitySums(findings),
      suppressed: suppressed.length,
      playbooks: playbooks.length,
      steps: playbooks.reduce((sum, playbook) => sum + playbook.steps, 0),
      unread: playbooks.reduce((sum, playbook) => sum + playbook.unread.length, 0),
      notRead: notRead.filter(file => !file.passedOver).length,
      passedOver: notRead.filter(file => file.passedOver).length,
    },
  ]
  return objects.map(object => `${safeJson(object, 0)}\n`).join('')
}
