// Takes words apart as the tokeniser needs it: clitics ("don't" = do + not), and as `splits` says ("cannot").
import { type Fold, foldFor, isApostrophe, kindOf, LETTER } from './characters.ts'
import type { LexiconSource } from './source.ts'

/** What of a lexicon says how words are taken apart. */
export type PartRules = Pick<LexiconSource, 'fold' | 'clitics' | 'splits'>

export type Part = { length: number; folded: string }

export type Splitter = {
  fold: Fold
  /** The parts of one word; their lengths add up to that of the word. */
  takeApart: (raw: string) => Part[]
  /** The folded parts of what stands between two spaces: `e-mail` are two. Remembered. */
  parts: (word: string) => readonly string[]
}

/** More distinct words than any language's playbooks hold; hostile input must not fill the memory. */
const REMEMBERED = 50_000

export function splitterOf(rules: PartRules): Splitter {
  const fold = foldFor(rules.fold ?? [])
  const takeApart = splitter(rules, fold)
  const partsOf = new Map<string, readonly string[]>()
  return {
    fold,
    takeApart,
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

/** Takes words apart at clitics ("don't" = do + not, "l'offre" = le + offre) and as `splits` says ("cannot"). */
function splitter(rules: PartRules, fold: Fold): (raw: string) => Part[] {
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
