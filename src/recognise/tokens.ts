// Text to tokens with offsets, and what stands between them: sentence ends, commas, brackets, quotation marks.
import { DIGIT, isApostrophe, kindOf, LETTER, NEWLINE, SPACE } from './characters.ts'
import type { Vocabulary, Word } from './vocabulary.ts'

/** Between a token and the one before: a comma, dash or bracket. */
export const SOFT = 1
/** A comma, dash or arrow: may end a clause. */
export const COMMA = 2
/** The end of a sentence; nothing matches across. */
export const HARD = 4
/** The hard boundary was a colon. */
export const COLON = 8
/** A question mark ended the sentence. */
export const QUESTION = 16

export type Tokens = {
  words: Word[]
  starts: number[]
  ends: number[]
  /** What stands before each token (flags above); one entry more than there are tokens. */
  before: number[]
}

/** A "sentence" longer than this is cut: no person writes one, and scopes stay bounded. */
export const LONGEST_SENTENCE = 400
const LONGEST_PLACEHOLDER = 60

export type TokenRules = { vocabulary: Vocabulary; isAbbreviation: (raw: string) => boolean }

/** Tokens of `text.slice(from, to)`, with offsets into `text`. Linear. */
export function tokenise(
  text: string,
  from: number,
  to: number,
  { vocabulary, isAbbreviation }: TokenRules,
): Tokens {
  const tokens: Tokens = { words: [], starts: [], ends: [], before: [] }
  let pending = HARD
  let inSentence = 0
  const push = (word: Word, start: number, end: number): void => {
    if (inSentence >= LONGEST_SENTENCE) pending |= HARD
    if (pending & HARD) inSentence = 0
    inSentence++
    tokens.words.push(word)
    tokens.starts.push(start)
    tokens.ends.push(end)
    tokens.before.push(pending)
    pending = 0
  }
  let i = from
  while (i < to) {
    const code = text.charCodeAt(i)
    const kind = kindOf(code)
    if (kind === SPACE) {
      i++
    } else if (kind === LETTER) {
      const start = i
      i = endOfWord(text, i, to)
      const raw = text.slice(start, i)
      const found = vocabulary.lookUp(raw)
      if ('bits' in found) push(found, start, i)
      else {
        let at = start
        for (const [k, word] of found.words.entries()) push(word, at, (at += found.lengths[k]!))
      }
    } else if (kind === DIGIT) {
      const start = i
      i = endOfNumber(text, i, to)
      push(vocabulary.number(text.slice(start, i)), start, i)
    } else if (kind === NEWLINE) {
      const next = skipBlank(text, i, to)
      pending |= isWrapped(text, i, next, to) ? 0 : HARD
      i = next
    } else {
      const end = placeholderEnd(text, i, to)
      if (end > i) {
        push(vocabulary.symbol('{'), i, end)
        i = end
        continue
      }
      if (code === 0x25 || code === 0x66a) push(vocabulary.symbol('%'), i, i + 1)
      else if (isCurrency(code)) push(vocabulary.symbol('$'), i, i + 1)
      else pending |= boundary(text, i, code, from, to, tokens, isAbbreviation)
      i++
    }
  }
  tokens.before.push(pending | HARD)
  return tokens
}

/** Letters, digits after a letter, and apostrophes between letters. */
function endOfWord(text: string, start: number, to: number): number {
  let i = start + 1
  for (; i < to; i++) {
    const code = text.charCodeAt(i)
    const kind = kindOf(code)
    if (kind === LETTER || kind === DIGIT) continue
    if (isApostrophe(code) && i + 1 < to && kindOf(text.charCodeAt(i + 1)) === LETTER) continue
    break
  }
  return i
}

/** Digits, with `.` `,` `:` and the like where a digit follows. */
function endOfNumber(text: string, start: number, to: number): number {
  let i = start + 1
  for (; i < to; i++) {
    const code = text.charCodeAt(i)
    if (kindOf(code) === DIGIT) continue
    const joins = code === 0x2e || code === 0x2c || code === 0x3a || code === 0xa0 || code === 0x202f
    if (joins && i + 1 < to && kindOf(text.charCodeAt(i + 1)) === DIGIT) continue
    break
  }
  return i
}

function skipBlank(text: string, from: number, to: number): number {
  let i = from
  while (i < to) {
    const kind = kindOf(text.charCodeAt(i))
    if (kind !== SPACE && kind !== NEWLINE) break
    i++
  }
  return i
}

/** A single line break before a small letter only wraps the line. */
function isWrapped(text: string, at: number, next: number, to: number): boolean {
  if (next >= to) return false
  let breaks = 0
  for (let i = at; i < next; i++) if (text.charCodeAt(i) === 0x0a) breaks++
  if (breaks > 1) return false
  const first = text[next]!
  return (
    kindOf(first.charCodeAt(0)) === LETTER && first === first.toLowerCase() && first !== first.toUpperCase()
  )
}

const CLOSERS: Record<number, number> = { 123: 0x7d, 91: 0x5d, 60: 0x3e }

/** Where a placeholder such as {name}, {{name}}, [name], <name> or ____ that starts here ends; else `start`. */
function placeholderEnd(text: string, start: number, to: number): number {
  const code = text.charCodeAt(start)
  const limit = Math.min(to, start + LONGEST_PLACEHOLDER)
  if (code === 0x5f) {
    let i = start
    while (i < to && text.charCodeAt(i) === 0x5f) i++
    return i - start >= 2 ? i : start
  }
  const closer = CLOSERS[code]
  if (closer === undefined) return start
  let i = start + 1
  if (code === 0x3c && !(i < to && kindOf(text.charCodeAt(i)) === LETTER)) return start
  for (; i < limit; i++) {
    const c = text.charCodeAt(i)
    if (c === 0x0a || (c === code && i > start + 1)) return start
    if (c !== closer) continue
    if (i === start + 1) return start
    return i + 1 < to && closer === 0x7d && text.charCodeAt(i + 1) === closer ? i + 2 : i + 1
  }
  return start
}

function isCurrency(code: number): boolean {
  return code === 0x24 || (code >= 0xa2 && code <= 0xa5) || (code >= 0x20a0 && code <= 0x20cf)
}

function boundary(
  text: string,
  at: number,
  code: number,
  from: number,
  to: number,
  tokens: Tokens,
  isAbbreviation: (raw: string) => boolean,
): number {
  const next = at + 1 < to ? text.charCodeAt(at + 1) : -1
  const nextKind = next < 0 ? SPACE : kindOf(next)
  switch (code) {
    case 0x2e: // .
      if (next === 0x2e) return HARD
      if (nextKind === LETTER || nextKind === DIGIT) return 0
      return endsAbbreviation(text, at, from, tokens, isAbbreviation) ? 0 : HARD
    case 0x21: // !
    case 0x3b: // ;
    case 0x2026: // …
    case 0x3002:
    case 0xff01:
      return HARD
    case 0x3f: // ?
    case 0xff1f:
      return nextKind === LETTER ? 0 : HARD | QUESTION
    case 0x3a: // :
      return next === 0x2f ? 0 : HARD | COLON
    case 0x2c: // ,
      return SOFT | COMMA
    case 0x2013:
    case 0x2014:
      return SOFT | COMMA
    case 0x2192: // →
      return SOFT | COMMA
    case 0x2d: // -
      if (next === 0x3e || next === 0x2d) return SOFT | COMMA
      return nextKind === SPACE && (at === from || kindOf(text.charCodeAt(at - 1)) === SPACE)
        ? SOFT | COMMA
        : 0
    case 0x28:
    case 0x29:
    case 0x5b:
    case 0x5d:
    case 0x22:
    case 0xab:
    case 0xbb:
    case 0xbf:
    case 0xa1:
      return SOFT
    default:
      return code >= 0x2018 && code <= 0x201f ? SOFT : 0
  }
}

/** "Mr." and the "g." of "e.g." end no sentence. */
function endsAbbreviation(
  text: string,
  at: number,
  from: number,
  tokens: Tokens,
  known: (raw: string) => boolean,
): boolean {
  const last = tokens.words.length - 1
  if (last < 0 || tokens.ends[last] !== at) return false
  const start = tokens.starts[last]!
  const raw = text.slice(start, at)
  if (kindOf(raw.charCodeAt(0)) !== LETTER) return false
  if (raw.length === 1 && start - 2 >= from && text[start - 1] === '.') return true
  return raw.length <= 8 && known(raw)
}
