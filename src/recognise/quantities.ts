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
  const value = valueAt(text, tokens, at, lexicon)
  if (value === undefined) return
  for (let i = at + 1; i < to && i <= at + NEAR + 1; i++) {
    const next = words[i]!
    if (has(next, lexicon.hasNumber)) break
    if (i === at + 1) {
      if (has(next, lexicon.hasPercent)) {
        found.amount ??= `${value} %`
        return
      }
      if (has(next, lexicon.hasCurrency)) {
        found.amount ??= `${signAt(text, tokens, i, lexicon)}${value}`
        return
      }
    }
    const unit = unitOf(next, lexicon)
    if (unit === undefined) continue
    if (unit === 'month') found.months ??= value
    else if (unit === 'year') found.months ??= value * 12
    else found.duration ??= unit in DAYS ? `${value * DAYS[unit]!} day` : `${value} ${unit}`
    return
  }
  if (at > from && has(words[at - 1]!, lexicon.hasCurrency)) {
    found.amount ??= `${signAt(text, tokens, at - 1, lexicon)}${value}`
  }
}

function unitOf(word: Word, { units }: Lexicon): string | undefined {
  return units.find(({ set }) => has(word, set))?.unit
}

function valueAt(text: string, tokens: Tokens, at: number, lexicon: Lexicon): number | undefined {
  const raw = text.slice(tokens.starts[at], tokens.ends[at])
  const word = lexicon.numbers.get(lexicon.fold(raw))
  if (word !== undefined) return word
  return numberOf(raw)
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
