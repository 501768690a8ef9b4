// A paragraph → pieces: a note, dialogue, a labelled step, sentences; or a condition with the block that follows it.

import { doPiece, noteOf, titleOf } from './actions.ts'
import type { Block } from './blocks.ts'
import { annotationIn, choiceOf } from './choices.ts'
import { piecesOf } from './clauses.ts'
import type { Conditional } from './conditional.ts'
import { conditional } from './conditions.ts'
import { readList } from './items.ts'
import { labelOfLine } from './labels.ts'
import { cut, join, type Line, lowOf } from './line.ts'
import { firstLine, introText, kindOf } from './lists.ts'
import { firstNumbers, type Mode } from './mode.ts'
import { keepNotes } from './notes.ts'
import type { Piece } from './pieces.ts'
import { readDialogue, readQuote, spokenCode } from './quotes.ts'
import type { Reading } from './reading.ts'
import { sentencesOf } from './sentences.ts'
import { announcesSpeech, isNote } from './speech.ts'

/** `introduces`: a list follows. */
export function readParagraph(line: Line, reading: Reading, mode: Mode, introduces: boolean): Piece[] {
  const { words } = reading
  if (isNote(line, words))
    return keepNotes(
      sentencesOf(line, words).map(sentence => noteOf(sentence, reading)),
      reading,
    )
  const dialogue = readDialogue(line, reading)
  if (dialogue) return dialogue
  const label = labelOfLine(line, words)
  if (label && label.noun !== 'number' && /[:.)–—-]["*_\s]*$/.test(line.text.slice(0, label.at))) {
    const pieces = piecesOf(cut(line, label.at), reading, { firm: true })
    const first =
      pieces[0]?.kind === 'do'
        ? pieces[0]
        : { ...doPiece(line, reading, {}), texts: [], references: [], body: pieces.splice(0) }
    if (pieces.length === 0) pieces.push(first)
    first.names.push(`${label.noun} ${label.number}`)
    first.title = titleOf(line)
    first.range = { start: line.range.start, end: first.range.end }
    return keepNotes(pieces, reading)
  }
  if (introduces && isGenericIntro(lowOf(line))) return []
  if (POINTS_DOWN.test(lowOf(line))) return []
  if (/^\s*["“„«]/.test(line.text)) return piecesOf(line, reading, { said: true, quiet: true })
  return keepNotes(piecesOf(line, reading, { quiet: mode.quiet }), reading)
}

const POINTS_DOWN =
  /^[^.:]{0,120}\b(?:use|follow|take|complete|perform) (?:the following|these|the below|the) (?:steps|instructions|process|procedure)(?: below)?(?: in order)?[.:]?\s*$/

/** "Follow these steps:", "Do the following:" introduce steps and are none. */
function isGenericIntro(low: string): boolean {
  if (
    /\bfollow (?:the|these) (?:[\w-]+ ){0,2}?steps?\b[^.]{0,60}(?:here|below|outlined|listed|in order|:)/.test(
      low,
    )
  )
    return true
  if (low.length >= 160 || !/:\s*$/.test(low)) return false
  return /\b(?:follow(?:ing)?(?: these| the)?(?: following)? (?:steps?|actions?|process|procedure|instructions|order)|(?:do|take|complete|perform) the following|these steps|steps:|as follows:|do this:|the following:|to do so:|checklist:|the process:|procedure:)/.test(
    low,
  )
}

/** "If X:" at the end of a paragraph: the next block says what happens then, or lists what X is. */
export function openCondition(line: Line, reading: Reading): Conditional | null {
  if (!/[:：]["”*_\s]*$/.test(line.text)) return null
  const last = sentencesOf(line, reading.words).at(-1)
  const found = last ? conditional(last, reading.words) : null
  if (found?.open || found?.trailing) return found
  if (found?.action && found.when && /\bof (?:these|them|the following)\b/.test(lowOf(found.when)))
    return found
  return found?.action && announcesSpeech(found.action, reading.words) ? found : null
}

type Following = Block & { kind: 'list' | 'quote' | 'code' }

export function readOpen(
  line: Line,
  found: Conditional,
  next: Following,
  reading: Reading,
  mode: Mode,
): Piece[] {
  const last = sentencesOf(line, reading.words).at(-1)!
  const before = cut(line, 0, line.text.length - last.text.length)
  const inner: Mode = { ...mode, inSteps: true, quiet: false, numbered: firstNumbers(mode) }
  const body = found.action ? piecesOf(found.action, reading, { firm: true }) : []
  let when = found.when ?? null
  if (next.kind === 'list' && listsCriteria(line, found, next, reading)) {
    const criteria = next.items.map(firstLine).filter(item => item !== null)
    const own =
      when && /[\p{L}\p{N}]/u.test(when.text)
        ? [cut(when, 0, when.text.replace(/[\s:：*_]+$/, '').length)]
        : []
    const all = join(criteria, '; ')
    when = own.length > 0 ? join([own[0]!, all], ' ') : all
  } else if (next.kind === 'list') body.push(...readList(next, line, reading, inner))
  else if (next.kind === 'code') body.push(spokenCode(next))
  else body.push(...readQuote(next, true, reading, inner))
  const choice = choiceOf(last, { ...found, when, trailing: false }, body, annotationIn(last, reading), {
    alternative: false,
  })
  return [...(before.text === '' ? [] : readParagraph(before, reading, mode, false)), choice]
}

/** The list says what the condition is, not what to do. */
function listsCriteria(
  line: Line,
  found: Conditional,
  list: Block & { kind: 'list' },
  reading: Reading,
): boolean {
  const intro = introText(line)
  const named =
    /\bof (?:the following|these)\b/.test(intro) ||
    (!found.action && /\b(?:any|all|both|either)\b/.test(intro))
  if (!found.trailing && !named) return false
  return found.trailing || kindOf(list, intro, '', reading.words, false) === 'data'
}
