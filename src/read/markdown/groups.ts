// Lines that act as headings: "**If X:**", "**Step 2: Verify**", "**REFUND**: a customer wants …"; what follows is theirs.
import { doPiece } from './actions.ts'
import type { Block } from './blocks.ts'
import { isBoldLine } from './bold-headings.ts'
import { annotationIn, type Case, choiceOf } from './choices.ts'
import { piecesOf } from './clauses.ts'
import { conditional } from './conditions.ts'
import { isImperative } from './instructions.ts'
import { labelOfLine } from './labels.ts'
import { cut, type Line, lowOf, textOf } from './line.ts'
import { firstNumbers, type Mode } from './mode.ts'
import type { Piece } from './pieces.ts'
import type { Reading } from './reading.ts'
import { isTrigger } from './triggers.ts'

/** Is this a line under which blocks gather until the next such line? */
export function opensGroup(block: Block, reading: Reading): boolean {
  return block.kind === 'paragraph' && (isBoldLine(block.line) || caseIn(block.line, reading) !== null)
}

/** "**DISCOUNT**: a customer asks for …": when the blocks under it apply. */
function caseIn(line: Line, reading: Reading): Line | null {
  const bold = line.spans.find(span => span.kind === 'strong')
  if (bold?.from !== 0 || line.text.length > 400) return null
  const gap =
    /^\s*[:–—-]\s+/.exec(line.text.slice(bold.to)) ??
    (/:\s*$/.test(line.text.slice(0, bold.to)) ? /^\s*/.exec(line.text.slice(bold.to)) : null)
  if (!gap) return null
  const rest = cut(line, bold.to + gap[0].length)
  return isTrigger(lowOf(rest), reading.words) && !/[.!]\s/.test(rest.text) ? rest : null
}

/** The pieces of such a line with the blocks under it; null for a bold line that only gives a name. */
export function readGroup(
  line: Line,
  blocks: readonly Block[],
  reading: Reading,
  mode: Mode,
): Piece[] | null {
  const under: Mode = { ...mode, inSteps: true, quiet: false, numbered: firstNumbers(mode) }
  const group = (found: Case, action?: Line): Piece[] => {
    const first = action ? piecesOf(action, reading, { firm: true }) : []
    const body = [...first, ...mode.read(blocks, reading, under)]
    return [choiceOf(line, found, body, annotationIn(line, reading), { alternative: true })]
  }
  const named = isBoldLine(line) ? null : caseIn(line, reading)
  if (named) return group({ when: named, otherwise: false })
  const words = cut(line, 0, line.text.replace(/[\s:：]+$/, '').length)
  const found = conditional(words, reading.words)
  if (found && !found.trailing && (found.when || found.otherwise)) return group(found, found.action)
  const label = labelOfLine(line, reading.words)
  if (!label || label.noun === 'number') return null
  const piece = doPiece(line, reading, {})
  piece.texts = isImperative(label.rest, reading.words) ? [textOf(cut(line, label.at), 'do')] : []
  piece.names.push(`${label.noun} ${label.number}`, label.rest)
  piece.body = mode.read(blocks, reading, { ...under, quiet: true })
  return [piece]
}
