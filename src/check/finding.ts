// Makes a finding out of a failure: message, witness, reasons, what to confirm, fingerprint.
import type { Because, Finding, Severity } from '../model/finding.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { Flow } from '../model/flow.ts'
import type { Range } from '../model/position.ts'
import type { Rule } from '../model/rule.ts'
import { confirmOf, relevantActs, short } from './confirm.ts'
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
    const confirm = found.confirm ?? confirmOf(flow, rule, culprit, events)
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

/** The words at the culprit that the rule is about, in quotes; without a phrase, what is said or done there. */
function wordsOf(flow: Flow, rule: Rule, culprit: number): string {
  const act = relevantActs(flow, rule, culprit).find(a => a.phrase !== undefined)
  if (act?.phrase !== undefined) return `"${short(act.phrase)}"`
  const step = culprit < flow.steps.length ? culprit : flow.transitions[culprit - flow.steps.length]!.from
  return `"${short(textOf(flow, step) || flow.steps[step]!.step.title)}"`
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
