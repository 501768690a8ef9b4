// Which terms each distinct word satisfies, worked out once a word and remembered.
import { foldFor, isApostrophe, kindOf, LETTER } from './characters.ts'
import type { SetNumber } from './pattern.ts'
import type { LexiconSource } from './source.ts'

/** What is known of a token: the sets it belongs to, and the programs to be tried where it stands, by channel. */
export type Word = {
  bits: Uint32Array
  /** The same bits, listed. */
  list: readonly number[]
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
  /** Number of the set of one term (see `PatternContext`). Sets are made before the first word is looked up. */
  set: (term: string) => SetNumber
  /** Number of a union of sets; equal unions share it. */
  union: (sets: readonly SetNumber[]) => SetNumber
  /** The bit by which words tell that they belong to a set. */
  bit: (set: SetNumber) => number
  /** The sets of single terms that make up a set. */
  members: (set: SetNumber) => readonly SetNumber[]
  /** The term of a set of one term. */
  term: (set: SetNumber) => string
  /** Programs of a channel that are tried wherever a word of the set stands. */
  anchor: (set: SetNumber, channel: number, program: number) => void
  lookUp: (raw: string) => Word | Parts
  number: (raw: string) => Word
  symbol: (term: '%' | '$' | '{') => Word
  /** The folded parts of a word, as the tokeniser takes it apart. */
  parts: (word: string) => readonly string[]
}

/** Whether a word belongs to the set with this bit. */
export function has(word: Word, bit: number): boolean {
  return (word.bits[bit >>> 5]! & (1 << (bit & 31))) !== 0
}

type Rules = Pick<LexiconSource, 'fold' | 'clitics' | 'splits' | 'numbers' | 'currency' | 'percent'>

export function vocabularyOf(rules: Rules, channels: number): Vocabulary {
  const fold = foldFor(rules.fold ?? [])
  const takeApart = splitter(rules, fold)
  const terms: string[] = []
  const numberOfTerm = new Map<string, SetNumber>()
  const membersOf: (readonly SetNumber[])[] = []
  const parentsOf: SetNumber[][] = []
  const unions = new Map<string, SetNumber>()
  const bitOf: number[] = []
  let bits = 0
  const anchorsOf: number[][][] = []
  const numberWords = new Set(Object.keys(rules.numbers ?? {}).map(fold))
  const currency = new Set(
    Object.values(rules.currency ?? {})
      .flat()
      .map(fold),
  )
  const percent = new Set((rules.percent ?? []).map(fold))
  let lengths: Record<'<' | '>' | '~', number[]> | undefined
  let remembered = new Map<string, Word | Parts>()
  const signatures = new Map<string, Word>()
  const partsOf = new Map<string, readonly string[]>()

  function set(term: string): SetNumber {
    const known = numberOfTerm.get(term)
    if (known !== undefined) return known
    const number = membersOf.length
    numberOfTerm.set(term, number)
    terms[number] = term
    membersOf.push([number])
    parentsOf.push([])
    return number
  }

  function union(sets: readonly SetNumber[]): SetNumber {
    const sorted = sets.length === 1 ? sets : [...new Set(sets)].sort((a, b) => a - b)
    if (sorted.length === 1) return sorted[0]!
    const key = sorted.join(' ')
    const known = unions.get(key)
    if (known !== undefined) return known
    const number = membersOf.length
    unions.set(key, number)
    membersOf.push([...new Set(sorted.flatMap(one => membersOf[one]!))])
    parentsOf.push([])
    for (const one of sorted) parentsOf[one]!.push(number)
    return number
  }

  /** The sets that a word belongs to through the terms it satisfies. */
  function closure(found: readonly SetNumber[]): SetNumber[] {
    const all = new Set(found)
    for (const one of all) for (const parent of parentsOf[one]!) all.add(parent)
    return [...all].sort((a, b) => a - b)
  }

  function termsOf(folded: string, kind: string): SetNumber[] {
    lengths ??= { '<': lengthsOf(terms, '<'), '>': lengthsOf(terms, '>'), '~': lengthsOf(terms, '~') }
    const word = folded.length > LONGEST ? folded.slice(0, LONGEST) : folded
    const found: SetNumber[] = []
    const take = (term: string): void => {
      const number = numberOfTerm.get(term)
      if (number !== undefined) found.push(number)
    }
    if (kind !== '') take(kind)
    if (kind === '' || kind === '#') take(`=${word}`)
    if (kind !== '') return found
    if (numberWords.has(word)) take('#')
    if (currency.has(word)) take('$')
    if (percent.has(word)) take('%')
    for (const n of lengths['<']) if (n <= word.length) take(`<${word.slice(0, n)}`)
    for (const n of lengths['>']) if (n <= word.length) take(`>${word.slice(-n)}`)
    for (const n of lengths['~']) {
      for (let i = 0; i + n <= word.length; i++) take(`~${word.slice(i, i + n)}`)
    }
    return found
  }

  function wordOf(folded: string, kind: string): Word {
    const sets = closure(termsOf(folded, kind))
    const signature = sets.join(' ')
    const known = signatures.get(signature)
    if (known) return known
    const flags = new Uint32Array((bits >>> 5) + 1)
    for (const one of sets) {
      const bit = bitOf[one]
      if (bit !== undefined) flags[bit >>> 5]! |= 1 << (bit & 31)
    }
    const anchors = Array.from({ length: channels }, (_, channel) => {
      const programs = new Set<number>()
      for (const one of sets) for (const program of anchorsOf[one]?.[channel] ?? []) programs.add(program)
      return [...programs].sort((a, b) => a - b)
    })
    const list = sets.flatMap(one => bitOf[one] ?? [])
    const word = { bits: flags, list, known: list.length > 0, anchors }
    if (signatures.size >= REMEMBERED) signatures.clear()
    signatures.set(signature, word)
    return word
  }

  function remember<T extends Word | Parts>(key: string, made: T): T {
    if (remembered.size >= REMEMBERED) remembered = new Map()
    remembered.set(key, made)
    return made
  }

  function wordOrParts(raw: string): Word | Parts {
    const parts = takeApart(raw)
    if (parts.length === 1) return wordOf(parts[0]!.folded, '')
    return { lengths: parts.map(part => part.length), words: parts.map(part => wordOf(part.folded, '')) }
  }

  return {
    set,
    union,
    bit: number => (bitOf[number] ??= bits++),
    members: number => membersOf[number]!,
    term: number => terms[number]!,
    anchor(number, channel, program) {
      anchorsOf[number] ??= []
      const programs = (anchorsOf[number]![channel] ??= [])
      programs.push(program)
    },
    lookUp: raw => remembered.get(raw) ?? remember(raw, wordOrParts(raw)),
    number: raw => (remembered.get(raw) as Word | undefined) ?? remember(raw, wordOf(raw, '#')),
    symbol: term =>
      (remembered.get(` ${term}`) as Word | undefined) ?? remember(` ${term}`, wordOf(term, term)),
    parts(word) {
      let parts = partsOf.get(word)
      if (!parts) {
        parts = joinable(word).flatMap(piece => takeApart(piece).map(part => part.folded))
        if (partsOf.size < REMEMBERED) partsOf.set(word, parts)
      }
      return parts
    },
  }
}

function lengthsOf(terms: readonly string[], kind: string): number[] {
  const lengths = new Set<number>()
  for (const term of terms) if (term?.startsWith(kind) && term.length > 1) lengths.add(term.length - 1)
  return [...lengths].sort((a, b) => a - b)
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
