// Questions about a pattern that was read: which single words it is, whether it mentions some, all it stands for.
import type { PatternTree, SetNumber } from './pattern.ts'

/** The sets of a pattern that is one word, or a choice of single words. */
export function singles(tree: PatternTree): SetNumber[] {
  const [item] = tree.items
  if (tree.items.length !== 1 || !item || !('choices' in item)) return []
  return item.choices.flatMap(sequence => (sequence.length === 1 ? [sequence[0]!] : []))
}

/** Whether a word of some kind may stand anywhere in the pattern. */
export function mentions(tree: PatternTree, isOne: (set: SetNumber) => boolean): boolean {
  return tree.items.some(
    item => 'choices' in item && item.choices.some(sequence => sequence.some(set => isOne(set))),
  )
}

/** Every sequence of sets a pattern without gaps stands for. */
export function flatSequences(tree: PatternTree): SetNumber[][] {
  let all: SetNumber[][] = [[]]
  for (const item of tree.items) {
    if ('gap' in item) throw new Error('a gap cannot stand in what an imperative follows')
    const tails: SetNumber[][] = item.choices.map(sequence => [...sequence])
    if (item.optional) tails.push([])
    all = all.flatMap(head => tails.map(tail => [...head, ...tail]))
  }
  return all
}
