// Patterns compiled to small programs that are tried only where their rarest word stands.
import type { Tokens } from './tokens.ts'
import { has, type Word } from './vocabulary.ts'

/** What patterns are looked for in: one channel a voice, plus those of cues and choosers. */
export const CHANNELS = ['say', 'do', 'hear', 'trigger', 'when', 'chooser', 'cue'] as const
export type Channel = (typeof CHANNELS)[number]

export type Op = { gap: number } | { sequences: readonly (readonly number[])[]; optional: boolean }

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
  program: (number: number) => Program<T>
  present: Present
}

/** An automaton of programs, with nothing noted yet. */
export function automatonOf<T>(program: (number: number) => Program<T>): Automaton<T> {
  return { program, present: { sentence: 0, seen: new Int32Array(0) } }
}

/** By bit, the number of the last sentence in which a word of that set stood: never cleared, only outnumbered. */
type Present = { sentence: number; seen: Int32Array }

/** How far a match may reach to each side of its anchor: positions are bits of one integer. */
const REACH = 30
/** A bit for each position from 0 to `REACH`. */
const ALL = 0x7fffffff

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
  const { present } = automaton
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
      const program = automaton.program(number)
      if (!allPresent(program.required, present)) continue
      const end = forward(program, words, at, to)
      if (end < 0) continue
      const starts = backward(program, words, at, from)
      const start = program.imperative
        ? nearestImperative(starts, at, imperative)
        : nearest(starts, at, program)
      if (start >= 0) matches.push({ value: program.value, start, end })
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
  const within = ALL >>> (REACH - room)
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

/** How far before the anchor the program may start, as bits; 0 if it does not match. */
function backward<T>(program: Program<T>, words: readonly Word[], at: number, from: number): number {
  const room = Math.min(REACH, at - from)
  const within = ALL >>> (REACH - room)
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
    if (next === 0) return 0
    positions = next
  }
  return positions
}

function nearest<T>(starts: number, at: number, { longest }: Program<T>): number {
  if (starts === 0) return -1
  return at - (longest ? highestBit(starts) : lowestBit(starts))
}

/** The latest start where an imperative may stand; -1 if there is none. */
function nearestImperative(starts: number, at: number, imperative: (token: number) => boolean): number {
  for (let rest = starts; rest !== 0; rest &= rest - 1) {
    const start = at - lowestBit(rest)
    if (imperative(start)) return start
  }
  return -1
}

function lowestBit(positions: number): number {
  return 31 - Math.clz32(positions & -positions)
}

function highestBit(positions: number): number {
  return 31 - Math.clz32(positions)
}
