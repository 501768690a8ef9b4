// The raw words of a paragraph, heading or cell: what the parser left of its lines, each knowing where it stood.
import type { PhrasingContent } from 'mdast'
import type { Mark, Point, Range } from '../../model/position.ts'

type Place = { line: number; column: number; offset?: number | undefined }
type Placed = { position?: { start: Place; end: Place } | undefined }

export function placeOf(node: Placed): Range {
  const { start, end } = node.position!
  return { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } }
}

/** `text` is Markdown still, without the quote signs and indentation in front of its lines. */
export type Raw = { text: string; marks: Mark[]; range: Range }

/** `source` is the text that was parsed: offsets of nodes index into it. Linear. */
export function rawOf(nodes: readonly PhrasingContent[], source: string): Raw {
  const marks: Mark[] = []
  let text = ''
  for (const node of nodes) {
    const start = node.position!.start
    if (node.type === 'break') {
      marks.push({ at: text.length, line: start.line, column: start.column })
      text += '\n'
    } else if ('value' in node) text = append(text, node.value, start, source, marks)
  }
  return { text, marks, range: { start: placeOf(nodes[0]!).start, end: placeOf(nodes.at(-1)!).end } }
}

function append(text: string, value: string, start: Place, source: string, marks: Mark[]): string {
  let { line, column } = start
  let from = start.offset! - column + 1
  let all = text
  for (const [i, part] of value.split('\n').entries()) {
    const words = part.endsWith('\r') ? part.slice(0, -1) : part
    if (i > 0) {
      all += '\n'
      const newline = source.indexOf('\n', from)
      from = newline < 0 ? source.length : newline + 1
      line++
      column = 1
      while (
        !source.startsWith(words, from + column - 1) &&
        ' \t>'.includes(source[from + column - 1] ?? 'x')
      )
        column++
    }
    marks.push({ at: all.length, line, column })
    all += words
    if (i > 0 || value.includes('\n')) {
      // The line break itself stands behind the words.
      marks.push({ at: all.length, line, column: column + words.length })
    }
  }
  return all
}

export function pointOf(raw: Raw, at: number): Point {
  let low = 0
  let high = raw.marks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (raw.marks[middle]!.at <= at) low = middle
    else high = middle - 1
  }
  const mark = raw.marks[low]
  return mark ? { line: mark.line, column: mark.column + at - mark.at } : raw.range.start
}
