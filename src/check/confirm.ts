// What to confirm where a finding is only possible: the smallest thing that would make it certain, or take it away.
import { ACTS, type Act, isCertain } from '../model/act.ts'
import type { Flow } from '../model/flow.ts'
import type { Rule } from '../model/rule.ts'
import { actsIn, actsOf } from './acts-of.ts'
import { meansAct } from './condition.ts'

/** `events`: the path; what matters most is told: an act, what it says, words elsewhere, a way on, who decides, an end. */
export function confirmOf(flow: Flow, rule: Rule, culprit: number, events: readonly number[]): string | null {
  const isGame = rule.check === 'can_force' || rule.check === 'cycle'
  // Ways on beside the path matter where the question is whether there is a way.
  const around = [...events, ...events.flatMap(event => waysOn(flow, event))]
  return (
    first(events, event => doubtfulAct(flow, rule, event)) ??
    missingAttribute(flow, rule, culprit) ??
    first(events, event => doubtfulWay(flow, event)) ??
    (isGame ? first(around, event => doubtfulChooser(flow, event)) : null) ??
    doubtfulEnd(flow, events) ??
    first(around, event => doubtfulWay(flow, event)) ??
    first(besides(flow, culprit), event => doubtfulAct(flow, rule, event)) ??
    otherWords(flow, rule, culprit)
  )
}

/** All of the playbook: what is missing on the path may be there. */
function besides(flow: Flow, event: number): number[] {
  const step = event < flow.steps.length ? event : flow.transitions[event - flow.steps.length]!.from
  const { firstStep, playbook } = flow.playbooks[flow.steps[step]!.playbook]!
  return playbook.steps.flatMap((_, i) => [firstStep + i, ...waysOn(flow, firstStep + i)])
}

function waysOn(flow: Flow, event: number): number[] {
  return event < flow.steps.length ? flow.steps[event]!.transitions.map(t => flow.steps.length + t) : []
}

function first(events: readonly number[], tell: (event: number) => string | null): string | null {
  for (const event of events) {
    const told = tell(event)
    if (told !== null) return told
  }
  return null
}

/** The acts of an event that the rule is about. */
export function relevantActs(flow: Flow, rule: Rule, event: number): Act[] {
  const wanted = actsOf(rule)
  const acts =
    event < flow.steps.length ? flow.steps[event]!.acts : flow.transitions[event - flow.steps.length]!.acts
  return acts.filter(a => wanted.some(w => meansAct(ACTS, a.act, w, 'demand')))
}

/** Words as part of a sentence: on one line, not too long. */
export function short(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim()
  return line.length > 70 ? `${line.slice(0, 69).trimEnd()}…` : line
}

function doubtfulAct(flow: Flow, rule: Rule, event: number): string | null {
  const act = relevantActs(flow, rule, event).find(({ evidence }) => !isCertain(evidence))
  if (!act) return null
  const title = ACTS[act.act]?.title ?? act.act
  // What is declared stands for all that happens there: what was recognised beside it must be named again.
  const others = actsAt(flow, event).filter(other => other !== act && isCertain(other.evidence))
  const yes = declaration(flow, event, [...others, { ...act, attributes: {} }])
  const no = declaration(flow, event, others)
  return `whether "${short(act.phrase ?? '')}" (line ${act.range.start.line}) is ${title}${how(flow, event, `write ${yes} if it is, ${no} if not`)}`
}

/** An act that must say something, and may do so in words that were not understood. */
function missingAttribute(flow: Flow, rule: Rule, culprit: number): string | null {
  if (rule.check !== 'attribute') return null
  const acts = actsAt(flow, culprit)
  const act = relevantActs(flow, rule, culprit).find(({ evidence }) => isCertain(evidence))
  const name = Object.keys(rule.require).find(name => name !== 'any')
  if (!act || name === undefined) return null
  const asked = rule.require[name]
  const value = typeof asked === 'object' && asked !== null && 'at_most' in asked ? asked.at_most : '…'
  const said = acts.map(one =>
    one === act ? { ...one, attributes: { ...one.attributes, [name]: value } } : one,
  )
  const title = ACTS[act.act]?.title ?? act.act
  return `the "${name}" of ${title} (line ${act.range.start.line})${how(flow, culprit, `write ${declaration(flow, culprit, said)}`)}`
}

function doubtfulWay(flow: Flow, event: number): string | null {
  if (event < flow.steps.length) {
    const { step } = flow.steps[event]!
    if (step.wordsElsewhere === undefined) return null
    return `what "${short(step.wordsElsewhere)}" says (line ${step.range.start.line}): its words stand elsewhere`
  }
  const { transition } = flow.transitions[event - flow.steps.length]!
  return transition.uncertain
    ? `whether the way on at line ${transition.range.start.line} is really taken`
    : null
}

function doubtfulChooser(flow: Flow, event: number): string | null {
  if (event < flow.steps.length) return null
  const { transition, chooser, chooserEvidence } = flow.transitions[event - flow.steps.length]!
  if (chooser === null || (chooser !== 'unknown' && isCertain(chooserEvidence))) return null
  const words = short(transition.when?.text ?? 'otherwise')
  const written =
    formatAt(flow, event) === 'markdown'
      ? 'begin it with [customer], [agent], [system] or [world]'
      : 'write customer:, agent:, system: or world: as its key'
  return `who decides "${words}" (line ${transition.range.start.line})${how(flow, event, written)}`
}

function doubtfulEnd(flow: Flow, events: readonly number[]): string | null {
  const last = events[events.length - 1]!
  if (last >= flow.steps.length || !flow.steps[last]!.step.impliedEnd) return null
  const outcome = '<!-- wayout: end cancelled -->'
  const written = `write ${outcome} (or kept, resolved, refused, handed-off, abandoned) there`
  return `how it ends after "${short(flow.steps[last]!.step.title)}"${how(flow, last, written)}`
}

/** What is missing may be there in words that were not understood, or further on where nobody can see it. */
function otherWords(flow: Flow, rule: Rule, event: number): string | null {
  const [act] = demandedOf(rule)
  if (act === undefined) return null
  const title = ACTS[act]?.title ?? act
  const written = `write ${declaration(flow, event, [{ act } as Act])} where it is`
  return `whether ${title} stands there in other words, or comes where it could not be read${how(flow, event, written)}`
}

/** The acts that would keep the rule. */
function demandedOf(rule: Rule): string[] {
  switch (rule.check) {
    case 'reachable':
    case 'can_force':
      return actsIn(rule.to)
    case 'response':
      return rule.then.flatMap(actsIn)
    case 'precedence':
      return actsIn(rule.first)
    case 'existence':
      return actsIn(rule.of)
    case 'cycle':
      return rule.to === undefined ? [] : actsIn(rule.to)
    default:
      return []
  }
}

function actsAt(flow: Flow, event: number): Act[] {
  const at = event < flow.steps.length ? flow.steps[event]! : flow.transitions[event - flow.steps.length]!
  return at.acts.filter(({ evidence }) => evidence !== 'hint')
}

function formatAt(flow: Flow, event: number): string {
  const step = event < flow.steps.length ? event : flow.transitions[event - flow.steps.length]!.from
  return flow.documents[flow.playbooks[flow.steps[step]!.playbook]!.document]!.format
}

/** What to write, where there is a place for it: in a flow exported from elsewhere nothing can be declared. */
function how(flow: Flow, event: number, written: string): string {
  const format = formatAt(flow, event)
  return format === 'markdown' || format === 'yaml' ? `: ${written}` : ''
}

/** How the author declares these acts, and no others, in the format of the file. */
function declaration(flow: Flow, event: number, acts: readonly Act[]): string {
  const distinct = acts.filter((act, i) => acts.findIndex(other => other.act === act.act) === i)
  if (formatAt(flow, event) === 'markdown') {
    const names = distinct.map(({ act, attributes = {} }) =>
      [
        act,
        ...Object.entries(attributes).map(([name, value]) => `${name}="${[value].flat().join(', ')}"`),
      ].join(' '),
    )
    return `<!-- wayout: ${names.join(', ') || 'none'} -->`
  }
  const written = distinct.map(({ act, attributes = {} }) => {
    const values = Object.entries(attributes).map(([name, value]) => `${name}: ${inYaml(value)}`)
    return values.length > 0 ? `{${act}: {${values.join(', ')}}}` : act
  })
  return written.length === 1 && !written[0]!.startsWith('{')
    ? `acts: ${written[0]}`
    : `acts: [${written.join(', ')}]`
}

function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inYaml).join(', ')}]`
  return typeof value === 'string' && !/^[\p{L}\p{N}][\p{L}\p{N} …-]*$/u.test(value)
    ? JSON.stringify(value)
    : String(value)
}
