// How steps, targets, choices and acts of a flow are named to people.
import type { Act } from '../model/act.ts'
import type { Flow, FlowTransition } from '../model/flow.ts'
import { clip, NO_BREAK } from './layout.ts'
import { safeText } from './safe.ts'
import { chooserName, placeOf, quoted } from './wording.ts'

const MOST_SAID = 160
const MOST_TITLE = 60

/** Words of a playbook on one line, harmless and not too long. */
export function shortly(text: string, most = MOST_SAID): string {
  return clip(safeText(text), most)
}

export function titleOfStep(flow: Flow, index: number): string {
  const { step } = flow.steps[index]!
  return shortly(step.title, MOST_TITLE) || shortly(step.id, MOST_TITLE)
}

/** To be wrapped: `"Verify" (line 14)`; for a step of another file `"Ask" (survey.yaml:3)`. */
export function targetName(flow: Flow, index: number, from: number): string {
  const { playbook, step } = flow.steps[index]!
  const { path } = flow.playbooks[playbook]!
  const { line } = step.range.start
  const isHere = path === flow.playbooks[flow.steps[from]!.playbook]!.path
  return `"${titleOfStep(flow, index)}" (${isHere ? `line${NO_BREAK}${line}` : placeOf(path, line)})`
}

/** Where a transition leads: a step, an end, or a target that does not exist. */
export function wayOn(flow: Flow, { to, from, transition }: FlowTransition): string {
  if (to !== null) return targetName(flow, to, from)
  if (transition.outcome !== undefined) return `end ${transition.outcome}`
  if (transition.to !== undefined)
    return `${quoted(shortly(transition.to.text, MOST_TITLE))}, which wayout did not find`
  return 'nowhere'
}

/** `customer: "declines"`, `otherwise (agent)`, `then`. */
export function choiceName({ chooser, transition }: FlowTransition): string {
  const { when, otherwise, fact, kind } = transition
  const words = when === undefined ? '' : `"${shortly(when.text)}"`
  const who = chooserName(chooser)
  if (otherwise) return ['otherwise', ...(words ? [words] : []), ...(who ? [`(${who})`] : [])].join(' ')
  if (words !== '') return who === '' ? words : `${who}: ${words}`
  if (fact)
    return `fact: ${[...fact].map(([name, value]) => `${safeText(name)} is ${safeText(value)}`).join(', ')}`
  if (who !== '') return `${who} decides`
  return kind === 'go' ? 'go on' : 'then'
}

/** What else is to know of a transition, in a few words each. */
export function wayRemarks({
  told,
  transition,
  chooser,
  chooserEvidence,
  chooserPhrase,
}: FlowTransition): string[] {
  const remarks: string[] = []
  if (told === 'unprompted') remarks.push('not offered, the customer must ask')
  if (transition.interrupt) remarks.push('at any time in this step')
  if (transition.max !== undefined) remarks.push(`at most ${transition.max} times`)
  if (transition.uncertain) remarks.push('not written, only inferred')
  const because = chooserPhrase === undefined ? '' : ` from ${quoted(shortly(chooserPhrase))}`
  if (chooser === 'unknown') remarks.push('who decides is not said')
  else if (chooser !== null && (chooserEvidence === 'suspected' || chooserEvidence === 'hint')) {
    remarks.push(`who decides is only suspected${because}`)
  }
  return remarks
}

/** `retention-offer {months: 3}, recognised from "half price"`. */
export function actName({ act, evidence, phrase, attributes }: Act): string {
  const because = phrase === undefined ? '' : ` from ${quoted(shortly(phrase))}`
  const given = Object.entries(attributes).map(([key, value]) => `${safeText(key)}: ${attributeText(value)}`)
  const braces = given.length === 0 ? '' : ` {${given.join(', ')}}`
  return `${safeText(act)}${braces}, ${evidence === 'hint' ? 'a mere hint' : evidence}${because}`
}

function attributeText(value: unknown): string {
  return shortly(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), MOST_TITLE)
}
