// Checks certificates in one pass, without searching: shares no code with the engine, only types of the model and the unfolding as data.
import type { Distance, Lost, Proof, Rank, State } from '../model/certificate.ts'
import type { Flow } from '../model/flow.ts'
import type { Check, Condition } from '../model/rule.ts'
import type { Kinds } from './proof-conditions.ts'
import { gameAt, type Turn } from './proof-game.ts'
import { BEFORE_ALL, isOpen, type Meaning, meaningOf, type Unfolded } from './proof-meaning.ts'

/** What is wrong with a proof, or null if it proves what it should: that the check holds, or (by a path) that it fails. */
export function flawOf(
  flow: Flow,
  unfolded: Unfolded,
  check: Check,
  proof: Proof,
  kinds?: Kinds,
): string | null {
  const meaning = meaningOf(flow, unfolded, check, proof.stance, kinds)
  if (proof.by === 'path') return flawOfPath(flow, unfolded, check, proof, meaning)
  if (!meaning) return 'such a check is not proved to hold by this'
  const states = new Map(proof.states.map(state => [`${state[0]} ${state[1]}`, state]))
  const flaw = flawOfStates(states, meaning, unfolded)
  if (flaw) return flaw
  if (check.check === 'reachable')
    return proof.by === 'distances'
      ? flawOfDistances(unfolded, check, proof, meaning)
      : 'distances are missing'
  if (check.check === 'can_force')
    return proof.by === 'ranks' ? flawOfRanks(flow, unfolded, check, proof, meaning) : 'ranks are missing'
  return null
}

/** The set contains the start, all that can follow, and nothing that breaks the rule; no duty is left open for ever. */
function flawOfStates(
  states: Map<string, State>,
  meaning: Meaning,
  { uncertain, ending }: Unfolded,
): string | null {
  const has = (v: number, memories: string[]) => memories.every(m => states.has(`${v} ${m}`))
  if (!has(0, meaning.step(BEFORE_ALL, 0))) return 'the start is missing'
  for (const [v, memory, away, part] of states.values()) {
    if (memory === 'broken') return `broken at ${v}`
    const ways = meaning.next(v).map(u => ({ u, after: meaning.step(memory, u) }))
    if (!ways.every(({ u, after }) => has(u, after))) return `not closed at ${v}`
    if (!meaning.duty || meaning.accepts(memory)) continue
    if (meaning.ends(v)) return `ends at ${v} with the duty open`
    if (ending[v] === 4) continue
    const nexts = ways.flatMap(({ u, after }) => after.map(m => ({ u, m, state: states.get(`${u} ${m}`)! })))
    if (nexts.some(({ m, state }) => !meaning.accepts(m) && state[3]! > part!))
      return `parts out of order at ${v}`
    const isNearer = ({ u, state }: (typeof nexts)[number]) =>
      state[2]! >= 0 && state[2]! < away! && (!uncertain[u] || state[3] === part)
    if (away! < 0 || !nexts.some(isNearer)) return `no way to meet the duty from ${v}`
  }
  return null
}

type Path = Extract<Proof, { by: 'path' }>

/** A path of the flow on which the rule is broken: at once, at its end, or because nobody gets on. */
function flawOfPath(
  flow: Flow,
  unfolded: Unfolded,
  check: Check,
  proof: Path,
  meaning: Meaning | undefined,
): string | null {
  const path = proof.path.map(event => event.vertex)
  const last = path[path.length - 1]!
  if (path[0] !== 0) return 'the path does not begin at the entry'
  const leads = (a: number, b: number) => {
    const { starts, targets } = unfolded.graph.out
    for (let e = starts[a]!; e < starts[a + 1]!; e++) if (targets[e] === b) return true
    return false
  }
  for (const [i, v] of path.slice(1).entries())
    if (!leads(path[i]!, v)) return `no way from ${path[i]} to ${v}`
  if (proof.loopsTo !== undefined && !leads(last, path[proof.loopsTo] ?? -1)) return 'the loop does not close'
  if (!meaning) return null
  const { because } = proof
  let now = [BEFORE_ALL]
  const seen: string[][] = []
  for (const v of path) {
    now = [...new Set(now.flatMap(m => meaning.step(m, v)))]
    seen.push(now)
  }
  const surely =
    proof.stance === 'trusting'
      ? (ms: string[], is: (m: string) => boolean) => ms.every(is)
      : (ms: string[], is: (m: string) => boolean) => ms.some(is)
  if (because && 'culprit' in because) {
    const { culprit } = because
    const places = [...path.keys()].filter(i => path[i] === culprit)
    if (places.length === 0) return 'the culprit is not on the path'
    if ('lost' in because)
      return flawOfLost(flow, unfolded, check, because.lost, meaning, culprit, proof.stance)
    if (check.check !== 'reachable') return 'distances prove nothing here'
    const anywhere = check.also_from !== undefined && meaning.meets(check.also_from, culprit, false)
    const asked = places.some(i => surely(seen[i]!, isOpen)) && meaning.meets(check.from, culprit, false)
    if (!anywhere && !asked) return 'nothing is asked of the culprit'
    return flawOfTooFar(unfolded, check, because.distances, meaning, culprit, proof.stance)
  }
  if (check.check === 'reachable') return 'distances are missing'
  if (check.check === 'can_force') return null
  if (seen.some(ms => surely(ms, m => m === 'broken'))) return null
  if (!meaning.duty) return 'the rule is not broken on this path'
  if (meaning.ends(last) && surely(now, m => !meaning.accepts(m))) return null
  if (!because) return 'the duty may still be met behind this path'
  const trap = new Set(because.trapped.map(([v, m]) => `${v} ${m}`))
  if (!surely(now, m => trap.has(`${last} ${m}`))) return 'the path does not end in the trap'
  for (const [v, m] of because.trapped) {
    if (meaning.accepts(m) || meaning.ends(v) || unfolded.ending[v] === 4) return `no trap at ${v}`
    const ways = meaning.next(v).filter(u => !unfolded.uncertain[u])
    if (ways.length === 0 || (proof.stance === 'trusting' && ways.length < meaning.next(v).length))
      return `the trap may be left at ${v}`
    if (!ways.every(u => surely(meaning.step(m, u), after => trap.has(`${u} ${after}`))))
      return `the trap is left at ${v}`
  }
  return null
}

type Reachable = Extract<Check, { check: 'reachable' }>

function goalOf({ ending, uncertain }: Unfolded, check: Reachable, meaning: Meaning, trusting: boolean) {
  const isGoal = (v: number) => meaning.meets(check.to, v, true)
  const counted: Condition = check.count === 'customer-facing' ? '@customer-facing' : '@step'
  return {
    isGoal: (v: number) => isGoal(v) || (trusting && (ending[v] === 4 || ending[v] === 2)),
    cost: (v: number) => (meaning.meets(counted, v, false) ? 1 : 0),
    blocked: (v: number) =>
      (check.avoiding !== undefined && meaning.meets(check.avoiding, v, false) && !isGoal(v)) ||
      (!trusting && uncertain[v] === 1),
  }
}

/** Every place that is asked for a way has one, as short as demanded: each place has a next one that is nearer. */
function flawOfDistances(
  unfolded: Unfolded,
  check: Reachable,
  proof: { states: State[]; distances: Distance[] },
  meaning: Meaning,
): string | null {
  const { isGoal, cost, blocked } = goalOf(unfolded, check, meaning, false)
  const known = new Map(proof.distances.map(d => [d[0], d]))
  for (const [v, distance, hops] of proof.distances) {
    if (isGoal(v)) continue
    const onward = meaning.next(v).some(u => {
      const next = known.get(u)
      return next && next[1] + cost(u) <= distance && next[2] < hops && (isGoal(u) || !blocked(u))
    })
    if (!onward || blocked(v)) return `no way on from ${v}`
  }
  for (const [v, memory] of proof.states) {
    const anywhere = check.also_from !== undefined && meaning.meets(check.also_from, v, false)
    const asked = isOpen(memory) && meaning.meets(check.from, v, false)
    if ((!asked && !anywhere) || meaning.next(v).length === 0) continue
    if (check.except !== undefined && meaning.meets(check.except, v, true)) continue
    if (!((known.get(v)?.[1] ?? Infinity) <= (check.within ?? Infinity)) || !known.has(v))
      return `too far from the goal: ${v}`
  }
  return null
}

/** The culprit is too far away: no place is nearer to the goal than its neighbours and what it costs to get to them. */
function flawOfTooFar(
  unfolded: Unfolded,
  check: Reachable,
  distances: Distance[],
  meaning: Meaning,
  culprit: number,
  stance: string,
): string | null {
  const { isGoal, cost, blocked } = goalOf(unfolded, check, meaning, stance === 'trusting')
  const known = new Map(distances.map(d => [d[0], d[1]]))
  const from = (v: number) => known.get(v) ?? Infinity
  for (let v = 0; v < unfolded.graph.size; v++) {
    if (isGoal(v) && from(v) > 0) return `a goal further away than 0: ${v}`
    if (blocked(v)) continue
    for (const u of meaning.next(v)) if (from(v) > from(u) + cost(u)) return `nearer than said: ${v}`
  }
  const limit = check.within ?? Infinity
  return from(culprit) > limit || from(culprit) === Infinity ? null : 'the culprit is near enough'
}

type Force = Extract<Check, { check: 'can_force' }>

/** Requests are won, ranks show how, and nobody loses again what is won while the request is open. */
function flawOfRanks(
  flow: Flow,
  unfolded: Unfolded,
  check: Force,
  proof: { states: State[]; ranks: Rank[] },
  meaning: Meaning,
): string | null {
  const strength = check.strength ?? 'eventual'
  const game = gameAt(flow, unfolded, check, meaning, 'suspicious')
  const rank = new Map(proof.ranks.map(([v, turn, r]) => [`${v} ${turn}`, r]))
  for (const [v, turn, r] of proof.ranks) {
    if (turn === 0 && game.isTarget(v)) continue
    const here = game.turns(v)[turn]
    if (!here || here.next.length === 0) return `won without a way on: ${v}`
    const ranks = here.next.map(u => rank.get(u) ?? Infinity)
    const [some, all] = [ranks.some(n => n < r), ranks.every(n => n < r)]
    const kind = here.by === 'customer' || strength === 'discretionary'
    const fair = strength === 'eventual' && here.by === 'world'
    if (kind ? !some : fair ? !some || ranks.includes(Infinity) : !all) return `no rank leads on from ${v}`
  }
  const isWon = (v: number) => rank.has(`${v} 0`)
  if (meaning.step(BEFORE_ALL, 0).some(isOpen) && !isWon(0)) return 'asked at the entry and not won'
  for (const [v, memory] of proof.states)
    for (const u of meaning.next(v)) {
      if (isWon(u) || !meaning.step(memory, u).some(isOpen)) continue
      if (!isOpen(memory)) return `asked and not won: ${u}`
      const isCustomers = flow.transitions[unfolded.event[u]! - flow.steps.length]?.chooser === 'customer'
      if (isWon(v) && isCustomers) return `a choice of the customer gives it up: ${u}`
      // Where the customer may interrupt, a later turn of the step need not be won.
      const turn = game.turns(v).findIndex(({ next }) => next.includes(`${u} 0`))
      if (rank.has(`${v} ${turn}`) && strength !== 'discretionary') return `somebody else gives it up: ${u}`
    }
  return null
}

/** The company can keep the customer in: round by round, what cannot reach the goal and what can be pushed there. */
function flawOfLost(
  flow: Flow,
  unfolded: Unfolded,
  check: Check,
  lost: Lost[],
  meaning: Meaning,
  culprit: number,
  stance: Path['stance'],
): string | null {
  if (check.check !== 'can_force') return 'this proves nothing here'
  const game = gameAt(flow, unfolded, check, meaning, stance)
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
    const { by, next }: Turn = game.turns(v)[turn] ?? { by: 'company', next: [] }
    const kept =
      rank === 0
        ? by === 'company'
          ? next.length === 0 || next.some(u => isWith(l, u))
          : next.every(u => isWith(l, u))
        : by === 'customer'
          ? next.every(u => isEarlier(l, u))
          : next.some(u => isEarlier(l, u))
    if (!kept) return `not lost: ${v}`
  }
  return given.has(`${culprit} 0`) ? null : 'the culprit is not lost'
}
