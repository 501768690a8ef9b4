// A line: the words of a paragraph, item or sentence as plain text that knows where each character stood, and its spans.

import type { Text, Voice } from '../../model/playbook.ts'
import type { Mark, Range } from '../../model/position.ts'
import { pointAt, rangeOf } from '../../model/position.ts'
import { bitsIn, plain, type Vocabulary } from './words.ts'

/** A stretch of a line with a meaning of its own. `value` is the text of a comment or the alternative text of an image. */
export type Span = {
  kind: 'link' | 'strong' | 'code' | 'comment' | 'image'
  from: number
  to: number
  url?: string
  value?: string
  range: Range
}

/** `text` keeps line breaks as `\n`. `range` is where it stands in the file, markup included where it is known. */
export type Line = {
  text: string
  marks: readonly Mark[]
  spans: readonly Span[]
  range: Range
  /** What was found out about the line once, so that it is not found out again. */
  memo?: Memo
}

/** `condition`, `jump` and `answer` are what other files make of the line; each file knows the type of its own. */
export type Memo = {
  low?: string
  bits?: number
  sentences?: readonly Line[]
  condition?: unknown
  jump?: unknown
  form?: string
  label?: unknown
}

export function memoOf(line: Line): Memo {
  line.memo ??= {}
  return line.memo
}

/** Which lists of the vocabulary may have a phrase in the line (see words.ts). */
export function has(line: Line, bits: number, words: Vocabulary): boolean {
  const memo = memoOf(line)
  memo.bits ??= bitsIn(lowOf(line), words)
  return (memo.bits & bits) !== 0
}

/** The text of a line in plain form (see words.ts). */
export function lowOf(line: Line): string {
  const memo = memoOf(line)
  memo.low ??= plain(line.text)
  return memo.low
}

/** The part of a line between two indices without the white space around it. O(length + log of the marks and spans). */
export function cut(line: Line, from: number, to: number = line.text.length): Line {
  let start = from
  let end = to
  while (start < end && isSpace(line.text.charCodeAt(start))) start++
  while (end > start && isSpace(line.text.charCodeAt(end - 1))) end--
  if (start === 0 && end === line.text.length) return line
  const point = pointAt(line, start)
  const marks: Mark[] = [{ at: 0, ...point }]
  for (let i = firstAfter(line.marks, start); i < line.marks.length && line.marks[i]!.at < end; i++) {
    const mark = line.marks[i]!
    marks.push({ at: mark.at - start, line: mark.line, column: mark.column })
  }
  const part: Line = {
    text: line.text.slice(start, end),
    marks,
    spans: spansIn(line, from, to, start, end - start),
    range: rangeOf(line, start, end),
  }
  if (line.memo?.low !== undefined) part.memo = { low: line.memo.low.slice(start, end) }
  return part
}

/** Spans that touch the stretch, none beyond its `length`; a comment between two sentences goes with the first. */
function spansIn(line: Line, from: number, to: number, shift: number, length: number): Span[] {
  const found: Span[] = []
  let low = 0
  let high = line.spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (line.spans[middle]!.from < from) low = middle + 1
    else high = middle
  }
  // A span may begin before the stretch and reach into it; spans of one kind do not nest, so few need to be looked at.
  for (let i = Math.max(0, low - 4); i < line.spans.length; i++) {
    const span = line.spans[i]!
    if (span.from > to || (span.from === to && span.kind !== 'comment' && span.kind !== 'image')) break
    const empty = span.kind === 'comment' || span.kind === 'image'
    if (empty ? span.from > from || (span.from === from && from === 0) : span.to > from) {
      found.push({
        ...span,
        from: Math.min(span.from - shift, length),
        to: Math.min(span.to - shift, length),
      })
    }
  }
  return found
}

function firstAfter(marks: readonly Mark[], at: number): number {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (marks[middle]!.at <= at) low = middle + 1
    else high = middle
  }
  return low
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9 || code === 0xa0
}

/** The words of a line as text of a step: line breaks become spaces, which moves nothing. */
export function textOf(line: Line, voice: Voice): Text {
  return { text: flat(line), marks: line.marks, voice }
}

export function flat(line: Line): string {
  return line.text.replace(/[\n\r\t\u00a0]/g, ' ')
}

/** Several lines as one, with a separator that belongs to the line before it. */
export function join(lines: readonly Line[], separator: string): Line {
  const first = lines[0]!
  if (lines.length === 1) return first
  const marks: Mark[] = []
  const spans: Span[] = []
  let text = ''
  for (const [i, line] of lines.entries()) {
    if (i > 0) text += separator
    for (const mark of line.marks) marks.push({ ...mark, at: mark.at + text.length })
    for (const span of line.spans)
      spans.push({ ...span, from: span.from + text.length, to: span.to + text.length })
    text += line.text
  }
  return { text, marks, spans, range: { start: first.range.start, end: lines.at(-1)!.range.end } }
}

export const EMPTY: Line = {
  text: '',
  marks: [],
  spans: [],
  range: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } },
}
