// Which sets each distinct word belongs to, worked out once a word and remembered.
import { type PartRules, splitterOf } from './parts.ts'
import type { CompiledSets } from './sets.ts'
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

/** What of a lexicon says which words are numbers, currencies, per cent, and how words are taken apart. */
export type WordRules = PartRules & Pick<LexiconSource, 'numbers' | 'currency' | 'percent'>

/** `anchors`: by bit, by channel, the programs that are tried wherever a word of the set stands. */
export function vocabularyOf(
  rules: WordRules,
  { terms, sets }: CompiledSets,
  anchors: readonly (readonly (readonly number[])[] | undefined)[],
  channels: number,
): Vocabulary {
  const { fold, takeApart, parts } = splitterOf(rules)
  const numberWords = new Set(Object.keys(rules.numbers ?? {}).map(fold))
  const currency = new Set(
    Object.values(rules.currency ?? {})
      .flat()
      .map(fold),
  )
  const percent = new Set((rules.percent ?? []).map(fold))
  const lengths = lengthsOf(terms)
  let remembered = new Map<string, Word | Parts>()
  const signatures = new Map<string, Word>()

  /** The bits of the sets a word belongs to, each once, in order. */
  function bitsOf(folded: string, kind: string): number[] {
    const word = folded.length > LONGEST ? folded.slice(0, LONGEST) : folded
    const found = new Set<number>()
    const take = (term: string): void => {
      if (Object.hasOwn(terms, term)) for (const bit of terms[term]!) found.add(bit)
    }
    if (kind !== '') take(kind)
    if (kind === '' || kind === '#') take(`=${word}`)
    if (kind === '') {
      if (numberWords.has(word)) take('#')
      if (currency.has(word)) take('$')
      if (percent.has(word)) take('%')
      for (const n of lengths['<']) if (n <= word.length) take(`<${word.slice(0, n)}`)
      for (const n of lengths['>']) if (n <= word.length) take(`>${word.slice(-n)}`)
      for (const n of lengths['~']) {
        for (let i = 0; i + n <= word.length; i++) take(`~${word.slice(i, i + n)}`)
      }
    }
    return [...found].sort((a, b) => a - b)
  }

  function wordOf(folded: string, kind: string): Word {
    const list = bitsOf(folded, kind)
    const signature = list.join(' ')
    const known = signatures.get(signature)
    if (known) return known
    const bits = new Uint32Array((sets >>> 5) + 1)
    for (const bit of list) bits[bit >>> 5]! |= 1 << (bit & 31)
    const tried = Array.from({ length: channels }, (_, channel) =>
      [...new Set(list.flatMap(bit => anchors[bit]?.[channel] ?? []))].sort((a, b) => a - b),
    )
    const word = { bits, list, known: list.length > 0, anchors: tried }
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
    const apart = takeApart(raw)
    if (apart.length === 1) return wordOf(apart[0]!.folded, '')
    return { lengths: apart.map(part => part.length), words: apart.map(part => wordOf(part.folded, '')) }
  }

  return {
    lookUp: raw => remembered.get(raw) ?? remember(raw, wordOrParts(raw)),
    number: raw => (remembered.get(raw) as Word | undefined) ?? remember(raw, wordOf(raw, '#')),
    symbol: term =>
      (remembered.get(` ${term}`) as Word | undefined) ?? remember(` ${term}`, wordOf(term, term)),
    parts,
  }
}

/** How long the starts, ends and middles are that words are looked up by; each length once, in order. */
function lengthsOf(terms: CompiledSets['terms']): Record<'<' | '>' | '~', number[]> {
  const lengths = { '<': new Set<number>(), '>': new Set<number>(), '~': new Set<number>() }
  for (const term in terms) {
    const kind = term[0] as '<'
    if (term.length > 1 && kind in lengths) lengths[kind].add(term.length - 1)
  }
  const inOrder = (found: Set<number>): number[] => [...found].sort((a, b) => a - b)
  return { '<': inOrder(lengths['<']), '>': inOrder(lengths['>']), '~': inOrder(lengths['~']) }
}
