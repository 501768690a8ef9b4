// Acts from English texts: the plain sentences of playbooks, voices, negations, conditions, attributes, positions.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { excerptAt } from '../model/position.ts'
import { actsIn } from './acts.ts'
import { compileLexicon, type LexiconSource } from './index.ts'
import type { Hearing } from './sentence.ts'

const en = compileLexicon(
  parse(readFileSync(new URL('../../rules/lexicon/en.yaml', import.meta.url), 'utf8')) as LexiconSource,
)
const found = (text: string, hearing: Hearing) =>
  actsIn(excerptAt(text, { line: 1, column: 1 }), hearing, en).filter(({ given }) => given.length === 0)
const names = (text: string, hearing: Hearing): string[] => found(text, hearing).map(({ act }) => act)
const evidenceOf = (text: string, hearing: Hearing, act: string): string | undefined =>
  found(text, hearing).find(one => one.act === act)?.evidence

describe('plain sentences leave no doubt', () => {
  it.each([
    ['say', 'Your subscription is cancelled.', 'cancellation-processed'],
    ['say', 'I have cancelled your gym membership.', 'cancellation-processed'],
    ['do', 'Cancel the subscription.', 'cancellation-processed'],
    ['do', 'Process the cancellation.', 'cancellation-processed'],
    ['say', 'We could give you half price for three months.', 'retention-offer'],
    ['say', 'Would you like to pause your newspaper instead?', 'retention-offer'],
    ['do', 'Offer a 20 % discount.', 'retention-offer'],
    ['say', "I'm sorry about that.", 'apology'],
    ['say', 'We apologise for the delay.', 'apology'],
    ['say', 'Let me put you through to my supervisor.', 'supervisor-escalation'],
    ['do', 'Transfer the call to a supervisor.', 'supervisor-escalation'],
    ['do', 'The customer wants to cancel.', 'cancel-request'],
    ['hear', 'I want to cancel my phone plan.', 'cancel-request'],
    ['hear', 'Cancel it.', 'cancel-request'],
    ['say', 'May I put you on hold for two minutes?', 'hold'],
    ['say', 'Our system is down at the moment.', 'outage-notice'],
    ['do', 'Log the complaint.', 'complaint-logged'],
    ['say', 'I have e-mailed the confirmation.', 'cancellation-confirmed'],
    ['say', 'Why do you want to leave us?', 'ask-reason'],
    ['do', 'Verify the customer’s identity.', 'verify-identity'],
    ['say', "I'm sorry, we can't cancel your subscription today.", 'cancellation-refusal'],
    ['do', 'Make at least two offers before you cancel.', 'obstruction-instruction'],
    ['do', 'Do not take no for an answer.', 'obstruction-instruction'],
    ['say', 'We will refund you today.', 'remedy'],
    ['say', 'I will call you back within two hours.', 'callback'],
    ['say', 'Please call back tomorrow.', 'call-back-later'],
    ['hear', 'I want to speak to a manager.', 'human-request'],
    ['trigger', 'Customer cancellations', 'cancel-request'],
    ['trigger', 'When a member wishes to close their account', 'cancel-request'],
    ['when', 'still wants to cancel', 'cancel-request'],
  ] as const)('%s: %s', (hearing, text, act) => {
    expect(evidenceOf(text, hearing, act)).toBe('recognised')
  })

  it('keeps a bare heading a suspicion', () => {
    expect(evidenceOf('Cancellations', 'trigger', 'cancel-request')).toBe('suspected')
  })
})

describe('voices', () => {
  it('finds the customer’s acts only in the customer’s words', () => {
    expect(names('We offer you a discount.', 'hear')).toEqual([])
    expect(names('I want to cancel.', 'say')).toEqual([])
  })

  it('reads a quotation in an instruction as said, after "the customer says" as heard', () => {
    expect(names('Say "I am sorry about the late paper."', 'do')).toContain('apology')
    expect(names('If the customer says "I want to cancel", go on.', 'do')).toContain('cancel-request')
  })

  it('does not say what must not be said', () => {
    expect(names('Never say "You will regret this" or "We cannot refund you".', 'do')).toEqual([])
    expect(names('Avoid phrases like "Are you really sure about that?"', 'do')).toEqual([])
    expect(names('Avoid blaming words that may hurt, such as "You should have read it".', 'do')).toEqual([])
    expect(names('❌ "You should have read it." ✅ "I am sorry."', 'do')).toEqual(['apology'])
    expect(names('Instead of "We cannot refund you", say "I am sorry".', 'do')).toEqual(['apology'])
    expect(names('Never argue, say "I am sorry".', 'do')).toEqual(['apology'])
    expect(names('Do not forget to say "I am sorry".', 'do')).toEqual(['apology'])
  })

  it('takes a quoted button for a name', () => {
    expect(names('Click "Cancel membership".', 'do')).toContain('cancellation-processed')
  })

  it('follows speaker labels', () => {
    const text = 'Agent: Your plan is cancelled.\nCustomer: I want to speak to a manager.'
    expect(names(text, 'do')).toEqual(['cancellation-processed', 'human-request'])
  })

  it('gives no more than a hint where the voice is unknown', () => {
    expect(evidenceOf('Your subscription is cancelled.', 'any', 'cancellation-processed')).toBe('hint')
  })

  it('takes only requests from headings', () => {
    expect(names('Offering a discount to customers who cancel', 'trigger')).toEqual(['cancel-request'])
  })
})

describe('what is denied or forbidden is not done', () => {
  it.each([
    ['do', 'Do not offer a discount.', 'retention-offer'],
    ['do', 'Never offer a discount to a member who has declined.', 'retention-offer'],
    ['do', "Don't: offer a discount.", 'retention-offer'],
    ['do', 'Process the cancellation instead of offering a discount.', 'retention-offer'],
    ['do', 'Do not ask the customer why they want to cancel.', 'ask-reason'],
    ['do', 'Agents must not issue a refund.', 'remedy'],
    ['do', 'Avoid transferring the call.', 'transfer'],
    ['say', 'Your subscription has not been cancelled yet.', 'cancellation-processed'],
    ['say', 'We cannot offer you a refund.', 'remedy'],
    ['say', "You won't have to wait on hold.", 'hold'],
    ['hear', 'Please do not cancel my membership.', 'cancel-request'],
    ['hear', "I don't want to cancel, I just want a lower price.", 'cancel-request'],
  ] as const)('%s: %s', (hearing, text, act) => expect(names(text, hearing)).not.toContain(act))

  it.each([
    ['do', 'If the customer does not accept, process the cancellation.', 'cancellation-processed'],
    ['do', 'Apologise, but do not blame the courier.', 'apology'],
    ['do', 'Not only apologise but also offer a refund.', 'remedy'],
    ['do', 'Do not hesitate to escalate to a supervisor.', 'supervisor-escalation'],
    ['hear', "I'm not happy, I want to cancel.", 'cancel-request'],
    ['hear', "I don't know how to cancel.", 'cancel-request'],
    ['say', 'There is no fee and your plan is cancelled.', 'cancellation-processed'],
  ] as const)('the denial does not reach: %s: %s', (hearing, text, act) => {
    expect(names(text, hearing)).toContain(act)
  })

  it('what stands under a heading that forbids it', () => {
    const text = excerptAt('Offer a discount. Transfer the call to sales.', { line: 1, column: 1 })
    expect(actsIn(text, 'do', en).map(({ act }) => act)).toEqual(['retention-offer', 'transfer'])
    expect(actsIn({ ...text, forbidden: true }, 'do', en)).toEqual([])
  })

  it('keeps acts that contain their own negation', () => {
    expect(names('Do not cancel the plan until the balance is paid.', 'do')).toContain('cancellation-refusal')
    expect(names('Never let the caller cancel.', 'do')).toContain('obstruction-instruction')
  })
})

describe('conditions', () => {
  it('is sure of what follows a condition, not of what the company does within one', () => {
    expect(
      evidenceOf('If the caller is upset, escalate to a supervisor.', 'do', 'supervisor-escalation'),
    ).toBe('recognised')
    expect(evidenceOf('If you escalate to a supervisor, note the time.', 'do', 'supervisor-escalation')).toBe(
      'suspected',
    )
  })

  it('never takes staying for certain where it is but one possibility', () => {
    expect(evidenceOf('If the customer decides to stay, thank them.', 'do', 'cancel-withdrawn')).toBe(
      'suspected',
    )
    expect(evidenceOf('customer decides to stay', 'when', 'cancel-withdrawn')).toBe('recognised')
  })

  it('counts "accepts" as no withdrawal, "accepts and stays" as both', () => {
    expect(names('customer accepts the offer', 'when')).toEqual(['offer-accepted'])
    expect(names('accepts the offer and stays', 'when').sort()).toEqual([
      'cancel-withdrawn',
      'offer-accepted',
    ])
  })
})

describe('attributes', () => {
  const attributes = (text: string, hearing: Hearing, act: string) =>
    found(text, hearing).find(one => one.act === act)?.attributes

  it.each([
    ['say', 'May I put you on hold for two minutes?', 'hold', { max: '2 min' }],
    ['do', 'Put the caller on hold for up to 90 seconds.', 'hold', { max: '90 s' }],
    ['say', 'I will call you back within an hour.', 'callback', { within: '1 h' }],
    [
      'say',
      'We will get back to you within 3 business days.',
      'follow-up-promise',
      { within: '3 business day' },
    ],
    ['say', 'We will be in touch within two weeks.', 'follow-up-promise', { within: '14 day' }],
    [
      'say',
      'I can offer you 20 % off for six months.',
      'retention-offer',
      { terms: 'discount 20 % for 6 months', amount: '20 %', months: 6 },
    ],
    ['say', 'Would you like to pause the paper instead?', 'retention-offer', { terms: 'pause' }],
    ['say', 'I can offer you half price, 4.95 a month.', 'retention-offer', { terms: 'half-price' }],
    ['say', 'I will call you back within forty-eight hours.', 'callback', { within: '48 h' }],
    ['say', 'We will write to you within fourteen days.', 'follow-up-promise', { within: '14 day' }],
    ['say', 'A cancellation fee of $49.90 applies.', 'fee-disclosed', { amount: '$49.9' }],
    ['say', 'The plan costs 30 euros a month.', 'price-quote', { amount: '€30' }],
    ['say', 'We will refund you €1,250 today.', 'remedy', { kind: 'refund', amount: '€1250' }],
    ['do', 'Waive the late fee.', 'remedy', { kind: 'waived-fee' }],
    ['do', 'Send a replacement.', 'remedy', { kind: 'replacement' }],
    ['say', 'Could I have your name and e-mail address?', 'collect-info', { items: ['name', 'email'] }],
    ['do', 'Transfer the call to billing.', 'transfer', { team: 'billing' }],
    ['do', 'There are no exceptions.', 'exception', { none: true }],
    [
      'do',
      'The manager may waive it if the item is faulty.',
      'exception',
      { when: 'the item is faulty', approver: 'manager' },
    ],
    [
      'say',
      'We cannot close your account because the name does not match.',
      'cancellation-refusal',
      { because: 'identity' },
    ],
    ['say', 'Please visit our website at gym.example/leave.', 'referral', { contact: 'gym.example/leave' }],
    ['say', 'Her direct number is 555 0144.', 'direct-contact', { contact: '555 0144' }],
  ] as const)('%s: %s', (hearing, text, act, expected) => {
    expect(attributes(text, hearing, act)).toEqual(expected)
  })
})

it('a special act takes the place of the general one', () => {
  expect(names('Let me put you through to my supervisor.', 'say')).toEqual(['supervisor-escalation'])
  expect(names('We cannot cancel your plan.', 'say')).toEqual(['cancellation-refusal'])
})

it('knows where in the file its phrase stands', () => {
  const text = {
    text: 'Listen first. Cancel the plan now.',
    marks: [
      { at: 0, line: 7, column: 5 },
      { at: 14, line: 8, column: 3 },
    ],
  }
  const act = actsIn(text, 'do', en).find(one => one.act === 'cancellation-processed')!
  expect(act.phrase).toBe('Cancel the plan')
  expect(act.range).toEqual({ start: { line: 8, column: 3 }, end: { line: 8, column: 18 } })
  expect(act.pattern).toMatch(/^en\/cancellation-processed\/\d+$/)
})
