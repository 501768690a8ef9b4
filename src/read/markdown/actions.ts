// What is to be done, without its condition: instructions, jumps, ends, calls, macros; or a mere note.
import { choiceOf } from './choices.ts'
import { endIn, handOffIn } from './ends.ts'
import { type Form, formOfLine } from './instructions.ts'
import { callIn, goesOn, jumpIn, linksIn } from './jumps.ts'
import { cut, flat, type Line, lowOf, textOf } from './line.ts'
import type { Do, Go, Note, Piece, Pointer } from './pieces.ts'
import type { Reference } from './places.ts'
import type { Manner, Reading } from './reading.ts'
import { isQuoted, macroIn, textsOf } from './speech.ts'

/** No sentence that a person wrote is longer; what is longer is not searched. */
export const LONGEST = 3000

/** It goes no further here. */
const STOPS =
  /\b(?:do not|don't|cannot|can't) (?:proceed|continue|go any further|go further|process (?:the|this|their) (?:request|cancellation|closure|refund))\b(?! (?:without|until|before|unless|if))|\bstop (?:here|the process|processing)\b/

/** An instruction without its condition: things to do, then the jump or end, if there is one. */
export function actionPieces(line: Line, reading: Reading, manner: Manner): Piece[] {
  if (line.text === '' || goesOn(line, reading.words)) return []
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
    if (
      !manner.under &&
      /(?:\S+\s+){5}\S/.test(before.text) &&
      formOfLine(before, reading.words) === 'statement' &&
      !isQuoted(before.text)
    ) {
      // "Members have no card -- for them, go to step 4": the statement is the condition.
      const choice = choiceOf(line, { when: before, otherwise: false }, [go], undefined, manner)
      choice.uncertain = true
      return [choice]
    }
    const pieces: Piece[] = []
    if (before.text !== '') pieces.push(...quietly(before, reading, manner))
    if (/[\p{L}\p{N}]{3}/u.test(after.text)) {
      const rest = cut(after, /^[\s)\]"”*.,;:–—-]*(?:and |then |to )?/.exec(after.text)![0].length)
      if (rest.text !== '' && !ONLY_WHEN.test(lowOf(rest))) pieces.push(...quietly(rest, reading, manner))
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
  const form = formOfLine(line, reading.words)
  if (handOff && form !== 'forbidden' && (form !== 'statement' || handOff.firm)) {
    const firm = handOff.firm || !/\bescalat/.test(lowOf(line))
    return [
      doPiece(line, reading, manner),
      { kind: 'end', range: line.range, outcome: 'handed-off', strength: firm ? 'last' : 'tail', line },
    ]
  }
  if (STOPS.test(lowOf(line)))
    return [
      form === 'forbidden' ? noteOf(line, reading) : doPiece(line, reading, manner),
      { kind: 'stop', range: line.range },
    ]
  if (!isDone(form, line, manner)) return [noteOf(line, reading)]
  if (GOODBYE.test(lowOf(line)))
    return [
      doPiece(line, reading, manner),
      { kind: 'end', range: line.range, outcome: 'resolved', strength: 'last', implied: true, line },
    ]
  const piece = doPiece(line, reading, manner)
  if (form === 'statement' && !isQuoted(line.text)) piece.weak = true
  return [piece]
}

/** "Go to step 2 at once": says nothing more. */
const ONLY_WHEN =
  /^(?:at once|directly|immediately|straight ?away|right away|instead|now|again|first|next|there|below|above|please)[\s.!)]*$/

/** The last words of a branch, unless something follows in it. */
const GOODBYE =
  /\b(?:say (?:good-?bye|bye|farewell)|wish (?:them|him|her|the \w+) (?:a|all) \w+)\b[^.]{0,40}[.!)]*$/

function quietly(line: Line, reading: Reading, manner: Manner): Piece[] {
  const form = formOfLine(line, reading.words)
  if (form === 'imperative' || form === 'duty' || isQuoted(line.text)) return [doPiece(line, reading, manner)]
  return [noteOf(line, reading)]
}

function isDone(form: Form, line: Line, manner: Manner): boolean {
  if (isQuoted(line.text)) return true
  if (form === 'imperative' || form === 'duty') return true
  return manner.firm === true && form !== 'forbidden' && form !== 'reference'
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
  const text = line.text
    .slice(0, 200)
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
  const bold = line.spans[0]?.kind === 'strong' ? line.spans[0] : undefined
  if (bold && bold.from <= 1 && bold.to - bold.from >= 4 && bold.to - bold.from <= 90) {
    const words = line.text.slice(bold.from, bold.to).replace(/\s+/g, ' ')
    if (words.trim().includes(' ')) return shortened(words.replace(/[\s:.–—-]+$/, ''))
  }
  return shortened(text)
}

export function shortened(text: string): string {
  if (text.length <= 62) return text.replace(/[.:;,]$/, '')
  const space = text.lastIndexOf(' ', 60)
  return `${text.slice(0, space > 30 ? space : 60).replace(/[,;:.]$/, '')}…`
}
