// Findings for people: the broken promise, the line, the path as a dialogue, why it matters and how to repair it.
import { ACTS } from '../model/act.ts'
import type { Because, Finding, LintResult } from '../model/finding.ts'
import type { Colour, Paint, ReportContext } from './context.ts'
import type { Told } from './dialogue.ts'
import { frameLines, frameOf, lineFinder } from './frame.ts'
import { INDENT, labelled, pasted, readable, severityPaint } from './label.ts'
import { clip, type Span } from './layout.ts'
import { pathLines } from './pretty-path.ts'
import { summaryLines } from './pretty-summary.ts'
import { proofLines } from './proof-text.ts'
import { printed, safeText } from './safe.ts'
import { lawText, list, placeOf, quoted, shownFindings } from './wording.ts'

const MOST_EVIDENCE = 3
const MOST_QUOTED = 120

type Page = {
  columns: number
  colour: Colour
  /** The paths told so far. */
  told: Told
  line(path: string, line: number): string | undefined
}

/** The default format of `wayout lint` on a terminal. */
export function report(result: LintResult, context: ReportContext): string {
  const page: Page = {
    columns: readable(context.columns),
    colour: context.colour,
    told: new Map(),
    line: lineFinder(context.source),
  }
  const lines: string[] = []
  for (const [path, findings] of byPath(shownFindings(result, context))) {
    const isRemark = ({ severity }: Finding) => severity === 'info'
    lines.push(page.colour.bold(page.colour.underline(safeText(path))), '')
    for (const finding of findings) if (!isRemark(finding)) lines.push(...findingLines(finding, page), '')
    const remarks = findings.filter(isRemark)
    for (const finding of remarks) lines.push(...remarkLines(finding, page))
    if (remarks.length > 0) lines.push('')
  }
  if (result.proofs) lines.push(...proofLines(result.proofs, page.columns, page.colour))
  return printed([...lines, ...summaryLines(result, context, page.columns)])
}

function findingLines(finding: Finding, page: Page): string[] {
  const { colour, columns, told } = page
  const paint = severityPaint(finding.severity, colour)
  const headline = [{ text: safeText(finding.message), paint: colour.bold }]
  return [
    ...labelled(finding.severity, headline, columns, text => colour.bold(paint(text))),
    ...labelled(
      '',
      [place(finding), { text: safeText(finding.rule), paint: colour.dim, apart: true }],
      columns,
    ),
    ...frame(finding, page, paint),
    ...pathLines(finding, told, columns, colour),
    '',
    ...explanation(finding, page),
  ]
}

function frame(finding: Finding, { columns, colour, line }: Page, paint: Paint): string[] {
  const source = line(finding.path, finding.range.start.line)
  const shown = source === undefined ? undefined : frameOf(source, finding.range, columns - INDENT - 2)
  return shown ? ['', ...frameLines(shown, INDENT - 1, { number: colour.dim, mark: paint })] : []
}

function explanation(finding: Finding, { columns, colour }: Page): string[] {
  const possible = finding.verdict === 'possible'
  const lines = possible
    ? labelled('possible', [{ text: onlyPossible(finding) }], columns, colour.yellow)
    : []
  lines.push(...evidence(finding, columns, colour))
  if (possible && finding.confirm) lines.push(...pasted('confirm', finding.confirm, columns, colour.yellow))
  if (finding.why !== '')
    lines.push(...labelled('why', [{ text: safeText(finding.why) }], columns, colour.cyan))
  for (const law of finding.law) {
    const address = law.url ? [{ text: safeText(law.url), paint: colour.dim, apart: true }] : []
    lines.push(
      ...labelled(
        'law',
        [{ text: lawText(law) + (law.note ? `; ${safeText(law.note)}` : '') }, ...address],
        columns,
        colour.cyan,
      ),
    )
  }
  if (finding.fix !== '') lines.push(...pasted('fix', finding.fix, columns, colour.green))
  if (finding.repair)
    lines.push(
      ...labelled(
        '--fix',
        [{ text: `would ${safeText(finding.repair.description)}` }],
        columns,
        colour.green,
      ),
    )
  return lines
}

/** What would have to be meant for the finding to be true, in the author's words. */
function onlyPossible({ because, path }: Finding): string {
  const parts = because.filter(isSuspected).map(({ act, phrase, line, path: file }) => {
    const where = `line ${line}${file === path ? '' : ` of ${safeText(file)}`}`
    const meant = `${Object.hasOwn(ACTS, act) ? ACTS[act]!.title : safeText(act)} (${safeText(act)})`
    return phrase === null
      ? `${where} is meant as ${meant}`
      : `${quoted(clip(phrase, MOST_QUOTED))} in ${where} is meant as ${meant}`
  })
  if (parts.length === 0) return 'not certain: part of it is only suggested by the words'
  return `only if ${list(parts, MOST_EVIDENCE)}`
}

/** What the finding was read from: prose can be misread, so it is shown. Declared acts need no such line. */
function evidence(finding: Finding, columns: number, colour: Colour): string[] {
  const suspectedAbove = finding.verdict === 'possible'
  const read = finding.because.filter(
    because => because.phrase !== null && !(suspectedAbove && isSuspected(because)),
  )
  const lines = read.slice(0, MOST_EVIDENCE).flatMap(because => {
    return labelled('read', [{ text: readFrom(because, finding.path) }], columns, colour.cyan)
  })
  const more = read.length - MOST_EVIDENCE
  return more > 0
    ? [...lines, ...labelled('', [{ text: `and ${more} more`, paint: colour.dim }], columns)]
    : lines
}

function isSuspected({ evidence }: Because): boolean {
  return evidence === 'suspected' || evidence === 'hint'
}

function readFrom(because: Because, path: string): string {
  const file = because.path === path ? '' : ` of ${safeText(because.path)}`
  return `from line ${because.line}${file}: ${quoted(clip(because.phrase ?? '', MOST_QUOTED))} (${safeText(because.act)}, ${because.evidence})`
}

/** A finding of severity info: its message and place, no more. */
function remarkLines(finding: Finding, { columns, colour }: Page): string[] {
  const dim = (span: Span) => ({ ...span, paint: colour.dim, apart: true })
  const spans = [
    { text: safeText(finding.message) },
    dim(place(finding)),
    dim({ text: safeText(finding.rule) }),
  ]
  return labelled('info', spans, columns, colour.cyan)
}

function place({ path, range }: Finding): Span {
  return { text: placeOf(path, range.start.line, range.start.column), apart: true }
}

function byPath(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const group = groups.get(finding.path)
    if (group) group.push(finding)
    else groups.set(finding.path, [finding])
  }
  return groups
}
