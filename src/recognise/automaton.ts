// Patterns compiled to small programs that are tried only where their rarest word stands.
import type { Item, PatternTree, Sequence, SetNumber } from './pattern.ts'
import type { Tokens } from './tokens.ts'
import { has, type Vocabulary, type Word } from './vocabulary.ts'

/** What patterns are looked for in: one channel a voice, plus those of cues and choosers. */
export const CHANNELS = ['say', 'do', 'hear', 'trigger', 'when', 'chooser', 'cue'] as const
export type Channel = (typeof CHANNELS)[number]

type Op = { gap: number } | { sequences: readonly (readonly number[])[]; optional: boolean }

export type Program<T> = {
  ops: readonly Op[]
  /** Index of the op whose first word is looked for. */
  anchor: number
  /** Bits of the sets of which a word must stand in the sentence. */
  required: readonly number[]
  imperative: boolean
  /** Takes as much as it can instead of as little. */
  longest: boolean
  value: T
}

/** A match, in tokens; `end` is exclusive. */
export type Match<T> = { value: T; start: number; end: number }

export type Automaton<T> = {
  programs: readonly Program<T>[]
  vocabulary: Vocabulary
  present: Present
}

/** By bit, the number of the last sentence in which a word of that set stood: never cleared, only outnumbered. */
type Present = { sentence: number; seen: Int32Array }

/** How far a match may reach to each side of its anchor: positions are bits of one integer. */
const REACH = 30

/** How poor a word is to look for; at least 1. */
export type Rarity = (term: string) => number

/** Collects programs; `finish` hands them out. The vocabulary must not have been asked for a word yet. */
export function automatonBuilder<T>(vocabulary: Vocabulary, rarity: Rarity) {
  const programs: Program<T>[] = []
  /** How often a set of one term is looked for already. */
  const uses: number[] = []

  const cost = (set: SetNumber): number => {
    let sum = 0
    for (const member of vocabulary.members(set))
      sum += rarity(vocabulary.term(member)) + (uses[member] ?? 0) / 8
    return sum
  }

  /** Index of the item whose first word is the rarest. */
  function rarest(items: readonly Item[]): number {
    let best = -1
    let bestCost = Number.POSITIVE_INFINITY
    for (const [i, item] of items.entries()) {
      if ('gap' in item || item.optional) continue
      let sum = 0
      for (const sequence of item.choices) sum += cost(sequence[0]!)
      if (sum < bestCost) {
        best = i
        bestCost = sum
      }
    }
    return best
  }

  function add(tree: PatternTree, channels: readonly Channel[], value: T, longest = false): void {
    for (const items of variants(tree.items)) {
      const anchor = rarest(items)
      const ops: Op[] = items.map(item =>
        'gap' in item
          ? item
          : {
              sequences: item.choices.map(sequence => sequence.map(vocabulary.bit)),
              optional: item.optional,
            },
      )
      const anchorSet = vocabulary.union(choicesOf(items[anchor]!).map(sequence => sequence[0]!))
      for (const member of vocabulary.members(anchorSet)) uses[member] = (uses[member] ?? 0) + 1
      const required: number[] = []
      for (const op of ops) {
        if (!('gap' in op) && !op.optional && op.sequences.length === 1) required.push(...op.sequences[0]!)
      }
      const number = programs.length
      programs.push({ ops, anchor, required, imperative: tree.imperative, longest, value })
      for (const channel of channels) vocabulary.anchor(anchorSet, CHANNELS.indexOf(channel), number)
    }
  }

  return {
    add,
    finish: (): Automaton<T> => ({ programs, vocabulary, present: { sentence: 0, seen: new Int32Array(0) } }),
  }
}

const choicesOf = (item: Item): readonly Sequence[] => ('choices' in item ? item.choices : [])

/** With and without what is optional at the ends, so that it counts into the match where it stands. */
function variants(items: readonly Item[]): Item[][] {
  const result = [required(items)]
  const optional = (item: Item | undefined): boolean =>
    item !== undefined && 'choices' in item && item.optional
  if (optional(items[0])) result.push(...variants(trimmed(items.slice(1))))
  else if (optional(items.at(-1))) result.push(...variants(trimmed(items.slice(0, -1))))
  return result
}

/** The items with those at the ends not optional. */
function required(items: readonly Item[]): Item[] {
  return items.map((item, i) =>
    'choices' in item && (i === 0 || i === items.length - 1) ? { ...item, optional: false } : item,
  )
}

function trimmed(items: Item[]): Item[] {
  let [from, to] = [0, items.length]
  while (from < to && 'gap' in items[from]!) from++
  while (to > from && 'gap' in items[to - 1]!) to--
  return items.slice(from, to)
}

/** Counts the programs tried, for tests that matching is linear. */
export type Effort = { tried: number }

/**
 * All matches in the tokens `from` to `to` (one sentence): of each program the shortest around each anchor.
 * `imperative` says whether a token stands where an imperative does. Linear: what is tried at a token is bounded.
 */
export function scan<T>(
  automaton: Automaton<T>,
  tokens: Tokens,
  from: number,
  to: number,
  channel: number,
  imperative: (token: number) => boolean,
  effort?: Effort,
): Match<T>[] {
  const { words } = tokens
  const matches: Match<T>[] = []
  const { present, programs } = automaton
  let noted = false
  for (let at = from; at < to; at++) {
    const candidates = words[at]!.anchors[channel]!
    if (candidates.length === 0) continue
    if (!noted) {
      note(present, words, from, to)
      noted = true
    }
    if (effort) effort.tried += candidates.length
    for (const number of candidates) {
      const program = programs[number]!
      if (!allPresent(program.required, present)) continue
      const end = forward(program, words, at, to)
      if (end < 0) continue
      const start = backward(program, words, at, from)
      if (start < 0 || (program.imperative && !imperative(start))) continue
      matches.push({ value: program.value, start, end })
    }
  }
  return matches
}

/** Notes which sets have a word in the sentence. */
function note(present: Present, words: readonly Word[], from: number, to: number): void {
  const bits = words[from]!.bits.length * 32
  if (present.seen.length < bits) present.seen = new Int32Array(bits)
  if (++present.sentence === 0x7fffffff) {
    present.seen.fill(0)
    present.sentence = 1
  }
  const { seen, sentence } = present
  for (let i = from; i < to; i++) {
    const { list } = words[i]!
    for (let k = 0; k < list.length; k++) seen[list[k]!] = sentence
  }
}

function allPresent(sets: readonly number[], { seen, sentence }: Present): boolean {
  for (let i = 0; i < sets.length; i++) if (seen[sets[i]!] !== sentence) return false
  return true
}

/** Where the program ends at the earliest if its anchor stands at `at`; -1 if it does not match. */
function forward<T>(program: Program<T>, words: readonly Word[], at: number, to: number): number {
  const room = Math.min(REACH, to - at)
  const within = 2 ** (room + 1) - 1
  let positions = 1
  for (let i = program.anchor; i < program.ops.length; i++) {
    const op = program.ops[i]!
    if ('gap' in op) {
      for (let n = op.gap; n > 0; n--) positions |= (positions << 1) & within
      continue
    }
    let next = op.optional ? positions : 0
    for (const sequence of op.sequences) {
      let reached = positions
      for (const set of sequence) {
        let moved = 0
        for (let k = 0; k < room && reached >>> k !== 0; k++) {
          if ((reached >>> k) & 1 && has(words[at + k]!, set)) moved |= 1 << (k + 1)
        }
        reached = moved
        if (reached === 0) break
      }
      next |= reached
    }
    if (next === 0) return -1
    positions = next
  }
  return at + (program.longest ? highestBit(positions) : lowestBit(positions))
}

/** Where the part before the anchor starts at the latest; -1 if it does not match. */
function backward<T>(program: Program<T>, words: readonly Word[], at: number, from: number): number {
  const room = Math.min(REACH, at - from)
  const within = 2 ** (room + 1) - 1
  let positions = 1
  for (let i = program.anchor - 1; i >= 0; i--) {
    const op = program.ops[i]!
    if ('gap' in op) {
      for (let n = op.gap; n > 0; n--) positions |= (positions << 1) & within
      continue
    }
    let next = op.optional ? positions : 0
    for (const sequence of op.sequences) {
      let reached = positions
      for (let s = sequence.length - 1; s >= 0; s--) {
        const set = sequence[s]!
        let moved = 0
        for (let k = 0; k < room && reached >>> k !== 0; k++) {
          if ((reached >>> k) & 1 && has(words[at - k - 1]!, set)) moved |= 1 << (k + 1)
        }
        reached = moved
        if (reached === 0) break
      }
      next |= reached
    }
    if (next === 0) return -1
    positions = next
  }
  return at - (program.longest ? highestBit(positions) : lowestBit(positions))
}

function lowestBit(positions: number): number {
  return 31 - Math.clz32(positions & -positions)
}

function highestBit(positions: number): number {
  return 31 - Math.clz32(positions)
}
