// Phrasing content of the syntax tree → a line: markup removed, every character still knows its place.
import type { PhrasingContent } from 'mdast'
import type { Mark, Range } from '../../model/position.ts'
import { cut, EMPTY, type Line, type Span } from './line.ts'

type Placed = {
  position?:
    | {
        start: { line: number; column: number; offset?: number | undefined }
        end: { line: number; column: number; offset?: number | undefined }
      }
    | undefined
}
type Frame = { nodes: readonly PhrasingContent[]; index: number; span: Span | null }

export function placeOf(node: Placed): Range {
  const { start, end } = node.position!
  return { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } }
}

/** `definitions` maps the lower-case labels of `[label]: url` lines. Linear, without recursion. */
export function flatten(
  nodes: readonly PhrasingContent[],
  source: string,
  definitions: ReadonlyMap<string, string>,
): Line {
  if (nodes.length === 0) return EMPTY
  const words = new Words(source)
  const spans: Span[] = []
  const stack: Frame[] = [{ nodes, index: 0, span: null }]
  while (stack.length > 0) {
    const frame = stack.at(-1)!
    const node = frame.nodes[frame.index++]
    if (!node) {
      if (frame.span) frame.span.to = words.length
      stack.pop()
      continue
    }
    const open = (kind: Span['kind'], more: Partial<Span> = {}): Span => {
      const span: Span = { kind, from: words.length, to: words.length, range: placeOf(node), ...more }
      spans.push(span)
      return span
    }
    if (node.type === 'text') words.append(node.value, node.position!.start)
    else if (node.type === 'inlineCode') {
      const span = open('code')
      words.appendCode(node.value, node.position!.start)
      span.to = words.length
    } else if (node.type === 'break') words.append('\n', node.position!.start)
    else if (node.type === 'html') {
      const comment = /^<!--([\s\S]*?)-->/.exec(node.value)
      if (comment) open('comment', { value: comment[1]! })
      else if (/^<br\b/i.test(node.value)) words.append('\n', node.position!.start)
    } else if (node.type === 'image' || node.type === 'imageReference')
      open('image', { value: node.alt ?? '' })
    else if (node.type === 'link')
      stack.push({ nodes: node.children, index: 0, span: open('link', { url: node.url }) })
    else if (node.type === 'linkReference') {
      const url = definitions.get(node.identifier.toLowerCase())
      stack.push({ nodes: node.children, index: 0, span: url === undefined ? null : open('link', { url }) })
    } else if (node.type === 'strong') stack.push({ nodes: node.children, index: 0, span: open('strong') })
    else if ('children' in node)
      stack.push({ nodes: node.children as PhrasingContent[], index: 0, span: null })
  }
  const range = { start: placeOf(nodes[0]!).start, end: placeOf(nodes.at(-1)!).end }
  const whole: Line = { text: words.text(), marks: words.marks, spans, range }
  const trimmed = cut(whole, 0)
  return { ...trimmed, range }
}

/** Collects text with its places. */
class Words {
  readonly marks: Mark[] = []
  length = 0
  private readonly source: string
  private readonly parts: string[] = []
  private nextLine = -1
  private nextColumn = -1

  constructor(source: string) {
    this.source = source
  }

  text(): string {
    return this.parts.join('')
  }

  /** The text of a node that starts at this point of the source, which may have escapes, entities and prefixes in it. */
  append(value: string, start: { line: number; column: number; offset?: number | undefined }): void {
    const { source } = this
    let at = start.offset!
    let { line, column } = start
    if (!value.includes('\n') && source.startsWith(value, at)) {
      this.put(value, line, column)
      return
    }
    for (let j = 0; j < value.length; j++) {
      const c = value[j]!
      if (c === '\r') continue
      if (c === '\n') {
        while (at < source.length && source[at] !== '\n') {
          at++
          column++
        }
        this.put('\n', line, column)
        at++
        line++
        column = 1
        continue
      }
      while (source[at] !== c && (source[at] === ' ' || source[at] === '\t' || source[at] === '>')) {
        at++
        column++
      }
      if (source[at] === '\\' && source[at + 1] === c) {
        at++
        column++
      }
      if (source[at] === '&' && (c !== '&' || /^&(?:amp|#38|#x26);/i.test(source.slice(at, at + 6)))) {
        const end = source.indexOf(';', at)
        this.put(c, line, column)
        if (isHighSurrogate(c) && j + 1 < value.length) this.put(value[++j]!, line, column)
        if (end > 0 && end - at < 40) {
          column += end + 1 - at
          at = end + 1
        }
        continue
      }
      this.put(c, line, column)
      if (source[at] === c) {
        at++
        column++
      }
    }
  }

  /** Inline code: the back-ticks around it are skipped, line breaks in it were turned into spaces. */
  appendCode(value: string, start: { line: number; column: number; offset?: number | undefined }): void {
    let { line, column } = start
    let at = start.offset!
    while (this.source[at] === '`') {
      at++
      column++
    }
    for (const c of value) {
      while (this.source[at] !== c && /[\s>]/.test(this.source[at] ?? 'x') && c !== ' ') {
        if (this.source[at] === '\n') {
          line++
          column = 0
        }
        at++
        column++
      }
      this.put(c, line, column)
      if (this.source[at] === '\n') {
        line++
        column = 1 - c.length
      }
      at += c.length
      column += c.length
    }
  }

  private put(text: string, line: number, column: number): void {
    if (line !== this.nextLine || column !== this.nextColumn)
      this.marks.push({ at: this.length, line, column })
    this.parts.push(text)
    this.length += text.length
    this.nextLine = line
    this.nextColumn = column + text.length
  }
}

function isHighSurrogate(c: string): boolean {
  const code = c.charCodeAt(0)
  return code >= 0xd800 && code < 0xdc00
}
