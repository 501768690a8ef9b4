// What the formats say about exceptions: suppressed and baselined findings are counted and marked, never dropped.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { LintResult } from '../model/finding.ts'
import type { SuppressionEntry } from '../model/suppression.ts'
import { plain } from './context.ts'
import { HOSTILE } from './hostile.test-data.ts'
import { reporters } from './index.ts'
import { registerCsv, registerJson, registerText } from './register.ts'
import { RULES } from './sample-rules.test-data.ts'
import { CONTEXT, FINDINGS, RESULT } from './samples.test-data.ts'

const [loop, offers, remark] = FINDINGS as [(typeof FINDINGS)[0], (typeof FINDINGS)[0], (typeof FINDINGS)[0]]
const exception = RESULT.suppressed[0]!

/** As the summary names them: by number, then by name. */
const NAMES = [offers.rule, remark.rule].sort()

/** One new finding, two known ones, one suppressed by the configuration. */
const result: LintResult = {
  ...RESULT,
  findings: [loop],
  suppressed: [{ ...exception, scope: 'files', until: '2027-03-31', owner: 'Jo Reyes', ticket: 'GYM-12' }],
  baseline: { path: '.wayout-baseline', findings: [offers, remark], stale: 1 },
}

async function told(format: string, of = result): Promise<string> {
  const { report } = await reporters[format]!()
  return report(of, { ...CONTEXT, rules: RULES })
}

describe('a baseline', () => {
  test('is told in the summary for people, by rule', async () => {
    const text = (await told('pretty')).replace(/\s+/g, ' ')
    expect(text).toContain(
      `known baseline .wayout-baseline holds 2 findings, which do not fail: ${NAMES.join(' and ')}; 1 line of it is stale`,
    )
    expect(text).toContain('1 suppressed, 2 in the baseline')
    expect(text).not.toContain(offers.message)
  })

  test('stands in JSON beside the findings', async () => {
    const json = JSON.parse(await told('json'))
    expect(json.findings).toHaveLength(1)
    expect(json.baseline).toMatchObject({ path: '.wayout-baseline', stale: 1 })
    expect(json.baseline.findings.map((one: { rule: string }) => one.rule)).toEqual([
      offers.rule,
      remark.rule,
    ])
    expect(json.summary).toMatchObject({ suppressed: 1, baselined: 2 })
    expect(json.suppressed[0]).toMatchObject({
      scope: 'files',
      until: '2027-03-31',
      owner: 'Jo Reyes',
      ticket: 'GYM-12',
    })
    const schema = JSON.parse(readFileSync(new URL('../../schema/lint.schema.json', import.meta.url), 'utf8'))
    const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema)
    expect(validate(json) ? [] : validate.errors).toEqual([])
  })

  test('is null in JSON where none is in use', async () => {
    expect(JSON.parse(await told('json', RESULT)).baseline).toBeNull()
  })

  test('marks results of SARIF and drops none', async () => {
    const [run] = JSON.parse(await told('sarif')).runs
    const marks = run.results.map((one: { baselineState?: string; suppressions?: object[] }) => [
      one.baselineState,
      one.suppressions?.length,
    ])
    expect(marks).toEqual([
      ['new', undefined],
      ['unchanged', undefined],
      ['unchanged', undefined],
      [undefined, 1],
    ])
    expect(run.results[3].suppressions[0]).toMatchObject({
      kind: 'external',
      justification: `${exception.reason}; owner Jo Reyes; ticket GYM-12; until 2027-03-31`,
    })
  })

  test('fails nothing, and is counted, in formats for build services', async () => {
    expect(await told('github')).toContain('1 suppressed, 2 in the baseline')
    expect(await told('markdown')).toContain('1 suppressed; 2 in the baseline')
    const junit = await told('junit')
    expect(junit.match(/<skipped /g)).toHaveLength(3)
    expect(junit.match(/<failure /g)).toHaveLength(1)
    expect(junit).toContain('in the baseline: ')
    const lines = (await told('jsonl')).trim().split('\n')
    expect(lines.map(line => JSON.parse(line).type)).toEqual(
      expect.arrayContaining(['finding', 'baselined', 'suppressed', 'summary']),
    )
  })
})

const entry = (more: Partial<SuppressionEntry>): SuppressionEntry => ({
  rule: 'no-pressure-wording',
  scope: 'next-step',
  place: exception.place,
  target: 'Greeting',
  reason: 'our slogan, "never sleeps"',
  until: null,
  owner: null,
  ticket: null,
  state: 'active',
  problem: null,
  hides: [exception.finding],
  ...more,
})

describe('the register', () => {
  const entries = [
    entry({ until: '2027-03-31', owner: 'Jo Reyes', ticket: 'GYM-12' }),
    entry({
      rule: 'hold-bounded',
      scope: 'files',
      target: 'old/',
      state: 'stale',
      hides: [],
      problem: { message: 'the suppression of "hold-bounded" hides nothing', fix: 'delete it' },
    }),
  ]

  test('for people', () => {
    expect(registerText(entries, 2, { colour: plain, columns: 80 })).toMatchInlineSnapshot(`
      "no-pressure-wording  active
      at       playbooks/gym.yaml:5
      for      the step "Greeting"
      reason   our slogan, "never sleeps"
      owner    Jo Reyes
      ticket   GYM-12
      until    2027-03-31
      hides    playbooks/gym.yaml:34 "never sleeps" presses the customer

      hold-bounded  stale
      at       playbooks/gym.yaml:5
      for      files old/
      reason   our slogan, "never sleeps"
      problem  the suppression of "hold-bounded" hides nothing

      2 suppressions in 2 files: 1 active, 1 stale
      "
    `)
    expect(registerText([], 2, { colour: plain, columns: 80 })).toBe('0 suppressions in 2 files\n')
  })

  test('for a spreadsheet', () => {
    expect(registerCsv(entries)).toMatchInlineSnapshot(`
      "rule,state,path,line,scope,target,reason,owner,ticket,until,hides,hidden findings,problem
      no-pressure-wording,active,playbooks/gym.yaml,5,next-step,Greeting,"our slogan, ""never sleeps""",Jo Reyes,GYM-12,2027-03-31,1,"playbooks/gym.yaml:34 ""never sleeps"" presses the customer",
      hold-bounded,stale,playbooks/gym.yaml,5,files,old/,"our slogan, ""never sleeps""",,,,0,,"the suppression of ""hold-bounded"" hides nothing"
      "
    `)
    expect(registerCsv([entry({ reason: '=HYPERLINK("x")', owner: '@jo', hides: [] })])).toContain(
      `"'=HYPERLINK(""x"")",'@jo,`,
    )
  })

  test('for machines', () => {
    const json = JSON.parse(registerJson(entries, '0.1.0'))
    expect(json.suppressions[0]).toMatchObject({
      rule: 'no-pressure-wording',
      owner: 'Jo Reyes',
      problem: null,
    })
    expect(json.suppressions[1]).toMatchObject({ state: 'stale', fix: 'delete it', hides: [] })
  })

  test('hostile words are harmless in all of them', () => {
    const bad = HOSTILE
    const hostile = [
      entry({
        rule: bad,
        target: bad,
        reason: bad,
        owner: bad,
        ticket: bad,
        until: bad,
        problem: { message: bad, fix: bad },
      }),
    ]
    for (const text of [
      registerText(hostile, 1, { colour: plain, columns: 80 }),
      registerCsv(hostile),
      registerJson(hostile, '1'),
    ])
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
  })
})
