// The catalogue must be readable for somebody who has never seen the YAML of a rule.
import { describe, expect, test } from 'vitest'
import type { Severity } from '../model/finding.ts'
import type { Condition, Rule } from '../model/rule.ts'
import { actsNamed, conditionWords, scopeWords } from './condition-words.ts'
import { plain } from './context.ts'
import { HOSTILE } from './hostile.test-data.ts'
import { width } from './layout.ts'
import { checkSentences } from './rule-words.ts'
import { explainJson, explainText, rulesJson, rulesText } from './rules.ts'
import { RULES } from './sample-rules.test-data.ts'

const PAGE = { colour: plain, columns: 80 }
const rule = (check: object): Rule => {
  const {
    check: _,
    of: _o,
    max: _m,
    scope: _s,
    ...rest
  } = RULES[1]! as Rule & { of: unknown; max: unknown; scope: unknown }
  return { ...rest, ...check } as Rule
}
const [FORCEABLE, BOUNDED] = RULES as [Rule, Rule]
const SOUND = rule({
  id: 'steps-unique',
  check: 'structure',
  require: 'steps-unique',
  story: '',
  severity: 'warning',
  title: 'No two steps share an id',
})

describe('rulesText', () => {
  test('groups by story, soundness last', () => {
    expect(rulesText([SOUND, ...RULES], PAGE)).toMatchInlineSnapshot(`
      "S0: The handbook that would not let a caller go: keeping a customer is fair,
      refusing to cancel is not

        error    cancellation-forceable    Whoever asks to cancel can get it done,
                                           whatever the company answers
        error    retention-offers-bounded  At most one retention offer once the
                                           customer has asked to cancel

      What makes a script a script: sound, complete, and honestly read

        warning  steps-unique              No two steps share an id

      3 rules; "wayout explain ID" tells one in full
      "
    `)
  })

  test('shows the severities that hold here', () => {
    const severities = new Map<string, Severity | 'off'>([
      [FORCEABLE.id, 'info'],
      [BOUNDED.id, 'off'],
    ])
    const text = rulesText([...RULES, SOUND], { ...PAGE, severities })
    expect(text).toMatch(/^ {2}info {5}cancellation-forceable/m)
    expect(text).toMatch(/^ {2}off {6}retention-offers-bounded/m)
    expect(text).toMatch(/^ {2}off {6}steps-unique/m)
    expect(text).toContain('3 rules, 2 of them off')
  })

  test('fits a narrow page', () => {
    for (const line of rulesText([{ ...SOUND, id: 'x'.repeat(20) }, ...RULES], {
      ...PAGE,
      columns: 48,
    }).split('\n')) {
      expect(width(line), line).toBeLessThanOrEqual(48)
    }
  })
})

test('explainText tells a rule in full', () => {
  expect(explainText(FORCEABLE, PAGE)).toMatchInlineSnapshot(`
    "cancellation-forceable  error
    Whoever asks to cancel can get it done, whatever the company answers

    why      Trying to keep a customer is fair; holding on to one who has said no is
             not.
    story    S0: The handbook that would not let a caller go: keeping a customer is
             fair, refusing to cancel is not
    law      ROSCA, 15 U.S.C. 8403(3) (US, in force since 2010-12-29); checked
             2026-10-04  https://www.govinfo.gov/app/details/USCODE-2023-title15
    law      16 CFR 425.6 (US, vacated, not in force); never took effect
    checks   after a request to cancel the customer's own choices lead to the
             cancellation being done, whatever the company answers; queues and
             checks may be tried again; by ways the customer is told of; unless the
             customer takes it back (an explicit choice to stay)
    acts     cancel-request, cancellation-processed and cancel-withdrawn
    says     a customer who asks to cancel in {step} cannot get it done
    fix      Let the customer decide in {decisive_step}.

    bad      The agent may go on for ever
             │ steps:
             │   ask:
             │     next:
             │       - customer: I want to cancel   # <-
             │         go: offer

    good     A no leads out
             │ steps:
             │   ask:
             │     next:
             │       - customer: I want to cancel
             │         go: done
    "
  `)
})

test('explainText names what can be set, and that no law stands behind it', () => {
  const text = explainText(BOUNDED, PAGE)
  expect(text).toContain('\nlaw      none: a demand of quality\n')
  expect(text).toContain('\nset      max: 1\n')
  expect(text).toContain('\nacts     retention-offer, cancel-request, cancellation-processed and\n')
})

test.each<[object, string]>([
  [
    { check: 'absence', of: 'blame', scope: { after: 'complaint' } },
    'never: blaming somebody, from a complaint on',
  ],
  [
    { check: 'existence', of: 'feedback-request', at: { outcome: 'resolved' } },
    'on every way to an end as "resolved": asking how we did',
  ],
  [
    { check: 'existence', in: 'playbook', of: 'ask-if-unsure', given: { any: ['policy', 'refusal'] } },
    'somewhere in the playbook: telling the agent to ask when unsure, if there is stating a rule or a refusal',
  ],
  [
    { check: 'existence', in: 'project', of: 'remedy', named: ['refund', 'return'] },
    'some playbook of the project has this: a remedy, one that names "refund" or "return"',
  ],
  [
    { check: 'bound', of: { all: ['transfer', { not: 'supervisor-escalation' }] }, max: 2 },
    'at most twice on any way: a transfer, but not escalation to a supervisor; circles count as without end',
  ],
  [
    { check: 'bound', of: 'collect-info', max: 3, per: 'items' },
    'at most 3 times on any way: asking for data for the same items; circles count as without end',
  ],
  [
    {
      check: 'precedence',
      first: 'fee-disclosed',
      before: 'payment',
      only_where: { later: 'fee-disclosed', passed: { about: 'fee', by: ['fact', 'system'] } },
    },
    'disclosing a fee comes before asking for payment, where it comes at all, where a choice about fee made by a fact or a system came before',
  ],
  [
    {
      check: 'response',
      to: 'refusal',
      then: ['refusal-reason', { any: ['supervisor-escalation', 'exception'] }],
      within: 1,
    },
    'after a refusal, every way leads to the reason for a refusal, and then escalation to a supervisor or an exception to a rule within 1 step',
  ],
  [
    {
      check: 'reachable',
      from: '@customer-facing',
      to: 'supervisor-escalation',
      within: 5,
      count: 'customer-facing',
      except: '@end',
    },
    'from a step in which the customer is spoken to, some way leads to escalation to a supervisor within 5 steps in which the customer is spoken to, except from the end of a conversation',
  ],
  [
    {
      check: 'reachable',
      from: 'ask-reason',
      also_from: '@start',
      to: { act: 'skip', by: 'customer' },
      avoiding: 'transfer',
      given: 'hold',
    },
    'from asking why the customer leaves and from where customers come in, some way leads to declining to answer by the customer without a transfer, where there is putting the customer on hold',
  ],
  [
    { check: 'cycle', through: 'retention-offer', need: 'customer-exit', to: 'cancellation-processed' },
    'there is a way out that the customer chooses of every circle through a retention offer, on to the cancellation being done',
  ],
  [
    { check: 'cycle', through: 'transfer', need: 'forbidden', same: 'team' },
    'there is no circle through a transfer back to the same team',
  ],
  [
    { check: 'attribute', on: 'hold', require: { max: { at_most: '5 min' } }, or: 'callback' },
    'putting the customer on hold has max at most 5 min, or stands beside a promise to call back',
  ],
  [
    {
      check: 'measure',
      flow: { from: 'cancel-request', to: 'cancellation-processed' },
      not_more_than: { from: 'signup-start', to: 'subscription-created' },
      metrics: ['turns', 'items'],
    },
    'the way from a request to cancel to the cancellation being done takes no more turns or items than the way from a wish to sign up to a subscription being created',
  ],
  [
    { check: 'consistent', match: 'remedy', same: ['situation'], then_same: ['kind', 'amount'] },
    'for the same situation, in all playbooks, a remedy has the same kind and amount',
  ],
  [{ check: 'engine', require: 'syntax' }, 'the file is well-formed'],
  [{ check: 'structure', require: 'steps-unique' }, 'no two steps of a playbook have the same id or title'],
])('%j in words', (check, words) => {
  expect(checkSentences(rule(check))[0]).toBe(words)
})

test('further checks and where a rule applies are sentences of their own', () => {
  const also = [{ check: 'absence' as const, of: '@automated', message: '' }]
  expect(
    checkSentences({
      ...BOUNDED,
      also,
      applies: { channels: ['phone', 'chat'], paths: ['shop/**'], playbooks: ['returns'] },
    }).slice(1),
  ).toEqual(['never: an automated step', 'applies on phone or chat, in "returns", in files such as shop/**'])
})

test('conditions and scopes nobody thought of are shown as they stand', () => {
  expect(
    conditionWords({
      act: 'remedy',
      where: { free: true, kind: { present: false }, team: 'B' },
      exactly: true,
    }),
  ).toBe('a remedy (free is true, kind not given and team is B) (no kinds of it)')
  expect(conditionWords({ unheard: 'of' } as unknown as Condition)).toBe('{"unheard":"of"}')
  expect(conditionWords({ again: 'cancel-request' })).toBe('a request to cancel, for the second time')
  expect(conditionWords('goodwill-credit')).toBe('"goodwill-credit"')
  expect(scopeWords({ before: 'hold', and_later: 'remedy', reopen: 'each' })).toBe(
    ', before putting the customer on hold, if a remedy comes later, counted anew each time',
  )
  let deep: Condition = 'hold'
  for (let level = 0; level < 5000; level++) deep = { not: deep }
  expect(conditionWords(deep).length).toBeGreaterThan(0)
  expect(actsNamed({ a: ['hold', { b: 'hold' }, 'x'] })).toEqual(['hold'])
})

test('a rule with hostile text is shown as text', () => {
  const hostile = {
    ...FORCEABLE,
    id: HOSTILE,
    title: HOSTILE,
    why: HOSTILE,
    story: HOSTILE,
    message: HOSTILE,
    fix: HOSTILE,
    from: HOSTILE,
    to: { act: HOSTILE, where: { [HOSTILE]: HOSTILE } },
    at_most: { [HOSTILE]: 1 },
    applies: { playbooks: [HOSTILE] },
    examples: { bad: [{ title: HOSTILE, playbook: HOSTILE }], good: [] },
  } as Rule
  for (const text of [explainText(hostile, PAGE), rulesText([hostile], PAGE)]) {
    expect(text).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f]/,
    )
    expect(text).not.toMatch(/^\s*::|##\[|##vso\[/m)
  }
  expect(JSON.parse(explainJson(hostile, '1')).rule.why).toBe(HOSTILE)
})

test('the JSON of the catalogue and of a rule', () => {
  const severities = new Map<string, Severity>([[BOUNDED.id, 'info']])
  const { version, rules } = JSON.parse(rulesJson(RULES, '0.1.0', severities))
  expect(version).toBe(1)
  expect(rules.map(({ id, severity, check }: Record<string, string>) => [id, severity, check])).toEqual([
    ['cancellation-forceable', 'off', 'can_force'],
    ['retention-offers-bounded', 'info', 'bound'],
  ])
  const explained = JSON.parse(explainJson(BOUNDED, '0.1.0'))
  expect(explained.rule).toEqual(JSON.parse(JSON.stringify(BOUNDED)))
  expect(explained.checks).toHaveLength(1)
})
