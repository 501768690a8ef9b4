// The shapes of flowchart nodes: which bracket opens them, where they close, and where the words inside stand.
const SHAPES: readonly [open: string, closers: readonly string[]][] = [
  ['(((', [')))']],
  ['((', ['))']],
  ['([', ['])']],
  ['(-', ['-)']],
  ['(', [')']],
  ['[[', [']]']],
  ['[(', [')]']],
  ['[/', ['/]', '\\]']],
  ['[\\', ['\\]', '/]']],
  ['[', [']']],
  ['{{', ['}}']],
  ['{', ['}']],
  ['>', [']']],
]

export type ShapeToken = { end: number; label: { from: number; to: number } }

/**
 * The shape that opens at `at`; undefined if none does; 'open' if it never closes. Unquoted words end on their line
 * unless no bracket stands between; quoted words may go on. Linear over a text, if scanned once from front to back.
 */
export function shapeAt(text: string, at: number, lineEnd: number): ShapeToken | 'open' | undefined {
  const shape = SHAPES.find(([open]) => text.startsWith(open, at))
  if (!shape) return undefined
  const [open, closers] = shape
  let from = at + open.length
  while (from < text.length && /\s/.test(text[from]!)) from++
  if (text[from] === '"') {
    const quoted = quotedAt(text, from)
    if (!quoted) return 'open'
    let end = quoted.end
    while (end < text.length && /\s/.test(text[end]!)) end++
    const closer = closers.find(c => text.startsWith(c, end))
    if (closer) return { end: end + closer.length, label: { from: quoted.from, to: quoted.to } }
    return 'open'
  }
  return unquoted(text, at + open.length, lineEnd, closers)
}

/** The words between quotation marks, the first of which is at `at`; undefined if there is no second. */
export function quotedAt(text: string, at: number): { from: number; to: number; end: number } | undefined {
  const to = text.indexOf('"', at + 1)
  return to < 0 ? undefined : { from: at + 1, to, end: to + 1 }
}

/** The nearest closer on the line; or further down, if no other bracket stands before it. */
function unquoted(text: string, from: number, lineEnd: number, closers: readonly string[]) {
  let clean = true
  for (let i = from; i < text.length && (clean || i < lineEnd); i++) {
    const closer = closers.find(c => text.startsWith(c, i))
    if (closer) return { end: i + closer.length, label: { from, to: i } }
    if ('[](){}|"'.includes(text[i]!)) clean = false
  }
  return 'open'
}
