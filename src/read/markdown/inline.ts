// Markdown inside a line, taken apart: links, code, strong words, comments, escapes. One pass, bounded look-ahead, no recursion.
// Long because it is one scanner: its cases share one position, and apart they could not be read.

/** A stretch of raw text and what it is; indices are into the raw text. */
export type Part =
  /** Shown as it stands; `value` if it stands for something else (an escape, an entity). */
  | { kind: 'text'; from: number; to: number; value?: string }
  | { kind: 'code'; from: number; to: number; inner: number; end: number }
  | { kind: 'comment'; from: number; to: number; value: string }
  /** A run of stars or underscores; `shown` of them are no markup. */
  | { kind: 'delimiter'; from: number; to: number; shown: number; opens: number; closes: number }
  /** `end` is the index behind the whole link, `part` that of its closing part. */
  | { kind: 'link'; from: number; to: number; url: string; end: number }
  | { kind: 'image'; from: number; to: number; url: string; end: number; value: string }
  | { kind: 'close'; from: number; to: number }

const SIGNS = '\\`<&*_[]!\n'
const PUNCTUATION = /[!-/:-@[-`{-~]/
const TAG =
  /^<\/?(?:a|abbr|b|bdi|big|blockquote|br|button|center|cite|code|dd|del|details|dfn|div|dl|dt|em|figcaption|figure|font|h[1-6]|hr|i|iframe|img|input|ins|kbd|label|li|mark|nav|nobr|ol|p|path|picture|pre|q|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|th|thead|tr|tt|u|ul|var|video|wbr)(?:\s[^<>]{0,600})?\/?>/i
const AUTOLINK = /^<([a-z][a-z0-9+.-]{1,31}:[^\s<>]{0,500}|[\w.!#$%&'*+/=?^`{|}~-]{1,100}@[\w.-]{1,200})>/i
const ENTITY = /^&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}));/
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  pound: '£',
  times: '×',
  middot: '·',
  bull: '•',
  rarr: '→',
  larr: '←',
  rArr: '⇒',
  para: '¶',
  sect: '§',
  deg: '°',
  frac12: '½',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  szlig: 'ß',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
  aring: 'å',
  aelig: 'æ',
  oslash: 'ø',
}

type Bracket = { part: number; image: boolean }
type Delimiter = Part & { kind: 'delimiter' }
type Run = { delimiter: Delimiter; sign: string; left: number; both: boolean; size: number }

/** `definitions` maps lower-case labels to addresses. Linear: whatever is looked ahead for is near or remembered as missing. */
export function partsOf(text: string, definitions: ReadonlyMap<string, string>): Part[] {
  const parts: Part[] = []
  const brackets: Bracket[] = []
  const runs: Run[] = []
  const ticks = new Ticks(text)
  let comments = true
  let from = 0
  const plain = (to: number) => {
    if (to > from) parts.push({ kind: 'text', from, to })
  }
  for (let i = 0; i < text.length; ) {
    const c = text[i]!
    if (!SIGNS.includes(c)) {
      i++
      continue
    }
    let to = i + 1
    if (c === '\\' && to < text.length && (PUNCTUATION.test(text[to]!) || text[to] === '\n')) {
      plain(i)
      parts.push({ kind: 'text', from: to, to: to + 1 })
      to++
    } else if (c === '`') {
      const size = ticks.sizeAt(i)
      const end = ticks.closing(i, size)
      to = i + size
      if (end >= 0) {
        plain(i)
        const padded = text[to] === ' ' && text[end - 1] === ' ' && end - to > 2
        parts.push({
          kind: 'code',
          from: i,
          to: end + size,
          inner: padded ? to + 1 : to,
          end: padded ? end - 1 : end,
        })
        to = end + size
      } else {
        i = to
        continue
      }
    } else if (c === '<') {
      const ahead = text.slice(i, i + 700)
      if (ahead.startsWith('<!--')) {
        const end = comments ? text.indexOf('-->', i + 4) : -1
        if (end < 0) {
          comments = false
          i++
          continue
        }
        plain(i)
        to = end + 3
        parts.push({ kind: 'comment', from: i, to, value: text.slice(i + 4, end) })
      } else {
        const tag = TAG.exec(ahead)
        const link = tag ? null : AUTOLINK.exec(ahead)
        if (!tag && !link) {
          i++
          continue
        }
        plain(i)
        to = i + (tag ?? link)![0].length
        if (link) {
          const url = link[1]!.includes(':') ? link[1]! : `mailto:${link[1]}`
          parts.push(
            { kind: 'link', from: i, to: i + 1, url, end: to },
            { kind: 'text', from: i + 1, to: to - 1 },
            { kind: 'close', from: to - 1, to },
          )
        } else if (/^<br\b/i.test(tag![0])) parts.push({ kind: 'text', from: i, to: i + 1, value: '\n' })
      }
    } else if (c === '&') {
      const value = entityAt(text, i)
      if (!value) {
        i++
        continue
      }
      plain(i)
      to = i + value.length
      parts.push({ kind: 'text', from: i, to, value: value.shown })
    } else if (c === '*' || c === '_') {
      while (text[to] === c) to++
      plain(i)
      const delimiter: Delimiter = { kind: 'delimiter', from: i, to, shown: to - i, opens: 0, closes: 0 }
      parts.push(delimiter)
      matchRun(runs, delimiter, text)
    } else if (c === '[' || (c === '!' && text[to] === '[')) {
      if (c === '!') to++
      plain(i)
      brackets.push({ part: parts.length, image: c === '!' })
      parts.push({ kind: 'text', from: i, to })
    } else if (c === ']') {
      const bracket = brackets.pop()
      const opener = bracket && parts[bracket.part]!
      const found = opener ? addressAfter(text, opener.to, i, definitions) : null
      if (!bracket || !opener || !found) {
        i++
        continue
      }
      plain(i)
      to = found.end
      const { url, end } = found
      const inner = text.slice(opener.to, i)
      parts[bracket.part] = bracket.image
        ? { kind: 'image', from: opener.from, to: opener.to, url, end, value: inner }
        : { kind: 'link', from: opener.from, to: opener.to, url, end }
      if (bracket.image) parts.length = bracket.part + 1
      else parts.push({ kind: 'close', from: i, to })
    } else {
      i++
      continue
    }
    i = to
    from = to
  }
  plain(text.length)
  return parts
}

/** Pairs a run of stars or underscores with runs before it, as CommonMark does; what finds no partner is shown. */
function matchRun(runs: Run[], delimiter: Delimiter, text: string): void {
  const sign = text[delimiter.from]!
  const before = text[delimiter.from - 1] ?? ' '
  const after = text[delimiter.to] ?? ' '
  const spaceAfter = /\s/.test(after)
  const spaceBefore = /\s/.test(before)
  const signAfter = /[\p{P}\p{S}]/u.test(after)
  const signBefore = /[\p{P}\p{S}]/u.test(before)
  const left = !spaceAfter && (!signAfter || spaceBefore || signBefore)
  const right = !spaceBefore && (!signBefore || spaceAfter || signAfter)
  const opens = left && (sign === '*' || !right || signBefore)
  const closes = right && (sign === '*' || !left || signAfter)
  const size = delimiter.to - delimiter.from
  const run: Run = { delimiter, sign, left: size, both: opens && closes, size }
  while (closes && run.left > 0) {
    const opener = runs.at(-1)
    if (!opener) break
    if (opener.sign !== sign) {
      // Something else opened in between. It can only be skipped for good, which keeps this linear.
      if (!runs.slice(-4).some(other => other.sign === sign)) break
      runs.pop()
      continue
    }
    if (
      (opener.both || run.both) &&
      (opener.size + size) % 3 === 0 &&
      !(opener.size % 3 === 0 && size % 3 === 0)
    )
      break
    const used = opener.left >= 2 && run.left >= 2 ? 2 : 1
    opener.left -= used
    run.left -= used
    opener.delimiter.shown -= used
    delimiter.shown -= used
    if (used === 2) {
      opener.delimiter.opens++
      delimiter.closes++
    }
    if (opener.left === 0) runs.pop()
  }
  if (opens && run.left > 0) runs.push(run)
}

/** What a `]` at `close` is followed by, if the bracket that opened before `open` is a link or image. */
function addressAfter(
  text: string,
  open: number,
  close: number,
  definitions: ReadonlyMap<string, string>,
): { url: string; end: number } | null {
  if (text[close + 1] === '(') {
    const inline = inlineAddress(text, close + 2)
    if (inline) return inline
  }
  if (definitions.size === 0) return null
  const label =
    text[close + 1] === '[' ? /^\[([^[\]]{0,500})\]/.exec(text.slice(close + 1, close + 504)) : null
  if (close - open > 1000) return null
  const name = label && label[1] !== '' ? label[1]! : text.slice(open, close)
  const url = definitions.get(name.replace(/\s+/g, ' ').trim().toLowerCase())
  return url === undefined ? null : { url, end: close + 1 + (label ? label[0].length : 0) }
}

/** `(address "title")`, from behind the parenthesis. */
function inlineAddress(text: string, start: number): { url: string; end: number } | null {
  let i = start
  const skip = () => {
    while (i < text.length && /\s/.test(text[i]!)) i++
  }
  skip()
  let url = ''
  if (text[i] === '<') {
    const end = text.slice(i, i + 2000).search(/[>\n]/)
    if (end < 0 || text[i + end] !== '>') return null
    url = text.slice(i + 1, i + end)
    i += end + 1
  } else {
    const begin = i
    let depth = 0
    for (; i < text.length && i < begin + 2000 && !/\s/.test(text[i]!); i++) {
      if (text[i] === '\\') i++
      else if (text[i] === '(') depth++
      else if (text[i] === ')' && depth-- === 0) break
    }
    url = text.slice(begin, i)
  }
  const before = i
  skip()
  const quote = i > before ? text[i] : undefined
  if (quote === '"' || quote === "'" || quote === '(') {
    const end = text.slice(i + 1, i + 1000).indexOf(quote === '(' ? ')' : quote)
    if (end < 0) return null
    i += end + 2
    skip()
  }
  if (text[i] !== ')') return null
  return { url: url.replace(/\\([!-/:-@[-`{-~])/g, '$1').replace(/&amp;/g, '&'), end: i + 1 }
}

function entityAt(text: string, at: number): { shown: string; length: number } | null {
  const match = ENTITY.exec(text.slice(at, at + 40))
  if (!match) return null
  const [whole, decimal, hexadecimal, name] = match
  if (name !== undefined)
    return Object.hasOwn(ENTITIES, name) ? { shown: ENTITIES[name]!, length: whole.length } : null
  const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal!, 16)
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
  return { shown: valid ? String.fromCodePoint(code) : '\ufffd', length: whole.length }
}

/** Runs of back-ticks by their length, so that the end of code is found without searching again and again. */
class Ticks {
  private readonly text: string
  private byLength: Map<number, number[]> | null = null

  constructor(text: string) {
    this.text = text
  }

  sizeAt(at: number): number {
    let end = at
    while (this.text[end] === '`') end++
    return end - at
  }

  /** Where the run that closes code opened at `at` begins; -1 if none does. */
  closing(at: number, size: number): number {
    this.byLength ??= this.index()
    const places = this.byLength.get(size)!
    while (places.length > 0 && places.at(-1)! <= at) places.pop()
    return places.at(-1) ?? -1
  }

  /** Places of each length, last first: they are asked for in rising order and can be dropped as one goes. */
  private index(): Map<number, number[]> {
    const found = new Map<number, number[]>()
    for (const match of this.text.matchAll(/`+/g)) {
      const size = match[0].length
      const places = found.get(size)
      if (places) places.push(match.index)
      else found.set(size, [match.index])
    }
    for (const places of found.values()) places.reverse()
    return found
  }
}
