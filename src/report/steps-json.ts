// How wayout read the playbooks, as the versioned JSON of design §8; its schema is `schema/steps.schema.json`.
import type { Act } from '../model/act.ts'
import type { Flow, FlowStep, FlowTransition } from '../model/flow.ts'
import { rangeJson } from './finding-json.ts'
import { gapsOf, stepsOf } from './gaps.ts'
import { safeJson } from './safe.ts'

/** `wayout steps --format json`. Keys of the contract come first, in its order; later ones at the end of each object. */
export function stepsJson(flow: Flow, version: string): string {
  return `${safeJson({
    version: 1,
    playbooks: flow.playbooks.map((_, index) => playbookJson(flow, index)),
    tool: { name: 'wayout', version },
    notRead: flow.documents
      .filter(({ failure }) => failure !== undefined)
      .map(({ path, failure }) => ({ path, reason: failure!.message })),
  })}\n`
}

function playbookJson(flow: Flow, index: number) {
  const { path, playbook, language, languageFrom, linked, document } = flow.playbooks[index]!
  const { unread, problems } = gapsOf(flow, index)
  const entries = flow.entries.filter(entry => entry.playbook === index)
  return {
    path,
    title: playbook.title,
    language,
    format: flow.documents[document]!.format,
    entries: entries.map(({ step, channel }) => ({ step: flow.steps[step]!.step.id, channel })),
    steps: stepsOf(flow, index).map(step => stepJson(flow, step)),
    unread: unread.map(({ range, reason, text }) => ({ range: rangeJson(range), reason, text })),
    languageFrom,
    channels: playbook.channels,
    linked,
    problems: problems.map(({ rule, message, range }) => ({ rule, message, range: rangeJson(range) })),
  }
}

function stepJson(flow: Flow, { step, acts, transitions, call, playbook }: FlowStep) {
  return {
    id: step.id,
    title: step.title,
    range: rangeJson(step.range),
    text: step.texts.map(({ text }) => text).join('\n'),
    acts: acts.map(actJson),
    outcome: step.outcome ?? null,
    transitions: [
      ...(step.call ? [callJson(flow, step.call, call, playbook)] : []),
      ...transitions.map(transition => transitionJson(flow, flow.transitions[transition]!)),
    ],
    texts: step.texts.map(({ voice, text, marks, forbidden }) => ({
      voice,
      text,
      line: marks[0]?.line ?? step.range.start.line,
      ...(forbidden && { forbidden }),
    })),
    impliedEnd: step.impliedEnd ?? false,
    automated: step.automated ?? false,
  }
}

function transitionJson(
  flow: Flow,
  { from, to, transition, chooser, chooserEvidence, told, acts }: FlowTransition,
) {
  const { kind, when, outcome, otherwise, max, interrupt, uncertain, fact, range } = transition
  return {
    to: to === null ? null : targetJson(flow, to, flow.steps[from]!.playbook),
    kind,
    when: when?.text ?? null,
    chooser,
    evidence: chooser === null ? null : chooserEvidence,
    told,
    acts: acts.map(actJson),
    line: when?.marks[0]?.line ?? range.start.line,
    target: transition.to?.text ?? null,
    outcome: outcome ?? null,
    otherwise: otherwise ?? false,
    fact: fact ? Object.fromEntries(fact) : null,
    max: max ?? null,
    interrupt: interrupt ?? false,
    uncertain: uncertain ?? false,
  }
}

/** A call is kept on the step; here it stands among the ways on. */
function callJson(
  flow: Flow,
  { text, range }: NonNullable<FlowStep['step']['call']>,
  call: number | null,
  playbook: number,
) {
  return {
    to: call === null ? null : targetJson(flow, call, playbook),
    kind: 'call',
    when: null,
    chooser: null,
    evidence: null,
    told: 'offered',
    acts: [],
    line: range.start.line,
    target: text,
    outcome: null,
    otherwise: false,
    fact: null,
    max: null,
    interrupt: false,
    uncertain: false,
  }
}

/** The id of a step of the same playbook, `PATH#STEP` of another. */
function targetJson(flow: Flow, step: number, playbook: number): string {
  const target = flow.steps[step]!
  return target.playbook === playbook
    ? target.step.id
    : `${flow.playbooks[target.playbook]!.path}#${target.step.id}`
}

function actJson({ act, evidence, by, phrase, pattern, range, attributes }: Act) {
  return {
    act,
    evidence,
    by,
    phrase: phrase ?? null,
    line: range.start.line,
    attributes,
    pattern: pattern ?? null,
  }
}
