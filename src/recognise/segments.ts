// Cuts a text into stretches of one voice: what is quoted in an instruction is said, a speaker's label names who speaks.
import type { Voice } from '../model/playbook.ts'
import { CHANNELS, scan } from './automaton.ts'
import { kindOf, LETTER, NEWLINE, SPACE } from './characters.ts'
import type { Lexicon } from './lexicon.ts'
import { cuesOf, deniesNext } from './scopes.ts'
import { HARD, SOFT, type Tokens, tokenise } from './tokens.ts'
import { has } from './vocabulary.ts'

/** Tokens of one voice; sentences are told by HARD boundaries in `before`. */
export type Segment = { voice: Voice; tokens: Tokens }

type Span = { from: number; to: number }
type Quote = Span & { inner: Span }

const CUE = CHANNELS.indexOf('cue')

const CROSSES = ['❌', '✗', '✘', '✖', '🚫', '⛔', '👎']

/** The segments of a text, in order. Linear. */
export function segmentsOf(text: string, voice: Voice, lexicon: Lexicon): Segment[] {
  const rules = lexicon
  const segments: Segment[] = []
  for (const line of speakerLines(text, voice, lexicon)) {
    const whole = (): Tokens => tokenise(text, line.from, line.to, rules)
    if (line.voice !== 'do') {
      segments.push({ voice: line.voice, tokens: whole() })
      continue
    }
    const quotes = quotesIn(text, line.from, line.to)
    if (quotes.length === 0) segments.push({ voice: 'do', tokens: whole() })
    else segments.push(...withQuotes(text, line, quotes, whole(), lexicon))
  }
  return segments
}

/** Lines that start with a speaker's label, and what stands between them. */
function speakerLines(text: string, voice: Voice, lexicon: Lexicon): (Span & { voice: Voice })[] {
  const result: (Span & { voice: Voice })[] = []
  let open: { from: number; voice: Voice } = { from: 0, voice }
  const fixed = voice === 'hear' || voice === 'trigger' || lexicon.speakers.size === 0
  let colon = fixed ? -1 : text.indexOf(':')
  for (let start = 0; colon >= 0 && start < text.length; ) {
    let end = text.indexOf('\n', start)
    if (end < 0) end = text.length
    if (colon < end) {
      const speaker = speakerOf(text.slice(start, colon), lexicon)
      if (speaker !== undefined) {
        if (start > open.from) result.push({ from: open.from, voice: open.voice, to: start })
        open = { from: colon + 1, voice: speaker }
      }
      // Only the first colon of a line can end a label.
      colon = text.indexOf(':', end)
    }
    start = end + 1
  }
  result.push({ from: open.from, voice: open.voice, to: text.length })
  return result
}

function speakerOf(label: string, { speakers, longestSpeaker, fold }: Lexicon): 'say' | 'hear' | undefined {
  // Room for list marks and emphasis around the name.
  if (label.length > longestSpeaker + 8) return undefined
  return speakers.get(fold(label.replace(/[*_>\s-]+/g, ' ').trim()))
}

const OPEN: Record<string, string> = { '“': '”', '„': '“', '«': '»', '"': '"', '‘': '’', "'": "'" }

const ANY_QUOTE = /["'“”„«»‘’]/g

/** Quotations that are closed, outermost first. One pass: what is not closed is none. */
function quotesIn(text: string, from: number, to: number): Quote[] {
  const quotes: Quote[] = []
  let opened = -1
  let closer = ''
  ANY_QUOTE.lastIndex = from
  for (let found = ANY_QUOTE.exec(text); found && found.index < to; found = ANY_QUOTE.exec(text)) {
    const i = found.index
    const c = found[0]
    if (opened >= 0) {
      const closes = c === closer || (closer === '“' && c === '”')
      if (!closes || (isSingle(c) && isLetter(text, i + 1, to))) continue
      quotes.push({ from: opened, to: i + 1, inner: { from: opened + 1, to: i } })
      opened = -1
    } else if (c in OPEN && (!isSingle(c) || (!isLetter(text, i - 1, to) && isLetter(text, i + 1, to)))) {
      opened = i
      closer = OPEN[c]!
    }
  }
  return quotes
}

const isSingle = (c: string): boolean => c === "'" || c === '’' || c === '‘'

function isLetter(text: string, at: number, to: number): boolean {
  return at >= 0 && at < to && kindOf(text.charCodeAt(at)) === LETTER
}

function withQuotes(text: string, line: Span, quotes: Quote[], all: Tokens, lexicon: Lexicon): Segment[] {
  const segments: Segment[] = []
  const outer: Tokens = { words: [], starts: [], ends: [], before: [] }
  let at = 0
  let pending = 0
  const copyUntil = (offset: number): void => {
    for (; at < all.words.length && all.starts[at]! < offset; at++) {
      outer.words.push(all.words[at]!)
      outer.starts.push(all.starts[at]!)
      outer.ends.push(all.ends[at]!)
      outer.before.push(all.before[at]! | pending)
      pending = 0
    }
  }
  for (const quote of quotes) {
    copyUntil(quote.from)
    const inner = sliceOf(all, at, quote.inner.to)
    if (inner.words.length === 0) continue
    const voice = voiceOfQuote(text, quote, inner, outer, lexicon)
    if (voice === 'do') {
      copyUntil(quote.to)
      continue
    }
    if (voice !== 'unsaid') segments.push({ voice, tokens: inner })
    while (at < all.words.length && all.starts[at]! < quote.to) at++
    pending =
      SOFT |
      (inner.before.at(-1)! !== 0 && endsSentence(text, quote) && startsSentence(text, quote.to, line.to)
        ? HARD
        : 0)
  }
  copyUntil(line.to)
  outer.before.push(HARD)
  return [{ voice: 'do', tokens: outer }, ...segments]
}

/** The tokens from index `at` on that end before an offset, as a text of their own. */
function sliceOf(all: Tokens, at: number, offset: number): Tokens {
  let end = at
  while (end < all.words.length && all.ends[end]! <= offset) end++
  const before = all.before.slice(at, end + 1)
  if (end > at) before[0]! |= HARD
  before[end - at] = (before[end - at] ?? 0) | HARD
  return {
    words: all.words.slice(at, end),
    starts: all.starts.slice(at, end),
    ends: all.ends.slice(at, end),
    before,
  }
}

function endsSentence(text: string, quote: Quote): boolean {
  const last = text[quote.inner.to - 1]
  return last === '.' || last === '!' || last === '?'
}

function startsSentence(text: string, from: number, to: number): boolean {
  let i = from
  while (i < to && (kindOf(text.charCodeAt(i)) === SPACE || kindOf(text.charCodeAt(i)) === NEWLINE)) i++
  const first = text[i]
  return first !== undefined && i < to && first !== first.toLowerCase()
}

/** Whether a quotation stands behind a mark of what is wrong: ❌ "You should have …". */
function isCrossedOut(text: string, at: number): boolean {
  let i = at
  while (i > 0 && kindOf(text.charCodeAt(i - 1)) === SPACE) i--
  return CROSSES.some(mark => text.endsWith(mark, i))
}

/**
 * Whether a quotation in an instruction is said, heard, `unsaid` (it is what must not be said), or only names a button
 * (`do`: part of the instruction).
 */
function voiceOfQuote(
  text: string,
  quote: Quote,
  inner: Tokens,
  outer: Tokens,
  lexicon: Lexicon,
): Voice | 'unsaid' {
  const last = outer.words.length
  if (isCrossedOut(text, quote.from)) return 'unsaid'
  let from = last
  while (from > 0 && last - from < 30) {
    from--
    if (outer.before[from]! & HARD) break
  }
  if (from < last) {
    const cues = scan(lexicon.automaton, outer, from, last, CUE, () => true)
    if (cues.some(cue => cue.value.kind === 'hears' && cue.end >= last - 2)) return 'hear'
    if (has(outer.words[last - 1]!, lexicon.label)) return 'do'
    if (deniesNext(last, cuesOf(cues, outer, from, last, lexicon))) return 'unsaid'
  }
  const short = inner.words.length <= 2 && !endsSentence(text, quote)
  return short && text.slice(Math.max(0, quote.from - 2), quote.from).trim() !== ':' ? 'do' : 'say'
}
