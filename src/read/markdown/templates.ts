// Words that are sent as they stand: canned replies inside `<details>`, and sections that are templates.

import type { Block } from './blocks.ts'
import { piecesOf } from './clauses.ts'
import { lowOf } from './line.ts'
import type { Details } from './mask.ts'
import type { Section } from './outline.ts'
import type { Piece } from './pieces.ts'
import { spokenCode } from './quotes.ts'
import type { Reading } from './reading.ts'

const CANNED =
  /\b(?:repl(?:y|ies)|response|message|e-?mail|notify|notification|macro|canned|script|wording|template)\b/i

/** The words of a block inside a `<details>` that holds a canned reply; null for any other block. */
export function readCanned(block: Block, reading: Reading): Piece[] | null {
  const details = detailsAt(block.offset, reading.details)
  return details && CANNED.test(details.summary) ? canned(block, details.summary, reading) : null
}

function canned(block: Block, summary: string, reading: Reading): Piece[] {
  if (block.kind === 'paragraph') {
    if (block.line.text === '' || block.line.text.trim() === summary.trim()) return []
    return piecesOf(block.line, reading, { said: true, quiet: true })
  }
  if (block.kind === 'code') return [spokenCode(block)]
  if (block.kind === 'list')
    return block.items.flatMap(item => item.blocks.flatMap(inner => canned(inner, summary, reading)))
  return block.kind === 'quote' ? block.blocks.flatMap(inner => canned(inner, summary, reading)) : []
}

/** The innermost `<details>` around an offset. Binary search; elements that overlap are rare and near. */
function detailsAt(offset: number, details: readonly Details[]): Details | undefined {
  let low = 0
  let high = details.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (details[middle]!.from <= offset) low = middle + 1
    else high = middle
  }
  for (let i = low - 1; i >= 0 && i >= low - 4; i--) if (details[i]!.to > offset) return details[i]
  return undefined
}

const TEMPLATES =
  /^(?!.*\b(?:how|about|notes? on|using|use of|creat\w+|manag\w+|updat\w+)\b).*\b(?:templates?|canned (?:responses?|replies)|sample (?:messages|replies|e-?mails|posts)|saved replies)\b/
const PERSONAL = /\b(?:we|i|we're|we've|we'll|i'm|i've|i'll|our|my|thanks|thank you|hi|hey|hello|dear)\b/
const ABOUT =
  /^\W*(?:(?:please )?(?:use|send|copy|fill|adapt|replace|post)\b|(?:this|these|the) (?:\w+ )?(?:templates?|messages?|repl)|note\b)/
/** A heading may be under the heading of templates, so many levels up. */
const LEVELS = 6

/** The words of a section that is a template under such a heading, written out without a quote or fence; else null. */
export function readTemplate(section: Section, reading: Reading): Piece[] | null {
  const { blocks } = section
  const paragraphs = blocks.flatMap(block =>
    block.kind === 'paragraph' && block.line.text !== '' ? [block.line] : [],
  )
  if (
    paragraphs.length === 0 ||
    blocks.some(
      block =>
        block.kind === 'quote' ||
        block.kind === 'code' ||
        block.kind === 'table' ||
        (block.kind === 'list' && block.ordered),
    )
  )
    return null
  let at: Section | null = section
  for (let i = 0; at && at.level > 0 && i < LEVELS && !TEMPLATES.test(lowOf(at.title)); i++) at = at.parent
  if (!at || at.level === 0 || !TEMPLATES.test(lowOf(at.title))) return null
  const words = paragraphs.filter(line => PERSONAL.test(lowOf(line)) && !ABOUT.test(lowOf(line)))
  if (words.length * 3 < paragraphs.length) return null
  return blocks.flatMap(block =>
    block.kind === 'paragraph' && ABOUT.test(lowOf(block.line)) ? [] : canned(block, '', reading),
  )
}
