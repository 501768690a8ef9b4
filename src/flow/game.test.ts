// Holds the customer's game against the enumeration of all memoryless strategies, and its ranks against what they promise.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costByTrying, gameOf, gamesUpTo, type SmallGame, wonByTrying } from './game.test-data.ts'
import { attractor, COMPANY, CUSTOMER, cooperative, fair, guaranteedCost, sure, WORLD } from './game.ts'
import { graphOf } from './graph.ts'

/** How many random games each law is tried on; WAYOUT_RUNS asks for more of them. */
const numRuns = Number(process.env.WAYOUT_RUNS ?? 600)
const settings = { seed: 2006, numRuns }
const small = gamesUpTo(6)
const larger = gamesUpTo(14)

const inside = (rank: Int32Array) => [...rank].map(r => r !== -1)

describe('who wins', () => {
  test('for sure: as trying every strategy says', () => {
    fc.assert(
      fc.property(small, s => {
        expect(inside(sure(gameOf(s), s.targets))).toEqual(wonByTrying(s, false))
      }),
      settings,
    )
  })

  test('in a fair world: as trying every strategy says', () => {
    fc.assert(
      fc.property(small, s => {
        expect(inside(fair(gameOf(s), s.targets))).toEqual(wonByTrying(s, true))
      }),
      settings,
    )
  })

  test('if everybody is kind: wherever a path leads to a target', () => {
    fc.assert(
      fc.property(small, s => {
        const kind = { ...s, owner: s.owner.map(() => CUSTOMER) }
        expect(inside(cooperative(gameOf(s), s.targets))).toEqual(wonByTrying(kind, false))
      }),
      settings,
    )
  })

  test('for sure, then in a fair world, then if everybody is kind: each more than the one before', () => {
    let gaps = 0
    fc.assert(
      fc.property(larger, s => {
        const game = gameOf(s)
        const [a, b, c] = [sure, fair, cooperative].map(solve => inside(solve(game, s.targets)))
        for (const v of s.next.keys()) {
          if (a![v]) expect(b![v]).toBe(true)
          if (b![v]) expect(c![v]).toBe(true)
          if (a![v] !== c![v]) gaps++
        }
      }),
      settings,
    )
    expect(gaps).toBeGreaterThan(numRuns)
  })

  test('an end that is no target is nobody’s win', () => {
    const lost = { owner: [COMPANY, COMPANY], next: [[1], []], targets: [], cost: [0, 0] }
    for (const solve of [sure, fair, cooperative])
      expect([...solve(gameOf(lost), lost.targets)]).toEqual([-1, -1])
  })
})

describe('ranks prove it', () => {
  const lower = (rank: Int32Array, v: number) => (u: number) => rank[u] !== -1 && rank[u]! < rank[v]!

  test('for sure: the customer has one way down, everybody else only ways down', () => {
    fc.assert(
      fc.property(larger, s => {
        const rank = sure(gameOf(s), s.targets)
        for (const v of s.next.keys()) {
          if (s.targets.includes(v)) expect(rank[v]).toBe(0)
          if (rank[v]! <= 0) continue
          const down = lower(rank, v)
          expect(s.owner[v] === CUSTOMER ? s.next[v]!.some(down) : s.next[v]!.every(down)).toBe(true)
          expect(s.next[v]!.length).toBeGreaterThan(0)
        }
      }),
      settings,
    )
  })

  test('in a fair world: company and world never leave the set, and the world may some day go down', () => {
    fc.assert(
      fc.property(larger, s => {
        const rank = fair(gameOf(s), s.targets)
        for (const v of s.next.keys()) {
          if (rank[v]! <= 0) continue
          const down = lower(rank, v)
          expect(s.owner[v] === COMPANY ? s.next[v]!.every(down) : s.next[v]!.some(down)).toBe(true)
          if (s.owner[v] !== CUSTOMER) expect(s.next[v]!.every(u => rank[u] !== -1)).toBe(true)
        }
      }),
      settings,
    )
  })

  test('only the customer can leave the winning set, and on any way out the last to decide is somebody else', () => {
    fc.assert(
      fc.property(larger, s => {
        for (const solve of [sure, fair]) {
          const wins = inside(solve(gameOf(s), s.targets))
          for (const [v, next] of s.next.entries())
            for (const u of next) {
              if (s.targets.includes(v)) continue
              if (wins[v] && !wins[u]) expect(s.owner[v]).toBe(CUSTOMER)
              if (!wins[v] && wins[u]) expect(s.owner[v]).not.toBe(CUSTOMER)
            }
        }
      }),
      settings,
    )
  })
})

describe('what it costs', () => {
  test.each([
    ['against everybody', (o: number) => o === CUSTOMER],
    ['against the company alone', (o: number) => o !== COMPANY],
    ['if everybody is kind', () => true],
  ])('%s: as trying every strategy says', (_, helping) => {
    fc.assert(
      fc.property(gamesUpTo(5), s => {
        const value = guaranteedCost(gameOf(s), s.targets, v => s.cost[v]!, helping)
        expect([...value]).toEqual(costByTrying(s, helping))
      }),
      settings,
    )
  })

  test('is finite exactly where the goal can be forced', () => {
    fc.assert(
      fc.property(larger, s => {
        const game = gameOf(s)
        const value = guaranteedCost(
          game,
          s.targets,
          v => s.cost[v]!,
          o => o === CUSTOMER,
        )
        expect([...value].map(Number.isFinite)).toEqual(inside(sure(game, s.targets)))
      }),
      settings,
    )
  })
})

describe('laws', () => {
  /** A way more from one of the vertices that this player has. */
  const widened = (s: SmallGame, owner: number, pick: number, to: number): SmallGame | null => {
    const theirs = [...s.next.keys()].filter(v => s.owner[v] === owner && s.next[v]!.length > 0)
    if (theirs.length === 0) return null
    const at = theirs[pick % theirs.length]!
    return { ...s, next: s.next.map((next, v) => (v === at ? [...next, to % s.next.length] : next)) }
  }
  const places = fc.tuple(fc.nat(20), fc.nat(20))

  test('a way more for the customer never worsens anything, a way more for the company never improves it', () => {
    fc.assert(
      fc.property(larger, places, (s, [pick, to]) => {
        for (const solve of [sure, fair]) {
          const before = inside(solve(gameOf(s), s.targets))
          const more = widened(s, CUSTOMER, pick, to)
          const after = more && inside(solve(gameOf(more), s.targets))
          if (after) expect(before.filter((won, v) => won && !after[v])).toEqual([])
          const worse = widened(s, COMPANY, pick, to)
          const left = worse && inside(solve(gameOf(worse), s.targets))
          if (left) expect(left.filter((won, v) => won && !before[v])).toEqual([])
        }
      }),
      settings,
    )
  })

  test('who decides in the place of the company, or of the world, helps the customer', () => {
    fc.assert(
      fc.property(larger, fc.nat(20), (s, pick) => {
        const at = pick % s.next.length
        const handed = { ...s, owner: s.owner.map((o, v) => (v === at ? CUSTOMER : o)) }
        for (const solve of [sure, fair]) {
          const before = inside(solve(gameOf(s), s.targets))
          const after = inside(solve(gameOf(handed), s.targets))
          expect(before.filter((won, v) => won && !after[v])).toEqual([])
        }
      }),
      settings,
    )
  })

  test('an attractor stays within its region', () => {
    fc.assert(
      fc.property(larger, fc.nat(2 ** 14 - 1), (s, bits) => {
        const region = Uint8Array.from(s.next, (_, v) => (bits >> v) & 1)
        const rank = attractor(gameOf(s), s.targets, o => o !== WORLD, region)
        for (const v of s.next.keys()) if (!region[v]) expect(rank[v]).toBe(-1)
      }),
      settings,
    )
  })
})

describe('the attractor of a region', () => {
  // 0 → 1 → 2, and 0 → 3.
  const game = {
    graph: graphOf(4, [0, 1, 0], [1, 2, 3]),
    owner: Uint8Array.of(CUSTOMER, COMPANY, COMPANY, COMPANY),
  }
  const everybody = () => true

  test('begins only with targets that lie in it, each once', () => {
    const region = Uint8Array.of(1, 1, 0, 1)
    expect([...attractor(game, [2, 3, 3], everybody, region)]).toEqual([1, -1, -1, 0])
    expect([...attractor(game, [2], everybody, region)]).toEqual([-1, -1, -1, -1])
  })

  test('counts a target that is named twice once', () => {
    // The company at 0 may go to the target or not; two names for it leave the other way open.
    const choice = { graph: graphOf(3, [0, 0], [1, 2]), owner: Uint8Array.of(COMPANY, CUSTOMER, CUSTOMER) }
    expect([...attractor(choice, [1, 1], owner => owner === CUSTOMER)]).toEqual([-1, 0, -1])
  })

  test('does not pass through what never belongs to it', () => {
    expect([...attractor(game, [2], everybody, undefined, Uint8Array.of(0, 1, 0, 0))]).toEqual([
      -1, -1, 0, -1,
    ])
    expect([...attractor(game, [2], everybody)]).toEqual([2, 1, 0, -1])
  })
})
