// Which terms each distinct word satisfies, worked out once a word and remembered.
import { foldFor, isApostrophe, kindOf, LETTER } from './characters.ts'
import type { Term, TermSet } from './pattern.ts'
import type { LexiconSource } from './source.ts'

/** What is known of a token: the sets it belongs to, and the programs to be tried where it stands, by channel. */
export type Word = {
  bits: Uint32Array
  /** Whether it belongs to any set. */
  known: boolean
  anchors: readonly (readonly number[])[]
}

/** A word the tokeniser must take apart; the parts' lengths add up to that of the word. */
export type Parts = { lengths: number[]; words: Word[] }

/** More distinct words than any language's playbooks hold; hostile input must not fill the memory. */
const REMEMBERED = 50_000
/** Longer words are looked at up to here. */
const LONGEST = 64

export type Vocabulary = {
  /** Number of a set of terms; equal sets share it. Only before the first word is looked up. */
  setOf: (terms: TermSet) => number
  /** Programs of a channel that are tried wherever a word of the set stands. */
  anchor: (set: number, channel: number, program: number) => void
  lookUp: (raw: string) => Word | Parts
  number: (raw: string) => Word
  symbol: (term: '%' | '$' | '{') => Word
  /** The folded parts of a word, as the tokeniser takes it apart. */
  parts: (word: string) => string[]
}

export function has(word: Word, set: number): boolean {
  return (word.bits[set >>> 5]! & (1 << (set & 31))) !== 0
}

type Rules = Pick<LexiconSource, 'fold' | 'clitics' | 'splits' | 'numbers' | 'currency' | 'percent'>

export function vocabularyOf(rules: Rules, channels: number): Vocabulary {
  const fold = foldFor(rules.fold ?? [])
  const takeApart = splitter(rules, fold)
  const exact = new Map<string, number>()
  const prefixes = new Map<string, number>()
  const suffixes = new Map<string, number>()
  const infixes = new Map<string, number>()
  const kinds = new Map<string, number>()
  const tables: Record<string, Map<string, number>> = {
    '=': exact,
    '<': prefixes,
    '>': suffixes,
    '~': infixes,
  }
  const setsOfTerm: number[][] = []
  const setNumbers = new Map<string, number>()
  const anchorsOfSet: number[][][] = []
  const numberWords = new Set(Object.keys(rules.numbers ?? {}).map(fold))
  const currency = new Set(
    Object.values(rules.currency ?? {})
      .flat()
      .map(fold),
  )
  const percent = new Set((rules.percent ?? []).map(fold))
  let lengths: { prefix: number[]; suffix: number[]; infix: number[] } | undefined
  let remembered = new Map<string, Word | Parts>()
  const signatures = new Map<string, Word>()

  function termNumber(term: Term): number {
    const table = tables[term[0]!]
    const [map, key] = table && term.length > 1 ? [table, term.slice(1)] : [kinds, term]
    let number = map.get(key)
    if (number === undefined) {
      number = setsOfTerm.length
      setsOfTerm.push([])
      map.set(key, number)
    }
    return number
  }

  function setOf(terms: TermSet): number {
    const numbers = [...new Set(terms.map(termNumber))].sort((a, b) => a - b)
    const key = numbers.join(' ')
    let set = setNumbers.get(key)
    if (set === undefined) {
      set = anchorsOfSet.length
      setNumbers.set(key, set)
      anchorsOfSet.push([])
      for (const number of numbers) setsOfTerm[number]!.push(set)
    }
    return set
  }

  function termsOf(folded: string, kind: string): number[] {
    lengths ??= { prefix: lengthsOf(prefixes), suffix: lengthsOf(suffixes), infix: lengthsOf(infixes) }
    const word = folded.length > LONGEST ? folded.slice(0, LONGEST) : folded
    const found: number[] = []
    const take = (number: number | undefined): void => {
      if (number !== undefined) found.push(number)
    }
    if (kind !== '') take(kinds.get(kind))
    if (kind === '' || kind === '#') take(exact.get(word))
    if (kind !== '') return found
    if (numberWords.has(word)) take(kinds.get('#'))
    if (currency.has(word)) take(kinds.get('$'))
    if (percent.has(word)) take(kinds.get('%'))
    for (const n of lengths.prefix) if (n <= word.length) take(prefixes.get(word.slice(0, n)))
    for (const n of lengths.suffix) if (n <= word.length) take(suffixes.get(word.slice(-n)))
    for (const n of lengths.infix) {
      for (let i = 0; i + n <= word.length; i++) take(infixes.get(word.slice(i, i + n)))
    }
    return found
  }

  function wordOf(folded: string, kind: string): Word {
    const sets = new Set<number>()
    for (const term of termsOf(folded, kind)) for (const set of setsOfTerm[term]!) sets.add(set)
    const sorted = [...sets].sort((a, b) => a - b)
    const signature = sorted.join(' ')
    const known = signatures.get(signature)
    if (known) return known
    const bits = new Uint32Array((anchorsOfSet.length >>> 5) + 1)
    for (const set of sorted) bits[set >>> 5]! |= 1 << (set & 31)
    const anchors = Array.from({ length: channels }, (_, channel) => {
      const programs = new Set<number>()
      for (const set of sorted) for (const program of anchorsOfSet[set]![channel] ?? []) programs.add(program)
      return [...programs].sort((a, b) => a - b)
    })
    const word = { bits, known: sorted.length > 0, anchors }
    if (signatures.size >= REMEMBERED) signatures.clear()
    signatures.set(signature, word)
    return word
  }

  function remember(key: string, make: () => Word | Parts): Word | Parts {
    const known = remembered.get(key)
    if (known) return known
    if (remembered.size >= REMEMBERED) remembered = new Map()
    const made = make()
    remembered.set(key, made)
    return made
  }

  return {
    setOf,
    anchor(set, channel, program) {
      ;(anchorsOfSet[set]![channel] ??= []).push(program)
    },
    lookUp: raw =>
      remember(raw, () => {
        const parts = takeApart(raw)
        if (parts.length === 1) return wordOf(parts[0]!.folded, '')
        return { lengths: parts.map(part => part.length), words: parts.map(part => wordOf(part.folded, '')) }
      }),
    number: raw => remember(raw, () => wordOf(raw, '#')) as Word,
    symbol: term => remember(` ${term}`, () => wordOf(term, term)) as Word,
    parts: word => joinable(word).flatMap(piece => takeApart(piece).map(part => part.folded)),
  }
}

function lengthsOf(table: ReadonlyMap<string, number>): number[] {
  return [...new Set([...table.keys()].map(key => key.length))].sort((a, b) => a - b)
}

/** The stretches of letters, digits and inner apostrophes of a word: `e-mail` are two. */
function joinable(word: string): string[] {
  const pieces: string[] = []
  let start = -1
  for (let i = 0; i <= word.length; i++) {
    const code = word.charCodeAt(i)
    const kind = i < word.length ? kindOf(code) : -1
    const inside = kind === LETTER || (kind > 0 && kind <= 2) || (i < word.length && isApostrophe(code))
    if (inside && start < 0) start = i
    if (!inside && start >= 0) {
      pieces.push(word.slice(start, i))
      start = -1
    }
  }
  return pieces
}

type Part = { length: number; folded: string }

/** Takes words apart at clitics ("don't" = do + not, "l'offre" = le + offre) and as `splits` says ("cannot"). */
function splitter(rules: Rules, fold: (word: string) => string): (raw: string) => Part[] {
  const { clitics = {}, splits = {} } = rules
  const after = Object.entries(clitics.after ?? {}).sort((a, b) => b[0].length - a[0].length)
  const before = Object.entries(clitics.before ?? {}).sort((a, b) => b[0].length - a[0].length)
  const heads = new Map(Object.entries(clitics.heads ?? {}))
  const whole = new Map(Object.entries(splits).map(([word, parts]) => [fold(word), parts.split('|')]))
  return raw => {
    const folded = fold(raw)
    if (folded.length !== raw.length) return [{ length: raw.length, folded }]
    const parts = whole.get(folded)
    if (parts) {
      // Written `ca|nnot=can|not`: lengths from the left of "=", words from the right; without "=" they are the same.
      return parts.map(part => {
        const [letters, meaning = letters] = part.split('=') as [string, string?]
        return { length: letters.length, folded: meaning }
      })
    }
    if (!folded.includes("'")) return [{ length: raw.length, folded }]
    for (const [clitic, meaning] of after) {
      if (!folded.endsWith(clitic) || folded.length === clitic.length) continue
      const head = folded.slice(0, -clitic.length)
      return [
        { length: head.length, folded: clitic === "n't" ? (heads.get(head) ?? head) : head },
        { length: clitic.length, folded: meaning },
      ]
    }
    for (const [clitic, meaning] of before) {
      if (!folded.startsWith(clitic) || folded.length === clitic.length) continue
      const tail = folded.slice(clitic.length)
      return [
        { length: clitic.length, folded: meaning },
        { length: tail.length, folded: tail },
      ]
    }
    return [{ length: raw.length, folded }]
  }
}
