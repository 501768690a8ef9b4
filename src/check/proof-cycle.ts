// Checks what is said of circles: that none is closed, or that one is and nobody gets out of it.
import type { Circle, Lost, Proof, Rank } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import { flawOfLost, flawOfRanking } from './proof-force.ts'
import { type Asked, gameOf, walkedTurns } from './proof-game.ts'
import type { Ground } from './proof-ground.ts'
import { certainLength, type Path } from './proof-path.ts'
import { flawOfCircles } from './proof-states.ts'

type Cycle = Extract<Check, { check: 'cycle' }>
type Turns = ReturnType<typeof walkedTurns>

/** The turns in which a circle is left or not: those of the customer matter only where the exit must be theirs. */
function turnsAt(ground: Ground, check: Cycle, v: number): Turns {
  if (check.need === 'customer-exit') return walkedTurns(ground, v)
  const next = ground.next(v).filter(ground.passable)
  return next.length > 0 ? [{ by: 'customer', next }] : []
}

/** What leads out must lead to the goal without another round. */
function askedBy(ground: Ground, check: Cycle): Asked {
  return {
    strength: check.need === 'exit' ? 'discretionary' : 'eventual',
    offeredOnly: false,
    isAvoided: v => ground.meets(check.through, v, false),
    isGoal: v => check.to !== undefined && ground.meets(check.to, v, true),
  }
}

const isWalked = (ground: Ground) => (v: number, u: number) => ground.passable(v) && ground.passable(u)

/** Whether one can leave at this turn, by a choice that `leads` out. Circumstances before the customer silence nobody. */
function isExit(
  ground: Ground,
  turns: Turns,
  turn: number,
  v: number,
  leads: (v: number, u: number) => boolean,
): boolean {
  const { by, next } = turns[turn]!
  const isWaiting = by === 'world' && turns[turn + 1]?.by === 'customer'
  if (isWaiting && isExit(ground, turns, turn + 1, v, leads)) return true
  if (by !== 'customer') return false
  const { uncertain } = ground.unfolded
  return next.some(u => {
    return ground.choiceAt(u) && (ground.stance === 'trusting' || !uncertain[u]) && leads(v, u)
  })
}

/** No circle is closed but at places where one can leave it: elsewhere numbers never rise, and fall at what it is about. */
export function flawOfOrder(
  ground: Ground,
  check: Cycle,
  { order, exits, ranks, circles }: Extract<Proof, { by: 'order' }>,
): string | null {
  if (check.need === 'forbidden' && exits.length > 0) return 'nothing excuses such a circle'
  const leads = leadsOut(ground, check, ranks ?? [], circles)
  if (typeof leads === 'string') return leads
  const isOut = new Set(exits.map(([v, turn]) => `${v} ${turn}`))
  for (const [v, turn] of exits) {
    const turns = turnsAt(ground, check, v)
    if (!turns[turn] || !isExit(ground, turns, turn, v, leads)) return `no exit at ${v}`
  }
  const numbers = new Map(order.map(([v, turn, number]) => [`${v} ${turn}`, number]))
  for (let v = 0; v < ground.size; v++) {
    const turns = turnsAt(ground, check, v)
    const isSubject = ground.meets(check.through, v, false)
    for (const [turn, { next }] of turns.entries()) {
      const place = `${v} ${turn}`
      if (isOut.has(place)) continue
      const onward = next.map(u => `${u} 0`)
      if (turn + 1 < turns.length) onward.push(`${v} ${turn + 1}`)
      for (const there of onward) {
        if (isOut.has(there) || turnsOver(there)) continue
        const [a, b] = [numbers.get(place), numbers.get(there)]
        if (a === undefined || b === undefined || b > a) return `numbers rise at ${v}`
        if (isSubject && turn === 0 && b === a) return `one may come back to ${v}`
      }
    }
  }
  return null

  /** A place without a way on is on no circle. */
  function turnsOver(place: string): boolean {
    return turnsAt(ground, check, Number(place.split(' ')[0])).length === 0
  }
}

function leadsOut(
  ground: Ground,
  check: Cycle,
  ranks: Rank[],
  circles: Circle[] | undefined,
): string | ((v: number, u: number) => boolean) {
  if (check.need === 'forbidden') return () => false
  if (check.to === undefined) {
    const flaw = circles ? flawOfCircles(ground, circles, isWalked(ground)) : 'the circles are missing'
    return flaw ?? ((v, u) => circles![u]![0] !== circles![v]![0])
  }
  const asked = askedBy(ground, check)
  const flaw = flawOfRanking(gameOf(ground, asked), ranks, asked.strength)
  const won = new Set(ranks.filter(([, turn]) => turn === 0).map(([v]) => v))
  return flaw ?? ((_, u) => won.has(u))
}

/** One can go round for ever, through what the rule is about, and at no place of the round is there a way out. */
export function flawOfRound(
  ground: Ground,
  check: Cycle,
  proof: Path,
  path: readonly number[],
): string | null {
  if (proof.loopsTo === undefined) return 'no circle is shown'
  if (certainLength(ground, path) < path.length) return 'the path goes over what was only guessed'
  const round = path.slice(proof.loopsTo)
  if (!round.some(v => ground.meets(check.through, v, false))) return 'the circle is not one through that'
  if (check.need === 'forbidden') return null
  const lost = proof.because && 'lost' in proof.because ? proof.because.lost : undefined
  const leads = mayLeadOut(ground, check, lost, proof.circles)
  if (typeof leads === 'string') return leads
  const { uncertain } = ground.unfolded
  for (const [i, v] of round.entries()) {
    const u = round[(i + 1) % round.length]!
    const turns = turnsAt(ground, check, v)
    const taken = turns.findIndex(({ next }) => next.includes(u))
    if (taken === -1) return `no way from ${v} to ${u}`
    for (let turn = 0; turn <= taken; turn++)
      if (isExit(ground, turns, turn, v, leads)) return `there may be a way out at ${v}`
    const guessed = ground.stance === 'trusting' ? ground.next(v).filter(w => uncertain[w]) : []
    if (guessed.some(w => leads(v, w))) return `a way out may have been guessed at ${v}`
  }
  return null
}

/** Whether a choice may lead out, as far as is not proved otherwise. */
function mayLeadOut(
  ground: Ground,
  check: Cycle,
  lost: Lost[] | undefined,
  circles: Circle[] | undefined,
): string | ((v: number, u: number) => boolean) {
  if (check.to === undefined) return leadsOut(ground, check, [], circles)
  if (!lost) return 'it is not shown that nothing leads out'
  const asked = askedBy(ground, check)
  const flaw = flawOfLost(gameOf(ground, asked), lost, asked.strength)
  const isLost = new Set(lost.map(([v, turn]) => `${v} ${turn}`))
  return flaw ?? ((_, u) => !isLost.has(`${u} 0`))
}
