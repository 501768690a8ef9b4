// Who moves where in the customer's game, told a second time for checking certificates: shares nothing with the engine.
import type { Flow } from '../model/flow.ts'
import type { Check } from '../model/rule.ts'
import type { Meaning, Stance, Unfolded } from './proof-meaning.ts'

/** One of the turns in which a step is decided; `next`: vertices with the number of their turn. */
export type Turn = { by: 'customer' | 'company' | 'world'; next: string[] }

/** Interrupts of the customer, then facts, circumstances, the company, at last the customer. */
const ORDER: readonly Turn['by'][] = ['customer', 'company', 'world', 'company', 'customer']

export function gameAt(
  flow: Flow,
  { event, ending, uncertain }: Unfolded,
  check: Extract<Check, { check: 'can_force' }>,
  meaning: Meaning,
  stance: Stance,
): { turns(v: number): Turn[]; isTarget(v: number): boolean } {
  const trusting = stance === 'trusting'
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
    const ways = all.filter(meaning.passable)
    if (all.length === 1) return ways.length === 1 ? [{ by: 'company', next: [`${ways[0]} 0`] }] : []
    const groups = ORDER.map((): number[] => [])
    for (const u of ways) groups[placeOf(u)]!.push(u)
    const filled = [...groups.keys()].filter(g => groups[g]!.length > 0)
    return filled.map((g, turn) => {
      const next = groups[g]!.filter(u => ORDER[g] !== 'customer' || mayChoose(u)).map(u => `${u} 0`)
      if (turn < filled.length - 1) next.push(`${v} ${turn + 1}`)
      return { by: ORDER[g]!, next }
    })
  }

  function choiceAt(u: number) {
    return flow.transitions[event[u]! - flow.steps.length]
  }

  function placeOf(u: number): number {
    const choice = choiceAt(u)
    if (!choice) return 3
    const sure = choice.chooserEvidence === 'declared' || choice.chooserEvidence === 'recognised'
    const by = sure ? choice.chooser : 'unknown'
    if (choice.transition.interrupt && (trusting || by === 'customer')) return 0
    if (by === 'unknown') return trusting ? 4 : 3
    return by === 'fact' ? 1 : by === 'world' ? 2 : by === 'customer' ? 4 : 3
  }

  function mayChoose(u: number): boolean {
    if (check.knowing === 'offered' && choiceAt(u)?.told === 'unprompted') return false
    return trusting || !uncertain[u]
  }
}
