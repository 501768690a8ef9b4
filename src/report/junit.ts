// Findings as JUnit XML: a suite a file, a failed case a finding (a passed one if it is but a remark), a passed case where a file has none.
import type { Finding, LintResult, NotRead } from '../model/finding.ts'
import type { ReportContext } from './context.ts'
import { dialogueLines, hasPath } from './dialogue.ts'
import { placeOf, shownFindings } from './wording.ts'
import { type Element, xmlDocument } from './xml.ts'

/**
 * `wayout lint --format junit`. A finding of severity info fails nothing: its case passes and has output. Suppressed findings are skipped cases with their reason, as are those
 * of the baseline; a file that could not be read
 * is an error. Files without a playbook or finding do not occur.
 */
export function report(result: LintResult, context: ReportContext): string {
  const files = new Map<string, Element[]>(result.playbooks.map(({ path }) => [path, []]))
  const add = (path: string, element: Element) => {
    const cases = files.get(path)
    if (cases) cases.push(element)
    else files.set(path, [element])
  }
  for (const finding of shownFindings(result, context)) add(finding.path, caseOf(finding))
  for (const { finding, reason } of result.suppressed) add(finding.path, skipped(finding, reason))
  for (const finding of result.baseline?.findings ?? [])
    add(finding.path, skipped(finding, `in the baseline: ${finding.message}`))
  for (const file of result.notRead) if (!file.passedOver) add(file.path, notRead(file))
  const suites = [...files]
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([path, cases]) => suite(path, cases))
  return xmlDocument({
    name: 'testsuites',
    attributes: { name: 'wayout', ...sums(suites.flatMap(casesOf)) },
    content: suites,
  })
}

function suite(path: string, cases: Element[]): Element {
  const all = cases.some(({ content }) => Array.isArray(content) && content[0]!.name !== 'skipped')
    ? cases
    : [passed(path), ...cases]
  return { name: 'testsuite', attributes: { name: path, ...sums(all) }, content: all }
}

function sums(cases: readonly Element[]): Record<string, number> {
  const sum = (name: string) =>
    cases.filter(({ content }) => Array.isArray(content) && content[0]?.name === name).length
  return { tests: cases.length, failures: sum('failure'), errors: sum('error'), skipped: sum('skipped') }
}

function casesOf({ content }: Element): Element[] {
  return Array.isArray(content) ? content : []
}

function testCase({ rule, path, range }: Finding, child: Element): Element {
  const name = `${rule} at line ${range.start.line}`
  return {
    name: 'testcase',
    attributes: { name, classname: path, file: path, line: range.start.line },
    content: [child],
  }
}

function caseOf(finding: Finding): Element {
  const { message, severity, verdict, path, range, why, fix, confirm } = finding
  const steps = hasPath(finding) ? dialogueLines(finding, step => placeOf(step.path, step.line)) : []
  const text = [
    `${severity}${verdict === 'possible' ? ' (only possible)' : ''} at ${placeOf(path, range.start.line, range.start.column)}`,
    ...steps,
    ...(confirm ? [`confirm: ${confirm}`] : []),
    `why: ${why}`,
    `fix: ${fix}`,
  ]
  if (severity === 'info') {
    const [place, ...rest] = text
    return testCase(finding, {
      name: 'system-out',
      attributes: {},
      content: [place, message, ...rest].join('\n'),
    })
  }
  return testCase(finding, {
    name: 'failure',
    attributes: { message, type: severity },
    content: text.join('\n'),
  })
}

function skipped(finding: Finding, reason: string): Element {
  return testCase(finding, { name: 'skipped', attributes: { message: reason } })
}

function passed(path: string): Element {
  return { name: 'testcase', attributes: { name: 'no finding', classname: path, file: path } }
}

function notRead({ path, reason }: NotRead): Element {
  const error: Element = { name: 'error', attributes: { message: reason, type: 'not-read' } }
  return { name: 'testcase', attributes: { name: 'not read', classname: path, file: path }, content: [error] }
}
