// Links documents into one flow: numbers steps and transitions, resolves targets across files, finds the entries.
import type { Flow } from '../model/flow.ts'
import type { Document, Target } from '../model/playbook.ts'
import type { Root } from '../model/roots.ts'
import { findEntries } from './entries.ts'
import { filesOf } from './files.ts'
import { refuseRecursion } from './recursion.ts'
import { targetsOf } from './targets.ts'

export type LinkOptions = {
  /** Paths of documents that were read only because another file leads to them. */
  linked?: ReadonlySet<string>
  /** Why a file that is linked to was not read, by normalised path. */
  notRead?: ReadonlyMap<string, string>
  /** Where links of the team's own site lead. */
  roots?: readonly Root[]
}

/**
 * For all places that the targets of a document lead to, without repetition, in order of appearance: the files that
 * may be meant. The first that exists is.
 */
export function filesLinkedFrom(document: Document, roots: readonly Root[] = []): string[][] {
  const places = new Map<string, string[]>()
  for (const playbook of document.playbooks) {
    for (const step of playbook.steps) {
      const targets = [step.call, ...step.transitions.map(t => t.to), ...(step.references ?? [])]
      for (const target of targets) {
        const found = target && filesOf(target, document.path, roots)
        if (found) places.set(found.written, found.files)
      }
    }
  }
  places.delete(document.path)
  return [...places.values()]
}

/** Builds the flow of a project. Documents keep their order. Linear in the size of the documents. */
export function link(documents: Document[], options: LinkOptions = {}): Flow {
  const flow: Flow = { documents, playbooks: [], steps: [], transitions: [], entries: [], problems: [] }
  for (const [document, { path, playbooks }] of documents.entries()) {
    for (const playbook of playbooks) {
      const firstStep = flow.steps.length
      const at = flow.playbooks.length
      flow.playbooks.push({
        path,
        playbook,
        document,
        linked: options.linked?.has(path) ?? false,
        firstStep,
        language: playbook.language ?? 'en',
        languageFrom: playbook.language === undefined ? 'default' : 'declared',
      })
      for (const step of playbook.steps)
        flow.steps.push({ playbook: at, step, transitions: [], call: null, acts: [] })
    }
  }
  const targets = targetsOf(flow, options.notRead ?? new Map(), options.roots)
  const resolve = (target: Target, s: number): number | null => {
    const { step, playbook } = flow.steps[s]!
    const found = targets.resolve(target, playbook)
    if (found === null || typeof found === 'number') return found
    flow.problems.push({ ...found, path: flow.playbooks[playbook]!.path, range: target.range, step: step.id })
    return null
  }
  for (const [from, flowStep] of flow.steps.entries()) {
    const { step } = flowStep
    if (step.call) flowStep.call = resolve(step.call, from)
    for (const transition of step.transitions) {
      flowStep.transitions.push(flow.transitions.length)
      flow.transitions.push({
        from,
        transition,
        to: transition.to ? resolve(transition.to, from) : null,
        chooser: transition.chooser ?? null,
        chooserEvidence: 'declared',
        told: transition.told ?? 'offered',
        acts: [],
        topics: [],
      })
    }
    for (const reference of step.references ?? []) resolve(reference, from)
  }
  refuseRecursion(flow)
  findEntries(flow, targets)
  return flow
}
