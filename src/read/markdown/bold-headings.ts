// Bold lines that are headings in all but name: "**Save attempt 2**", on a page that says "go to Save attempt 2".
import type { Block } from './blocks.ts'
import { labelOfLine, normal } from './labels.ts'
import { cut, flat, type Line, lowOf } from './line.ts'
import { type Outline, type Section, slugOf } from './outline.ts'
import { leads, type Vocabulary } from './words.ts'

/** Below every real heading. */
const LEVEL = 7
const SENT_TO =
  /\b(?:go|goto|skip|jump|return|back|proceed|continue|move|on|over|straight) (?:back |on |straight |directly |over )?to (?:the )?["'“*_`[(]{0,4}([^\n.,;:|"”*_`\])→]{2,80})/g

/** Nothing but bold words. */
export function isBoldLine(line: Line): boolean {
  if (line.text === '' || line.text.length >= 200) return false
  const bold = line.spans.find(span => span.kind === 'strong')
  return bold !== undefined && bold.from === 0 && /^[\s:：.]*$/.test(line.text.slice(bold.to))
}

/**
 * Turns the bold lines of a page into sections if some sentence sends to one of them by name; changes `page` in place.
 * Bold conditions and "**Step 2**" have their own meaning and stay. Linear in the text.
 */
export function promoteBoldLines(page: Outline, text: string, words: Vocabulary): void {
  const named = new Set<string>()
  for (const section of [page.root, ...page.sections])
    for (const block of section.blocks)
      if (isNamed(block, words)) named.add(normal(flat(titleOf(block.line))))
  for (const section of page.sections) named.delete(normal(flat(section.title)))
  if (named.size === 0 || !isSentTo(named, text)) return
  const taken = new Set(page.sections.flatMap(section => section.anchors))
  page.sections = [page.root, ...page.sections].flatMap(section => {
    const parts = split(section, words, taken)
    return section === page.root ? parts : [section, ...parts]
  })
}

function isNamed(block: Block, words: Vocabulary): block is Block & { kind: 'paragraph' } {
  if (block.kind !== 'paragraph' || !isBoldLine(block.line) || labelOfLine(block.line, words)) return false
  const low = lowOf(block.line)
  return (
    block.line.text.length <= 80 &&
    leads(words.if, low) === 0 &&
    leads(words.when, low) === 0 &&
    leads(words.otherwise, low) === 0 &&
    !/[?!.]\s*$/.test(low)
  )
}

function titleOf(line: Line): Line {
  return { ...cut(line, 0, line.text.replace(/[\s:：]+$/, '').length), range: line.range }
}

/** Does some sentence send to one of these names? What follows the name may go on: "go to Save attempt 2 at once". */
function isSentTo(named: ReadonlySet<string>, text: string): boolean {
  for (const match of text.toLowerCase().matchAll(SENT_TO)) {
    const ahead = normal(match[1]!).split(' ')
    for (let i = ahead.length; i > 0; i--) if (named.has(ahead.slice(0, i).join(' '))) return true
  }
  return false
}

/** Takes the blocks from the first bold line on out of a section and gives the sections they make. */
function split(section: Section, words: Vocabulary, taken: Set<string>): Section[] {
  const parts: Section[] = []
  const own: Block[] = []
  for (const block of section.blocks) {
    if (!isNamed(block, words)) (parts.at(-1)?.blocks ?? own).push(block)
    else {
      const title = titleOf(block.line)
      parts.push({
        level: LEVEL,
        title,
        range: block.range,
        anchors: [freeSlug(slugOf(flat(title)), taken)],
        blocks: [],
        children: [],
        parent: section,
      })
    }
  }
  section.blocks = own
  section.children = [...parts, ...section.children]
  return parts
}

function freeSlug(slug: string, taken: Set<string>): string {
  let free = slug
  for (let i = 1; taken.has(free); i++) free = `${slug}-${i}`
  taken.add(free)
  return free
}
