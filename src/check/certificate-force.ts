// Who wins the customer's game, for certificates: the ranks of winning places, and how the others are lost.
import { attractor, COMPANY, CUSTOMER, WORLD } from '../flow/game.ts'
import type { Lost, Rank } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import { solve, targetsOf } from './goal.ts'
import { type Turns, turnsOf } from './turns.ts'
import type { View } from './view.ts'

type Force = Extract<Check, { check: 'can_force' }>
type Strength = NonNullable<Force['strength']>

export type Played = { turns: Turns; targets: number[]; strength: Strength }

export function playedFor(view: View, check: Force): Played {
  const goal = check.excused_by === undefined ? check.to : { any: [check.to, check.excused_by] }
  const avoid = check.avoiding === undefined ? undefined : view.meets(check.avoiding, 'trigger')
  const strength = check.strength ?? 'eventual'
  const turns = turnsOf(view, {
    offeredOnly: check.knowing === 'offered',
    ...(avoid && { avoid }),
    ...(strength === 'discretionary' && { ways: 'counted' }),
  })
  return { turns, targets: targetsOf(view, goal), strength }
}

/** Vertex of the game → number of the turn of its step. */
export function turnNumbers({ graph, origin }: Turns, size: number): Int32Array {
  const turn = new Int32Array(graph.size)
  const later = new Map<number, number>()
  for (let v = size; v < turn.length; v++) {
    const number = (later.get(origin[v]!) ?? 0) + 1
    later.set(origin[v]!, number)
    turn[v] = number
  }
  return turn
}

export function ranksOf(view: View, { turns, targets, strength }: Played): Rank[] {
  const turn = turnNumbers(turns, view.unfolding.graph.size)
  const rank = solve(turns, targets, strength)
  return [...rank.keys()].filter(v => rank[v] !== -1).map(v => [turns.origin[v]!, turn[v]!, rank[v]!])
}

/** What the customer does not win. In a fair world by the rounds of `fair`, keeping what each gives up; else in one. */
export function lostOf(view: View, { turns, targets, strength }: Played): Lost[] {
  const turn = turnNumbers(turns, view.unfolding.graph.size)
  const { size } = turns.graph
  if (strength !== 'eventual') {
    const rank = solve(turns, targets, strength)
    return [...rank.keys()].filter(v => rank[v] === -1).map(v => [turns.origin[v]!, turn[v]!, 0, 0])
  }
  const region = new Uint8Array(size).fill(1)
  const reached = new Uint8Array(size)
  for (const t of targets) reached[t] = 1
  const lost: Lost[] = []
  for (let round = 0; ; round++) {
    const hopeful = attractor(turns, targets, o => o === CUSTOMER || o === WORLD, region)
    const gone = [...hopeful.keys()].filter(v => region[v] && hopeful[v] === -1)
    if (gone.length === 0) return lost
    const given = attractor(turns, gone, o => o === COMPANY || o === WORLD, region, reached)
    for (let v = 0; v < size; v++) {
      if (given[v] === -1) continue
      lost.push([turns.origin[v]!, turn[v]!, round, given[v]!])
      region[v] = 0
    }
  }
}
