// A witness as a dialogue: which steps are told, what is said in each, who decided, and where it loops.
import { ACTS } from '../model/act.ts'
import type { Finding, WitnessStep } from '../model/finding.ts'
import { clip } from './layout.ts'
import { safeText } from './safe.ts'
import { chooserName, quoted } from './wording.ts'

const MOST_SAID = 150
const MOST_TITLE = 80

/** One step of the path, a stretch that is left out, or one that an earlier finding has told already. */
export type Scene = Shown | { elided: number } | { again: Shown[] }

/** `number` is 1-based in the witness; `acts` happen in the step, `choiceActs` are what the choice in it amounts to. */
export type Shown = { number: number; step: WitnessStep; acts: string[]; choiceActs: string[] }

/** The beginnings of paths that were told, as a tree of steps and choices. */
export type Told = Map<string, Told>

/**
 * The witness with its middle left out where it is long: kept are beginning and end, where the loop begins, then up
 * to `limit` steps: with a note, with an act of the customer, with any act, and the first of the others. Of the first
 * `told` steps only those with a note, the last one and the beginning of the loop are told again. Linear.
 */
export function scenes(finding: Finding, limit = 9, told = 0): Scene[] {
  const { witness } = finding
  const last = witness.length - 1
  const loop = (loopNumber(finding) ?? 0) - 1
  const isAgain = (index: number) =>
    index < told && index !== last && index !== loop && witness[index]!.note === null
  const kept = new Set([0, 1, last - 1, last, loop])
  const fill = (test: (step: WitnessStep) => boolean) => {
    for (let index = 0; index <= last && kept.size < limit; index++) {
      if (!isAgain(index) && test(witness[index]!)) kept.add(index)
    }
  }
  fill(step => step.note !== null)
  fill(step => step.acts.some(isCustomers))
  fill(step => step.acts.length > 0)
  fill(() => true)
  const kindOf = (index: number) => (isAgain(index) ? 'again' : kept.has(index) ? 'shown' : 'elided')
  const list: Scene[] = []
  for (let from = 0, to = 0; from <= last; from = to) {
    const kind = kindOf(from)
    while (to <= last && kindOf(to) === kind) to++
    const run = witness.slice(from, to).map((step, offset) => sceneOf(step, from + offset + 1))
    // A single step takes hardly more room than the line that says it is left out.
    if (kind === 'shown' || run.length === 1) list.push(...run)
    else list.push(kind === 'again' ? { again: run } : { elided: run.length })
  }
  return list
}

/** How many of the first steps were told before, by the same choices; remembers the whole path as told. Linear. */
export function toldBefore(told: Told, witness: readonly WitnessStep[]): number {
  let node = told
  let same = 0
  for (const [index, { path, step, choice }] of witness.entries()) {
    const key = JSON.stringify([path, step, choice])
    let next = node.get(key)
    if (next && same === index) same += 1
    if (!next) {
      next = new Map()
      node.set(key, next)
    }
    node = next
  }
  return same
}

/** `customer: "wants to cancel"`, `agent decides`, or empty where there was nothing to decide. */
export function decision({ chooser, choice }: WitnessStep): string {
  const { otherwise, words } = /^(?<otherwise>otherwise(?:: |$))?(?<words>.*)$/s.exec(choice ?? '')!.groups!
  const said = words!.trim() === '' ? '' : quoted(clip(words!, MOST_SAID))
  const who = chooserName(chooser)
  if (otherwise !== undefined)
    return `${who}${who === '' ? '' : ', '}otherwise${said === '' ? '' : `: ${said}`}`
  if (chooser === null) return said
  return said === '' ? `${who} decides` : `${who}: ${said}`
}

/** What the step is called; its id where it has no title. */
export function titleOf({ title, step }: WitnessStep): string {
  return clip(safeText(title) || safeText(step), MOST_TITLE)
}

/** What is said or done in the step, shortened. */
export function saidIn({ text }: WitnessStep): string {
  return clip(safeText(text), MOST_SAID)
}

/** The number of the step the path leads back to, or undefined. */
export function loopNumber({ loopsTo, witness }: Finding): number | undefined {
  return loopsTo === undefined || loopsTo < 0 || loopsTo >= witness.length ? undefined : loopsTo + 1
}

/** A path worth telling: more than the step that is marked anyway. */
export function hasPath(finding: Finding): boolean {
  const [only] = finding.witness
  if (only === undefined) return false
  return (
    finding.witness.length > 1 ||
    loopNumber(finding) !== undefined ||
    only.note !== null ||
    only.choice !== null
  )
}

/**
 * The dialogue as plain lines, for formats without colour: `2. "Offer" (gym.yaml:14): Half price … → customer: "no"`.
 */
export function dialogueLines(finding: Finding, place: (step: WitnessStep) => string, limit = 9): string[] {
  const lines = scenes(finding, limit).map(scene => {
    if (!('number' in scene)) return `… ${'elided' in scene ? scene.elided : scene.again.length} more steps`
    const { number, step } = scene
    const said = saidIn(step)
    const decided = decision(step)
    const title = titleOf(step)
    const end = (decided === '' ? '' : ` → ${decided}`) + (step.note ? ` (${safeText(step.note)})` : '')
    return `${number}. ${title} (${place(step)})${said === '' ? '' : `: ${said}`}${end}`
  })
  const back = loopNumber(finding)
  return back === undefined ? lines : [...lines, `↺ back to ${back}, and so on for ever`]
}

function sceneOf(step: WitnessStep, number: number): Shown {
  if (step.chooser === null && step.choice === null) return { number, step, acts: step.acts, choiceActs: [] }
  const choiceActs = step.acts.filter(isCustomers)
  return { number, step, acts: step.acts.filter(act => !isCustomers(act)), choiceActs }
}

function isCustomers(act: string): boolean {
  return Object.hasOwn(ACTS, act) && ACTS[act]!.by === 'customer'
}
