// Texts in a playbook: what is said, what is done, conditions; single values of the other kinds.
import { isSeq } from 'yaml'
import type { Text, Voice } from '../../model/playbook.ts'
import { excerptOf } from './excerpt.ts'
import type { Entry } from './mapping.ts'
import {
  followed,
  isEmpty,
  placeOf,
  placeOfItem,
  type Reading,
  report,
  scalarOf,
  type Value,
  whatIs,
} from './reading.ts'
import { scalarValue } from './value.ts'

/** The texts under `say` or `do`: one, or a list. */
export function readTexts(reading: Reading, { key, keySpan, value, written }: Entry, voice: Voice): Text[] {
  const texts: Text[] = []
  const items = isSeq(value) && value.items.length > 0 ? (value.items as Value[]) : [written]
  for (const item of items) {
    const node = followed(reading, item)
    const scalar = scalarOf(node)
    const excerpt = scalar && excerptOf(reading.source, scalar)
    if (excerpt && excerpt.text !== '') texts.push({ ...excerpt, voice })
    else
      report(
        reading,
        isSeq(value) ? placeOfItem(reading, item, keySpan) : placeOf(reading, item, keySpan),
        () => `"${key}" ${isOneOf(isSeq(value), node)}; expected a text or a list of texts`,
      )
  }
  return texts
}

function isOneOf(inList: boolean, node: Value): string {
  const what = isEmpty(node) || scalarOf(node) ? 'empty' : whatIs(node)
  return inList && !isSeq(node) ? `has an item that is ${what}` : `is ${what}`
}

/** A single text, or undefined (and reported) if the value is something else. `example` shows one. */
export function readWord(
  reading: Reading,
  { key, keySpan, value, written }: Entry,
  expected: string,
): string | undefined {
  const text = scalarOf(value)?.source.trim()
  if (text) return text
  const what = scalarOf(value) ? 'empty' : whatIs(value)
  report(reading, placeOf(reading, written, keySpan), () => `"${key}" is ${what}; expected ${expected}`)
  return undefined
}

/** `true` or `false`; anything else is reported. */
export function readSwitch(reading: Reading, { key, keySpan, value, written }: Entry): boolean | undefined {
  const scalar = scalarOf(value)
  const truth = scalar && scalarValue(scalar)
  if (typeof truth === 'boolean') return truth
  report(
    reading,
    placeOf(reading, written, keySpan),
    () => `"${key}" is ${whatIs(value)}; expected true or false`,
  )
  return undefined
}

/** A whole number from 1 on; anything else is reported. */
export function readCount(reading: Reading, { key, keySpan, value, written }: Entry): number | undefined {
  const scalar = scalarOf(value)
  const count = scalar && scalarValue(scalar)
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 1) return count
  report(
    reading,
    placeOf(reading, written, keySpan),
    () => `"${key}" is ${whatIs(value)}; expected a whole number, 1 or more`,
  )
  return undefined
}
