// Who moves where in the customer's game, told a second time for checking certificates: shares nothing with the engine.
import type { Flow } from '../model/flow.ts'
import type { Check } from '../model/rule.ts'
import type { Meaning, Stance, Unfolded } from './proof-meaning.ts'

/** One of the turns in which a step is decided; `next`: vertices with the number of their turn. */
export type Turn = { by: 'customer' | 'company' | 'world'; next: string[] }

/** Interrupts of the customer, then doubts that go against them, facts, circumstances, the company, at last the customer. */
const ORDER: readonly Turn['by'][] = ['customer', 'company', 'company', 'world', 'company', 'customer']
const [FIRST, DOUBTS, FACTS, CIRCUMSTANCES, COMPANYS, LAST] = [0, 1, 2, 3, 4, 5]

export function gameAt(
  flow: Flow,
  { event, ending, uncertain }: Unfolded,
  check: Extract<Check, { check: 'can_force' }>,
  meaning: Meaning,
  stance: Stance,
): { turns(v: number): Turn[]; isTarget(v: number): boolean } {
  const trusting = stance === 'trusting'
  /** Everybody helps: against the script, then, only ways that are certain count. */
  const kindly = check.strength === 'discretionary'
  const known = new Map<number, Turn[]>()
  const turns = (v: number): Turn[] => {
    let all = known.get(v)
    if (!all) known.set(v, (all = turnsAt(v)))
    return all
  }
  return {
    turns,
    isTarget: v =>
      meaning.meets(check.to, v, true) ||
      (check.excused_by !== undefined && meaning.meets(check.excused_by, v, true)) ||
      (trusting && (ending[v] === 4 || ending[v] === 2)),
  }

  function turnsAt(v: number): Turn[] {
    if (check.avoiding !== undefined && meaning.meets(check.avoiding, v, false)) return []
    const all = meaning.next(v)
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

  function choiceAt(u: number) {
    return flow.transitions[event[u]! - flow.steps.length]
  }

  function deciderAt(u: number): string | null {
    const choice = choiceAt(u)
    if (!choice) return null
    const sure = choice.chooserEvidence === 'declared' || choice.chooserEvidence === 'recognised'
    return sure ? choice.chooser : 'unknown'
  }

  /** Who does not know of it does not choose it. */
  function isUntold(u: number): boolean {
    if (check.knowing !== 'offered' || choiceAt(u)?.told !== 'unprompted') return false
    const by = deciderAt(u)
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

  function usualPlace(u: number): number {
    const by = deciderAt(u)
    if (choiceAt(u)?.transition.interrupt && (trusting || by === 'customer')) return FIRST
    if (by === 'unknown') return trusting ? LAST : COMPANYS
    return by === 'fact' ? FACTS : by === 'world' ? CIRCUMSTANCES : by === 'customer' ? LAST : COMPANYS
  }

  function mayChoose(u: number): boolean {
    return !isUntold(u) && (trusting || !uncertain[u])
  }
}
