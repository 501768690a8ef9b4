// "Don'ts", "Never:", "What not to say" above a list: what stands below must not happen.
import type { Block } from './blocks.ts'
import { skipMarks } from './instructions.ts'
import { labelOfLine } from './labels.ts'
import { cut, type Line, lowOf } from './line.ts'
import type { Section } from './outline.ts'
import type { Piece } from './pieces.ts'
import { notesOf } from './quotes.ts'
import type { Reading } from './reading.ts'
import { sentencesOf } from './sentences.ts'
import { leads, type Vocabulary } from './words.ts'

/** Nothing but the prohibition itself: no word of what is forbidden. */
const ENGLISH =
  /^(?:(?:the |common |some )?(?:things?|what|words|phrases|mistakes|wording|topics|actions|behaviou?rs?) )?(?:that )?(?:(?:you|we|agents?|staff|advisers?) )?(?:(?:to|should|must|may|are|is|will|can) )?(?:never|avoid(?:ed|ing)?|do nots?|don'?ts?|not|cannot|can't|mustn't|shouldn't|no-?gos?|forbidden|prohibited|off[- ]limits|refrain from|under no circumstances)(?: (?:ever|do|say|use|saying|using|doing|write|mention|promise|allowed|permitted|to|tell|them|the|customers?|callers?|members?|any|of|following|these|this|those|things?|words?|phrases?|sentences?|on|phone|call|a|in|chat|under|circumstances|please|agents?))*$/

/** Does a heading or the line above a list forbid what follows, and say nothing else? */
export function forbids(line: Line, words: Vocabulary): boolean {
  if (line.text.length > 100) return false
  const label = labelOfLine(line, words)
  const low = lowOf(label ? cut(line, label.at) : line)
  const start = skipMarks(low, 0)
  const said = low.slice(start).replace(/[^\p{L}\p{N}]+$/u, '')
  if (said === '') return false
  const length = leads(words.forbidden, said)
  return length === said.length || ENGLISH.test(said)
}

/** Does it stand below such a heading? Bounded by the levels of headings. */
export function isForbidden(section: Section, words: Vocabulary): boolean {
  for (let at: Section | null = section; at && at.level > 0; at = at.parent)
    if (forbids(at.title, words)) return true
  return false
}

/** "Never do the following:", "**Avoid**" above a list. */
export function forbidsBelow(line: Line, words: Vocabulary): boolean {
  const bold = line.spans.find(span => span.kind === 'strong')
  if (!/[:：]["*_\s]*$/.test(line.text) && !(bold?.from === 0 && bold.to >= line.text.length - 1))
    return false
  const last = sentencesOf(line, words).at(-1)
  return last !== undefined && forbids(last, words)
}

/** What must not happen is no step; its words stay with the step before them, as what they are. */
export function forbidden(blocks: readonly Block[], reading: Reading): Piece[] {
  return notesOf(blocks, reading).map(piece =>
    piece.kind === 'note'
      ? { ...piece, firm: true, texts: piece.texts.map(text => ({ ...text, forbidden: true as const })) }
      : piece,
  )
}
