// Who moves where in the customer's game, told a second time for checking certificates: shares nothing with the engine.
import type { Ground } from './proof-ground.ts'

/** One of the turns in which a step is decided; `next`: vertices with the number of their turn. */
export type Turn = { by: 'customer' | 'company' | 'world'; next: string[] }

/** Interrupts of the customer, then doubts that go against them, facts, circumstances, the company, at last the customer. */
const ORDER: readonly Turn['by'][] = ['customer', 'company', 'company', 'world', 'company', 'customer']
const [FIRST, DOUBTS, FACTS, CIRCUMSTANCES, COMPANYS, LAST] = [0, 1, 2, 3, 4, 5]

export type Game = { turns(v: number): Turn[]; isTarget(v: number): boolean }

export type Asked = {
  strength: 'guaranteed' | 'eventual' | 'discretionary'
  offeredOnly: boolean
  isAvoided(v: number): boolean
  isGoal(v: number): boolean
}

export function gameOf(ground: Ground, asked: Asked): Game {
  const { ending, uncertain } = ground.unfolded
  const trusting = ground.stance === 'trusting'
  /** Everybody helps: against the script, then, only ways that are certain count. */
  const kindly = asked.strength === 'discretionary'
  const usualPlace = (u: number) => placeInOrder(ground, u)
  const known = new Map<number, Turn[]>()
  return {
    turns(v) {
      let all = known.get(v)
      if (!all) known.set(v, (all = turnsAt(v)))
      return all
    },
    isTarget: v => asked.isGoal(v) || (trusting && (ending[v] === 4 || ending[v] === 2)),
  }

  function turnsAt(v: number): Turn[] {
    if (asked.isAvoided(v)) return []
    const all = ground.next(v)
    if (all.length === 1 && isCertain(all[0]!)) return [{ by: 'company', next: [`${all[0]} 0`] }]
    const certain = all.filter(isCertain)
    const groups = ORDER.map((): number[] => [])
    for (const u of all) groups[placeOf(u, certain)]?.push(u)
    const filled = [...groups.keys()].filter(g => groups[g]!.length > 0)
    const turns = filled.map((g, turn): Turn => {
      const next = groups[g]!.filter(u => ORDER[g] !== 'customer' || mayChoose(u)).map(u => `${u} 0`)
      if (turn < filled.length - 1) next.push(`${v} ${turn + 1}`)
      return { by: ORDER[g]!, next }
    })
    // Where at last all was only guessed there may be nothing: a move to a place without a way on.
    if (filled.at(-1) !== DOUBTS) return turns
    turns.at(-1)!.next.push(`${v} ${turns.length}`)
    return [...turns, { by: 'company', next: [] }]
  }

  /** Who does not know of it does not choose it. */
  function isUntold(u: number): boolean {
    if (!asked.offeredOnly || ground.choiceAt(u)?.told !== 'unprompted') return false
    const by = deciderAt(ground, u)
    return by === 'customer' || (!trusting && by === 'unknown')
  }

  function isCertain(u: number): boolean {
    return !uncertain[u] && !isUntold(u)
  }

  /** Index into `ORDER`; -1 where nobody goes. */
  function placeOf(u: number, certain: number[]): number {
    const usual = usualPlace(u)
    const customers = ORDER[usual] === 'customer'
    if (trusting && uncertain[u]) {
      const companys = (place: number) => place === COMPANYS || place === FACTS
      const needless = companys(usual) && certain.some(w => companys(usualPlace(w)))
      return needless && !kindly ? -1 : FIRST
    }
    if (trusting || isCertain(u) || (!uncertain[u] && customers)) return usual
    if (kindly && uncertain[u]) return -1
    return customers && certain.some(w => ORDER[usualPlace(w)] === 'customer') ? -1 : DOUBTS
  }

  function mayChoose(u: number): boolean {
    return !isUntold(u) && (trusting || !uncertain[u])
  }
}

/** The turns of a conversation that may go over every way, whoever can count on it. */
export function walkedTurns(ground: Ground, v: number): { by: Turn['by']; next: number[] }[] {
  const groups = ORDER.map((by): { by: Turn['by']; next: number[] } => ({ by, next: [] }))
  for (const u of ground.next(v)) if (ground.passable(u)) groups[placeInOrder(ground, u)]!.next.push(u)
  return groups.filter(({ next }) => next.length > 0)
}

function deciderAt(ground: Ground, u: number): string | null {
  const choice = ground.choiceAt(u)
  if (!choice) return null
  const sure = choice.chooserEvidence === 'declared' || choice.chooserEvidence === 'recognised'
  return sure ? choice.chooser : 'unknown'
}

function placeInOrder(ground: Ground, u: number): number {
  const by = deciderAt(ground, u)
  const trusting = ground.stance === 'trusting'
  if (ground.choiceAt(u)?.transition.interrupt && (trusting || by === 'customer')) return FIRST
  if (by === 'unknown') return trusting ? LAST : COMPANYS
  return by === 'fact' ? FACTS : by === 'world' ? CIRCUMSTANCES : by === 'customer' ? LAST : COMPANYS
}
