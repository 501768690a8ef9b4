// A paragraph or item, sentence by sentence, as pieces: what is done, what is chosen, where it goes, how it ends.
import { ACTS, CHOOSERS, type Chooser } from '../../model/act.ts'
import type { Problem, Text, Unread } from '../../model/playbook.ts'
import { type Annotation, merge, readAnnotation } from './annotations.ts'
import { conditional } from './conditions.ts'
import { endIn, handOffIn } from './ends.ts'
import { type Form, formOf } from './instructions.ts'
import { callIn, jumpIn, linksIn } from './jumps.ts'
import { cut, flat, type Line, textOf } from './line.ts'
import type { Section } from './outline.ts'
import type { Choice, Do, Go, Note, Piece, Pointer } from './pieces.ts'
import type { Places, Reference } from './places.ts'
import { sentencesOf } from './sentences.ts'
import { isQuoted, macroIn, textsOf } from './speech.ts'
import { plain, type Vocabulary } from './words.ts'

/** All that reading a section needs to know. */
export type Reading = {
  words: Vocabulary
  places: Places
  section: Section
  problems: Problem[]
  unread: Unread[]
  known: ReadonlySet<string>
  /** The page is a call script: quotes are what the agent says, sentences are instructions. */
  script: boolean
}

export type Manner = {
  /** Statements count as something done (items of a list of steps), not as background. */
  firm?: boolean
  /** All of it is said to the customer. */
  said?: boolean
  alternative?: boolean
  quiet?: boolean
}

const LONGEST = 3000

/** The pieces of a line. Neighbouring sentences without a condition are one piece. */
export function piecesOf(line: Line, reading: Reading, manner: Manner = {}): Piece[] {
  if (manner.said) {
    const annotation = annotationIn(line, reading)
    const piece = doPiece(line, reading, manner)
    if (annotation) piece.annotation = annotation
    return [piece]
  }
  const pieces: Piece[] = []
  for (const sentence of sentencesOf(line, reading.words)) {
    for (const piece of sentencePieces(sentence, reading, manner)) addPiece(pieces, piece)
  }
  return pieces
}

/** Sentences of one line without a condition between them are one thing to do. */
function addPiece(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1)
  if (
    (piece.kind === 'do' || piece.kind === 'note') &&
    (last?.kind === 'do' || (last?.kind === 'note' && piece.kind === 'do'))
  ) {
    const merged: Do =
      last.kind === 'do' ? last : { ...(piece as Do), texts: [], references: [], range: last.range }
    merged.texts = [...last.texts, ...piece.texts]
    if (piece.kind === 'do' && !piece.weak) delete merged.weak
    merged.references = [...last.references, ...piece.references]
    merged.range = { start: merged.range.start, end: piece.range.end }
    const macro = (last.kind === 'do' ? last.wordsElsewhere : undefined) ?? piece.wordsElsewhere
    if (macro !== undefined) merged.wordsElsewhere = macro
    if (piece.kind === 'do') {
      if (piece.call && !merged.call) merged.call = piece.call
      if (piece.annotation && piece !== merged)
        merged.annotation = last.kind === 'do' ? merge(last.annotation, piece.annotation) : piece.annotation
    }
    pieces[pieces.length - 1] = merged
  } else pieces.push(piece)
}

export function sentencePieces(sentence: Line, reading: Reading, manner: Manner): Piece[] {
  const annotation = annotationIn(sentence, reading)
  const found = sentence.text.length > LONGEST ? null : conditional(sentence, reading.words)
  if (found) {
    const action = found.action
      ? actionPieces(found.action, reading, { ...manner, firm: (manner.firm || manner.alternative) ?? false })
      : []
    const acts = action.some(piece => piece.kind !== 'note')
    if (
      acts ||
      found.open ||
      (found.otherwise && action.length > 0) ||
      (found.when && !found.action && manner.alternative)
    ) {
      return [
        choiceOf(
          sentence,
          found.when ?? null,
          found.otherwise,
          action.filter(keepsIn(acts)),
          reading,
          annotation,
          manner,
        ),
      ]
    }
  }
  const pieces = actionPieces(sentence, reading, manner)
  const target = pieces.find(piece => piece.kind === 'do')
  if (annotation && target) target.annotation = merge(target.annotation, annotation)
  else if (annotation) pieces.push({ kind: 'declared', range: annotation.range, annotation })
  return pieces
}

function keepsIn(acts: boolean): (piece: Piece) => boolean {
  return piece => acts || piece.kind !== 'note'
}

/** Builds a choice; what is declared in its sentence goes to whoever performs it. */
export function choiceOf(
  sentence: Line,
  when: Line | null,
  otherwise: boolean,
  body: Piece[],
  reading: Reading,
  annotation: Annotation | undefined,
  manner: Manner,
): Choice {
  const choice: Choice = {
    kind: 'choice',
    range: sentence.range,
    when,
    otherwise,
    body,
    alternative: manner.alternative ?? false,
    names: [],
  }
  if (when) {
    const declared = chooserIn(when, reading)
    if (declared) {
      choice.when = declared.rest
      choice.chooser = declared.chooser
    }
  }
  if (annotation) declareChoice(choice, annotation)
  return choice
}

/** Acts of the customer and outcomes belong to the choice; acts of the company to what is done then, if anything is. */
export function declareChoice(choice: Choice, annotation: Annotation): void {
  const step = choice.body.find(piece => piece.kind === 'do')
  if (!step) {
    choice.annotation = merge(choice.annotation, annotation)
    return
  }
  const own: Annotation = { range: annotation.range }
  const theirs: Annotation = { range: annotation.range }
  for (const act of annotation.acts ?? []) {
    const side = ACTS[act.act]?.by === 'customer' ? own : theirs
    side.acts = [...(side.acts ?? []), act]
  }
  if (annotation.acts?.length === 0) theirs.acts = []
  if (annotation.outcome) theirs.outcome = annotation.outcome
  if (own.acts) choice.annotation = merge(choice.annotation, own)
  if (theirs.acts || theirs.outcome) step.annotation = merge(step.annotation, theirs)
}

/** `[customer] wants to leave`: who decides, as the author says. */
function chooserIn(when: Line, reading: Reading): { chooser: Chooser; rest: Line } | null {
  const match = /^\[([a-z]{2,12})\]\s*/i.exec(when.text)
  if (!match) return null
  const chooser = match[1]!.toLowerCase() as Chooser
  if (CHOOSERS.includes(chooser)) return { chooser, rest: cut(when, match[0].length) }
  void reading
  return null
}

/** What the comments in a sentence declare. */
export function annotationIn(line: Line, reading: Reading): Annotation | undefined {
  let annotation: Annotation | undefined
  for (const span of line.spans) {
    if (span.kind !== 'comment') continue
    const found = readAnnotation(span.value ?? '', span.range, reading.problems, reading.known)
    if (found) annotation = merge(annotation, found)
  }
  return annotation
}

/** An instruction without its condition: things to do, then the jump or end, if there is one. */
export function actionPieces(line: Line, reading: Reading, manner: Manner): Piece[] {
  if (line.text === '') return []
  if (line.text.length > LONGEST)
    return [manner.firm ? doPiece(line, reading, manner) : noteOf(line, reading)]
  const context = { words: reading.words, places: reading.places, section: reading.section }
  const jump = jumpIn(line, context)
  if (jump?.follow) {
    const piece = doPiece(line, reading, manner)
    piece.orGo = pointerOf(line, jump.target.from, jump.target.to, jump.reference)
    return [piece]
  }
  if (jump) {
    const go: Go = {
      kind: 'go',
      range: line.range,
      pointer: pointerOf(line, jump.target.from, jump.target.to, jump.reference),
    }
    const before = withoutJoin(cut(line, 0, jump.from))
    const after = cut(line, jump.to)
    const pieces: Piece[] = []
    if (before.text !== '') pieces.push(...quietly(before, reading, manner))
    if (/[\p{L}\p{N}]{3}/u.test(after.text)) {
      const rest = cut(after, /^[\s)\]"”*.,;:–—-]*(?:and |then |to )?/.exec(after.text)![0].length)
      if (rest.text !== '') pieces.push(...quietly(rest, reading, manner))
    }
    return [...pieces, go]
  }
  const end = endIn(line, reading.words)
  if (end) {
    const piece: Piece = {
      kind: 'end',
      range: line.range,
      outcome: end.outcome,
      strength: end.firm ? (end.whole ? 'firm' : 'last') : 'last',
      line,
    }
    if (end.whole && end.firm) return [piece]
    const before = end.firm ? withoutJoin(cut(line, 0, end.from)) : line
    return [...(before.text === '' ? [] : [doPiece(before, reading, manner)]), piece]
  }
  const handOff = handOffIn(line, reading.words)
  const form = formOf(plain(line.text), reading.words)
  if (handOff && form !== 'forbidden' && (form !== 'statement' || handOff.firm)) {
    const firm = handOff.firm || !/\bescalat/.test(plain(line.text))
    return [
      doPiece(line, reading, manner),
      { kind: 'end', range: line.range, outcome: 'handed-off', strength: firm ? 'last' : 'tail', line },
    ]
  }
  if (!isDone(form, line, manner)) return [noteOf(line, reading)]
  const piece = doPiece(line, reading, manner)
  if (form === 'statement' && !isQuoted(line.text)) piece.weak = true
  return [piece]
}

function quietly(line: Line, reading: Reading, manner: Manner): Piece[] {
  const form = formOf(plain(line.text), reading.words)
  if (form === 'imperative' || form === 'duty' || isQuoted(line.text)) return [doPiece(line, reading, manner)]
  return [noteOf(line, reading)]
}

function isDone(form: Form, line: Line, manner: Manner): boolean {
  if (isQuoted(line.text)) return true
  if (form === 'imperative' || form === 'duty') return true
  return manner.firm === true && form !== 'forbidden'
}

/** Without the "and then", "you can" before a jump or end. */
function withoutJoin(line: Line): Line {
  const join =
    /(?:[\s,;:–—(→>-]|\b(?:and|then|please|so|you|we|they|can|may|should|must|need to|now|just|or|to|the agent|the call|simply|immediately|directly)\b)+$/i.exec(
      line.text.slice(-60),
    )
  if (!join) return line
  return cut(line, 0, line.text.length - Math.min(60, line.text.length) + join.index)
}

export function doPiece(line: Line, reading: Reading, manner: Manner): Do {
  const texts = textsOf(line, reading.words, manner.said)
  const piece: Do = {
    kind: 'do',
    range: line.range,
    title: titleOf(line),
    texts,
    quiet: manner.quiet ?? false,
    references: [],
    names: [],
    body: [],
  }
  const context = { words: reading.words, places: reading.places, section: reading.section }
  const call = callIn(line, context)
  if (call) piece.call = pointerOf(line, call.from, call.to, call.reference)
  for (const link of linksIn(line, reading.places)) {
    if (!call || link.from !== call.from)
      piece.references.push(pointerOf(line, link.from, link.to, link.reference))
  }
  const macro = manner.said ? undefined : macroIn(line)
  if (macro !== undefined) piece.wordsElsewhere = macro
  return piece
}

export function noteOf(line: Line, reading: Reading): Note {
  const references = linksIn(line, reading.places).map(link =>
    pointerOf(line, link.from, link.to, link.reference),
  )
  return { kind: 'note', range: line.range, texts: [textOf(line, 'do')], references }
}

export function pointerOf(line: Line, from: number, to: number, reference: Reference): Pointer {
  const words = cut(line, from, to)
  return { text: flat(words), range: words.range, reference }
}

/** The first words, as a person would call the step. */
export function titleOf(line: Line): string {
  const text = flat(line).replace(/\s+/g, ' ').trim()
  const bold = line.spans.find(span => span.kind === 'strong')
  if (bold && bold.from <= 1 && bold.to - bold.from >= 4 && bold.to - bold.from <= 90)
    return shortened(
      flat(line)
        .slice(bold.from, bold.to)
        .replace(/[\s:.–—-]+$/, ''),
    )
  return shortened(text)
}

export function shortened(text: string): string {
  if (text.length <= 62) return text.replace(/[.:;,]$/, '')
  const space = text.lastIndexOf(' ', 60)
  return `${text.slice(0, space > 30 ? space : 60).replace(/[,;:.]$/, '')}…`
}

export function allTexts(pieces: readonly Piece[]): Text[] {
  return pieces.flatMap(piece => (piece.kind === 'do' || piece.kind === 'note' ? piece.texts : []))
}
