// Blocks of a section: paragraphs, lists, quotes, fences, tables and comments, without the syntax tree.
import type { Nodes, PhrasingContent, RootContent } from 'mdast'
import type { Comment } from '../../model/playbook.ts'
import type { Point, Range } from '../../model/position.ts'
import { OURS } from './annotations.ts'
import { flatten } from './flatten.ts'
import { flat, type Line, type Span } from './line.ts'
import { placeOf } from './raw.ts'

export type Block =
  | { kind: 'paragraph'; line: Line; range: Range; offset: number }
  | { kind: 'list'; ordered: boolean; items: Item[]; range: Range; offset: number }
  | { kind: 'quote'; blocks: Block[]; range: Range; offset: number }
  | {
      kind: 'code'
      language: string
      value: string
      first: Point
      columns: number[]
      range: Range
      offset: number
    }
  | { kind: 'table'; header: Line[]; rows: Line[][]; range: Range; offset: number }
  | { kind: 'comment'; text: string; range: Range; offset: number }

/** `number` is the position in its list, counted from 1 (83 % of real lists are numbered 1. 1. 1.). */
export type Item = { blocks: Block[]; number: number; range: Range }

/** Deeper than any document (five is the deepest seen) and shallow enough for recursion. */
const DEEPEST = 60

/** Turns nodes into blocks; comments that are for later stages are kept aside. */
export class Blocks {
  readonly comments: Comment[] = []
  /** Comments that declare something (see annotations.ts). */
  readonly directives: Comment[] = []
  /** Pictures that are more than a sign in a sentence. */
  readonly pictures: Span[] = []
  /** An `<a name>` or `id` that stood alone in the last block. */
  anchor: string | null = null
  private readonly source: string
  private readonly definitions: ReadonlyMap<string, string>

  constructor(source: string, definitions: ReadonlyMap<string, string>) {
    this.source = source
    this.definitions = definitions
  }

  add(node: RootContent, into: Block[], depth = 0): void {
    const range = placeOf(node)
    const offset = node.position!.start.offset!
    if (node.type === 'paragraph') {
      const line = this.flatten(node)
      if (!isMarker(line)) into.push({ kind: 'paragraph', line: { ...line, range }, range, offset })
    } else if (node.type === 'heading') {
      // A heading inside a quote or an item is a bold line.
      into.push({ kind: 'paragraph', line: { ...this.flatten(node), range }, range, offset })
    } else if (node.type === 'list') this.addList(node, into, range, offset, depth)
    else if (node.type === 'blockquote') {
      const blocks: Block[] = []
      if (depth < DEEPEST) for (const child of node.children) this.add(child, blocks, depth + 1)
      into.push({ kind: 'quote', blocks, range, offset })
    } else if (node.type === 'code') {
      const fenced = node.lang !== null || /^\s*(`{3}|~{3})/.test(this.source.slice(offset, offset + 20))
      const columns = columnsOf(node.value, this.source, offset, fenced)
      const first = { line: range.start.line + (fenced ? 1 : 0), column: columns[0] ?? 1 }
      into.push({
        kind: 'code',
        language: (node.lang ?? '').toLowerCase(),
        value: node.value,
        first,
        columns,
        range,
        offset,
      })
    } else if (node.type === 'table') {
      const [header, ...rows] = node.children.map(row =>
        row.children.map(cell => ({ ...this.flatten(cell), range: placeOf(cell) })),
      )
      into.push({ kind: 'table', header: header ?? [], rows, range, offset })
    } else if (node.type === 'html') this.addHtml(node.value, into, range, offset)
  }

  private addList(
    node: Nodes & { type: 'list' },
    into: Block[],
    range: Range,
    offset: number,
    depth: number,
  ): void {
    const items: Item[] = []
    for (const child of node.children) {
      const blocks: Block[] = []
      if (depth < DEEPEST) for (const block of child.children) this.add(block, blocks, depth + 1)
      const first = blocks[0]
      const toc = first?.kind === 'paragraph' && /^toc$/i.test(first.line.text)
      if (blocks.length > 0 && !toc) items.push({ blocks, number: items.length + 1, range: placeOf(child) })
    }
    if (items.length === 0) return
    const ordered = node.ordered === true
    if (joined(into, ordered, items, range, offset)) return
    into.push({ kind: 'list', ordered, items, range, offset })
  }

  private addHtml(value: string, into: Block[], range: Range, offset: number): void {
    const anchor = /<a\s[^<>]{0,200}?\b(?:name|id)\s*=\s*["']?([\w:.-]{1,200})/i.exec(value)
    if (anchor) this.anchor = anchor[1]!
    const place = placesIn(value, range)
    let at = value.search(/\S/)
    while (at >= 0 && value.startsWith('<!--', at)) {
      const end = value.indexOf('-->', at + 4)
      const after = end < 0 ? value.length : end + 3
      const text = value.slice(at + 4, end < 0 ? undefined : end)
      const where = { start: place(at), end: place(after) }
      this.keepComment(text, where)
      const before = into.at(-1)
      const comment: Block = { kind: 'comment', text, range: where, offset }
      if (before?.kind === 'list' && where.start.line === before.range.end.line + 1) {
        // Right under an item: it is about that item.
        before.items.at(-1)!.blocks.push(comment)
        before.range = { start: before.range.start, end: where.end }
      } else into.push(comment)
      at = after
      while (at < value.length && value.charCodeAt(at) <= 32) at++
    }
  }

  private keepComment(text: string, range: Range): void {
    if (/^\s*wayout-/.test(text)) this.comments.push({ text: text.trim(), range })
    else if (OURS.test(text)) this.directives.push({ text: text.trim(), range })
  }

  /** Keeps the comments and pictures of a line. */
  keep(line: Line): Line {
    for (const span of line.spans) {
      if (span.kind === 'comment') this.keepComment(span.value!, span.range)
      else if (span.kind === 'image' && (isAlone(span, line) || isDrawing(span))) this.pictures.push(span)
    }
    return line
  }

  private flatten(node: { children: unknown[] }): Line {
    return this.keep(flatten(node.children as PhrasingContent[], this.source, this.definitions))
  }
}

/**
 * Lists that Markdown keeps apart and their author did not: a comment without indentation between items, a `+` among
 * `-`, bullets indented too little to belong to the numbered item above them.
 */
function joined(
  into: Block[],
  ordered: boolean,
  items: readonly Item[],
  range: Range,
  offset: number,
): boolean {
  let last = into.length - 1
  while (last >= 0 && into[last]!.kind === 'comment') last--
  const before = into[last]
  if (before?.kind !== 'list') return false
  const adjacent = range.start.line <= before.range.end.line + 1
  if (before.ordered === ordered && (last < into.length - 1 || adjacent)) {
    before.items.at(-1)!.blocks.push(...into.splice(last + 1))
    for (const next of items) before.items.push({ ...next, number: before.items.length + 1 })
  } else if (before.ordered && !ordered && adjacent && range.start.column > before.range.start.column) {
    before.items.at(-1)!.blocks.push({ kind: 'list', ordered, items: [...items], range, offset })
  } else return false
  before.range = { start: before.range.start, end: range.end }
  return true
}

/** No words stand in its line. */
function isAlone({ from, to }: Span, { text }: Line): boolean {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const end = text.indexOf('\n', to)
  return !/[\p{L}\p{N}]/u.test(text.slice(start, from) + text.slice(to, end < 0 ? undefined : end))
}

export function isDrawing({ value, url }: Span): boolean {
  return /flow|diagram|process|chart|state|decision|tree|map|journey/i.test(`${value} ${url ?? ''}`)
}

/** Where the characters of a block of HTML stand; asked for in rising order. */
function placesIn(value: string, range: Range): (at: number) => Point {
  let line = range.start.line
  let column = range.start.column
  let reached = 0
  return at => {
    for (; reached < at; reached++) {
      if (value[reached] === '\n') {
        line++
        column = 1
      } else column++
    }
    return { line, column }
  }
}

/** The column in which each line of code begins: what stands before it was taken away by the parser. */
function columnsOf(value: string, source: string, offset: number, fenced: boolean): number[] {
  let from = source.lastIndexOf('\n', offset - 1) + 1
  if (fenced) from = source.indexOf('\n', from) + 1
  return value.split('\n').map(line => {
    const newline = source.indexOf('\n', from)
    const whole = source.slice(from, newline < 0 ? undefined : newline).replace(/\r$/, '')
    from = newline < 0 ? source.length : newline + 1
    return Math.max(0, whole.length - line.replace(/\r$/, '').length) + 1
  })
}

/** Markers of a table of contents that no renderer shows. */
function isMarker(line: Line): boolean {
  const words = flat(line)
  if (words === '' && line.spans.length === 0) return true
  return words.length < 20 && /^\[{0,2}_?toc_?\]{0,2}$/i.test(words)
}
