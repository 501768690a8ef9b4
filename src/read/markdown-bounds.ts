// Where a Markdown text exceeds what its parser, whose time grows with the square of several things, can bear.
import { type Fences, isInFence } from './markdown-fence.ts'
import { cellsOf, dashesIn, marksIn, type Prefix, prefixOf } from './markdown-line.ts'

/** What is allowed; found by measuring, so that the worst input within the bounds takes a few seconds. */
export type Bounds = {
  /** How deep lists and quotes may nest. Real documents go to five. */
  depth: number
  /** Separate lists, quotes and underlined headings in the file: the parser's time grows with their square. */
  lists: number
  headings: number
  /** Marks of emphasis, links, images (four each), code and tables in a paragraph or table row. */
  marks: number
  /** Such marks in the file; a dense handbook has one in fifty characters. */
  marksInAll: number
  paragraphLines: number
  lines: number
  characters: number
}

export const BOUNDS: Bounds = {
  depth: 16,
  lists: 2_000,
  headings: 10_000,
  marks: 1_000,
  marksInAll: 100_000,
  paragraphLines: 2_000,
  lines: 20_000,
  characters: 1_000_000,
}

/** A part of the text that must not reach the parser; `isRest`: all from there on. */
export type Cut = { from: number; to: number; bound: string; isRest: boolean }

type Scan = {
  bounds: Bounds
  cuts: Cut[]
  lines: number
  lists: number
  headings: number
  marksInAll: number
  paragraph: Paragraph
  quoteDepth: number
  /** List items that may be open, none closed too early: for the depth. */
  nested: { column: number; sign: string }[]
  /** List items that are open for certain, with the column of their text: for what ends a paragraph. */
  open: { content: number }[]
  /** The smallest indentation of a line of text since the last list sign. */
  textIndent: number
  fences: Fences
}

/** What may belong to one paragraph, as the parser sees it: lines up to a blank one or to what certainly starts anew. */
type Paragraph = {
  marks: number
  lines: number
  /** Over its bound: its further lines are left out. */
  isOver: boolean
  isTable: boolean
  /** The line before. */
  before: { rest: string; prefix: Prefix } | null
  /** A line since the last blank one had signs of a list or quote, so that further lines may belong to it without any. */
  hasSigns: boolean
  /** The most quote signs on a line since the last blank one. */
  quotes: number
}

/** A new paragraph; what holds until the next blank line is taken from the one before. */
function noParagraph(before?: Paragraph): Paragraph {
  const { hasSigns = false, quotes = 0 } = before ?? {}
  return { marks: 0, lines: 0, isOver: false, isTable: false, before: null, hasSigns, quotes }
}

/**
 * The parts of a Markdown text that are over a bound, in order. It never takes for harmless what the parser may see
 * as structure: where the two could differ (in fences, HTML, tables, lists), the text is counted. O(length).
 */
export function cutsIn(text: string, bounds = BOUNDS): Cut[] {
  const scan: Scan = {
    bounds,
    cuts: [],
    lines: 0,
    lists: 0,
    headings: 0,
    marksInAll: 0,
    paragraph: noParagraph(),
    quoteDepth: 0,
    nested: [],
    open: [],
    textIndent: 0,
    fences: { fence: null, html: undefined, areTrusted: true },
  }
  let from = frontMatterEnd(text)
  while (from < text.length) {
    const newline = text.indexOf('\n', from)
    const to = newline === -1 ? text.length : newline
    const isTooLong = to > bounds.characters
    const bound = isTooLong
      ? `more than ${bounds.characters} characters`
      : scanLine(scan, text.slice(from, to).trimEnd(), from, to)
    if (bound !== null) {
      scan.cuts.push({ from, to: text.length, bound, isRest: true })
      break
    }
    from = to + 1
  }
  return joined(scan.cuts)
}

/** Looks at one line. What the file has too much of with this line, if anything. */
function scanLine(scan: Scan, line: string, from: number, to: number): string | null {
  scan.lines++
  if (scan.lines > scan.bounds.lines) return `more than ${scan.bounds.lines} lines`
  const prefix = prefixOf(line, scan.bounds.depth)
  const rest = line.slice(prefix.end)
  if (isInFence(scan.fences, line, prefix, rest, scan.nested.length > 0)) {
    scan.paragraph = noParagraph(scan.paragraph)
    return null
  }
  if (line === '') {
    scan.paragraph = noParagraph()
    scan.quoteDepth = 0
    return null
  }
  const listsBefore = scan.lists
  if (depthOf(scan, prefix) > scan.bounds.depth) {
    scan.lists = listsBefore
    leaveOut(scan, from, to, `lists and quotes nested more than ${scan.bounds.depth} deep`)
    return null
  }
  countBlocks(scan, prefix, rest)
  if (scan.lists > scan.bounds.lists)
    return `more than ${scan.bounds.lists} lists, quotes and underlined headings`
  if (scan.headings > scan.bounds.headings) return `more than ${scan.bounds.headings} headings`
  return countMarks(scan, prefix, line, from, to)
}

/** How deep the signs of this line nest, and keeps account of the lists that may be open. Counts lists that begin. */
function depthOf(scan: Scan, { indent, quotes, lists }: Prefix): number {
  const { nested } = scan
  let depth = quotes + nested.filter(({ column }) => column < indent).length
  for (const { column, sign } of lists) {
    while (nested.length > 0 && nested.at(-1)!.column > column) nested.pop()
    const last = nested.at(-1)
    const isSibling =
      last?.column === column && last.sign === sign && scan.textIndent > column && scan.quoteDepth === quotes
    if (last?.column === column) nested.pop()
    if (!isSibling) scan.lists++
    nested.push({ column, sign })
    depth = Math.max(depth, quotes + nested.length)
  }
  return depth
}

/** Counts headings and quotes, and decides whether the line certainly starts a new paragraph. */
function countBlocks(scan: Scan, prefix: Prefix, rest: string): void {
  const { indent, quotes, lists } = prefix
  // A quote within a list item, or behind one, may be another than that of the line before.
  const isNearList = lists.length > 0 || scan.textIndent === Number.POSITIVE_INFINITY
  scan.lists += isNearList ? quotes : Math.max(0, quotes - scan.quoteDepth)
  scan.quoteDepth = quotes
  if (scan.paragraph.before && /^(?:=+|-+)$/.test(rest)) scan.lists++
  const isHeading = /^#{1,6}(?:[ \t]|$)/.test(rest)
  if (isHeading) scan.headings++
  const startsItem = startsItemForCertain(scan, prefix, rest)
  scan.textIndent = lists.length > 0 ? Number.POSITIVE_INFINITY : Math.min(scan.textIndent, indent)
  const { paragraph } = scan
  // An empty item is text within a paragraph, an empty quote is none; a heading or quote must not be too far to the right.
  const startsQuote =
    prefix.startsWithQuote && indent < 4 && (quotes > paragraph.quotes || (rest === '' && lists.length === 0))
  paragraph.hasSigns ||= quotes + lists.length > 0
  paragraph.quotes = Math.max(paragraph.quotes, quotes)
  if (startsItem || startsQuote || (isHeading && prefix.end === 0)) scan.paragraph = noParagraph(paragraph)
}

/**
 * True if the first sign of the line starts a list item whatever stands before it. Signs too far to the right, empty
 * items, and numbers other than 1 do not interrupt a paragraph, unless they go on with a list.
 */
function startsItemForCertain(scan: Scan, { indent, quotes, lists }: Prefix, rest: string): boolean {
  const { open } = scan
  const openBefore = open.length
  while (open.length > 0 && open.at(-1)!.content > indent) open.pop()
  const [first] = lists
  if (!first || quotes > 0) return false
  const isNear = indent - (open.at(-1)?.content ?? 0) < 4
  const goesOn = open.length < openBefore
  if (!isNear || !(goesOn || (rest !== '' && first.isFirst))) return false
  for (const { content } of lists) open.push({ content })
  return true
}

function countMarks(scan: Scan, prefix: Prefix, line: string, from: number, to: number): string | null {
  const { paragraph } = scan
  const rest = line.slice(prefix.end)
  if (startsTable(paragraph, prefix, rest)) paragraph.isTable = true
  else if (/^[#`~<*_+=-]/.test(rest) || prefix.lists.length > 0) paragraph.isTable = false
  if (paragraph.isTable) paragraph.marks = 0
  // What looks like the sign of a list may be text of the paragraph.
  const marks = marksIn(line)
  paragraph.marks += marks
  paragraph.lines++
  paragraph.before = { rest, prefix }
  const { bounds } = scan
  if (paragraph.marks > bounds.marks) paragraph.isOver = true
  if (paragraph.isOver || paragraph.lines > bounds.paragraphLines) {
    const what = paragraph.isOver ? `${bounds.marks} marks of ${MARKS}` : `${bounds.paragraphLines} lines`
    leaveOut(scan, from, to, `more than ${what} in one paragraph`)
    paragraph.isOver &&= !paragraph.isTable
    return null
  }
  scan.marksInAll += marks
  return scan.marksInAll > bounds.marksInAll ? `more than ${bounds.marksInAll} marks of ${MARKS}` : null
}

const MARKS = 'emphasis, links, code and tables'

/** Blanks a line. The parser then no longer sees what we saw, so no fence is believed from here on. */
function leaveOut(scan: Scan, from: number, to: number, bound: string): void {
  scan.cuts.push({ from, to, bound, isRest: false })
  scan.fences.areTrusted = false
}

/** A row of dashes under a row of as many cells, when both stand for certain in the same place. */
function startsTable({ before, hasSigns }: Paragraph, prefix: Prefix, rest: string): boolean {
  if (!before) return false
  const cells = dashesIn(rest)
  if (cells === 0 || cellsOf(before.rest).length !== cells || prefix.lists.length > 0) return false
  const { quotes, lists, content, indent } = before.prefix
  // Far to the right neither row would be one; how far that is depends on the list item one may be in.
  const start = lists.length > 0 ? content : 0
  if (prefix.indent < start || prefix.indent > start + 3 || indent > 3) return false
  if (lists.length > 0) return quotes === 0 && prefix.quotes === 0
  return prefix.quotes === quotes && (quotes > 0 || !hasSigns)
}

/** Cuts for the same reason on lines that follow each other are one. */
function joined(cuts: Cut[]): Cut[] {
  const result: Cut[] = []
  for (const cut of cuts) {
    const last = result.at(-1)
    if (last && last.bound === cut.bound && last.to + 1 === cut.from) last.to = cut.to
    else result.push({ ...cut })
  }
  return result
}

/** Front matter is for another parser. Without an end it is none. */
function frontMatterEnd(text: string): number {
  if (!/^---[ \t]*\r?\n/.test(text)) return 0
  const close = /\n---[ \t]*(?:\r?\n|$)/.exec(text)
  return close ? close.index + close[0].length : 0
}
