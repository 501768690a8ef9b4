// What wayout did not understand of a playbook: steps without acts, choices of nobody, unread passages, problems.
import type { Flow, FlowStep, FlowTransition } from '../model/flow.ts'
import type { Problem, Unread } from '../model/playbook.ts'
import { comparePoints } from '../model/position.ts'

export type Gaps = {
  /** Steps with words, but without any act that is at least suspected. */
  silent: FlowStep[]
  /** Choices of which it is unknown, or only suspected, who makes them. */
  undecided: FlowTransition[]
  /** Steps where the text simply stops: nobody said how it ends. */
  unended: FlowStep[]
  unread: Unread[]
  problems: Problem[]
}

/** The gaps of the playbook with this index. Linear in its steps. */
export function gapsOf(flow: Flow, index: number): Gaps {
  const own = stepsOf(flow, index)
  const book = flow.playbooks[index]!
  const document = flow.documents[book.document]!
  const siblings = document.playbooks
  /** Passages and problems belong to the playbook they stand in or behind; those in front of all to the first. */
  const isHere = ({ range }: { range: Unread['range'] }) => {
    const before = siblings.filter(({ range: { start } }) => comparePoints(start, range.start) <= 0)
    return (before.at(-1) ?? siblings[0]) === book.playbook
  }
  return {
    silent: own.filter(isSilent),
    undecided: own
      .flatMap(step => step.transitions.map(transition => flow.transitions[transition]!))
      .filter(({ chooser, chooserEvidence }) => {
        return (
          chooser === 'unknown' ||
          (chooser !== null && chooserEvidence !== 'declared' && chooserEvidence !== 'recognised')
        )
      }),
    unended: own.filter(({ step }) => step.impliedEnd === true && step.outcome === undefined),
    unread: document.unread.filter(isHere),
    problems: [...document.problems, ...flow.problems.filter(({ path }) => path === book.path)].filter(
      isHere,
    ),
  }
}

/** The steps of a playbook in the order of the file. */
export function stepsOf(flow: Flow, index: number): FlowStep[] {
  const { firstStep, playbook } = flow.playbooks[index]!
  return flow.steps.slice(firstStep, firstStep + playbook.steps.length)
}

function isSilent({ step, acts }: FlowStep): boolean {
  if (step.declaredActs !== undefined || step.texts.every(({ text }) => text.trim() === '')) return false
  return acts.every(({ evidence }) => evidence === 'hint')
}
