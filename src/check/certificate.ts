// Makes certificates: what speaks for a verdict, as data that `verify.ts` can check in one pass. Searches; does not decide.
import { attractor, COMPANY, CUSTOMER } from '../flow/game.ts'
import { components, costsTo, graphOf } from '../flow/graph.ts'
import { BROKEN, IMPLIED_END, MOST_VERTICES } from '../flow/unfold.ts'
import type { Distance, Lost, Memory, Proof, Rank, Reason, State } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import type { Failure } from './failure.ts'
import { solve, targetsOf } from './goal.ts'
import type { Kinds } from './proof-conditions.ts'
import { BEFORE_ALL, type Meaning, meaningOf } from './proof-meaning.ts'
import { type Turns, turnsOf } from './turns.ts'
import type { View } from './view.ts'

type Force = Extract<Check, { check: 'can_force' }>

/** The proof that a check holds, in the suspicious view; undefined where none is made (not one of paths, or too large). */
export function proofOfHolds(view: View, check: Check, kinds?: Kinds): Proof | undefined {
  const meaning = meaningOf(view.flow, view.unfolding, check, 'suspicious', kinds)
  const states = meaning && statesOf(view, meaning)
  if (!states) return undefined
  if (check.check === 'reachable')
    return { by: 'distances', stance: 'suspicious', states, distances: distancesOf(view, check) }
  if (check.check === 'can_force')
    return { by: 'ranks', stance: 'suspicious', states, ranks: ranksOf(view, check) }
  return { by: 'closed-set', stance: 'suspicious', states }
}

/** The proof that a failure is one, in the view in which it was found: its path, and why one cannot get on from there. */
export function proofOfFailure(view: View, check: Check, failure: Failure, kinds?: Kinds): Proof {
  const { path, loopsTo, culprit } = failure
  const { stance } = view
  const meaning = meaningOf(view.flow, view.unfolding, check, stance, kinds)
  let because: Reason | undefined
  if (check.check === 'reachable') because = { culprit, distances: distancesOf(view, check) }
  else if (meaning && check.check === 'can_force' && (check.strength ?? 'eventual') === 'eventual')
    because = { culprit, lost: lostOf(view, check) }
  else if (meaning?.duty && loopsTo !== undefined) because = trapOf(view, meaning, path)
  return {
    by: 'path',
    stance,
    path: remembered(meaning, path),
    ...(loopsTo !== undefined && { loopsTo }),
    ...(because && { because }),
  }
}

/** The path with what is remembered at each vertex, where the check is one of paths. */
function remembered(
  meaning: Meaning | undefined,
  path: readonly number[],
): { vertex: number; is: Memory[] }[] {
  let now: Memory[] = [BEFORE_ALL]
  return path.map(vertex => {
    now = meaning ? [...new Set(now.flatMap(m => meaning.step(m, vertex)))] : []
    return { vertex, is: now }
  })
}

/** Everything that can happen. With a duty: how far each state is from one in which it is met, or the conversation ends. */
function statesOf({ unfolding }: View, meaning: Meaning): State[] | undefined {
  const states: State[] = []
  const ids = new Map<string, number>()
  const from: number[] = []
  const to: number[] = []
  const enter = (v: number, memory: Memory): number => {
    const key = `${v} ${memory}`
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, states.length)
    return states.push([v, memory]) - 1
  }
  for (const memory of meaning.step(BEFORE_ALL, unfolding.start)) enter(unfolding.start, memory)
  for (let id = 0; id < states.length; id++) {
    if (states.length > MOST_VERTICES) return undefined
    const [v, memory] = states[id]!
    for (const u of meaning.next(v))
      for (const after of meaning.step(memory, u)) {
        from.push(id)
        to.push(enter(u, after))
      }
  }
  if (!meaning.duty) return states
  // Ways that were only guessed lead nobody out of a circle in which the duty is open.
  const accepts = states.map(([, memory]) => meaning.accepts(memory))
  const isOpen = from.map((v, e) => !accepts[v] && !accepts[to[e]!])
  const open = graphOf(
    states.length,
    from.filter((_, e) => isOpen[e]),
    to.filter((_, e) => isOpen[e]),
  )
  const parts = components(open.size, open.out)
  const graph = graphOf(states.length, from, to)
  const away = new Int32Array(states.length).fill(-1)
  const queue = [...states.keys()].filter(id => {
    const v = states[id]![0]
    return accepts[id] || meaning.ends(v) || unfolding.ending[v] === BROKEN
  })
  for (const id of queue) away[id] = 0
  for (let i = 0; i < queue.length; i++) {
    const u = queue[i]!
    for (let e = graph.in.starts[u]!; e < graph.in.starts[u + 1]!; e++) {
      const v = graph.in.targets[e]!
      if (away[v] !== -1 || (unfolding.uncertain[states[u]![0]] && parts.of[v] !== parts.of[u])) continue
      away[v] = away[u]! + 1
      queue.push(v)
    }
  }
  return states.map(([v, memory], id): State => [v, memory, away[id]!, parts.of[id]!])
}

/** States at and behind the end of a path that nobody can leave, and in none of which the duty is met; the greatest such set. */
function trapOf({ unfolding }: View, meaning: Meaning, path: readonly number[]): Reason | undefined {
  const last = path[path.length - 1]!
  const isIn = new Map<string, State>()
  const add = (v: number, memory: Memory) => {
    if (!meaning.accepts(memory) && !meaning.ends(v) && unfolding.ending[v] !== BROKEN)
      isIn.set(`${v} ${memory}`, [v, memory])
  }
  for (const memory of remembered(meaning, path).pop()!.is) add(last, memory)
  for (const [v, memory] of isIn.values())
    for (const u of meaning.next(v)) for (const m of meaning.step(memory, u)) add(u, m)
  for (let before = -1; before !== isIn.size; ) {
    before = isIn.size
    for (const [key, [v, memory]] of isIn) if (!staysIn(v, memory)) isIn.delete(key)
  }
  return isIn.size > 0 ? { trapped: [...isIn.values()] } : undefined

  function staysIn(v: number, memory: Memory): boolean {
    const ways = meaning.next(v).filter(u => meaning.passable(u) && !unfolding.uncertain[u])
    if (ways.length === 0) return false
    return ways.every(u => meaning.step(memory, u).some(m => isIn.has(`${u} ${m}`)))
  }
}

/** As `reachable` counts: the least number of steps to the goal from everywhere, and the ways on that such a way takes. */
function distancesOf(view: View, check: Extract<Check, { check: 'reachable' }>): Distance[] {
  const { graph, ending, uncertain } = view.unfolding
  const goals = view.meets(check.to, 'demand')
  const avoided = check.avoiding === undefined ? undefined : view.meets(check.avoiding, 'trigger')
  const trusting = view.stance === 'trusting'
  const blocked = (v: number) => (avoided?.[v] === 1 && !goals[v]) || (!trusting && uncertain[v] === 1)
  const sources: number[] = []
  for (let v = 0; v < graph.size; v++)
    if (goals[v] || (trusting && (ending[v] === BROKEN || ending[v] === IMPLIED_END))) sources.push(v)
  const counted = view.meets(check.count === 'customer-facing' ? '@customer-facing' : '@step', 'trigger')
  const cost = costsTo(graph, sources, v => (counted[v] ? 1 : 0), blocked)
  // Hops along ways that are as short as can be, so that nobody can be sent round in a circle of cost 0.
  const hops = new Int32Array(graph.size).fill(-1)
  const queue = [...sources]
  for (const s of sources) hops[s] = 0
  for (let i = 0; i < queue.length; i++) {
    const u = queue[i]!
    for (let e = graph.in.starts[u]!; e < graph.in.starts[u + 1]!; e++) {
      const v = graph.in.targets[e]!
      if (hops[v] !== -1 || cost[v] === -1 || cost[v]! !== cost[u]! + (counted[u] ? 1 : 0)) continue
      hops[v] = hops[u]! + 1
      queue.push(v)
    }
  }
  return [...cost.keys()].filter(v => cost[v] !== -1).map(v => [v, cost[v]!, hops[v]!])
}

function gameOf(view: View, check: Force): { turns: Turns; targets: number[]; turn: Int32Array } {
  const goal = check.excused_by === undefined ? check.to : { any: [check.to, check.excused_by] }
  const avoid = check.avoiding === undefined ? undefined : view.meets(check.avoiding, 'trigger')
  const turns = turnsOf(view, {
    offeredOnly: check.knowing === 'offered',
    ...(avoid && { avoid }),
    ...(check.strength === 'discretionary' && { ways: 'counted' }),
  })
  const turn = new Int32Array(turns.graph.size)
  const later = new Map<number, number>()
  for (let v = view.unfolding.graph.size; v < turn.length; v++) {
    const number = (later.get(turns.origin[v]!) ?? 0) + 1
    later.set(turns.origin[v]!, number)
    turn[v] = number
  }
  return { turns, targets: targetsOf(view, goal), turn }
}

function ranksOf(view: View, check: Force): Rank[] {
  const { turns, targets, turn } = gameOf(view, check)
  const rank = solve(turns, targets, check.strength)
  return [...rank.keys()].filter(v => rank[v] !== -1).map(v => [turns.origin[v]!, turn[v]!, rank[v]!])
}

/** The rounds of the fair game, as in `fair`, but keeping what each gives up. */
function lostOf(view: View, check: Force): Lost[] {
  const { turns, targets, turn } = gameOf(view, check)
  const { size } = turns.graph
  const region = new Uint8Array(size).fill(1)
  const reached = new Uint8Array(size)
  for (const t of targets) reached[t] = 1
  const lost: Lost[] = []
  for (let round = 0; ; round++) {
    const hopeful = attractor(turns, targets, o => o !== COMPANY, region)
    const gone = [...hopeful.keys()].filter(v => region[v] && hopeful[v] === -1)
    if (gone.length === 0) return lost
    const given = attractor(turns, gone, o => o !== CUSTOMER, region, reached)
    for (let v = 0; v < size; v++) {
      if (given[v] === -1) continue
      lost.push([turns.origin[v]!, turn[v]!, round, given[v]!])
      region[v] = 0
    }
  }
}
