// For tests only: the flow of a gym with a shared survey, built by hand, and one with hostile text in every field.
import type { Act, Chooser, Evidence } from '../model/act.ts'
import type { Flow, FlowStep, FlowTransition } from '../model/flow.ts'
import type { Document, Playbook, Step, Text, Transition, Unread, Voice } from '../model/playbook.ts'
import { excerptAt, type Range } from '../model/position.ts'
import { HOSTILE } from './hostile.test-data.ts'

export function range(line: number, column = 3, length = 10): Range {
  return { start: { line, column }, end: { line, column: column + length } }
}

export function act(name: string, line: number, more: Partial<Act> = {}): Act {
  return { act: name, evidence: 'recognised', by: 'company', attributes: {}, range: range(line), ...more }
}

function say(text: string, line: number, voice: Voice = 'say'): Text {
  return { ...excerptAt(text, { line, column: 10 }), voice }
}

type Way = Partial<Omit<FlowTransition, 'transition'>> & {
  line: number
  when?: string
  /** Id of a step of the same playbook; text of a target that does not exist otherwise. */
  go?: string
  transition?: Partial<Transition>
}
type Draft = Omit<Partial<Step>, 'id' | 'transitions' | 'call'> & {
  id: string
  line: number
  acts?: Act[]
  ways?: Way[]
  /** `playbook index, step id` of a call. */
  call?: [number, string]
}
type Book = {
  title: string
  playbook?: Partial<Playbook>
  linked?: boolean
  steps: Draft[]
  unread?: Unread[]
}

/** Numbers steps and transitions through, as linking does. */
export function flowOf(books: Record<string, Book>): Flow {
  const flow: Flow = { documents: [], playbooks: [], steps: [], transitions: [], entries: [], problems: [] }
  const numberOf = new Map<string, number>()
  let number = 0
  for (const [index, book] of Object.values(books).entries()) {
    for (const { id } of book.steps) numberOf.set(`${index} ${id}`, number++)
  }
  for (const [index, [path, book]] of Object.entries(books).entries()) {
    const steps = book.steps.map(draft => stepOf(draft))
    const playbook: Playbook = {
      title: book.title,
      range: range(1, 1),
      channels: ['phone'],
      starts: [{ step: steps[0]!.id }],
      facts: new Map(),
      steps,
      ...book.playbook,
    }
    const document: Document = {
      path,
      format: path.endsWith('.md') ? 'markdown' : 'yaml',
      playbooks: [playbook],
      problems: [],
      unread: book.unread ?? [],
      anchors: new Map(),
      comments: [],
    }
    flow.documents.push(document)
    flow.playbooks.push({
      path,
      playbook,
      document: index,
      linked: book.linked ?? false,
      firstStep: flow.steps.length,
      language: 'en',
      languageFrom: 'default',
    })
    const first = flow.steps.length
    if (!book.linked) flow.entries.push({ step: first, channel: 'phone', playbook: index })
    for (const [position, draft] of book.steps.entries()) {
      const from = flow.steps.length
      const transitions = (draft.ways ?? []).map((way, at) => {
        flow.transitions.push(
          wayOf(way, from, steps[position]!.transitions[at]!, numberOf.get(`${index} ${way.go}`) ?? null),
        )
        return flow.transitions.length - 1
      })
      const call = draft.call ? numberOf.get(`${draft.call[0]} ${draft.call[1]}`)! : null
      const step: FlowStep = {
        playbook: index,
        step: steps[position]!,
        transitions,
        call,
        acts: draft.acts ?? [],
      }
      flow.steps.push(step)
    }
  }
  return flow
}

function stepOf({ id, line, acts: _, ways = [], call, ...more }: Draft): Step {
  const target = call && { text: `survey.yaml#${call[1]}`, range: range(line + 1) }
  return {
    id,
    title: id,
    range: range(line, 3, id.length),
    texts: [],
    ...more,
    ...(target && { call: target }),
    transitions: ways.map(({ line: at, when, go, transition }) => ({
      range: range(at, 9, 12),
      kind: 'go' as const,
      ...(go !== undefined && { to: { text: go, step: go, range: range(at) } }),
      ...(when !== undefined && { when: excerptAt(when, { line: at, column: 9 }) }),
      ...transition,
    })),
  }
}

function wayOf(
  { line: _, when, go: _go, ...more }: Way,
  from: number,
  transition: Transition,
  to: number | null,
): FlowTransition {
  const chooser: Chooser | null = when === undefined && !transition.otherwise ? null : 'customer'
  const chooserEvidence: Evidence = 'declared'
  return { from, to, chooser, chooserEvidence, told: 'offered', acts: [], topics: [], ...more, transition }
}

/** The gym: an offer read from words, a survey it calls, a question nobody understood, a target that is not there. */
export const GYM_FLOW: Flow = flowOf({
  'playbooks/gym.yaml': {
    title: 'Leave Iron Hall',
    unread: [{ range: range(40, 1, 30), reason: 'image', text: 'the button in the till' }],
    steps: [
      {
        id: 'greeting',
        title: 'Greeting',
        line: 4,
        texts: [say('Thank you for calling Iron Hall, the gym that never sleeps. How can I help?', 6)],
        acts: [act('greeting', 6, { phrase: 'Thank you for calling' })],
        ways: [
          {
            line: 8,
            when: 'wants to end the membership',
            go: 'offer',
            acts: [act('cancel-request', 8, { by: 'customer', phrase: 'end the membership' })],
          },
          { line: 10, when: 'anything else', go: 'front desk', transition: { otherwise: true } },
        ],
      },
      {
        id: 'offer',
        title: 'First offer',
        line: 12,
        texts: [say('Before you go, I could give you half price for three months. Would that help?', 14)],
        acts: [
          act('retention-offer', 14, { phrase: 'half price for three months', attributes: { months: 3 } }),
          act('pressure', 14, { evidence: 'hint', phrase: 'Before you go' }),
        ],
        ways: [
          {
            line: 16,
            when: 'accepts',
            transition: { outcome: 'kept' },
            acts: [act('offer-accepted', 16, { by: 'customer' })],
          },
          { line: 18, when: 'declines', go: 'reason' },
          { line: 20, when: 'insists', go: 'done', told: 'unprompted', chooserEvidence: 'suspected' },
        ],
      },
      {
        id: 'reason',
        title: 'Reason',
        line: 22,
        texts: [say('Note what the system shows.', 24, 'do')],
        ways: [
          { line: 26, when: 'it is green', go: 'survey', chooser: 'unknown', chooserEvidence: 'suspected' },
          { line: 28, transition: { otherwise: true }, go: 'done', chooser: 'unknown' },
        ],
      },
      { id: 'survey', title: 'Survey', line: 30, call: [1, 'ask'], ways: [{ line: 32, go: 'done' }] },
      {
        id: 'done',
        title: 'Membership ended',
        line: 34,
        texts: [say('Your membership ends on the last day of this month.', 36)],
        acts: [
          act('cancellation-processed', 37, { evidence: 'declared' }),
          act('cancellation-confirmed', 36, { evidence: 'suspected', phrase: 'ends on the last day' }),
        ],
        outcome: 'cancelled',
      },
    ],
  },
  'playbooks/survey.yaml': {
    title: 'Short survey',
    linked: true,
    steps: [
      {
        id: 'ask',
        title: 'Ask',
        line: 3,
        texts: [say('How did we do, from one to ten?', 4)],
        acts: [act('feedback-request', 4, { phrase: 'How did we do' })],
        outcome: 'resolved',
      },
    ],
  },
})
GYM_FLOW.problems.push({
  rule: 'links-resolve',
  path: 'playbooks/gym.yaml',
  message: 'there is no step "front desk"',
  range: range(10),
})

/** A flow with hostile text in every field that comes from a file. */
export function hostileFlow(text: string = HOSTILE): Flow {
  const flow = flowOf({
    [text]: {
      title: text,
      unread: [{ range: range(9), reason: text, text }],
      steps: [
        {
          id: text,
          title: text,
          line: 1,
          texts: [say(text, 1)],
          acts: [act(text, 1, { phrase: text, attributes: { [text]: text } })],
          wordsElsewhere: text,
          ways: [
            { line: 2, when: text, go: 'end', acts: [act(text, 2, { phrase: text })], chooserPhrase: text },
            { line: 3, when: text, go: text, chooser: 'unknown' },
            { line: 4, when: text, go: `${text} nowhere` },
          ],
        },
        { id: 'end', title: 'end', line: 5, impliedEnd: true },
      ],
    },
  })
  flow.playbooks[0]!.language = text
  flow.problems.push({ rule: text, path: text, message: text, range: range(2) })
  return flow
}
