// The published schema agrees with the reader: on every key and act, on every valid fixture, on every planted mistake.
import { readdirSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { ACTS, OUTCOMES } from '../../model/act.ts'
import { CHANNELS } from '../../model/playbook.ts'
import { HEAD_KEYS } from './head.ts'
import { readYaml } from './index.ts'
import { parse } from './parse.ts'
import { STEP_KEYS } from './step.ts'
import { TRANSITION_KEYS } from './transition.ts'
import { plainValue } from './value.ts'

const root = new URL('../../../', import.meta.url)
const fixtures = new URL('fixtures/read/yaml/', root)
const schema = JSON.parse(readFileSync(new URL('schema/playbook.schema.json', root), 'utf8'))
const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strictRequired: false }).compile(schema)

/** What the schema finds wrong in the documents of a text. */
function schemaErrors(text: string): string[] {
  return parse(text).trees.flatMap(({ root, aliases }) => {
    // The validator wants objects as JSON makes them.
    const value: unknown = JSON.parse(JSON.stringify(plainValue(root, aliases)))
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
  })
}

function files(kind: string): [name: string, text: string][] {
  return readdirSync(new URL(`${kind}/`, fixtures)).map(name => [
    name,
    readFileSync(new URL(`${kind}/${name}`, fixtures), 'utf8'),
  ])
}

describe('the schema', () => {
  it.each(files('valid'))('accepts %s', (_, text) => {
    expect(schemaErrors(text)).toEqual([])
  })

  it.each(files('mistakes'))('refuses %s', (_, text) => {
    expect(schemaErrors(text)).not.toEqual([])
  })

  it('knows the keys, channels, outcomes and acts of the reader', () => {
    const { definitions, properties } = schema
    expect(Object.keys(properties)).toEqual([...HEAD_KEYS])
    expect(Object.keys(definitions.step.properties)).toEqual([...STEP_KEYS])
    expect(Object.keys(definitions.transition.properties)).toEqual([...TRANSITION_KEYS])
    expect(definitions.channel.enum).toEqual([...CHANNELS])
    expect(definitions.outcome.enum).toEqual([...OUTCOMES])
    const named = definitions.actName.anyOf.flatMap((each: { const?: string }) => each.const ?? [])
    expect(named).toEqual(Object.keys(ACTS))
    const withAttributes = definitions.actWithAttributes.properties
    expect(Object.keys(withAttributes)).toEqual(Object.keys(ACTS))
    for (const [act, { attributes }] of Object.entries(ACTS)) {
      expect(Object.keys(withAttributes[act].properties ?? {})).toEqual([...(attributes ?? [])])
    }
  })
})

/** One mistake each, in a playbook that is sound but for it. */
const PLANTED: [what: string, from: string, to: string][] = [
  ['no title', 'playbook: Gym\n', ''],
  ['an unknown key of the head', 'language: en', 'langauge: en'],
  ['a language that is none', 'language: en', 'language: English'],
  ['an unknown channel', 'channel: phone', 'channel: telephone'],
  ['an unknown channel of a start', 'start: hello', 'start: {fax: hello}'],
  ['a list of starts', 'start: hello', 'start: [hello]'],
  ['facts without values', 'facts: {plan: [monthly, annual]}', 'facts: {plan: []}'],
  ['an entry that is no switch', 'entry: true', 'entry: always'],
  ['an unknown key of a step', 'do: Wait.', 'wait: 1'],
  ['an empty text', 'say: Hello.', 'say: ""'],
  ['no text', 'say: Hello.', 'say:'],
  ['a mapping for a text', 'say: Hello.', 'say: {hello: you}'],
  ['an unknown outcome', 'end: cancelled', 'end: done'],
  ['a list of outcomes', 'end: cancelled', 'end: [cancelled]'],
  ['both ways of going on', 'end: cancelled', 'end: cancelled, next: hello'],
  ['a switch that is none', 'bot: true', 'bot: yes'],
  ['an unknown attribute', 'hold: {max: 5 min}', 'hold: {least: 5 min}'],
  ['attributes that are none', 'hold: {max: 5 min}', 'hold: 5 min'],
  ['an empty act', 'hold: {max: 5 min}', ''],
  ['no acts', 'acts: [apology]', 'acts:'],
  ['two choosers', 'customer: cancels', 'customer: cancels, agent: agrees'],
  ['a chooser without words', 'customer: cancels', 'customer:'],
  ['a chooser with a list', 'customer: cancels', 'customer: [cancels]'],
  ['an unknown chooser', 'customer: cancels', 'client: cancels'],
  ['no target', 'go: wait', 'max: 1'],
  ['two targets', 'go: wait', 'go: wait, end: kept'],
  ['an empty target', 'go: wait', 'go:'],
  ['a web address', 'go: wait', 'go: https://example.org'],
  ['a number of times that is none', 'max: 2', 'max: 0'],
  ['half a time', 'max: 2', 'max: 1.5'],
  ['an unknown way of telling', 'told: offered', 'told: whispered'],
  ['an interruption that is no switch', 'interrupt: true', 'interrupt: 1'],
  ['nothing to go on to', 'next: bye', 'next: []'],
  ['no next', 'next: bye', 'next:'],
  ['a call to a list', 'call: survey.yaml', 'call: [survey.yaml]'],
  ['an empty title', 'title: The end', 'title: ""'],
  ['a test of no fact', 'fact: {plan: monthly}', 'fact: {}'],
  ['otherwise not', 'otherwise: true', 'otherwise: false'],
]

const SOUND = `playbook: Gym
language: en
channel: phone
start: hello
entry: true
facts: {plan: [monthly, annual]}
steps:
  hello:
    say: Hello.
    acts: [apology]
    next:
      - {customer: cancels, go: wait}
      - {fact: {plan: monthly}, told: offered, max: 2, interrupt: true, go: bye}
      - {otherwise: true, end: kept}
  wait: {do: Wait., acts: [{hold: {max: 5 min}}], bot: true, call: survey.yaml, next: bye}
  bye: {title: The end, end: cancelled}
`

describe('a planted mistake', () => {
  it('is the only one', () => {
    expect(schemaErrors(SOUND)).toEqual([])
    expect(readYaml('gym.yaml', SOUND).problems).toEqual([])
  })

  it.each(PLANTED)('%s is found by reader and schema', (_, from, to) => {
    expect(SOUND).toContain(from)
    const text = SOUND.replace(from, to)
    expect(schemaErrors(text)).not.toEqual([])
    expect(readYaml('gym.yaml', text).problems).toHaveLength(1)
  })
})
