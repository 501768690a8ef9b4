// Which acts a rule speaks of, to tell evidence that matters to it from the rest.
import type { Condition, Rule } from '../model/rule.ts'

const CONDITION_KEYS = [
  'of',
  'first',
  'before',
  'to',
  'then',
  'from',
  'also_from',
  'avoiding',
  'except',
  'given',
  'at',
  'only_where',
  'scope',
  'through',
  'on',
  'or',
  'match',
  'released_by',
] as const

/** The names of all acts in the conditions of a rule, in order of appearance. */
export function actsOf(rule: Rule): string[] {
  const names = new Set<string>()
  for (const key of CONDITION_KEYS) collect((rule as unknown as Record<string, unknown>)[key], names)
  return [...names]
}

/** The names of the acts in a condition. */
export function actsIn(condition: Condition): string[] {
  const names = new Set<string>()
  collect(condition, names)
  return [...names]
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') {
    if (!value.startsWith('@')) into.add(value)
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, into)
  } else if (typeof value === 'object' && value !== null) {
    if ('act' in value) into.add(String(value.act))
    else if ('again' in value) into.add(String(value.again))
    else if (!('outcome' in value) && !('about' in value))
      for (const item of Object.values(value)) collect(item, into)
  }
}
