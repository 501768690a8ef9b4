// Turns patterns into small programs as plain data, each tried only where its rarest word stands; and opens such data.
import { CHANNELS, type Channel, type Op, type Program } from './automaton.ts'
import type { Item, PatternTree, Sequence, SetNumber } from './pattern.ts'
import type { SetTable } from './sets.ts'

/** A gap; sequences of bits of which one must stand there; or `may` stand there. */
export type CompiledOp = number | readonly (readonly number[])[] | { may: readonly (readonly number[])[] }

/** A program as plain data. */
export type CompiledProgram = {
  ops: readonly CompiledOp[]
  /** Index of the op whose first word is looked for, and the bit of the set of those words. */
  at: number
  first: number
  /** Indices of `CHANNELS`. */
  channels: readonly number[]
  imperative?: true
  longest?: true
  /** Index of its meaning. */
  means: number
}

/** How poor a word is to look for; at least 1. */
export type Rarity = (term: string) => number

/** Collects programs. */
export function programsBuilder(table: SetTable, rarity: Rarity) {
  const programs: CompiledProgram[] = []
  /** How often a set of one term is looked for already. */
  const uses: number[] = []

  const cost = (set: SetNumber): number => {
    let sum = 0
    for (const member of table.members(set)) sum += rarity(table.term(member)) + (uses[member] ?? 0) / 8
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

  function add(tree: PatternTree, channels: readonly Channel[], means: number, longest = false): void {
    for (const items of variants(tree.items)) {
      const at = rarest(items)
      const ops = items.map((item): CompiledOp => {
        if ('gap' in item) return item.gap
        const sequences = item.choices.map(sequence => sequence.map(table.bit))
        return item.optional ? { may: sequences } : sequences
      })
      const first = table.union(choicesOf(items[at]!).map(sequence => sequence[0]!))
      for (const member of table.members(first)) uses[member] = (uses[member] ?? 0) + 1
      programs.push({
        ops,
        at,
        first: table.bit(first),
        channels: channels.map(channel => CHANNELS.indexOf(channel)),
        ...(tree.imperative && { imperative: true }),
        ...(longest && { longest: true }),
        means,
      })
    }
  }

  return { add, finish: (): CompiledProgram[] => programs }
}

/** By bit and channel the programs to be tried wherever a word of that set stands. */
export function anchorsOf(compiled: readonly CompiledProgram[]): number[][][] {
  const anchors: number[][][] = []
  for (const [number, { first, channels }] of compiled.entries()) {
    const byChannel = (anchors[first] ??= [])
    for (const channel of channels) (byChannel[channel] ??= []).push(number)
  }
  return anchors
}

/** A program ready to be tried. */
export function openProgram<T>({ ops, at, imperative, longest }: CompiledProgram, value: T): Program<T> {
  const opened = ops.map(openOp)
  const required = opened.flatMap(op =>
    'gap' in op || op.optional || op.sequences.length !== 1 ? [] : op.sequences[0]!,
  )
  return {
    ops: opened,
    anchor: at,
    required,
    imperative: imperative ?? false,
    longest: longest ?? false,
    value,
  }
}

function openOp(op: CompiledOp): Op {
  if (typeof op === 'number') return { gap: op }
  return 'may' in op ? { sequences: op.may, optional: true } : { sequences: op, optional: false }
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
