// All foreign flow formats on input that no tool ever wrote: nothing throws, and every place lies inside the text.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { runs } from '../../fuzz.test-data.ts'
import type { Document } from '../../model/playbook.ts'
import { type Excerpt, pointAt, type Range } from '../../model/position.ts'
import { type Dialect, dialects, withDomain } from './index.ts'

const FIXTURES: [format: Dialect['format'], file: string][] = [
  ['amazon-connect', 'connect-gym.json'],
  ['amazon-connect', 'connect-phone-plan'],
  ['twilio-studio', 'studio-newspaper.json'],
  ['rasa-calm', 'rasa-flows.yml'],
  ['rasa-calm', 'rasa-domain.yml'],
  ['copilot-studio', 'LeaveGym.mcs.yml'],
]
const texts = new Map(
  FIXTURES.map(([, file]) => [file, readFileSync(`fixtures/read/dialects/${file}`, 'utf8')]),
)
const parsed = (text: string): unknown =>
  parseDocument(text, { prettyErrors: false, logLevel: 'silent' }).toJS()

/** What is wrong with a document as such: places outside the text, ids that stand twice, ends that go on. */
function faults({ playbooks, problems, unread, failure }: Document, text: string): string[] {
  const lines = text.split('\n').map(l => l.length)
  const inside = ({ line, column }: Range['start']) =>
    line >= 1 && line <= lines.length && column >= 1 && column <= lines[line - 1]! + 1
  const found: string[] = []
  const check = (what: string, { start, end }: Range) => {
    if (!inside(start) || !inside(end)) found.push(`${what} lies outside`)
    if (start.line > end.line || (start.line === end.line && start.column > end.column))
      found.push(`${what} is reversed`)
  }
  const checkWords = (what: string, excerpt: Excerpt) => {
    if (excerpt.marks.length === 0 || excerpt.marks[0]!.at !== 0) found.push(`${what} begins nowhere`)
    for (let i = 0; i < excerpt.text.length; i++)
      if (!inside(pointAt(excerpt, i))) found.push(`${what} lies outside`)
  }
  for (const { range } of [...problems, ...unread]) check('problem', range)
  if (failure?.range) check('failure', failure.range)
  for (const playbook of playbooks) {
    check('playbook', playbook.range)
    const ids = playbook.steps.map(s => s.id)
    if (new Set(ids).size < ids.length) found.push('ids stand twice')
    for (const step of playbook.steps) {
      check('step', step.range)
      if (step.title === '' || step.id === '') found.push('a step has no name')
      if (step.impliedEnd && step.transitions.length > 0) found.push('an end goes on')
      for (const { range } of [...(step.knownActs ?? []), ...(step.declaredActs ?? [])]) check('act', range)
      for (const words of step.texts) checkWords('text', words)
      for (const { range, to, when, outcome } of step.transitions) {
        check('transition', range)
        if (to) check('target', to.range)
        if (when) checkWords('condition', when)
        if (!to && !outcome) found.push('a transition leads nowhere')
      }
    }
  }
  return [...new Set(found)]
}

describe('each format', () => {
  it.each(FIXTURES)('%s alone takes %s for its own, and reads it without fault', (format, file) => {
    const text = texts.get(file)!
    const value = parsed(text)
    expect(dialects.filter(d => d.matches(value)).map(d => d.format)).toEqual([format])
    expect(faults(dialects.find(d => d.format === format)!.read(file, text, value), text)).toEqual([])
  })

  it.each(dialects)('$format is asked about any value', ({ matches }) => {
    fc.assert(
      fc.property(fc.anything(), value => typeof matches(value) === 'boolean'),
      runs(20260102, 1000),
    )
  })
})

const scrap = fc.constantFrom(
  ...[
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ':',
    ',',
    '\n',
    '  ',
    '- ',
    '#',
    '*',
    '&a ',
    '*a',
    '|',
    '>-',
    '<<: ',
    '\\',
    '\t',
  ],
  ...[
    'null',
    'END',
    '__proto__',
    'constructor',
    '\u{1F600}',
    '\r\n',
    '1',
    '"id"',
    '"":',
    'next: ',
    '$.',
    '{{',
    '%%',
  ],
)

describe('a text with holes and scraps', () => {
  it.each(FIXTURES)('never makes %s throw (%s)', (format, file) => {
    const dialect = dialects.find(d => d.format === format)!
    const text = texts.get(file)!
    const position = fc.nat(text.length)
    const change = fc.tuple(position, fc.nat(40), scrap)
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), changes => {
        let broken = text
        for (const [at, length, put] of changes)
          broken = broken.slice(0, at) + put + broken.slice(at + length)
        let value: unknown
        try {
          value = parsed(broken)
        } catch {
          value = undefined
        }
        expect(faults(dialect.read('x', broken, value), broken)).toEqual([])
      }),
      runs(20260103, 150),
    )
  })
})

/** The same value with some of its parts replaced by parts of the wrong kind. */
function disturbed(value: unknown, replace: (key: string) => { by: unknown } | undefined, key = ''): unknown {
  const other = replace(key)
  if (other) return other.by
  if (Array.isArray(value)) return value.map((v, i) => disturbed(v, replace, String(i)))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, disturbed(v, replace, k)]))
}

describe('a value whose parts are of the wrong kind', () => {
  it.each(FIXTURES)('never makes %s throw (%s)', (format, file) => {
    const dialect = dialects.find(d => d.format === format)!
    const value = parsed(texts.get(file)!)
    const odd = fc.constantFrom<unknown>(
      null,
      0,
      true,
      '',
      'END',
      '__proto__',
      [],
      {},
      [[]],
      [{}],
      { a: [null] },
      [1, 'x'],
    )
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(40)), fc.infiniteStream(odd), (dice, odds) => {
        const replace = (key: string) =>
          key !== '' && dice.next().value === 0 ? { by: odds.next().value } : undefined
        const text = JSON.stringify(disturbed(value, replace))
        const document = dialect.read('x', text, {})
        expect(faults(document, text)).toEqual([])
        for (const filled of withDomain([document])) expect(faults(filled, text)).toEqual([])
      }),
      runs(20260104, 150),
    )
  })
})
