// What a conversation has settled so far: facts found out and how often limited transitions were taken, interned as numbers.
import type { Flow } from '../model/flow.ts'
import type { Loops } from './loops.ts'

/** An environment is a number; `empty` is the one in which nothing is settled. */
export type Environments = {
  empty: number
  /** The environment after taking transition `t`, or null if it cannot be taken: limit used up, or facts contradict. */
  take(environment: number, t: number): number | null
  /** Forgets what can no longer matter at step `s`, so that paths meet again. */
  arrive(environment: number, s: number): number
}

/** What one transition demands of the facts and does to the counters. */
type Effect = {
  /** Values of a fact that are still possible after taking it, as bits. */
  facts: { fact: number; allowed: number }[]
  /** Index of its counter, if limited. */
  counter: number
}

type Settled = { facts: Map<number, number>; counters: Map<number, number> }

const EVERY_VALUE = 2 ** 31 - 1

/**
 * Counters live only as long as the conversation stays in the loop of their transition. Only facts that can be tested
 * twice are tracked: others cannot contradict themselves.
 */
export function environmentsOf(flow: Flow, loops: Loops): Environments {
  const { effects, loopOfCounter, domains } = effectsOf(flow, loops)
  const all: Settled[] = [{ facts: new Map(), counters: new Map() }]
  const ids = new Map<string, number>([['|', 0]])

  function intern(settled: Settled): number {
    const write = (map: Map<number, number>) =>
      [...map]
        .sort((a, b) => a[0] - b[0])
        .map(([k, v]) => `${k}=${v}`)
        .join()
    const key = `${write(settled.facts)}|${write(settled.counters)}`
    let id = ids.get(key)
    if (id === undefined) {
      id = all.length
      all.push(settled)
      ids.set(key, id)
    }
    return id
  }

  return {
    empty: 0,
    take(environment, t) {
      const effect = effects[t]
      if (!effect) return environment
      const before = all[environment]!
      const facts = new Map(before.facts)
      for (const { fact, allowed } of effect.facts) {
        const left = (facts.get(fact) ?? domains[fact]!) & allowed
        if (left === 0) return null
        facts.set(fact, left)
      }
      const counters = new Map(before.counters)
      if (effect.counter >= 0) {
        const taken = counters.get(effect.counter) ?? 0
        if (taken >= flow.transitions[t]!.transition.max!) return null
        counters.set(effect.counter, taken + 1)
      }
      return intern({ facts, counters })
    },
    arrive(environment, s) {
      const { facts, counters } = all[environment]!
      if (counters.size === 0) return environment
      const kept = new Map([...counters].filter(([counter]) => loopOfCounter[counter] === loops.of[s]))
      return kept.size === counters.size ? environment : intern({ facts, counters: kept })
    },
  }
}

function effectsOf(
  flow: Flow,
  loops: Loops,
): { effects: (Effect | undefined)[]; loopOfCounter: number[]; domains: number[] } {
  const facts = factsOf(flow, loops)
  const effects: (Effect | undefined)[] = new Array(flow.transitions.length)
  const loopOfCounter: number[] = []
  for (const step of flow.steps) {
    const tests = step.transitions.map(t => testOf(flow, t, facts))
    const untold = step.transitions.some((t, i) => isFact(flow, t) && tests[i] === null)
    // Facts are decided first: whoever gets to another choice has failed all tests of this step. (Of several facts
    // tested together it is not known which one failed.)
    const failed = untold
      ? []
      : tests
          .filter((test, i) => test?.length === 1 && testsOf(flow, step.transitions[i]!).length === 1)
          .map(test => ({ fact: test![0]!.fact, allowed: EVERY_VALUE & ~test![0]!.allowed }))
    for (const [i, t] of step.transitions.entries()) {
      const left = tests[i] ?? (maybeFact(flow, t) ? [] : failed)
      let counter = -1
      if (flow.transitions[t]!.transition.max !== undefined) {
        counter = loopOfCounter.length
        loopOfCounter.push(loops.of[flow.transitions[t]!.from]!)
      }
      if (left.length > 0 || counter >= 0) effects[t] = { facts: left, counter }
    }
  }
  return { effects, loopOfCounter, domains: facts.domains }
}

function isFact(flow: Flow, t: number): boolean {
  const { transition, chooser, chooserEvidence } = flow.transitions[t]!
  if (transition.otherwise) return false
  return (
    transition.fact !== undefined ||
    (chooser === 'fact' && (chooserEvidence === 'declared' || chooserEvidence === 'recognised'))
  )
}

/** A test of a fact, or what is suspected to be one. */
function maybeFact(flow: Flow, t: number): boolean {
  const { transition, chooser } = flow.transitions[t]!
  return isFact(flow, t) || (chooser === 'fact' && !transition.otherwise)
}

type Facts = {
  names: Map<string, { id: number; values: Map<string, number>; declared: boolean }>
  /** The step at which each fact is tested; -1 if it can be tested twice: at several steps, or in a loop. */
  testedAt: number[]
  /** The values each fact can have, as bits; one that is not declared may also be something else, or not so. */
  domains: number[]
}

function factsOf(flow: Flow, loops: Loops): Facts {
  const facts: Facts = { names: new Map(), testedAt: [], domains: [] }
  for (const [t, { from }] of flow.transitions.entries()) {
    if (!isFact(flow, t)) continue
    const declared = flow.playbooks[flow.steps[from]!.playbook]!.playbook.facts
    for (const [name, value] of testsOf(flow, t)) {
      let fact = facts.names.get(name)
      if (!fact) {
        fact = { id: facts.names.size, values: new Map(), declared: false }
        facts.names.set(name, fact)
        facts.testedAt.push(from)
      }
      const domain = (name.startsWith('fact:') && declared.get(name.slice('fact:'.length))) || []
      fact.declared ||= domain.length > 0
      for (const v of [...domain, value]) if (!fact.values.has(v)) fact.values.set(v, fact.values.size)
      if (facts.testedAt[fact.id] !== from || loops.again[from]) facts.testedAt[fact.id] = -1
    }
  }
  for (const { values, declared } of facts.names.values())
    facts.domains.push(2 ** Math.min(values.size + (declared ? 0 : 1), 31) - 1)
  // Where every value has its answer, nobody is left for "otherwise": to know that, the fact must be tracked.
  for (const { transitions } of flow.steps) {
    const tested = new Map<number, number>()
    for (const t of transitions) {
      if (!isFact(flow, t)) continue
      for (const [name, value] of testsOf(flow, t)) {
        const { id, values } = facts.names.get(name)!
        const bits = (tested.get(id) ?? 0) | (1 << Math.min(values.get(value)!, 30))
        tested.set(id, bits)
        if (bits === facts.domains[id]) facts.testedAt[id] = -1
      }
    }
  }
  return facts
}

/** Name and value of each test of a transition: facts keep their name throughout a conversation, whichever file tests them. */
function testsOf(flow: Flow, t: number): [string, string][] {
  const { transition } = flow.transitions[t]!
  if (transition.fact) return [...transition.fact].map(([name, value]) => [`fact:${name}`, value])
  const words = transition.when?.text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim() ?? ''
  return [[`words:${words}`, 'so']]
}

/** What the test of a transition leaves possible; null if it is no test, or one of too many values to track. */
function testOf(flow: Flow, t: number, { names, testedAt }: Facts): Effect['facts'] | null {
  if (!isFact(flow, t)) return null
  const result: Effect['facts'] = []
  for (const [name, value] of testsOf(flow, t)) {
    const fact = names.get(name)!
    // 30 values and "none of them" fit into the bits of a number.
    if (fact.values.size > 29) return null
    if (testedAt[fact.id] !== -1) continue
    result.push({ fact: fact.id, allowed: 1 << fact.values.get(value)! })
  }
  return result
}
