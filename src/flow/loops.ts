// Which steps one can come back to: the loops of all ways on, calls and returns, without telling call sites apart.
import type { Outcome } from '../model/act.ts'
import type { Flow, FlowStep } from '../model/flow.ts'
import { components, cyclic, graphOf } from './graph.ts'

/** `of[s]` is the component of step `s`; whether one can come back to `s` is `again[s]`. Never too few, perhaps too many. */
export type Loops = { of: Int32Array; again: Uint8Array }

/** These end the whole conversation, even inside a called playbook (design §11.3). */
export function isFinal(outcome: Outcome): boolean {
  return outcome === 'cancelled' || outcome === 'abandoned'
}

/** Linear in the flow. */
export function loopsOf(flow: Flow): Loops {
  const steps = flow.steps.length
  const from: number[] = []
  const to: number[] = []
  const edge = (a: number, b: number) => {
    from.push(a)
    to.push(b)
  }
  // Playbooks that lead into each other end together: one vertex stands for their return, whoever called.
  const group = groupsOf(flow)
  const returnOf = (s: number) => steps + group[flow.steps[s]!.playbook]!
  for (const [s, step] of flow.steps.entries()) {
    for (const t of step.transitions) {
      const target = flow.transitions[t]!.to
      if (target !== null) edge(s, target)
    }
    if (step.call !== null) {
      edge(s, step.call)
      edge(returnOf(step.call), s)
    }
    if (mayReturn(flow, step)) edge(s, returnOf(s))
  }
  const size = steps + flow.playbooks.length
  const graph = graphOf(size, from, to)
  const parts = components(size, graph.out)
  const loops = cyclic(size, graph.out, parts)
  return {
    of: parts.of.slice(0, steps),
    again: Uint8Array.from({ length: steps }, (_, s) => loops[parts.of[s]!]!),
  }
}

/** Whether a called playbook may end here, and its caller go on. */
function mayReturn(flow: Flow, { step, transitions, call }: FlowStep): boolean {
  if (step.outcome !== undefined) return !isFinal(step.outcome)
  if (step.impliedEnd || (call !== null && transitions.length === 0)) return true
  return transitions.some(t => {
    const { outcome } = flow.transitions[t]!.transition
    return outcome !== undefined && !isFinal(outcome)
  })
}

/** Numbers the playbooks so that those that lead into each other, in whatever direction, have the same number. */
function groupsOf(flow: Flow): Int32Array {
  const from: number[] = []
  const to: number[] = []
  for (const { from: s, to: target } of flow.transitions) {
    if (target === null) continue
    const [a, b] = [flow.steps[s]!.playbook, flow.steps[target]!.playbook]
    if (a === b) continue
    from.push(a, b)
    to.push(b, a)
  }
  const graph = graphOf(flow.playbooks.length, from, to)
  return components(graph.size, graph.out).of
}
