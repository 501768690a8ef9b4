// A text and the points in it: from lines and columns to offsets, and edits made in it.
import type { Edit } from '../model/edit.ts'
import { comparePoints, type Point } from '../model/position.ts'

/** A text that is to be edited; `offset` of a point that lies in it. */
export type Editable = { text: string; lines: readonly string[]; offset(point: Point): number }

/** Lines are without what ends them. */
export function editable(text: string): Editable {
  const starts = [0]
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
  const lines = text.split('\n').map(line => line.replace(/\r$/, ''))
  return { text, lines, offset: ({ line, column }) => (starts[line - 1] ?? text.length) + column - 1 }
}

/** What ends the lines of a text: as most of its beginning has it. */
export function lineEnd(text: string): string {
  const first = text.indexOf('\n')
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n'
}

/** At one point, nothing is taken out. */
export function insertion(at: Point, text: string): Edit {
  return { range: { start: at, end: at }, text }
}

/** The text with all edits made; they are in order and do not overlap. Linear. */
export function edited(text: string, edits: readonly Edit[]): string {
  const { offset } = editable(text)
  const parts: string[] = []
  let from = 0
  for (const { range, text: written } of edits) {
    parts.push(text.slice(from, offset(range.start)), written)
    from = offset(range.end)
  }
  parts.push(text.slice(from))
  return parts.join('')
}

/** Edits in the order of the text; the same one twice counts once. */
export function inOrder<T extends Edit>(edits: readonly T[]): T[] {
  const seen = new Set<string>()
  return edits.toSorted(compareRanges).filter(({ range: { start, end }, text }) => {
    const name = `${start.line}:${start.column} ${end.line}:${end.column} ${text}`
    return !seen.has(name) && seen.add(name)
  })
}

/** Whether two edits touch the same text, or would both put something in one place. */
export function overlap(a: Edit, b: Edit): boolean {
  if (isSame(a, b)) return false
  const [one, other] = compareRanges(a, b) <= 0 ? [a, b] : [b, a]
  return (
    comparePoints(other.range.start, one.range.end) < 0 ||
    comparePoints(other.range.start, one.range.start) === 0
  )
}

function isSame(a: Edit, b: Edit): boolean {
  return a.text === b.text && compareRanges(a, b) === 0
}

function compareRanges(a: Edit, b: Edit): number {
  return comparePoints(a.range.start, b.range.start) || comparePoints(a.range.end, b.range.end)
}
