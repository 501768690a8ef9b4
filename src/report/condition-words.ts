// Conditions of rules in plain words: acts by their titles, built-in conditions, outcomes, scopes.
import { ACTS } from '../model/act.ts'
import type { Condition, Scope } from '../model/rule.ts'
import { safeText } from './safe.ts'
import { OUTCOME_TITLE } from './wording.ts'

const BUILT_IN: Readonly<Record<string, string>> = {
  '@start': 'where customers come in',
  '@end': 'the end of a conversation',
  '@step': 'every step',
  '@customer-facing': 'a step in which the customer is spoken to',
  '@automated': 'an automated step',
  '@human': 'a step with a person',
}

const BY: Readonly<Record<string, string>> = {
  customer: 'the customer',
  agent: 'the agent',
  system: 'a system',
  world: 'chance',
  fact: 'a fact',
  unknown: 'somebody',
}

/** `a retention offer or a remedy`. Total: what it does not know is shown as JSON, what lies deeper than `deep` as "…". */
export function conditionWords(condition: Condition | undefined, deep = 12): string {
  if (condition === undefined) return 'anything'
  if (typeof condition === 'string') return actWords(condition)
  if (deep === 0) return '…'
  if (typeof condition !== 'object' || condition === null) return safeText(String(condition))
  const inner = (conditions: readonly Condition[], word: string) => {
    return joined(
      conditions.map(one => conditionWords(one, deep - 1)),
      word,
    )
  }
  if ('any' in condition) return inner(condition.any, 'or')
  if ('all' in condition) return allWords(condition.all, deep - 1)
  if ('not' in condition) return `not ${conditionWords(condition.not, deep - 1)}`
  if ('outcome' in condition) {
    const outcomes = [condition.outcome]
      .flat()
      .map(outcome => `"${OUTCOME_TITLE[outcome] ?? safeText(String(outcome))}"`)
    return `an end as ${joined(outcomes, 'or')}`
  }
  if ('again' in condition) return `${actWords(condition.again)}, for the second time`
  if ('about' in condition) {
    const by = (condition.by ?? []).map(chooser => BY[chooser] ?? safeText(chooser))
    return `a choice about ${safeText(condition.about)}${by.length === 0 ? '' : ` made by ${joined(by, 'or')}`}`
  }
  if ('act' in condition) {
    const { act, by, where, exactly } = condition
    const more = [
      ...(by === undefined ? [] : [`by ${BY[by] ?? safeText(by)}`]),
      ...(where === undefined ? [] : [`(${requirementWords(where)})`]),
      ...(exactly ? ['(no kinds of it)'] : []),
    ]
    return [actWords(act), ...more].join(' ')
  }
  return safeText(JSON.stringify(condition))
}

/** `a transfer, but not escalation to a supervisor`. */
function allWords(conditions: readonly Condition[], deep: number): string {
  const isNot = (condition: Condition): condition is { not: Condition } => {
    return typeof condition === 'object' && condition !== null && 'not' in condition
  }
  const positive = conditions.filter(one => !isNot(one)).map(one => conditionWords(one, deep))
  const negative = conditions.filter(isNot).map(({ not }) => conditionWords(not, deep))
  const words = joined(positive, 'that is also')
  if (negative.length === 0) return words
  return `${words}${words === '' ? '' : ', but '}not ${joined(negative, 'or')}`
}

/** `from a request to cancel on, until an explicit choice to stay`; empty without a scope. */
export function scopeWords(scope: Scope | undefined): string {
  if (scope === undefined) return ''
  const { after, until, before, and_later: later, reopen } = scope
  const parts = [
    ...(after === undefined ? [] : [`from ${conditionWords(after)} on`]),
    ...(until === undefined ? [] : [`until ${conditionWords(until)}`]),
    ...(before === undefined ? [] : [`before ${conditionWords(before)}`]),
    ...(later === undefined ? [] : [`if ${conditionWords(later)} comes later`]),
    ...(reopen === 'each' ? ['counted anew each time'] : []),
  ]
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`
}

/** What attributes must be: `max at most 5 min`, `contact given`. */
export function requirementWords(require: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(require).map(([name, value]) => `${safeText(name)} ${valueWords(value)}`)
  return joined(parts, 'and')
}

/** The acts that a rule names anywhere, each once, in order. */
export function actsNamed(value: unknown, found: string[] = [], deep = 16): string[] {
  if (typeof value === 'string') {
    if (Object.hasOwn(ACTS, value) && !found.includes(value)) found.push(value)
  } else if (typeof value === 'object' && value !== null && deep > 0) {
    for (const inner of Object.values(value)) actsNamed(inner, found, deep - 1)
  }
  return found
}

/** `a, b or c`. */
export function joined(items: readonly string[], word: string): string {
  if (items.length < 2) return items.join('')
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`
}

export function actWords(name: string): string {
  if (Object.hasOwn(BUILT_IN, name)) return BUILT_IN[name]!
  return Object.hasOwn(ACTS, name) ? ACTS[name]!.title : `"${safeText(name)}"`
}

function valueWords(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    const [[key, limit] = []] = Object.entries(value)
    if (key === 'present' || key === 'missing')
      return (key === 'present') === (limit !== false) ? 'given' : 'not given'
    if (key === 'at_most') return `at most ${safeText(String(limit))}`
    if (key === 'at_least') return `at least ${safeText(String(limit))}`
    return safeText(JSON.stringify(value))
  }
  return `is ${safeText(String(value))}`
}
