// Small games, and who wins them by the plainest of means: trying every memoryless strategy of everybody. For tests.
import fc from 'fast-check'
import { COMPANY, CUSTOMER, type Game, WORLD } from './game.ts'
import { graphOf } from './graph.ts'

/** `next[v]` are the successors of `v`; targets may have some, and they do not matter. */
export type SmallGame = { owner: number[]; next: number[][]; targets: number[]; cost: number[] }

/** Games of three to `most` vertices with up to three ways on from each; two ways may lead to the same vertex. */
export const gamesUpTo = (most: number): fc.Arbitrary<SmallGame> =>
  fc.integer({ min: 3, max: most }).chain(size => {
    const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: size, maxLength: size })
    return fc.record({
      owner: list(fc.constantFrom(CUSTOMER, COMPANY, WORLD)),
      next: list(fc.array(fc.nat(size - 1), { maxLength: 3 })),
      targets: fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 2 }),
      cost: list(fc.constantFrom(0, 0, 1, 2)),
    })
  })

export function gameOf({ owner, next }: Pick<SmallGame, 'owner' | 'next'>): Game {
  const from = next.flatMap((targets, v) => targets.map(() => v))
  return { graph: graphOf(next.length, from, next.flat()), owner: Uint8Array.from(owner) }
}

/** Every memoryless strategy of the players in `who`: a successor for each of their vertices that has one and is no target. */
function* strategies(
  { owner, next, targets }: SmallGame,
  who: (owner: number) => boolean,
): Generator<Map<number, number>> {
  const theirs = [...next.keys()].filter(v => who(owner[v]!) && next[v]!.length > 0 && !targets.includes(v))
  const choice = theirs.map(() => 0)
  for (;;) {
    yield new Map(theirs.map((v, i) => [v, next[v]![choice[i]!]!]))
    let at = 0
    while (at < theirs.length && ++choice[at]! === next[theirs[at]!]!.length) choice[at++] = 0
    if (at === theirs.length) return
  }
}

/**
 * From where some strategy of the customer reaches a target against every strategy of the others. A fair world tries
 * each of its ways again and again: it is then enough that a target stays in reach wherever one can come to.
 */
export function wonByTrying(small: SmallGame, fairWorld: boolean): boolean[] {
  const { next } = small
  const won = next.map(() => false)
  const against = (o: number) => o === COMPANY || (o === WORLD && !fairWorld)
  for (const customer of strategies(small, o => o === CUSTOMER)) {
    let holds = next.map(() => true)
    for (const others of strategies(small, against)) {
      const play = next.map((all, v) => {
        const chosen = customer.get(v) ?? others.get(v)
        return chosen === undefined ? all : [chosen]
      })
      const inReach = staysInReach(play, small.targets)
      holds = holds.map((h, v) => h && inReach[v]!)
      if (!holds.includes(true)) break
    }
    for (const [v, h] of holds.entries()) won[v] ||= h
  }
  return won
}

/** Vertices from which every place one can come to still leads to a target. */
function staysInReach(play: number[][], targets: number[]): boolean[] {
  const leads = play.map((_, v) => targets.includes(v))
  for (let changed = true; changed; ) {
    changed = false
    for (const [v, next] of play.entries())
      if (!leads[v] && next.some(u => leads[u])) changed = leads[v] = true
  }
  return play.map((_, start) => {
    const seen = new Set([start])
    for (const v of seen) if (!targets.includes(v)) for (const u of play[v]!) seen.add(u)
    return [...seen].every(v => leads[v])
  })
}

/** The least cost that the helping players can keep the way to a target down to; Infinity where they cannot. */
export function costByTrying(small: SmallGame, helping: (owner: number) => boolean): number[] {
  const { next, targets, cost } = small
  const best = next.map(() => Infinity)
  for (const kind of strategies(small, helping)) {
    const worst = next.map(() => 0)
    for (const unkind of strategies(small, o => !helping(o)))
      for (const start of next.keys()) {
        let at = start
        let spent = 0
        for (let moves = 0; !targets.includes(at); moves++) {
          const to = kind.get(at) ?? unkind.get(at)
          if (to === undefined || moves > next.length) {
            spent = Infinity
            break
          }
          at = to
          spent += cost[at]!
        }
        worst[start] = Math.max(worst[start]!, spent)
      }
    for (const [v, w] of worst.entries()) best[v] = Math.min(best[v]!, w)
  }
  return best
}
