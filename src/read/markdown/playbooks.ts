// Which sections make a playbook: a page may be one call script, one numbered procedure, or many procedures side by side.
import type { Block } from './blocks.ts'
import type { Head } from './head.ts'
import { jumpIn } from './jumps.ts'
import { labelOf, normal } from './labels.ts'
import { flat, type Line } from './line.ts'
import type { Outline, Section } from './outline.ts'
import type { Places } from './places.ts'
import { sentencesOf } from './sentences.ts'
import { isNote } from './speech.ts'
import { plain, type Vocabulary } from './words.ts'

/**
 * `script`: sections are steps of one conversation. `numbered`: headings carry step numbers. `procedure`: the steps are
 * the items and sentences of the section. `sections` are read in order; `steps` are those that are a step themselves.
 */
export type Plan = {
  kind: 'script' | 'numbered' | 'procedure'
  top: Section
  sections: Section[]
  steps: ReadonlySet<Section>
}

/** Collections of independent pieces: numbered headings there are no steps. */
const LIBRARY =
  /\b(?:macros?|templates?|library|canned|snippets|collection|faqs?|frequently asked|responses|replies|examples|policy|policies|glossary|handbook)\b/
const SCRIPT =
  /\b(?:scripts?|call flow|call guide|dialogue|dialog|talk track|skript|skripti?|kịch bản|сценарий|скрипт|guion|manus)\b/
/** Sections about the page, not of the flow. */
const ABOUT =
  /^(?:purpose|overview|introduction|intro|background|scope|goals?|objectives?|about(?: this.*)?|related.*|references?|resources|glossary|definitions?|changelog|change log|revision history|history|contents|table of contents|toc|see also|further reading|links|quick links|faqs?|owner|ownership|metadata|summary|version history|zweck|überblick|formål|eesmärk|цель|mục đích|objectif|objetivo)$/

type Traits = { quotes: number; blocks: number; jumps: Set<Section>; library: boolean }

export function planOf(outline: Outline, head: Head | null, words: Vocabulary, places: Places): Plan[] {
  const { root, sections } = outline
  const traits = new Map<Section, Traits>()
  for (const section of [root, ...sections]) traits.set(section, traitsOf(section, words, places))
  const first = root.children.length === 1 ? root.children[0]! : null
  const top = first && first.level === 1 ? first : root
  const inner = sections.filter(section => section !== top)
  const filled = inner.filter(section => section.blocks.length > 0 && !isAbout(section))
  const labelled = inner.filter(section => labelOf(flat(section.title), words) !== null)
  const stepped = labelled.filter(section => labelOf(flat(section.title), words)!.noun !== 'number')
  const title = plain(top === root ? '' : flat(top.title))
  const library = LIBRARY.test(title) || traits.get(top)!.library
  const jumping = filled.filter(section =>
    [...traits.get(section)!.jumps].some(target => target !== section && target !== top),
  )
  const spoken = filled.filter(section => traits.get(section)!.quotes > 0)
  const numbered = labelled.length - stepped.length
  const script =
    head?.ours === true ||
    (jumping.length >= 2 && jumping.length >= filled.length * 0.3) ||
    (jumping.length >= 1 && filled.length <= 4 && filled.length > 1) ||
    (!library &&
      spoken.length >= 2 &&
      spoken.length >= filled.length * 0.5 &&
      numbered < filled.length * 0.5) ||
    (!library && filled.length >= 2 && SCRIPT.test(title))
  const isNumbered =
    (stepped.length >= 2 && stepped.length >= filled.length * 0.5) ||
    (!library && numbered >= 2 && numbered >= filled.length * 0.6 && isCounted(labelled, words))
  if (filled.length > 0 && (script || isNumbered)) {
    const all = top === root ? [root, ...sections] : [root, top, ...inner]
    const targets = new Set([...traits.values()].flatMap(({ jumps }) => [...jumps]))
    const steps = new Set(
      inner.filter(
        section =>
          (targets.has(section) || !isAbout(section)) &&
          (section.blocks.length > 0 || section.children.length === 0),
      ),
    )
    return [
      {
        kind: isNumbered && !(script && jumping.length > 0 && stepped.length === 0) ? 'numbered' : 'script',
        top,
        sections: all,
        steps,
      },
    ]
  }
  const plans: Plan[] = []
  const repeated = repeatedTitles(sections)
  for (let at = 0, all = [root, ...sections]; at < all.length; ) {
    const section = all[at]!
    const numberedChildren = section.children.filter(child => labelOf(flat(child.title), words) !== null)
    const grouped =
      section.level > 0 &&
      section.children.length >= 2 &&
      numberedChildren.length >= 2 &&
      numberedChildren.length >= section.children.length * 0.5 &&
      !LIBRARY.test(plain(flat(section.title))) &&
      isCounted(numberedChildren, words)
    const phases =
      section.level > 0 &&
      section.children.length >= 2 &&
      section.children.filter(child => repeated.has(normal(flat(child.title)))).length >=
        section.children.length * 0.7
    const members = grouped || phases ? below(section, all, at) : [section]
    plans.push({
      kind: grouped ? 'numbered' : 'procedure',
      top: section,
      sections: members,
      steps: new Set(
        grouped
          ? members.filter(
              member => member !== section && (member.blocks.length > 0 || member.children.length === 0),
            )
          : [],
      ),
    })
    at += members.length
  }
  return plans
}

function below(section: Section, all: readonly Section[], at: number): Section[] {
  let end = at + 1
  while (end < all.length && all[end]!.level > section.level) end++
  return all.slice(at, end)
}

function isAbout(section: Section): boolean {
  return ABOUT.test(normal(flat(section.title)))
}

/** Numbers that go up from 0 or 1 somewhere: a sequence, not years or versions. */
function isCounted(sections: readonly Section[], words: Vocabulary): boolean {
  const numbers = sections.map(section => Number.parseInt(labelOf(flat(section.title), words)!.number, 10))
  return numbers.some(number => number === 0 || number === 1) && numbers.some(number => number === 2)
}

/** Titles that occur under several parents: "Initiate", "Assess" below each role. */
function repeatedTitles(sections: readonly Section[]): Set<string> {
  const parents = new Map<string, Set<Section | null>>()
  for (const section of sections) {
    const title = normal(flat(section.title))
    const known = parents.get(title) ?? new Set()
    known.add(section.parent)
    parents.set(title, known)
  }
  return new Set([...parents].filter(([, set]) => set.size > 1).map(([title]) => title))
}

function traitsOf(section: Section, words: Vocabulary, places: Places): Traits {
  const traits: Traits = { quotes: 0, blocks: section.blocks.length, jumps: new Set(), library: false }
  const context = { words, places, section }
  const look = (line: Line) => {
    if (line.text.length > 20_000) return
    if (/^\W*use when\b/i.test(line.text)) traits.library = true
    for (const sentence of sentencesOf(line, words)) {
      if (sentence.text.length > 1000) continue
      const jump = jumpIn(sentence, context)
      if (jump?.reference.kind === 'section') traits.jumps.add(jump.reference.section)
    }
  }
  const visit = (blocks: readonly Block[]) => {
    for (const block of blocks) {
      if (block.kind === 'paragraph') look(block.line)
      else if (block.kind === 'list') for (const item of block.items) visit(item.blocks)
      else if (block.kind === 'table') for (const row of block.rows) for (const cell of row) look(cell)
      else if (block.kind === 'quote') {
        const line = block.blocks[0]
        if (line?.kind === 'paragraph' && !isNote(line.line, words)) traits.quotes++
      }
    }
  }
  visit(section.blocks)
  return traits
}
