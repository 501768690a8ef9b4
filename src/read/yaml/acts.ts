// The acts an author declares on a step or choice, with their attributes.
import { isMap, isSeq } from 'yaml'
import { ACTS } from '../../model/act.ts'
import { didYouMean } from '../../model/nearest.ts'
import type { DeclaredAct } from '../../model/playbook.ts'
import { type Entry, entriesOf } from './mapping.ts'
import {
  followed,
  isEmpty,
  knownWord,
  listed,
  placeOf,
  placeOfItem,
  type Reading,
  report,
  scalarOf,
  spanOf,
  type Value,
  whatIs,
} from './reading.ts'
import { rangeAt, type Span } from './span.ts'
import { plainValue } from './value.ts'

const EXPECTED = 'expected an act, a list of acts, or [] for none'

/**
 * The acts declared under `acts`: a name, `{name: {attribute: value}}`, or a list of these. Undefined if nothing
 * usable is declared, so that the acts are recognised from the words instead; an empty list says that there is none.
 */
export function readActs(reading: Reading, entry: Entry): DeclaredAct[] | undefined {
  const { value, keySpan } = entry
  if (isEmpty(value)) {
    report(reading, keySpan, () => `"acts" is empty; ${EXPECTED}`)
    return undefined
  }
  const acts: DeclaredAct[] = []
  if (!isSeq(value)) readAct(reading, entry.written, keySpan, acts)
  else {
    for (const item of value.items as Value[])
      readAct(reading, item, placeOfItem(reading, item, keySpan), acts)
  }
  return acts.length > 0 || (isSeq(value) && value.items.length === 0) ? acts : undefined
}

/** Adds the act, or acts, of one item to the list. */
function readAct(reading: Reading, written: Value, place: Span, acts: DeclaredAct[]): void {
  const value = followed(reading, written)
  const name = scalarOf(value)
  if (name) {
    const span = spanOf(reading, written!)
    const act = knownAct(reading, name.source, span)
    if (act !== undefined)
      acts.push({ act, attributes: noAttributes(), range: rangeAt(reading.source, span) })
  } else if (isMap(value) && value.items.length > 0)
    readActsWithAttributes(reading, entriesOf(reading, value), acts)
  else report(reading, place, () => `an act is ${whatIs(value)}; expected its name, or {hold: {max: 5 min}}`)
}

function readActsWithAttributes(reading: Reading, entries: Map<string, Entry>, acts: DeclaredAct[]): void {
  let before: string | undefined
  for (const { key, keySpan, value, written } of entries.values()) {
    if (before !== undefined && ACTS[before]?.attributes?.includes(key) && !isAct(reading, key)) {
      const owner = before
      report(
        reading,
        keySpan,
        () =>
          `"${key}" is an attribute of "${owner}"; indent it further than "${owner}", or write {${owner}: {${key}: …}}`,
      )
      acts[acts.length - 1]!.attributes[key] = plainValue(written, reading.aliases)
      continue
    }
    const act = knownAct(reading, key, keySpan)
    if (act === undefined) continue
    before = act
    const attributes = noAttributes()
    if (isMap(value)) readAttributes(reading, act, entriesOf(reading, value), attributes)
    else if (!isEmpty(value)) {
      const names = attributesOf(act)
      const example = `{${act}: {${names?.[0] ?? 'name'}: …}}`
      report(
        reading,
        placeOf(reading, written, keySpan),
        () => `"${act}" is followed by ${whatIs(value)}; expected its attributes, as in ${example}`,
      )
    }
    acts.push({ act, attributes, range: rangeAt(reading.source, keySpan) })
  }
}

/** Reads attributes; those an act does not have are reported and kept. */
function readAttributes(
  reading: Reading,
  act: string,
  entries: Map<string, Entry>,
  into: Record<string, unknown>,
): void {
  const names = attributesOf(act)
  for (const { key, keySpan, written } of entries.values()) {
    into[key] = plainValue(written, reading.aliases)
    if (names && !names.includes(key)) {
      report(
        reading,
        keySpan,
        () => `"${act}" has no attribute "${key}"${didYouMean(key, names) || `; expected ${listed(names)}`}`,
      )
    }
  }
}

/** Which attributes an act has, if that is laid down. */
function attributesOf(act: string): readonly string[] | undefined {
  return Object.hasOwn(ACTS, act) ? ACTS[act]!.attributes : undefined
}

function isAct(reading: Reading, name: string): boolean {
  return Object.hasOwn(ACTS, name) || reading.teamActs.has(name)
}

function knownAct(reading: Reading, name: string, span: Span): string | undefined {
  if (isAct(reading, name)) return name
  const known = [...Object.keys(ACTS), ...reading.teamActs]
  return knownWord(
    reading,
    name,
    span,
    known,
    'act',
    'expected one of wayout, or of your team (acts: in wayout.yaml)',
  )
}

/** Attributes come from the text, so their names may be any, `__proto__` too. */
function noAttributes(): Record<string, unknown> {
  return Object.create(null)
}
