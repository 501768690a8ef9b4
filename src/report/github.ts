// Findings as annotations of GitHub Actions: one workflow command a finding, then a line of plain text.
import type { Finding, LintResult, Severity } from '../model/finding.ts'
import type { ReportContext } from './context.ts'
import { dialogueLines, hasPath } from './dialogue.ts'
import { printed, safeLines, safeText } from './safe.ts'
import { count, placeOf, severityCounts, shownFindings } from './wording.ts'

/** GitHub shows so many annotations of each level for one step of a job; the log has them all. */
const MOST_SHOWN = 10
const MOST_TEXT = 3000

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' }

/** `wayout lint --format github`. */
export function report(result: LintResult, context: ReportContext): string {
  const shown = shownFindings(result, context)
  const notRead = result.notRead.filter(file => !file.passedOver)
  const commands = [
    ...shown.map(annotation),
    ...notRead.map(({ path, reason, range }) =>
      command(
        'error',
        { file: path, line: range?.start.line, title: 'not read' },
        `${safeText(path)}: ${safeText(reason)}`,
      ),
    ),
  ]
  return commands.map(line => `${line}\n`).join('') + printed(closing(result, shown, notRead.length))
}

function annotation(finding: Finding): string {
  const { start, end } = finding.range
  const place = { file: finding.path, line: start.line, endLine: end.line, col: start.column }
  // GitHub refuses an end column on another line than the start.
  const endColumn = start.line === end.line ? Math.max(end.column, start.column) : undefined
  return command(COMMAND[finding.severity], { ...place, endColumn, title: title(finding) }, message(finding))
}

function title({ rule, verdict }: Finding): string {
  return verdict === 'possible' ? `${rule} (possible)` : rule
}

function message(finding: Finding): string {
  const path = hasPath(finding) ? dialogueLines(finding, step => placeOf(step.path, step.line)) : []
  const [fix = '', ...paste] = safeLines(finding.fix.trimEnd())
  const lines = [
    safeText(finding.message),
    ...path,
    ...(finding.confirm ? [`confirm: ${safeText(finding.confirm)}`] : []),
    ...(finding.why === '' ? [] : [`why: ${safeText(finding.why)}`]),
    ...(fix === '' ? [] : [`fix: ${fix}`, ...paste]),
    ...(finding.repair ? [`"wayout lint --fix" would ${safeText(finding.repair.description)}`] : []),
  ]
  const text = lines.join('\n')
  return text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT - 1)}…`
}

/** `::name key=value,…::text`; keys without a value are left out. */
function command(
  name: string,
  properties: Record<string, string | number | undefined>,
  text: string,
): string {
  const given = Object.entries(properties).filter(([, value]) => value !== undefined)
  const list = given.map(([key, value]) => `${key}=${escapeProperty(safeText(String(value)))}`).join(',')
  return `::${name} ${list}::${escapeData(text)}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

function closing(result: LintResult, shown: readonly Finding[], notRead: number): string[] {
  const { playbooks, suppressed, findings, baseline } = result
  const steps = playbooks.reduce((sum, playbook) => sum + playbook.steps, 0)
  const parts = [
    `${severityCounts(findings)} in ${count(playbooks.length, 'playbook')} (${count(steps, 'step')})`,
  ]
  if (suppressed.length > 0) parts.push(`${suppressed.length} suppressed`)
  if (baseline && baseline.findings.length > 0) parts.push(`${baseline.findings.length} in the baseline`)
  if (findings.length > shown.length) parts.push(`${findings.length - shown.length} not shown (quiet)`)
  const lines = [`wayout: ${parts.join(', ')}`]
  const levels = (['error', 'warning', 'info'] as const).map(level => {
    return shown.filter(({ severity }) => severity === level).length + (level === 'error' ? notRead : 0)
  })
  if (levels.some(number => number > MOST_SHOWN)) {
    lines.push(
      `GitHub shows at most ${MOST_SHOWN} annotations of each level for a step; all of them are in this log`,
    )
  }
  return lines
}
