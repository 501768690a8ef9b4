// Suppressions as people write them in comments: what is understood, what is refused, and with which words.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isDirective, parseDirective } from './directive.ts'

const parsed = (text: string) => {
  const read = parseDirective(text)
  return 'directive' in read ? read.directive : read.problem
}

describe('what is understood', () => {
  test('rule and reason', () => {
    expect(parsed('wayout-disable-next-step hold-bounded -- the queue belongs to the carrier')).toEqual({
      scope: 'next-step',
      rules: ['hold-bounded'],
      reason: 'the queue belongs to the carrier',
    })
  })

  test('several rules, each once, over several lines', () => {
    expect(parsed('wayout-disable-file hold-bounded,no-blame ,\n  no-blame\n--\n  old  page')).toEqual({
      scope: 'file',
      rules: ['hold-bounded', 'no-blame'],
      reason: 'old page',
    })
  })

  test.each([
    ['old page until 2027-03-01', { reason: 'old page', until: '2027-03-01' }],
    ['old page owner Jo Smith', { reason: 'old page', owner: 'Jo Smith' }],
    ['old page ticket LEG-12', { reason: 'old page', ticket: 'LEG-12' }],
    [
      'old page until 2027-03-01 owner @legal ticket https://t.example/12',
      { reason: 'old page', until: '2027-03-01', owner: '@legal', ticket: 'https://t.example/12' },
    ],
    [
      'old page, ticket: LEG-12, until: 2027-03-01, owner: Legal.',
      { reason: 'old page', until: '2027-03-01', owner: 'Legal', ticket: 'LEG-12' },
    ],
    ['until 2027-03-01 the old page stays', { reason: 'the old page stays', until: '2027-03-01' }],
    ['agreed with -- and by -- legal', { reason: 'agreed with -- and by -- legal' }],
  ])('details: %s', (text, details) => {
    expect(parsed(`wayout-disable-file no-blame -- ${text}`)).toEqual({
      scope: 'file',
      rules: ['no-blame'],
      ...details,
    })
  })

  test.each([
    'approved by the owner of the gym',
    'the ticket system is down until the winter is over',
    'we wait until they answer',
    'owner',
    'owner and ticket are missing',
  ])('a reason may speak of owners, tickets and waiting: %s', reason => {
    expect(parsed(`wayout-disable-file no-blame -- ${reason}`)).toEqual({
      scope: 'file',
      rules: ['no-blame'],
      reason,
    })
  })
})

describe('what is refused', () => {
  test.each([
    [
      'wayout-disable-nextstep a -- b',
      'unknown suppression "wayout-disable-nextstep"; did you mean "wayout-disable-next-step"?',
    ],
    [
      'wayout-ignore a -- b',
      'unknown suppression "wayout-ignore"; expected "wayout-disable-next-step" or "wayout-disable-file"',
    ],
    ['wayout-disable-file', 'the suppression names no rule'],
    ['wayout-disable-file -- old page', 'the suppression names no rule'],
    [
      'wayout-disable-file no-blame',
      'the suppression gives no reason; write it behind the rules, after "--"',
    ],
    [
      'wayout-disable-file no-blame old page',
      'the suppression gives no reason that could be told from its rules: "--" must stand between them',
    ],
    [
      'wayout-disable-file no-blame — old page',
      'the suppression gives no reason that could be told from its rules: "--" must stand between them',
    ],
    ['wayout-disable-file no-blame --', 'the suppression gives no reason behind "--"'],
    ['wayout-disable-file no-blame -- ...', 'the suppression gives no reason behind "--"'],
    ['wayout-disable-file no-blame -- until 2027-01-01', 'the suppression gives no reason behind "--"'],
    [
      'wayout-disable-file no-blame, -- old',
      'there is a comma too many between the rules of the suppression',
    ],
    [
      'wayout-disable-file no-blame hold-bounded -- old',
      '"no-blame hold-bounded" is no rule; several are joined by commas',
    ],
    ['wayout-disable-file * -- old', '"*" is no rule; several are joined by commas'],
    [
      'wayout-disable-file no-blame -- old until 2027-02-30',
      'there is no day "2027-02-30" for the suppression to end on',
    ],
    [
      'wayout-disable-file no-blame -- old until 1.3.2027',
      '"until 1.3.2027" is no date; expected "until YYYY-MM-DD"',
    ],
    [
      'wayout-disable-file no-blame -- old until March 2027',
      '"until March 2027" is no date; expected "until YYYY-MM-DD"',
    ],
    ['wayout-disable-file no-blame -- old until', '"until" is no date; expected "until YYYY-MM-DD"'],
    [
      'wayout-disable-file no-blame -- old until 2027-01-01 until 2027-02-01',
      'the suppression ends on two days, 2027-01-01 and 2027-02-01',
    ],
  ])('%s', (text, problem) => {
    expect(parsed(text)).toBe(problem)
  })
})

test('other comments are left alone', () => {
  for (const text of ['wayout reads this file', 'wayout: cancel-request', 'the wayout-disable-file comment'])
    expect(isDirective(text)).toBe(false)
  for (const text of ['wayout-disable-file', 'wayout disable file', 'wayout-enable'])
    expect(isDirective(text)).toBe(true)
})

test('whatever is written, it is read or refused, and a reason is never lost', () => {
  const words = fc.constantFrom(
    'until',
    '2027-01-01',
    'owner',
    'ticket',
    'A-1',
    '--',
    'old',
    ',',
    'no-blame',
    '""',
    'Jo',
  )
  fc.assert(
    fc.property(fc.array(words, { maxLength: 12 }), list => {
      const read = parseDirective(`wayout-disable-file ${list.join(' ')}`)
      if ('directive' in read) {
        expect(read.directive.reason).toMatch(/\p{L}/u)
        expect(read.directive.rules.length).toBeGreaterThan(0)
      } else expect(read.problem).not.toBe('')
    }),
    { seed: 6, numRuns: 500 },
  )
})

test('a comment of a million characters is read in one go', () => {
  for (const part of ['until ', 'owner ', '-- ', ', ', '((((', '....', 'a-', '\t'])
    expect(parseDirective(`wayout-disable-file a -- ${part.repeat(200_000)}`)).toBeDefined()
})
