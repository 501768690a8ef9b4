// The ground on which certificates are checked: an unfolding as plain data, and what each stance makes of its vertices.
import type { Flow } from '../model/flow.ts'
import type { Condition } from '../model/rule.ts'
import { type Kinds, surety } from './proof-conditions.ts'

/** An unfolding as plain data. `ending`: 1 ends, 2 the text stops, 3 leads nowhere, 4 the target is not known. */
export type Unfolded = {
  event: ArrayLike<number>
  ending: ArrayLike<number>
  uncertain: ArrayLike<number>
  graph: { size: number; out: { starts: ArrayLike<number>; targets: ArrayLike<number> } }
}
export type Stance = 'suspicious' | 'trusting'

export type Ground = {
  flow: Flow
  unfolded: Unfolded
  stance: Stance
  size: number
  /** How surely the condition is met: 0 not, 1 a hint, 2 suspected, 3 certain. */
  level(condition: Condition, v: number, wanted: boolean): number
  /** `wanted`: it is to be met, so that the stances read doubts the other way round. */
  meets(condition: Condition, v: number, wanted: boolean): boolean
  next(v: number): number[]
  leads(a: number, b: number): boolean
  ends(v: number): boolean
  /** Whether a path may go over it. */
  passable(v: number): boolean
  isStep(v: number): boolean
  /** The choice at a vertex, if it is one. */
  choiceAt(v: number): Flow['transitions'][number] | undefined
}

/** Reads conditions as it is asked; throws on one that is not known here. */
export function groundOf(flow: Flow, unfolded: Unfolded, stance: Stance, kinds?: Kinds): Ground {
  const { event, ending, uncertain, graph } = unfolded
  const { starts, targets } = graph.out
  const doubtful = stance === 'suspicious'
  const levels = new Map<string, Uint8Array>()
  const names = new Map<Condition, string>()
  const level = (condition: Condition, v: number, wanted: boolean): number => {
    let name = names.get(condition)
    if (name === undefined) names.set(condition, (name = JSON.stringify(condition)))
    const key = `${wanted} ${name}`
    let known = levels.get(key)
    if (!known) {
      const all = Array.from(event, e => surety(flow, e, condition, wanted, event[0]!, kinds))
      levels.set(key, (known = Uint8Array.from(all)))
    }
    return known[v]!
  }
  const next = (v: number) => {
    const all: number[] = []
    for (let e = starts[v]!; e < starts[v + 1]!; e++) all.push(targets[e]!)
    return all
  }
  return {
    flow,
    unfolded,
    stance,
    size: graph.size,
    level,
    meets: (condition, v, wanted) =>
      level(condition, v, wanted) >= (wanted ? (doubtful ? 3 : 1) : doubtful ? 2 : 3),
    next,
    leads: (a, b) => next(a).includes(b),
    ends(v) {
      if (ending[v] === 1 || ending[v] === 3) return true
      if (!doubtful) return false
      return ending[v] === 2 || (ending[v] !== 4 && next(v).length > 0 && next(v).every(u => uncertain[u]))
    },
    passable: v => doubtful || !uncertain[v],
    isStep: v => event[v]! < flow.steps.length,
    choiceAt: v => flow.transitions[event[v]! - flow.steps.length],
  }
}
