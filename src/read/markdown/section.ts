// The blocks of a section → pieces: paragraphs with their lists, quotes, fences, tables, bold pseudo-headings, notes.
import type { Playbook } from '../../model/playbook.ts'
import { readAnnotation } from './annotations.ts'
import { answerIn } from './answers.ts'
import type { Block, Item } from './blocks.ts'
import {
  annotationIn,
  choiceOf,
  declareChoice,
  doPiece,
  noteOf,
  piecesOf,
  type Reading,
  titleOf,
} from './clauses.ts'
import { type Conditional, conditional } from './conditions.ts'
import { isImperative } from './instructions.ts'
import { labelOf } from './labels.ts'
import { cut, flat, join, type Line, textOf } from './line.ts'
import { firstLine, grammarOf, introText, kindOf } from './lists.ts'
import { keepNotes } from './notes.ts'
import type { Choice, Do, Piece } from './pieces.ts'
import { sentencesOf } from './sentences.ts'
import { announcesSpeech, isNote, soundsSaid, speakerOf } from './speech.ts'
import { readTable } from './tables.ts'
import { plain } from './words.ts'

export type Mode = {
  /** The section, or the item these blocks stand in, is a step. */
  inSteps: boolean
  /** Paragraphs belong to the step of their section instead of being steps. */
  quiet: boolean
  /** Quotes and fences are speech here: a script-type heading, or a call script. */
  spoken: boolean
  /** The blocks are answers to a question. */
  among: boolean
  /** Top-level numbered items can be referred to by their number, which goes on across interruptions. */
  numbered: { next: number } | null
  /** Mermaid diagrams are flows of their own. */
  diagram: (code: string, at: Block & { kind: 'code' }) => Playbook | null
}

/** Linear in the blocks; recursion follows the nesting of lists and quotes, which `blocks.ts` bounds. */
export function readBlocks(blocks: readonly Block[], reading: Reading, mode: Mode): Piece[] {
  const pieces: Piece[] = []
  let intro: Line | null = null
  let announced = false
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!
    const before: Line | null = intro
    const spokenTo = announced
    intro = null
    announced = false
    if (block.kind === 'paragraph') {
      const { line } = block
      if (line.text === '') {
        readPicture(line, reading)
        pieces.push(...declaredIn(line, reading))
        continue
      }
      const end = i + 1
      const pseudo = isBoldLine(line)
      if (pseudo) {
        let until = end
        while (until < blocks.length && !isBoldLine((blocks[until] as { line?: Line }).line)) until++
        const group = readGroup(line, blocks.slice(end, until), reading, mode)
        if (group) {
          pieces.push(...group)
          i = until - 1
          continue
        }
        announced =
          announcesSpeech(line, reading.words) ||
          announcesSpeech({ ...line, text: `${line.text}:` }, reading.words)
        intro = line
        continue
      }
      if (spokenTo && !announcesSpeech(line, reading.words)) {
        pieces.push(...piecesOf(line, reading, { said: true, quiet: true }))
        continue
      }
      const next = blocks[end]
      const found = openCondition(line, reading)
      if (found && next && (next.kind === 'list' || next.kind === 'quote' || next.kind === 'code')) {
        pieces.push(...readOpen(line, found, next, reading, mode))
        i++
        continue
      }
      announced = announcesSpeech(line, reading.words)
      intro = line
      pieces.push(...readParagraph(line, reading, mode, next?.kind === 'list'))
    } else if (block.kind === 'list') pieces.push(...readList(block, before, reading, mode))
    else if (block.kind === 'quote') pieces.push(...readQuote(block, spokenTo, reading, mode))
    else if (block.kind === 'code') {
      if (block.language === 'mermaid') mode.diagram(block.value, block)
      else if (
        spokenTo &&
        (block.language === '' || /^(?:text|txt|plain|plaintext|markdown|md|email)$/.test(block.language))
      )
        pieces.push(spokenCode(block))
      else if (block.language === '')
        reading.unread.push({
          range: block.range,
          reason: 'a code block: nothing says that it is spoken',
          text: block.value.slice(0, 80),
        })
    } else if (block.kind === 'table') pieces.push(...readTable(block, reading, mode))
    else {
      const annotation = readAnnotation(block.text, block.range, reading.problems, reading.known)
      if (annotation) pieces.push({ kind: 'declared', range: block.range, annotation })
    }
  }
  return pieces
}

function declaredIn(line: Line, reading: Reading): Piece[] {
  const annotation = annotationIn(line, reading)
  return annotation ? [{ kind: 'declared', range: annotation.range, annotation }] : []
}

function readPicture(line: Line, reading: Reading): void {
  for (const span of line.spans) {
    if (span.kind !== 'image') continue
    const flow = /flow|diagram|process|chart|state|decision|tree|map|journey/i.test(
      `${span.value} ${span.url ?? ''}`,
    )
    reading.unread.push({
      range: span.range,
      reason: flow ? 'a flow drawn as an image' : 'an image',
      text: span.value ?? '',
    })
  }
}

function isBoldLine(line: Line | undefined): boolean {
  if (!line || line.text === '') return false
  const bold = line.spans.find(span => span.kind === 'strong')
  return (
    bold !== undefined &&
    bold.from === 0 &&
    /^[\s:：.]*$/.test(line.text.slice(bold.to)) &&
    line.text.length < 200
  )
}

/** A bold line and the blocks under it: a guarded branch, a labelled step; null for any other bold line. */
function readGroup(line: Line, blocks: readonly Block[], reading: Reading, mode: Mode): Piece[] | null {
  const words = { ...line, text: line.text.replace(/[\s:：]+$/, '') }
  const found = conditional(words, reading.words)
  if (found && !found.trailing && (found.when || found.otherwise)) {
    const action = found.action ? piecesOf(found.action, reading, { firm: true }) : []
    const when = found.when ?? null
    const body = [
      ...action,
      ...readBlocks(blocks, reading, { ...mode, inSteps: true, quiet: false, numbered: null }),
    ]
    return [
      choiceOf(line, when, found.otherwise, body, reading, annotationIn(line, reading), {
        alternative: true,
      }),
    ]
  }
  const label = labelOf(line.text, reading.words)
  if (label && label.noun !== 'number') {
    const piece = doPiece(line, reading, {})
    piece.texts = isImperative(label.rest, reading.words) ? [textOf(cut(line, label.at), 'do')] : []
    piece.names.push(`${label.noun} ${label.number}`, label.rest)
    piece.body = readBlocks(blocks, reading, { ...mode, inSteps: true, quiet: true, numbered: null })
    return [piece]
  }
  return null
}

/** "If X:" at the end of a paragraph: the next block says what happens then. */
function openCondition(line: Line, reading: Reading): Conditional | null {
  if (!/[:：]["”*_\s]*$/.test(line.text)) return null
  const sentences = sentencesOf(line, reading.words)
  const last = sentences.at(-1)
  const found = last ? conditional(last, reading.words) : null
  if (found?.open || (found?.trailing && /:\s*$/.test(line.text))) return found
  const action = found?.action
  return action && announcesSpeech(action, reading.words) ? found : null
}

function readOpen(line: Line, found: Conditional, next: Block, reading: Reading, mode: Mode): Piece[] {
  const sentences = sentencesOf(line, reading.words)
  const last = sentences.at(-1)!
  const pieces =
    sentences.length > 1
      ? readParagraph(cut(line, 0, line.text.length - last.text.length), reading, mode, false)
      : []
  const intro = introText(line)
  const inner: Mode = { ...mode, inSteps: true, quiet: false, numbered: null }
  const action = found.action ? piecesOf(found.action, reading, { firm: true }) : []
  let when = found.when ?? null
  let body: Piece[] = action
  const criteria =
    next.kind === 'list' &&
    (found.trailing || /\b(?:of (?:the following|these)|any|all|both|either)\b/.test(intro)) &&
    kindOf(next, intro, '', reading.words, false) === 'data'
  if (criteria && next.kind === 'list') {
    const lines = next.items.map(firstLine).filter(item => item !== null)
    when = join(
      [...(when && when.text.replace(/\W/g, '') !== '' ? [withoutColon(when)] : []), ...lines],
      '; ',
    )
  } else if (action.some(piece => piece.kind === 'do') && next.kind !== 'list') {
    body = [...action, ...readBlocks([next], reading, { ...inner, spoken: true, quiet: true })]
  } else
    body = [
      ...action,
      ...(next.kind === 'list'
        ? readList(next, line, reading, inner)
        : readQuote(next as Block & { kind: 'quote' }, true, reading, inner)),
    ]
  if (next.kind === 'code') body = [...action, spokenCode(next)]
  const choice = choiceOf(last, when, found.otherwise, body, reading, annotationIn(last, reading), {
    alternative: false,
  })
  choice.range = last.range
  return [...pieces, choice]
}

function withoutColon(line: Line): Line {
  return cut(line, 0, line.text.replace(/[\s:：*_]+$/, '').length)
}

/** A paragraph that is no heading: a note, dialogue, a labelled step, or sentences. */
function readParagraph(line: Line, reading: Reading, mode: Mode, introduces: boolean): Piece[] {
  const { words } = reading
  if (isNote(line, words)) return keepNotes([noteOf(line, reading)], reading)
  const dialogue = readDialogue(line, reading)
  if (dialogue) return dialogue
  const label = labelOf(line.text, words)
  if (
    label &&
    label.noun !== 'number' &&
    /^[\s:.)–—-]/.test(line.text.slice(0, label.at).replace(/.*\d|.*\w/s, '') || ':')
  ) {
    const rest = cut(line, label.at)
    const pieces = piecesOf(rest, reading, { firm: true, quiet: false })
    const first = pieces.find(piece => piece.kind === 'do') as Do | undefined
    if (first) {
      first.names.push(`${label.noun} ${label.number}`)
      first.title = titleOf(line)
      first.range = { start: line.range.start, end: first.range.end }
    }
    return keepNotes(pieces, reading)
  }
  if (introduces && isGenericIntro(plain(line.text))) return []
  if (soundsSaid(line, words) && /^\s*["“„«]/.test(line.text))
    return piecesOf(line, reading, { said: true, quiet: true })
  return keepNotes(piecesOf(line, reading, { quiet: mode.quiet, firm: false }), reading)
}

/** "Follow these steps:", "Do the following:" introduce steps and are none. */
function isGenericIntro(low: string): boolean {
  return (
    low.length < 160 &&
    /:\s*$/.test(low) &&
    /\b(?:follow(?:ing)?(?: these| the)?(?: following)? (?:steps?|actions?|process|procedure|instructions|order)|do the following|take the following|complete the following|these steps|perform the following|steps:|as follows:|do this:|the following:|to do so:|checklist:|the process:|procedure:)/.test(
      low,
    )
  )
}

/** Lines that begin with who speaks; null unless the paragraph begins with one. */
function readDialogue(line: Line, reading: Reading): Piece[] | null {
  if (!speakerOf(line, reading.words)) return null
  const pieces: Piece[] = []
  let from = 0
  while (from < line.text.length) {
    const newline = line.text.indexOf('\n', from)
    const to = newline < 0 ? line.text.length : newline
    const part = cut(line, from, to)
    const speaker = speakerOf(part, reading.words)
    const last = pieces.at(-1)
    if (speaker)
      pieces.push({
        ...doPiece(speaker.rest, reading, { said: true, quiet: true }),
        texts: speaker.rest.text === '' ? [] : [textOf(speaker.rest, speaker.voice)],
      })
    else if (part.text !== '' && last?.kind === 'do')
      last.texts.push(textOf(part, last.texts.at(-1)?.voice ?? 'say'))
    from = to + 1
  }
  return pieces
}

function spokenCode(block: Block & { kind: 'code' }): Do {
  const lines = block.value.split('\n')
  const marks: { at: number; line: number; column: number }[] = []
  let at = 0
  for (const [i, line] of lines.entries()) {
    marks.push({ at, line: block.first.line + i, column: block.first.column })
    at += line.length + 1
  }
  const text = block.value.replace(/\n/g, ' ')
  return {
    kind: 'do',
    range: block.range,
    title: text.slice(0, 60),
    texts: [{ text, marks, voice: 'say' }],
    quiet: true,
    references: [],
    names: [],
    body: [],
  }
}

function readQuote(
  block: (Block & { kind: 'quote' }) | (Block & { kind: 'code' }),
  announced: boolean,
  reading: Reading,
  mode: Mode,
): Piece[] {
  if (block.kind === 'code') return [spokenCode(block)]
  const first = block.blocks[0]
  const line = first?.kind === 'paragraph' ? first.line : null
  if (!line)
    return block.blocks.length > 0 && (announced || mode.spoken)
      ? readBlocks(block.blocks, reading, { ...mode, numbered: null })
      : []
  if (isNote(line, reading.words)) return keepNotes(notesOf(block.blocks, reading), reading)
  if (!announced && !mode.spoken && !reading.script && !soundsSaid(line, reading.words))
    return keepNotes(notesOf(block.blocks, reading), reading)
  const pieces: Piece[] = []
  for (const inner of block.blocks) {
    if (inner.kind === 'paragraph' && inner.line.text !== '')
      pieces.push(
        ...(readDialogue(inner.line, reading) ?? piecesOf(inner.line, reading, { said: true, quiet: true })),
      )
    else if (inner.kind === 'list') {
      for (const item of inner.items) {
        const words = firstLine(item)
        if (words) pieces.push(...piecesOf(words, reading, { said: true, quiet: true }))
      }
    } else if (inner.kind === 'comment') pieces.push(...readBlocks([inner], reading, mode))
  }
  return pieces
}

function notesOf(blocks: readonly Block[], reading: Reading): Piece[] {
  const pieces: Piece[] = []
  for (const block of blocks) {
    if (block.kind === 'paragraph' && block.line.text !== '')
      pieces.push(...sentencesOf(block.line, reading.words).map(sentence => noteOf(sentence, reading)))
    else if (block.kind === 'list') pieces.push(...block.items.flatMap(item => notesOf(item.blocks, reading)))
    else if (block.kind === 'quote') pieces.push(...notesOf(block.blocks, reading))
  }
  return pieces
}

function readList(
  block: Block & { kind: 'list' },
  intro: Line | null,
  reading: Reading,
  mode: Mode,
): Piece[] {
  const kind = kindOf(block, introText(intro), plain(reading.section.title.text), reading.words, mode.inSteps)
  const context = { words: reading.words, places: reading.places, section: reading.section }
  const question = intro !== null && /\?["”*_\s:]*$/.test(intro.text)
  const among =
    mode.among || question || block.items.filter(item => clearAnswer(item)).length * 2 >= block.items.length
  const pieces: Piece[] = []
  const before = mode.numbered?.next ?? 1
  for (const item of block.items) {
    const number = block.ordered && mode.numbered ? before + item.number - 1 : null
    const read =
      kind === 'steps' || answers(item)
        ? readItem(item, number, block.ordered, among, reading, mode)
        : dataOf(item, reading)
    pieces.push(...read)
  }
  if (block.ordered && mode.numbered && kind === 'steps') mode.numbered.next = before + block.items.length
  return pieces

  function clearAnswer(item: Item): boolean {
    const line = firstLine(item)
    return line !== null && answerIn(line, context, false) !== null
  }
  function answers(item: Item): boolean {
    return among && clearAnswer(item)
  }
}

/** An item of a list of criteria or fields: words of the step before it; conditions with something to do stay branches. */
function dataOf(item: Item, reading: Reading): Piece[] {
  const line = firstLine(item)
  if (!line) return []
  const read = piecesOf(line, reading, {})
  const branches = read.filter(
    piece =>
      piece.kind === 'choice' &&
      piece.body.some(inner => inner.kind === 'do' || inner.kind === 'go' || inner.kind === 'end'),
  )
  const notes = read
    .filter(piece => !branches.includes(piece))
    .map(piece => ({
      ...noteOf(line, reading),
      ...(piece.kind === 'do' || piece.kind === 'note'
        ? { texts: piece.texts, references: piece.references, range: piece.range }
        : {}),
    }))
  const nested = item.blocks
    .slice(1)
    .flatMap(block => (block.kind === 'list' ? block.items.flatMap(inner => dataOf(inner, reading)) : []))
  return [...notes.slice(0, 1), ...branches, ...nested]
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
  const inner: Mode = { ...mode, inSteps: true, quiet: true, among: false, numbered: null }
  if (first?.kind !== 'paragraph') return readBlocks(item.blocks, reading, inner)
  const { line } = first
  const names = number === null ? [] : [`item ${number}`]
  const context = { words: reading.words, places: reading.places, section: reading.section }
  const answer = answerIn(line, context, among)
  if (answer) {
    const body = [
      ...piecesOf(answer.action, reading, { firm: true }),
      ...readBlocks(rest, reading, { ...inner, quiet: false }),
    ]
    const choice = choiceOf(
      line,
      answer.otherwise && answer.when.text.length < 12 ? null : answer.when,
      answer.otherwise,
      body,
      reading,
      undefined,
      { alternative: true },
    )
    choice.names = names
    return [withDeclared(choice)]
  }
  if (line.text === '') return readBlocks(item.blocks, reading, inner)
  if (isNote(line, reading.words) && !ordered) return keepNotes(notesOf(item.blocks, reading), reading)
  const label = labelOf(line.text, reading.words)
  const pieces = piecesOf(line, reading, { firm: ordered, alternative: !ordered })
  const last = pieces.at(-1)
  const started = pieces.find(piece => piece.kind === 'do' || piece.kind === 'choice') as
    | Do
    | Choice
    | undefined
  if (started) {
    started.names.push(...names)
    if (started.kind === 'do') {
      started.title = titleOf(line)
      if (started === pieces[0]) started.range = { start: line.range.start, end: started.range.end }
      if (label && label.noun !== 'number') started.names.push(`${label.noun} ${label.number}`)
      const bold = line.spans.find(span => span.kind === 'strong' && span.from <= 1)
      if (bold) started.names.push(flat(line).slice(bold.from, bold.to))
    }
  }
  if (rest.length > 0) {
    const asks = /\?["”*_\s]*$/.test(line.text)
    const spoken = mode.spoken || announcesSpeech(line, reading.words)
    const steps = rest.some(
      block => block.kind === 'list' && grammarOf(block.items, reading.words).conditions > 0,
    )
    const nested = readBlocks([...(rest[0]!.kind === 'list' ? [] : []), ...rest], reading, {
      ...inner,
      spoken,
      among: asks,
      quiet: !steps,
    })
    if (last?.kind === 'choice') last.body = [...(nested.find(isFlow)?.kind === 'choice' ? last.body : last.body.map(demoted)), ...nested]
    else if (last?.kind === 'do') last.body.push(...nested)
    else if (asks) pieces.splice(0, pieces.length, { ...doPiece(line, reading, {}), names, body: nested })
    else pieces.push(...nested)
  } else if (pieces.every(piece => piece.kind === 'note') && /\?["”*_\s]*$/.test(line.text) && ordered) {
    return [{ ...doPiece(line, reading, {}), names }]
  }
  return keepNotes(
    pieces.map(piece => (piece.kind === 'choice' ? withDeclared(piece) : piece)),
    reading,
  )
}

function isFlow(piece: Piece): boolean {
  return piece.kind !== 'note' && piece.kind !== 'declared'
}

/** What a statement says before the steps under it is no step of its own. */
function demoted(piece: Piece): Piece {
  return piece.kind === 'do' && piece.weak ? { kind: 'note', range: piece.range, texts: piece.texts, references: piece.references } : piece
}

/** Comments that stand alone inside a branch's item are about the branch. */
function withDeclared(choice: Choice): Choice {
  const declared = choice.body.filter(piece => piece.kind === 'declared')
  choice.body = choice.body.filter(piece => piece.kind !== 'declared')
  for (const piece of declared) declareChoice(choice, piece.annotation)
  return choice
}
