// The report for people, read as a support lead reads it: 80 columns, no colour, nothing silent.
import { describe, expect, test } from 'vitest'
import type { Finding, LintResult } from '../model/finding.ts'
import { type Colour, plain, type ReportContext } from './context.ts'
import { HOSTILE_CONTEXT, hostileResult } from './hostile.test-data.ts'
import { width } from './layout.ts'
import { report } from './pretty.ts'
import { RULES } from './sample-rules.test-data.ts'
import { GYM } from './sample-sources.test-data.ts'
import { CONTEXT as BARE, CLEAN, FINDINGS, RESULT, witnessStep } from './samples.test-data.ts'

const CONTEXT: ReportContext = { ...BARE, rules: RULES }

function only(finding: Partial<Finding>, context: Partial<ReportContext> = {}): string {
  const result: LintResult = { ...CLEAN, findings: [{ ...FINDINGS[0]!, because: [], law: [], ...finding }] }
  return report(result, { ...CONTEXT, ...context })
}

test('a violated, a possible and a small finding, and everything that was not read', () => {
  expect(report(RESULT, CONTEXT)).toMatchInlineSnapshot(`
    "playbooks/gym.yaml

    error    a customer who asks to cancel in "Greeting" cannot get it done if the
             agent goes on offering
             playbooks/gym.yaml:8:19  cancellation-forceable

           8 │ - customer: wants to end the membership
             │             ^^^^^^^^^^^^^^^^^^^^^^^^^^^

          1  Greeting  playbooks/gym.yaml:4
             Thank you for calling Iron Hall, the gym that never sleeps. How can I
             help? (greeting)
             → customer: "wants to end the membership" (cancel-request)
      ┌   2  First offer  playbooks/gym.yaml:12
      │      Before you go, I could give you half price for three months. Would that
      │      help? (retention-offer)
      │      → customer: "declines" (offer-declined)
      │   3  Pause instead  playbooks/gym.yaml:20
      │      Then let me pause the membership. You pay nothing for two months and
      │      keep your locker. (retention-offer)
      │      → agent: "thinks that the customer can still be won"
      │      ◂ the way out hangs on the agent here
      └      ↺ back to 2 "First offer", and so on for ever

    read     from line 8: "wants to end the membership" (cancel-request, recognised)
    read     from line 14: "half price for three months" (retention-offer,
             recognised)
    why      Trying to keep a customer is fair; holding on to one who has said no is
             not.
    law      ROSCA, 15 U.S.C. 8403(3) (US, in force since 2010-12-29)
             https://www.govinfo.gov/app/details/USCODE-2023-title15
    law      16 CFR 425.6 (US, vacated, not in force); never took effect
    fix      let the customer decide in "Pause instead":
               - customer: declines
                 go: done

    info     step "Front desk" ends without saying how  playbooks/gym.yaml:34:3
             ends-declared

    playbooks/newspaper.md

    warning  perhaps 2 retention offers between "The reader calls" and the
             cancellation (limit 1)
             playbooks/newspaper.md:7:10  retention-offers-bounded

           7 │ We could look into what we can do about the price, many readers stay…
             │          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

          1  The reader calls  playbooks/newspaper.md:3
             We could look into what we can do about the price (cancel-request,
             retention-offer)
          2  Close the subscription  playbooks/newspaper.md:9
             Stop the delivery and tell the reader the last day.
             (cancellation-processed)

    possible only if "look into what we can do about the price" in line 7 is meant
             as a retention offer (retention-offer)
    confirm  if line 7 is an offer, write <!-- wayout: retention-offer --> behind
             it; if not, <!-- wayout: acts none -->
    why      Trying to keep a customer is fair; wearing them down is not.
    fix      let the first "no" lead to the cancellation

    read     2 playbooks, 7 steps, 8 transitions
    language en (1 detected, 1 by default)
    checked  5 rules, 8 verdicts: 2 hold, 1 violated, 1 possible, 3 with nothing to
             check, 1 not applicable
    vacuous  1 rule had nothing to check, which is no pass: complaint-logged
    vacuous  1 rule had nothing to check (there is no playbook for signing up),
             which is no pass: cancelling-as-easy-as-joining
    note     completed elsewhere: Delivery (cancellation-forceable)
    unread   1 passage of the text could not be read as part of the flow
             (playbooks/newspaper.md:13); "wayout steps" shows them
    not read playbooks/old.md: not UTF-8: it looks like UTF-16
    skipped  1 file of no form that wayout knows: playbooks/prices.yaml
    hidden   suppressed: no-pressure-wording at playbooks/gym.yaml:34, "it is our
             slogan, agreed with legal until March"

    1 error, 1 warning, 1 info (1 only possible, 1 suppressed)
    more: wayout explain cancellation-forceable
    "
  `)
})

test('a clean result says what was checked, and what was not', () => {
  expect(report(CLEAN, CONTEXT)).toMatchInlineSnapshot(`
    "read     1 playbook, 5 steps, 7 transitions
    language en (1 by default)
    checked  3 rules, 3 verdicts: 2 hold, 1 with nothing to check
    vacuous  1 rule had nothing to check, which is no pass: complaint-logged

    no findings: 1 playbook, 5 steps, 7 transitions, 3 rules, of which 1 had nothing
    to check
    "
  `)
  const unread = { ...CLEAN, notRead: RESULT.notRead }
  expect(report(unread, CONTEXT)).toContain('but not everything could be read')
  expect(report({ ...CLEAN, playbooks: [], rules: [] }, CONTEXT)).toContain('no playbook')
})

describe('a long path', () => {
  const long = Array.from({ length: 21 }, (_, index) =>
    witnessStep(`s${index}`, `Step ${index + 1}`, index + 1, {
      text: 'Please hold the line.',
      ...(index === 12 && { chooser: 'customer' as const, choice: 'asks again', acts: ['cancel-request'] }),
      ...(index === 16 && { note: 'the only way out is not told' }),
    }),
  )

  test('keeps its beginning, end, loop and decisive steps', () => {
    const text = only({ witness: long, loopsTo: 14 })
    const path = text.slice(text.indexOf('      1  Step 1'), text.indexOf('\n\nwhy'))
    expect(path).toMatchInlineSnapshot(`
      "      1  Step 1  playbooks/gym.yaml:1
               Please hold the line.
            2  Step 2  playbooks/gym.yaml:2
               Please hold the line.
            3  Step 3  playbooks/gym.yaml:3
               Please hold the line.
            4  Step 4  playbooks/gym.yaml:4
               Please hold the line.
               … 8 more steps
           13  Step 13  playbooks/gym.yaml:13
               Please hold the line.
               → customer: "asks again" (cancel-request)
           14  Step 14  playbooks/gym.yaml:14
               Please hold the line.
        ┌  15  Step 15  playbooks/gym.yaml:15
        │      Please hold the line.
        │  16  Step 16  playbooks/gym.yaml:16
        │      Please hold the line.
        │  17  Step 17  playbooks/gym.yaml:17
        │      Please hold the line.
        │      ◂ the only way out is not told
        │      … 2 more steps
        │  20  Step 20  playbooks/gym.yaml:20
        │      Please hold the line.
        │  21  Step 21  playbooks/gym.yaml:21
        │      Please hold the line.
        └      ↺ back to 15 "Step 15", and so on for ever"
    `)
  })

  test('is told whole where it is short', () => {
    expect(only({ witness: long.slice(0, 8) })).not.toContain('more steps')
  })
})

test('what an earlier finding has told is told by its titles, but for notes, the last step and the loop', () => {
  const twice = [FINDINGS[0]!, { ...FINDINGS[0]!, rule: 'no-retention-loop', because: [], law: [] }]
  const other = {
    ...FINDINGS[0]!.witness[1]!,
    choice: 'says nothing',
    chooser: 'world' as const,
    note: 'ends: abandoned',
  }
  const { loopsTo: _, ...straight } = FINDINGS[0]!
  const longer = {
    ...straight,
    rule: 'request-ends',
    because: [],
    law: [],
    witness: [FINDINGS[0]!.witness[0]!, other],
  }
  const longest = {
    ...longer,
    witness: [...FINDINGS[0]!.witness.map(step => ({ ...step, note: null })), other],
  }
  const parts = report({ ...CLEAN, findings: [...twice, longer, longest] }, CONTEXT).split(/^error .*$/m)
  const pathOf = (text: string) => text.slice(text.search(/^.{3}\s+1 {2}/m), text.search(/\n\n(?:read|why)/))
  expect(parts.slice(2).map(pathOf).join('\n\n')).toMatchInlineSnapshot(`
    "      1  Greeting  playbooks/gym.yaml:4
             Thank you for calling Iron Hall, the gym that never sleeps. How can I
             help? (greeting)
             → customer: "wants to end the membership" (cancel-request)
      ┌   2  First offer  playbooks/gym.yaml:12
      │      Before you go, I could give you half price for three months. Would that
      │      help? (retention-offer)
      │      → customer: "declines" (offer-declined)
      │   3  Pause instead  playbooks/gym.yaml:20
      │      Then let me pause the membership. You pay nothing for two months and
      │      keep your locker. (retention-offer)
      │      → agent: "thinks that the customer can still be won"
      │      ◂ the way out hangs on the agent here
      └      ↺ back to 2 "First offer", and so on for ever

          1  Greeting  playbooks/gym.yaml:4
             Thank you for calling Iron Hall, the gym that never sleeps. How can I
             help? (greeting)
             → customer: "wants to end the membership" (cancel-request)
          2  First offer  playbooks/gym.yaml:12
             Before you go, I could give you half price for three months. Would that
             help? (retention-offer)
             → world: "says nothing" (offer-declined)
             ◂ ends: abandoned

          1  Greeting :4 → First offer :12 → Pause instead :20 (as above)
          4  First offer  playbooks/gym.yaml:12
             Before you go, I could give you half price for three months. Would that
             help? (retention-offer)
             → world: "says nothing" (offer-declined)
             ◂ ends: abandoned"
  `)
})

describe('what is shown', () => {
  test('no path where the marked line says it all', () => {
    const { loopsTo: _, ...straight } = FINDINGS[0]!
    const text = report(
      { ...CLEAN, findings: [{ ...straight, witness: [witnessStep('offer', 'Offer', 12)] }] },
      CONTEXT,
    )
    expect(text).not.toContain('      1  Offer')
  })

  test('no frame where the file cannot be had', () => {
    expect(only({}, { source: () => undefined })).not.toContain('│ -')
  })

  test('a possible finding without a suspected act names no act', () => {
    expect(only({ verdict: 'possible' })).toContain('possible not certain: part of it')
  })

  test('quiet hides what does not fail, and counts it', () => {
    const text = report(RESULT, { ...CONTEXT, quiet: true })
    expect(text).not.toContain('perhaps 2 retention offers')
    expect(text).toContain('1 error, 1 warning, 1 info (1 only possible, 1 suppressed, 2 not shown (quiet))')
    expect(report(RESULT, { ...CONTEXT, quiet: true, failOn: 'warning' })).toContain(
      'perhaps 2 retention offers',
    )
  })

  test('that nothing fails although something was found', () => {
    expect(only({ severity: 'warning' })).toContain('1 warning (none fails (fail level "error"))')
    expect(only({}, { failOn: 'never' })).toContain('fail level "never"')
  })
})

describe('the page', () => {
  const widths = [40, 60, 80, 200]

  test.each(widths)('fits %i columns, except for places and ids', columns => {
    for (const line of report(RESULT, { ...CONTEXT, columns }).split('\n')) {
      const pasted =
        line.includes('http') ||
        line.startsWith('more: ') ||
        line.includes('playbooks/') ||
        line.trim().split('  ').length > 1
      expect(width(line) <= Math.min(100, columns) || pasted, line).toBe(true)
      expect(line).toBe(line.trimEnd())
    }
  })

  test('survives any number of columns', () => {
    for (const columns of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(only({}, { columns })).toBe(only({}))
  })

  test('is the same text with colour, painted', () => {
    const painted = Object.fromEntries(
      Object.keys(plain).map(key => [key, (text: string) => `\u001b[1m${text}\u001b[0m`]),
    )
    const text = report(RESULT, { ...CONTEXT, colour: painted as Colour })
    expect(text).toContain('\u001b[1m')
    expect(text.replace(/\u001b\[[01]m/g, '').replace(/ +$/gm, '')).toBe(report(RESULT, CONTEXT))
  })

  test('gives the same bytes for the same input', () => {
    expect(report(structuredClone(RESULT), CONTEXT)).toBe(report(RESULT, CONTEXT))
  })
})

test('hostile text reaches neither the terminal nor the build service', () => {
  const text = report(hostileResult(), HOSTILE_CONTEXT)
  expect(text).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f]/,
  )
  expect(text).not.toMatch(/^\s*::/m)
  expect(text).not.toMatch(/##\[|##vso\[/)
  expect(report(hostileResult('\n'), HOSTILE_CONTEXT)).not.toMatch(/^\s*::/m)
  expect(report(hostileResult(''), HOSTILE_CONTEXT)).toContain('1 error')
  expect(
    report({ ...RESULT, findings: [{ ...FINDINGS[0]!, path: GYM, loopsTo: 99 }] }, CONTEXT),
  ).not.toContain('↺')
})
