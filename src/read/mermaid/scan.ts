// The place in a flowchart up to which it has been read, and the small steps forward. Each character is looked at a bounded number of times.
import { complain, type Diagram } from './diagram.ts'

export type Scan = {
  readonly diagram: Diagram
  readonly text: string
  pos: number
  /** The end of the line `pos` is on. */
  lineEnd: number
  /** The subgraphs that are open, innermost last. */
  readonly open: number[]
}

export type Span = { from: number; to: number }

export function scanFrom(diagram: Diagram, pos: number): Scan {
  const { text } = diagram.source
  return { diagram, text, pos, lineEnd: newlineFrom(text, pos), open: [] }
}

/** The innermost open subgraph. */
export function groupOf({ open }: Scan): number {
  return open.at(-1) ?? 0
}

export function moveTo(scan: Scan, pos: number): void {
  scan.lineEnd = lineEndAt(scan, pos)
  scan.pos = pos
}

/** The end of the line that `at`, which must not lie before `pos`, is on. Looks for it only if that is another line. */
export function lineEndAt(scan: Scan, at: number): number {
  return at <= scan.lineEnd ? scan.lineEnd : newlineFrom(scan.text, at)
}

/** Moves over white space, `;` and comments; false at the end of the text. */
export function skipBetween(scan: Scan): boolean {
  const { text } = scan
  while (scan.pos < text.length) {
    const c = text[scan.pos]!
    if (c === '%' && text[scan.pos + 1] === '%') scan.pos = scan.lineEnd
    else if (c === '\n') moveTo(scan, scan.pos + 1)
    else if (c === ';' || /\s/.test(c)) scan.pos++
    else return true
  }
  return false
}

export function spaces(text: string, from: number): number {
  let i = from
  while (i < text.length && /\s/.test(text[i]!)) i++
  return i
}

/** Where the name of a node that begins at `from` ends: before an arrow, a bracket, a separator. */
export function idEnd(text: string, from: number, limit: number): number {
  let i = from
  for (; i < limit; i++) {
    const c = text[i]!
    if (/[\s()[\]{}<>|"&;:,@]/.test(c)) break
    const next = text[i + 1]
    if (c === '-' && (next === '-' || next === '.' || next === '>')) break
    if ((c === '=' || c === '~') && next === c) break
  }
  return i
}

/** Reports what is wrong at `at` and goes on behind that line. */
export function skipBroken(scan: Scan, at: number, message: string): undefined {
  complain(scan.diagram, message, at, Math.min(scan.text.length, at + 1))
  moveTo(scan, at)
  scan.pos = scan.lineEnd
}

export function wordAt(text: string, at: number): string {
  if (at >= text.length) return 'the end'
  const word = text.slice(at, at + 20).split(/\s/)[0]
  return word === '' ? 'the end of the line' : `"${word}"`
}

function newlineFrom(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}
