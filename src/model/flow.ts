// The flow graph of a project as plain data: all playbooks linked together, then filled with acts and choosers.
import type { Act, Chooser, Evidence } from './act.ts'
import type { Channel, Document, Playbook, Problem, Step, Transition } from './playbook.ts'

/** Steps and transitions are numbered through; every reference below is an index into these arrays. */
export type Flow = {
  documents: Document[]
  playbooks: FlowPlaybook[]
  steps: FlowStep[]
  transitions: FlowTransition[]
  /** Where customers come in, in order of path and position. */
  entries: Entry[]
  /** What linking found wrong (targets that do not exist, calls that never return), by path. */
  problems: (Problem & { path: string })[]
}

export type FlowPlaybook = {
  path: string
  playbook: Playbook
  document: number
  /** Read only because another file leads to it: not an entry, judged on paths that come from the files named. */
  linked: boolean
  /** Index of its first step; its steps are numbered consecutively. */
  firstStep: number
  language: string
  languageFrom: 'declared' | 'detected' | 'default'
}

export type FlowStep = {
  playbook: number
  step: Step
  /** Indices of its transitions, in the order of the file. */
  transitions: number[]
  /** The step a call leads to; null without a call (or with one that leads nowhere). */
  call: number | null
  /** Empty until recognised. Contains hints too; order: as they stand in the text. */
  acts: Act[]
}

export type FlowTransition = {
  from: number
  transition: Transition
  /** The step it leads to; null if it ends the playbook or its target does not exist. */
  to: number | null
  /** Who decides; null where there is nothing to decide (a single way on without a condition). */
  chooser: Chooser | null
  chooserEvidence: Evidence
  /** The words the chooser was recognised from. */
  chooserPhrase?: string
  /** Where the author leaves open who decides (`when`): whom the words name, if they leave no doubt. */
  named?: { chooser: Chooser; phrase?: string }
  told: 'offered' | 'unprompted'
  acts: Act[]
  /** What the condition is about, where a rule asks for it (`outage`, `fee`). */
  topics: string[]
}

export type Entry = { step: number; channel: Channel | null; playbook: number }
