// A stretch of the text as the parser gives it: two offsets.
import type { Range } from '../../model/position.ts'
import type { Source } from '../../model/source.ts'

/** From one offset of the text up to another; the nodes of the parser carry a third, which does not matter here. */
export type Span = readonly [from: number, to: number, ...rest: number[]]

/** The range of a span; offsets outside the text (errors at its end have such) are moved to its ends. O(log lines). */
export function rangeAt({ text, point }: Source, [from, to]: Span): Range {
  const start = point(within(text, from))
  return { start, end: to <= from ? start : point(within(text, to)) }
}

function within(text: string, offset: number): number {
  return Math.min(Math.max(offset, 0), text.length)
}
