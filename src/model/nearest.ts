// "Did you mean …": the nearest of the names that would have been right, and whether it is certain that it was meant.

/**
 * The candidate nearest to `word`, or undefined if none is near enough: at most a third of the word's letters
 * (at least one, at most three) wrong, missing, added or swapped. Case does not count; the first of equals wins.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase().slice(0, LONGEST)
  let best: string | undefined
  let bestDistance = mostSlips(wanted) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance < bestDistance) {
      bestDistance = distance
      best = candidate
    }
  }
  return best
}

/** `; did you mean "X"?` or an empty string, to be put behind a message. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const near = nearest(word, candidates)
  return near === undefined ? '' : `; did you mean "${near}"?`
}

/** All candidates that `nearest` would take: where there is but one, nothing else can be meant. Each once. */
export function near(word: string, candidates: Iterable<string>): string[] {
  const wanted = word.toLowerCase().slice(0, LONGEST)
  const most = mostSlips(wanted)
  return [...new Set(candidates)].filter(
    candidate =>
      Math.abs(candidate.length - wanted.length) <= most &&
      editDistance(wanted, candidate.toLowerCase()) <= most,
  )
}

/**
 * Of the candidates near a word, those that it can only be misspelt for. Names are made up by people, so that a near
 * one may be another thing altogether: `refund` is no slip for `refuse`, `unverified` none for `verified`, `offer-2`
 * none for `offer-1`. So all numbers are the same, and so are all words but for a slip in long ones. Each once.
 */
export function misspelt(word: string, candidates: Iterable<string>): string[] {
  const wanted = partsOf(word.slice(0, LONGEST))
  return near(word, candidates).filter(candidate => {
    const parts = partsOf(candidate)
    // "two offers" and "TwoOffers" for "two-offers".
    if (parts.join('') === wanted.join('')) return true
    return parts.length === wanted.length && parts.every((part, i) => isSlip(part, wanted[i]!))
  })
}

/** Words and numbers, in small letters, without what separates them. */
function partsOf(name: string): string[] {
  return name.toLowerCase().match(/\p{N}+|[\p{L}\p{M}]+|[^\p{L}\p{M}\p{N}\s_-]/gu) ?? []
}

/** One letter in words of four letters; two in words of nine, if they begin alike. */
function isSlip(a: string, b: string): boolean {
  if (a === b) return true
  const length = Math.min(a.length, b.length)
  if (length < 4 || !/^\p{L}/u.test(a)) return false
  const distance = editDistance(a, b)
  return distance <= 1 || (distance === 2 && length >= 9 && a[0] === b[0])
}

/** Longer words are compared by their beginning. */
const LONGEST = 80

function mostSlips(word: string): number {
  return Math.min(3, Math.max(1, Math.floor(word.length / 3)))
}

/** Optimal string alignment distance (Levenshtein plus swaps of neighbours). O(|a|·|b|). */
function editDistance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, before[j - 2]! + 1)
      current[j] = cost
    }
    before = previous
    previous = current
  }
  return previous[b.length]!
}
