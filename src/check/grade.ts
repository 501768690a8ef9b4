// Grades: can a customer get a cancellation at an entry, at what effort, and on whom does it hang (theory.md §6.2, §12).

import { COMPANY, cooperative, fair, guaranteedCost, sure, WORLD } from '../flow/game.ts'
import { components, cyclic, shortestPath } from '../flow/graph.ts'
import { unfolder } from '../flow/unfold.ts'
import type { Entry, Flow } from '../model/flow.ts'
import { type EntryGrade, GRADES, type Grade } from '../model/grade.ts'
import { conditionsOf } from './condition.ts'
import { turnsOf } from './turns.ts'
import { type View, viewOf } from './view.ts'

/** The grade of every entry, in order. `act` is what the customer wants. Linear in each entry's unfolding (times a few rounds). */
export function grades(flow: Flow, act = 'cancellation-processed'): EntryGrade[] {
  const conditions = conditionsOf(flow)
  const unfoldFrom = unfolder(flow)
  return flow.entries.map(entry => {
    const unfolding = unfoldFrom(entry.step)
    const suspicious = gradeOf(viewOf(flow, unfolding, conditions, 'suspicious'), act)
    const trusting = gradeOf(viewOf(flow, unfolding, conditions, 'trusting'), act)
    const doubt = suspicious.grade !== trusting.grade || suspicious.hidden !== trusting.hidden
    return { ...placeOf(flow, entry), ...suspicious, certain: !doubt && !unfolding.merged }
  })
}

type Graded = Omit<EntryGrade, 'path' | 'entry' | 'title' | 'line' | 'channel' | 'certain'>

/** The grade at the entry or, if that is worse, at the first place where a customer who comes in there can ask to cancel. */
function gradeOf(view: View, act: string): Graded {
  const { flow, unfolding } = view
  const { start, event, graph } = unfolding
  const goal = view.meets(act, 'demand')
  const targets = [...goal.keys()].filter(v => goal[v])
  const asks = view.meets('cancel-request', 'trigger')
  const open = turnsOf(view, { offeredOnly: false })
  // If everybody is kind, ways that were only guessed still cannot be counted on.
  const kind = turnsOf(view, { offeredOnly: false, ways: 'counted' })
  const isTurn = (v: number) => {
    const e = v < event.length ? event[v]! - flow.steps.length : -1
    return e >= 0 && flow.transitions[e]!.chooser === 'customer' ? 1 : 0
  }
  const best = guaranteedCost(kind, targets, isTurn, () => true)
  // Queues and checks pass at the first try (design §11.24): the world helps.
  const least = guaranteedCost(open, targets, isTurn, owner => owner !== COMPANY)
  const worst = worstCase(view, goal, isTurn)
  const inAll = gradesIn(open, kind)
  const inTold = gradesIn(
    turnsOf(view, { offeredOnly: true }),
    turnsOf(view, { offeredOnly: true, ways: 'counted' }),
  )
  const [where, ahead] = worstPlace()
  const grade = inAll(where)
  const finite = (n: number) => (Number.isFinite(n) ? n + ahead : null)
  return {
    grade,
    hidden: GRADES.indexOf(inTold(where)) > GRADES.indexOf(grade),
    best: finite(best[where]!),
    guaranteed: grade === 'guaranteed' || grade === 'eventual' ? finite(least[where]!) : null,
    worst: grade === 'sealed' ? null : finite(worst[where]!),
    decisive: grade === 'discretionary' ? decisiveIn(view, open, targets, where) : null,
    asked: asks.includes(1),
    elsewhere: elsewhereOf(view, targets),
  }

  function gradesIn(turns: typeof open, counted: typeof open): (v: number) => Grade {
    const ranks = [sure(turns, targets), fair(turns, targets), cooperative(counted, targets)]
    return v => GRADES[ranks.findIndex(rank => rank[v] !== -1)] ?? 'sealed'
  }

  /** The vertex to grade and the turns it takes to get there. */
  function worstPlace(): [number, number] {
    let found: [number, number] = [start, 0]
    const turnsTo = new Int32Array(graph.size).fill(-1)
    turnsTo[start] = isTurn(start)
    const queue = [start]
    for (let i = 0; i < queue.length; i++) {
      const v = queue[i]!
      if (asks[v]) {
        const [other] = found
        const by = GRADES.indexOf(inAll(v)) - GRADES.indexOf(inAll(other))
        if (by > 0) found = [v, turnsTo[v]!]
        continue // whoever has asked has asked; later places belong to that conversation
      }
      for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++) {
        const u = graph.out.targets[e]!
        if (turnsTo[u] !== -1 || !view.passable(u)) continue
        turnsTo[u] = turnsTo[v]! + isTurn(u)
        queue.push(u)
      }
    }
    return found
  }
}

/** The last place on the shortest way out that is not the customer's and can still be decided otherwise. */
function decisiveIn(
  view: View,
  turns: ReturnType<typeof turnsOf>,
  targets: number[],
  from: number,
): EntryGrade['decisive'] {
  const { flow, unfolding } = view
  const wins = fair(turns, targets)
  const isTarget = new Set(targets)
  const route = shortestPath(turns.graph.size, turns.graph.out, [from], v => isTarget.has(v))
  const at = route?.findLast(v => wins[v] === -1)
  if (at === undefined) return null
  const next = route![route!.indexOf(at) + 1]!
  const event = unfolding.event[turns.origin[at]!]!
  const taken = unfolding.event[turns.origin[next]!]! - flow.steps.length
  const s = event < flow.steps.length ? event : flow.transitions[event - flow.steps.length]!.from
  const { step, playbook } = flow.steps[s]!
  const chooser =
    taken >= 0
      ? (flow.transitions[taken]!.chooser ?? 'unknown')
      : turns.owner[at] === WORLD
        ? 'world'
        : 'unknown'
  return {
    step: step.id,
    title: step.title,
    chooser,
    path: flow.playbooks[playbook]!.path,
    line: step.range.start.line,
  }
}

/**
 * The most turns a customer can need who keeps asking to leave (says cancel, declines, insists wherever that is an
 * answer), against a company and a world that do their worst: the longest way, Infinity if it can go on for ever or
 * end without the cancellation. O(n + m).
 */
function worstCase(view: View, goal: Uint8Array, isTurn: (v: number) => number): Float64Array {
  const { flow, unfolding } = view
  const { graph, event } = unfolding
  const insists = view.meets({ any: ['cancel-request', 'offer-declined'] }, 'demand')
  const evades = view.meets('skip', 'demand')
  const givesIn = view.meets({ any: ['cancel-withdrawn', 'offer-accepted'] }, 'demand')
  const isCustomers = (u: number) =>
    event[u]! >= flow.steps.length && flow.transitions[event[u]! - flow.steps.length]!.chooser === 'customer'
  /** The ways on that such a customer leaves open: their most insistent answers, and all that others decide. */
  const follow = (v: number): number[] => {
    if (goal[v]) return []
    const all: number[] = []
    const { starts, targets } = graph.out
    for (let e = starts[v]!; e < starts[v + 1]!; e++) if (view.passable(targets[e]!)) all.push(targets[e]!)
    const own = all.filter(isCustomers)
    for (const wanted of [
      own.filter(u => insists[u]),
      own.filter(u => evades[u]),
      own.filter(u => !givesIn[u]),
    ]) {
      if (wanted.length > 0) return [...all.filter(u => !isCustomers(u)), ...wanted]
    }
    return all
  }
  const starts = new Int32Array(graph.size + 1)
  const targets: number[] = []
  for (let v = 0; v < graph.size; v++) {
    targets.push(...follow(v))
    starts[v + 1] = targets.length
  }
  const rows = { starts, targets: Int32Array.from(targets) }
  const parts = components(graph.size, rows)
  const loops = cyclic(graph.size, rows, parts)
  const value = new Float64Array(graph.size)
  const order = [...Array(graph.size).keys()].sort((a, b) => parts.of[a]! - parts.of[b]!)
  for (const v of order) {
    if (goal[v]) value[v] = 0
    else if (loops[parts.of[v]!] || starts[v] === starts[v + 1]) value[v] = Infinity
    else
      for (let e = starts[v]!; e < starts[v + 1]!; e++)
        value[v] = Math.max(value[v]!, value[targets[e]!]! + isTurn(targets[e]!))
  }
  return value
}

/** The team that completes the cancellation, where every way out is a hand-over. */
function elsewhereOf({ flow, unfolding }: View, targets: number[]): string | null {
  let team: string | null = null
  for (const v of targets) {
    const e = unfolding.event[v]!
    const acts = e < flow.steps.length ? flow.steps[e]!.acts : flow.transitions[e - flow.steps.length]!.acts
    const handedOver = acts.find(a => a.act === 'cancellation-handed-over')
    if (!handedOver || acts.some(a => a.act === 'cancellation-processed')) return null
    team = String(handedOver.attributes.to ?? '')
  }
  return team
}

function placeOf(
  flow: Flow,
  { step, channel, playbook }: Entry,
): Pick<EntryGrade, 'path' | 'entry' | 'title' | 'line' | 'channel'> {
  const { step: entry } = flow.steps[step]!
  return {
    path: flow.playbooks[playbook]!.path,
    entry: entry.id,
    title: entry.title,
    line: entry.range.start.line,
    channel,
  }
}
