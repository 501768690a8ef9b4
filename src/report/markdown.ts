// Findings as a comment on a pull request: a table of what was found, each path in a fold.
import type { Finding, LintResult, Severity } from '../model/finding.ts'
import type { ReportContext } from './context.ts'
import { dialogueLines, hasPath } from './dialogue.ts'
import { safeLines, safeText } from './safe.ts'
import { count, lawText, list, severityCounts, shownFindings, vacuousRules } from './wording.ts'

/** GitHub takes comments of up to 65 536 characters; what is left out is counted. */
const MOST_CHARACTERS = 60_000

const MARK: Readonly<Record<Severity, string>> = { error: '🛑', warning: '⚠️', info: 'ℹ️' }

/** `wayout lint --format markdown`. Nothing from a playbook is markup, a link, a mention or a tag. */
export function report(result: LintResult, context: ReportContext): string {
  const shown = shownFindings(result, context)
  const end = closing(result, shown.length)
  const blocks: string[] = []
  let room = MOST_CHARACTERS - end.join('\n').length
  for (const finding of shown) {
    const block = findingBlock(finding)
    room -= block.length + 2
    if (room < 0) break
    blocks.push(block)
  }
  const left = shown.length - blocks.length
  const cut =
    left > 0 ? [`${count(left, 'further finding')} left out: a comment has no room for more.`, ''] : []
  const head = `### wayout: ${severityCounts(result.findings)}`
  return `${[head, '', ...blocks.flatMap(block => [block, '']), ...cut, ...end].join('\n').trimEnd()}\n`
}

/**
 * Text as Markdown that shows as it stands, wherever it does not begin a line: marks are escaped, tags and formulas
 * made of entities, and a zero-width space keeps names from being notified and numbers and addresses from being linked.
 */
export function markdownText(text: string): string {
  return safeText(text)
    .replace(/[\\`*_[\]~<>&$@]|#(?=\d)|:(?=\/\/)|(?<=\bwww)\./gi, mark => ESCAPED[mark] ?? `\\${mark}`)
    .replace(/^(\d+)(?=[.)])|^(?=[-+=#])/, '$1\\')
}

const NO_WIDTH = '&#8203;'

const ESCAPED: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  $: '&#36;',
  '@': `@${NO_WIDTH}`,
  '#': `#${NO_WIDTH}`,
  ':': `:${NO_WIDTH}`,
  '.': `${NO_WIDTH}.`,
}

function findingBlock(finding: Finding): string {
  const { severity, message, path, range, rule, verdict, why, fix, confirm, law, repair } = finding
  const possible = verdict === 'possible' ? ' (only possible)' : ''
  const lines = [
    `${MARK[severity]} **${markdownText(message) || '–'}**${possible}  `,
    `${code(`${path}:${range.start.line}:${range.start.column}`)} ${code(rule)}`,
    '',
  ]
  if (hasPath(finding)) {
    const steps = dialogueLines(finding, step => `${step.path}:${step.line}`).map(
      line => `${markdownText(line)}  `,
    )
    lines.push('<details><summary>the path that shows it</summary>', '', ...steps, '', '</details>', '')
  }
  const [first = '', ...paste] = safeLines(fix.trimEnd())
  if (confirm) lines.push(`**confirm** ${markdownText(confirm)}  `)
  if (why !== '') lines.push(`**why** ${markdownText(why)}  `)
  for (const one of law) lines.push(`**law** ${markdownText(lawText(one))}  `)
  if (first !== '') lines.push(`**fix** ${markdownText(first)}`)
  if (paste.length > 0) lines.push('', ...fenced(paste))
  if (repair) lines.push('', `\`wayout lint --fix\` would ${markdownText(repair.description)}`)
  return lines.join('\n')
}

/** Inline code whose fence is longer than any run of backticks in it. */
function code(text: string): string {
  const safe = safeText(text) || '–'
  const fence = '`'.repeat(longestRun(safe) + 1)
  const pad = safe.startsWith('`') || safe.endsWith('`') ? ' ' : ''
  return `${fence}${pad}${safe}${pad}${fence}`
}

function fenced(lines: readonly string[]): string[] {
  const fence = '`'.repeat(Math.max(3, longestRun(lines.join('\n')) + 1))
  return [fence, ...lines, fence]
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0)
}

function closing(
  { findings, playbooks, rules, suppressed, notRead, baseline }: LintResult,
  shown: number,
): string[] {
  const steps = playbooks.reduce((sum, playbook) => sum + playbook.steps, 0)
  const unread = playbooks.reduce((sum, playbook) => sum + playbook.unread.length, 0)
  const idle = vacuousRules(rules)
  const failed = notRead.filter(file => !file.passedOver)
  const skipped = notRead.length - failed.length
  const lines = [
    `${count(playbooks.length, 'playbook')}, ${count(steps, 'step')}, ${count(new Set(rules.map(({ id }) => id)).size, 'rule')}`,
  ]
  if (findings.length > shown) lines.push(`${findings.length - shown} not shown (quiet)`)
  if (idle.length > 0) lines.push(`nothing to check for ${list(idle.map(markdownText), 6)}`)
  if (suppressed.length > 0) lines.push(`${suppressed.length} suppressed`)
  if (baseline && baseline.findings.length > 0) lines.push(`${baseline.findings.length} in the baseline`)
  if (unread > 0) lines.push(`${count(unread, 'passage')} could not be read as part of the flow`)
  if (skipped > 0) lines.push(`${count(skipped, 'file')} of no form that wayout knows`)
  return [
    ...failed
      .slice(0, 20)
      .flatMap(({ path, reason }) => [`🛑 not read: ${code(path)}, ${markdownText(reason)}`, '']),
    ...(failed.length > 20 ? [`${failed.length - 20} more files could not be read.`, ''] : []),
    `<sub>${lines.join('; ')}</sub>`,
  ]
}
