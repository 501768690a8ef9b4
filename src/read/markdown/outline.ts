// The syntax tree as a person sees it: sections under headings, each with its blocks; slugs and anchors as GitHub makes them.
import type { Heading, PhrasingContent, Root } from 'mdast'
import type { Comment } from '../../model/playbook.ts'
import type { Range } from '../../model/position.ts'
import { type Block, Blocks } from './blocks.ts'
import { flatten } from './flatten.ts'
import { cut, EMPTY, flat, type Line, type Span } from './line.ts'
import type { Source } from './parse.ts'
import { placeOf } from './raw.ts'

export type Section = {
  /** 0 for the document itself, else the level of the heading. */
  level: number
  title: Line
  range: Range
  /** Slugs and explicit anchors that land on this heading; the first is the slug. */
  anchors: string[]
  blocks: Block[]
  children: Section[]
  parent: Section | null
}

export type Outline = {
  root: Section
  /** All sections but the root, in order. */
  sections: Section[]
  /** Front matter with the line it starts on. */
  head: { value: string; line: number; range: Range } | null
  comments: Comment[]
  /** Comments that declare something, with the section they stand in. */
  directives: { comment: Comment; section: Section }[]
  pictures: Span[]
}

/** Linear in the document. */
export function outline({ text, root }: Source): Outline {
  const definitions = definitionsOf(root)
  const blocks = new Blocks(text, definitions)
  const sections: Section[] = []
  const slugs = new Slugs()
  const end = root.position ? placeOf(root) : EMPTY.range
  const top: Section = {
    level: 0,
    title: EMPTY,
    range: end,
    anchors: [],
    blocks: [],
    children: [],
    parent: null,
  }
  let head: Outline['head'] = null
  const directives: Outline['directives'] = []
  let current = top
  for (const node of root.children) {
    if (node.type === 'yaml')
      head = { value: node.value, line: placeOf(node).start.line + 1, range: placeOf(node) }
    else if (node.type === 'heading') {
      const title = blocks.keep(flatten(node.children as PhrasingContent[], text, definitions))
      const section = sectionOf(node, title, slugs)
      while (current.level >= section.level) current = current.parent!
      section.parent = current
      current.children.push(section)
      sections.push(section)
      current = section
    } else {
      blocks.add(node, current.blocks)
      if (blocks.anchor !== null) {
        current.anchors.push(blocks.anchor)
        blocks.anchor = null
      }
    }
    for (const comment of blocks.directives.slice(directives.length))
      directives.push({ comment, section: current })
  }
  return { root: top, sections, head, comments: blocks.comments, directives, pictures: blocks.pictures }
}

function sectionOf(node: Heading, words: Line, slugs: Slugs): Section {
  const explicit = /\s*\{#([\w:.-]{1,200})\}\s*$/.exec(words.text)
  const title = explicit ? cut(words, 0, explicit.index) : words
  const anchors = explicit ? [explicit[1]!, slugs.next(flat(title))] : [slugs.next(flat(title))]
  return { level: node.depth, title, range: placeOf(node), anchors, blocks: [], children: [], parent: null }
}

function definitionsOf(root: Root): Map<string, string> {
  const definitions = new Map<string, string>()
  for (const node of root.children) {
    if (node.type === 'definition' && !definitions.has(node.identifier.toLowerCase())) {
      definitions.set(node.identifier.toLowerCase(), node.url)
    }
  }
  return definitions
}

/** Slugs of headings, unique within a file: the second "Offer" is `offer-1`. */
class Slugs {
  private readonly seen = new Map<string, number>()

  next(title: string): string {
    const slug = slugOf(title)
    let count = this.seen.get(slug)
    if (count === undefined) {
      this.seen.set(slug, 0)
      return slug
    }
    let unique: string
    do unique = `${slug}-${++count}`
    while (this.seen.has(unique))
    this.seen.set(slug, count)
    this.seen.set(unique, 0)
    return unique
  }
}

/** GitHub's slug of a heading, without a number for repetitions. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replace(/ /g, '-')
}
