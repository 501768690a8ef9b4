// The condition of a transition: who decides, in which words, on which facts.
import { isMap } from 'yaml'
import type { Chooser } from '../../model/act.ts'
import type { Transition } from '../../model/playbook.ts'
import type { Excerpt } from '../../model/position.ts'
import { excerptOf } from './excerpt.ts'
import { readFactTest } from './facts.ts'
import type { Entry } from './mapping.ts'
import { isEmpty, placeOf, type Reading, report, scalarOf, whatIs } from './reading.ts'
import { scalarValue } from './value.ts'

/** Each names who decides and gives the condition; a transition has at most one of them. */
export const CHOOSER_KEYS = ['customer', 'agent', 'system', 'world', 'fact', 'when', 'otherwise'] as const
type ChooserKey = (typeof CHOOSER_KEYS)[number]

type Condition = Pick<Transition, 'when' | 'otherwise' | 'chooser' | 'fact'>

/** The condition under the chooser key of a transition; several are reported, and the first counts. */
export function readCondition(reading: Reading, keys: ReadonlyMap<string, Entry>): Condition {
  const choosers = [...keys].filter(([key]) => (CHOOSER_KEYS as readonly string[]).includes(key)) as [
    ChooserKey,
    Entry,
  ][]
  const [chosen, ...others] = choosers
  for (const [other, { keySpan }] of others) {
    report(
      reading,
      keySpan,
      () =>
        `"${chosen![0]}" and "${other}" on one transition; expected one of them, so write two transitions`,
    )
  }
  if (!chosen) return {}
  const [key, entry] = chosen
  if (key === 'otherwise') return readOtherwise(reading, entry)
  if (key === 'fact' && isMap(entry.value)) return { chooser: 'fact', ...readFactTest(reading, entry) }
  const chooser: Chooser = key === 'when' ? 'unknown' : key
  const when = readWhen(reading, entry)
  return when ? { chooser, when } : { chooser }
}

function readWhen(reading: Reading, { key, keySpan, value, written }: Entry): Excerpt | undefined {
  const scalar = scalarOf(value)
  const excerpt = scalar && excerptOf(reading.source, scalar)
  if (excerpt && excerpt.text !== '') return excerpt
  const what = scalar ? 'empty' : whatIs(value)
  report(
    reading,
    placeOf(reading, written, keySpan),
    () => `"${key}" is ${what}; expected the condition in words`,
  )
  return undefined
}

/** The words after `otherwise` are for people and may be missing. */
function readOtherwise(reading: Reading, entry: Entry): Condition {
  const scalar = scalarOf(entry.value)
  const truth = scalar && scalarValue(scalar)
  if (isEmpty(entry.value) || truth === true) return { otherwise: true }
  if (truth === false) {
    const place = placeOf(reading, entry.written, entry.keySpan)
    report(reading, place, () => '"otherwise" is "false"; expected a few words for people, or nothing')
    return { otherwise: true }
  }
  const when = readWhen(reading, entry)
  return when ? { otherwise: true, when } : { otherwise: true }
}
