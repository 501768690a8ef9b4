// Calls that never return: a called playbook that leads back to its caller before it ends.
import type { Flow } from '../model/flow.ts'
import type { Step } from '../model/playbook.ts'
import { components, graphOf } from './graph.ts'

/** A call that leads back into its own playbook never returns: it is reported and cut; in prose, where a
 * call is only read from words such as "follow the path …", it is rather a jump. O(steps + transitions). */
export function refuseRecursion(flow: Flow): void {
  const from: number[] = []
  const to: number[] = []
  const add = (a: number, b: number | null) => {
    if (b === null) return
    from.push(a)
    to.push(b)
  }
  for (const [i, step] of flow.steps.entries()) {
    add(i, step.call)
    // The way on after a call is the caller's: a cycle through it alone is an ordinary loop, the called step is not on it.
    for (const t of step.transitions) add(i, flow.transitions[t]!.to)
  }
  const graph = graphOf(flow.steps.length, from, to)
  const { of } = components(graph.size, graph.out)
  for (const [i, step] of flow.steps.entries()) {
    if (step.call === null || of[i] !== of[step.call]) continue
    const target = step.step.call!
    const callee = step.call
    step.call = null
    if (flow.documents[flow.playbooks[step.playbook]!.document]!.format === 'markdown') {
      becomesJump(flow, i, callee, step.step)
      continue
    }
    flow.problems.push({
      rule: 'links-resolve',
      path: flow.playbooks[step.playbook]!.path,
      message: `the call of "${target.text}" leads back to this step before it returns, so it never ends`,
      fix: 'use a transition (go) where nothing comes back, or call a playbook that does not call this one',
      range: target.range,
      step: step.step.id,
    })
  }
}

/** "Follow Path 2.1" of a text that comes back to here by itself means: go there. */
function becomesJump(flow: Flow, from: number, to: number, { call }: Step): void {
  const { transitions } = flow.steps[from]!
  transitions.unshift(flow.transitions.length)
  const target = call!
  flow.transitions.push({
    from,
    transition: { range: target.range, kind: 'go', to: target, uncertain: true },
    to,
    chooser: null,
    chooserEvidence: 'hint',
    told: 'offered',
    acts: [],
    topics: [],
  })
}
