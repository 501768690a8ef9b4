// A paragraph or item, sentence by sentence, as pieces: neighbouring sentences are one thing to do, conditions part them.
import { actionPieces, doPiece, LONGEST } from './actions.ts'
import { merge } from './annotations.ts'
import { annotationIn, choiceOf } from './choices.ts'
import type { Conditional } from './conditional.ts'
import { conditional, withoutOptional } from './conditions.ts'
import { goesOn } from './jumps.ts'
import { type Line, lowOf } from './line.ts'
import type { Choice, Do, Note, Piece } from './pieces.ts'
import type { Manner, Reading } from './reading.ts'
import { sentencesOf } from './sentences.ts'

/** Somebody of the company does it: "the support engineer closes the account". */
const DOES =
  /\b(?:the|our|a) (?:[\w-]+ ){0,2}?(?:agent|engineer|representative|adviser|advisor|operator|team|manager|lead|specialist|supervisor)s? [a-z]{3,}s\b/
/** Begins with what it is about: a statement rather than a verb we do not know. */
const TELLS_HOW_IT_IS =
  /^\W*(?:then )?(?:the|a|an|this|that|that's|these|those|it|it's|they|he|she|there|your|our|their|his|her|you|we|i|all|some|most|any|no|nothing|everything|each|both|only|support|customers?|users?)\b/
/** Ends what a leading condition governs. */
const AFRESH =
  /^\W*(?:then|finally|afterwards|after that|next|in (?:any|either|all|both) cases?|regardless|once|in all cases|whatever|now|lastly)\b/

/** The pieces of a line. */
export function piecesOf(line: Line, reading: Reading, manner: Manner = {}): Piece[] {
  if (manner.said) {
    const annotation = annotationIn(line, reading)
    const piece = doPiece(line, reading, manner)
    if (annotation) piece.annotation = annotation
    return [piece]
  }
  const pieces: Piece[] = []
  for (const sentence of sentencesOf(line, reading.words)) {
    // Only the first words of an item are a step whatever they say; what follows has to say that it is one.
    const own = pieces.length === 0 ? manner : { ...manner, firm: false }
    const governing =
      pieces.length === 1 && governs(pieces[0]!) && !AFRESH.test(lowOf(sentence)) ? pieces[0] : null
    for (const piece of sentencePieces(sentence, reading, own)) {
      if (governing && piece.kind !== 'choice' && piece.kind !== 'declared') addPiece(governing.body, piece)
      else addPiece(pieces, piece)
    }
  }
  return pieces
}

/** "If X, do Y. Do Z." as a line of its own: both are done under the condition. */
function governs(piece: Piece): piece is Choice {
  if (piece.kind !== 'choice' || piece.trailing) return false
  const last = piece.body.at(-1)
  return last?.kind === 'do' || (last?.kind === 'end' && last.strength !== 'firm')
}

/** Sentences of one line without a condition between them are one thing to do; what follows a hand-off tells of it. */
function addPiece(pieces: Piece[], piece: Piece): void {
  let at = pieces.length - 1
  const end = pieces[at]
  if (end?.kind === 'end' && end.strength !== 'firm') {
    if (piece.kind === 'end') {
      pieces[at] = piece
      return
    }
    at--
  }
  const last = pieces[at]
  if (piece.kind === 'do' && last?.kind === 'do') mergeDo(last, piece)
  else if (piece.kind === 'note' && last?.kind === 'do') mergeNote(last, piece)
  else if (piece.kind === 'do' && last?.kind === 'note' && at === pieces.length - 1) {
    piece.texts = [...last.texts, ...piece.texts]
    piece.references = [...last.references, ...piece.references]
    pieces[at] = piece
  } else if (piece.kind === 'note' && last?.kind === 'note') {
    last.texts.push(...piece.texts)
    last.references.push(...piece.references)
    last.range = { start: last.range.start, end: piece.range.end }
  } else pieces.push(piece)
}

function mergeDo(into: Do, piece: Do): void {
  mergeNote(into, piece)
  if (!piece.weak) delete into.weak
  if (piece.call && !into.call) into.call = piece.call
  if (piece.orGo && !into.orGo) into.orGo = piece.orGo
  if (piece.annotation) into.annotation = merge(into.annotation, piece.annotation)
}

function mergeNote(into: Do, piece: Do | Note): void {
  into.texts.push(...piece.texts)
  into.references.push(...piece.references)
  into.range = { start: into.range.start, end: piece.range.end }
  if (into.wordsElsewhere === undefined && piece.wordsElsewhere !== undefined)
    into.wordsElsewhere = piece.wordsElsewhere
}

function sentencePieces(sentence: Line, reading: Reading, manner: Manner): Piece[] {
  const annotation = annotationIn(sentence, reading)
  const found = sentence.text.length > LONGEST ? null : conditional(sentence, reading.words)
  const choice = found ? choiceIn(sentence, found, reading, manner) : null
  if (choice) {
    const { when, otherwise, body } = choice
    const made = choiceOf(sentence, when, otherwise, body, annotation, manner)
    if (found!.phrase) made.phrase = found!.phrase
    if (found!.trailing) made.trailing = true
    return [made]
  }
  const pieces = actionPieces(withoutOptional(sentence, reading.words), reading, manner)
  const target = pieces.find(piece => piece.kind === 'do')
  if (annotation && target) target.annotation = merge(target.annotation, annotation)
  else if (annotation) pieces.push({ kind: 'declared', range: annotation.range, annotation })
  return pieces
}

/** A condition with nothing to do in it is a statement: "If it shows green, all is well". */
function choiceIn(
  sentence: Line,
  found: Conditional,
  reading: Reading,
  manner: Manner,
): { when: Line | null; otherwise: boolean; body: Piece[] } | null {
  const low = lowOf(found.action ?? sentence)
  const firm =
    manner.alternative ||
    found.otherwise ||
    (manner.firm === true && (DOES.test(low) || !TELLS_HOW_IT_IS.test(low)))
  const action = found.action ? actionPieces(found.action, reading, { ...manner, firm, under: true }) : []
  const acts = action.some(piece => piece.kind !== 'note')
  const bare =
    found.when !== undefined &&
    !found.action &&
    (manner.alternative === true || (manner.opens === true && !found.trailing))
  const onward = found.action !== undefined && goesOn(found.action, reading.words)
  if (!acts && !found.open && !bare && !onward && !(found.otherwise && action.length > 0)) return null
  return { when: found.when ?? null, otherwise: found.otherwise, body: acts ? action : [] }
}
