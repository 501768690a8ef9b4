// The arrows of a flowchart: `-->`, `-.->`, `==>`, `--x`, `--o`, `---`, `~~~`, with their labels, recognised at a place.
export type ArrowToken = {
  end: number
  /** Where the words of a label between the halves of an arrow stand. */
  label?: { from: number; to: number }
  /** No head at either end. */
  headless: boolean
  /** A head at its start: it leads backwards too. */
  both: boolean
  /** Only there to lay out the picture. */
  invisible: boolean
}

const HEADS = 'xo>'

/**
 * The arrow at `at`, or undefined if there is none; 'open' if one begins (`-- label`) but does not end on the line.
 * Reads at most to `lineEnd`.
 */
export function arrowAt(text: string, at: number, lineEnd: number): ArrowToken | 'open' | undefined {
  if (text.startsWith('~~~', at)) {
    let end = at + 3
    while (text[end] === '~') end++
    return { end, headless: true, both: false, invisible: true }
  }
  const headed = 'xo<'.includes(text[at] ?? ' ') && /[-=.]/.test(text[at + 1] ?? '')
  const start = headed ? at + 1 : at
  const stroke = strokeAt(text, start)
  if (!stroke) return undefined
  const done = (end: number, head: boolean, label?: { from: number; to: number }): ArrowToken => ({
    end,
    headless: !head && !headed,
    both: headed && head,
    invisible: false,
    ...(label ? { label } : {}),
  })
  if (stroke.whole) return done(stroke.end, stroke.head)
  const close = closing(text, stroke.end, lineEnd, stroke.kind)
  if (!close) return 'open'
  return done(close.end, close.head, { from: stroke.end, to: close.from })
}

type Kind = '-' | '=' | '.'
type Stroke = { kind: Kind; end: number; whole: boolean; head: boolean }

/** A whole arrow, or the first half of one that holds a label. */
function strokeAt(text: string, at: number): Stroke | undefined {
  const c = text[at]
  if (c === '.' || (c === '-' && text[at + 1] === '.')) {
    let i = c === '.' ? at : at + 1
    while (text[i] === '.') i++
    if (text[i] !== '-' && c === '.') return undefined
    if (text[i] !== '-') return { kind: '.', end: i, whole: false, head: false }
    const head = HEADS.includes(text[i + 1] ?? ' ')
    return { kind: '.', end: i + (head ? 2 : 1), whole: true, head }
  }
  if ((c !== '-' && c !== '=') || text[at + 1] !== c) return undefined
  let i = at
  while (text[i] === c) i++
  if (HEADS.includes(text[i] ?? ' ')) return { kind: c, end: i + 1, whole: true, head: true }
  return { kind: c, end: i, whole: i - at > 2, head: false }
}

/** The second half of an arrow with a label: `-->`, `---`, `==>`, `.->`. */
function closing(text: string, from: number, lineEnd: number, kind: Kind) {
  const mark = kind === '.' ? '.-' : kind + kind
  const line = text.slice(from, lineEnd)
  // Quoted labels may hold arrows.
  const quote = /^\s*"/.exec(line)
  const afterQuote = quote ? line.indexOf('"', quote[0].length) + 1 : 0
  for (let at = line.indexOf(mark, afterQuote); at >= 0; at = line.indexOf(mark, at + 1)) {
    let end = at
    if (kind === '.') {
      end += 2
      let dots = at
      while (dots > 0 && line[dots - 1] === '.') dots--
      const head = HEADS.includes(line[end] ?? ' ')
      return { from: from + dots, end: from + end + (head ? 1 : 0), head }
    }
    while (line[end] === kind) end++
    const head = HEADS.includes(line[end] ?? ' ')
    if (head || end - at > 2) return { from: from + at, end: from + end + (head ? 1 : 0), head }
    at = end - 1
  }
  return undefined
}
