// Where something stands in a file. Lines and columns are 1-based and count UTF-16 code units.

export type Point = { line: number; column: number }

/** `end` is exclusive: the column after the last character. */
export type Range = { start: Point; end: Point }

/** A range in a file; `path` is as shown to the user, with `/` between folders. */
export type Place = { path: string; range: Range }

/**
 * Text taken out of a file, which knows where each of its characters stood there.
 * `text` may differ from the source (folded lines, markup removed); each mark says that from index `at` of
 * `text` on, characters stand at `line` and `column` and onwards, until the next mark.
 */
export type Excerpt = { text: string; marks: readonly Mark[] }
export type Mark = { at: number; line: number; column: number }

/** The point in the file of index `index` of the excerpt. Binary search: O(log marks). */
export function pointAt(excerpt: Excerpt, index: number): Point {
  const { marks } = excerpt
  let low = 0
  let high = marks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (marks[middle]!.at <= index) low = middle
    else high = middle - 1
  }
  const mark = marks[low]
  if (!mark) return { line: 1, column: 1 }
  return { line: mark.line, column: mark.column + Math.max(0, index - mark.at) }
}

/** The range in the file of `text.slice(from, to)`. */
export function rangeOf(excerpt: Excerpt, from: number, to: number): Range {
  const start = pointAt(excerpt, from)
  if (to <= from) return { start, end: start }
  const last = pointAt(excerpt, to - 1)
  return { start, end: { line: last.line, column: last.column + 1 } }
}

/** An excerpt that stands in the file on one line exactly as written. */
export function excerptAt(text: string, start: Point): Excerpt {
  return { text, marks: [{ at: 0, line: start.line, column: start.column }] }
}

/** Orders points as they stand in a file. */
export function comparePoints(a: Point, b: Point): number {
  return a.line - b.line || a.column - b.column
}
