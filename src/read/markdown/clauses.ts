// A paragraph or item, sentence by sentence, as pieces: neighbouring sentences are one thing to do, conditions part them.
import { actionPieces, doPiece, LONGEST, noteOf } from './actions.ts'
import { merge } from './annotations.ts'
import { annotationIn, choiceOf } from './choices.ts'
import type { Conditional } from './conditional.ts'
import { conditional, withoutOptional } from './conditions.ts'
import { handOffIn } from './ends.ts'
import { formOfLine } from './instructions.ts'
import { goesOn, jumpIn } from './jumps.ts'
import { join, type Line, lowOf } from './line.ts'
import type { Choice, Do, Note, Piece } from './pieces.ts'
import type { Manner, Reading } from './reading.ts'
import { isAboutText, isRemark } from './remarks.ts'
import { sentencesOf } from './sentences.ts'
import { plain } from './words.ts'

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
  const sentences = sentencesOf(line, reading.words)
  for (const [i, sentence] of sentences.entries()) {
    // Only the first words of an item are a step whatever they say; what follows has to say that it is one.
    const before = sentences[i - 1]
    const own: Manner = { ...manner, firm: manner.firm === true && pieces.length === 0 }
    const next = sentences[i + 1]
    if (before && /\?\s*$/.test(before.text)) own.question = before
    own.told = next !== undefined && tellsMore(next, reading)
    const governing = before && isAfresh(sentence, before) ? null : governor(pieces, sentence)
    for (const piece of sentencePieces(sentence, reading, own)) {
      if (governing && piece.kind !== 'choice' && piece.kind !== 'declared') govern(governing.body, piece)
      else addPiece(pieces, piece)
    }
  }
  return pieces
}

/**
 * "If X, do Y. Do Z.": both are done under the condition, until the text says otherwise. After an "otherwise" every case
 * has been told, so that what follows is for all of them.
 */
function governor(pieces: readonly Piece[], sentence: Line): Choice | null {
  const last = pieces.at(-1)
  if (
    last?.kind !== 'choice' ||
    (last.trailing && !isHow(sentence, last)) ||
    (last.otherwise && pieces.length > 1)
  )
    return null
  const final = last.body.at(-1)
  return final && final.kind !== 'go' && final.kind !== 'choice' ? last : null
}

/** "You should …" on a line of its own is said to everybody, as "then" and "finally" are. */
function isAfresh(sentence: Line, before: Line): boolean {
  const low = lowOf(sentence)
  if (AFRESH.test(low)) return true
  const own = sentence.range.start.line > before.range.end.line
  return own && /^\W*(?:you|we|agents?|the agent) (?:should|must|can|may|need|have)\b/.test(low)
}

/** "Transfer them if X. To transfer, first …": how that is done. */
function isHow(sentence: Line, { body }: Choice): boolean {
  const verb = /^\W*to ([a-z-]{3,20})\b[^,.]{0,40},/.exec(lowOf(sentence))?.[1]
  if (verb === undefined) return false
  return body.some(
    piece =>
      piece.kind === 'do' &&
      plain(piece.title)
        .split(/[^a-z-]+/)
        .includes(verb),
  )
}

/** What is told after the end of a case is still done before it. */
function govern(body: Piece[], piece: Piece): void {
  const last = body.at(-1)
  const over = last?.kind === 'stop' || (last?.kind === 'end' && last.strength === 'firm') ? body.pop() : null
  addPiece(body, piece)
  if (over && body.at(-1)?.kind !== 'end' && body.at(-1)?.kind !== 'go') body.push(over)
}

/** Does a sentence say what to do, in the case of the one before it? */
function tellsMore(sentence: Line, { words }: Reading): boolean {
  if (AFRESH.test(lowOf(sentence)) || conditional(sentence, words)) return false
  const form = formOfLine(sentence, words)
  return form === 'imperative' || form === 'duty' || handOffIn(sentence, words) !== null
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
    if (piece.firm) last.firm = true
    if (piece.standing) last.standing = true
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
  if (isAboutText(sentence)) {
    const text = lowOf(sentence).slice(0, 80)
    reading.unread.push({ range: sentence.range, reason: 'background: about the text itself', text })
    return []
  }
  const found = sentence.text.length > LONGEST ? null : conditional(sentence, reading.words)
  if (isRemark(sentence, reading.words) && !jumpIn(sentence, reading)) {
    const remark: Piece = manner.firm
      ? doPiece(sentence, reading, manner)
      : { ...noteOf(sentence, reading), firm: true, standing: true }
    return annotation ? [remark, { kind: 'declared', range: annotation.range, annotation }] : [remark]
  }
  const body = found && branchOf(sentence, found, reading, manner)
  if (body) {
    const choice = choiceOf(sentence, found!, body, annotation, manner)
    // "Is it there? If not, call one.", "… If so, greet it."
    if (manner.question && choice.when && /^(?:so|yes)$/i.test(choice.when.text))
      choice.when = manner.question
    if (choice.phrase && manner.question) choice.phrase = join([manner.question, choice.phrase], ' – ')
    return [choice]
  }
  const pieces = actionPieces(withoutOptional(sentence, reading.words), reading, manner)
  const target = pieces.find(piece => piece.kind === 'do')
  if (annotation && target) target.annotation = merge(target.annotation, annotation)
  else if (annotation) pieces.push({ kind: 'declared', range: annotation.range, annotation })
  return pieces
}

/** "If it was answered already, a second call is not needed", "then you are looking at …": nothing to do. */
const NOTHING_TO_DO =
  /^\W*(?:(?:[\w'’-]+ ){1,6}(?:is|are) (?:not (?:necessary|needed|required)|unnecessary)\b|(?:then )?you(?:'re| are) (?:probably |likely )?looking at\b)/
/** "If you greet them first, they will be more likely to help": what comes of it, nothing to do. */
const CONSEQUENCE =
  /(?:^|\s)(?:they|it|this|that|he|she|people|customers?|the \w+)(?:'ll| will| would| may| might| can| could)(?: \w+ly| also| be| then)? (?:more|less|likely|feel|appreciate|happier|easier|harder|better|think|trust|understand|remember|help|want|love|hear|know)\b/

/** A condition with nothing to do in it is a statement: "If it shows green, all is well". */
function branchOf(sentence: Line, found: Conditional, reading: Reading, manner: Manner): Piece[] | null {
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
  // "If they owe us money, don't cancel. Put them through to Rita."
  const forbids =
    manner.told === true &&
    found.action !== undefined &&
    !found.trailing &&
    formOfLine(found.action, reading.words) === 'forbidden'
  if (forbids) return action
  if (
    NOTHING_TO_DO.test(low) ||
    CONSEQUENCE.exec(low)?.index === 0 ||
    (!found.action && CONSEQUENCE.test(low))
  )
    return null
  const onward = found.action !== undefined && goesOn(found.action, reading.words)
  if (!acts && !found.open && !bare && !onward && !(found.otherwise && action.length > 0)) return null
  return acts ? action : []
}
