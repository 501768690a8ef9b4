// The published schema of rules agrees with the validator: on every rule of ours, on every key, on every planted mistake.
import { readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ACTS, CHOOSERS, OUTCOMES } from '../model/act.ts'
import { SEVERITIES } from '../model/finding.ts'
import { CHANNELS } from '../model/playbook.ts'
import {
  BUILT_IN,
  COMMON,
  EXAMPLE_KEYS,
  LAW_KEYS,
  LAW_STATUS,
  METRICS,
  PARAMETERS,
  SCOPE_KEYS,
} from './parameters.ts'
import { validateRule } from './validate.ts'

const root = new URL('../../', import.meta.url)
const schema = JSON.parse(readFileSync(new URL('schema/rules.schema.json', root), 'utf8'))
const validate = new Ajv2020({
  allErrors: true,
  allowUnionTypes: true,
  strictRequired: false,
  strictTypes: false,
}).compile(schema)

const files = readdirSync(new URL('rules/', root)).filter(name => name.endsWith('.yaml'))
const read = (name: string): unknown => parse(readFileSync(new URL(`rules/${name}`, root), 'utf8'))

describe('the schema', () => {
  test.each(files)('accepts %s', name => {
    validate(read(name))
    expect(validate.errors ?? []).toEqual([])
  })

  test('knows the keys and words of the validator', () => {
    const { properties, $defs } = schema
    expect(Object.keys(properties).sort()).toEqual([...COMMON].sort())
    expect(properties.severity.enum).toEqual([...SEVERITIES])
    expect(properties.applies.properties.channels.items.enum).toEqual([...CHANNELS])
    expect($defs.chooser.enum).toEqual([...CHOOSERS])
    expect($defs.outcome.enum).toEqual([...OUTCOMES])
    expect($defs.condition.anyOf[1].enum).toEqual(BUILT_IN)
    expect(Object.keys($defs.scope.properties)).toEqual(SCOPE_KEYS)
    expect(Object.keys($defs.example.properties)).toEqual(EXAMPLE_KEYS)
    expect(Object.keys($defs.law.properties)).toEqual(LAW_KEYS)
    expect($defs.law.properties.status.enum).toEqual(LAW_STATUS)
    const acts = $defs.actName.anyOf.flatMap((each: { const?: string }) => each.const ?? [])
    expect(acts).toEqual(Object.keys(ACTS))
  })

  test('has the parameters of every primitive', () => {
    const { check, checks } = schema.$defs
    expect([...check.enum].sort()).toEqual(Object.keys(PARAMETERS).sort())
    for (const { if: given, then } of checks.allOf) {
      const parameters = PARAMETERS[given.properties.check.const as keyof typeof PARAMETERS]!
      const names = Object.keys(parameters)
      const own = Object.keys(then.properties).filter(key => key !== 'message')
      expect(own.sort()).toEqual(names.map(name => name.replace('!', '')).sort())
      expect(then.required).toEqual(names.filter(name => name.endsWith('!')).map(name => name.slice(0, -1)))
      for (const [name, kind] of Object.entries(parameters)) {
        const { enum: words } = then.properties[name.replace('!', '')]
        if (typeof kind !== 'string') expect(words).toEqual([...kind])
      }
    }
    expect(
      checks.allOf.find(
        (c: { if: { properties: { check: { const: string } } } }) =>
          c.if.properties.check.const === 'measure',
      ).then.properties.metrics.items.enum,
    ).toEqual(METRICS)
  })

  test('explains every key to an editor', () => {
    const mute: string[] = []
    const look = (at: string, value: unknown) => {
      if (typeof value !== 'object' || value === null) return
      for (const [key, inner] of Object.entries(value)) {
        look(`${at}/${key}`, inner)
        if (key !== 'properties' || at.endsWith('/if')) continue
        for (const [name, property] of Object.entries(inner as Record<string, Record<string, unknown>>)) {
          const described = property.description ?? lookUp(property.$ref)?.description
          if (described === undefined && name !== 'message' && property.const === undefined)
            mute.push(`${at}/${name}`)
        }
      }
    }
    look('', schema)
    expect(mute).toEqual([])
  })
})

function lookUp(ref: unknown): { description?: string } | undefined {
  return typeof ref === 'string' ? schema.$defs[ref.replace('#/$defs/', '')] : undefined
}

/** A rule that is in order, in which each of the mistakes below is planted alone. */
const GOOD = {
  id: 'acme/one-offer',
  title: 'One offer is enough',
  check: 'bound',
  of: { any: ['retention-offer', { act: 'remedy', where: { kind: 'credit' } }] },
  max: 1,
  scope: { after: 'cancel-request', until: 'cancellation-processed' },
  message: '{count} offers in {step} (limit {max})',
  law: [{ ref: '§ 312k BGB', jurisdiction: 'DE', status: 'in-force', checked: '2026-11-01' }],
  examples: { bad: [{ title: 'Two', format: 'yaml', playbook: 'playbook: Two\nsteps: {}' }], good: [] },
}

const without = (key: keyof typeof GOOD) => ({ ...GOOD, [key]: undefined })

/** What is wrong → the rule, and what the validator must say of it. */
const MISTAKES: [what: string, rule: unknown, message: string][] = [
  ['no mapping', ['bound'], 'a rule is a mapping'],
  ['an id with capitals', { ...GOOD, id: 'One Offer' }, 'id must be words joined by "-"'],
  ['no check', without('check'), 'check must be one of'],
  ['an unknown check', { ...GOOD, check: 'bounds' }, 'did you mean "bound"?'],
  ['no title', without('title'), 'title must be a text'],
  ['no message', without('message'), 'message must be a text'],
  ['an empty why', { ...GOOD, why: '' }, 'why must be a text'],
  ['a key of another check', { ...GOOD, within: 2 }, 'unknown key "within"'],
  ['a misspelled key', { ...GOOD, messsage: 'x' }, 'did you mean "message"?'],
  ['a missing parameter', without('max'), 'check: bound needs "max"'],
  ['a number that is none', { ...GOOD, max: 'one' }, 'max must be a whole number'],
  ['a number out of range', { ...GOOD, max: 500 }, 'max must be a whole number from 0 to 50'],
  ['an unknown severity', { ...GOOD, severity: 'fatal' }, 'severity must be one of'],
  ['an act that is none', { ...GOOD, of: 'Retention offer' }, 'unknown act "Retention offer"'],
  ['an unknown built-in', { ...GOOD, of: '@steps' }, 'did you mean "@step"?'],
  ['a condition of nothing', { ...GOOD, of: { any: [] } }, 'must be a list of conditions'],
  ['two conditions in one', { ...GOOD, of: { act: 'remedy', any: ['hold'] } }, 'must name one of any, all'],
  ['an unknown chooser', { ...GOOD, of: { act: 'skip', by: 'costumer' } }, 'did you mean "customer"?'],
  [
    'a key beside a condition',
    { ...GOOD, of: { act: 'skip', whose: 'x' } },
    'unknown key "whose" beside "act"',
  ],
  ['an unknown outcome', { ...GOOD, of: { outcome: 'canceled' } }, 'did you mean "cancelled"?'],
  ['until without after', { ...GOOD, scope: { until: 'hold' } }, 'until needs after'],
  [
    'until and and_later',
    { ...GOOD, scope: { after: 'hold', until: 'hold', and_later: 'hold' } },
    'and_later needs after',
  ],
  ['before with after', { ...GOOD, scope: { after: 'hold', before: 'hold' } }, 'before stands without after'],
  ['a wrong reopen', { ...GOOD, scope: { after: 'hold', reopen: 'always' } }, 'reopen must be first or each'],
  [
    'an unknown key of the scope',
    { ...GOOD, scope: { after: 'hold', untill: 'hold' } },
    'did you mean "until"?',
  ],
  ['a placeholder that nobody fills', { ...GOOD, message: '{cuont} offers' }, 'did you mean "count"?'],
  ['an unknown channel', { ...GOOD, applies: { channels: ['fax'] } }, 'unknown channel "fax"'],
  ['a channel that is no list', { ...GOOD, applies: { channels: 'phone' } }, 'must be a list of channels'],
  ['a near miss for paths', { ...GOOD, applies: { path: ['a/**'] } }, 'did you mean "paths"?'],
  ['a near miss for playbooks', { ...GOOD, applies: { playbook: ['A'] } }, 'did you mean "playbooks"?'],
  ['paths that are no list', { ...GOOD, applies: { paths: 'a/**' } }, 'must be a list of patterns of paths'],
  [
    'playbooks that are no texts',
    { ...GOOD, applies: { playbooks: [''] } },
    'must be a list of titles of playbooks',
  ],
  ['an unknown key of applies', { ...GOOD, applies: { chanels: ['phone'] } }, 'did you mean "channels"?'],
  [
    'further checks without a message',
    { ...GOOD, also: [{ check: 'absence', of: 'hold' }] },
    'also: message must be a text',
  ],
  [
    'further checks with an id',
    { ...GOOD, also: [{ check: 'absence', of: 'hold', message: 'x', id: 'y' }] },
    'also: "id" stands once',
  ],
  ['a law without a status', { ...GOOD, law: [{ ref: '§ 1', jurisdiction: 'DE' }] }, 'law needs "status"'],
  [
    'a law with an unknown status',
    { ...GOOD, law: [{ ref: '§ 1', jurisdiction: 'DE', status: 'in force' }] },
    'law.status must be one of',
  ],
  [
    'a law with a vague date',
    { ...GOOD, law: [{ ...GOOD.law[0], effective: 'July 2025' }] },
    'must be a date',
  ],
  [
    'an example without a playbook',
    { ...GOOD, examples: { bad: [{ title: 'x' }] } },
    'has a title and a playbook',
  ],
  [
    'an example in an unknown format',
    { ...GOOD, examples: { bad: [{ title: 'x', playbook: 'y', format: 'html' }] } },
    'format must be yaml or markdown',
  ],
  ['an unknown kind of examples', { ...GOOD, examples: { ugly: [] } }, 'unknown key "ugly"'],
  [
    'an unknown demand',
    { id: 'a', title: 't', message: 'm', check: 'structure', require: 'links-reslove' },
    'did you mean "links-resolve"?',
  ],
  [
    'an empty response',
    { id: 'a', title: 't', message: 'm', check: 'response', to: 'hold', then: [] },
    'then must be a list of conditions',
  ],
  [
    'an unknown metric',
    {
      id: 'a',
      title: 't',
      message: 'm',
      check: 'measure',
      flow: { from: 'hold', to: 'hold' },
      not_more_than: { from: 'hold', to: 'hold' },
      metrics: ['turn'],
    },
    'did you mean "turns"?',
  ],
  [
    'a way without an end',
    {
      id: 'a',
      title: 't',
      message: 'm',
      check: 'measure',
      flow: { from: 'hold' },
      not_more_than: { from: 'hold', to: 'hold' },
      metrics: ['turns'],
    },
    'flow needs "to"',
  ],
]

describe('a mistake is found by schema and validator', () => {
  test('and the rule without mistakes by neither', () => {
    expect(validate(GOOD)).toBe(true)
    expect(validateRule(GOOD, 'test').problems).toEqual([])
  })

  test.each(MISTAKES)('%s', (_, rule, message) => {
    // As YAML would hand it over: without keys that are not there.
    const value: unknown = JSON.parse(JSON.stringify(rule))
    expect(validate(value)).toBe(false)
    const { problems, rule: accepted } = validateRule(value, 'test')
    expect(accepted).toBeUndefined()
    expect(problems.join('\n')).toContain(message)
    expect(problems.join('\n')).not.toMatch(/undefined|\[object/)
  })
})
