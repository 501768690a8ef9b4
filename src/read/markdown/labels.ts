// What headings, items and steps are called: "Step 1.2: Check the line" is label "step 1.2" with the title "check the line".
import { type Line, memoOf } from './line.ts'
import { firstWord, leads, plain, type Vocabulary } from './words.ts'

/** `noun` is the word as written, lower case; `number` for a heading such as "2. Title". */
export type Label = { noun: string; number: string; rest: string; at: number }

const NUMBER = /^\s*(?:#|no\.|nr\.?|№)?\s*(\d{1,4}(?:\.\d{1,3}){0,4}[a-z]?|[ivx]{1,5}|[a-h])(?![\p{L}\p{N}])/u
const WORD_NUMBERS: Record<string, string> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  ein: '1',
  eins: '1',
  zwei: '2',
  drei: '3',
  un: '1',
  deux: '2',
  trois: '3',
  uno: '1',
  dos: '2',
  tres: '3',
  et: '1',
  to: '2',
  tre: '3',
  üks: '1',
  kaks: '2',
  kolm: '3',
  một: '1',
  hai: '2',
  ba: '3',
  один: '1',
  два: '2',
  три: '3',
}

/** "Step 4 – Title", "Stage II: Title", "4. Title", "🧩 1. Title", "Step one"; null if the text has no label. */
export function labelOf(text: string, words: Vocabulary): Label | null {
  const low = plain(text)
  const start = /^[^\p{L}\p{N}#]*/u.exec(low)![0].length
  const noun = leads(words.step, low, start)
  if (noun > 0 && low[start] !== '#') {
    const after = low.slice(start + noun)
    const number = numberAt(after)
    if (number)
      return {
        noun: nounOf(low.slice(start, start + noun), words),
        number: number.value,
        ...restOf(low, start + noun + number.length),
      }
  }
  const numbered = /^(\d{1,3}(?:\.\d{1,3}){0,4})(?:[.)]\s|\s?[:–—-]\s|\s(?=\p{L}))/u.exec(low.slice(start))
  if (numbered) return { noun: 'number', number: numbered[1]!, ...restOf(low, start + numbered[0].length) }
  return null
}

/** The label of a line, found out once. */
export function labelOfLine(line: Line, words: Vocabulary): Label | null {
  const memo = memoOf(line)
  if (memo.label === undefined) memo.label = labelOf(line.text.replace(/[\n\r\t\u00a0]/g, ' '), words)
  return memo.label as Label | null
}

/** The number that stands at the start of a text, as digits; also "4a", "IV", "two". */
export function numberAt(text: string): { value: string; length: number } | null {
  const match = NUMBER.exec(text)
  if (match && (/\d/.test(match[1]!) || /^\s/.test(text)))
    return { value: romanOf(match[1]!), length: match[0].length }
  const space = /^\s+/.exec(text)?.[0].length ?? 0
  const word = firstWord(text, space)
  const value = Object.hasOwn(WORD_NUMBERS, word) ? WORD_NUMBERS[word] : undefined
  return value !== undefined && space > 0 ? { value, length: space + word.length } : null
}

function romanOf(text: string): string {
  const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x'].indexOf(text)
  return roman >= 0 ? String(roman + 1) : text
}

function restOf(low: string, at: number): { rest: string; at: number } {
  const gap = /^[\s:.)\]–—*_-]*/.exec(low.slice(at))![0].length
  return { rest: low.slice(at + gap).trim(), at: at + gap }
}

/** One noun for all forms of a word: "steps" are "step", "шагу" is "шаг", "sammuga" is "samm". */
export function nounOf(noun: string, words: Vocabulary): string {
  let shortest = noun
  for (const word of words.step.keys())
    if (word.length >= 3 && word.length < shortest.length && noun.startsWith(word)) shortest = word
  return shortest
}

/** Nouns that may mean the numbered items of a list. */
export const COUNTED =
  /^(?:step|point|item|number|#|no\.|part|schritt|trin|samm|bước|шаг|étape|paso|punkt|пункт|stage)$/

/** Nouns that may mean a heading which is only numbered: "go to step 4" leads to "## 4. Title". */
export const HEADED =
  /^(?:step|section|schritt|abschnitt|trin|afsnit|samm|jaotis|punkt|bước|mục|phần|шаг|раздел|пункт|étape|paso|sección)$/

/** A title as it is compared: letters and digits in lower case, single spaces. */
export function normal(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
}
