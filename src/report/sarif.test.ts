// SARIF holds to the standard, to GitHub's limits, and carries everything a finding has.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import type { Finding, LintResult } from '../model/finding.ts'
import { HOSTILE_CONTEXT, hostileResult } from './hostile.test-data.ts'
import { RULES } from './sample-rules.test-data.ts'
import { CONTEXT as BARE, CLEAN, FINDINGS, RESULT, witnessStep } from './samples.test-data.ts'
import { report } from './sarif.ts'
import { uriOf } from './uri.ts'

const CONTEXT = { ...BARE, rules: RULES }
const schema = JSON.parse(
  readFileSync(new URL('../../fixtures/report/sarif-subset.schema.json', import.meta.url), 'utf8'),
)
const validate = new Ajv2020({
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allErrors: true,
}).compile(schema)

function run(result: LintResult, context = CONTEXT) {
  const sarif = JSON.parse(report(result, context))
  expect(validate(sarif) ? [] : validate.errors).toEqual([])
  return sarif.runs[0]
}

const withFinding = (finding: Partial<Finding>) =>
  run({ ...CLEAN, findings: [{ ...FINDINGS[0]!, ...finding }] }).results[0]

test.each([
  ['the gym and the newspaper', RESULT, CONTEXT],
  ['a clean result', CLEAN, CONTEXT],
  ['hostile text', hostileResult(), HOSTILE_CONTEXT],
  ['no text at all', hostileResult(''), HOSTILE_CONTEXT],
  ['pages of the rules', RESULT, { ...CONTEXT, ruleUri: (id: string) => `https://wayout.example/${id}` }],
])('%s is valid', (_, result, context) => {
  run(result, context)
})

describe('a result', () => {
  test('has a rule, a level, a message with the way to repair it, a region with its end', () => {
    const { results, tool } = run(RESULT)
    const [first, remark, possible] = results
    expect(tool.driver.rules[first.ruleIndex].id).toBe('cancellation-forceable')
    expect(tool.driver.rules[remark.ruleIndex].id).toBe('ends-declared')
    expect([first.level, remark.level, possible.level]).toEqual(['error', 'note', 'warning'])
    expect(first.message.text).toContain(
      'fix: let the customer decide in "Pause instead":\n  - customer: declines',
    )
    expect(possible.message.text).toContain('only possible; confirm: if line 7 is an offer')
    expect(first.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'playbooks/gym.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 8, startColumn: 19, endLine: 8, endColumn: 46 },
    })
    expect(first.partialFingerprints).toEqual({ 'wayout/v1': '5f0c2d7e91ab4c33' })
  })

  test('offers its repair as edits, with text of the file as it is', () => {
    const at = (line: number, column: number) => ({ line, column })
    const repair = {
      description: 'write "offer" for "of\u202eer"',
      edits: [
        { range: { start: at(3, 5), end: at(3, 9) }, text: 'offer' },
        { range: { start: at(4, 1), end: at(4, 1) }, text: '\r\n    end: kept' },
        { range: { start: at(5, 1), end: at(6, 1) }, text: '' },
      ],
    }
    const { fixes } = withFinding({ repair })
    expect(fixes).toHaveLength(1)
    expect(fixes[0].description.text).toBe('write "offer" for "ofer"')
    const [change] = fixes[0].artifactChanges
    expect(change.artifactLocation.uri).toBe('playbooks/gym.yaml')
    expect(change.replacements).toEqual([
      {
        deletedRegion: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
        insertedContent: { text: 'offer' },
      },
      {
        deletedRegion: { startLine: 4, startColumn: 1, endLine: 4, endColumn: 1 },
        insertedContent: { text: '\r\n    end: kept' },
      },
      { deletedRegion: { startLine: 5, startColumn: 1, endLine: 6, endColumn: 1 } },
    ])
    expect(withFinding({}).fixes).toBeUndefined()
  })

  test('tells its path step by step, with the way back', () => {
    const { locations } = withFinding({}).codeFlows[0].threadFlows[0]
    expect(
      locations.map((item: { location: { message: { text: string } } }) => item.location.message.text),
    ).toEqual([
      'Greeting: Thank you for calling Iron Hall, the gym that never sleeps. How can I help? → customer: "wants to end the membership"',
      'First offer: Before you go, I could give you half price for three months. Would that help? → customer: "declines"',
      'Pause instead: Then let me pause the membership. You pay nothing for two months and keep your locker. → agent: "thinks that the customer can still be won" (the way out hangs on the agent here)',
      'back to here, and so on for ever',
    ])
  })

  test('doubles braces and takes links apart', () => {
    const { message } = withFinding({ message: 'say "Hi {agent}, [x](1)"', fix: '' })
    expect(message.text).toBe('say "Hi {{agent}}, [x] (1)"')
  })

  test('keeps to the limits of code scanning', () => {
    const witness = Array.from({ length: 5000 }, (_, index) =>
      witnessStep(`s${index}`, `Step ${index}`, index + 1),
    )
    const because = Array.from({ length: 300 }, () => FINDINGS[0]!.because[0]!)
    const result = withFinding({ witness, loopsTo: 4000, because })
    expect(result.codeFlows[0].threadFlows[0].locations).toHaveLength(999)
    expect(result.codeFlows[0].message.text).toBe('the path that shows it, without 4002 steps in its middle')
    expect(result.relatedLocations).toHaveLength(99)
  })
})

test('a suppressed finding is kept, with its justification', () => {
  const { suppressions } = run(RESULT).results[3]
  expect(suppressions[0]).toMatchObject({
    kind: 'inSource',
    justification: 'it is our slogan, agreed with legal until March',
    location: { physicalLocation: { region: { startLine: 5 } } },
  })
})

test('what was not read is told, and no success', () => {
  const [invocation] = run(RESULT).invocations
  expect(invocation.executionSuccessful).toBe(false)
  expect(
    invocation.toolExecutionNotifications.map((item: { message: { text: string } }) => item.message.text),
  ).toEqual([
    'playbooks/old.md: not UTF-8: it looks like UTF-16',
    'playbooks/prices.yaml: not a flow format I know: top-level keys "gold", "silver"',
    '1 passage of playbooks/newspaper.md could not be read as part of the flow: image',
  ])
  expect(run(CLEAN).invocations[0].executionSuccessful).toBe(true)
})

test('too many results are cut, and that is said', () => {
  const few: Finding = { ...FINDINGS[1]!, because: [] }
  const { results, invocations } = run({ ...CLEAN, findings: Array.from({ length: 25_010 }, () => few) })
  expect(results).toHaveLength(25_000)
  expect(invocations[0].toolExecutionNotifications[0].message.text).toBe('10 further results left out')
})

test.each([
  ['playbooks/gym club.yaml', 'playbooks/gym%20club.yaml'],
  ['a:b#c?d%.md', 'a%3Ab%23c%3Fd%25.md'],
  ['../handbook/öl.md', '../handbook/%C3%B6l.md'],
  ['/tmp/x y.md', 'file:///tmp/x%20y.md'],
  ['C:\\books\\x.md', 'file:///C:/books/x.md'],
  ['\ud800.md', '%EF%BF%BD.md'],
  ['<stdin>', '%3Cstdin%3E'],
])('the address of %j is %j', (path, uri) => {
  expect(uriOf(path)).toBe(uri)
})

test('the same input gives the same bytes, quiet or not', () => {
  expect(report(structuredClone(RESULT), { ...CONTEXT, quiet: true })).toBe(report(RESULT, CONTEXT))
})
