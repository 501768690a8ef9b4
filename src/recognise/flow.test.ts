// A flow filled with acts, choosers and languages: what is declared wins, what is not is recognised.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Flow } from '../model/flow.ts'
import type { Playbook, Step, Transition, Voice } from '../model/playbook.ts'
import { excerptAt } from '../model/position.ts'
import { compileLexicon, type LexiconSource, languagesOf, recognise } from './index.ts'

const en = compileLexicon(
  parse(readFileSync(new URL('../../rules/lexicon/en.yaml', import.meta.url), 'utf8')) as LexiconSource,
)
const lexicons = new Map([['en', en]])
const start = { line: 1, column: 1 }
const range = { start, end: start }

type Way = Partial<Omit<Transition, 'when'>> & { when?: string }
type Sketch = { texts?: [Voice, string][]; next?: Way[]; acts?: Step['declaredActs'] }

/** A flow of one playbook whose steps have these texts and ways on. */
function flowOf(sketches: Sketch[], language?: string): Flow {
  const steps: Step[] = sketches.map(({ texts = [], next = [], acts }, i) => ({
    id: `s${i}`,
    title: `s${i}`,
    range,
    texts: texts.map(([voice, text]) => ({ voice, ...excerptAt(text, start) })),
    ...(acts ? { declaredActs: acts } : {}),
    transitions: next.map(({ when, ...more }) => ({
      range,
      kind: 'go',
      ...(when === undefined ? {} : { when: excerptAt(when, start) }),
      ...more,
    })),
  }))
  const playbook: Playbook = {
    title: 'Leaving the gym',
    range,
    channels: [],
    starts: [],
    facts: new Map(),
    steps,
    ...(language === undefined ? {} : { language }),
  }
  const flow: Flow = {
    documents: [],
    playbooks: [
      {
        path: 'a.yaml',
        playbook,
        document: 0,
        linked: false,
        firstStep: 0,
        language: 'en',
        languageFrom: 'default',
      },
    ],
    steps: [],
    transitions: [],
    entries: [],
    problems: [],
  }
  for (const [from, step] of steps.entries()) {
    const transitions = step.transitions.map(transition => {
      flow.transitions.push({
        from,
        transition,
        to: null,
        chooser: null,
        chooserEvidence: 'declared',
        told: 'offered',
        acts: [],
        topics: [],
      })
      return flow.transitions.length - 1
    })
    flow.steps.push({ playbook: 0, step, transitions, call: null, acts: [] })
  }
  return flow
}

const choices = (sketch: Sketch) => recognise(flowOf([sketch], 'en'), lexicons).transitions
const offer: [Voice, string][] = [['say', 'We could give you half price for three months.']]

describe('steps', () => {
  it('get the acts of their texts, one of a name, and leave the given flow alone', () => {
    const flow = flowOf(
      [
        {
          texts: [
            ['say', 'I am sorry.'],
            ['do', 'Apologise. Log the complaint.'],
          ],
        },
      ],
      'en',
    )
    const [step] = recognise(flow, lexicons).steps
    expect(step?.acts.map(({ act, evidence }) => [act, evidence])).toEqual([
      ['apology', 'recognised'],
      ['complaint-logged', 'recognised'],
    ])
    expect(flow.steps[0]?.acts).toEqual([])
  })

  it('keep what is declared and nothing else', () => {
    const acts = [{ act: 'locker-return', attributes: { key: 7 }, range }]
    const [step] = recognise(flowOf([{ texts: offer, acts }], 'en'), lexicons).steps
    expect(step?.acts).toEqual([
      { act: 'locker-return', evidence: 'declared', by: 'company', attributes: { key: 7 }, range },
    ])
    expect(recognise(flowOf([{ texts: offer, acts: [] }], 'en'), lexicons).steps[0]?.acts).toEqual([])
  })
})

describe('choosers', () => {
  it.each([
    ['customer accepts', 'customer'],
    ['you judge it fair', 'agent'],
    ['system shows a balance', 'system'],
    ['identity confirmed', 'world'],
    ['no agent free', 'world'],
    ['plan is annual', 'fact'],
    ['the blue door', 'unknown'],
  ])('%s: %s', (when, chooser) =>
    expect(choices({ next: [{ when }, { when: 'x' }] })[0]?.chooser).toBe(chooser),
  )

  it('that are declared win', () => {
    const [one, two] = choices({
      next: [{ when: 'customer accepts', chooser: 'agent' }, { fact: new Map([['plan', 'annual']]) }],
    })
    expect(one).toMatchObject({ chooser: 'agent', chooserEvidence: 'declared' })
    expect(two).toMatchObject({ chooser: 'fact', chooserEvidence: 'declared' })
  })

  it('are null for a single way on, and passed on to otherwise', () => {
    expect(choices({ next: [{}] })[0]?.chooser).toBeNull()
    expect(choices({ next: [{ when: 'customer accepts' }, { otherwise: true }] })[1]).toMatchObject({
      chooser: 'customer',
      chooserEvidence: 'recognised',
    })
    expect(choices({ next: [{ otherwise: true }] })[0]?.chooser).toBe('unknown')
  })

  it('come with the words they were recognised from', () => {
    expect(choices({ next: [{ when: 'if the customer accepts it' }, {}] })[0]?.chooserPhrase).toBe(
      'customer accepts',
    )
  })
})

describe('choices', () => {
  const acts = (sketch: Sketch) => choices(sketch).map(one => one.acts.map(({ act }) => act))

  it('answer an offer only where one was made', () => {
    const next: Way[] = [
      { when: 'accepts', chooser: 'customer' },
      { when: 'no', chooser: 'customer' },
    ]
    expect(acts({ texts: offer, next })).toEqual([['offer-accepted'], ['offer-declined']])
    expect(acts({ texts: [['say', 'Is the address right?']], next })).toEqual([[], []])
  })

  it('answer a declared offer too', () => {
    const declared = [{ act: 'retention-offer', attributes: {}, range }]
    expect(acts({ acts: declared, next: [{ when: 'declines', chooser: 'customer' }] })).toEqual([
      ['offer-declined'],
    ])
  })

  it.each([
    ['I want to cancel', ['cancel-request']],
    ['wants to keep the subscription', ['cancel-withdrawn']],
    ['no answer', ['silence']],
    ['hangs up', ['silence']],
    ['asks for a supervisor', ['human-request']],
    ['has a complaint', ['complaint']],
  ])('%s', (when, expected) => expect(acts({ next: [{ when, chooser: 'customer' }] })[0]).toEqual(expected))

  it('of others hold no act of the customer', () => {
    expect(acts({ next: [{ when: 'cancel', chooser: 'system' }] })[0]).toEqual([])
    expect(acts({ next: [{ when: 'the mistake was ours', chooser: 'fact' }] })[0]).toEqual(['company-fault'])
  })

  it('keep declared acts, also those nobody knows', () => {
    const declaredActs = [{ act: 'sulks', attributes: {}, range }]
    const [one] = choices({ next: [{ when: 'accepts', chooser: 'customer', declaredActs }] })
    expect(one?.acts).toMatchObject([{ act: 'sulks', evidence: 'declared', by: 'customer' }])
  })

  it('say whether the customer must bring them up, and what they are about', () => {
    const next: Way[] = [
      { when: 'only if the customer asks for it' },
      { when: 'known outage in the area' },
      { when: 'insists', told: 'offered' },
    ]
    expect(choices({ next }).map(({ told }) => told)).toEqual(['unprompted', 'offered', 'offered'])
    expect(choices({ next })[1]?.topics).toEqual(['outage'])
  })
})

describe('the answers to a question', () => {
  const next: Way[] = [{ when: 'too expensive' }, { when: 'moving away' }, { otherwise: true }]
  const choosers = (text: string) =>
    recognise(flowOf([{ texts: [['do', text]], next }, {}, {}, {}], 'en'), lexicons)
      .transitions.slice(0, 3)
      .map(({ chooser, chooserEvidence }) => `${chooser} ${chooserEvidence}`)

  it('are probably the customer’s', () => {
    expect(choosers('Ask why they want to leave.')).toEqual(Array(3).fill('customer suspected'))
  })

  it('are nobody’s where nothing was asked', () => {
    expect(choosers('Open the account.').every(chooser => !chooser.startsWith('customer'))).toBe(true)
  })
})

describe('languages', () => {
  it('are taken from the head, else from the text, else are English', () => {
    const texts: [Voice, string][] = [
      ['say', 'Kas te soovite oma tellimuse tühistada või peatada? Me oleme siin ja aitame teid.'],
    ]
    const [declared] = recognise(flowOf([{ texts }], 'en-GB'), lexicons).playbooks
    expect(declared).toMatchObject({ language: 'en-GB', languageFrom: 'declared' })
    expect(languagesOf(flowOf([{ texts }], 'en-GB'))).toEqual(['en'])
    expect(recognise(flowOf([{ texts }]), lexicons).playbooks[0]).toMatchObject({
      language: 'et',
      languageFrom: 'detected',
    })
    expect(recognise(flowOf([{}]), lexicons).playbooks[0]).toMatchObject({ language: 'en' })
  })

  it('without a lexicon leave only what is declared', () => {
    const flow = recognise(
      flowOf([{ texts: offer, next: [{ when: 'accepts', chooser: 'customer' }, { when: 'x' }] }], 'pl'),
      lexicons,
    )
    expect(flow.steps[0]?.acts).toEqual([])
    expect(flow.transitions.map(({ chooser }) => chooser)).toEqual(['customer', 'unknown'])
  })
})
