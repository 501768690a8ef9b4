// What a section shows of itself before it is read: whether somebody speaks in it, and where it sends to.
import type { Block } from './blocks.ts'
import { conditional } from './conditions.ts'
import { jumpIn } from './jumps.ts'
import { labelOfLine } from './labels.ts'
import { type Line, lowOf } from './line.ts'
import type { Section } from './outline.ts'
import type { Places } from './places.ts'
import { sentencesOf } from './sentences.ts'
import { isNote, soundsSaid } from './speech.ts'
import type { Vocabulary } from './words.ts'

/** `cases`: those of its jumps that are made under a condition. */
export type Traits = { quotes: number; jumps: Set<Section>; cases: Set<Section>; library: boolean }

/** Comes at the end of every way, whoever names it. */
const CLOSING =
  /^\W*(?:the )?(?:closing|close|goodbye|farewell|wrap|end|finish|after|follow[- ]?up|survey|feedback|notes?\b|sign[- ]?off)/

function isClosing({ title }: Section, words: Vocabulary): boolean {
  const label = labelOfLine(title, words)
  return CLOSING.test(label ? label.rest : lowOf(title))
}

/**
 * Sections a menu sends to: whoever is sent to "Missed paper" by the section before both does not come there from the
 * end of "Stopping the paper". Sections sent to by their number follow each other, and so does what several sections send to: a common
 * ending.
 */
export function apartOf(traits: ReadonlyMap<Section, Traits>, words: Vocabulary): Set<Section> {
  const order = new Map([...traits.keys()].map((section, at) => [section, at]))
  const senders = new Map<Section, number>()
  for (const [section, { jumps }] of traits)
    for (const target of jumps)
      if (order.get(section)! < order.get(target)!) senders.set(target, (senders.get(target) ?? 0) + 1)
  const apart = new Set<Section>()
  for (const [section, { cases }] of traits) {
    const later = [...cases].filter(target => order.get(section)! < order.get(target)!)
    if (later.length < 2) continue
    for (const target of later) if (senders.get(target) === 1 && !isClosing(target, words)) apart.add(target)
  }
  return apart
}

/** Sounds like somebody who talks to a customer. */
function isSpeech(line: Line, words: Vocabulary): boolean {
  if (soundsSaid(line, words) || words.language !== 'en') return true
  const low = lowOf(line)
  return (
    /\?\W*$/.test(low) ||
    (/\byou(?:r|'re|'ll|'ve)?\b/.test(low) &&
      /\b(?:i|i'm|i'll|i've|we|we're|we'll|we've|my|our|me|us)\b/.test(low))
  )
}

/** Linear in the blocks of the section. */
export function traitsOf(section: Section, words: Vocabulary, places: Places): Traits {
  const traits: Traits = { quotes: 0, jumps: new Set(), cases: new Set(), library: false }
  const context = { words, places, section }
  const look = (line: Line, listed: boolean) => {
    if (line.text.length > 20_000) return
    if (/^\W*use when\b/i.test(line.text)) traits.library = true
    for (const sentence of sentencesOf(line, words)) {
      if (sentence.text.length > 1000) continue
      const jump = jumpIn(sentence, context)
      if (jump?.reference.kind !== 'section') continue
      traits.jumps.add(jump.reference.section)
      const found = conditional(sentence, words)
      if ((!found && !listed) || found?.otherwise) continue
      // "Go to section 2" counts on the order of the sections, "go to Cancel" does not.
      const { from, to } = jump.target
      const named = !/\d/.test(sentence.text.slice(from, to))
      const label = labelOfLine(jump.reference.section.title, words)
      if (!label || (named && label.noun === 'number')) traits.cases.add(jump.reference.section)
    }
  }
  const visit = (blocks: readonly Block[], listed: boolean) => {
    for (const block of blocks) {
      if (block.kind === 'paragraph') look(block.line, listed)
      else if (block.kind === 'list') for (const item of block.items) visit(item.blocks, !block.ordered)
      else if (block.kind === 'table') for (const row of block.rows) for (const cell of row) look(cell, true)
      else if (block.kind === 'quote') {
        const line = block.blocks[0]
        if (line?.kind === 'paragraph' && !isNote(line.line, words) && isSpeech(line.line, words))
          traits.quotes++
      }
    }
  }
  visit(section.blocks, false)
  return traits
}
