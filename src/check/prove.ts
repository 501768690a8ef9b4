// `--prove`: for each entry the shortest honest way to the cancellation, to a supervisor, to an outage notice; and coverage.
import { type Unfolding, unfolder } from '../flow/unfold.ts'
import type { Entry, Flow } from '../model/flow.ts'
import type { Coverage, EntryProof, Proofs } from '../model/proof.ts'
import type { Rule } from '../model/rule.ts'
import { actsOf } from './acts-of.ts'
import { conditionsOf, meansAct } from './condition.ts'
import { viewOf } from './view.ts'
import { witnessOf } from './witness.ts'

type Kinds = NonNullable<Parameters<typeof conditionsOf>[1]>

const GOALS = [
  { to: 'cancellation', act: 'cancellation-processed' },
  { to: 'supervisor', act: 'supervisor-escalation' },
  { to: 'outage-notice', act: 'outage-notice' },
] as const

/**
 * Honest: only acts that are certain, only ways that are written, and to the cancellation only where the customer has
 * asked for it before, if there is such a way. Linear in each entry's unfolding.
 */
export function prove(flow: Flow, rules: readonly Rule[], kinds: Kinds): Proofs {
  const conditions = conditionsOf(flow, kinds)
  const unfoldFrom = unfolder(flow)
  const entries = flow.entries.map((entry): EntryProof => {
    const unfolding = unfoldFrom(entry.step)
    const view = viewOf(flow, unfolding, conditions, 'suspicious')
    const asked = view.meets('cancel-request', 'demand')
    const ways = GOALS.map(({ to, act }) => {
      const goal = view.meets(act, 'demand')
      const path =
        (to === 'cancellation' && shortest(unfolding, goal, asked)) ||
        // Nobody says that it is asked for: the way is there all the same.
        shortest(unfolding, goal)
      if (!path) return { to, witness: null }
      return { to, witness: witnessOf(flow, { events: path.map(v => unfolding.event[v]!) }).witness }
    })
    return { ...placeOf(flow, entry), ways }
  })
  return { entries, coverage: coverageOf(flow, rules, kinds) }
}

/** The shortest way over certain transitions to a goal, passing one of `first` (the goal may be it); null if there is none. */
function shortest(
  { graph, start, uncertain }: Unfolding,
  goal: Uint8Array,
  first?: Uint8Array,
): number[] | null {
  const { size, out } = graph
  // A state is a vertex, and plus `size` where the first has been passed.
  const enter = (v: number, passed: boolean) => (passed || !first || first[v] ? v + size : v)
  const parent = new Int32Array(2 * size).fill(-1)
  const begin = enter(start, false)
  parent[begin] = begin
  const queue = [begin]
  for (const at of queue) {
    if (at >= size && goal[at - size]) return pathBack(at)
    const v = at % size
    for (let e = out.starts[v]!; e < out.starts[v + 1]!; e++) {
      if (uncertain[out.targets[e]!]) continue
      const next = enter(out.targets[e]!, at >= size)
      if (parent[next] !== -1) continue
      parent[next] = at
      queue.push(next)
    }
  }
  return null

  function pathBack(end: number): number[] {
    const path = [end % size]
    for (let at = end; parent[at] !== at; at = parent[at]!) path.push(parent[at]! % size)
    return path.reverse()
  }
}

function placeOf(flow: Flow, { step, channel, playbook }: Entry): Omit<EntryProof, 'ways'> {
  const { id, title, range } = flow.steps[step]!.step
  return { path: flow.playbooks[playbook]!.path, entry: id, title, line: range.start.line, channel }
}

/** What the rules speak of, and where that is; rules about the form of the flow look at everything and count for nothing here. */
export function coverageOf(flow: Flow, rules: readonly Rule[], kinds: Kinds): Coverage {
  const checks = rules.flatMap(rule => [rule, ...(rule.also ?? []).map(also => also as unknown as Rule)])
  const spoken = [...new Set(checks.flatMap(actsOf))]
  const isSpokenOf = new Map<string, boolean>()
  const coverage: Coverage = { steps: flow.steps.length, withAct: 0, looked: 0, overlooked: [] }
  for (const { step, playbook, acts, transitions } of flow.steps) {
    const all = [...acts, ...transitions.flatMap(t => flow.transitions[t]!.acts)].filter(
      act => act.evidence !== 'hint',
    )
    if (all.length > 0) coverage.withAct++
    if (all.some(({ act }) => speaksOf(act))) coverage.looked++
    else {
      const { path } = flow.playbooks[playbook]!
      coverage.overlooked.push({ path, step: step.id, title: step.title, line: step.range.start.line })
    }
  }
  return coverage

  function speaksOf(act: string): boolean {
    let known = isSpokenOf.get(act)
    if (known === undefined) {
      known = spoken.some(wanted => meansAct(kinds, act, wanted, 'demand'))
      isSpokenOf.set(act, known)
    }
    return known
  }
}
