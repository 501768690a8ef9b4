// Turns a path of events into a witness that a person can follow: steps in order, who decided what, where it loops.

import type { WitnessStep } from '../model/finding.ts'
import type { Flow, FlowTransition } from '../model/flow.ts'

/** A path through the flow: steps by index, transitions by index plus the number of steps. */
export type EventPath = { events: number[]; loopsTo?: number; notes?: ReadonlyMap<number, string> }

const LONGEST_TEXT = 160

/** The witness of a path; `loopsTo` is then an index into the witness. Linear. */
export function witnessOf(
  flow: Flow,
  { events, loopsTo, notes }: EventPath,
): { witness: WitnessStep[]; loopsTo?: number } {
  const witness: WitnessStep[] = []
  const steps = flow.steps.length
  /** Index of the event → index in the witness. */
  const placeOf: number[] = []
  let current = -1
  for (const [i, e] of events.entries()) {
    if (e < steps) {
      current = e
      witness.push(stepOf(flow, e))
    } else {
      const t = flow.transitions[e - steps]!
      const isBack = t.from !== current || witness.length === 0
      if (isBack) {
        const back = stepOf(flow, t.from)
        if (witness.length > 0) back.note = 'back from the call'
        witness.push(back)
        current = t.from
      }
      choose(witness[witness.length - 1]!, t)
    }
    placeOf.push(witness.length - 1)
    const note = notes?.get(i)
    if (note !== undefined) addNote(witness[witness.length - 1]!, note)
  }
  if (loopsTo === undefined) {
    const end = endingOf(flow, events[events.length - 1]!)
    if (end !== null) addNote(witness[witness.length - 1]!, end)
    return { witness }
  }
  const target = events[loopsTo]!
  if (target < steps) return { witness, loopsTo: placeOf[loopsTo]! }
  // The last step is one of the loop, come to again: the choice made there leads back to the step behind it.
  choose(witness[witness.length - 1]!, flow.transitions[target - steps]!)
  return { witness, loopsTo: placeOf[loopsTo + 1]! }
}

function stepOf(flow: Flow, s: number): WitnessStep {
  const { step, playbook, acts } = flow.steps[s]!
  return {
    step: step.id,
    title: step.title,
    path: flow.playbooks[playbook]!.path,
    line: step.range.start.line,
    column: step.range.start.column,
    chooser: null,
    choice: null,
    acts: distinct(acts.filter(a => a.evidence !== 'hint').map(a => a.act)),
    note: null,
    text: textOf(flow, s),
  }
}

function choose(at: WitnessStep, t: FlowTransition): void {
  const choice = choiceOf(t)
  if (choice === null && t.acts.length === 0) return
  at.chooser = t.chooser
  at.choice = choice
  at.acts = distinct([...at.acts, ...t.acts.filter(a => a.evidence !== 'hint').map(a => a.act)])
}

/** The words under which a transition is taken, or null if there is nothing to choose. */
export function choiceOf({ transition, chooser }: FlowTransition): string | null {
  const words = transition.when?.text.replace(/\s+/g, ' ').trim()
  if (transition.otherwise) return words ? `otherwise: ${words}` : 'otherwise'
  if (words) return words
  if (transition.fact) return [...transition.fact].map(([name, value]) => `${name}: ${value}`).join(', ')
  return chooser === null ? null : ''
}

/** What is said in a step, or else what is to be done, on one line and not too long. */
export function textOf(flow: Flow, s: number): string {
  const { texts } = flow.steps[s]!.step
  const text = texts.find(t => t.voice === 'say') ?? texts.find(t => t.voice === 'do' || t.voice === 'any')
  const line = (text?.text ?? '')
    .slice(0, LONGEST_TEXT * 4)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT - 1).trimEnd()}…` : line
}

/** How a path that stops at this event ends, in words; null if it merely is not shown any further. */
export function endingOf(flow: Flow, event: number): string | null {
  if (event >= flow.steps.length) {
    const { outcome } = flow.transitions[event - flow.steps.length]!.transition
    return outcome === undefined ? null : `ends: ${outcome}`
  }
  const { step, transitions } = flow.steps[event]!
  if (step.outcome !== undefined) return `ends: ${step.outcome}`
  if (transitions.length > 0 || step.call) return null
  return step.impliedEnd ? 'the text ends here' : 'leads nowhere'
}

function addNote(at: WitnessStep, note: string): void {
  at.note = at.note === null ? note : `${at.note}; ${note}`
}

function distinct(names: string[]): string[] {
  return [...new Set(names)]
}
