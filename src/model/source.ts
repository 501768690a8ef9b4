// A text that knows where in its file each character stands, and excerpts cut out of it piece by piece.
import type { Excerpt, Mark, Point, Range } from './position.ts'

export type Source = {
  readonly text: string
  /** Where in the file the character at `offset` of `text` stands (also one past the last). O(log lines). */
  point(offset: number): Point
}

/** A text whose first character stands at `first`; the lines after it begin in the same column (a block indented as a whole). */
export function sourceOf(text: string, first: Point = { line: 1, column: 1 }): Source {
  const starts = [0]
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
  const point = (offset: number): Point => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: first.line + low, column: first.column + offset - starts[low]! }
  }
  return { text, point }
}

/** The range of `text.slice(from, to)`. */
export function rangeIn(source: Source, from: number, to: number): Range {
  return { start: source.point(from), end: source.point(Math.max(from, to)) }
}

/** Collects an excerpt from pieces of a source, in any order, with words of our own in between. */
export type ExcerptBuilder = {
  /** Appends `text.slice(from, to)` as it stands. */
  take(from: number, to: number): void
  /** Appends words that stand for what is at `offset`: a decoded escape, a line break that became a space. */
  put(words: string, offset: number): void
  done(): Excerpt
}

/** Linear in what is appended (times the logarithm of the number of lines for each piece). */
export function excerptFrom(source: Source): ExcerptBuilder {
  const marks: Mark[] = []
  let text = ''
  let goesOnAt = -1
  const mark = (offset: number) => {
    if (offset !== goesOnAt) marks.push({ at: text.length, ...source.point(offset) })
  }
  return {
    take(from, to) {
      const piece = source.text.slice(from, to)
      let start = 0
      while (start < piece.length) {
        const newline = piece.indexOf('\n', start)
        const end = newline < 0 ? piece.length : newline + 1
        mark(from + start)
        text += piece.slice(start, end)
        goesOnAt = newline < 0 ? from + end : -1
        start = end
      }
    },
    put(words, offset) {
      if (words === '') return
      mark(offset)
      text += words
      goesOnAt = -1
    },
    done: () => ({ text, marks }),
  }
}

/** The excerpt of `text.slice(from, to)`. O(log marks + marks in it). */
export function part({ text, marks }: Excerpt, from: number, to: number): Excerpt {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (marks[middle]!.at <= from) low = middle + 1
    else high = middle
  }
  const kept: Mark[] = []
  // The mark that covers the first character moves up to it.
  const first = marks[low - 1]
  if (first) kept.push({ at: 0, line: first.line, column: first.column + from - first.at })
  for (let i = low; i < marks.length && marks[i]!.at < to; i++)
    kept.push({ ...marks[i]!, at: marks[i]!.at - from })
  return { text: text.slice(from, to), marks: kept }
}

/** An excerpt without the white space around it. */
export function trimmed(excerpt: Excerpt): Excerpt {
  const { text } = excerpt
  const from = text.length - text.trimStart().length
  const length = text.trim().length
  return length === text.length ? excerpt : part(excerpt, from, from + length)
}

/** Several excerpts one behind the other. */
export function joined(excerpts: readonly Excerpt[]): Excerpt {
  const marks: Mark[] = []
  let text = ''
  for (const excerpt of excerpts) {
    for (const mark of excerpt.marks) marks.push({ ...mark, at: mark.at + text.length })
    text += excerpt.text
  }
  return { text, marks }
}

/** Words that stand elsewhere (in another file): every character of them is said to be at `point`. */
export function pinned(text: string, point: Point): Excerpt {
  return { text, marks: Array.from({ length: Math.max(1, text.length) }, (_, at) => ({ at, ...point })) }
}
