// Checks that limits were counted out as they should be, and gives the unfolding in which everything over a limit is lost.
import type { Counted } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import type { Ground, Unfolded } from './proof-ground.ts'
import { meaningOf } from './proof-meaning.ts'
import { BEFORE_ALL, isOpen } from './proof-memory.ts'

type Force = Extract<Check, { check: 'can_force' }>

const keyOf = (v: number, is: readonly string[], counts: readonly number[]) =>
  `${v} ${[...is].sort().join()} ${counts.join()}`

/** What follows in the counted unfolding: limits run while the request is open, and begin anew with another one. */
export function counting(ground: Ground, check: Force) {
  const { at_most: limits = {}, ...plain } = check
  const meaning = meaningOf(ground, plain)!
  const names = Object.keys(limits)
  const must = (ms: string[]) => (ground.stance === 'trusting' ? ms.every(isOpen) : ms.some(isOpen))
  const isMet = (name: string, v: number) =>
    name === 'turns' ? ground.choiceAt(v)?.chooser === 'customer' : ground.meets(name, v, false)
  const enter = (before: readonly string[], counts: readonly number[], v: number): Counted => {
    const is = [...new Set(before.flatMap(m => meaning.step(m, v)))]
    const now = names.map((name, i) => (must(is) ? counts[i]! + (isMet(name, v) ? 1 : 0) : 0))
    return [v, is, ...now]
  }
  return {
    plain: plain as Force,
    first: () =>
      enter(
        [BEFORE_ALL],
        names.map(() => 0),
        0,
      ),
    isOver: ([, , ...counts]: Counted) => counts.some((n, i) => n > limits[names[i]!]!),
    onward([v, is, ...counts]: Counted): Counted[] {
      return ground.next(v).map(u => enter(is, counts, u))
    },
    key: ([v, is, ...counts]: Counted) => keyOf(v, is, counts),
  }
}

/** The unfolding that the list stands for, or what is wrong with it. */
export function countedOut(ground: Ground, check: Force, list: readonly Counted[]): string | Unfolded {
  const { first, isOver, onward, key } = counting(ground, check)
  const { event, ending, uncertain } = ground.unfolded
  const ids = new Map(list.map((entry, id) => [key(entry), id]))
  if (list.length === 0 || key(list[0]!) !== key(first())) return 'counting does not begin at the entry'
  const starts = [0]
  const targets: number[] = []
  for (const [id, entry] of list.entries()) {
    for (const next of isOver(entry) ? [] : onward(entry)) {
      const there = ids.get(key(next))
      if (there === undefined) return `counting stops at ${id}`
      targets.push(there)
    }
    starts.push(targets.length)
  }
  return {
    event: list.map(([v]) => event[v]!),
    ending: list.map(entry => (isOver(entry) ? 1 : ending[entry[0]]!)),
    uncertain: list.map(([v]) => uncertain[v]!),
    graph: { size: list.length, out: { starts, targets } },
  }
}
