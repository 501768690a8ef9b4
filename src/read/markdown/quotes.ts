// Blocks that may be speech: quotes, fences, dialogue with speaker labels; and notes, which are neither speech nor steps.
import type { Mark } from '../../model/position.ts'
import { doPiece, noteOf } from './actions.ts'
import type { Block } from './blocks.ts'
import { piecesOf } from './clauses.ts'
import { isThirdPerson } from './instructions.ts'
import { cut, type Line, lowOf, textOf } from './line.ts'
import type { Mode } from './mode.ts'
import { keepNotes } from './notes.ts'
import type { Do, Piece } from './pieces.ts'
import type { Reading } from './reading.ts'
import { sentencesOf } from './sentences.ts'
import { isNote, soundsSaid, speakerOf } from './speech.ts'

/** A quote is said if it was announced, stands where speech stands, or sounds so; else it is a note. */
export function readQuote(
  block: Block & { kind: 'quote' },
  announced: boolean,
  reading: Reading,
  mode: Mode,
): Piece[] {
  const first = block.blocks[0]
  const line = first?.kind === 'paragraph' ? first.line : null
  if (!line)
    return block.blocks.length > 0 && (announced || mode.spoken)
      ? mode.read(block.blocks, reading, { ...mode, numbered: null })
      : []
  const said =
    !isNote(line, reading.words) &&
    (announced || mode.spoken || reading.script || soundsSaid(line, reading.words))
  if (!said) return keepNotes(notesOf(block.blocks, reading), reading)
  const pieces: Piece[] = []
  const say = (words: Line) =>
    pieces.push(...(readDialogue(words, reading) ?? piecesOf(words, reading, { said: true, quiet: true })))
  for (const inner of block.blocks) {
    if (inner.kind === 'paragraph' && inner.line.text !== '') say(inner.line)
    else if (inner.kind === 'list') {
      for (const item of inner.items)
        for (const part of item.blocks) if (part.kind === 'paragraph') say(part.line)
    } else if (inner.kind === 'comment') pieces.push(...mode.read([inner], reading, mode))
  }
  return pieces
}

/** Lines that begin with who speaks; null unless the paragraph begins with one. */
export function readDialogue(line: Line, reading: Reading): Piece[] | null {
  if (!speakerOf(line, reading.words)) return null
  const pieces: Do[] = []
  for (let from = 0; from < line.text.length; ) {
    const newline = line.text.indexOf('\n', from)
    const to = newline < 0 ? line.text.length : newline
    const part = cut(line, from, to)
    const speaker = speakerOf(part, reading.words)
    const last = pieces.at(-1)
    if (speaker) {
      // "Bot: asks for the number" tells what it does.
      const voice = speaker.who === 'bot' && isThirdPerson(lowOf(speaker.rest)) ? 'do' : speaker.voice
      const texts = speaker.rest.text === '' ? [] : [textOf(speaker.rest, voice)]
      pieces.push({
        ...doPiece(speaker.rest, reading, { said: true, quiet: true }),
        texts,
        ...(speaker.who && { speaker: speaker.who }),
      })
    } else if (part.text !== '' && last) last.texts.push(textOf(part, last.texts.at(-1)?.voice ?? 'say'))
    from = to + 1
  }
  return pieces
}

/** The words of a fence, said to the customer. */
export function spokenCode(block: Block & { kind: 'code' }): Do {
  const marks: Mark[] = []
  let at = 0
  for (const [i, line] of block.value.split('\n').entries()) {
    marks.push({ at, line: block.first.line + i, column: block.columns[i] ?? 1 })
    at += line.length + 1
  }
  const text = block.value.replace(/\n/g, ' ')
  const title = text.trim().slice(0, 60)
  return {
    kind: 'do',
    range: block.range,
    title,
    texts: [{ text, marks, voice: 'say' }],
    quiet: true,
    references: [],
    names: [],
    body: [],
  }
}

/** All the sentences of some blocks as notes. */
export function notesOf(blocks: readonly Block[], reading: Reading): Piece[] {
  const pieces: Piece[] = []
  for (const block of blocks) {
    if (block.kind === 'paragraph' && block.line.text !== '') {
      pieces.push(...sentencesOf(block.line, reading.words).map(sentence => noteOf(sentence, reading)))
    } else if (block.kind === 'list')
      pieces.push(...block.items.flatMap(item => notesOf(item.blocks, reading)))
    else if (block.kind === 'quote') pieces.push(...notesOf(block.blocks, reading))
  }
  return pieces
}
