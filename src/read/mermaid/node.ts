// Reads the nodes of a flowchart statement: `a`, `a[label]`, `a:::class`, `a@{ label: "…" }`, several joined by `&`.
import { mention } from './diagram.ts'
import { labelOf } from './label.ts'
import {
  groupOf,
  idEnd,
  lineEndAt,
  moveTo,
  type Scan,
  type Span,
  skipBroken,
  spaces,
  wordAt,
} from './scan.ts'
import { quotedAt, shapeAt } from './shape.ts'

export type Mention = Span & { id: string }

/** One node, or several joined by `&`; undefined after a complaint (the rest of the line is then skipped). */
export function nodesHere(scan: Scan): Mention[] | undefined {
  const found: Mention[] = []
  for (;;) {
    const node = nodeHere(scan)
    if (!node) return undefined
    found.push(node)
    const at = spaces(scan.text, scan.pos)
    if (scan.text[at] !== '&') return found
    moveTo(scan, spaces(scan.text, at + 1))
  }
}

function nodeHere(scan: Scan): Mention | undefined {
  const { diagram, text, pos: from } = scan
  const to = idEnd(text, from, text.length)
  if (to === from) return skipBroken(scan, from, `expected a node, found ${wordAt(text, from)}`)
  const id = text.slice(from, to)
  const node = mention(diagram, id, from, to, groupOf(scan))
  const dressed = text.startsWith('@{', to) ? shapeData(text, to) : bracket(scan, to)
  if (!dressed) {
    // The node is there all the same, and so are the arrows that lead to it.
    skipBroken(scan, to, `the bracket of "${id}" is not closed`)
    return { id, from, to }
  }
  let { end } = dressed
  if (dressed.label) {
    const bare = unquoted(text, dressed.label)
    const words = labelOf(diagram.source, bare.from, bare.to)
    node.range = { start: diagram.source.point(from), end: diagram.source.point(end) }
    if (words.text !== '') node.label = words
  }
  if (text.startsWith(':::', end)) end = idEnd(text, end + 3, text.length)
  moveTo(scan, end)
  return { id, from, to }
}

/** The shape behind a name, if there is one; undefined if its bracket is never closed. A space may stand between. */
function bracket(scan: Scan, to: number): { end: number; label?: Span } | undefined {
  const { text } = scan
  const at = text[to] === ' ' && '([{'.includes(text[to + 1] ?? ' ') ? to + 1 : to
  const shape = shapeAt(text, at, lineEndAt(scan, at))
  if (shape === 'open') return undefined
  return shape ?? { end: to }
}

/** `@{ shape: rect, label: "words" }`: where it ends, and where the words stand. */
function shapeData(text: string, at: number): { end: number; label?: Span } | undefined {
  let close = at + 2
  for (; close < text.length && text[close] !== '}'; close++) {
    if (text[close] === '"') close = quotedAt(text, close)?.to ?? text.length
    else if (text[close] === '@' && text[close + 1] === '{') return undefined
  }
  if (close >= text.length) return undefined
  const end = close + 1
  const match = /\blabel\s*:\s*/.exec(text.slice(at, close))
  if (!match) return { end }
  const from = at + match.index + match[0].length
  const quoted = text[from] === '"' ? quotedAt(text, from) : undefined
  if (quoted) return { end, label: quoted }
  const stop = text.slice(from, close).search(/[,\n]/)
  return { end, label: { from, to: stop < 0 ? close : from + stop } }
}

/** A span without the white space and the quotation marks around it. */
export function unquoted(text: string, { from, to }: Span): Span {
  const piece = text.slice(from, to)
  const start = from + piece.length - piece.trimStart().length
  const words = piece.trim()
  const quoted = words.length > 1 && words.startsWith('"') && words.endsWith('"')
  const off = quoted ? 1 : 0
  return { from: start + off, to: start + words.length - off }
}
