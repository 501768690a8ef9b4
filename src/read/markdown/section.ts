// The blocks of a section → pieces: paragraphs with what they introduce, bold pseudo-headings, and the other blocks.
import { readAnnotation } from './annotations.ts'
import type { Block } from './blocks.ts'
import { piecesOf } from './clauses.ts'
import { forbidden, forbidsBelow } from './forbids.ts'
import { opensGroup, readGroup } from './groups.ts'
import { declaredIn, readList } from './items.ts'
import { cut, type Line } from './line.ts'
import type { Mode } from './mode.ts'
import { openCondition, readOpen, readParagraph } from './paragraphs.ts'
import type { Piece } from './pieces.ts'
import { readQuote, spokenCode } from './quotes.ts'
import type { Reading } from './reading.ts'
import { sentencesOf } from './sentences.ts'
import { announcesSpeech } from './speech.ts'
import { readTable } from './tables.ts'
import { readCanned } from './templates.ts'

/** Linear in the blocks; recursion follows the nesting of lists and quotes, which `blocks.ts` bounds. */
export function readBlocks(
  blocks: readonly Block[],
  reading: Reading,
  mode: Mode,
  lead: Line | null = null,
): Piece[] {
  const pieces: Piece[] = []
  let intro: Line | null = lead
  let announced = false
  for (let i = 0; i < blocks.length; i++) {
    const block = blocks[i]!
    const before: Line | null = intro
    const spokenTo = announced
    intro = null
    announced = false
    const canned = readCanned(block, reading)
    if (canned) {
      pieces.push(...canned)
      continue
    }
    if (block.kind === 'paragraph') {
      const { line } = block
      if (line.text === '') {
        pieces.push(...declaredIn(line, reading))
        continue
      }
      const end = i + 1
      const pseudo = opensGroup(block, reading)
      if (pseudo) {
        let until = end
        while (until < blocks.length && !opensGroup(blocks[until]!, reading)) until++
        const group = readGroup(line, blocks.slice(end, until), reading, mode)
        if (group) {
          pieces.push(...group)
          i = until - 1
          continue
        }
        announced =
          announcesSpeech(line, reading.words) ||
          announcesSpeech({ ...line, text: `${line.text}:`, memo: {} }, reading.words)
        intro = line
        continue
      }
      if (spokenTo && !announcesSpeech(line, reading.words)) {
        pieces.push(...piecesOf(line, reading, { said: true, quiet: true }))
        continue
      }
      const next = blocks[end]
      if (next?.kind === 'list' && forbidsBelow(line, reading.words)) {
        const before = cut(line, 0, line.text.length - sentencesOf(line, reading.words).at(-1)!.text.length)
        if (before.text !== '') pieces.push(...readParagraph(before, reading, mode, false))
        intro = line
        continue
      }
      const found = openCondition(line, reading)
      if (found && next && (next.kind === 'list' || next.kind === 'quote' || next.kind === 'code')) {
        pieces.push(...readOpen(line, found, next, reading, mode))
        i++
        continue
      }
      announced = announcesSpeech(line, reading.words)
      intro = line
      pieces.push(...readParagraph(line, reading, mode, next?.kind === 'list'))
    } else if (block.kind === 'list' && before && forbidsBelow(before, reading.words))
      pieces.push(...forbidden([block], reading))
    else if (block.kind === 'list') {
      pieces.push(...readList(block, before, reading, mode))
      const last = block.items.at(-1)!.blocks.at(-1)!
      announced = last.kind === 'paragraph' && announcesSpeech(last.line, reading.words)
    } else if (block.kind === 'quote') pieces.push(...readQuote(block, spokenTo, reading, mode))
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
