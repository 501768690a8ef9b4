// Grades: the ladder, effort, and the laws that hold whatever the playbook (theory.md §10): more ways, other names, other files.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flowOf, type Sketch, type StepSketch } from '../flow/sketch.test-data.ts'
import type { EntryGrade } from '../model/grade.ts'
import { GRADES } from '../model/grade.ts'
import { anyTalk, wayBy } from './can-force.test-data.ts'
import { grades } from './grade.ts'

const numRuns = Number(process.env.WAYOUT_RUNS ?? 500)
const settings = { seed: 2022, numRuns }

const first = (sketch: Sketch): EntryGrade => grades(flowOf(sketch))[0]!
const GOODWILL = GRADES.indexOf('discretionary')
const level = (sketch: Sketch) => GRADES.indexOf(first(sketch).grade)
const asked: StepSketch = { acts: ['cancel-request'] }
const gone: StepSketch = { acts: ['cancellation-processed'], end: 'cancelled' }

describe('the ladder', () => {
  const one = (...ways: NonNullable<StepSketch['ways']>): EntryGrade =>
    first({ playbooks: [[{ ...asked, ways }, gone, { end: 'kept' }]] })

  test.each([
    ['guaranteed', one({ to: 1, by: null })],
    ['guaranteed', one({ to: 1, by: 'customer', when: 'insists' }, { to: 2, by: 'customer', when: 'stays' })],
    ['eventual', one({ to: 1, by: 'world', when: 'free' }, { to: 0, by: 'world', when: 'busy' })],
    ['discretionary', one({ to: 1, by: 'world', when: 'found' }, { to: 2, by: 'world', when: 'not found' })],
    ['discretionary', one({ to: 1, by: 'agent', when: 'likes' }, { to: 0, by: 'agent', when: 'does not' })],
    [
      'discretionary',
      one({ to: 1, by: 'customer', when: 'insists' }, { to: 2, by: 'agent', when: 'hangs up' }),
    ],
    ['sealed', one({ to: 2, by: null })],
  ])('%s', (expected, { grade, best, guaranteed, worst }) => {
    expect(grade).toBe(expected)
    expect(best === null).toBe(expected === 'sealed')
    expect(guaranteed === null).toBe(expected === 'discretionary' || expected === 'sealed')
    if (expected === 'discretionary' || expected === 'sealed') expect(worst).toBeNull()
  })

  test('says where a way out hangs on somebody, and on whom', () => {
    const { decisive } = first({
      playbooks: [
        [
          { ...asked, ways: [{ to: 1, by: null }] },
          {
            ways: [
              { to: 2, by: 'agent', when: 'a' },
              { to: 0, by: 'agent', when: 'b' },
            ],
          },
          gone,
        ],
      ],
    })
    expect(decisive).toMatchObject({ step: 's1', chooser: 'agent' })
  })

  test('is hidden if nobody tells of the way out', () => {
    const sketch: Sketch = {
      playbooks: [
        [
          {
            ...asked,
            ways: [
              { to: 1, by: 'customer', when: 'insists' },
              { to: 2, by: 'customer', when: 'stays' },
            ],
          },
          gone,
          { end: 'kept' },
        ],
      ],
    }
    const flow = flowOf(sketch)
    expect(grades(flow)[0]).toMatchObject({ grade: 'guaranteed', hidden: false })
    flow.transitions[0]!.told = 'unprompted'
    expect(grades(flow)[0]).toMatchObject({ grade: 'guaranteed', hidden: true })
  })

  test('is not certain where it hangs on who decides, and that is only guessed', () => {
    const flow = flowOf({
      playbooks: [
        [
          {
            ...asked,
            ways: [
              { to: 1, by: 'unknown', when: 'a' },
              { to: 0, by: 'unknown', when: 'b' },
            ],
          },
          gone,
        ],
      ],
    })
    expect(grades(flow)[0]).toMatchObject({ grade: 'discretionary', certain: false })
  })
})

describe('effort', () => {
  test('is counted in turns of the customer: at best, for certain, and at worst', () => {
    fc.assert(
      fc.property(anyTalk, sketch => {
        const { best, guaranteed, worst, grade } = first(sketch)
        if (guaranteed !== null) expect(best).toBeLessThanOrEqual(guaranteed)
        // Who insists may take longer than who chooses best, never shorter than the best case.
        if (worst !== null) expect(worst).toBeGreaterThanOrEqual(best!)
        if (grade === 'guaranteed' || grade === 'eventual') expect(guaranteed).not.toBeNull()
      }),
      settings,
    )
  })

  test('two offers cost two refusals', () => {
    const offer = (on: number): StepSketch => ({
      acts: ['retention-offer'],
      ways: [
        { to: on, by: 'customer', when: 'no', acts: ['offer-declined'] },
        { to: 'kept', by: 'customer', when: 'yes', acts: ['offer-accepted'] },
      ],
    })
    const again: StepSketch = {
      ways: [
        { to: 2, by: 'agent', when: 'may offer once more' },
        { to: 3, by: 'agent', when: 'may not' },
      ],
    }
    const sketch: Sketch = {
      playbooks: [[{ ...asked, ways: [{ to: 4, by: null }] }, again, offer(3), gone, offer(1)]],
    }
    expect(first(sketch)).toMatchObject({ grade: 'guaranteed', best: 1, guaranteed: 2, worst: 2 })
  })
})

describe('laws', () => {
  const more = fc.tuple(fc.nat(20), wayBy(7, 'customer', 'agent', 'system'))

  test('a way more for the customer never worsens the grade, a way more for the company never improves it', () => {
    let changed = 0
    fc.assert(
      fc.property(anyTalk, more, (sketch, [pick, { acts: _, ...way }]) => {
        const [steps] = sketch.playbooks as [StepSketch[]]
        const to = typeof way.to === 'number' ? way.to % steps.length : way.to
        // A choice beside other choices: alone, or where only the company chose, it would change whose turn it is.
        const joins = way.by === 'customer' ? ['customer'] : ['customer', 'agent', 'system']
        const open = [...steps.keys()].filter(s => steps[s]!.ways?.some(w => joins.includes(w.by ?? '')))
        if (open.length === 0) return
        const at = open[pick % open.length]
        const wider = steps.map((step, s) =>
          s === at ? { ...step, ways: [...step.ways!, { ...way, to }] } : step,
        )
        const [before, after] = [level(sketch), level({ playbooks: [wider] })]
        if (before !== after) changed++
        if (way.by === 'customer') expect(after).toBeLessThanOrEqual(before)
        // With goodwill a company's way may lead out; nobody can make them take it.
        else expect(Math.min(after, GOODWILL)).toBeGreaterThanOrEqual(Math.min(before, GOODWILL))
      }),
      settings,
    )
    expect(changed).toBeGreaterThan(numRuns / 50)
  })

  const told = ({ grade, hidden, best, guaranteed, worst, certain, elsewhere, decisive }: EntryGrade) => ({
    grade,
    hidden,
    best,
    guaranteed,
    worst,
    certain,
    elsewhere,
    chooser: decisive?.chooser,
  })

  test('two files instead of one change nothing', () => {
    fc.assert(
      fc.property(anyTalk, fc.integer({ min: 1, max: 6 }), (sketch, cut) => {
        const [steps] = sketch.playbooks as [StepSketch[]]
        const at = Math.min(cut, steps.length - 1)
        const split: Sketch = { playbooks: [steps.slice(0, at), steps.slice(at)] }
        // Where the second leads to the first and not back, customers come in by the second.
        if (flowOf(split).entries[0]!.step !== 0) return
        expect(told(first(split))).toEqual(told(first(sketch)))
      }),
      settings,
    )
  })

  test('the steps in another order change nothing', () => {
    fc.assert(
      fc.property(anyTalk, sketch => {
        const [steps] = sketch.playbooks as [StepSketch[]]
        // The first stays the first; the others stand the other way round.
        const place = (s: number) => (s === 0 ? 0 : steps.length - s)
        const moved: StepSketch[] = []
        for (const [s, step] of steps.entries())
          moved[place(s)] = {
            ...step,
            ...(step.ways && {
              ways: step.ways.map(w => ({ ...w, to: typeof w.to === 'number' ? place(w.to) : w.to })),
            }),
          }
        const { chooser: _, ...expected } = told(first(sketch))
        expect(told(first({ playbooks: [moved] }))).toMatchObject(expected)
      }),
      settings,
    )
  })

  test('a playbook written out where it was called changes nothing', () => {
    fc.assert(
      fc.property(anyTalk, anyTalk, fc.nat(6), (main, called, pick) => {
        const [outer] = main.playbooks as [StepSketch[]]
        const [inner] = called.playbooks as [StepSketch[]]
        const at = pick % outer.length
        const onward = outer[at]!.ways
        if (!onward) return
        const base = outer.length
        const shifted = (w: NonNullable<StepSketch['ways']>[number]) => ({
          ...w,
          to: typeof w.to === 'number' ? w.to + base : w.to,
        })
        const calling = outer.map((step, s) => (s === at ? { ...step, call: base } : step))
        const apart = inner.map(({ ways, ...step }) => ({
          ...step,
          ...(ways && { ways: ways.map(shifted) }),
        }))
        // Every end but a cancellation goes on where the caller goes on: an end becomes a step that decides that.
        const back = base + inner.length
        const written = apart.map(({ end, ways, ...step }) => ({
          ...step,
          ...(end === 'cancelled' && { end }),
          ...(end !== undefined && end !== 'cancelled' && { ways: [{ to: back, by: null }] }),
          ...(ways && {
            ways: ways.map(w => (typeof w.to === 'number' || w.to === 'cancelled' ? w : { ...w, to: back })),
          }),
        }))
        const inline = outer.map((step, s) => (s === at ? { ...step, ways: [{ to: base, by: null }] } : step))
        const one = first({ playbooks: [calling, apart] })
        const other = first({ playbooks: [[...inline, ...written, { ways: onward }]] })
        expect({ ...told(other), chooser: null }).toEqual({ ...told(one), chooser: null })
      }),
      settings,
    )
  })
})
