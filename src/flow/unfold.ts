// Unfolds the flow from one entry into the graph of everything that can happen there: each step and each transition
// is an event of its own; calls are cloned per call site, `max` is counted out, facts stay what they were found to be.
import type { Flow } from '../model/flow.ts'
import { type Environments, environmentsOf } from './environment.ts'
import { type Graph, graphOf } from './graph.ts'
import { isFinal, loopsOf } from './loops.ts'

/** How an event stands to the end of a conversation. */
export const GOES_ON = 0
/** Ends with a declared outcome. */
export const ENDS = 1
/** Prose that simply stops: an end, but nobody said how. */
export const IMPLIED_END = 2
/** Leads nowhere and declares no outcome. */
export const DEAD_END = 3
/** Leads to something that could not be found (reported as such, so no conclusion is drawn from it). */
export const BROKEN = 4

export type Unfolding = {
  graph: Graph
  /** Vertex → event: a step by its index, a transition by its index plus the number of steps of the flow. */
  event: Int32Array
  /** Vertex → one of the five ways of ending above. */
  ending: Uint8Array
  /** Vertex → the transition was only inferred by a reader that may be wrong. */
  uncertain: Uint8Array
  /** The vertex of the entry step. Always 0. */
  start: number
  /** Limits, facts or call sites were too many to keep apart; every verdict on such a flow is at most *possible*. */
  merged: boolean
}

/** The most vertices an unfolding may have before limits, facts and call sites are merged (theory.md §1). */
export const MOST_VERTICES = 200_000

/**
 * Prepares a flow for unfolding and returns the function that unfolds it from a step. Preparing is linear in the flow;
 * each unfolding is linear in its result. The flow must carry its choosers (facts matter).
 */
export function unfolder(flow: Flow): (entry: number) => Unfolding {
  const environments = environmentsOf(flow, loopsOf(flow))
  // Scratch, shared by all unfoldings so that many small ones stay cheap: event → vertex in the plain mode.
  const scratch = new Int32Array(flow.steps.length + flow.transitions.length).fill(-1)
  return entry =>
    unfold(flow, entry, environments, scratch, false) ?? unfold(flow, entry, environments, scratch, true)!
}

/** A call site within call sites; 0 is the conversation itself. */
type Context = { parent: number; callStep: number }

/** Null if it grew over the limit (only when not `merged`). */
function unfold(
  flow: Flow,
  entry: number,
  environments: Environments,
  scratch: Int32Array,
  merged: boolean,
): Unfolding | null {
  const stepCount = flow.steps.length
  const eventCount = stepCount + flow.transitions.length
  const contexts: Context[] = [{ parent: 0, callStep: -1 }]
  const contextIds = new Map<number, number>()
  // A mode is a context with an environment; mode 0 is the plain one, which needs no map.
  const modes: { context: number; environment: number }[] = [{ context: 0, environment: environments.empty }]
  const modeIds = new Map<string, number>([[`0,${environments.empty}`, 0]])
  const vertices = new Map<number, number>()
  const event: number[] = []
  const mode: number[] = []
  const from: number[] = []
  const to: number[] = []
  const ending: number[] = []

  const modeOf = (context: number, environment: number): number => {
    const key = `${context},${environment}`
    let id = modeIds.get(key)
    if (id === undefined) {
      id = modes.length
      modes.push({ context, environment })
      modeIds.set(key, id)
    }
    return id
  }
  const vertexOf = (e: number, m: number): number => {
    let v = m === 0 ? scratch[e]! : (vertices.get(m * eventCount + e) ?? -1)
    if (v === -1) {
      v = event.length
      event.push(e)
      mode.push(m)
      if (m === 0) scratch[e] = v
      else vertices.set(m * eventCount + e, v)
    }
    return v
  }
  const contextOf = (parent: number, callStep: number): number => {
    const key = parent * stepCount + callStep
    let id = contextIds.get(key)
    if (id === undefined) {
      id = contexts.length
      contexts.push({ parent, callStep })
      contextIds.set(key, id)
    }
    return id
  }

  vertexOf(entry, 0)
  let overflow = false
  for (let v = 0; v < event.length; v++) {
    if (!merged && event.length > MOST_VERTICES && modes.length > 1) {
      overflow = true
      break
    }
    const e = event[v]!
    const { context, environment } = modes[mode[v]!]!
    const edge = (target: number, c: number, env: number) => {
      from.push(v)
      to.push(vertexOf(target, modeOf(c, env)))
    }
    ending[v] =
      e < stepCount
        ? leaveStep(e, context, environment, edge)
        : leaveTransition(e - stepCount, context, environment, edge)
  }
  for (let v = 0; v < event.length; v++) if (mode[v] === 0) scratch[event[v]!] = -1
  if (overflow) return null

  const uncertain = Uint8Array.from(event, e =>
    e >= stepCount && flow.transitions[e - stepCount]!.transition.uncertain ? 1 : 0,
  )
  return {
    graph: graphOf(event.length, from, to),
    event: Int32Array.from(event),
    ending: Uint8Array.from(ending),
    uncertain,
    start: 0,
    merged,
  }

  type Edge = (event: number, context: number, environment: number) => void

  function leaveStep(s: number, context: number, environment: number, edge: Edge): number {
    const { step, call, transitions } = flow.steps[s]!
    if (call !== null) {
      edge(call, contextOf(merged ? 0 : context, s), environment)
      return GOES_ON
    }
    if (step.outcome !== undefined)
      return finish(step.endsConversation || isFinal(step.outcome), ENDS, context, environment, edge)
    if (follow(transitions, context, environment, edge)) return GOES_ON
    if (step.call !== undefined && transitions.length === 0) return BROKEN
    return step.impliedEnd
      ? finish(step.endsConversation ?? false, IMPLIED_END, context, environment, edge)
      : DEAD_END
  }

  function leaveTransition(t: number, context: number, environment: number, edge: Edge): number {
    const { transition, to: target } = flow.transitions[t]!
    if (target !== null) {
      edge(target, context, merged ? environment : environments.arrive(environment, target))
      return GOES_ON
    }
    if (transition.outcome === undefined) return BROKEN
    return finish(isFinal(transition.outcome), ENDS, context, environment, edge)
  }

  /** An end: of the whole conversation, or of a called playbook, which returns to its caller (or further up). */
  function finish(
    wholeConversation: boolean,
    how: number,
    context: number,
    environment: number,
    edge: Edge,
  ): number {
    let result = how
    for (let c = context; c !== 0 && !wholeConversation; c = contexts[c]!.parent) {
      const { parent, callStep } = contexts[c]!
      const { step, transitions } = flow.steps[callStep]!
      if (step.outcome !== undefined) {
        result = ENDS
        wholeConversation = isFinal(step.outcome)
      } else if (transitions.length > 0) {
        const takeable = follow(transitions, parent, environment, edge)
        return takeable ? GOES_ON : DEAD_END
      }
      // A call without a way on ends where the called playbook ends.
    }
    return result
  }

  function follow(transitions: readonly number[], context: number, environment: number, edge: Edge): boolean {
    let takeable = false
    for (const t of transitions) {
      const next = merged ? environment : environments.take(environment, t)
      if (next === null) continue
      edge(stepCount + t, context, next)
      takeable = true
    }
    return takeable
  }
}
