// Words that are no step: those that say what may and may not be had stay with their step, the rest is background.

import { formOf } from './instructions.ts'
import type { Piece } from './pieces.ts'
import type { Reading } from './reading.ts'
import { plain } from './words.ts'

/** Words of policies, exceptions, prohibitions, permissions, limits: findings may hang on them. */
const MATTERS =
  /\b(?:only|except\w*|unless|must|cannot|can't|can not|not allowed|allowed|eligible|ineligible|polic(?:y|ies)|may not|never|do not|don't|should|need to|needs to|required?|approv\w+|permission|authori[sz]\w+|refund\w*|fees?|charge\w*|credit\w*|discount\w*|cancel\w*|terminat\w+|limit\w*|maximum|at most|at least|no more than|exempt\w*|waiv\w+|special|edge cases?|in some cases|supervisor|manager|unsure|in doubt|not sure|sorry|apolog\w+|guarantee\w*|within|up to|free of charge|no exceptions?|forbidden|prohibited|offer\w*|complain\w*|escalat\w+)\b/

/** Drops the words of notes that say nothing a rule could be about, and lists them as not read; links stay. */
export function keepNotes(pieces: Piece[], reading: Reading): Piece[] {
  return pieces.map(piece => {
    if (piece.kind !== 'note' || piece.firm) return piece
    const words = plain(piece.texts.map(text => text.text).join(' '))
    if (
      reading.script ||
      reading.words.language !== 'en' ||
      MATTERS.test(words) ||
      formOf(words, reading.words) === 'forbidden'
    )
      return piece
    if (words !== '')
      reading.unread.push({
        range: piece.range,
        reason: 'background: no step, condition or speech',
        text: words.slice(0, 80),
      })
    return { ...piece, texts: [] }
  })
}
