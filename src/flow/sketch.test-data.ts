// Flows drawn with few strokes for tests: steps are numbers, acts are names, and every doubt can be chosen.
import type { Act, Chooser, Evidence, Outcome } from '../model/act.ts'
import { ACTS } from '../model/act.ts'
import type { Flow } from '../model/flow.ts'
import type { Document, Playbook, Step, Target, Transition } from '../model/playbook.ts'
import { link } from './link.ts'

/** An act by its name, or with the evidence for it and its attributes. */
export type ActSketch = string | { act: string; evidence?: Evidence; attributes?: Record<string, unknown> }

/** `to`: a step by its number, an outcome, or `nowhere` for a target that does not exist. */
export type WaySketch = {
  to: number | Outcome | 'nowhere'
  by?: Chooser | null
  when?: string
  acts?: ActSketch[]
  fact?: Record<string, string>
  otherwise?: boolean
  max?: number
  uncertain?: boolean
}

export type StepSketch = {
  acts?: ActSketch[]
  say?: string
  ways?: WaySketch[]
  call?: number | 'nowhere'
  end?: Outcome
  /** The text stops here without saying how it ends. */
  stops?: boolean
}

/** Steps are numbered through all playbooks of the sketch; each playbook starts with its first step. */
export type Sketch = { facts?: Record<string, string[]>; playbooks: StepSketch[][] }

/** The flow of a sketch, linked by the linker and filled in as the recogniser would. Conversations start at step 0. */
export function flowOf(sketch: Sketch): Flow {
  const flow = link([documentOf(sketch)])
  const steps = sketch.playbooks.flat()
  for (const [s, step] of flow.steps.entries()) {
    step.acts = actsOf(steps[s]!.acts, s)
    for (const [i, t] of step.transitions.entries()) {
      const way = steps[s]!.ways![i]!
      const transition = flow.transitions[t]!
      transition.chooser = way.fact ? 'fact' : way.by === undefined ? (way.when ? 'customer' : null) : way.by
      transition.acts = actsOf(way.acts, s)
    }
  }
  return flow
}

function documentOf({ playbooks, facts = {} }: Sketch): Document {
  const places = playbooks.flatMap((steps, playbook) => steps.map((_, i) => ({ playbook, step: `s${i}` })))
  let line = 1
  const here = () => {
    const point = { line, column: 1 }
    return { start: point, end: { line, column: 2 } }
  }
  const target = (to: number | 'nowhere'): Target => ({
    text: `${to}`,
    range: here(),
    ...(to === 'nowhere' ? { step: 'nowhere' } : places[to]!),
  })
  const transitionOf = (way: WaySketch): Transition => {
    const transition: Transition = { range: here(), kind: 'go' }
    if (typeof way.to === 'number' || way.to === 'nowhere') transition.to = target(way.to)
    else transition.outcome = way.to
    if (way.when !== undefined) transition.when = { text: way.when, marks: [{ at: 0, line, column: 1 }] }
    if (way.fact) transition.fact = new Map(Object.entries(way.fact))
    if (way.otherwise) transition.otherwise = true
    if (way.max !== undefined) transition.max = way.max
    if (way.uncertain) transition.uncertain = true
    return transition
  }
  const stepOf = (sketch: StepSketch, i: number): Step => {
    line++
    const step: Step = { id: `s${i}`, title: `Step ${i}`, range: here(), texts: [], transitions: [] }
    if (sketch.say !== undefined)
      step.texts.push({ text: sketch.say, marks: [{ at: 0, line, column: 1 }], voice: 'say' })
    if (sketch.call !== undefined) step.call = target(sketch.call)
    if (sketch.end !== undefined) step.outcome = sketch.end
    if (sketch.stops) step.impliedEnd = true
    step.transitions = (sketch.ways ?? []).map(way => {
      line++
      return transitionOf(way)
    })
    return step
  }
  const books = playbooks.map(
    (steps, i): Playbook => ({
      title: `Playbook ${i}`,
      range: here(),
      channels: [],
      starts: [{ step: 's0' }],
      facts: new Map(Object.entries(facts)),
      steps: steps.map(stepOf),
    }),
  )
  return {
    path: 'sketch.yaml',
    format: 'yaml',
    playbooks: books,
    problems: [],
    unread: [],
    anchors: new Map(),
    comments: [],
  }
}

function actsOf(acts: ActSketch[] = [], line: number): Act[] {
  const range = { start: { line: line + 1, column: 1 }, end: { line: line + 1, column: 2 } }
  return acts.map(sketch => {
    const {
      act,
      evidence = 'declared',
      attributes = {},
    } = typeof sketch === 'string' ? { act: sketch } : sketch
    const found: Act = { act, evidence, by: ACTS[act]?.by ?? 'company', attributes, range }
    if (evidence !== 'declared') found.phrase = `words for ${act}`
    return found
  })
}
