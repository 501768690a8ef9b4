// Declared facts: their values in the head, the tests of them on transitions.
import { isMap, isSeq, type Scalar, type YAMLMap } from 'yaml'
import { didYouMean } from '../../model/nearest.ts'
import type { Transition } from '../../model/playbook.ts'
import type { Excerpt } from '../../model/position.ts'
import { joined, pinned } from '../../model/source.ts'
import { excerptOf } from './excerpt.ts'
import { type Entry, entriesOf } from './mapping.ts'
import {
  followed,
  listed,
  placeOf,
  placeOfItem,
  type Reading,
  report,
  scalarOf,
  type Value,
  whatIs,
} from './reading.ts'

/** With so many names a wrong one is compared to find the one that is meant. */
const COMPARED = 200

/** The facts of the head, `{plan: [monthly, annual]}`; a single value counts as a list of one. */
export function readFacts(reading: Reading, { keySpan, value, written }: Entry): Map<string, Set<string>> {
  const facts = new Map<string, Set<string>>()
  if (!isMap(value)) {
    report(
      reading,
      placeOf(reading, written, keySpan),
      () => `"facts" is ${whatIs(value)}; expected facts and their values, such as {plan: [monthly, annual]}`,
    )
    return facts
  }
  for (const { key, keySpan: factSpan, value: values, written: asWritten } of entriesOf(
    reading,
    value,
  ).values()) {
    const names = new Set<string>()
    for (const item of isSeq(values) ? (values.items as Value[]) : [asWritten]) {
      const name = scalarOf(followed(reading, item))?.source
      if (name !== undefined) names.add(name)
      else {
        report(
          reading,
          isSeq(values) ? placeOfItem(reading, item, factSpan) : placeOf(reading, item, factSpan),
          () =>
            `a value of fact "${key}" is ${whatIs(item)}; expected words, such as ${key}: [monthly, annual]`,
        )
      }
    }
    if (isSeq(values) && values.items.length === 0)
      report(reading, factSpan, () => `fact "${key}" has no values; expected a list of them`)
    facts.set(key, names)
  }
  return facts
}

/** A test of declared facts, `fact: {plan: monthly}`: facts and values that are not declared are reported. */
export function readFactTest(reading: Reading, { keySpan, value }: Entry): Pick<Transition, 'fact' | 'when'> {
  const fact = new Map<string, string>()
  const tests: [Entry, Scalar.Parsed][] = []
  for (const entry of entriesOf(reading, value as YAMLMap).values()) {
    const { key, keySpan: factSpan, written } = entry
    const scalar = scalarOf(entry.value)
    if (!scalar) {
      report(
        reading,
        placeOf(reading, written, factSpan),
        () => `fact "${key}" is ${whatIs(entry.value)}; expected one value`,
      )
      continue
    }
    const values = reading.facts.get(key)
    if (!values)
      report(
        reading,
        factSpan,
        () =>
          `unknown fact "${key}"${didYouMean(key, [...reading.facts.keys()].slice(0, COMPARED)) || '; expected it under "facts" in the head'}`,
      )
    else if (values.size > 0 && !values.has(scalar.source)) {
      report(reading, placeOf(reading, written, factSpan), () => {
        const some = [...values].slice(0, COMPARED)
        const expected = didYouMean(scalar.source, some) || `; expected ${listed(some.slice(0, 20))}`
        return `unknown value "${scalar.source}" of fact "${key}"${expected}`
      })
    }
    fact.set(key, scalar.source)
    tests.push([entry, scalar])
  }
  if (fact.size === 0) {
    if ((value as YAMLMap).items.length > 0) return {}
    report(
      reading,
      keySpan,
      () => '"fact" tests nothing; expected words, or a fact and its value such as {plan: monthly}',
    )
    return {}
  }
  return { fact, when: inWords(reading, tests) }
}

/** The test as it would be read out, `plan: monthly, vip: true`, each word at its place. */
function inWords({ source }: Reading, tests: [Entry, Scalar.Parsed][]): Excerpt {
  const parts: Excerpt[] = []
  for (const [{ key, keySpan }, scalar] of tests) {
    if (parts.length > 0) parts.push(pinned(', ', source.point(keySpan[0])))
    const value = excerptOf(source, scalar)
    parts.push(pinned(`${key}: `, source.point(keySpan[0])), value)
  }
  return joined(parts)
}
