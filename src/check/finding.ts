// Makes a finding out of a failure: message, witness, reasons, what to confirm, fingerprint.
import type { Act } from '../model/act.ts'
import { ACTS, isCertain } from '../model/act.ts'
import type { Because, Finding, Severity } from '../model/finding.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { Flow } from '../model/flow.ts'
import type { Range } from '../model/position.ts'
import type { Rule } from '../model/rule.ts'
import { actsOf } from './acts-of.ts'
import { meansAct } from './condition.ts'
import { choiceOf, endingOf, textOf, witnessOf } from './witness.ts'

export type Found = {
  rule: Rule
  verdict: 'violated' | 'possible'
  /** Steps by index, transitions by index plus the number of steps. */
  culprit: number
  events: number[]
  loopsTo?: number
  notes: ReadonlyMap<number, string>
  values: Record<string, string>
  fix?: string
  hopeless?: true
  /** What would settle a doubt that does not lie on the path. */
  confirm?: string
  /** The step one comes in by on this path. */
  entry: number
}

export function findingOf(flow: Flow, found: Found): Finding {
  const { rule, verdict, culprit, events } = found
  const { witness, loopsTo } = witnessOf(flow, found)
  const at = placeOf(flow, culprit)
  const because = becauseOf(flow, rule, events)
  const finding: Finding = {
    rule: rule.id,
    severity: severityOf(rule, verdict),
    verdict,
    message: fill(rule.message, valuesOf(flow, found)),
    fix: found.fix ?? rule.fix,
    why: rule.why,
    path: at.path,
    range: at.range,
    step: at.step,
    witness,
    because,
    law: rule.law,
    fingerprint: fingerprint([
      rule.id,
      at.path,
      at.step,
      at.choice ?? '',
      ...witness.map(w => w.step),
      loopsTo ?? -1,
    ]),
  }
  if (loopsTo !== undefined) finding.loopsTo = loopsTo
  if (verdict === 'possible') {
    const confirm = found.confirm ?? confirmOf(flow, rule, events)
    if (confirm !== null) finding.confirm = confirm
  }
  return finding
}

/** What is only possible is never an error. */
export function severityOf(rule: Rule, verdict: 'violated' | 'possible'): Severity {
  return verdict === 'possible' && rule.severity === 'error' ? 'warning' : rule.severity
}

/** Replaces `{name}` by its value; a name without a value stays, so that a test can see it. */
export function fill(message: string, values: Readonly<Record<string, string>>): string {
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}

function placeOf(
  flow: Flow,
  event: number,
): { path: string; range: Range; step: string; choice: string | null } {
  const transition = event < flow.steps.length ? null : flow.transitions[event - flow.steps.length]!
  const { step, playbook } = flow.steps[transition?.from ?? event]!
  const range = transition?.transition.range ?? step.range
  return {
    path: flow.playbooks[playbook]!.path,
    range,
    step: step.id,
    choice: transition && choiceOf(transition),
  }
}

function valuesOf(
  flow: Flow,
  { rule, culprit, events, loopsTo, notes, values, entry }: Found,
): Record<string, string> {
  const parameters = rule as unknown as Record<string, unknown>
  const from = [...notes].find(([, note]) => note === 'from here on')?.[0]
  const last = events[events.length - 1]!
  return {
    step: named(flow, culprit),
    entry: named(flow, entry),
    from: named(flow, from === undefined ? culprit : events[from]!),
    end: named(flow, last),
    ending: loopsTo !== undefined ? 'going round in circles' : endingWords(endingOf(flow, last)),
    words: wordsOf(flow, rule, culprit),
    max: String(parameters.max ?? ''),
    within: String(parameters.within ?? ''),
    ...values,
  }
}

/** How a path ends, to go on a sentence with. */
function endingWords(ending: string | null): string {
  if (ending === null) return 'going on elsewhere'
  if (ending.startsWith('ends: ')) return `ending as "${ending.slice('ends: '.length)}"`
  return ending === 'the text ends here' ? 'where the text simply stops' : 'where nothing leads on'
}

/** A step by its title, in quotes; a choice by its words and its step. */
function named(flow: Flow, event: number): string {
  if (event < flow.steps.length) return quoted(flow.steps[event]!.step.title)
  const transition = flow.transitions[event - flow.steps.length]!
  const choice = choiceOf(transition)
  const step = quoted(flow.steps[transition.from]!.step.title)
  return choice ? `${quoted(choice)} in ${step}` : step
}

/** In quotes, on one line, not too long; what stands in quotes already does not get a second pair. */
function quoted(words: string): string {
  return `"${short(words).replace(/^["“”„«](.+)["“”»]$/u, '$1')}"`
}

function short(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim()
  return line.length > 70 ? `${line.slice(0, 69).trimEnd()}…` : line
}

/** The words at the culprit that the rule is about, in quotes; without a phrase, what is said or done there. */
function wordsOf(flow: Flow, rule: Rule, culprit: number): string {
  const act = relevantActs(flow, rule, culprit).find(a => a.phrase !== undefined)
  if (act?.phrase !== undefined) return `"${short(act.phrase)}"`
  const step = culprit < flow.steps.length ? culprit : flow.transitions[culprit - flow.steps.length]!.from
  return `"${short(textOf(flow, step) || flow.steps[step]!.step.title)}"`
}

function relevantActs(flow: Flow, rule: Rule, event: number): Act[] {
  const wanted = actsOf(rule)
  const acts =
    event < flow.steps.length ? flow.steps[event]!.acts : flow.transitions[event - flow.steps.length]!.acts
  return acts.filter(a => wanted.some(w => meansAct(ACTS, a.act, w, 'demand')))
}

function pathOf(flow: Flow, event: number): string {
  return placeOf(flow, event).path
}

/** The acts on the path that the rule is about, each once. */
function becauseOf(flow: Flow, rule: Rule, events: readonly number[]): Because[] {
  const because: Because[] = []
  for (const event of new Set(events)) {
    for (const act of relevantActs(flow, rule, event)) {
      if (act.evidence === 'hint') continue
      because.push({
        act: act.act,
        evidence: act.evidence,
        phrase: act.phrase ?? null,
        path: pathOf(flow, event),
        line: act.range.start.line,
      })
    }
  }
  return because
}

/** The smallest thing that would turn a *possible* finding into a certain one, or away. */
function confirmOf(flow: Flow, rule: Rule, events: readonly number[]): string | null {
  for (const event of events) {
    const doubt = doubtAt(flow, rule, event)
    if (doubt) return doubt
  }
  for (const event of events) {
    if (event < flow.steps.length) {
      const { step } = flow.steps[event]!
      if (step.wordsElsewhere !== undefined)
        return `what "${short(step.wordsElsewhere)}" says (line ${step.range.start.line}): its words stand elsewhere`
      continue
    }
    const { transition } = flow.transitions[event - flow.steps.length]!
    const who = whoAt(flow, rule, event)
    if (who) return who
    if (transition.uncertain)
      return `whether the way on at line ${transition.range.start.line} is really taken`
  }
  const last = events[events.length - 1]!
  if (last < flow.steps.length && flow.steps[last]!.step.impliedEnd) {
    const outcome = '<!-- wayout: end cancelled -->'
    return `how it ends after "${short(flow.steps[last]!.step.title)}": write ${outcome} (or kept, resolved, refused, handed-off, abandoned) there`
  }
  return missingAt(flow, rule, last) ?? doubtBeside(flow, rule, events[0]!)
}

/** Who decides a choice, where a game hangs on it and the words do not tell. */
function whoAt(flow: Flow, rule: Rule, event: number): string | null {
  const { chooser, chooserEvidence, transition, from } = flow.transitions[event - flow.steps.length]!
  if (rule.check !== 'can_force' || !transition.when || (chooser !== 'unknown' && isCertain(chooserEvidence)))
    return null
  const how = isMarkdown(flow, from)
    ? 'write [customer], [agent], [system] or [world] in front of it'
    : 'write "customer:", "agent:", "system:" or "world:" in front of it'
  return `who decides "${short(transition.when.text)}" (line ${transition.range.start.line}): ${how}`
}

/** What a rule wants to know of an act that the words name without it. */
function missingAt(flow: Flow, rule: Rule, event: number): string | null {
  if (rule.check !== 'attribute') return null
  const [act] = relevantActs(flow, rule, event)
  const [name, wanted] = Object.entries(rule.require)[0] ?? []
  if (!act || name === undefined) return null
  const value =
    typeof wanted === 'object' && wanted !== null && 'at_most' in wanted ? String(wanted.at_most) : '…'
  const [inProse, inYaml] = [
    `<!-- wayout: ${act.act} ${name}="${value}" -->`,
    `acts: [{${act.act}: {${name}: ${value}}}]`,
  ]
  const step = event < flow.steps.length ? event : flow.transitions[event - flow.steps.length]!.from
  return `the "${name}" of ${ACTS[act.act]?.title ?? act.act} (line ${act.range.start.line}): write ${isMarkdown(flow, step) ? inProse : inYaml}`
}

/** What at a place may be an act that the rule is about, and may not; null if nothing is in doubt there. */
function doubtAt(flow: Flow, rule: Rule, event: number): string | null {
  const act = relevantActs(flow, rule, event).find(({ evidence }) => !isCertain(evidence))
  if (!act) return null
  const title = ACTS[act.act]?.title ?? act.act
  const [yes, no] = declaring(flow, event, act.act)
  return `whether "${short(act.phrase ?? '')}" (line ${act.range.start.line}) is ${title}: write ${yes} if it is, ${no} if not`
}

/** The first doubt of the playbook that is not on the path: what is missing on the path may be there. */
function doubtBeside(flow: Flow, rule: Rule, event: number): string | null {
  const step = event < flow.steps.length ? event : flow.transitions[event - flow.steps.length]!.from
  const { firstStep, playbook } = flow.playbooks[flow.steps[step]!.playbook]!
  for (let s = firstStep; s < firstStep + playbook.steps.length; s++) {
    const places = [s, ...flow.steps[s]!.transitions.map(t => flow.steps.length + t)]
    for (const place of places) {
      const doubt = doubtAt(flow, rule, place)
      if (doubt) return doubt
    }
  }
  return null
}

/** How the author declares, or rules out, an act in the format of the file. */
function declaring(flow: Flow, event: number, act: string): [string, string] {
  const step = event < flow.steps.length ? event : flow.transitions[event - flow.steps.length]!.from
  if (isMarkdown(flow, step)) return [`<!-- wayout: ${act} -->`, '<!-- wayout: none -->']
  return [`acts: ${act}`, 'acts: []']
}

function isMarkdown(flow: Flow, step: number): boolean {
  return flow.documents[flow.playbooks[flow.steps[step]!.playbook]!.document]!.format === 'markdown'
}
