// Whether two readings are the same flow, so that an edit which changes more than it should is refused.
import { isCertain } from '../model/act.ts'
import type { Flow } from '../model/flow.ts'

/** What may be different. */
export type Leave = {
  /** Whatever happens in these steps of the flow before, ways on included. */
  mayChange?: (step: number) => boolean
  /**
   * Files whose sections may be put together otherwise, because links between them lead elsewhere: of these it counts
   * that the same words are there, and that nothing declared is lost.
   */
  regrouped?: ReadonlySet<string>
}

/** The first difference in steps, ways on or certain acts, in words; null if there is none. Positions do not count. */
export function difference(before: Flow, after: Flow, leave: Leave = {}): string | null {
  const { mayChange = () => false, regrouped = new Set<string>() } = leave
  for (const path of regrouped) {
    const wrong =
      lost(wordsOf(before, path), wordsOf(after, path)) ?? lost(wordsOf(after, path), wordsOf(before, path))
    if (wrong !== null) return wrong
    const declared = lost(declaredIn(before, path), declaredIn(after, path))
    if (declared !== null) return declared
  }
  const steps = stepsOf(before, regrouped)
  const others = stepsOf(after, regrouped)
  if (steps.length !== others.length)
    return `it would read as ${others.length} steps instead of ${steps.length}`
  /** A step by its file and id; of a regrouped file only the file counts. */
  const nameOf = (flow: Flow, step: number | null): string | null => {
    if (step === null) return null
    const path = pathOf(flow, step)
    return regrouped.has(path) ? path : `${path}#${flow.steps[step]!.step.id}`
  }
  for (const [i, s] of steps.entries()) {
    const one = before.steps[s]!
    const other = after.steps[others[i]!]!
    const title = `"${one.step.title}"`
    if (nameOf(before, s) !== nameOf(after, others[i]!)) return `${title} would read differently`
    if (mayChange(s)) continue
    if (one.step.outcome !== other.step.outcome || nameOf(before, one.call) !== nameOf(after, other.call))
      return `${title} would read differently`
    if (certainActs(one.acts) !== certainActs(other.acts))
      return `the acts of ${title} would read differently`
    const ways = one.transitions.length
    if (other.transitions.length !== ways)
      return `${title} would read as ${other.transitions.length} ways on instead of ${ways}`
    for (const [k, t] of one.transitions.entries()) {
      const way = before.transitions[t]!
      const now = after.transitions[other.transitions[k]!]!
      const wrong =
        nameOf(before, way.to) === nameOf(after, now.to) ? wayDifference(way, now) : 'a way on from'
      if (wrong !== null) return `${wrong} ${title} would read differently`
    }
  }
  return null
}

type Way = Flow['transitions'][number]

function wayDifference(one: Way, other: Way): string | null {
  // What the author left open may be said; then the words are those of who decides, and may mean more.
  const isSaid = one.named !== undefined && one.chooser === 'unknown' && other.chooser === one.named.chooser
  if (one.chooser !== other.chooser && !isSaid) return 'who decides in'
  if (one.transition.outcome !== other.transition.outcome) return 'a way on from'
  if (one.transition.otherwise !== other.transition.otherwise) return 'a way on from'
  if (one.transition.when?.text !== other.transition.when?.text) return 'the words of a choice in'
  const same = isSaid
    ? one.acts.every(act => !isCertain(act.evidence) || other.acts.some(a => a.act === act.act))
    : certainActs(one.acts) === certainActs(other.acts)
  return same ? null : 'the acts of a choice in'
}

function stepsOf(flow: Flow, without: ReadonlySet<string>): number[] {
  return [...flow.steps.keys()].filter(s => !without.has(pathOf(flow, s)))
}

function pathOf(flow: Flow, step: number): string {
  return flow.playbooks[flow.steps[step]!.playbook]!.path
}

/** What is said, done and asked in a file. Words that only say when a section applies depend on what leads there. */
function wordsOf(flow: Flow, path: string): string[] {
  return flow.steps.flatMap(({ step }, s) =>
    pathOf(flow, s) === path
      ? [
          ...step.texts.filter(({ voice }) => voice !== 'trigger').map(({ text }) => text.trim()),
          ...step.transitions.flatMap(({ when }) => (when ? [when.text.trim()] : [])),
        ]
      : [],
  )
}

function declaredIn(flow: Flow, path: string): string[] {
  return flow.steps.flatMap(({ step }, s) => {
    if (pathOf(flow, s) !== path) return []
    const acts = [step, ...step.transitions].flatMap(({ declaredActs }) => declaredActs ?? [])
    const outcomes = [step, ...step.transitions].flatMap(({ outcome }) => outcome ?? [])
    return [...acts.map(({ act }) => act), ...outcomes]
  })
}

/** The first that is there more often than in the other list, in words. */
function lost(some: readonly string[], others: readonly string[]): string | null {
  const left = new Map<string, number>()
  for (const one of others) left.set(one, (left.get(one) ?? 0) + 1)
  for (const one of some) {
    const number = left.get(one) ?? 0
    if (number === 0) return `"${one.length > 60 ? `${one.slice(0, 59)}…` : one}" would read differently`
    left.set(one, number - 1)
  }
  return null
}

function certainActs(acts: Flow['steps'][number]['acts']): string {
  return acts
    .filter(a => isCertain(a.evidence))
    .map(a => `${a.act} ${JSON.stringify(Object.entries(a.attributes).sort())}`)
    .sort()
    .join()
}
