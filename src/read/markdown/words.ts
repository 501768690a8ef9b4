// Looking for the phrases of a vocabulary in a text: at its start or anywhere, on word boundaries, in linear time.
import { CUES, type Cues } from './cues.ts'

/** Phrases by their first word, longest first. */
export type Phrases = ReadonlyMap<string, readonly string[]>

/** The cues of a document: those of its language and the English ones, which pages in all languages use. */
export type Vocabulary = { readonly [list in keyof Cues]: Phrases } & {
  language: string
  /** For the first words of phrases that are looked for anywhere: in which of these lists they begin a phrase. */
  bits: ReadonlyMap<string, number>
}

/** The lists that are looked for anywhere in a line. */
export const IF = 1
export const UNLESS = 2
export const GO = 4
export const END = 8
export const HAND_OFF = 16
export const WHEN = 32
const ANYWHERE = { if: IF, unless: UNLESS, go: GO, end: END, handOff: HAND_OFF, when: WHEN } as const

/** Lower case, straight apostrophes, spaces for line breaks; every character keeps its index. */
export function plain(text: string): string {
  let lower = text.toLowerCase()
  if (lower.length !== text.length)
    lower = Array.from({ length: text.length }, (_, i) => same(text[i]!)).join('')
  return lower.replace(/[’‘ʼ]/g, "'").replace(/[\n\r\t\u00a0]/g, ' ')
}

function same(character: string): string {
  const lower = character.toLowerCase()
  return lower.length === 1 ? lower : character
}

export function phrases(list: readonly string[]): Phrases {
  const found = new Map<string, string[]>()
  for (const entry of list) {
    const phrase = entry.replace(/[’‘ʼ]/g, "'").normalize('NFC')
    const first = firstWord(phrase, 0)
    const others = found.get(first)
    if (others) others.push(phrase)
    else found.set(first, [phrase])
  }
  for (const others of found.values()) others.sort((a, b) => b.length - a.length)
  return found
}

const WORD = /[\p{L}\p{N}\p{M}']/u

/** The word that starts at `at`; a single sign if none does. Words are at most 40 characters. */
export function firstWord(text: string, at: number): string {
  let end = at
  while (end < text.length && end < at + 40 && isWord(text, end)) end++
  return end === at ? text.slice(at, at + 1) : text.slice(at, end)
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128)
    return (
      (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 39 || (code >= 65 && code <= 90)
    )
  return WORD.test(text[at]!) || (code >= 0xd800 && code <= 0xdfff)
}

/** The length of the longest phrase that stands at `at` of a plain text; 0 if none does. */
export function leads(list: Phrases, text: string, at = 0): number {
  const candidates = list.get(firstWord(text, at))
  if (!candidates) return 0
  for (const phrase of candidates) {
    const end = at + phrase.length
    if (
      text.startsWith(phrase, at) &&
      !(isWord(text, end - 1) && end < text.length && isWord(text, end) && text[end] !== "'")
    )
      return phrase.length
  }
  return 0
}

/** The first place from `from` on where a phrase begins a word; `{at: -1}` if there is none. */
export function find(
  list: Phrases,
  text: string,
  from = 0,
  to = text.length,
): { at: number; length: number } {
  for (let at = from; at < to; at++) {
    if (at > from && isWord(text, at - 1)) continue
    const length = leads(list, text, at)
    if (length > 0) return { at, length }
  }
  return { at: -1, length: 0 }
}

/** Which lists have a phrase that may begin somewhere in a plain text: one look at each word instead of one a list. */
export function bitsIn(text: string, words: Vocabulary): number {
  let bits = 0
  let from = -1
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && isWord(text, i)) {
      if (from < 0) from = i
    } else if (from >= 0) {
      bits |= words.bits.get(text.slice(from, Math.min(i, from + 40))) ?? 0
      from = -1
    }
  }
  return bits | (words.bits.get('') ?? 0)
}

/** Phrases that begin with a sign rather than a word make their bit always count. */
function bitsOf(vocabulary: { readonly [list in keyof Cues]: Phrases }): Map<string, number> {
  const bits = new Map<string, number>()
  for (const [list, bit] of Object.entries(ANYWHERE) as [keyof typeof ANYWHERE, number][]) {
    for (const first of vocabulary[list].keys()) {
      const key = isWord(first, 0) ? first : ''
      bits.set(key, (bits.get(key) ?? 0) | bit)
    }
  }
  return bits
}

const vocabularies = new Map<string, Vocabulary>()

/** The vocabulary for a language tag; unknown languages read with the English words alone. */
export function vocabularyOf(tag: string): Vocabulary {
  const language = tag.toLowerCase().split('-')[0]!
  const known = vocabularies.get(language)
  if (known) return known
  const own = Object.hasOwn(CUES, language) ? CUES[language]! : CUES.en!
  const lists = Object.keys(CUES.en!) as (keyof Cues)[]
  const entries = lists.map(list => [
    list,
    phrases(own === CUES.en ? own[list] : [...own[list], ...CUES.en![list]]),
  ])
  const phrasesByList = Object.fromEntries(entries) as { readonly [list in keyof Cues]: Phrases }
  const vocabulary = {
    ...phrasesByList,
    bits: bitsOf(phrasesByList),
    language: own === CUES.en && language !== 'en' ? 'other' : language,
  } as Vocabulary
  vocabularies.set(language, vocabulary)
  return vocabulary
}

/** Small words, and the languages in which they are frequent. */
const COMMON = new Map<string, string[]>()
for (const [language, { common }] of Object.entries(CUES)) {
  for (const word of common) COMMON.set(word, [...(COMMON.get(word) ?? []), language])
}

/** The language whose small words are most frequent in the beginning of a text; English if none stands out. */
export function detectLanguage(text: string): string {
  const start = text.slice(0, 4000).toLowerCase()
  const words = start.match(/[\p{L}\p{M}]+/gu) ?? []
  const counts = new Map<string, number>()
  for (const word of words) {
    for (const language of COMMON.get(word) ?? [])
      counts.set(language, (counts.get(language) ?? 0) + (language === 'en' ? 1.05 : 1))
  }
  let best = 'en'
  let most = 0
  for (const [language, count] of counts) {
    if (count > most || (count === most && language === 'en')) {
      most = count
      best = language
    }
  }
  if (most >= words.length * 0.04) return best
  // Letters that English does not have, and few words that we know: leave it to the structure.
  const foreign = start.match(/[^\p{Script=Latin}\p{P}\p{N}\p{Z}\p{S}\s]/gu) ?? []
  return foreign.length > start.length * 0.3 ? 'other' : 'en'
}
