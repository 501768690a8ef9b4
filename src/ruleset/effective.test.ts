// Which rules are on: packs, own rules, configuration and flags put together, and what of it does not exist.
import { describe, expect, test } from 'vitest'
import type { Rule } from '../model/rule.ts'
import { parseConfig } from './config.ts'
import {
  catalogueOf,
  effectiveRules,
  parametersOf,
  setting,
  unknownNames,
  unknownPack,
  unknownRule,
} from './effective.ts'
import type { Pack } from './load.ts'

const rule = (id: string, more: object = {}) =>
  ({
    id,
    severity: 'error',
    check: 'absence',
    of: 'blame',
    title: '',
    why: '',
    story: 'S0',
    message: '',
    fix: '',
    ...more,
  }) as unknown as Rule

const builtIn = [
  rule('hold-bounded', { max: '5 min' }),
  rule('no-blame'),
  rule('retention-offers-bounded', { max: 1, each: true, of: 'retention-offer' }),
]
const packs: Pack[] = [
  {
    id: 'recommended',
    title: '',
    rules: { 'no-blame': 'error', 'retention-offers-bounded': { severity: 'warning', max: 2 } },
  },
  { id: 'pedantic', title: '', rules: { 'hold-bounded': 'info', 'no-blame': 'off' } },
]
const accept = (value: unknown) => ({ rule: value as Rule, problems: [] })

function catalogueWith(...texts: string[]) {
  const configs = texts.map((text, i) => parseConfig(text, `${i}.yaml`).config)
  return { ...catalogueOf(builtIn, packs, configs, accept), configs }
}

function on(packNames: string[], ...texts: string[]) {
  const { catalogue, configs } = catalogueWith(...texts)
  const rules = effectiveRules(catalogue, { packs: packNames, settings: configs.map(config => config.rules) })
  return Object.fromEntries(rules.map(one => [one.id, [one.severity, (one as { max?: unknown }).max]]))
}

describe('effectiveRules', () => {
  test('packs turn rules on and off, with their severity and parameters; the later pack wins', () => {
    expect(on(['recommended'])).toEqual({
      'no-blame': ['error', undefined],
      'retention-offers-bounded': ['warning', 2],
    })
    expect(on(['recommended', 'pedantic'])).toEqual({
      'hold-bounded': ['info', '5 min'],
      'retention-offers-bounded': ['warning', 2],
    })
  })

  test('settings tune what the packs left, and turn on what they did not', () => {
    expect(on(['recommended'], 'rules: {no-blame: off, retention-offers-bounded: {max: 0}}')).toEqual({
      'retention-offers-bounded': ['warning', 0],
    })
    expect(on([], 'rules: {hold-bounded: {max: 2 min}, no-blame: info}')).toEqual({
      'hold-bounded': ['error', '2 min'],
      'no-blame': ['info', undefined],
    })
  })

  test('a later configuration wins over the one it extends', () => {
    expect(on([], 'rules: {no-blame: info}', 'rules: {no-blame: warning}')).toEqual({
      'no-blame': ['warning', undefined],
    })
  })

  test('own rules are on by themselves, and can be tuned like others', () => {
    const own = 'rules: [{id: no-gifts, severity: warning, check: absence, of: feedback-reward}]'
    expect(on([], own)).toEqual({ 'no-gifts': ['warning', undefined] })
    expect(on([], own, 'rules: {no-gifts: off}')).toEqual({})
  })

  test('the flag --rule is a setting like any other', () => {
    const { catalogue } = catalogueWith()
    const settings = [new Map([['no-blame', setting('info')]])]
    expect(effectiveRules(catalogue, { packs: ['recommended'], settings })[0]?.severity).toBe('info')
  })

  test('the catalogue is not changed', () => {
    on(['recommended'], 'rules: {no-blame: info}')
    expect(builtIn[1]?.severity).toBe('error')
  })
})

describe('what does not exist', () => {
  const told = (...texts: string[]) => {
    const { catalogue, configs, problems } = catalogueWith(...texts)
    const all = [...problems, ...configs.flatMap(config => unknownNames(config, catalogue))]
    return all.map(({ path, at, message }) => `${path}:${at.line}:${at.column}: ${message}`)
  }

  test.each([
    ['rules: {no-blaim: off}', '1:9: unknown rule "no-blaim"; did you mean "no-blame"?'],
    ['rules: {be-nice: off}', '1:9: unknown rule "be-nice"; "wayout rules" lists them'],
    ['packs: [pedantik]', '1:9: unknown pack "pedantik"; did you mean "pedantic"?'],
    ['packs: [us-ca]', '1:9: unknown pack "us-ca"; there are pedantic and recommended'],
    [
      'rules: {hold-bounded: {mx: 3 min}}',
      '1:24: rule "hold-bounded" has no parameter "mx"; did you mean "max"?',
    ],
    ['rules: {hold-bounded: {limit: 3}}', '1:24: rule "hold-bounded" has no parameter "limit"; it has max'],
    ['rules: {no-blame: {max: 3}}', '1:20: rule "no-blame" has no parameter "max"; it has none'],
    ['rules: {no-blame: {of: apology}}', '1:20: rule "no-blame" has no parameter "of"; it has none'],
    ['rules: {hold-bounded: {max: 3}}', '1:24: "max" of "hold-bounded" is a time such as "5 min", not 3'],
    [
      'rules: {retention-offers-bounded: {max: two}}',
      '1:36: "max" of "retention-offers-bounded" is a whole number such as 1, not "two"',
    ],
    [
      'rules: {retention-offers-bounded: {max: -1}}',
      '1:36: "max" of "retention-offers-bounded" is a whole number such as 1, not -1',
    ],
    [
      'rules: {retention-offers-bounded: {each: 1}}',
      '1:36: "each" of "retention-offers-bounded" is true or false, not 1',
    ],
    [
      'overrides: [{files: ivr/, rules: {no-blaim: off}}]',
      '1:35: unknown rule "no-blaim"; did you mean "no-blame"?',
    ],
    ['rules: [{id: no-blame}]', '1:9: wayout has a rule "no-blame" already; give this one another id'],
  ])('%s', (text, expected) => expect(told(text)).toEqual([`0.yaml:${expected}`]))

  test('names of own rules are known in every file', () => {
    expect(told('rules: [{id: no-gifts}]', 'rules: {no-gifts: off}')).toEqual([])
  })

  test('one id for two own rules', () => {
    expect(told('rules: [{id: no-gifts}]', 'rules: [{id: no-gifts}]')).toEqual([
      '1.yaml:1:9: this team has a rule "no-gifts" already; give this one another id',
    ])
  })

  test('what is wrong in an own rule is told at its place', () => {
    const { config } = parseConfig('rules:\n  - id: no-gifts\n', 'wayout.yaml')
    const { problems } = catalogueOf(builtIn, packs, [config], () => ({
      problems: ['rule no-gifts: no check'],
    }))
    expect(problems).toEqual([
      { path: 'wayout.yaml', at: { line: 2, column: 5 }, message: 'rule no-gifts: no check' },
    ])
  })

  test('on the command line', () => {
    const { catalogue } = catalogueWith()
    expect(unknownRule('hold-bound', catalogue.rules)).toBe(
      'unknown rule "hold-bound"; did you mean "hold-bounded"?',
    )
    expect(unknownPack('pedant', catalogue.packs)).toBe('unknown pack "pedant"; did you mean "pedantic"?')
  })
})

test('limits and switches are parameters, demands are not', () => {
  expect(builtIn.map(one => Object.fromEntries(parametersOf(one)))).toEqual([
    { max: '5 min' },
    {},
    { max: 1, each: true },
  ])
})
