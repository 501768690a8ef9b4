// Parses the body of a mermaid flowchart: statements of nodes and arrows, subgraphs, and what has no meaning for the flow.
import { type ArrowToken, arrowAt } from './arrow.ts'
import { addArrow, complain, type Diagram, openGroup } from './diagram.ts'
import { labelOf } from './label.ts'
import { type Mention, nodesHere, unquoted } from './node.ts'
import {
  groupOf,
  idEnd,
  lineEndAt,
  moveTo,
  type Scan,
  type Span,
  scanFrom,
  skipBetween,
  skipBroken,
  spaces,
} from './scan.ts'
import { quotedAt, shapeAt } from './shape.ts'

/** Statements that only dress the picture. */
const DRESSING = /(?:style|linkStyle|classDef|class|click|direction|accTitle|accDescr)(?=[\s:{])/y
const KEYWORD = /(subgraph|end)(?=[\s;]|$)/y
/** The name of an arrow, `e1@-->`. */
const ARROW_NAME = /[\w-]{1,80}@(?=[xo<]?[-=~])/y

const LONGEST_TOOLTIP = 500

/** Reads from `from` (behind the header) to the end. Never throws; linear. */
export function parseFlowchart(diagram: Diagram, from: number): void {
  const scan = scanFrom(diagram, from)
  while (skipBetween(scan)) {
    const keyword = match(KEYWORD, scan)
    if (match(DRESSING, scan) !== undefined) skipDressing(scan)
    else if (keyword === 'subgraph') subgraph(scan)
    else if (keyword === 'end') endSubgraph(scan)
    else statement(scan)
  }
  for (const group of scan.open) {
    const { title, range } = diagram.groups[group]!
    const message = `the subgraph "${title}" is not closed; expected "end"`
    diagram.problems.push({ rule: 'syntax', message, range })
  }
}

function match(pattern: RegExp, scan: Scan, at = scan.pos): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(scan.text)?.[0]
}

/** To the end of the line or a `;`; `accDescr { … }` may go over several lines. */
function skipDressing(scan: Scan): void {
  const { text } = scan
  if (/^accDescr\s*\{/.test(text.slice(scan.pos, scan.pos + 40))) {
    const close = text.indexOf('}', scan.pos)
    moveTo(scan, close < 0 ? text.length : close + 1)
    return
  }
  while (scan.pos < scan.lineEnd && text[scan.pos] !== ';') {
    const quoted = text[scan.pos] === '"' ? quotedAt(text, scan.pos) : undefined
    // A tooltip may go over two or three lines.
    if (quoted && quoted.end < scan.pos + LONGEST_TOOLTIP) moveTo(scan, quoted.end)
    else scan.pos++
  }
}

/** `subgraph id [Title]`, `subgraph "Title"`, `subgraph Title in words` */
function subgraph(scan: Scan): void {
  const { diagram, text, pos: from } = scan
  const at = Math.min(scan.lineEnd, spaces(text, from + 'subgraph'.length))
  const stop = text.slice(at, scan.lineEnd).search(/;|%%/)
  let end = stop < 0 ? scan.lineEnd : at + stop
  const id = text.slice(at, idEnd(text, at, end))
  const bracket = spaces(text, at + id.length)
  const shape = text[at] === '"' || bracket >= end ? undefined : shapeAt(text, bracket, end)
  let words: Span = { from: at, to: end }
  if (text[at] === '"') words = quotedAt(text, at) ?? words
  else if (shape && shape !== 'open') words = unquoted(text, shape.label)
  if (shape && shape !== 'open') end = Math.max(end, shape.end)
  const title = labelOf(diagram.source, words.from, words.to).text
  const name = shape && shape !== 'open' ? id : text.slice(words.from, words.to).trim()
  const range = { start: diagram.source.point(from), end: diagram.source.point(end) }
  scan.open.push(openGroup(diagram, { id: name, title: title || name, range, parent: groupOf(scan) }))
  moveTo(scan, end)
}

function endSubgraph(scan: Scan): void {
  if (scan.open.pop() === undefined)
    complain(scan.diagram, '"end" without a subgraph', scan.pos, scan.pos + 'end'.length)
  scan.pos += 'end'.length
}

/** `a & b --> c -- label --> d`, or a node alone. */
function statement(scan: Scan): void {
  let nodes = nodesHere(scan)
  while (nodes) nodes = arrowFrom(scan, nodes)
}

/** The arrow from these nodes, if one follows (it may stand on the line below): connects them and returns its targets. */
function arrowFrom(scan: Scan, sources: Mention[]): Mention[] | undefined {
  let at = spaces(scan.text, scan.pos)
  at += match(ARROW_NAME, scan, at)?.length ?? 0
  const arrow = arrowAt(scan.text, at, lineEndAt(scan, at))
  if (arrow === undefined) return undefined
  if (arrow === 'open')
    return skipBroken(scan, at, 'the arrow with a label does not end; expected "-->" on the same line')
  moveTo(scan, spaces(scan.text, arrow.end))
  const label = scan.text[scan.pos] === '|' ? labelInBars(scan) : arrow.label
  if (label === 'open')
    return skipBroken(scan, scan.pos, 'the label of the arrow is not closed; expected "|"')
  const targets = nodesHere(scan)
  if (targets && !arrow.invisible) connect(scan, sources, targets, arrow, at, label)
  return targets
}

function labelInBars(scan: Scan): Span | 'open' {
  const { text, pos } = scan
  const quoted = text[pos + 1] === '"' ? quotedAt(text, pos + 1) : undefined
  const from = quoted?.end ?? pos + 1
  const bar = text.slice(from, lineEndAt(scan, from)).indexOf('|')
  if (bar < 0) return 'open'
  moveTo(scan, spaces(text, from + bar + 1))
  return { from: pos + 1, to: from + bar }
}

function connect(
  scan: Scan,
  sources: Mention[],
  targets: Mention[],
  arrow: ArrowToken,
  from: number,
  span: Span | undefined,
): void {
  const { diagram } = scan
  const { source } = diagram
  const bare = span && unquoted(source.text, span)
  const label = bare && labelOf(source, bare.from, bare.to)
  const start = source.point(from)
  const rest = { group: groupOf(scan), uncertain: arrow.headless, ...(label?.text ? { label } : {}) }
  for (const a of sources) {
    for (const b of targets) {
      const target = { start: source.point(b.from), end: source.point(b.to) }
      const range = { start, end: target.end }
      if (!addArrow(diagram, { from: a.id, to: b.id, target, range, ...rest })) return
      if (!arrow.both) continue
      const back = { start: source.point(a.from), end: source.point(a.to) }
      addArrow(diagram, { from: b.id, to: a.id, target: back, range, ...rest })
    }
  }
}
