// The words of a label: quotes, line breaks, tags, icons and entity codes of mermaid become plain text that knows its place.
import type { Excerpt } from '../../model/position.ts'
import { excerptFrom, type Source, trimmed } from '../../model/source.ts'

const NAMED = new Map<string, string>([
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['nbsp', ' '],
  ['semi', ';'],
  ['colon', ':'],
  ['num', '#'],
])

const LONGEST_TAG = 100
const LONGEST_CODE = 12

/** The plain words of `text.slice(from, to)`. `<br>` becomes a line break, a line break in the source a space. Linear. */
export function labelOf(source: Source, from: number, to: number): Excerpt {
  const { text } = source
  const out = excerptFrom(source)
  // A markdown string: "`so **bold**`".
  const markdown = text[from] === '`' && text[to - 1] === '`' && to - from > 1
  let plainFrom = markdown ? from + 1 : from
  const end = markdown ? to - 1 : to
  let i = plainFrom
  const replace = (length: number, words: string) => {
    out.take(plainFrom, i)
    out.put(words, i)
    i += length
    plainFrom = i
  }
  while (i < end) {
    const c = text[i]
    if (c === '<') {
      const length = tagLength(text, i, end)
      if (length > 0) replace(length, /^<br/i.test(text.slice(i, i + 3)) ? '\n' : '')
      else i++
    } else if (c === '#' || c === '&') {
      const code = decoded(text, i, end)
      if (code) replace(code.length, code.words)
      else i++
    } else if (c === '\\' && text[i + 1] === 'n') {
      replace(2, '\n')
    } else if (c === '\n' || c === '\r') {
      let length = 1
      while (i + length < end && /\s/.test(text[i + length]!)) length++
      replace(length, ' ')
    } else if (markdown && (c === '*' || c === '_') && text[i + 1] === c) {
      replace(2, '')
    } else if (c === 'f' && /^fa[bklrs]?:fa-/.test(text.slice(i, i + 7))) {
      let length = 7
      while (i + length < end && /[\w-]/.test(text[i + length]!)) length++
      replace(length, '')
    } else i++
  }
  out.take(plainFrom, end)
  return trimmed(out.done())
}

function tagLength(text: string, from: number, end: number): number {
  if (!/[a-zA-Z/]/.test(text[from + 1] ?? '')) return 0
  const close = text.slice(from, Math.min(end, from + LONGEST_TAG)).indexOf('>')
  return close < 0 ? 0 : close + 1
}

/** `#quot;`, `#35;`, `&amp;`, `&#35;`, `&#x23;` */
function decoded(text: string, from: number, end: number): { words: string; length: number } | undefined {
  const piece = text.slice(from, Math.min(end, from + LONGEST_CODE))
  const match = /^(?:&#|[#&])(?:(x[0-9a-f]{1,6})|([0-9]{1,7})|([a-z]{2,8}));/i.exec(piece)
  if (!match) return undefined
  const [all, hex, decimal, name] = match
  if (name !== undefined) {
    const words = NAMED.get(name.toLowerCase())
    return words === undefined ? undefined : { words, length: all.length }
  }
  const point = hex !== undefined ? Number.parseInt(hex.slice(1), 16) : Number(decimal)
  if (point === 0 || point > 0x10ffff) return undefined
  return { words: String.fromCodePoint(point), length: all.length }
}

/** `CancelRequested`, `cancel_requested` → its words, each at its place. For nodes that have only a name. */
export function wordsOfName(source: Source, from: number, to: number): Excerpt {
  const name = source.text.slice(from, to)
  const out = excerptFrom(source)
  let start = 0
  for (let i = 0; i <= name.length; i++) {
    const seam = i === name.length || name[i] === '_'
    const hump = !seam && i > 0 && /\p{Ll}/u.test(name[i - 1]!) && /\p{Lu}/u.test(name[i]!)
    if (!seam && !hump) continue
    if (start > 0 && start < i) out.put(' ', from + start)
    out.take(from + start, from + i)
    start = seam ? i + 1 : i
  }
  return trimmed(out.done())
}
