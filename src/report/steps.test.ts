// How wayout read a playbook must be told so that its author can trust it, or see where it went wrong.
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { HOSTILE } from './hostile.test-data.ts'
import { width } from './layout.ts'
import { flowOf, GYM_FLOW, hostileFlow } from './sample-flow.test-data.ts'
import { CONTEXT } from './samples.test-data.ts'
import { stepsJson, stepsText } from './steps.ts'

const schema = JSON.parse(readFileSync(new URL('../../schema/steps.schema.json', import.meta.url), 'utf8'))
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema)

describe('stepsText', () => {
  test('the gym: every step, every way on, and what was not understood', () => {
    expect(stepsText(GYM_FLOW, CONTEXT)).toMatchInlineSnapshot(`
      "Leave Iron Hall  playbooks/gym.yaml
      language en (by default); phone; 5 steps, 8 transitions
      customers come in at "Greeting" (phone)

           4   Greeting  customers come in here
           6   say  Thank you for calling Iron Hall, the gym that never sleeps. How
                    can I help?
           6   act  greeting, recognised from "Thank you for calling"
           8   →    customer: "wants to end the membership" → "First offer" (line 12)
                    cancel-request, recognised from "end the membership"
          10   →    otherwise "anything else" (customer) → "front desk", which wayout
                    did not find

          12   First offer
          14   say  Before you go, I could give you half price for three months. Would
                    that help?
          14   act  retention-offer {months: 3}, recognised from "half price for three
                    months"
          14   act  pressure, a mere hint from "Before you go"
          16   →    customer: "accepts" → end kept
                    offer-accepted, recognised
          18   →    customer: "declines" → "Reason" (line 22)
          20   →    customer: "insists" → "Membership ended" (line 34) (not offered,
                    the customer must ask; who decides is only suspected)

          22   Reason
          24   do   Note what the system shows.
          26   →    somebody: "it is green" → "Survey" (line 30) (who decides is not
                    said)
          28   →    otherwise (somebody) → "Membership ended" (line 34) (who decides
                    is not said)

          30   Survey
          31   call "Ask" (playbooks/survey.yaml:3), then back
          32   →    go on → "Membership ended" (line 34)

          34   Membership ended
          36   say  Your membership ends on the last day of this month.
          37   act  cancellation-processed, declared
          36   act  cancellation-confirmed, suspected from "ends on the last day"
               end  cancelled

      not understood
      no act   in 1 of 5 steps no act was recognised: "Reason" (line 22)
      who?     who decides is not clear: customer: "insists" (line 20), somebody: "it
               is green" (line 26) and otherwise (somebody) (line 28)
      unread   line 40, image: "the button in the till"
      problem  line 10, there is no step "front desk" (links-resolve)

      Short survey  playbooks/survey.yaml
      language en (by default); phone; 1 step, 0 transitions; read only because
      another playbook leads here
      nobody comes in here directly

           3   Ask
           4   say  How did we do, from one to ten?
           4   act  feedback-request, recognised from "How did we do"
               end  resolved

      everything was understood: every step has an act, every choice somebody who
      makes it

      2 playbooks, 6 steps, 8 transitions
      "
    `)
  })

  test('fits 60 columns and leaves no blanks at the end of a line', () => {
    for (const line of stepsText(GYM_FLOW, { ...CONTEXT, columns: 60 }).split('\n')) {
      expect(width(line), line).toBeLessThanOrEqual(60)
      expect(line).toBe(line.trimEnd())
    }
  })

  test('the remarks on a way', () => {
    const flow = flowOf({
      'paper.md': {
        title: 'Stop the paper',
        steps: [
          {
            id: 'ask',
            line: 2,
            automated: true,
            declaredActs: [],
            references: [
              {
                text: 'the price list',
                range: { start: { line: 9, column: 1 }, end: { line: 9, column: 5 } },
              },
            ],
            ways: [
              {
                line: 3,
                when: 'cancel',
                go: 'ask',
                transition: { interrupt: true, max: 2, uncertain: true },
              },
              { line: 4, go: 'ask', transition: { fact: new Map([['plan', 'monthly']]) }, chooser: 'fact' },
              { line: 5, chooser: 'agent', transition: { kind: 'next' } },
            ],
          },
        ],
      },
    })
    expect(stepsText(flow, CONTEXT).split('\n\n').slice(1, 2).join('')).toMatchInlineSnapshot(`
      "     2   ask  customers come in here, automated
               act  none, as declared
           3   →    customer: "cancel" → "ask" (line 2) (at any time in this step; at
                    most 2 times; not written, only inferred)
           4   →    fact: plan is monthly → "ask" (line 2)
           5   →    agent decides → nowhere
           9   see  the price list"
    `)
  })

  test('a file that could not be read is told', () => {
    const flow = flowOf({ 'paper.md': { title: 'Stop the paper', steps: [{ id: 'a', line: 2 }] } })
    flow.documents.push({
      ...flow.documents[0]!,
      path: 'old.md',
      playbooks: [],
      failure: { kind: 'empty', message: 'nothing in it' },
    })
    expect(stepsText(flow, CONTEXT)).toContain('not read old.md: nothing in it')
    expect(JSON.parse(stepsJson(flow, '1')).notRead).toEqual([{ path: 'old.md', reason: 'nothing in it' }])
  })

  test('hostile text stays text', () => {
    const text = stepsText(hostileFlow(), CONTEXT)
    expect(text).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f]/,
    )
    expect(text).not.toMatch(/^\s*::|##\[|##vso\[/m)
    expect(stepsText(hostileFlow(''), CONTEXT)).toContain('2 steps')
  })
})

describe('stepsJson', () => {
  test.each([
    ['the gym', GYM_FLOW],
    ['hostile text', hostileFlow()],
    ['nothing', flowOf({})],
  ])('%s is valid', (_, flow) => {
    expect(validate(JSON.parse(stepsJson(flow, '0.1.0'))) ? [] : validate.errors).toEqual([])
  })

  test('has the keys of the contract first', () => {
    const { version, playbooks } = JSON.parse(stepsJson(GYM_FLOW, '0.1.0'))
    const [gym] = playbooks
    expect(version).toBe(1)
    expect(Object.keys(gym).join(' ')).toMatch(/^path title language format entries steps unread/)
    expect(Object.keys(gym.steps[0]).join(' ')).toMatch(/^id title range text acts outcome transitions/)
    expect(Object.keys(gym.steps[0].acts[0]).join(' ')).toBe('act evidence by phrase line attributes pattern')
    expect(Object.keys(gym.steps[0].transitions[0]).join(' ')).toMatch(
      /^to kind when chooser evidence told acts line/,
    )
    expect(gym.entries).toEqual([{ step: 'greeting', channel: 'phone' }])
  })

  test('says where a way leads, in this playbook, in another, or nowhere', () => {
    const [gym] = JSON.parse(stepsJson(GYM_FLOW, '0.1.0')).playbooks
    const ways = gym.steps.flatMap((step: { transitions: object[] }) => step.transitions)
    expect(
      ways.map(({ to, kind, target, outcome }: Record<string, string>) =>
        [to, kind, target, outcome].join(' '),
      ),
    ).toEqual([
      'offer go offer ',
      ' go front desk ',
      ' go  kept',
      'reason go reason ',
      'done go done ',
      'survey go survey ',
      'done go done ',
      'playbooks/survey.yaml#ask call survey.yaml#ask ',
      'done go done ',
    ])
  })

  test('keeps hostile values as they are, and gives the same bytes twice', () => {
    const text = stepsJson(hostileFlow(), '0.1.0')
    expect(JSON.parse(text).playbooks[0].steps[0].title).toBe(HOSTILE)
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/)
    expect(stepsJson(hostileFlow(), '0.1.0')).toBe(text)
  })
})
