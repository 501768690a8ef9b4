// A witness as a dialogue: which steps are told, what is said in each, who decided, and where it loops.
import { ACTS } from '../model/act.ts'
import type { Finding, WitnessStep } from '../model/finding.ts'
import { clip } from './layout.ts'
import { safeText } from './safe.ts'
import { chooserName, quoted } from './wording.ts'

const MOST_SAID = 150
const MOST_TITLE = 80

/** One step of the path as told, or a stretch of the path that is left out. */
export type Scene = Shown | { elided: number }

/** `number` is 1-based in the witness; `acts` happen in the step, `choiceActs` are what the choice in it amounts to. */
export type Shown = { number: number; step: WitnessStep; acts: string[]; choiceActs: string[] }

/**
 * The witness with its middle left out where it is long: kept are beginning and end, where the loop begins, then up
 * to `limit` steps: with a note, with an act of the customer, with any act, and the first of the others. Linear.
 */
export function scenes(finding: Finding, limit = 9): Scene[] {
  const { witness } = finding
  const shown = new Set([0, 1, witness.length - 2, witness.length - 1, (loopNumber(finding) ?? 1) - 1])
  const fill = (test: (step: WitnessStep) => boolean) => {
    for (let index = 0; index < witness.length && shown.size < limit; index++)
      if (test(witness[index]!)) shown.add(index)
  }
  fill(step => step.note !== null)
  fill(step => step.acts.some(isCustomers))
  fill(step => step.acts.length > 0)
  fill(() => true)
  const told: Scene[] = []
  let hidden: Shown[] = []
  const flush = () => {
    // A single step takes hardly more room than the line that says it is left out.
    if (hidden.length > 1) told.push({ elided: hidden.length })
    else told.push(...hidden)
    hidden = []
  }
  for (const [index, step] of witness.entries()) {
    if (!shown.has(index)) hidden.push(sceneOf(step, index + 1))
    else {
      flush()
      told.push(sceneOf(step, index + 1))
    }
  }
  flush()
  return told
}

/** `customer: "wants to cancel"`, `agent decides`, or empty where there was nothing to decide. */
export function decision({ chooser, choice }: WitnessStep): string {
  const words = choice === null || choice.trim() === '' ? '' : quoted(clip(choice, MOST_SAID))
  if (chooser === null) return words
  return words === '' ? `${chooserName(chooser)} decides` : `${chooserName(chooser)}: ${words}`
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
    if ('elided' in scene) return `… ${scene.elided} more steps`
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
