// What can happen in a conversation, told in the plainest way: the slow but obvious counterpart of `unfold.ts`, for tests.
import type { Outcome } from '../model/act.ts'
import type { Sketch, StepSketch, WaySketch } from './sketch.test-data.ts'

/**
 * A moment of a conversation. `possible`: the customers, as lists of their facts, who can have come this far; `taken`:
 * how often each limited way was taken; `calls`: the steps that wait for a called playbook to come back.
 */
export type Moment = { event: number; calls: number[]; possible: Customer[]; taken: Record<number, number> }
type Customer = Record<string, string>

/** How it goes on: the moments that may be next, or why there are none. */
export type Onward = { next: Moment[] } | { over: 'ends' | 'stops' | 'dead end' | 'target unknown' }

/**
 * Reads a sketch aloud: the first moment of a conversation that starts at a step, and what may follow any moment.
 * Events are numbered as in an unfolding: steps, then transitions. `refused`: steps whose call is not followed.
 */
export function conversationOf(
  sketch: Sketch,
  refused: ReadonlySet<number>,
): { first(step: number): Moment; onward(moment: Moment): Onward } {
  const steps = sketch.playbooks.flat()
  const ways: { way: WaySketch; from: number; number: number }[] = []
  for (const [from, step] of steps.entries())
    for (const way of step.ways ?? []) ways.push({ way, from, number: ways.length })
  const customers = everyCustomer(sketch, steps)

  const onward = (moment: Moment): Onward => {
    if (moment.event >= steps.length) {
      const { to } = ways[moment.event - steps.length]!.way
      if (to === 'nowhere') return { over: 'target unknown' }
      if (typeof to === 'number') return { next: [{ ...moment, event: to }] }
      return finished(to, moment)
    }
    const step = steps[moment.event]!
    if (typeof step.call === 'number' && !refused.has(moment.event))
      return { next: [{ ...moment, event: step.call, calls: [...moment.calls, moment.event] }] }
    if (step.end) return finished(step.end, moment)
    const next = choices(moment.event, moment)
    if (next.length > 0) return { next }
    if (step.stops) return finished(undefined, moment)
    return { over: step.call !== undefined && !step.ways?.length ? 'target unknown' : 'dead end' }
  }

  /** A playbook ends: the conversation with it, or the caller goes on. */
  function finished(outcome: Outcome | undefined, moment: Moment): Onward {
    const over = { over: outcome === undefined ? ('stops' as const) : ('ends' as const) }
    if (moment.calls.length === 0 || outcome === 'cancelled' || outcome === 'abandoned') return over
    const caller = moment.calls[moment.calls.length - 1]!
    const back = { ...moment, calls: moment.calls.slice(0, -1) }
    const { end, ways: onwards } = steps[caller]!
    if (end) return finished(end, back)
    if (!onwards?.length) return finished(outcome, back)
    const next = choices(caller, back)
    return next.length > 0 ? { next } : { over: 'dead end' }
  }

  function choices(step: number, moment: Moment): Moment[] {
    const tests = (steps[step]!.ways ?? []).filter(isTest)
    const next: Moment[] = []
    for (const { way, from, number } of ways) {
      if (from !== step) continue
      const possible = moment.possible.filter(customer =>
        isTest(way) ? holds(way, customer) : !tests.some(test => holds(test, customer)),
      )
      const count = (moment.taken[number] ?? 0) + 1
      if (possible.length === 0 || count > (way.max ?? Infinity)) continue
      const taken = way.max === undefined ? moment.taken : { ...moment.taken, [number]: count }
      next.push({ event: steps.length + number, calls: moment.calls, possible, taken })
    }
    return next
  }

  return { first: event => ({ event, calls: [], possible: customers, taken: {} }), onward }
}

function isTest(way: WaySketch): boolean {
  return !way.otherwise && (way.fact !== undefined || way.by === 'fact')
}

function testsOf(way: WaySketch): [string, string][] {
  if (!way.fact) return [[`words ${way.when ?? ''}`, 'so']]
  return Object.entries(way.fact).map(([name, value]) => [`fact ${name}`, value])
}

function holds(way: WaySketch, customer: Customer): boolean {
  return testsOf(way).every(([name, value]) => customer[name] === value)
}

/** Every customer there can be: every fact that is tested anywhere with every value it can have. */
function everyCustomer(sketch: Sketch, steps: StepSketch[]): Customer[] {
  const values = new Map<string, Set<string>>()
  for (const way of steps.flatMap(step => step.ways ?? [])) {
    if (!isTest(way)) continue
    for (const [name, value] of testsOf(way)) {
      const declared = sketch.facts?.[name.replace('fact ', '')]
      if (!values.has(name)) values.set(name, new Set(declared ?? ['something else']))
      values.get(name)!.add(value)
    }
  }
  let customers: Customer[] = [{}]
  for (const [name, all] of values)
    customers = customers.flatMap(customer => [...all].map(value => ({ ...customer, [name]: value })))
  return customers
}
