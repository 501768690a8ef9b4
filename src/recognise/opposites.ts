// Whether two conditions exclude each other: one negates the other, or they differ by a pair of opposites.
import type { Lexicon } from './lexicon.ts'

/** Longer conditions are compared by their first words only. */
const LONGEST = 60

/**
 * Whether one of two conditions negates the other ("confirmed", "not confirmed") or they are the same but for one
 * pair of opposites of the lexicon ("customer accepts", "customer declines"). Symmetric.
 */
export function areOpposite(a: string, b: string, lexicon: Lexicon): boolean {
  const [one, other] = [wordsOf(a, lexicon), wordsOf(b, lexicon)]
  const [plainOne, plainOther] = [one.filter(isPlain), other.filter(isPlain)]
  const negations = Math.abs(one.length - plainOne.length - (other.length - plainOther.length))
  if (negations === 1) return sameWords(plainOne, plainOther)
  if (negations > 1) return false
  return differByOpposites(plainOne, plainOther, lexicon) || differByOpposites(one, other, lexicon)

  function isPlain(word: string): boolean {
    return !lexicon.negWords.has(word)
  }
}

function wordsOf(text: string, { vocabulary }: Lexicon): string[] {
  const words: string[] = []
  for (const word of text.split(/\s+/)) {
    words.push(...vocabulary.parts(word))
    if (words.length >= LONGEST) break
  }
  return words
}

function sameWords(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && a.length === b.length && a.every((word, i) => word === b[i])
}

function differByOpposites(a: readonly string[], b: readonly string[], { opposites }: Lexicon): boolean {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  // The part that differs, widened to the left and right until it is a listed phrase.
  for (let from = head; from >= Math.max(0, head - 3); from--) {
    for (let rest = tail; rest >= Math.max(0, tail - 3); rest--) {
      const one = a.slice(from, a.length - rest).join(' ')
      const other = b.slice(from, b.length - rest).join(' ')
      if (opposites.get(one)?.has(other)) return true
    }
  }
  return false
}
