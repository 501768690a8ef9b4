// For tests only: the playbooks of a gym and a newspaper, what linting them yields, and hostile text for every field.
import type { Finding, LintResult, PlaybookSummary, WitnessStep } from '../model/finding.ts'
import type { Range } from '../model/position.ts'
import type { Rule } from '../model/rule.ts'
import { plain, type ReportContext } from './context.ts'

export const GYM = 'playbooks/gym.yaml'
export const NEWSPAPER = 'playbooks/newspaper.md'

export const SOURCES: Readonly<Record<string, string>> = {
  [GYM]: `playbook: Leave Iron Hall
channel: phone
steps:
  greeting:
    title: Greeting
    say: Thank you for calling Iron Hall, the gym that never sleeps. How can I help?
    next:
      - customer: wants to end the membership
        go: offer
      - otherwise: anything else
        go: desk
  offer:
    title: First offer
    say: Before you go, I could give you half price for three months. Would that help?
    next:
      - customer: accepts
        end: kept
      - customer: declines
        go: pause
  pause:
    title: Pause instead
    say: Then let me pause the membership. You pay nothing for two months and keep your locker.
    next:
      - customer: agrees
        end: kept
      - agent: thinks that the customer can still be won
        go: offer
      - agent: sees no chance
        go: done
  done:
    title: Membership ended
    say: Your membership ends on the last day of this month.
    end: cancelled
  desk:
    title: Front desk
    do: Connect the caller with the front desk.
    end: handed-off
`,
  [NEWSPAPER]: `# Stop the newspaper

## The reader calls

When a reader wants to stop the paper, thank them for reading the Morning Courier.

We could look into what we can do about the price, many readers stay once they hear about the weekend edition for little more than the postage. Then proceed to **Close the subscription**.

## Close the subscription

Stop the delivery and tell the reader the last day.

![Where the button is](button.png)
`,
}

/** The range of the first `words` on the given line. */
export function at(path: string, line: number, words: string): Range {
  const column = SOURCES[path]!.split('\n')[line - 1]!.indexOf(words) + 1
  if (column === 0) throw new Error(`"${words}" does not stand on line ${line} of ${path}`)
  return { start: { line, column }, end: { line, column: column + words.length } }
}

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

function playbook(path: string, title: string, more: Partial<PlaybookSummary>): PlaybookSummary {
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

export const CONTEXT: ReportContext = {
  version: '0.1.0',
  source: path => SOURCES[path],
  colour: plain,
  columns: 80,
  rules: RULES,
}

/** Everything that has broken a report somewhere: terminals, build logs, XML, HTML, Markdown, JSON. */
export const HOSTILE =
  '\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007 \u009b2Jcls\u0007 ::set-output name=x::y\n' +
  '::error::z %0A##[add-mask]m ##vso[task] <script>alert(1)</script> ]]> &amp; "q" \'s\' `tick` | a [b](c) {{0}} %% end\r\n' +
  '\u202egnp.exe\u202c \u2066i\u2069 z\u200bw\u200d \ud800 \\ $x$ #quot; <!-- c --> --> @everyone \u0000'

/** The result with hostile text in every field that comes from a playbook, a configuration or a file name. */
export function hostileResult(text: string = HOSTILE): LintResult {
  const range: Range = { start: { line: 1, column: 1 }, end: { line: 1, column: 9 } }
  const step = witnessStep(text, text, 1, {
    path: text,
    chooser: 'customer',
    choice: text,
    acts: [text],
    note: text,
    text,
  })
  const finding: Finding = {
    ...FINDINGS[0]!,
    rule: text,
    verdict: 'possible',
    message: text,
    fix: text,
    why: text,
    path: text,
    range,
    step: text,
    witness: [step, step],
    because: [{ act: text, evidence: 'suspected', phrase: text, path: text, line: 1 }],
    confirm: text,
    law: [
      {
        ref: text,
        jurisdiction: text,
        status: 'in-force',
        effective: text,
        checked: text,
        url: text,
        note: text,
      },
    ],
    fingerprint: text,
  }
  return {
    playbooks: [playbook(text, text, { language: text, unread: [{ range, reason: text, text }] })],
    findings: [finding, { ...finding, severity: 'info', verdict: 'violated', witness: [] }],
    rules: [
      { id: text, entry: text, verdict: 'vacuous', note: text },
      { id: `${text}2`, entry: text, verdict: 'holds', note: text },
    ],
    suppressed: [{ finding, reason: text, place: { path: text, range } }],
    notRead: [
      { path: text, reason: text, range, passedOver: false },
      { path: `${text}2`, reason: text, passedOver: true },
    ],
  }
}

/** The context of the hostile result: its files exist and are as hostile. */
export const HOSTILE_CONTEXT: ReportContext = { ...CONTEXT, source: () => HOSTILE }
