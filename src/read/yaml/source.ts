// Where an offset of a text stands as line and column.
import type { Point, Range } from '../../model/position.ts'

/** A text and the offsets at which its lines start. `line` is the last line asked for; the next is mostly near. */
export type Source = { text: string; lineStarts: number[]; line: number }

/** From one offset of the text up to another; the nodes of the parser carry a third, which does not matter here. */
export type Span = readonly [from: number, to: number, ...rest: number[]]

/** Finds the lines of a text, which end with `\n` (or `\r\n`). O(length). */
export function sourceOf(text: string): Source {
  const lineStarts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1)
  return { text, lineStarts, line: 0 }
}

/** How many lines are tried one by one before the search jumps. */
const NEAR = 4

/** The point of an offset; offsets outside the text are moved to its ends. O(log lines), mostly O(1). */
export function pointOf(source: Source, offset: number): Point {
  const { lineStarts } = source
  const at = Math.min(Math.max(offset, 0), source.text.length)
  let low = lineStarts[source.line]! <= at ? source.line : 0
  let high = lineStarts.length - 1
  for (let tries = 0; tries < NEAR && low < high && lineStarts[low + 1]! <= at; tries++) low++
  if (low < high && lineStarts[low + 1]! > at) high = low
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (lineStarts[middle]! <= at) low = middle
    else high = middle - 1
  }
  source.line = low
  return { line: low + 1, column: at - lineStarts[low]! + 1 }
}

/** The range of a span. */
export function rangeAt(source: Source, [from, to]: Span): Range {
  const start = pointOf(source, from)
  return { start, end: to <= from ? start : pointOf(source, to) }
}
