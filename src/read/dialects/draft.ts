// A playbook while a dialect writes it: ids that stay unique, ways on, and one step for the ways that simply end.
import type { Chooser, Outcome } from '../../model/act.ts'
import type { Channel, DeclaredAct, Playbook, Start, Step, Target, Transition } from '../../model/playbook.ts'
import type { Excerpt, Range } from '../../model/position.ts'

export type Draft = { steps: Step[]; end?: Step; taken: Map<string, number> }

/** A way on from a step. Without a target and an outcome it ends the playbook, and nobody said how. */
export type Way = {
  range: Range
  kind?: Transition['kind']
  to?: Target
  outcome?: Outcome
  when?: Excerpt | undefined
  otherwise?: boolean
  chooser?: Chooser | undefined
  told?: 'unprompted' | undefined
  max?: number | undefined
  acts?: DeclaredAct[] | undefined
}

export function newDraft(): Draft {
  return { steps: [], taken: new Map() }
}

/** The id as wished, or with a number behind it if it is taken: `greet`, `greet-2`, … */
export function freeId(draft: Draft, wished: string): string {
  let id = wished
  while (draft.taken.has(id)) {
    const count = draft.taken.get(wished)! + 1
    draft.taken.set(wished, count)
    id = `${wished}-${count}`
  }
  draft.taken.set(id, 1)
  return id
}

export function act(name: string, range: Range, attributes: Record<string, unknown> = {}): DeclaredAct {
  return { act: name, attributes, range }
}

/** A target in the same playbook. */
export function toStep(id: string, range: Range, text = id): Target {
  return { text, range, step: id }
}

/** A playbook somewhere in the project, looked up by its title. */
export function toTitle(title: string, range: Range, text = title): Target {
  return { text, range, title }
}

/**
 * Gives the step its ways on. If all lead to the same place and nobody is asked anything, nothing is decided and one
 * is left; a single way that ends makes the step an end.
 */
export function leave(draft: Draft, step: Step, ways: Way[], asks = false): void {
  const [first] = ways
  if (!first) return
  const same = ways.every(
    w => w.to?.step === first.to?.step && w.to?.title === first.to?.title && w.outcome === first.outcome,
  )
  if (same && (!asks || (ways.length === 1 && !first.when))) {
    if (first.outcome) step.outcome = first.outcome
    else if (first.to) step.transitions.push({ range: first.range, kind: first.kind ?? 'go', to: first.to })
    // A call that nothing follows ends where the called playbook ends.
    else if (!step.call) step.impliedEnd = true
    return
  }
  for (const way of ways) {
    const ends = !way.to && way.outcome === undefined
    step.transitions.push(transitionOf(ends ? { ...way, to: endOf(draft, way.range) } : way))
  }
}

function transitionOf({ range, kind = 'go', to, outcome, acts, ...way }: Way): Transition {
  const transition: Transition = { range, kind }
  if (to) transition.to = to
  if (outcome) transition.outcome = outcome
  if (way.when && way.when.text !== '') transition.when = way.when
  if (way.otherwise) transition.otherwise = true
  if (way.chooser) transition.chooser = way.chooser
  if (way.told) transition.told = way.told
  if (way.max !== undefined) transition.max = way.max
  if (acts) transition.declaredActs = acts
  return transition
}

/** A step that ends the playbook, for ways that end among ways that go on. There is one, where the first of them stands. */
function endOf(draft: Draft, range: Range): Target {
  if (!draft.end) {
    const id = freeId(draft, 'end')
    draft.end = { id, title: 'end', range, texts: [], declaredActs: [], impliedEnd: true, transitions: [] }
    draft.steps.push(draft.end)
  }
  return toStep(draft.end.id, range)
}

export function playbookOf(
  draft: Draft,
  about: { title: string; range: Range; starts: Start[]; channels?: Channel[]; entry?: boolean | undefined },
): Playbook {
  const { title, range, starts, channels = [], entry } = about
  return {
    title,
    range,
    channels,
    starts,
    ...(entry === undefined ? {} : { entry }),
    facts: new Map(),
    steps: draft.steps,
  }
}
