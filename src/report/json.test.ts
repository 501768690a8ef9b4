// The JSON keeps its contract: shape, order of keys, values untouched, and the published schema describes all of it.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { LintResult } from '../model/finding.ts'
import { HOSTILE, HOSTILE_CONTEXT, hostileResult } from './hostile.test-data.ts'
import { report } from './json.ts'
import { CLEAN, CONTEXT, RESULT } from './samples.test-data.ts'

const schema = JSON.parse(readFileSync(new URL('../../schema/lint.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema)
const errorsOf = (value: unknown) => (validate(value) ? [] : validate.errors)
const EMPTY: LintResult = { playbooks: [], findings: [], rules: [], suppressed: [], notRead: [] }

describe('report', () => {
  test.each([
    ['the gym and the newspaper', RESULT],
    ['a clean result', CLEAN],
    ['nothing at all', EMPTY],
    ['hostile text', hostileResult()],
  ])('%s is valid', (_, result) => {
    expect(errorsOf(JSON.parse(report(result, CONTEXT)))).toEqual([])
  })

  test('has the keys of the contract, in its order, then those that came later', () => {
    const json = JSON.parse(report(RESULT, CONTEXT))
    expect(Object.keys(json).join(' ')).toBe(
      'version tool playbooks findings rules suppressed summary notRead baseline',
    )
    expect(Object.keys(json.playbooks[0]).join(' ')).toBe(
      'path title language format channels steps transitions unread languageFrom linked',
    )
    expect(Object.keys(json.findings[0]).join(' ')).toBe(
      'rule severity verdict message fix why path range step witness loopsTo because law fingerprint',
    )
    expect(Object.keys(json.findings[0].witness[0]).join(' ')).toBe(
      'step path line column chooser choice acts note title text',
    )
    expect(Object.keys(json.summary).join(' ')).toMatch(/^errors warnings infos suppressed playbooks steps /)
    expect(json.summary).toMatchObject({
      errors: 1,
      warnings: 1,
      infos: 1,
      suppressed: 1,
      playbooks: 2,
      steps: 7,
    })
    expect(json.summary).toMatchObject({
      unread: 1,
      notRead: 1,
      passedOver: 1,
      verdicts: { holds: 2, vacuous: 3 },
    })
    expect(json.findings[1]).not.toHaveProperty('loopsTo')
    expect(json.tool).toEqual({ name: 'wayout', version: '0.1.0' })
  })

  test('keeps every value as it is and prints none that a terminal would obey', () => {
    const text = report(hostileResult(), HOSTILE_CONTEXT)
    const json = JSON.parse(text)
    expect(json.findings[0].message).toBe(HOSTILE)
    expect(json.findings[0].witness[0].path).toBe(HOSTILE)
    expect(text).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/,
    )
  })

  test('carries the findings over whole', () => {
    const { findings } = JSON.parse(report(RESULT, CONTEXT))
    expect(findings).toEqual(JSON.parse(JSON.stringify(RESULT.findings)))
  })

  test('does not depend on quiet, and gives the same bytes for the same input', () => {
    expect(report(RESULT, { ...CONTEXT, quiet: true })).toBe(report(structuredClone(RESULT), CONTEXT))
  })
})

describe('the schema', () => {
  test.each([
    ['a key it does not know', { ...JSON.parse(report(CLEAN, CONTEXT)), extra: 1 }],
    ['another version', { ...JSON.parse(report(CLEAN, CONTEXT)), version: 2 }],
    ['a missing key', (({ rules: _, ...rest }) => rest)(JSON.parse(report(CLEAN, CONTEXT)))],
  ])('refuses %s', (_, value) => {
    expect(validate(value)).toBe(false)
  })
})
