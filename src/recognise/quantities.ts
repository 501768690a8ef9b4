// Numbers with their units around a match: durations, amounts, months.
import type { Lexicon } from './lexicon.ts'
import type { Sentence } from './sentence.ts'
import type { Tokens } from './tokens.ts'
import { has, type Word } from './vocabulary.ts'

export type Quantities = {
  /** `5 min`, `2 business day`: as design §11.15 writes durations. */
  duration?: string
  /** `$50`, `20 %`. */
  amount?: string
  months?: number
}

/** Units that are no durations of the design are brought to days. */
const DAYS: Record<string, number> = { week: 7 }
/** Between a number and its unit. */
const NEAR = 2
/** "A month" mostly belongs to a price, "an hour" does not. */
const SHORT = new Set(['s', 'min', 'h', 'day', 'business day'])

/**
 * The first duration, the first amount and the first number of months of a sentence in which a match stands; each is
 * looked for from the match on first, then before it.
 */
export function quantitiesOf(sentence: Sentence, start: number): Quantities {
  const found: Quantities = {}
  for (let i = start; i < sentence.to; i++) take(sentence, i, found)
  for (let i = start - 1; i >= sentence.from; i--) take(sentence, i, found)
  return found
}

function take({ text: { text }, tokens, from, to, lexicon }: Sentence, at: number, found: Quantities): void {
  const { words } = tokens
  const word = words[at]!
  if (!word.known) return
  if (has(word, lexicon.isOne)) {
    const unit = at + 1 < to ? unitOf(words[at + 1]!, lexicon) : undefined
    if (unit !== undefined && SHORT.has(unit)) found.duration ??= `1 ${unit}`
    return
  }
  if (!has(word, lexicon.hasNumber)) return
  const number = numberAt(text, tokens, at, from, to, lexicon)
  if (number === undefined) return
  const { value, end } = number
  for (let i = end; i < to && i <= end + NEAR; i++) {
    const next = words[i]!
    if (has(next, lexicon.hasNumber)) break
    // "4.95 a month": a price for each month.
    if (has(next, lexicon.isPer)) break
    if (i === end) {
      if (has(next, lexicon.hasPercent)) {
        found.amount ??= `${value} %`
        return
      }
      if (has(next, lexicon.hasCurrency)) {
        found.amount ??= `${signAt(text, tokens, i, lexicon)}${value}`
        return
      }
    }
    const unit = unitAt(words, i, to, lexicon)
    if (unit === undefined) continue
    if (unit === 'month' || unit === 'year') {
      if (Number.isInteger(value)) found.months ??= unit === 'year' ? value * 12 : value
    } else found.duration ??= unit in DAYS ? `${value * DAYS[unit]!} day` : `${value} ${unit}`
    return
  }
  if (at > from && has(words[at - 1]!, lexicon.hasCurrency)) {
    found.amount ??= `${signAt(text, tokens, at - 1, lexicon)}${value}`
  }
}

/** The unit a word names; "jours" are business days where "ouvrés" follows. */
function unitAt(words: readonly Word[], at: number, to: number, lexicon: Lexicon): string | undefined {
  const unit = unitOf(words[at]!, lexicon)
  const next = unit === 'day' && at + 1 < to ? unitOf(words[at + 1]!, lexicon) : undefined
  return next === 'business day' ? next : unit
}

function unitOf(word: Word, { units }: Lexicon): string | undefined {
  return units.find(({ set }) => has(word, set))?.unit
}

/** A number and the token after it; undefined within a number that began before. */
function numberAt(
  text: string,
  tokens: Tokens,
  at: number,
  from: number,
  to: number,
  lexicon: Lexicon,
): { value: number; end: number } | undefined {
  const raw = (token: number): string => text.slice(tokens.starts[token], tokens.ends[token])
  const word = (token: number): number | undefined =>
    token >= from && token < to ? lexicon.numbers.get(lexicon.fold(raw(token))) : undefined
  /** The token of the next part of a number in words: "forty eight", in Spanish "cuarenta y ocho". */
  const after = (token: number): number =>
    token + 1 < to && has(tokens.words[token + 1]!, lexicon.isNumberJoin) ? token + 2 : token + 1
  let value = word(at)
  if (value === undefined) {
    const plain = numberOf(raw(at))
    return plain === undefined ? undefined : { value: plain, end: at + 1 }
  }
  const before = at - 1 > from && has(tokens.words[at - 1]!, lexicon.isNumberJoin) ? at - 2 : at - 1
  if (together(word(before), value) !== undefined) return undefined
  let end = at + 1
  for (;;) {
    const next = after(end - 1)
    const sum = together(value, word(next))
    if (sum === undefined) return { value, end }
    value = sum
    end = next + 1
  }
}

/** "Forty eight", "two hundred", in French "soixante-douze", in Vietnamese "hai mươi". */
function together(value: number | undefined, next: number | undefined): number | undefined {
  if (value === undefined || next === undefined) return undefined
  if (value < 10 && (next === 10 || next === 100)) return value * next
  if (value >= 10 && value % 10 === 0 && next < 10) return value + next
  return (value === 60 || value === 80) && next > 10 && next < 20 ? value + next : undefined
}

/** "1,500" and "1.500" are 1500, "9,99" and "9.99" are 9.99. */
export function numberOf(raw: string): number | undefined {
  const plain = raw.replace(/[\u00a0\u202f]/g, '')
  const decimal = /[.,](\d{1,2})$/.exec(plain)
  const whole = (decimal ? plain.slice(0, -decimal[0].length) : plain).replace(/[.,:]/g, '')
  const value = Number(decimal ? `${whole}.${decimal[1]}` : whole)
  return Number.isFinite(value) ? value : undefined
}

function signAt(text: string, tokens: Tokens, at: number, lexicon: Lexicon): string {
  const raw = lexicon.fold(text.slice(tokens.starts[at], tokens.ends[at]))
  return lexicon.currency.get(raw) ?? raw
}
