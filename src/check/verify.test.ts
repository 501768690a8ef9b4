// Certificates prove what the engine found, on every fixture and on random flows; and what was tampered with is refused.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flowOf, type Sketch, type StepSketch, type WaySketch } from '../flow/sketch.test-data.ts'
import { unfolder } from '../flow/unfold.ts'
import { readFlow } from '../index.ts'
import type { Chooser } from '../model/act.ts'
import type { Lost, Proof, Proved } from '../model/certificate.ts'
import type { Flow } from '../model/flow.ts'
import type { Check, Rule, Scope } from '../model/rule.ts'
import { builtInRules } from '../ruleset/load.ts'
import { anyTalk } from './can-force.test-data.ts'
import { check } from './index.ts'
import { type Prover, prover } from './prover.ts'
import { flawOf } from './verify.ts'

const settings = { seed: 1993, numRuns: Number(process.env.WAYOUT_RUNS ?? 400) }

function proved(flow: Flow, rules: readonly Rule[]): Prover & { verdicts: string[] } {
  const proving = prover()
  const { faults, rules: verdicts } = check(flow, {
    rules,
    opposite: () => false,
    canRead: () => true,
    prover: proving,
  })
  expect(faults).toEqual([])
  return { ...proving, verdicts: verdicts.map(v => v.verdict) }
}

const ruleOf = (demand: Check): Rule =>
  ({
    ...demand,
    id: 'test',
    title: '',
    why: '',
    story: '',
    severity: 'error',
    message: '{step}',
    fix: '',
    law: [],
    examples: { bad: [], good: [] },
  }) as Rule

const act = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('p', 'p', 's', 'q', 'r', 't') },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('p'),
      attributes: fc.constantFrom<Record<string, unknown>>(
        { team: 'north', items: ['name', 'number'], max: '3 min' },
        { team: 'south', items: ['number'], max: '2 hours' },
        { team: 'south', max: 'PT30S' },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constantFrom('p', 's', 'q', 'r', 't'),
      evidence: fc.constantFrom<'suspected' | 'hint'>('suspected', 'hint'),
    }),
  },
)
const acts = fc.array(act, { maxLength: 2 })

const decider = fc.constantFrom<Chooser>('customer', 'customer', 'agent', 'world', 'fact', 'unknown')

/** Flows with every kind of end, acts on steps and choices, loops, and doubts of every kind. */
const anySketch: fc.Arbitrary<Sketch> = fc.integer({ min: 1, max: 7 }).chain(count => {
  const to = fc.oneof(
    { weight: 8, arbitrary: fc.nat(count - 1) },
    { weight: 1, arbitrary: fc.constantFrom('resolved' as const, 'kept' as const, 'nowhere' as const) },
  )
  const way: fc.Arbitrary<WaySketch> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ to }) },
    { weight: 2, arbitrary: fc.record({ to, acts }) },
    { weight: 3, arbitrary: fc.record({ to, acts, by: decider, when: fc.constantFrom('so', 'thus') }) },
    {
      weight: 1,
      arbitrary: fc.record({ to, by: decider, when: fc.constant('so'), uncertain: fc.constant(true) }),
    },
    { weight: 1, arbitrary: fc.record({ to, uncertain: fc.constant(true) }) },
  )
  const step: fc.Arbitrary<StepSketch> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ acts, ways: fc.array(way, { minLength: 1, maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ acts, end: fc.constant('resolved' as const) }) },
    { weight: 1, arbitrary: fc.record({ acts, stops: fc.constant(true) }) },
    { weight: 1, arbitrary: fc.record({ acts }) },
  )
  return fc.array(step, { minLength: count, maxLength: count }).map(steps => ({ playbooks: [steps] }))
})

const anyScope = fc.constantFrom<Scope | undefined>(
  undefined,
  { after: 'q' },
  { after: 'q', until: 'r' },
  { after: 'q', and_later: 'r' },
  { before: 'r' },
  { after: { again: 'q' } },
  { after: { any: ['t', { again: 'q' }] }, until: 'r' },
)
const anyCheck: fc.Arbitrary<Check> = anyScope.chain(given => {
  const scope = given && { scope: given }
  return fc.constantFrom<Check>(
    { check: 'absence', of: 'p', ...scope },
    { check: 'bound', of: 'p', max: 1, ...scope },
    { check: 'existence', of: 's', ...scope },
    { check: 'precedence', first: 's', before: 'p', ...scope },
    { check: 'precedence', first: 's', before: 'p', each: true, ...scope },
    { check: 'response', to: 'p', then: ['s'] },
    { check: 'response', to: 'p', then: ['s', 't'] },
    { check: 'response', to: 'p', then: ['s'], within: 1 },
    { check: 'reachable', from: 'p', to: 's', ...scope },
    { check: 'reachable', from: 'p', to: 's', within: 2, avoiding: 't', ...scope },
    { check: 'reachable', from: '@start', also_from: 'p', to: 's', except: 't', within: 1 },
    { check: 'response', to: 'p', then: ['s', 't', 's'] },
    { check: 'existence', of: 's', at: { outcome: 'resolved' }, ...scope },
    { check: 'existence', of: 's', in: 'playbook' },
    { check: 'existence', of: 's', in: 'playbook', given: 'p' },
    { check: 'precedence', first: 's', before: 'p', only_where: { later: 't', passed: 'q' } },
    { check: 'attribute', on: 'p', require: { max: { at_most: '5 min' } }, or: 's' },
    { check: 'bound', of: 'p', max: 1, per: 'items' },
    { check: 'cycle', through: 'p', need: 'forbidden' },
    { check: 'cycle', through: 'p', need: 'forbidden', same: 'team' },
    { check: 'cycle', through: 'p', need: 'exit' },
    { check: 'cycle', through: 'p', need: 'exit', to: 's' },
    { check: 'cycle', through: 'p', need: 'customer-exit' },
    { check: 'cycle', through: 'p', need: 'customer-exit', to: 's' },
    { check: 'can_force', from: 'p', to: 's', at_most: { t: 1, turns: 2 } },
    { check: 'can_force', from: 'p', to: 's', strength: 'guaranteed', released_by: 't', knowing: 'offered' },
    { check: 'can_force', from: 'p', to: 's', strength: 'discretionary', avoiding: 't' },
  )
})

const forced = fc.record({
  check: fc.constant('can_force' as const),
  from: fc.constant('cancel-request'),
  to: fc.constant('cancellation-processed'),
  strength: fc.constantFrom('guaranteed' as const, 'eventual' as const, 'discretionary' as const),
  released_by: fc.constantFrom('cancel-withdrawn', { act: 'cancel-withdrawn', by: 'customer' as const }),
  avoiding: fc.constantFrom('offer-declined', 'complaint'),
})

describe('every verdict on random flows is proved', () => {
  test('of rules about paths', () => {
    const seen: Record<string, number> = {}
    fc.assert(
      fc.property(anySketch, anyCheck, (sketch, demand) => {
        const { refuted, counts, verdicts } = proved(flowOf(sketch), [ruleOf(demand)])
        expect(refuted).toEqual([])
        const [verdict] = verdicts as [string]
        seen[verdict] = (seen[verdict] ?? 0) + 1
        expect(counts.proved).toBe(1)
      }),
      settings,
    )
    for (const verdict of ['violated', 'possible', 'holds'])
      expect(seen[verdict]).toBeGreaterThan(settings.numRuns / 20)
  })

  test('of the game', () => {
    const seen: Record<string, number> = {}
    fc.assert(
      fc.property(anyTalk, forced, fc.nat(2 ** 20), (sketch, demand, bits) => {
        const flow = flowOf(sketch)
        for (const [i, t] of flow.transitions.entries()) {
          if ((bits >> (i % 20)) & 1) continue
          if (i % 3 === 0 && t.chooser !== null) t.chooser = 'unknown'
          if (i % 3 === 1) t.told = 'unprompted'
          if (i % 5 === 2) t.transition.interrupt = true
        }
        const { refuted, counts, verdicts } = proved(flow, [ruleOf({ ...demand, knowing: 'offered' })])
        expect(refuted).toEqual([])
        expect(counts.proved).toBe(1)
        seen[verdicts[0]!] = (seen[verdicts[0]!] ?? 0) + 1
      }),
      settings,
    )
    for (const verdict of ['violated', 'possible', 'holds'])
      expect(seen[verdict]).toBeGreaterThan(settings.numRuns / 100)
  })
})

const FIXTURES = join(import.meta.dirname, '../../fixtures')
const playbooks = ['playbooks', 'check'].flatMap(folder =>
  readdirSync(join(FIXTURES, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(yaml|md)$/.test(name))
    .map(name => `${folder}/${name}`),
)

async function fixture(path: string): Promise<Flow> {
  const text = readFileSync(join(FIXTURES, path), 'utf8')
  return (await readFlow([{ path, text, named: true }])).flow
}

test.each(playbooks)('every verdict on %s is proved', async path => {
  const { refuted, counts } = proved(await fixture(path), builtInRules())
  expect(refuted).toEqual([])
  expect(counts.proved).toBeGreaterThan(0)
})

test('the verifier shares no code with the engine: it imports the model, and itself', () => {
  const names = readdirSync(import.meta.dirname).filter(name => /^(verify|proof-\w+)\.ts$/.test(name))
  expect(names.length).toBeGreaterThan(8)
  for (const name of names) {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8')
    const imports = [...text.matchAll(/from '([^']+)'/g)].map(match => match[1]!)
    expect(imports.filter(path => !/^\.\.\/model\/|^\.\/proof-\w+\.ts$/.test(path))).toEqual([])
  }
})

describe('what was tampered with is refused', () => {
  type Whole = { flow: Flow; demand: Rule; proofs: Proved[] }
  /** A certificate of its own for every sketch and demand. */
  function wholeOf(sketch: Sketch, demand: Check): Whole {
    const flow = flowOf(sketch)
    const rule = ruleOf(demand)
    const { certificates } = proved(flow, [rule])
    return { flow, demand: rule, proofs: [...certificates.values()].flat() }
  }
  const flaw = ({ flow, demand }: Whole, proof: Proof) => flawOf(flow, unfolder(flow)(0), demand, proof)

  /** Every proof with one entry of one of its lists left out. */
  function* damaged(proof: Proof): Generator<[string, Proof]> {
    if (proof.by === 'path') {
      const { path, because } = proof
      for (const i of path.keys())
        if (i > 0) yield ['a step of the path', { ...proof, path: path.toSpliced(i - 1, 1) }]
      if (because) yield ['why', (({ because: _, ...rest }) => rest)(proof)]
      return
    }
    if (!('states' in proof)) return
    for (const i of proof.states.keys()) yield ['a state', { ...proof, states: proof.states.toSpliced(i, 1) }]
  }

  test('a path with a step left out, a set with a state left out', () => {
    let refused = 0
    fc.assert(
      fc.property(anySketch, anyCheck, (sketch, demand) => {
        const whole = wholeOf(sketch, demand)
        for (const { proof } of whole.proofs) {
          expect(flaw(whole, proof)).toBeNull()
          for (const [what, less] of damaged(proof)) {
            if (what === 'why' && demand.check !== 'reachable') continue
            expect(flaw(whole, less)).not.toBeNull()
            refused++
          }
        }
      }),
      { ...settings, numRuns: settings.numRuns / 4 },
    )
    expect(refused).toBeGreaterThan(settings.numRuns / 4)
  })

  test('a proof for another verdict: what is violated is not shown to hold, by any set of states', () => {
    fc.assert(
      fc.property(anySketch, anyCheck, (sketch, demand) => {
        const whole = wholeOf(sketch, demand)
        const failing = whole.proofs.find(({ proof }) => proof.by === 'path')
        if (!failing || demand.check === 'cycle') return
        const { graph } = unfolder(whole.flow)(0)
        const memories = [
          'open 0 0',
          'closed 0 0',
          'open 1 0',
          'done 0 0',
          'open 2 0',
          'closed 0 1',
          'closed 0 2',
          'open 0 1',
          'open 0 2',
          'open 1 1',
          'open 1 2',
        ]
        const states = memories.flatMap(m =>
          Array.from({ length: graph.size }, (_, v): [number, string, number, number] => [v, m, 1, 0]),
        )
        const distances = Array.from({ length: graph.size }, (_, v): [number, number, number] => [v, 0, 0])
        for (const by of ['closed-set', 'distances'] as const)
          expect(flaw(whole, { by, stance: 'suspicious', states, distances } as Proof)).not.toBeNull()
      }),
      { ...settings, numRuns: settings.numRuns / 4 },
    )
  })

  test('a certificate of one flow proves nothing of another that is judged otherwise', () => {
    const seen: Record<string, number> = {}
    fc.assert(
      fc.property(anySketch, anyCheck, fc.nat(), fc.nat(6), (sketch, demand, where, act) => {
        const whole = wholeOf(sketch, demand)
        // The same flow, but that a step has another act.
        const steps = sketch.playbooks[0]!
        const changed = (step: StepSketch): StepSketch => ({
          ...step,
          acts: 'pstqr'[act] ? ['pstqr'[act]!] : [],
        })
        const other = flowOf({
          playbooks: [steps.map((step, i) => (i === where % steps.length ? changed(step) : step))],
        })
        const [verdict] = proved(other, [whole.demand]).verdicts as [string]
        for (const { proof, verdict: was } of whole.proofs) {
          // What there is nothing of holds, too; and what is violated is possible.
          const isSo = was === verdict || (was === 'holds' && verdict === 'vacuous')
          // Who has passed up a way out that was only guessed may be lost for certain all the same.
          if (demand.check === 'can_force' && was === 'violated' && verdict === 'possible') continue
          // Requests at an end are exempt, which is not called nothing.
          if (demand.check === 'reachable' && was === 'vacuous' && verdict === 'holds') continue
          if (isSo || (verdict === 'violated' && was === 'possible')) continue
          seen[`${was}, ${verdict}`] = (seen[`${was}, ${verdict}`] ?? 0) + 1
          // What was only possible may have been so in the trusting look, where a doubtful scope hid it.
          if (
            proof.by === 'path' &&
            proof.stance === 'trusting' &&
            verdict === 'possible' &&
            was === 'possible'
          )
            continue
          expect(flawOf(other, unfolder(other)(0), whole.demand, proof)).not.toBeNull()
        }
      }),
      { ...settings, numRuns: settings.numRuns * 5 },
    )
    for (const kind of ['holds, violated', 'violated, holds', 'vacuous, violated', 'possible, holds'])
      expect(seen[kind]).toBeGreaterThan(settings.numRuns / 100)
  })

  test('a winning set that claims too much, and a lost one', () => {
    let tried = 0
    fc.assert(
      fc.property(anyTalk, sketch => {
        const demand = { check: 'can_force', from: 'cancel-request', to: 'cancellation-processed' } as const
        const whole = wholeOf(sketch, demand)
        const { graph } = unfolder(whole.flow)(0)
        for (const { proof } of whole.proofs) {
          if (proof.by === 'ranks') {
            const highest = Math.max(...proof.ranks.map(r => r[2]))
            const away = proof.ranks.filter(r => r[2] === highest && highest > 0)
            // The start asks to cancel: without the ranks above it, it is not won.
            for (const r of away)
              if (r[0] === 0)
                expect(flaw(whole, { ...proof, ranks: proof.ranks.filter(x => x !== r) })).not.toBeNull()
          } else if (proof.by === 'path' && proof.because && 'lost' in proof.because) {
            tried++
            const ranks = Array.from({ length: graph.size }, (_, v): [number, number, number] => [
              v,
              0,
              graph.size - v,
            ])
            const states = ['closed 0 0', 'open 0 0'].flatMap(m =>
              ranks.map(([v]): [number, string] => [v, m]),
            )
            expect(flaw(whole, { by: 'ranks', stance: 'suspicious', states, ranks })).not.toBeNull()
            const { lost, culprit } = proof.because as { lost: Lost[]; culprit: number }
            const fewer = lost.filter(l => l[0] !== culprit)
            expect(flaw(whole, { ...proof, because: { culprit, lost: fewer } })).not.toBeNull()
          }
        }
      }),
      { ...settings, numRuns: settings.numRuns / 2 },
    )
    expect(tried).toBeGreaterThan(settings.numRuns / 20)
  })
})
