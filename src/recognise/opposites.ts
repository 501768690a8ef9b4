// Whether two conditions exclude each other: one negates the other, or they differ by a pair of opposites.
import type { Lexicon } from './lexicon.ts'

/** Longer conditions are compared by their first words only. */
const LONGEST = 60
/** By how many words a difference is widened to find it among the listed opposites. */
const WIDEN = 3

/**
 * Whether one of two conditions negates the other ("identity confirmed", "not confirmed"), or they are the same but
 * for one pair of opposites of the lexicon ("customer accepts", "customer declines"). Symmetric. Linear.
 */
export function areOpposite(a: string, b: string, lexicon: Lexicon): boolean {
  const [one, other] = [wordsOf(a, lexicon), wordsOf(b, lexicon)]
  if (differByOpposites(one, other, lexicon)) return true
  const [left, right] = [weighty(one, lexicon), weighty(other, lexicon)]
  if (differByOpposites(left, right, lexicon)) return true
  const [plainLeft, plainRight] = [left.filter(isPlain), right.filter(isPlain)]
  const negations = left.length - plainLeft.length - (right.length - plainRight.length)
  if (negations === 0) return false
  return (
    Math.abs(negations) === 1 &&
    (negations > 0 ? isPartOf(plainLeft, plainRight) : isPartOf(plainRight, plainLeft))
  )

  function isPlain(word: string): boolean {
    return !lexicon.negWords.has(word)
  }
}

function wordsOf(text: string, { vocabulary }: Lexicon): string[] {
  const words: string[] = []
  for (const word of text.slice(0, LONGEST * 20).split(/\s+/)) {
    words.push(...vocabulary.parts(word))
    if (words.length >= LONGEST) break
  }
  return words
}

function weighty(words: readonly string[], { weightless }: Lexicon): string[] {
  return words.filter(word => !weightless.has(word))
}

/** The negated condition may leave out what the other starts with: "identity confirmed", "not confirmed". */
function isPartOf(part: readonly string[], whole: readonly string[]): boolean {
  if (part.length === 0 || part.length > whole.length) return false
  const offset = whole.length - part.length
  return part.every((word, i) => isSame(word, whole[offset + i]!))
}

/** The same word, or the same but for an ending ("want", "wants"; in Estonian "klapivad", "ei klapi"). */
function isSame(a: string, b: string): boolean {
  if (a === b) return true
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return (
    short.length >= 3 && long.length - short.length <= (short.length < 5 ? 2 : 3) && long.startsWith(short)
  )
}

function differByOpposites(a: readonly string[], b: readonly string[], { opposites }: Lexicon): boolean {
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head++
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  // The part that differs, widened to the left and right until it is a listed phrase.
  for (let from = head; from >= Math.max(0, head - WIDEN); from--) {
    for (let rest = tail; rest >= Math.max(0, tail - WIDEN); rest--) {
      const one = a.slice(from, a.length - rest).join(' ')
      const other = b.slice(from, b.length - rest).join(' ')
      if (opposites.get(one)?.has(other)) return true
    }
  }
  return false
}
