// Findings as Checkstyle XML, which many build services and editors read.
import type { Finding, LintResult } from '../model/finding.ts'
import type { ReportContext } from './context.ts'
import { safeText } from './safe.ts'
import { shownFindings } from './wording.ts'
import { type Element, xmlDocument } from './xml.ts'

/** `wayout lint --format checkstyle`. Every file that was read occurs, also without findings. */
export function report(result: LintResult, context: ReportContext): string {
  const files = new Map<string, Element[]>(result.playbooks.map(({ path }) => [path, []]))
  const add = (path: string, error: Element) => {
    const errors = files.get(path)
    if (errors) errors.push(error)
    else files.set(path, [error])
  }
  for (const finding of shownFindings(result, context)) add(finding.path, errorOf(finding))
  for (const { path, reason, range, passedOver } of result.notRead) {
    if (passedOver) continue
    const attributes = {
      line: range?.start.line ?? 1,
      severity: 'error',
      message: `not read: ${safeText(reason)}`,
      source: 'wayout.not-read',
    }
    add(path, { name: 'error', attributes })
  }
  const content = [...files]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, errors]): Element => {
      return { name: 'file', attributes: { name }, content: errors }
    })
  return xmlDocument({ name: 'checkstyle', attributes: { version: '4.3' }, content })
}

function errorOf({ range, severity, message, verdict, fix, rule }: Finding): Element {
  const text = `${safeText(message)}${verdict === 'possible' ? ' (only possible)' : ''}${fix === '' ? '' : `; fix: ${safeText(fix)}`}`
  const { line, column } = range.start
  return { name: 'error', attributes: { line, column, severity, message: text, source: `wayout.${rule}` } }
}
