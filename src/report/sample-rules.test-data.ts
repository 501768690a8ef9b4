// For tests only: two rules as the catalogue has them.
import type { Rule } from '../model/rule.ts'
import { FINDINGS } from './samples.test-data.ts'

export const RULES: Rule[] = [
  {
    id: 'cancellation-forceable',
    title: 'Whoever asks to cancel can get it done, whatever the company answers',
    why: 'Trying to keep a customer is fair; holding on to one who has said no is not.',
    story: 'S0',
    severity: 'error',
    check: 'can_force',
    from: 'cancel-request',
    to: 'cancellation-processed',
    strength: 'eventual',
    knowing: 'offered',
    released_by: 'cancel-withdrawn',
    message: 'a customer who asks to cancel in {step} cannot get it done',
    fix: 'Let the customer decide in {decisive_step}.',
    law: FINDINGS[0]!.law,
    examples: {
      bad: [
        {
          title: 'The agent may go on for ever',
          playbook:
            'steps:\n  ask:\n    next:\n      - customer: I want to cancel   # <-\n        go: offer\n',
        },
      ],
      good: [
        {
          title: 'A no leads out',
          playbook: 'steps:\n  ask:\n    next:\n      - customer: I want to cancel\n        go: done\n',
        },
      ],
    },
  },
  {
    id: 'retention-offers-bounded',
    title: 'At most one retention offer once the customer has asked to cancel',
    why: 'Trying to keep a customer is fair; wearing them down is not.',
    story: 'S0',
    severity: 'error',
    check: 'bound',
    of: 'retention-offer',
    max: 1,
    scope: { after: 'cancel-request', until: { any: ['cancellation-processed', 'cancel-withdrawn'] } },
    message: '{count} retention offers between {from} and the cancellation (limit {max})',
    fix: 'Let the first "no" lead to the cancellation.',
    law: [],
    examples: { bad: [], good: [] },
  },
]
