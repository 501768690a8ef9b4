// The source line a finding points at, with the span marked under it, cut to the width of the terminal.
import type { Range } from '../model/position.ts'
import type { Paint } from './context.ts'
import { width } from './layout.ts'
import { safeCharacters } from './safe.ts'

/** A line to show; `before` columns in front of the marked span, `marked` columns of it. */
export type Frame = { line: number; text: string; before: number; marked: number }

type Cell = { at: number; text: string; columns: number }

/** Finds the lines of files, splitting each file once. */
export function lineFinder(
  source: (path: string) => string | undefined,
): (path: string, line: number) => string | undefined {
  const files = new Map<string, string[] | undefined>()
  return (path, line) => {
    if (!files.has(path)) files.set(path, source(path)?.split(/\r\n|[\n\r]/))
    return files.get(path)?.[line - 1]
  }
}

/**
 * The line made harmless, without its indent and cut to `columns` so that the span begins in view. Of a range over
 * several lines the first is marked. Undefined for a blank line. Looks at a few times `columns` characters only: a line
 * may be a whole file.
 */
export function frameOf(source: string, range: Range, columns: number): Frame | undefined {
  const from = Math.max(0, range.start.column - 1)
  const to = range.end.line > range.start.line ? source.length : Math.max(from, range.end.column - 1)
  const left = Math.max(0, from - 2 * columns)
  const right = from + 4 * columns
  const cells = safeCharacters(source.slice(left, right)).map(character => cellOf(character, left))
  const isBefore = (cell: Cell) => cell.at < from
  const indent = left > 0 ? 0 : cells.findIndex(cell => cell.text !== ' ' || !isBefore(cell))
  const body = cells.slice(Math.max(0, indent))
  if (body.every(cell => cell.text === ' ')) return undefined
  const whole = left === 0 && right >= source.length && sum(body) <= columns
  const start = whole ? 0 : dropped(body, body.filter(isBefore).length, columns / 3)
  const lead = left > 0 || start > 0 ? '…' : ''
  const shown = fitting(body.slice(start), columns - lead.length, right < source.length)
  const marked = shown.cells.filter(cell => cell.at >= from && cell.at < to)
  while (marked.at(-1)?.text === ' ') marked.pop()
  return {
    line: range.start.line,
    text: (lead + shown.cells.map(cell => cell.text).join('') + shown.tail).trimEnd(),
    before: lead.length + sum(shown.cells.filter(isBefore)),
    marked: Math.max(1, sum(marked)),
  }
}

/** The frame as two lines, the first with the number of the line, `gutter` columns wide. */
export function frameLines(frame: Frame, gutter: number, paint: { number: Paint; mark: Paint }): string[] {
  return [
    `${paint.number(`${String(frame.line).padStart(gutter)} │`)} ${frame.text}`,
    `${paint.number(`${' '.repeat(gutter)} │`)} ${' '.repeat(frame.before)}${paint.mark('^'.repeat(frame.marked))}`,
  ]
}

function cellOf({ at, text }: { at: number; text: string }, offset: number): Cell {
  const shown = text === '\n' ? ' ' : text
  return { at: at + offset, text: shown, columns: width(shown) }
}

function sum(cells: readonly Cell[]): number {
  return cells.reduce((all, cell) => all + cell.columns, 0)
}

/** How many of the first `before` cells to leave out so that at most `most` columns of them remain, whole words if so. */
function dropped(cells: readonly Cell[], before: number, most: number): number {
  let columns = sum(cells.slice(0, before))
  let start = 0
  while (start < before && columns > most) columns -= cells[start++]!.columns
  const word = cells.findIndex((cell, index) => index >= start && index < before && cell.text === ' ')
  return start === 0 || word === -1 ? start : word + 1
}

/** As many cells as fit, with a tail "…" if there is more. */
function fitting(cells: readonly Cell[], columns: number, more: boolean): { cells: Cell[]; tail: string } {
  if (!more && sum(cells) <= columns) return { cells: [...cells], tail: '' }
  let used = 0
  let end = 0
  while (end < cells.length && used + cells[end]!.columns <= columns - 1) used += cells[end++]!.columns
  return { cells: cells.slice(0, end), tail: '…' }
}
