// Do two conditions exclude each other and leave nothing between them: "match / do not match", "accepts / declines"?

import { lowOf } from './line.ts'
import type { Choice } from './pieces.ts'

const PAIRS: readonly (readonly [string, string])[] = [
  ['yes', 'no'],
  ['on', 'off'],
  ['accept', 'decline'],
  ['accept', 'refuse'],
  ['accept', 'reject'],
  ['agree', 'disagree'],
  ['agree', 'decline'],
  ['agree', 'refuse'],
  ['approve', 'deny'],
  ['approved', 'denied'],
  ['approved', 'rejected'],
  ['available', 'unavailable'],
  ['valid', 'invalid'],
  ['found', 'missing'],
  ['enabled', 'disabled'],
  ['succeed', 'fail'],
  ['pass', 'fail'],
  ['confirmed', 'unconfirmed'],
  ['resolved', 'unresolved'],
  ['happy', 'unhappy'],
  ['satisfied', 'dissatisfied'],
  ['eligible', 'ineligible'],
  ['true', 'false'],
  ['open', 'closed'],
  ['stay', 'leave'],
  ['stay', 'cancel'],
  ['verified', 'unverified'],
  ['successful', 'unsuccessful'],
  ['ja', 'nein'],
  ['ja', 'nej'],
  ['jah', 'ei'],
  ['да', 'нет'],
  ['có', 'không'],
  ['oui', 'non'],
  ['sí', 'no'],
  ['nimmt', 'lehnt'],
  ['accepterer', 'afslår'],
  ['nõustub', 'keeldub'],
  ['соглашается', 'отказывается'],
  ['accepte', 'refuse'],
  ['acepta', 'rechaza'],
]
const OPPOSITE = new Map<string, Set<string>>()
for (const [a, b] of PAIRS) {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const)
    OPPOSITE.set(one, (OPPOSITE.get(one) ?? new Set()).add(other))
}
const NOT = new Set([
  'not',
  "don't",
  "doesn't",
  "isn't",
  "aren't",
  "can't",
  'cannot',
  "won't",
  "didn't",
  "hasn't",
  "haven't",
  "wasn't",
  'no',
  'never',
  'without',
  'unless',
  'nicht',
  'kein',
  'keine',
  'ikke',
  'ei',
  'не',
  'нет',
  'không',
  'pas',
])
const SMALL = new Set([
  'the',
  'a',
  'an',
  'do',
  'does',
  'is',
  'are',
  'be',
  'to',
  'has',
  'have',
  'can',
  'their',
  'they',
  'it',
  'this',
  'that',
  'of',
  'any',
  'will',
  'customer',
  'user',
  'caller',
  'member',
  'still',
  'der',
  'die',
  'das',
  'klient',
  'kunden',
  'клиент',
  'den',
  'le',
  'la',
  'el',
  'client',
  'cliente',
])

export function excludes(a: Choice, b: Choice): boolean {
  if (!a.when || !b.when) return false
  const one = meaning(lowOf(a.when))
  const other = meaning(lowOf(b.when))
  if (one.words.length === 0 || other.words.length === 0 || one.words.length > 30)
    return one.words.length + other.words.length > 0 ? bareOpposite(one, other) : false
  const same = one.words.join(' ') === other.words.join(' ')
  if (same) return one.negative !== other.negative
  const [first] = one.words
  const [second] = other.words
  const answer =
    one.words.length === 1 ||
    other.words.length === 1 ||
    one.words.slice(1).join(' ') === other.words.slice(1).join(' ')
  if (answer && opposite(first!, second!)) return one.negative === other.negative
  const differ =
    one.words.length === other.words.length ? one.words.filter((word, i) => word !== other.words[i]) : []
  if (differ.length === 1) {
    const at = one.words.indexOf(differ[0]!)
    return opposite(differ[0]!, other.words[at]!) && one.negative === other.negative
  }
  return false
}

/** "It shows "red"", "it shows "blue"": the same question with another answer; others may be left. */
export function differsInValue(a: Choice, b: Choice): boolean {
  if (!a.when || !b.when) return false
  const one = VALUE.exec(a.when.text.slice(0, 300))
  const other = VALUE.exec(b.when.text.slice(0, 300))
  return (
    one !== null && other !== null && one[1]!.toLowerCase() === other[1]!.toLowerCase() && one[2] !== other[2]
  )
}

/** Is the next choice the other answer to the same question, or for all other cases? */
export function isOneOfTwo(choice: Choice, next: Choice): boolean {
  return next.otherwise || excludes(choice, next) || differsInValue(choice, next)
}

const VALUE = /^(\p{L}[^"“`]{2,200}?)\s*["“`]([^"”`]{1,80})["”`][\s.]*$/u

function bareOpposite(one: Meaning, other: Meaning): boolean {
  return one.words.length === other.words.length ? one.negative !== other.negative : false
}

type Meaning = { words: string[]; negative: boolean }

function meaning(text: string): Meaning {
  const all = text.match(/[\p{L}\p{N}\p{M}']+/gu) ?? []
  if (all.length === 1) return { words: [...all], negative: false }
  const words = all.filter(word => !NOT.has(word) && !SMALL.has(word)).map(stem)
  return { words, negative: all.filter(word => NOT.has(word)).length % 2 === 1 }
}

function stem(word: string): string {
  return word.length > 4 && /[^su]s$/.test(word) ? word.slice(0, -1) : word
}

function opposite(a: string, b: string): boolean {
  return OPPOSITE.get(a)?.has(b) ?? false
}
