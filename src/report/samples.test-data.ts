// For tests only: the playbooks of a gym and a newspaper, what linting them yields, and hostile text for every field.
import type { Finding, LintResult, PlaybookSummary, WitnessStep } from '../model/finding.ts'
import { plain, type ReportContext } from './context.ts'
import { at, GYM, NEWSPAPER, SOURCES } from './sample-sources.test-data.ts'

export function witnessStep(
  step: string,
  title: string,
  line: number,
  more: Partial<WitnessStep> = {},
): WitnessStep {
  return {
    step,
    title,
    path: GYM,
    line,
    column: 3,
    chooser: null,
    choice: null,
    acts: [],
    note: null,
    text: '',
    ...more,
  }
}

const loop: WitnessStep[] = [
  witnessStep('greeting', 'Greeting', 4, {
    text: 'Thank you for calling Iron Hall, the gym that never sleeps. How can I help?',
    chooser: 'customer',
    choice: 'wants to end the membership',
    acts: ['greeting', 'cancel-request'],
  }),
  witnessStep('offer', 'First offer', 12, {
    text: 'Before you go, I could give you half price for three months. Would that help?',
    chooser: 'customer',
    choice: 'declines',
    acts: ['retention-offer', 'offer-declined'],
  }),
  witnessStep('pause', 'Pause instead', 20, {
    text: 'Then let me pause the membership. You pay nothing for two months and keep your locker.',
    chooser: 'agent',
    choice: 'thinks that the customer can still be won',
    acts: ['retention-offer'],
    note: 'the way out hangs on the agent here',
  }),
]

export const FINDINGS: readonly Finding[] = [
  {
    rule: 'cancellation-forceable',
    severity: 'error',
    verdict: 'violated',
    message: 'a customer who asks to cancel in "Greeting" cannot get it done if the agent goes on offering',
    fix: 'let the customer decide in "Pause instead":\n  - customer: declines\n    go: done',
    why: 'Trying to keep a customer is fair; holding on to one who has said no is not.',
    path: GYM,
    range: at(GYM, 8, 'wants to end the membership'),
    step: 'greeting',
    witness: loop,
    loopsTo: 1,
    because: [
      {
        act: 'cancel-request',
        evidence: 'recognised',
        phrase: 'wants to end the membership',
        path: GYM,
        line: 8,
      },
      {
        act: 'retention-offer',
        evidence: 'recognised',
        phrase: 'half price for three months',
        path: GYM,
        line: 14,
      },
    ],
    law: [
      {
        ref: 'ROSCA, 15 U.S.C. 8403(3)',
        jurisdiction: 'US',
        status: 'in-force',
        effective: '2010-12-29',
        checked: '2026-10-04',
        url: 'https://www.govinfo.gov/app/details/USCODE-2023-title15',
      },
      { ref: '16 CFR 425.6', jurisdiction: 'US', status: 'vacated', note: 'never took effect' },
    ],
    fingerprint: '5f0c2d7e91ab4c33',
  },
  {
    rule: 'ends-declared',
    severity: 'info',
    verdict: 'violated',
    message: 'step "Front desk" ends without saying how',
    fix: 'add end: handed-off',
    why: 'Who reads the script should know how it ends.',
    path: GYM,
    range: at(GYM, 34, 'desk'),
    step: 'desk',
    witness: [],
    because: [],
    law: [],
    fingerprint: '77aa10de42c0ffee',
  },
  {
    rule: 'retention-offers-bounded',
    severity: 'warning',
    verdict: 'possible',
    message: 'perhaps 2 retention offers between "The reader calls" and the cancellation (limit 1)',
    fix: 'let the first "no" lead to the cancellation',
    why: 'Trying to keep a customer is fair; wearing them down is not.',
    path: NEWSPAPER,
    range: at(NEWSPAPER, 7, 'look into what we can do about the price'),
    step: 'the-reader-calls',
    witness: [
      witnessStep('the-reader-calls', 'The reader calls', 3, {
        path: NEWSPAPER,
        column: 1,
        text: 'We could look into what we can do about the price',
        acts: ['cancel-request', 'retention-offer'],
      }),
      witnessStep('close', 'Close the subscription', 9, {
        path: NEWSPAPER,
        column: 1,
        text: 'Stop the delivery and tell the reader the last day.',
        acts: ['cancellation-processed'],
      }),
    ],
    because: [
      {
        act: 'retention-offer',
        evidence: 'suspected',
        phrase: 'look into what we can do about the price',
        path: NEWSPAPER,
        line: 7,
      },
    ],
    confirm:
      'if line 7 is an offer, write <!-- wayout: retention-offer --> behind it; if not, <!-- wayout: acts none -->',
    law: [],
    fingerprint: '0011223344556677',
  },
]

export function playbook(path: string, title: string, more: Partial<PlaybookSummary>): PlaybookSummary {
  return {
    path,
    title,
    language: 'en',
    languageFrom: 'default',
    format: 'yaml',
    channels: ['phone'],
    steps: 5,
    transitions: 7,
    unread: [],
    linked: false,
    ...more,
  }
}

export const RESULT: LintResult = {
  playbooks: [
    playbook(GYM, 'Leave Iron Hall', {}),
    playbook(NEWSPAPER, 'Stop the newspaper', {
      format: 'markdown',
      languageFrom: 'detected',
      channels: [],
      steps: 2,
      transitions: 1,
      unread: [
        {
          range: at(NEWSPAPER, 13, '![Where the button is](button.png)'),
          reason: 'image',
          text: 'Where the button is',
        },
      ],
    }),
  ],
  findings: [...FINDINGS],
  rules: [
    { id: 'cancellation-forceable', entry: `${GYM}#greeting`, verdict: 'violated', note: null },
    {
      id: 'cancellation-forceable',
      entry: `${NEWSPAPER}#the-reader-calls`,
      verdict: 'holds',
      note: 'completed elsewhere: Delivery',
    },
    { id: 'retention-offers-bounded', entry: `${GYM}#greeting`, verdict: 'holds', note: null },
    {
      id: 'retention-offers-bounded',
      entry: `${NEWSPAPER}#the-reader-calls`,
      verdict: 'possible',
      note: null,
    },
    { id: 'complaint-logged', entry: `${GYM}#greeting`, verdict: 'vacuous', note: null },
    { id: 'complaint-logged', entry: `${NEWSPAPER}#the-reader-calls`, verdict: 'vacuous', note: null },
    { id: 'hold-bounded', entry: `${NEWSPAPER}#the-reader-calls`, verdict: 'not-applicable', note: null },
    {
      id: 'cancelling-as-easy-as-joining',
      entry: '*',
      verdict: 'vacuous',
      note: 'there is no playbook for signing up',
    },
  ],
  suppressed: [
    {
      finding: {
        ...FINDINGS[1]!,
        rule: 'no-pressure-wording',
        severity: 'warning',
        message: '"never sleeps" presses the customer',
      },
      reason: 'it is our slogan, agreed with legal until March',
      place: { path: GYM, range: at(GYM, 5, 'title') },
    },
  ],
  notRead: [
    { path: 'playbooks/old.md', reason: 'not UTF-8: it looks like UTF-16', passedOver: false },
    {
      path: 'playbooks/prices.yaml',
      reason: 'not a flow format I know: top-level keys "gold", "silver"',
      passedOver: true,
    },
  ],
}

export const CLEAN: LintResult = {
  playbooks: [RESULT.playbooks[0]!],
  findings: [],
  rules: [
    { id: 'cancellation-reachable', entry: `${GYM}#greeting`, verdict: 'holds', note: null },
    { id: 'retention-offers-bounded', entry: `${GYM}#greeting`, verdict: 'holds', note: null },
    { id: 'complaint-logged', entry: `${GYM}#greeting`, verdict: 'vacuous', note: null },
  ],
  suppressed: [],
  notRead: [],
}

/** The context of these reports; the catalogue is added by tests that need it. */
export const CONTEXT: ReportContext = {
  version: '0.1.0',
  source: path => SOURCES[path],
  colour: plain,
  columns: 80,
  rules: [],
}
