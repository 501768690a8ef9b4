// One look at an unfolding: which doubts are read for and which against the company, and what that makes of every vertex.

import { BROKEN, DEAD_END, ENDS, IMPLIED_END, type Unfolding } from '../flow/unfold.ts'
import type { Flow } from '../model/flow.ts'
import type { Condition } from '../model/rule.ts'
import { CERTAIN, type Conditions, HINT, type Levels, type Role, SUSPECTED } from './condition.ts'

/**
 * Every rule is run twice (theory.md §7). *Suspicious*: all doubts against the script; if even this run finds nothing,
 * the rule holds. *Trusting*: all doubts for the script; what even this run finds is violated.
 */
export type Stance = 'suspicious' | 'trusting'

export type View = {
  flow: Flow
  unfolding: Unfolding
  stance: Stance
  /** Per vertex 0 or 1; shared, not to be changed. */
  meets(condition: Condition, role: Role): Uint8Array
  /** Per vertex 1 where the condition is met for certain, 2 where it may be met: the same for both stances. Shared. */
  doubts(condition: Condition, role: Role): Uint8Array
  /** Whether the conversation may end at this vertex. */
  ends(v: number): boolean
  /** Whether a path may go over this vertex. */
  passable(v: number): boolean
  /** The same look at another unfolding of the flow. */
  on(unfolding: Unfolding): View
}

export function viewOf(flow: Flow, unfolding: Unfolding, conditions: Conditions, stance: Stance): View {
  const { event, ending, uncertain, graph, start } = unfolding
  const suspicious = stance === 'suspicious'
  // Rules ask the same of a view again and again. Nobody may change what they are given.
  const met = { trigger: new Map<Condition, Uint8Array>(), demand: new Map<Condition, Uint8Array>() }
  const doubted = { trigger: new Map<Condition, Uint8Array>(), demand: new Map<Condition, Uint8Array>() }
  return {
    flow,
    unfolding,
    stance,
    meets(condition, role) {
      const known = met[role].get(condition)
      if (known) return known
      const levels = levelsOf(condition, role)
      const threshold = role === 'trigger' ? (suspicious ? SUSPECTED : CERTAIN) : suspicious ? CERTAIN : HINT
      const result = new Uint8Array(event.length)
      for (let v = 0; v < event.length; v++) result[v] = levels[event[v]!]! >= threshold ? 1 : 0
      met[role].set(condition, result)
      return result
    },
    doubts(condition, role) {
      const known = doubted[role].get(condition)
      if (known) return known
      const levels = levelsOf(condition, role)
      const least = role === 'trigger' ? SUSPECTED : HINT
      const result = new Uint8Array(event.length)
      for (let v = 0; v < event.length; v++) {
        const level = levels[event[v]!]!
        result[v] = level >= CERTAIN ? 1 : level >= least ? 2 : 0
      }
      doubted[role].set(condition, result)
      return result
    },
    ends(v) {
      const how = ending[v]
      if (how === ENDS || how === DEAD_END) return true
      if (!suspicious) return false
      return how === IMPLIED_END || (how !== BROKEN && onlyUncertainWaysOn(v))
    },
    passable: v => suspicious || !uncertain[v],
    on: other => viewOf(flow, other, conditions, stance),
  }

  function onlyUncertainWaysOn(v: number): boolean {
    const { starts, targets } = graph.out
    if (starts[v] === starts[v + 1]) return false
    for (let e = starts[v]!; e < starts[v + 1]!; e++) if (!uncertain[targets[e]!]) return false
    return true
  }

  function levelsOf(condition: Condition, role: Role): Levels {
    return atEntry(condition, event[start]!) ?? conditions(condition, role)
  }

  /** `@start` depends on the entry, so it is not cached; it may stand alone or within one `any`. */
  function atEntry(condition: Condition, entry: number): Uint8Array | undefined {
    if (condition === '@start') {
      const levels = new Uint8Array(flow.steps.length + flow.transitions.length)
      levels[entry] = CERTAIN
      return levels
    }
    return undefined
  }
}
