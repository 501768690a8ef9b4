// For tests only: hostile text, and a result that has it in every field that comes from outside.
import type { Finding, LintResult } from '../model/finding.ts'
import type { Range } from '../model/position.ts'
import type { ReportContext } from './context.ts'
import { CONTEXT, FINDINGS, playbook, witnessStep } from './samples.test-data.ts'

/** Everything that has broken a report somewhere: terminals, build logs, XML, HTML, Markdown, JSON. */
export const HOSTILE =
  '\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007 \u009b2Jcls\u0007 ::set-output name=x::y\n' +
  '::error::z %0A##[add-mask]m ##vso[task] <script>alert(1)</script> ]]> &amp; "q" \'s\' `tick` | a [b](c) {{0}} %% end\r\n' +
  '\u202egnp.exe\u202c \u2066i\u2069 z\u200bw\u200d \ud800 \\ $x$ #quot; <!-- c --> --> @everyone \u0000'

/** The result with hostile text in every field that comes from a playbook, a configuration or a file name. */
export function hostileResult(text: string = HOSTILE): LintResult {
  const range: Range = { start: { line: 1, column: 1 }, end: { line: 1, column: 9 } }
  const step = witnessStep(text, text, 1, {
    path: text,
    chooser: 'customer',
    choice: text,
    acts: [text],
    note: text,
    text,
  })
  const finding: Finding = {
    ...FINDINGS[0]!,
    rule: text,
    verdict: 'possible',
    message: text,
    fix: text,
    why: text,
    path: text,
    range,
    step: text,
    witness: [step, step],
    because: [{ act: text, evidence: 'suspected', phrase: text, path: text, line: 1 }],
    confirm: text,
    law: [
      {
        ref: text,
        jurisdiction: text,
        status: 'in-force',
        effective: text,
        checked: text,
        url: text,
        note: text,
      },
    ],
    fingerprint: text,
  }
  return {
    playbooks: [playbook(text, text, { language: text, unread: [{ range, reason: text, text }] })],
    findings: [finding, { ...finding, severity: 'info', verdict: 'violated', witness: [] }],
    rules: [
      { id: text, entry: text, verdict: 'vacuous', note: text },
      { id: `${text}2`, entry: text, verdict: 'holds', note: text },
    ],
    suppressed: [
      {
        finding,
        reason: text,
        place: { path: text, range },
        scope: 'files',
        owner: text,
        ticket: text,
        until: text,
      },
    ],
    baseline: { path: text, findings: [finding], stale: 1 },
    notRead: [
      { path: text, reason: text, range, passedOver: false },
      { path: `${text}2`, reason: text, passedOver: true },
    ],
  }
}

/** The context of the hostile result: its files exist and are as hostile. */
export const HOSTILE_CONTEXT: ReportContext = { ...CONTEXT, source: () => HOSTILE }
