// Holds the primitives against enumeration of the paths of small random flows, each judged by the definition of the rule.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Sketch, StepSketch, WaySketch } from '../flow/sketch.test-data.ts'
import type { Scope } from '../model/rule.ts'
import { type Formula, holds, type Letters, segments } from './ltlf.test-data.ts'
import type { ScopeKind } from './monitor.ts'
import { isViolation, LONGEST, type Opinion, pathsOf, run, type Seen, successors } from './paths.test-data.ts'

const settings = { seed: 2007, numRuns: Number(process.env.WAYOUT_RUNS ?? 150) }
const someActs = fc.uniqueArray(fc.constantFrom('p', 'p', 's', 'q', 'r', 't'), { maxLength: 2 })

/** Flows of up to five steps with at most two ways on, acts on both, every kind of end; nothing is in doubt. */
const anySketch: fc.Arbitrary<Sketch> = fc.integer({ min: 1, max: 5 }).chain(count => {
  const to = fc.oneof(
    { weight: 5, arbitrary: fc.nat(count - 1) },
    { weight: 1, arbitrary: fc.constantFrom('resolved' as const, 'kept' as const, 'nowhere' as const) },
  )
  const way: fc.Arbitrary<WaySketch> = fc.oneof(
    { weight: 2, arbitrary: fc.record({ to }) },
    { weight: 1, arbitrary: fc.record({ to, acts: someActs }) },
  )
  const step: fc.Arbitrary<StepSketch> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ acts: someActs, ways: fc.array(way, { minLength: 1, maxLength: 2 }) }),
    },
    { weight: 1, arbitrary: fc.record({ acts: someActs, end: fc.constant('resolved' as const) }) },
    { weight: 1, arbitrary: fc.record({ acts: someActs }) },
  )
  return fc.tuple(fc.array(step, { minLength: count, maxLength: count })).map(playbooks => ({ playbooks }))
})

const SCOPES: Readonly<Record<ScopeKind, Scope | undefined>> = {
  global: undefined,
  after: { after: 'q' },
  'after-until': { after: 'q', until: 'r' },
  between: { after: 'q', and_later: 'r' },
  before: { before: 'r' },
}
const KINDS = Object.keys(SCOPES) as ScopeKind[]

/** A failure must be a path of the flow on which the rule is really broken. */
function expectProof(seen: Seen, opinion: Opinion): void {
  const { unfolding, judgement, trusting } = seen
  expect(trusting).toEqual(judgement)
  for (const { path, loopsTo, culprit, notes } of judgement.failures) {
    expect(path[0]).toBe(unfolding.start)
    for (const [i, v] of path.entries())
      if (i > 0) expect(successors(unfolding.graph, path[i - 1]!)).toContain(v)
    expect(path).toContain(culprit)
    for (const at of notes.keys()) expect(path[at]).toBeDefined()
    if (loopsTo !== undefined)
      expect(successors(unfolding.graph, path[path.length - 1]!)).toContain(path[loopsTo])
    expect(path.some((_, i) => isViolation(seen, path.slice(0, i + 1), opinion))).toBe(true)
  }
}

/** The verdict must be that of the paths, and the shortest proof as short as the shortest such path. */
function expectAgreement(seen: Seen, opinion: Opinion, alsoShortest: boolean): void {
  const { unfolding, judgement } = seen
  expectProof(seen, opinion)
  const violation = pathsOf(unfolding).find(path => isViolation(seen, path, opinion))
  if (!violation) {
    const long = judgement.failures.filter(f => f.path.length <= LONGEST && f.loopsTo === undefined)
    expect(long).toEqual([])
    return
  }
  expect(judgement.failures.length).toBeGreaterThan(0)
  expect(judgement.triggered).toBe(true)
  if (!alsoShortest) return
  const shortest = Math.min(
    ...judgement.failures.map(
      ({ path }) => path.findIndex((_, i) => isViolation(seen, path.slice(0, i + 1), opinion)) + 1,
    ),
  )
  expect(shortest).toBe(violation.length)
}

/** Opinion of a rule that forbids something in each segment (judged where it closes, in the scopes that need it). */
function forbidding(kind: ScopeKind, isBad: (word: readonly Letters[]) => boolean): Opinion {
  const judgedWhenClosed = kind === 'between' || kind === 'before'
  return word => ({
    broken: segments(word, kind).some(
      ({ from, to, closed }) => (closed || !judgedWhenClosed) && isBad(word.slice(from, to)),
    ),
    open: false,
  })
}

describe.each(KINDS)('scope %s', kind => {
  const scope = SCOPES[kind]
  const scoped = scope === undefined ? {} : { scope }

  test('absence', () => {
    const opinion = forbidding(kind, word => word.some(e => e.has('p')))
    fc.assert(
      fc.property(anySketch, sketch => {
        expectAgreement(run(sketch, { check: 'absence', of: 'p', ...scoped }), opinion, true)
      }),
      settings,
    )
  })

  test('bound', () => {
    fc.assert(
      fc.property(anySketch, fc.nat(2), (sketch, max) => {
        const opinion = forbidding(kind, word => word.filter(e => e.has('p')).length > max)
        expectAgreement(run(sketch, { check: 'bound', of: 'p', max, ...scoped }), opinion, true)
      }),
      settings,
    )
  })

  test.each([false, true])('precedence, before each: %s', each => {
    const inOrder = (word: readonly Letters[]): boolean => {
      if (!each) return holds(['W', ['not', 'p'], 's'], word)
      let allowed = false
      return word.every(e => {
        allowed ||= e.has('s')
        const fine = allowed || !e.has('p')
        if (e.has('p')) allowed = false
        return fine
      })
    }
    const opinion = forbidding(kind, word => !inOrder(word))
    fc.assert(
      fc.property(anySketch, sketch => {
        expectAgreement(
          run(sketch, { check: 'precedence', first: 's', before: 'p', each, ...scoped }),
          opinion,
          true,
        )
      }),
      settings,
    )
  })

  test('existence', () => {
    const opinion: Opinion = word => {
      const without = segments(word, kind).filter(
        ({ from, to }) => !word.slice(from, to).some(e => e.has('p')),
      )
      const judgedWhenClosed = kind === 'between' || kind === 'before'
      return { broken: without.some(s => s.closed), open: without.some(s => !s.closed) && !judgedWhenClosed }
    }
    fc.assert(
      fc.property(anySketch, sketch => {
        expectAgreement(run(sketch, { check: 'existence', of: 'p', ...scoped }), opinion, true)
      }),
      settings,
    )
  })
})

const chains = [['s'], ['s', 't'], ['s', 't', 's']].map(then => [then] as const)

describe.each(chains)('response with %j', then => {
  /** What must come from some event on, as a formula on finite words. */
  const chain = then.reduceRight<Formula>((rest, act) => ['F', rest === '' ? act : ['and', act, rest]], '')
  const opinion: Opinion = word => {
    const since = word.findIndex((e, i) => e.has('p') && !holds(chain, word, i))
    return { broken: false, open: since !== -1, ...(since !== -1 && { since }) }
  }

  test('every trigger has a duty of its own', () => {
    fc.assert(
      fc.property(anySketch, sketch => {
        const seen = run(sketch, { check: 'response', to: 'p', then: [...then] })
        expectAgreement(seen, opinion, false)
        // The one to blame is one whose own duty is left open on the path that is shown.
        for (const { path, culprit, loopsTo } of seen.judgement.failures) {
          if (loopsTo !== undefined) continue
          const word = path.map(v => seen.letters[v]!)
          expect(path.some((v, i) => v === culprit && word[i]!.has('p') && !holds(chain, word, i))).toBe(true)
        }
      }),
      settings,
    )
  })

  test('in circles that nobody leaves each must be met some day, whatever comes again meanwhile', () => {
    const acts = fc.uniqueArray(fc.constantFrom('p', 's', 't'), { maxLength: 1 })
    const circle = fc.array(fc.record({ acts }), { minLength: 1, maxLength: 6 })
    const seenSoFar = { met: 0, missed: 0 }
    fc.assert(
      fc.property(circle, fc.nat(5), (steps, back) => {
        const last = steps.length - 1
        const ways = (i: number) => [{ to: i === last ? Math.min(back, last) : i + 1 }]
        const sketch = { playbooks: [steps.map((step, i) => ({ ...step, ways: ways(i) }))] }
        const { judgement } = run(sketch, { check: 'response', to: 'p', then: [...then] })
        const round = steps.slice(Math.min(back, last))
        const word = [steps, ...Array.from({ length: 5 }, () => round)].flat().map(step => new Set(step.acts))
        const missed = steps.some((step, i) => step.acts.includes('p') && !holds(chain, word, i))
        expect(judgement.failures.length > 0).toBe(missed)
        if (judgement.triggered) seenSoFar[missed ? 'missed' : 'met']++
      }),
      settings,
    )
    for (const number of Object.values(seenSoFar)) expect(number).toBeGreaterThan(settings.numRuns / 40)
  })
})

test('response within so many steps', () => {
  fc.assert(
    fc.property(anySketch, fc.nat(3), (sketch, within) => {
      const opinion: Opinion = (word, isStep) => {
        let broken = false
        let open = false
        for (const [i, e] of word.entries()) {
          if (!e.has('p')) continue
          const answer = word.findIndex((f, k) => k >= i && f.has('s'))
          const steps = isStep.slice(i + 1, answer === -1 ? undefined : answer + 1).filter(Boolean).length
          if (steps > within) broken = true
          else if (answer === -1) open = true
        }
        return { broken, open }
      }
      expectAgreement(run(sketch, { check: 'response', to: 'p', then: ['s'], within }), opinion, false)
    }),
    settings,
  )
})
