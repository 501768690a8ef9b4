// The page of everything printed for people: short labels in the first column, text in the second.
import type { Severity } from '../model/finding.ts'
import type { Colour, Paint } from './context.ts'
import { hang, type Span, wrap } from './layout.ts'
import { safeLines } from './safe.ts'

/** The column at which text begins. */
export const INDENT = 9
export const MARGIN = ' '.repeat(INDENT)

/** Between 40 and 100 columns, whatever the terminal says: longer lines are hard to read. */
export function readable(columns: number): number {
  return Math.min(100, Math.max(40, Number.isFinite(columns) && columns > 0 ? Math.floor(columns) : 80))
}

/** Text under a label; further lines stand in the second column. */
export function labelled(label: string, spans: Span[], columns: number, paint?: Paint): string[] {
  const lines = wrap(spans, columns - INDENT)
  const blanks = ' '.repeat(Math.max(1, INDENT - label.length))
  return hang(
    (paint && label !== '' ? paint(label) : label) + blanks,
    lines.length > 0 ? lines : [''],
    MARGIN,
  )
}

/** Advice: the first line is wrapped, further ones are text to paste and keep their breaks and blanks. */
export function pasted(label: string, text: string, columns: number, paint: Paint): string[] {
  const [first, ...rest] = safeLines(text.trimEnd())
  const indents = rest.filter(line => line !== '').map(line => line.length - line.trimStart().length)
  const common = indents.reduce((least, indent) => Math.min(least, indent), 80)
  const lines = rest.map(line => `${MARGIN}  ${line.slice(common)}`)
  return [...labelled(label, [{ text: first ?? '' }], columns, paint), ...lines]
}

export function severityPaint(severity: Severity, colour: Colour): Paint {
  return severity === 'error' ? colour.red : severity === 'warning' ? colour.yellow : colour.cyan
}
