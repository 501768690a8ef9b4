// The end of the report for people: what was found, read, checked, and everything that was not.
import type { LintResult, NotRead } from '../model/finding.ts'
import type { Paint, ReportContext } from './context.ts'
import { labelled, severityPaint } from './label.ts'
import { type Span, wrap } from './layout.ts'
import { safeText } from './safe.ts'
import {
  count,
  fails,
  list,
  placeOf,
  quoted,
  severityCounts,
  shownFindings,
  vacuousRules,
  verdictCounts,
  worstOf,
} from './wording.ts'

const MOST_NAMED = 6

/** Labelled lines and, at the very end, the counts of the findings. What was not read, checked or shown is said here. */
export function summaryLines(result: LintResult, context: ReportContext, columns: number): string[] {
  const { colour } = context
  const lines: string[] = []
  const say = (label: string, text: string, paint: Paint = colour.dim) => {
    if (text !== '') lines.push(...labelled(label, [{ text }], columns, paint))
  }
  say('read', readText(result))
  say('language', languageText(result))
  say('checked', checkedText(result))
  for (const text of vacuousTexts(result)) say('vacuous', text)
  for (const text of notes(result)) say('note', text)
  say('unread', unreadText(result), colour.yellow)
  for (const file of result.notRead) if (!file.passedOver) say('not read', notReadText(file), colour.red)
  say('skipped', skippedText(result))
  for (const { finding, reason } of result.suppressed.slice(0, MOST_NAMED)) {
    const where = placeOf(finding.path, finding.range.start.line)
    const why = reason.trim() === '' ? 'no reason given' : quoted(reason)
    say('hidden', `suppressed: ${safeText(finding.rule)} at ${where}, ${why}`, colour.yellow)
  }
  const more = result.suppressed.length - MOST_NAMED
  if (more > 0) say('hidden', `and ${count(more, 'more suppressed finding')}`, colour.yellow)
  say('known', baselineText(result), colour.yellow)
  for (const text of fixedTexts(result)) say('fixed', text, colour.green)
  for (const text of leftTexts(result)) say('left', text, colour.yellow)
  return [...lines, '', ...closing(result, context, columns)]
}

function readText({ playbooks }: LintResult): string {
  if (playbooks.length === 0) return 'no playbook'
  const sum = (key: 'steps' | 'transitions') => playbooks.reduce((all, playbook) => all + playbook[key], 0)
  const linked = playbooks.filter(playbook => playbook.linked).length
  const only = linked > 0 ? ` (${linked} only because others lead there)` : ''
  return `${count(playbooks.length, 'playbook')}${only}, ${count(sum('steps'), 'step')}, ${count(sum('transitions'), 'transition')}`
}

/** Which languages were read, and how wayout knew. */
function languageText({ playbooks }: LintResult): string {
  const languages = [...new Set(playbooks.map(({ language }) => language))].sort()
  const texts = languages.map(language => {
    const own = playbooks.filter(playbook => playbook.language === language)
    const ways = (['declared', 'detected', 'default'] as const)
      .map(from => ({ from, number: own.filter(playbook => playbook.languageFrom === from).length }))
      .filter(({ number }) => number > 0)
      .map(({ from, number }) => `${number} ${from === 'default' ? 'by default' : from}`)
    return `${safeText(language)} (${ways.join(', ')})`
  })
  return list(texts, MOST_NAMED)
}

function checkedText({ rules }: LintResult): string {
  if (rules.length === 0) return 'no rule'
  const counts = verdictCounts(rules)
  const parts = [
    [counts.holds, 'hold'],
    [counts.violated, 'violated'],
    [counts.possible, 'possible'],
    [counts.vacuous, 'with nothing to check'],
    [counts['not-applicable'], 'not applicable'],
  ] as const
  const ids = new Set(rules.map(({ id }) => id)).size
  const shown = parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`)
  return `${count(ids, 'rule')}, ${count(rules.length, 'verdict')}: ${shown.join(', ')}`
}

/** Rules that had nothing to check, grouped by what the verdict says about it. */
function vacuousTexts({ rules }: LintResult): string[] {
  const notes = new Map(rules.map(({ id, note }) => [id, note ?? '']))
  return [...grouped(vacuousRules(rules).map(id => ({ id, note: notes.get(id)! })))].map(([note, ids]) => {
    const because = note === '' ? '' : ` (${note})`
    return `${count(ids.length, 'rule')} had nothing to check${because}, which is no pass: ${list(ids, MOST_NAMED)}`
  })
}

/** What verdicts other than findings have to say, such as "completed elsewhere: Billing". */
function notes({ rules }: LintResult): string[] {
  const told = rules.filter(
    ({ note, verdict }) => note !== null && (verdict === 'holds' || verdict === 'not-applicable'),
  )
  const texts = [...grouped(told.map(({ id, note }) => ({ id, note: note! })))].map(
    ([note, ids]) => `${note} (${list(ids, MOST_NAMED)})`,
  )
  const more = texts.length - MOST_NAMED
  return more > 0 ? [...texts.slice(0, MOST_NAMED), `and ${count(more, 'more note')}`] : texts
}

/** Note → the rules it stands at, each once, both harmless. */
function grouped(notes: readonly { id: string; note: string }[]): Map<string, string[]> {
  const groups = new Map<string, Set<string>>()
  for (const { id, note } of notes) {
    const key = safeText(note)
    groups.set(key, (groups.get(key) ?? new Set()).add(safeText(id)))
  }
  return new Map([...groups].map(([note, ids]) => [note, [...ids]]))
}

function unreadText({ playbooks }: LintResult): string {
  const partly = playbooks.filter(({ unread }) => unread.length > 0)
  if (partly.length === 0) return ''
  const passages = partly.reduce((all, { unread }) => all + unread.length, 0)
  const places = partly.map(({ path, unread }) => placeOf(path, unread[0]!.range.start.line))
  return `${count(passages, 'passage')} of the text could not be read as part of the flow (${list([...new Set(places)], 3)}); "wayout steps" shows them`
}

function notReadText({ path, reason, range }: NotRead): string {
  return `${range ? placeOf(path, range.start.line) : safeText(path)}: ${safeText(reason)}`
}

function skippedText({ notRead }: LintResult): string {
  const paths = notRead.filter(({ passedOver }) => passedOver).map(({ path }) => safeText(path))
  return paths.length === 0
    ? ''
    : `${count(paths.length, 'file')} of no form that wayout knows: ${list(paths, 4)}`
}

/** What the baseline holds, by rule; it does not fail. */
function baselineText({ baseline }: LintResult): string {
  if (!baseline) return ''
  const { path, findings, stale } = baseline
  const numbers = new Map<string, number>()
  for (const { rule } of findings) numbers.set(rule, (numbers.get(rule) ?? 0) + 1)
  const rules = [...numbers].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const named = rules.map(([rule, number]) => `${safeText(rule)}${number > 1 ? ` (${number})` : ''}`)
  const known =
    findings.length === 0
      ? 'no finding'
      : `${count(findings.length, 'finding')}, which do${findings.length === 1 ? 'es' : ''} not fail: ${list(named, MOST_NAMED)}`
  const old = stale === 0 ? '' : `; ${count(stale, 'line')} of it ${stale === 1 ? 'is' : 'are'} stale`
  return `baseline ${safeText(path)} holds ${known}${old}`
}

/** What `--fix` has done, every single thing. */
function fixedTexts({ repaired }: LintResult): string[] {
  return (repaired?.done ?? []).map(
    ({ path, line, description }) => `${placeOf(path, line)}: ${safeText(description)}`,
  )
}

/** What it could have done and did not, and why; and that the rest is for people. */
function leftTexts({ repaired, findings }: LintResult): string[] {
  if (!repaired) return []
  const texts = repaired.left.map(
    ({ path, line, description, reason }) =>
      `${placeOf(path, line)}: ${safeText(description)}: ${safeText(reason)}`,
  )
  const rest = findings.filter(({ repair }) => !repair).length
  const why = 'nothing that is safe to do without a person'
  return rest > 0 ? [...texts, `${count(rest, 'finding')}: ${why}`] : texts
}

/** The last lines: what was found, whether it fails, and where to read more. */
function closing(result: LintResult, context: ReportContext, columns: number): string[] {
  const { colour, failOn = 'error' } = context
  const { findings } = result
  const shown = shownFindings(result, context)
  const worst = worstOf(findings)
  const paint = worst ? severityPaint(worst, colour) : colour.green
  const remarks = [
    [findings.filter(({ verdict }) => verdict === 'possible').length, 'only possible'],
    [result.suppressed.length, 'suppressed'],
    [result.baseline?.findings.length ?? 0, 'in the baseline'],
    [findings.length - shown.length, 'not shown (quiet)'],
    [result.repaired ? 0 : findings.filter(({ repair }) => repair).length, 'fixable with --fix'],
  ] as const
  const parts = remarks.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`)
  if (findings.length > 0 && !findings.some(finding => fails(finding, failOn)))
    parts.push(`none fails (fail level "${failOn}")`)
  const spans: Span[] = [{ text: severityCounts(findings), paint: text => colour.bold(paint(text)) }]
  if (findings.length === 0) spans.push({ text: `: ${cleanText(result)}` })
  if (parts.length > 0) spans.push({ text: `(${parts.join(', ')})`, paint: colour.dim })
  const lines = wrap(spans, columns)
  const first = shown.find(({ severity }) => severity === worst)
  if (first && context.rules.some(({ id }) => id === first.rule)) {
    lines.push(colour.dim(`more: wayout explain ${safeText(first.rule)}`))
  }
  return lines
}

function cleanText(result: LintResult): string {
  const vacuous = vacuousRules(result.rules).length
  const rules = new Set(result.rules.map(({ id }) => id)).size
  const unsure = result.notRead.some(({ passedOver }) => !passedOver)
    ? ', but not everything could be read'
    : ''
  const idle = vacuous === 0 ? '' : `, of which ${vacuous} had nothing to check`
  return `${readText(result)}, ${count(rules, 'rule')}${idle}${unsure}`
}
