// Checks distances to a goal: that every place that is asked for a way has one, or that the one to blame is too far away.
import type { Distance, State } from '../model/certificate.ts'
import type { Check, Condition } from '../model/rule.ts'
import { type Kinds, surety } from './proof-conditions.ts'
import type { Ground } from './proof-ground.ts'
import { isOpen } from './proof-memory.ts'

type Reachable = Extract<Check, { check: 'reachable' }>

function goalOf(ground: Ground, check: Reachable) {
  const { ending, uncertain } = ground.unfolded
  const trusting = ground.stance === 'trusting'
  const isMet = (v: number) => ground.meets(check.to, v, true)
  const counted: Condition = check.count === 'customer-facing' ? '@customer-facing' : '@step'
  return {
    isGoal: (v: number) =>
      trusting ? isMet(v) || ending[v] === 4 || ending[v] === 2 : isMet(v) && !uncertain[v],
    cost: (v: number) => (ground.meets(counted, v, false) ? 1 : 0),
    blocked: (v: number) =>
      (check.avoiding !== undefined && ground.meets(check.avoiding, v, false) && !isMet(v)) ||
      (!trusting && uncertain[v] === 1),
  }
}

/** Whether what the check depends on occurs anywhere in the unfolding, or in the playbook of its entry. */
export function isGiven(
  { flow, unfolded, stance, size, meets }: Ground,
  check: Reachable,
  kinds?: Kinds,
): boolean {
  const { given } = check
  if (given === undefined) return true
  for (let v = 0; v < size; v++) if (meets(given, v, false)) return true
  const entry = unfolded.event[0]!
  const { playbook } = flow.steps[entry]!
  const occurs = (event: number) =>
    surety(flow, event, given, false, entry, kinds) >= (stance === 'trusting' ? 3 : 2)
  return flow.steps.some(
    (step, s) =>
      step.playbook === playbook && (occurs(s) || step.transitions.some(t => occurs(flow.steps.length + t))),
  )
}

/** Whether a way is asked for from here. */
export function isAsked(ground: Ground, check: Reachable, v: number, memory: string): boolean {
  const { uncertain } = ground.unfolded
  const anywhere = check.also_from !== undefined && ground.meets(check.also_from, v, false)
  if (!anywhere && !(isOpen(memory) && ground.meets(check.from, v, false))) return false
  const isOver = ground.next(v).every(u => ground.stance === 'trusting' && uncertain[u])
  return !isOver && !(check.except !== undefined && ground.meets(check.except, v, true))
}

/** Every place that is asked for a way has one, as short as demanded: each place has a next one that is nearer. */
export function flawOfDistances(
  ground: Ground,
  check: Reachable,
  proof: { states: State[]; distances: Distance[] },
): string | null {
  const { isGoal, cost, blocked } = goalOf(ground, check)
  const known = new Map(proof.distances.map(d => [d[0], d]))
  for (const [v, distance, hops] of proof.distances) {
    if (isGoal(v)) continue
    const onward = ground.next(v).some(u => {
      const next = known.get(u)
      return next && next[1] + cost(u) <= distance && next[2] < hops && (isGoal(u) || !blocked(u))
    })
    if (!onward || blocked(v)) return `no way on from ${v}`
  }
  for (const [v, memory] of proof.states) {
    if (!isAsked(ground, check, v, memory)) continue
    if (!known.has(v) || known.get(v)![1] > (check.within ?? Infinity)) return `too far from the goal: ${v}`
  }
  return null
}

/** The culprit is too far away: no place is nearer to the goal than its neighbours and what it costs to get to them. */
export function flawOfTooFar(
  ground: Ground,
  check: Reachable,
  distances: Distance[],
  culprit: number,
): string | null {
  const { isGoal, cost, blocked } = goalOf(ground, check)
  const known = new Map(distances.map(d => [d[0], d[1]]))
  const from = (v: number) => known.get(v) ?? Infinity
  for (let v = 0; v < ground.size; v++) {
    if (isGoal(v) && from(v) > 0) return `a goal further away than 0: ${v}`
    if (blocked(v)) continue
    for (const u of ground.next(v)) if (from(v) > from(u) + cost(u)) return `nearer than said: ${v}`
  }
  const limit = check.within ?? Infinity
  return from(culprit) > limit || from(culprit) === Infinity ? null : 'the culprit is near enough'
}
