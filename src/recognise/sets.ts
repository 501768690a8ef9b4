// Numbers the sets of words that patterns speak of while they are compiled; those that matter in the end get a bit.
import type { SetNumber } from './pattern.ts'

/** What is left of the sets when everything is compiled: plain data. */
export type CompiledSets = {
  /** How many sets have a bit. */
  sets: number
  /**
   * The bits of the sets to which a word belongs that satisfies a term: `=word`, `<start`, `>end`, `~middle`, or a
   * symbol (see `PatternContext`).
   */
  terms: Readonly<Record<string, readonly number[]>>
}

export type SetTable = {
  /** Number of the set of one term (see `PatternContext`). */
  set: (term: string) => SetNumber
  /** Number of a union of sets; equal unions share it. */
  union: (sets: readonly SetNumber[]) => SetNumber
  /** The bit by which words tell that they belong to a set. */
  bit: (set: SetNumber) => number
  /** The sets of single terms that make up a set. */
  members: (set: SetNumber) => readonly SetNumber[]
  /** The term of a set of one term. */
  term: (set: SetNumber) => string
  finish: () => CompiledSets
}

export function setTable(): SetTable {
  const termOf: string[] = []
  const numberOfTerm = new Map<string, SetNumber>()
  const membersOf: (readonly SetNumber[])[] = []
  const unions = new Map<string, SetNumber>()
  const bitOf: number[] = []
  /** By bit, its set. */
  const used: SetNumber[] = []

  function set(term: string): SetNumber {
    const known = numberOfTerm.get(term)
    if (known !== undefined) return known
    const number = membersOf.length
    numberOfTerm.set(term, number)
    termOf[number] = term
    membersOf.push([number])
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
    return number
  }

  function bit(number: SetNumber): number {
    const known = bitOf[number]
    if (known !== undefined) return known
    used.push(number)
    bitOf[number] = used.length - 1
    return used.length - 1
  }

  function finish(): CompiledSets {
    const terms = new Map<string, number[]>()
    for (const [bit, number] of used.entries()) {
      for (const member of membersOf[number]!) {
        const term = termOf[member]!
        const bits = terms.get(term)
        if (bits) bits.push(bit)
        else terms.set(term, [bit])
      }
    }
    return { sets: used.length, terms: Object.fromEntries(terms) }
  }

  return {
    set,
    union,
    bit,
    members: number => membersOf[number]!,
    term: number => termOf[number]!,
    finish,
  }
}
