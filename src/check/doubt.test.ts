// Holds the verdicts against every way in which the doubts of a flow could turn out: what is violated is so in all of them,
// what holds does so in all of them.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ActSketch,
  flowOf,
  type Sketch,
  type StepSketch,
  type WaySketch,
} from '../flow/sketch.test-data.ts'
import type { Chooser } from '../model/act.ts'
import type { Verdict } from '../model/finding.ts'
import type { Check, Rule, Scope } from '../model/rule.ts'
import { check } from './index.ts'

const settings = { seed: 2009, numRuns: Number(process.env.WAYOUT_RUNS ?? 350) }

/** More completions than these are not worth the time. */
const MOST_DOUBTS = 5

const act = (names: string, doubts: readonly ('suspected' | 'hint')[]): fc.Arbitrary<ActSketch> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...names) },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constantFrom(...names), evidence: fc.constantFrom(...doubts) }),
    },
  )
const nameOf = (a: ActSketch) => (typeof a === 'string' ? a : a.act)
/** What must be met may be hinted at; what sets a rule off or is forbidden may be suspected. */
const anyActs = (names: string) =>
  fc.uniqueArray(fc.oneof(act(names, ['suspected']), act('st', ['suspected', 'hint'])), {
    maxLength: 2,
    selector: nameOf,
  })

function sketches(doubtful: string, certain: string): fc.Arbitrary<Sketch> {
  const acts = fc
    .tuple(anyActs(doubtful), fc.subarray([...certain], { maxLength: Math.min(1, certain.length) }))
    .map(([some, sure]) => [...some, ...sure])
  return fc.integer({ min: 1, max: 4 }).chain(count => {
    const to = fc.oneof(
      { weight: 5, arbitrary: fc.nat(count - 1) },
      { weight: 1, arbitrary: fc.constantFrom('resolved' as const, 'kept' as const) },
    )
    const way: fc.Arbitrary<WaySketch> = fc.oneof(
      { weight: 4, arbitrary: fc.record({ to, acts }) },
      { weight: 1, arbitrary: fc.record({ to, uncertain: fc.constant(true) }) },
    )
    const step: fc.Arbitrary<StepSketch> = fc.oneof(
      { weight: 5, arbitrary: fc.record({ acts, ways: fc.array(way, { minLength: 1, maxLength: 2 }) }) },
      { weight: 1, arbitrary: fc.record({ acts, end: fc.constant('resolved' as const) }) },
      { weight: 1, arbitrary: fc.record({ acts, stops: fc.constant(true) }) },
    )
    return fc.tuple(fc.array(step, { minLength: count, maxLength: count })).map(playbooks => ({ playbooks }))
  })
}

const SCOPES: (Scope | undefined)[] = [undefined, { after: 'q' }, { after: 'q', until: 'r' }]
const anyScope = fc.constantFrom(...SCOPES)

const anyCheck: fc.Arbitrary<Check> = fc.oneof(
  anyScope.map((scope): Check => ({ check: 'absence', of: 'p', ...(scope && { scope }) })),
  fc
    .tuple(anyScope, fc.nat(1))
    .map(([scope, max]): Check => ({ check: 'bound', of: 'p', max, ...(scope && { scope }) })),
  anyScope.map((scope): Check => ({ check: 'existence', of: 's', ...(scope && { scope }) })),
  anyScope.map((scope): Check => ({ check: 'precedence', first: 's', before: 'p', ...(scope && { scope }) })),
  fc
    .constantFrom<Check>(
      { check: 'response', to: 'p', then: ['s'] },
      { check: 'response', to: 'p', then: ['s', 't'] },
      { check: 'response', to: 'p', then: ['s'], within: 1 },
    )
    .map(c => c),
  anyScope.map((scope): Check => ({ check: 'reachable', from: 'p', to: 's', ...(scope && { scope }) })),
)

function verdictOf(sketch: Sketch, rule: Check): Verdict {
  const whole = {
    ...rule,
    id: 'test',
    title: '',
    why: '',
    story: '',
    severity: 'error',
    message: '{step}',
    fix: '',
    law: [],
    examples: { bad: [], good: [] },
  } as Rule
  const { rules, faults } = check(flowOf(sketch), {
    rules: [whole],
    opposite: () => false,
    canRead: () => true,
  })
  expect(faults).toEqual([])
  return rules[0]!.verdict
}

/** Every way in which the doubts can turn out; undefined if there are too many. */
function completions(sketch: Sketch): Sketch[] | undefined {
  let all: Sketch[] = [{ playbooks: [[]] }]
  let doubts = 0
  const choose = <T>(options: T[]): T[] => {
    if (options.length > 1) doubts++
    return options
  }
  const acts = (list: ActSketch[] = []): ActSketch[][] =>
    list.reduce<ActSketch[][]>(
      (ways, a) =>
        typeof a === 'string'
          ? ways.map(w => w.concat(a))
          : choose([true, false]).flatMap(is => ways.map(w => (is ? w.concat(a.act) : w))),
      [[]],
    )
  for (const step of sketch.playbooks[0]!) {
    const ways = (step.ways ?? []).reduce<WaySketch[][]>(
      (lists, { uncertain, ...way }) => {
        const deciders = way.by === 'unknown' ? choose<Chooser>(['customer', 'agent']) : [way.by ?? null]
        const here = acts(way.acts).flatMap(a =>
          deciders.flatMap(by => lists.map(list => list.concat({ ...way, by, acts: a }))),
        )
        return uncertain ? choose([true, false]).flatMap(is => (is ? here : lists)) : here
      },
      [[]],
    )
    // Where the text stops, the conversation ends or goes on where nobody can see it.
    const ends: StepSketch[] = step.stops
      ? choose<StepSketch>([{ end: 'resolved' }, { ways: [{ to: 'nowhere' }] }])
      : [step.end ? { end: step.end } : {}]
    if (doubts > MOST_DOUBTS) return undefined
    const steps = acts(step.acts).flatMap(a =>
      ends.flatMap(end =>
        ways.map((w): StepSketch => ({ acts: a, ...(w.length > 0 && { ways: w }), ...end })),
      ),
    )
    all = all.flatMap(({ playbooks: [before] }) => steps.map(s => ({ playbooks: [[...before!, s]] })))
  }
  return doubts > MOST_DOUBTS ? undefined : all
}

function isSound(sketch: Sketch, rule: Check): void {
  const verdict = verdictOf(sketch, rule)
  if (verdict === 'possible') return
  const all = completions(sketch)
  if (!all) return
  const outcomes = all.map(each => verdictOf(each, rule) === 'violated')
  expect(outcomes).toEqual(outcomes.map(() => verdict === 'violated'))
}

test('a verdict is right however the doubts turn out', () => {
  fc.assert(fc.property(sketches('pst', 'qr'), anyCheck, isSound), settings)
})

test('also where the beginning and the end of a scope are in doubt', () => {
  fc.assert(fc.property(sketches('pqrst', ''), anyCheck, isSound), settings)
})

/** Steps in which several decide, perhaps nobody knows who. */
const anyTalk = ({ check: name }: Check): fc.Arbitrary<Sketch> =>
  fc.integer({ min: 2, max: 4 }).chain(count => {
    const to = fc.oneof(
      { weight: 6, arbitrary: fc.nat(count - 1) },
      { weight: 1, arbitrary: fc.constantFrom('resolved' as const, 'kept' as const) },
    )
    const acts = fc.uniqueArray(fc.oneof(act('pt', ['suspected']), act('s', ['suspected', 'hint'])), {
      maxLength: 2,
      selector: nameOf,
    })
    const way: fc.Arbitrary<WaySketch> = fc
      .record({
        to,
        acts,
        by: fc.constantFrom<Chooser | null>('customer', 'customer', 'agent', 'world', 'unknown', null),
        // What stands somewhere in the playbook stands there, whichever way leads to it.
        uncertain: fc.constantFrom(false, false, name !== 'existence'),
      })
      .map(({ uncertain, by, ...rest }) => ({
        ...rest,
        by,
        ...(by && { when: 'so' }),
        ...(uncertain && { uncertain }),
      }))
    const step: fc.Arbitrary<StepSketch> = fc.oneof(
      { weight: 5, arbitrary: fc.record({ acts, ways: fc.array(way, { minLength: 1, maxLength: 3 }) }) },
      { weight: 1, arbitrary: fc.record({ acts, end: fc.constant('resolved' as const) }) },
      // How prose ends that simply stops is not the business of rules about certain ends.
      {
        weight: name === 'existence' || name === 'reachable' ? 0 : 1,
        arbitrary: fc.record({ acts, stops: fc.constant(true) }),
      },
    )
    return fc.tuple(fc.array(step, { minLength: count, maxLength: count })).map(playbooks => ({ playbooks }))
  })

const force = { check: 'can_force', from: 'p', to: 's' } as const
describe('and where it is in doubt who decides', () => {
  test.each<[Check]>([
    [force],
    [{ ...force, strength: 'guaranteed' }],
    [{ ...force, strength: 'discretionary' }],
    [{ ...force, avoiding: 't' }],
    [{ ...force, released_by: 't' }],
    [{ ...force, at_most: { t: 1 } }],
    [{ check: 'cycle', through: 'p', need: 'forbidden' }],
    [{ check: 'cycle', through: 'p', need: 'exit' }],
    [{ check: 'cycle', through: 'p', need: 'exit', to: 's' }],
    [{ check: 'cycle', through: 'p', need: 'customer-exit' }],
    [{ check: 'cycle', through: 'p', need: 'customer-exit', to: 's' }],
    [{ check: 'existence', of: 's', at: { outcome: 'resolved' } }],
    [{ check: 'existence', of: 's', in: 'playbook', given: 'p' }],
    [{ check: 'precedence', first: 's', before: 'p', only_where: { later: 't' } }],
    [{ check: 'precedence', first: 's', before: 'p', only_where: { passed: 't' } }],
    [{ check: 'reachable', from: 'p', to: 's', avoiding: 't', within: 2 }],
  ])('%j', rule => {
    fc.assert(
      fc.property(anyTalk(rule), sketch => isSound(sketch, rule)),
      settings,
    )
  })
})
