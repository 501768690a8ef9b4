// Cuts a page where a new block begins for certain: the parser's time grows with the square of lists and headings.

export type Chunk = { text: string; line: number; offset: number }

/** A page is cut at the first safe place after so many characters. */
const LENGTH = 8_000
/** Starts a block of its own after a blank line: no list, fence, table row, indentation or tag. */
const FRESH = /^(?:#{1,6}[ \t]|(?!\d{1,9}[.)](?:[ \t]|$))[\p{L}\p{N}_["“(>]|\*{1,3}[^\s*])/u
const FENCE = /^[ \t]*(?:(?:[-*+>]|\d{1,9}[.)])[ \t]+)*(`{3,}|~{3,})/
/** Headings and comments end whatever comes before them. */
const ALWAYS = /^#{1,6}[ \t]/
/** A line that heads what follows, glued to the list above: Markdown takes it for the end of the last item, its author did not. */
const ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/
const GLUED = /^\*\*[^*\n]{2,200}(?:[:：]\*\*|\*\*[:：])[ \t]*\r?$/
const CLOSED = /-->|\?>|<\/(?:script|pre|style|textarea)>/i
const HTML = /^ {0,3}<(?:!|\?|script\b|pre\b|style\b|textarea\b)/i

/** `line` and `offset` tell where each piece begins (both from 0). Linear. */
export function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = []
  let start = { line: 0, offset: 0 }
  let fence = ''
  let html = false
  let blank = false
  let listed = false
  let head = /^---[ \t]*\r?\n/.test(text)
  let line = 0
  const cut = (at: number) => {
    chunks.push({ text: text.slice(start.offset, at), ...start })
    start = { line, offset: at }
  }
  for (let at = 0; at < text.length; line++) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    const words = text.slice(at, Math.min(end, at + 300))
    const mark = FENCE.exec(words)?.[1]
    if (head) head = line === 0 || !/^---\s*$/.test(words)
    else if (fence !== '') {
      if (mark?.startsWith(fence)) fence = ''
    } else if (html) html = !/-->|\?>|>$|<\/(?:script|pre|style|textarea)>/i.test(text.slice(at, end))
    else if (mark !== undefined) fence = mark
    else if (HTML.test(words)) {
      if (at - start.offset >= LENGTH && words.startsWith('<!--')) cut(at)
      html = !CLOSED.test(text.slice(at, end))
    } else if (at - start.offset >= LENGTH && (ALWAYS.test(words) || (blank && FRESH.test(words)))) cut(at)
    else if (listed && GLUED.test(words)) cut(at)
    blank = words.trim() === ''
    listed = !blank && fence === '' && !html && !head && (listed || ITEM.test(words))
    at = end + 1
  }
  chunks.push({ text: text.slice(start.offset), ...start })
  return chunks
}
