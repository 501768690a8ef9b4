// The text of a scalar of YAML or JSON with the place of each of its characters, in all five notations.
import type { Excerpt, Mark } from '../model/position.ts'
import type { Source } from '../model/source.ts'

/** How a scalar is written; JSON has double quotes only. */
export type Style = 'plain' | 'single' | 'double' | 'block'

/** `text` is what the parser made of the source from `start` to `end`, quotation marks and signs included. */
export type Written = { text: string; start: number; end: number; style: Style }

/**
 * The text of a scalar as an excerpt. Folding, chomping and escapes are followed through the source; should the source
 * ever disagree with what the parser made of it, the rest of the text is placed where they parted, so every mark lies
 * inside the scalar. O(length · log lines).
 */
export function excerptOfScalar(source: Source, { text, start, end, style }: Written): Excerpt {
  const marking: Marking = { source, text, marks: [], at: 0, shift: Number.NaN }
  const quote = style === 'double' || style === 'single' ? 1 : 0
  if (source.text.startsWith(text, start + quote) && !text.includes('\n'))
    place(marking, start + quote, text.length)
  else if (style === 'block') markBlock(marking, start, end)
  else markFlow(marking, start + quote, end - quote, style)
  if (marking.at < text.length || marking.marks.length === 0) placeRest(marking, Math.min(start + quote, end))
  return { text, marks: marking.marks }
}

/** `at`: how much of `text` is placed; `shift`: offset in the source minus index in `text` at the last mark. */
type Marking = { source: Source; text: string; marks: Mark[]; at: number; shift: number }

/** Says that the next `length` characters of the text stand at `offset` and onwards, on one line. */
function place(marking: Marking, offset: number, length: number, always = false): void {
  const { at, marks, source } = marking
  if (at >= marking.text.length && at > 0) return
  if (always || offset - at !== marking.shift) {
    marks.push({ at, ...source.point(offset) })
    marking.shift = offset - at
  }
  marking.at += length
}

/** Puts what is left of the text at one place: a mark a character, so that none runs out of the scalar. */
function placeRest(marking: Marking, offset: number): void {
  const point = marking.source.point(marking.marks.length > 0 ? marking.at + marking.shift - 1 : offset)
  for (let at = marking.at; at < Math.max(marking.text.length, 1); at++) marking.marks.push({ at, ...point })
  marking.at = marking.text.length
}

const isBlank = (char: string | undefined) => char === ' ' || char === '\t'

/** Plain and quoted scalars: line breaks fold to a space, or to one break less than there are; quotes may escape. */
function markFlow(marking: Marking, from: number, to: number, style: Style): void {
  const { text } = marking.source
  let offset = from
  while (offset < to && marking.at < marking.text.length) {
    const char = text[offset]!
    const wasAt = marking.at
    if (isBlank(char) || char === '\n' || char === '\r') offset = markSpace(marking, offset, to)
    else if (char === '\\' && style === 'double') offset = markEscape(marking, offset)
    else {
      if (marking.text[wasAt] !== char) return
      place(marking, offset, 1)
      offset += char === "'" && style === 'single' ? 2 : 1
    }
  }
}

/** White space: kept as it is within a line, folded around line breaks. Returns the offset after it. */
function markSpace(marking: Marking, from: number, to: number): number {
  const { text } = marking.source
  const breaks: number[] = []
  let end = from
  for (; end < to; end++) {
    if (text[end] === '\n') breaks.push(end)
    else if (!isBlank(text[end]) && !(text[end] === '\r' && text[end + 1] === '\n')) break
  }
  if (breaks.length === 0) {
    const length = Math.max(end - from, 1)
    place(marking, from, length)
    return from + length
  }
  const folded = breaks.length === 1 ? 1 : breaks.length - 1
  for (let i = 0; i < folded; i++) place(marking, breaks[i]!, 1, true)
  marking.shift = Number.NaN
  return end
}

/** How many hexadecimal digits follow these escapes. */
const DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 }

/** An escape stands for one character (or the two halves of one); an escaped line break for none. */
function markEscape(marking: Marking, from: number): number {
  const { text } = marking.source
  const next = text[from + 1] ?? ''
  if (next === '\n' || (next === '\r' && text[from + 2] === '\n')) {
    let end = from + (next === '\n' ? 2 : 3)
    while (isBlank(text[end])) end++
    marking.shift = Number.NaN
    return end
  }
  const digits = DIGITS[next] ?? 0
  const pair = digits === 8 && (marking.text.codePointAt(marking.at) ?? 0) > 0xffff
  place(marking, from, pair ? 2 : 1, true)
  marking.shift = Number.NaN
  return from + 2 + digits
}

/** Block scalars: each line stands as it is but for its indentation. */
function markBlock(marking: Marking, from: number, to: number): void {
  const { text } = marking.source
  let lineStart = text.indexOf('\n', from) + 1
  if (lineStart === 0) return
  const indent = blockIndent(marking.text, text, lineStart, to)
  let lastEnd = lineStart - 1
  const blankEnds: number[] = []
  while (lineStart < to && marking.at < marking.text.length) {
    let lineEnd = text.indexOf('\n', lineStart)
    if (lineEnd === -1 || lineEnd > to) lineEnd = to
    const contentEnd = text[lineEnd - 1] === '\r' && lineEnd > lineStart ? lineEnd - 1 : lineEnd
    const content = text.slice(Math.min(lineStart + indent, contentEnd), contentEnd)
    if (content === '') blankEnds.push(lineEnd)
    else {
      markSeparators(marking, content, [lastEnd, ...blankEnds.splice(0)])
      // The text has lost the white space at its very end.
      const rest = Math.min(content.length, marking.text.length - marking.at)
      if (!content.startsWith(marking.text.slice(marking.at, marking.at + rest))) return
      place(marking, contentEnd - content.length, rest, true)
      lastEnd = lineEnd
    }
    lineStart = lineEnd + 1
  }
}

/** The line breaks, or the one space, that folding left between two lines: they stand at the ends of the lines. */
function markSeparators(marking: Marking, content: string, ends: number[]): void {
  const { text } = marking
  let i = 0
  while (text[marking.at] === '\n') place(marking, ends[Math.min(i++, ends.length - 1)]!, 1, true)
  if (i === 0 && marking.at > 0 && text[marking.at] === ' ' && !isBlank(content[0]))
    place(marking, ends[0]!, 1, true)
}

/** What was cut from the lines: what the first line with words has more before them in the source than in the text. */
function blockIndent(value: string, text: string, from: number, to: number): number {
  let first = from
  while (first < to && (text[first] === ' ' || text[first] === '\n' || text[first] === '\r')) first++
  let own = 0
  while (own < value.length && (value[own] === ' ' || value[own] === '\n')) own++
  const inSource = first - (text.lastIndexOf('\n', first - 1) + 1)
  const inValue = own - (value.lastIndexOf('\n', own - 1) + 1)
  return Math.max(0, inSource - inValue)
}
