// Lists → pieces: each item a step, a branch, an answer, or a mere datum of the step before the list.

import { doPiece, noteOf, titleOf } from './actions.ts'
import { answerIn } from './answers.ts'
import type { Block, Item } from './blocks.ts'
import { annotationIn, choiceOf, declareChoice } from './choices.ts'
import { piecesOf } from './clauses.ts'
import { isThirdPerson } from './instructions.ts'
import { labelOfLine } from './labels.ts'
import { cut, flat, type Line, lowOf } from './line.ts'
import {
  areCases,
  firstLine,
  grammarOf,
  introText,
  isGlossary,
  kindOf,
  labelledCases,
  questionIn,
  TOLD,
} from './lists.ts'
import type { Mode } from './mode.ts'
import { keepNotes } from './notes.ts'
import type { Choice, Do, Note, Piece } from './pieces.ts'
import { notesOf, readDialogue } from './quotes.ts'
import type { Reading } from './reading.ts'
import { announcesSpeech, isNote, isQuoted, speakerOf } from './speech.ts'
import { readCanned } from './templates.ts'

export function readList(
  block: Block & { kind: 'list' },
  intro: Line | null,
  reading: Reading,
  mode: Mode,
): Piece[] {
  const context = { words: reading.words, places: reading.places, section: reading.section }
  const clear = new Set(block.items.filter(item => isClear(item)))
  const question = intro !== null && /\?["”*_\s:]*$/.test(intro.text)
  const labelled = labelledCases(block, intro, clear.size * 2 >= block.items.length, reading)
  for (const item of labelled) clear.add(item)
  const among = mode.among || question || labelled.length > 0 || clear.size * 2 >= block.items.length
  const before = introText(intro)
  if (intro && isSpokenList(block, intro, reading)) return spokenItems(block, reading)
  const kind = kindOf(block, before, lowOf(reading.section.title), reading.words, mode.inSteps)
  if (kind === 'data' && isGlossary(block.items, reading.words)) {
    const text = introText(firstLine(block.items[0]!)).slice(0, 80)
    reading.unread.push({ range: block.range, reason: 'background: a list of terms', text })
    return []
  }
  if (kind === 'data' && !(among && clear.size > 0))
    return readData(block.items, TOLD.test(before), intro !== null, reading)
  const pieces: Piece[] = []
  const first = mode.numbered?.next ?? 1
  const asked =
    block.items.filter(item => firstLine(item) && questionIn(firstLine(item)!, reading.words)).length > 1
  const cases = block.ordered && areCases(block.items, reading.words)
  for (const item of block.items) {
    const number = block.ordered && mode.numbered ? first + item.number - 1 : null
    const steps = kind === 'steps' || clear.has(item)
    pieces.push(
      ...(steps
        ? readItem(item, number, block.ordered && !cases, among, reading, { ...mode, asked })
        : readData([item], false, false, reading)),
    )
  }
  if (block.ordered && mode.numbered && kind === 'steps') mode.numbered.next = first + block.items.length
  return pieces

  function isClear(item: Item): boolean {
    const line = firstLine(item)
    return line !== null && answerIn(line, context, false) !== null
  }
}

/** "Ask the customer:", "Here are phrases that help:" with items that are questions or in quotation marks. */
function isSpokenList(block: Block & { kind: 'list' }, intro: Line, reading: Reading): boolean {
  const low = lowOf(intro)
  if (
    !announcesSpeech(intro, reading.words) &&
    !/\b(?:phrases?|wording|things to say|sayings|expressions|statements|questions)\b[^.]*:$/.test(low)
  )
    return false
  const spoken = block.items.filter(item => {
    const line = firstLine(item)
    return (
      line !== null && item.blocks.length === 1 && (/[?]["”*_\s]*$/.test(line.text) || isQuoted(line.text))
    )
  })
  return (
    spoken.length * 2 > block.items.length ||
    (/\b(?:phrases?|wording|things to say|expressions)\b/.test(low) &&
      block.items.every(item => item.blocks.length === 1))
  )
}

function spokenItems(block: Block & { kind: 'list' }, reading: Reading): Piece[] {
  const lines = block.items.map(firstLine).filter(line => line !== null && line.text !== '')
  return lines.flatMap(line => piecesOf(line!, reading, { said: true, quiet: true }))
}

/**
 * Items that are criteria or fields: words of the step before them. Conditions with something to do stay branches,
 * unless all of it is told to the customer. `wanted`: the step before the list asks for these items.
 */
function readData(items: readonly Item[], told: boolean, wanted: boolean, reading: Reading): Piece[] {
  const notes: Note[] = []
  const branches: Piece[] = []
  const visit = (item: Item) => {
    for (const block of item.blocks) {
      const canned = readCanned(block, reading)
      if (canned) {
        branches.push(...canned)
        continue
      }
      if (block.kind === 'list') for (const inner of block.items) visit(inner)
      if (block.kind !== 'paragraph' || block.line.text === '') continue
      for (const piece of piecesOf(block.line, reading, {})) {
        if (
          piece.kind === 'choice' &&
          !told &&
          piece.body.some(inner => inner.kind === 'do' || inner.kind === 'go' || inner.kind === 'end')
        )
          branches.push(piece)
        else if (piece.kind === 'do' || piece.kind === 'note')
          notes.push({
            kind: 'note',
            range: piece.range,
            texts: piece.texts,
            references: piece.references,
            firm: piece.kind === 'do' || piece.firm === true,
            ...(piece.kind === 'note' && piece.standing ? { standing: true } : {}),
          })
        else if (piece.kind !== 'declared') notes.push(noteOf(block.line, reading))
      }
    }
  }
  for (const item of items) visit(item)
  return [...(wanted ? notes : keepNotes(notes, reading)), ...branches]
}

function readItem(
  item: Item,
  number: number | null,
  ordered: boolean,
  among: boolean,
  reading: Reading,
  mode: Mode,
): Piece[] {
  const [first, ...rest] = item.blocks
  const inner: Mode = { ...mode, inSteps: true, quiet: true, among: false, asked: false, numbered: null }
  if (first?.kind !== 'paragraph' || first.line.text === '') return mode.read(item.blocks, reading, inner)
  const { line } = first
  if (speakerOf(line, reading.words)?.who === 'bot' && rest.length === 0)
    return readDialogue(line, reading)!.map(piece => ({ ...piece, quiet: false, title: titleOf(line) }))
  const names = number === null ? [] : [`item ${number}`]
  const answer = answerIn(
    line,
    { words: reading.words, places: reading.places, section: reading.section },
    among,
  )
  if (answer) {
    const body = [
      ...piecesOf(answer.action, reading, { firm: true }),
      ...mode.read(rest, reading, { ...inner, quiet: false }, line),
    ]
    const when = answer.otherwise && answer.when.text.length < 12 ? null : answer.when
    const choice = choiceOf(line, { when, otherwise: answer.otherwise }, body, undefined, {
      alternative: true,
    })
    choice.names = names
    return [withDeclared(choice)]
  }
  const asked = mode.asked && questionIn(line, reading.words)
  if (asked) {
    const body = [
      ...piecesOf(cut(line, asked.text.length), reading, { firm: true }),
      ...mode.read(rest, reading, { ...inner, quiet: false }, line),
    ]
    const choice = choiceOf(line, { when: asked, otherwise: false }, body, annotationIn(line, reading), {
      alternative: true,
    })
    choice.names = names
    return [withDeclared(choice)]
  }
  const label = labelOfLine(line, reading.words)
  if (label && rest.length > 0 && /^(?:option|case|scenario|variant|path)$/.test(label.noun)) {
    const when = cut(line, label.at, line.text.replace(/[\s:：*_]+$/, '').length)
    const choice = choiceOf(
      line,
      { when, otherwise: false },
      mode.read(rest, reading, { ...inner, quiet: false }, line),
      annotationIn(line, reading),
      { alternative: true },
    )
    choice.names = [`${label.noun} ${label.number}`, ...names]
    return [withDeclared(choice)]
  }
  if (isNote(line, reading.words) && !ordered) return keepNotes(notesOf(item.blocks, reading), reading)
  const pieces = piecesOf(line, reading, {
    firm: ordered || isThirdPerson(lowOf(line)),
    alternative: !ordered,
    opens: rest.some(block => block.kind === 'list'),
  })
  // "4. Go to step 2" is a step of the list, if only to be sent to.
  const leaves = pieces.filter(piece => piece.kind === 'go' || piece.kind === 'end')
  if (ordered && pieces.length > 0 && leaves.length === pieces.length) {
    pieces.unshift({ ...doPiece(line, reading, {}), texts: [], references: [] })
  }
  nameItem(pieces, line, names, reading)
  const asks = /\?["”*_\s]*$/.test(line.text) || /^[^.!]{5,300}\?\s/.test(line.text)
  if (rest.length > 0)
    attach(pieces, line, rest, asks, names, reading, {
      ...inner,
      spoken: mode.spoken || announcesSpeech(line, reading.words),
    })
  else if (asks && ordered && pieces.every(piece => piece.kind === 'note'))
    return [{ ...doPiece(line, reading, {}), names }]
  return keepNotes(
    pieces.map(piece => (piece.kind === 'choice' ? withDeclared(piece) : piece)),
    reading,
  )
}

/** Title, range and the names by which the first step of an item can be referred to. */
function nameItem(pieces: readonly Piece[], line: Line, names: readonly string[], reading: Reading): void {
  const started = pieces.find(piece => piece.kind === 'do' || piece.kind === 'choice') as
    | Do
    | Choice
    | undefined
  if (!started) return
  started.names.push(...names)
  if (started.kind !== 'do') return
  started.title = titleOf(line)
  if (started === pieces[0]) started.range = { start: line.range.start, end: started.range.end }
  const label = labelOfLine(line, reading.words)
  if (label && label.noun !== 'number') started.names.push(`${label.noun} ${label.number}`)
  const bold = line.spans.find(span => span.kind === 'strong' && span.from <= 1)
  if (bold) started.names.push(flat(line).slice(bold.from, bold.to))
}

/** The blocks under the first line of an item belong to its last branch, or to its step. */
function attach(
  pieces: Piece[],
  line: Line,
  rest: readonly Block[],
  asks: boolean,
  names: readonly string[],
  reading: Reading,
  mode: Mode,
): void {
  const branches = rest.some(
    block => block.kind === 'list' && grammarOf(block.items, reading.words).conditions > 0,
  )
  const nested = mode.read(rest, reading, { ...mode, among: asks, quiet: !branches }, line)
  const last = pieces.at(-1)
  const first = nested.find(piece => piece.kind !== 'note' && piece.kind !== 'declared')
  if (asks && first && first.kind !== 'choice' && last?.kind !== 'choice') {
    // "Is it a trial?" with what to do under it: that is done if so.
    const question = last?.kind === 'do' ? last : { ...doPiece(line, reading, {}), names: [...names] }
    const range = { start: question.range.start, end: question.range.end }
    const asked = cut(line, 0, line.text.indexOf('?') + 1)
    question.body.push({
      kind: 'choice',
      range,
      when: asked,
      otherwise: false,
      body: nested,
      alternative: false,
      names: [],
    })
    pieces.splice(0, pieces.length, question)
    return
  }
  if (last?.kind === 'choice') {
    const hosted = nested.find(piece => piece.kind !== 'note' && piece.kind !== 'declared')?.kind === 'choice'
    last.body = [...(hosted ? last.body : last.body.map(demoted)), ...nested]
  } else if (last?.kind === 'do') last.body.push(...nested)
  else if (asks)
    pieces.splice(0, pieces.length, { ...doPiece(line, reading, {}), names: [...names], body: nested })
  else pieces.push(...nested)
}

/** What a statement says before the steps under it is no step of its own. */
function demoted(piece: Piece): Piece {
  if (piece.kind !== 'do' || !piece.weak) return piece
  return { kind: 'note', range: piece.range, texts: piece.texts, references: piece.references }
}

/** Comments that stand alone inside a branch's item are about the branch. */
function withDeclared(choice: Choice): Choice {
  const declared = choice.body.filter(piece => piece.kind === 'declared')
  choice.body = choice.body.filter(piece => piece.kind !== 'declared')
  for (const piece of declared) declareChoice(choice, piece.annotation)
  return choice
}

export function declaredIn(line: Line, reading: Reading): Piece[] {
  const annotation = annotationIn(line, reading)
  return annotation ? [{ kind: 'declared', range: annotation.range, annotation }] : []
}
