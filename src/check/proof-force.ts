// Checks who wins the customer's game: that ranks lead to the goal, or that the company can keep the customer in.
import type { Lost, Rank, State } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import { type Game, gameOf } from './proof-game.ts'
import type { Ground } from './proof-ground.ts'
import { BEFORE_ALL, isOpen, type Meaning } from './proof-memory.ts'

type Force = Extract<Check, { check: 'can_force' }>
type Strength = NonNullable<Force['strength']>

export const demandedGame = (ground: Ground, check: Force): Game =>
  gameOf(ground, {
    strength: check.strength ?? 'eventual',
    offeredOnly: check.knowing === 'offered',
    isAvoided: v => check.avoiding !== undefined && ground.meets(check.avoiding, v, false),
    isGoal: v =>
      ground.meets(check.to, v, true) ||
      (check.excused_by !== undefined && ground.meets(check.excused_by, v, true)),
  })

/** Every place that has a rank is a goal, or leads to lower ranks as surely as is asked for. */
export function flawOfRanking(game: Game, ranks: readonly Rank[], strength: Strength): string | null {
  const rank = new Map(ranks.map(([v, turn, r]) => [`${v} ${turn}`, r]))
  for (const [v, turn, r] of ranks) {
    if (turn === 0 && game.isTarget(v)) continue
    const here = game.turns(v)[turn]
    if (!here || here.next.length === 0) return `won without a way on: ${v}`
    const nexts = here.next.map(u => rank.get(u) ?? Infinity)
    const [some, all] = [nexts.some(n => n < r), nexts.every(n => n < r)]
    const kind = here.by === 'customer' || strength === 'discretionary'
    const fair = strength === 'eventual' && here.by === 'world'
    if (kind ? !some : fair ? !some || nexts.includes(Infinity) : !all) return `no rank leads on from ${v}`
  }
  return null
}

/** Requests are won, ranks show how, and nobody loses again what is won while the request is open. */
export function flawOfRanks(
  ground: Ground,
  check: Force,
  proof: { states: State[]; ranks: Rank[] },
  meaning: Meaning,
): string | null {
  const strength = check.strength ?? 'eventual'
  const game = demandedGame(ground, check)
  const flaw = flawOfRanking(game, proof.ranks, strength)
  if (flaw) return flaw
  const won = new Set(proof.ranks.map(([v, turn]) => `${v} ${turn}`))
  const isWon = (v: number) => won.has(`${v} 0`)
  if (meaning.step(BEFORE_ALL, 0).some(isOpen) && !isWon(0)) return 'asked at the entry and not won'
  for (const [v, memory] of proof.states)
    for (const u of ground.next(v)) {
      if (isWon(u) || !meaning.step(memory, u).some(isOpen)) continue
      if (!isOpen(memory)) return `asked and not won: ${u}`
      if (isWon(v) && strength === 'discretionary') return `it is given up: ${u}`
      if (isWon(v) && ground.choiceAt(u)?.chooser === 'customer')
        return `a choice of the customer gives it up: ${u}`
      // Where the customer may interrupt, a later turn of the step need not be won.
      const turn = game.turns(v).findIndex(({ next }) => next.includes(`${u} 0`))
      if (won.has(`${v} ${turn}`)) return `somebody else gives it up: ${u}`
    }
  return null
}

/** The company can keep the customer in: round by round, what cannot reach the goal and what can be pushed there. */
export function flawOfLost(game: Game, lost: readonly Lost[], strength: Strength): string | null {
  const given = new Map(lost.map(l => [`${l[0]} ${l[1]}`, l]))
  const isEarlier = ([, , round, rank]: Lost, u: string) => {
    const next = given.get(u)
    return next !== undefined && (next[2] < round || (next[2] === round && next[3] < rank))
  }
  const isWith = ([, , round]: Lost, u: string) => {
    const next = given.get(u)
    return next !== undefined && (next[2] < round || (next[2] === round && next[3] === 0))
  }
  for (const l of lost) {
    const [v, turn, , rank] = l
    if (turn === 0 && game.isTarget(v)) return `a goal is given up: ${v}`
    const { by, next } = game.turns(v)[turn] ?? { by: 'company', next: [] }
    // Who is against the customer needs one way that stays in; for all others every way must.
    const isAgainst =
      strength === 'discretionary' ? false : by === 'company' || (strength === 'guaranteed' && by === 'world')
    const kept =
      rank === 0
        ? isAgainst
          ? next.length === 0 || next.some(u => isWith(l, u))
          : next.every(u => isWith(l, u))
        : by === 'customer'
          ? next.every(u => isEarlier(l, u))
          : next.some(u => isEarlier(l, u))
    if (!kept) return `not lost: ${v}`
    if (rank > 0 && strength === 'discretionary') return `nobody is pushed there: ${v}`
  }
  return null
}
