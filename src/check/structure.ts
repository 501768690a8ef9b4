// `structure`: soundness of the flow itself, judged on the flow as written rather than per entry.

import { components, distances, graphOf, shortestPath } from '../flow/graph.ts'
import { BROKEN, DEAD_END, ENDS, IMPLIED_END, type Unfolding } from '../flow/unfold.ts'
import type { Flow } from '../model/flow.ts'
import type { StructureDemand } from '../model/rule.ts'
import { MOST_FAILURES } from './failure.ts'
import { closeLoop } from './trap.ts'

/** A place in the flow that is not sound. `path` are events (steps, then transitions) from an entry, if there is a way. */
export type Flaw = { step: number; path: number[]; loopsTo?: number; values: Record<string, string> }

/** The flaws of a flow for one of the demands on its structure. */
export function flawsOf(
  flow: Flow,
  demand: StructureDemand,
  opposite: (a: string, b: string, language: string) => boolean,
  unfoldFrom: (entry: number) => Unfolding,
): Flaw[] {
  switch (demand) {
    case 'steps-reachable':
      return unreachableSteps(flow)
    case 'ends-declared':
      return undeclaredEnds(flow)
    case 'choices-complete':
      return incompleteChoices(flow, opposite)
    case 'option-to-complete': {
      const starts = [...new Set(flow.entries.map(e => e.step))]
      return starts.flatMap(step => trapsOf(flow, unfoldFrom(step)))
    }
    default:
      return [] // links-resolve, steps-unique: problems of the reader and the linker, reported as such
  }
}

/**
 * Steps that no entry leads to; of steps that lead to each other only the first is named, with the number behind it.
 * Linked playbooks and playbooks that are no entry to anybody are not judged. O(steps + transitions).
 */
export function unreachableSteps(flow: Flow): Flaw[] {
  const from: number[] = []
  const to: number[] = []
  for (const [s, { call }] of flow.steps.entries()) {
    if (call === null) continue
    from.push(s)
    to.push(call)
  }
  for (const { from: s, to: target } of flow.transitions) {
    if (target === null) continue
    from.push(s)
    to.push(target)
  }
  const graph = graphOf(flow.steps.length, from, to)
  const reached = distances(
    graph.size,
    graph.out,
    flow.entries.map(e => e.step),
  )
  const judged = (s: number) => {
    const { linked, playbook } = flow.playbooks[flow.steps[s]!.playbook]!
    return !linked && playbook.entry !== false
  }
  const lost = [...flow.steps.keys()].filter(s => reached[s] === -1 && judged(s))
  if (lost.length === 0) return []
  const parts = components(graph.size, graph.out)
  const hasEntrance = new Uint8Array(parts.count)
  for (let e = 0; e < from.length; e++) {
    if (parts.of[from[e]!] !== parts.of[to[e]!] && reached[from[e]!] === -1)
      hasEntrance[parts.of[to[e]!]!] = 1
  }
  const named = new Set<number>()
  const flaws: Flaw[] = []
  for (const s of lost) {
    const part = parts.of[s]!
    if (hasEntrance[part] || named.has(part)) continue
    named.add(part)
    // Counting what lies behind is a search of its own: worth it for as many as anybody reads.
    const behind =
      flaws.length < MOST_FAILURES
        ? distances(graph.size, graph.out, [s]).filter((d, u) => d > 0 && reached[u] === -1).length
        : 0
    flaws.push({
      step: s,
      path: [s],
      values: {
        others: behind > 0 ? `, nor to the ${behind === 1 ? 'step' : `${behind} steps`} behind it` : '',
      },
    })
  }
  return flaws
}

/** Steps with no way on that do not say how they end. */
export function undeclaredEnds(flow: Flow): Flaw[] {
  const flaws: Flaw[] = []
  for (const [s, { step, transitions }] of flow.steps.entries()) {
    if (transitions.length > 0 || step.outcome !== undefined || step.call !== undefined || step.impliedEnd)
      continue
    flaws.push({ step: s, path: [s], values: {} })
  }
  return flaws
}

/** Loops from which no end can be reached, one flaw a loop, in each unfolding. */
export function trapsOf(flow: Flow, unfolding: Unfolding): Flaw[] {
  const { graph, ending, event, start } = unfolding
  const ends: number[] = []
  for (let v = 0; v < graph.size; v++)
    if ([ENDS, IMPLIED_END, DEAD_END, BROKEN].includes(ending[v]!)) ends.push(v)
  const canEnd = distances(graph.size, graph.in, ends)
  const parts = components(graph.size, graph.out)
  // A component that can still be left is a way into the trap, not the trap.
  const bottom = new Uint8Array(parts.count).fill(1)
  for (let v = 0; v < graph.size; v++) {
    for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++) {
      if (parts.of[graph.out.targets[e]!] !== parts.of[v]) bottom[parts.of[v]!] = 0
    }
  }
  const seen = new Set<number>()
  const flaws: Flaw[] = []
  for (let v = 0; v < graph.size; v++) {
    const part = parts.of[v]!
    if (canEnd[v] !== -1 || !bottom[part] || seen.has(part) || event[v]! >= flow.steps.length) continue
    seen.add(part)
    if (flaws.length >= MOST_FAILURES) {
      flaws.push({ step: event[v]!, path: [event[v]!], values: {} })
      continue
    }
    const path = shortestPath(graph.size, graph.out, [start], u => u === v)!
    const loop = closeLoop(graph, path, path.length - 1, u => parts.of[u] === part)
    const events = (loop?.path ?? path).map(u => event[u]!)
    flaws.push({ step: event[v]!, path: events, ...(loop && { loopsTo: loop.loopsTo }), values: {} })
  }
  return flaws
}

/**
 * Branches that leave a case open: complete is a branch with an `otherwise`, a way on without a condition, two answers
 * of which one negates or opposes the other (also by their acts: a yes and a no to an offer), or all values of a
 * declared fact. Choosers decide in the order facts,
 * world, company, customer, so it is enough if those of one kind are complete. `opposite` compares two conditions.
 */
export function incompleteChoices(
  flow: Flow,
  opposite: (a: string, b: string, language: string) => boolean,
): Flaw[] {
  const flaws: Flaw[] = []
  for (const [s, { step, transitions, playbook }] of flow.steps.entries()) {
    // Where prose may simply stop, stopping is what happens otherwise (an explicit "else" is written in one case of a hundred).
    if (transitions.length === 0 || step.outcome !== undefined || step.impliedEnd) continue
    const ways = transitions.map(t => flow.transitions[t]!)
    if (
      ways.some(
        w => w.transition.otherwise || (w.transition.when === undefined && w.transition.fact === undefined),
      )
    )
      continue
    const { language, playbook: book } = flow.playbooks[playbook]!
    const conditions = ways.map(w => w.transition.when?.text ?? '')
    // Quadratic only in the ways on from one step; a menu of hundreds needs no pairwise look.
    const few = conditions.slice(0, 40)
    const answered = few.some((a, i) =>
      few
        .slice(i + 1)
        .some((b, j) => ways[i]!.chooser === ways[i + 1 + j]!.chooser && opposite(a, b, language)),
    )
    if (
      answered ||
      [YES, NO].every(acts => ways.some(way => way.acts.some(({ act }) => acts.includes(act)))) ||
      coversFact(
        ways.map(w => w.transition.fact),
        book.facts,
      )
    )
      continue
    flaws.push({
      step: s,
      path: [s],
      values: {
        choices: conditions
          .filter(c => c !== '')
          .map(c => `"${c}"`)
          .join(', '),
      },
    })
  }
  return flaws
}

/** Who asks again to cancel says no to the offer. */
const YES = ['offer-accepted']
const NO = ['offer-declined', 'cancel-request']

function coversFact(tests: (Map<string, string> | undefined)[], declared: Map<string, string[]>): boolean {
  for (const [name, values] of declared) {
    const tested = new Set(tests.filter(t => t?.size === 1).map(t => t!.get(name)))
    if (values.length > 0 && values.every(v => tested.has(v))) return true
  }
  return false
}
