// What the keys of a telephone menu mean: the part of the announcement that speaks of each key.
import type { Excerpt } from '../../model/position.ts'
import { part, trimmed } from '../../model/source.ts'

/** Of the keys a menu answers to: the words that announce them. Keys that are not announced are missing. */
export type Announced = Map<string, Excerpt>

type Spoken = { key: string; from: number; to: number }

/**
 * Finds for each key of one character (`1`, `*`, `#`) its part of the announcement. It is the sentence, or, where one
 * sentence speaks of several keys, the piece of it between two of them. Works on digits alone and so in any language.
 */
export function announcedKeys(announcement: Excerpt, keys: Iterable<string>): Announced {
  const wanted = new Set(keys)
  const announced: Announced = new Map()
  for (const { from, to } of sentencesOf(announcement.text)) {
    const spoken = keysIn(announcement.text, from, to, wanted)
    for (const [i, { key }] of spoken.entries()) {
      const piece = pieceOf(announcement.text, spoken, i, from, to)
      if (!announced.has(key)) announced.set(key, trimmed(part(announcement, piece.from, piece.to)))
    }
  }
  return announced
}

function sentencesOf(text: string): { from: number; to: number }[] {
  const sentences: { from: number; to: number }[] = []
  let from = 0
  for (const { index } of text.matchAll(/[.!?;。](?=\s|$)|\n/g)) {
    sentences.push({ from, to: index })
    from = index + 1
  }
  sentences.push({ from, to: text.length })
  return sentences
}

/** Keys that stand alone: not part of a number, an amount or a name. */
function keysIn(text: string, from: number, to: number, wanted: Set<string>): Spoken[] {
  const found: Spoken[] = []
  for (const { 0: key, index } of text.slice(from, to).matchAll(/[0-9*#]/g)) {
    const at = from + index
    const before = text[at - 1] ?? ' '
    const after = text.slice(at + 1, at + 3)
    if (
      !wanted.has(key) ||
      /[\p{L}\p{N}$€£.,_-]/u.test(before) ||
      /^(?:[\p{L}\p{N}%_-]|[.,:]\p{N})/u.test(after)
    )
      continue
    if (!found.some(s => s.key === key)) found.push({ key, from: at, to: at + 1 })
  }
  return found
}

/** "press 1 to pay, 2 to leave" or "to pay press 1, to leave press 2": the words stand behind or before their key. */
function pieceOf(text: string, spoken: Spoken[], i: number, from: number, to: number) {
  const wordsBehind = /\p{L}{2}/u.test(text.slice(spoken.at(-1)!.to, to))
  if (!wordsBehind) return { from: i === 0 ? from : afterSeam(text, spoken[i - 1]!.to), to: spoken[i]!.to }
  const seam = (k: number) => {
    // A comma, or else the word that stands before the first key too ("press"), begins the next piece.
    const between = text.slice(spoken[k - 1]!.to, spoken[k]!.from)
    const comma = between.lastIndexOf(',')
    if (comma >= 0) return spoken[k - 1]!.to + comma + 1
    const verb = /\p{L}+\s*$/u.exec(text.slice(Math.max(from, spoken[0]!.from - 30), spoken[0]!.from))?.[0]
    const again = verb ? between.toLowerCase().lastIndexOf(verb.trim().toLowerCase()) : -1
    return again > 0 ? spoken[k - 1]!.to + again : spoken[k]!.from
  }
  let end = i + 1 < spoken.length ? seam(i + 1) : to
  while (end > from && /[\s,]/.test(text[end - 1]!)) end--
  const start = i === 0 ? from : seam(i)
  if (i + 1 < spoken.length) end -= JOINING.exec(text.slice(start, end))?.[0].length ?? 0
  return { from: start, to: end }
}

/** "Press 1 to pay or", in the languages of the lexicons: the last word only joins the next piece. */
const JOINING = /\s(?:or|and|oder|und|ou|et|o|u|y|e|või|ja|eller|og|hoặc|và|или|и)$/iu

function afterSeam(text: string, from: number): number {
  let i = from
  while (i < text.length && /[\s,]/.test(text[i]!)) i++
  return i
}
