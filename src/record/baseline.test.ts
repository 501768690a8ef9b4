// The baseline as a file and as a judgement: what stays known, what is new, what is stale.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Finding, WitnessStep } from '../model/finding.ts'
import { againstBaseline, formatBaseline, identities, lineOf, parseBaseline } from './baseline.ts'

const NONE = new Set<string>()

function step(id: string, line: number, title = id, choice: string | null = null): WitnessStep {
  return {
    step: id,
    title,
    path: 'gym.md',
    line,
    column: 1,
    chooser: null,
    choice,
    acts: [],
    note: null,
    text: '',
  }
}

function finding(more: Partial<Finding> = {}): Finding {
  return {
    rule: 'no-pressure-wording',
    severity: 'warning',
    verdict: 'violated',
    message: '"only today" presses the customer',
    fix: '',
    why: '',
    path: 'gym.md',
    range: { start: { line: 7, column: 1 }, end: { line: 7, column: 20 } },
    step: 'cancelling-2',
    witness: [step('cancelling', 3), step('cancelling-2', 7, 'Say that it is only today')],
    because: [{ act: 'pressure', evidence: 'recognised', phrase: 'only today', path: 'gym.md', line: 7 }],
    law: [],
    fingerprint: '0',
    ...more,
  }
}

const moved = (by: number, one: Finding): Finding => ({
  ...one,
  range: {
    start: { line: one.range.start.line + by, column: 1 },
    end: { line: one.range.end.line + by, column: 20 },
  },
  witness: one.witness.map(at => ({ ...at, line: at.line + by })),
  because: one.because.map(at => ({ ...at, line: at.line + by })),
})

const written = (findings: Finding[]) =>
  parseBaseline(formatBaseline(identities(findings, path => path))).lines

const judged = (findings: Finding[], before: Finding[], aside: Finding[] = [], forbidden = NONE) => {
  const inUse = { lines: written(before), relative: (path: string) => path, isLookedAt: () => true }
  const { fresh, known, stale } = againstBaseline(findings, aside, inUse, forbidden)
  return { fresh, known, stale: stale.map(({ line }) => line) }
}

describe('what is known', () => {
  test('stays known when lines move', () => {
    const one = finding()
    expect(judged([moved(12, one)], [one])).toMatchObject({ fresh: [], stale: [] })
  })

  test.each([
    ['another rule', finding({ rule: 'no-blame' })],
    ['another playbook', finding({ path: 'newspaper.md' })],
    ['another step', finding({ step: 'cancelling-3' })],
    [
      'another path',
      finding({ witness: [step('cancelling', 3), step('offer', 5), ...finding().witness.slice(1)] }),
    ],
    ['a path that turns back', finding({ loopsTo: 0 })],
    [
      'a step of the same number in its place',
      finding({ witness: [step('cancelling', 3), step('cancelling-2', 7, 'Last chance')] }),
    ],
    [
      'other words in the same step',
      finding({ because: [{ ...finding().because[0]!, phrase: 'last chance' }] }),
    ],
  ])('is not taken for %s', (_, other) => {
    expect(judged([other], [finding()])).toEqual({ fresh: [other], known: [], stale: [3] })
  })

  test('of two that agree in everything, the second is not hidden behind the first', () => {
    expect(judged([finding(), finding()], [finding()]).fresh).toHaveLength(1)
    expect(judged([finding()], [finding(), finding()]).stale).toEqual([4])
  })

  test('is judged without line numbers in the words where there is no path', () => {
    const plain = (message: string) => finding({ witness: [], message })
    const before = [plain('"a" stands twice, first in line 3')]
    expect(judged([plain('"a" stands twice, first in line 30')], before).fresh).toEqual([])
    expect(judged([plain('"b" stands twice, first in line 3')], before).fresh).toHaveLength(1)
  })

  test('is never what may not be suppressed', () => {
    const one = finding()
    expect(judged([one], [one], [], new Set([one.rule])).fresh).toEqual([one])
    const about = finding({ rule: 'suppressions-valid' })
    expect(judged([about], [about]).fresh).toEqual([about])
  })

  test('is not stale where it is suppressed', () => {
    expect(judged([], [finding()], [finding()]).stale).toEqual([])
  })

  test('is not stale where nobody looked', () => {
    const inUse = { lines: written([finding()]), relative: (path: string) => path, isLookedAt: () => false }
    expect(againstBaseline([], [], inUse, NONE).stale).toEqual([])
  })
})

describe('the file', () => {
  const text = formatBaseline([
    { rule: 'b', path: 'x y.md', step: '', shape: '0000000000000002' },
    {
      rule: 'a',
      path: 'z\t\\t\n.md',
      step: 's',
      shape: '0000000000000001-2',
      remarks: ['# Jo looks at this'],
    },
    { rule: 'b', path: 'x y.md', step: '', shape: '0000000000000002' },
  ])

  test('is sorted, has each finding once, keeps remarks, and reads back', () => {
    expect(text.split('\n').slice(2)).toEqual([
      '# Jo looks at this',
      'a\tz\\t\\\\t\\n.md\ts\t0000000000000001-2',
      'b\tx y.md\t\t0000000000000002',
      '',
    ])
    const { lines, problems } = parseBaseline(text)
    expect(problems).toEqual([])
    expect(lines[0]).toMatchObject({ path: 'z\t\\t\n.md', line: 4, remarks: ['# Jo looks at this'] })
    expect(formatBaseline(lines)).toBe(text)
  })

  test('may be in any order, with lines twice and ends of Windows', () => {
    const { lines, problems } = parseBaseline(text.split('\n').reverse().join('\r\n'))
    expect(problems).toEqual([])
    expect(lines).toHaveLength(2)
  })

  test('tells what is no line of it', () => {
    expect(
      parseBaseline('<<<<<<< ours\na\tb\tc\t0000000000000001\n=======\nhold-bounded gym.md').problems,
    ).toEqual([
      {
        line: 1,
        message: 'an unfinished merge; delete the marker and keep both sides, or run "wayout baseline" again',
      },
      {
        line: 3,
        message: 'an unfinished merge; delete the marker and keep both sides, or run "wayout baseline" again',
      },
      {
        line: 4,
        message: 'no line of a baseline; expected rule, playbook, step and shape with tabs between them',
      },
    ])
  })

  test('whatever steps and files are called, it reads back', () => {
    const known = fc.record({
      rule: fc.constantFrom('no-blame', 'hold-bounded'),
      path: fc.string({ unit: fc.constantFrom('a', '\t', '\n', '\r', '\\', 't', '#', ' ') }),
      step: fc.string(),
      shape: fc.constantFrom('0123456789abcdef', '0123456789abcdef-3'),
    })
    fc.assert(
      fc.property(fc.array(known), all => {
        const { lines, problems } = parseBaseline(formatBaseline(all))
        expect(problems).toEqual([])
        expect(new Set(lines.map(lineOf))).toEqual(new Set(all.map(lineOf)))
      }),
      { seed: 6, numRuns: 300 },
    )
  })
})
