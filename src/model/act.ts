// The closed vocabulary: acts with who performs them and how they specialise each other, choosers, outcomes, evidence.
import type { Range } from './position.ts'

/** Who decides that a transition is taken. `agent` and `system` together are the company. */
export type Chooser = 'customer' | 'agent' | 'system' | 'world' | 'fact' | 'unknown'
export const CHOOSERS: readonly Chooser[] = ['customer', 'agent', 'system', 'world', 'fact', 'unknown']

export type Outcome = 'cancelled' | 'kept' | 'resolved' | 'refused' | 'handed-off' | 'abandoned'
export const OUTCOMES: readonly Outcome[] = [
  'cancelled',
  'kept',
  'resolved',
  'refused',
  'handed-off',
  'abandoned',
]

/**
 * Why an act or chooser is believed. `declared` and `recognised` are certain; `suspected` can only make a finding
 * *possible*; a `hint` never makes one, it only keeps a missing thing from being called missing for certain.
 */
export type Evidence = 'declared' | 'recognised' | 'suspected' | 'hint'

export type By = 'customer' | 'company'

/** An act found in a step or choice. `range` is that of the phrase or declaration it rests on. */
export type Act = {
  act: string
  evidence: Evidence
  by: By
  attributes: Record<string, unknown>
  range: Range
  /** The words it was recognised from, verbatim; for a declared act undefined. */
  phrase?: string
  /** The id of the pattern that matched, e.g. `en/retention-offer/12`. */
  pattern?: string
}

export type ActInfo = {
  by: By
  /** What happens, as a phrase that fits after "the step is …". */
  title: string
  /** A rule that names one of these acts means this one too (where something must be *satisfied*, see `satisfies`). */
  kindOf?: string
  /** Counts as that act only where that act must be satisfied, not where it triggers or is forbidden. */
  satisfies?: string
  attributes?: readonly string[]
}

const customer = (title: string): ActInfo => ({ by: 'customer', title })
const company = (title: string, more: Omit<ActInfo, 'by' | 'title'> = {}): ActInfo => ({
  by: 'company',
  title,
  ...more,
})

/** Every act wayout knows; a config or lexicon may add more. */
export const ACTS: Readonly<Record<string, ActInfo>> = {
  'cancel-request': customer('a request to cancel'),
  'cancel-withdrawn': customer('an explicit choice to stay'),
  'offer-accepted': customer('a yes to an offer'),
  'offer-declined': customer('a no to an offer'),
  'allow-offer': customer('permission to make an offer'),
  complaint: customer('a complaint'),
  'human-request': customer('a request for a person'),
  skip: customer('declining to answer'),
  silence: customer('silence'),
  'signup-start': customer('a wish to sign up'),
  greeting: company('a greeting'),
  farewell: company('a farewell'),
  'name-used': company('addressing the customer by name'),
  'welcome-back': company('recognising a returning customer'),
  acknowledgement: company('listening and acknowledging'),
  apology: company('an apology'),
  'ask-reason': company('asking why the customer leaves'),
  'ask-preferred-solution': company('asking what the customer would like'),
  'collect-info': company('asking for data', { attributes: ['items'] }),
  'verify-identity': company('an identity check', { kindOf: 'collect-info', attributes: ['items'] }),
  payment: company('asking for payment', { kindOf: 'collect-info', attributes: ['items', 'amount'] }),
  'automated-diagnostics': company('automated trouble-shooting'),
  hold: company('putting the customer on hold', { attributes: ['max'] }),
  transfer: company('a transfer', { attributes: ['team'] }),
  'human-agent': company('handing over to a person', {
    kindOf: 'transfer',
    attributes: ['team', 'offered'],
  }),
  'supervisor-escalation': company('escalation to a supervisor', {
    kindOf: 'transfer',
    attributes: ['team'],
  }),
  'call-back-later': company('telling the customer to come back later'),
  callback: company('a promise to call back', { attributes: ['within'] }),
  'direct-contact': company('a direct number or link', { attributes: ['contact'] }),
  referral: company('sending the customer elsewhere', { attributes: ['to', 'contact'] }),
  'outage-notice': company('saying that something is down'),
  'cancel-right-notice': company('saying that the customer can cancel at any time'),
  'offer-permission': company('asking whether an offer may be made'),
  'retention-offer': company('a retention offer', { attributes: ['terms', 'amount', 'months'] }),
  'consequences-notice': company('telling what follows'),
  'fee-disclosed': company('disclosing a fee', { attributes: ['amount'] }),
  'price-quote': company('quoting a price', { attributes: ['amount'] }),
  refusal: company('a refusal', { attributes: ['because'] }),
  'cancellation-refusal': company('refusing to cancel', { kindOf: 'refusal', attributes: ['because'] }),
  'refusal-reason': company('the reason for a refusal'),
  policy: company('stating a rule'),
  exception: company('an exception to a rule', { attributes: ['when', 'approver', 'none'] }),
  'ask-if-unsure': company('telling the agent to ask when unsure'),
  remedy: company('a remedy', { attributes: ['kind', 'amount', 'free'] }),
  'company-fault': company('something we did wrong'),
  'cancellation-processed': company('the cancellation being done', { attributes: ['effective'] }),
  'cancellation-handed-over': company('passing the cancellation on', {
    satisfies: 'cancellation-processed',
    attributes: ['to'],
  }),
  'cancellation-confirmed': company('confirming the cancellation', { attributes: ['medium', 'fields'] }),
  'complaint-logged': company('recording the complaint', { attributes: ['reference'] }),
  'follow-up-promise': company('a promise to get back', { attributes: ['within'] }),
  'feedback-request': company('asking how we did'),
  'feedback-reward': company('a reward for feedback'),
  blame: company('blaming somebody'),
  confirmshaming: company('shaming the customer for leaving'),
  pressure: company('pressure'),
  'obstruction-instruction': company('an instruction to obstruct'),
  'fraud-block': company('a block because of fraud'),
  'abuse-termination': company('ending an abusive conversation'),
  'subscription-created': company('a subscription being created'),
}

export function isCertain(evidence: Evidence): boolean {
  return evidence === 'declared' || evidence === 'recognised'
}
