// How surely each step and transition of the flow meets a condition of a rule: not, by a hint, probably, certainly.
import { ACTS, type Act, type By, isCertain } from '../model/act.ts'
import type { Flow } from '../model/flow.ts'
import type { Condition } from '../model/rule.ts'
import { durationOf } from './duration.ts'

/** 0 not, 1 a hint (or words that stand elsewhere), 2 suspected, 3 declared or recognised. One byte an event of the flow. */
export type Levels = Uint8Array
export const HINT = 1
export const SUSPECTED = 2
export const CERTAIN = 3

/**
 * What the condition is for. A *demand* is to be met, so doubt counts in its favour: a step whose words stand elsewhere
 * may meet it, and an act that satisfies another counts. A *trigger* sets a rule off or is forbidden.
 */
export type Role = 'trigger' | 'demand'

/** Answers conditions for one flow, each computed once. Events are numbered as in `Unfolding`: steps, then transitions. */
export type Conditions = (condition: Condition, role: Role) => Levels

export function conditionsOf(
  flow: Flow,
  acts: Readonly<Record<string, { by: By; kindOf?: string }>> = ACTS,
): Conditions {
  // By the object a rule holds, and by what it says: rules share conditions.
  const byObject = { trigger: new WeakMap<object, Levels>(), demand: new WeakMap<object, Levels>() }
  const byText = new Map<string, Levels>()
  const steps = flow.steps.length
  const events = steps + flow.transitions.length
  let placesOf: ReturnType<typeof placesOfActs> | undefined

  const levelsOf: Conditions = (condition, role) => {
    const known = typeof condition === 'object' ? byObject[role].get(condition) : undefined
    if (known) return known
    const text = `${role} ${JSON.stringify(condition)}`
    let levels = byText.get(text)
    if (!levels) {
      levels = compute(condition, role)
      byText.set(text, levels)
    }
    if (typeof condition === 'object') byObject[role].set(condition, levels)
    return levels
  }
  return levelsOf

  function compute(condition: Condition, role: Role): Levels {
    if (typeof condition === 'string')
      return condition.startsWith('@') ? builtIn(condition) : actLevels({ act: condition }, role)
    if ('any' in condition) return combine(condition.any, role, Math.max, 0)
    if ('all' in condition) return combine(condition.all, role, Math.min, CERTAIN)
    if ('not' in condition)
      return levelsOf(condition.not, role === 'trigger' ? 'demand' : 'trigger').map(level => CERTAIN - level)
    if ('outcome' in condition) {
      const wanted = [condition.outcome].flat()
      return fill(e => {
        const outcome =
          e < steps ? flow.steps[e]!.step.outcome : flow.transitions[e - steps]!.transition.outcome
        return outcome !== undefined && wanted.includes(outcome) ? CERTAIN : 0
      })
    }
    if ('about' in condition) {
      return fill(e => {
        if (e < steps) return 0
        const { topics, chooser } = flow.transitions[e - steps]!
        if (!topics.includes(condition.about)) return 0
        return condition.by === undefined || (chooser !== null && condition.by.includes(chooser))
          ? CERTAIN
          : 0
      })
    }
    if ('again' in condition) return fill(() => 0) // needs the path so far: see `scope.ts`
    return actLevels(condition, role)
  }

  function fill(levelAt: (event: number) => number): Levels {
    const levels = new Uint8Array(events)
    for (let e = 0; e < events; e++) levels[e] = levelAt(e)
    return levels
  }

  function combine(
    conditions: Condition[],
    role: Role,
    of: (a: number, b: number) => number,
    initial: number,
  ): Levels {
    const result = new Uint8Array(events).fill(initial)
    for (const condition of conditions) {
      const levels = levelsOf(condition, role)
      for (let e = 0; e < events; e++) result[e] = of(result[e]!, levels[e]!)
    }
    return result
  }

  function actLevels(
    wanted: { act: string; by?: string; where?: Record<string, unknown>; exactly?: boolean },
    role: Role,
  ): Levels {
    const levels = new Uint8Array(events)
    for (const [name, places] of (placesOf ??= placesOfActs(flow))) {
      if (!meansAct(acts, name, wanted.act, role, wanted.exactly ?? false)) continue
      for (const [e, act] of places) {
        if (e >= steps && wanted.by !== undefined && flow.transitions[e - steps]!.chooser !== wanted.by)
          continue
        const matched = wanted.where === undefined || matches(act, wanted.where)
        levels[e] = Math.max(levels[e]!, matched ? levelOf(act) : mayMatch(act, role) ? HINT : 0)
      }
    }
    if (role === 'demand' && (acts[wanted.act]?.by ?? 'company') === 'company') {
      for (let s = 0; s < steps; s++) {
        const { step } = flow.steps[s]!
        if (levels[s] === 0 && step.wordsElsewhere !== undefined && step.declaredActs === undefined)
          levels[s] = HINT
      }
    }
    return levels
  }

  function builtIn(name: string): Levels {
    if (name === '@step') return fill(e => (e < steps ? CERTAIN : 0))
    if (name === '@end') {
      return fill(e => {
        const end = e < steps ? flow.steps[e]!.step : flow.transitions[e - steps]!.transition
        if (end.outcome !== undefined) return CERTAIN
        return e < steps && flow.steps[e]!.step.impliedEnd && flow.steps[e]!.transitions.length === 0
          ? SUSPECTED
          : 0
      })
    }
    if (name === '@customer-facing') return fill(e => (e < steps ? customerFacing(flow, e, acts) : 0))
    if (name === '@automated') return fill(e => (e < steps ? automated(flow, e) : 0))
    throw new Error(`unknown condition "${name}"`)
  }
}

/** By name of an act, the events at which it occurs: most acts occur at few. */
function placesOfActs({ steps, transitions }: Flow): Map<string, [event: number, act: Act][]> {
  const places = new Map<string, [number, Act][]>()
  for (const [e, { acts }] of [...steps, ...transitions].entries()) {
    for (const act of acts) {
      const known = places.get(act.act)
      if (known) known.push([e, act])
      else places.set(act.act, [[e, act]])
    }
  }
  return places
}

/** A step with words said, or with an act of the company towards the customer (design §11.16). */
function customerFacing(flow: Flow, s: number, acts: Readonly<Record<string, { by: By }>>): number {
  const { step, acts: found } = flow.steps[s]!
  if (step.texts.some(t => t.voice === 'say' && t.text.trim() !== '')) return CERTAIN
  let level = 0
  for (const act of found)
    if ((acts[act.act]?.by ?? act.by) === 'company' && !BETWEEN_COLLEAGUES.has(act.act))
      level = Math.max(level, levelOf(act))
  return level
}

/** Acts of the company that need not happen in front of the customer. */
const BETWEEN_COLLEAGUES: ReadonlySet<string> = new Set([
  'policy',
  'exception',
  'ask-if-unsure',
  'complaint-logged',
  'obstruction-instruction',
  'company-fault',
])

/** A bot's step, a step of a playbook that is only for IVR, or automated trouble-shooting (design §11.16). */
function automated(flow: Flow, s: number): number {
  const { step, acts, playbook } = flow.steps[s]!
  if (step.automated) return CERTAIN
  const { channels } = flow.playbooks[playbook]!.playbook
  if (channels.length > 0 && channels.every(c => c === 'ivr')) return CERTAIN
  // Trouble-shooting that was only read from words may be a person's, who has the customer on the line.
  const found = acts.filter(a => a.act === 'automated-diagnostics')
  return Math.max(
    0,
    ...found.map(a => (a.evidence === 'declared' ? CERTAIN : Math.min(levelOf(a), SUSPECTED))),
  )
}

/** Whether `act` counts as `wanted`: the same, a kind of it, or (for a demand) something that satisfies it. */
export function meansAct(
  acts: Readonly<Record<string, { kindOf?: string }>>,
  act: string,
  wanted: string,
  role: Role,
  exactly = false,
): boolean {
  if (act === wanted) return true
  if (exactly) return false
  for (let kind = acts[act]?.kindOf; kind !== undefined; kind = acts[kind]?.kindOf)
    if (kind === wanted) return true
  return role === 'demand' && ACTS[act]?.satisfies === wanted
}

/** An act of the right kind that lacks what is asked for may still have it, in words, unless its author left it out of a list. */
function mayMatch(act: Act, role: Role): boolean {
  return role === 'demand' && (act.evidence !== 'declared' || Object.keys(act.attributes).length === 0)
}

function levelOf(act: Act): number {
  if (isCertain(act.evidence)) return CERTAIN
  return act.evidence === 'suspected' ? SUSPECTED : HINT
}

/**
 * Whether the attributes of an act are as asked: a plain value must be equal; `{present: true}` any value;
 * `{missing: true}` none; `{one_of: […]}` one of them; `{at_most: "5 min"}` a duration or number no greater.
 */
export function matches(act: Act, where: Record<string, unknown>): boolean {
  if (Array.isArray(where.any)) return where.any.some(w => matches(act, w as Record<string, unknown>))
  return Object.entries(where).every(([name, wanted]) => {
    const value = act.attributes[name]
    if (typeof wanted !== 'object' || wanted === null)
      return value === wanted || String(value) === String(wanted)
    const asked = wanted as { present?: true; missing?: true; one_of?: unknown[]; at_most?: unknown }
    if (asked.missing) return value === undefined || value === null || value === ''
    if (value === undefined || value === null || value === '') return false
    if (asked.one_of) return asked.one_of.some(v => String(v) === String(value))
    if (asked.at_most !== undefined) {
      const limit = durationOf(asked.at_most) ?? Number(asked.at_most)
      const amount = durationOf(value) ?? Number(value)
      return amount <= limit
    }
    return true
  })
}
