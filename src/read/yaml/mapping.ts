// The keys of a mapping: each once, merged where `<<` says so, unknown ones reported with the nearest known one.
import { isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap } from 'yaml'
import { followed, knownWord, listed, type Reading, report, type Value } from './reading.ts'
import type { Span } from './span.ts'

/** One key with its value; `value` has aliases followed, `written` is what stands there. */
export type Entry = { key: string; keySpan: Span; value: Value; written: Value }

/** The line of an entry's key, for messages. */
export function lineOf({ source }: Reading, { keySpan }: Entry): number {
  return source.point(keySpan[0]).line
}

/** Says how a key that stands twice is reported; by default as a slip in the notation. */
export type OnDuplicate = (second: Entry, first: Entry) => void

/**
 * The entries of a mapping by key, in order; of keys that stand twice the first counts. Keys are texts as written
 * (`1`, `yes`, `__proto__` are ordinary ones). Merged keys (`<<: *defaults`) give way to the mapping's own.
 * O(entries, with merged ones).
 */
export function entriesOf(reading: Reading, map: YAMLMap, onDuplicate?: OnDuplicate): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  const merged: Value[] = []
  for (const pair of map.items as Pair<ParsedNode, ParsedNode | null>[]) {
    const key = followed(reading, pair.key)
    if (isScalar(key) && key.type === 'PLAIN' && key.source === '<<') {
      merged.push(...mergedMaps(reading, pair))
      continue
    }
    const keySpan = pair.key.range
    if (!isScalar(key) || key.source === '') {
      report(reading, keySpan, () =>
        isScalar(key) ? 'a value without a key' : 'a key must be a word, not a list or mapping',
      )
      continue
    }
    const written = pair.value
    const entry: Entry = { key: key.source!, keySpan, value: followed(reading, written), written }
    const first = entries.get(entry.key)
    if (!first) entries.set(entry.key, entry)
    else if (onDuplicate) onDuplicate(entry, first)
    else
      report(
        reading,
        keySpan,
        () => `"${entry.key}" stands twice; the first, on line ${lineOf(reading, first)}, counts`,
      )
  }
  for (const map of merged) {
    if (!isMap(map)) continue
    for (const [key, entry] of entriesOf(reading, map, () => {}))
      if (!entries.has(key)) entries.set(key, entry)
  }
  return entries
}

/** What `<<` puts in: a mapping or a list of them, of which earlier ones count more. */
function mergedMaps(reading: Reading, pair: Pair<ParsedNode, ParsedNode | null>): Value[] {
  const value = followed(reading, pair.value)
  const maps = isSeq(value) ? value.items.map(item => followed(reading, item as ParsedNode)) : [value]
  if (maps.every(map => isMap(map))) return maps
  report(reading, pair.key.range, () => '"<<" merges mappings; expected an alias of one, such as *hold')
  return maps.filter(map => isMap(map))
}

/**
 * Words people use for keys. `others` are common words for a key; `misplaced` are keys that belong elsewhere, with what
 * is said of them and, where that is plain, the key they are read as.
 */
export type Slips = {
  others?: Readonly<Record<string, string>>
  misplaced?: Readonly<Record<string, { message: string; as?: string }>>
}

/**
 * The entries under known keys. An unknown key is reported; if it is meant to be a known one that is missing, it is
 * read as that, so that one slip does not look like two.
 */
export function knownEntries<K extends string>(
  reading: Reading,
  map: YAMLMap,
  keys: readonly K[],
  slips: Slips = {},
): Map<K, Entry> {
  const known = new Set<string>(keys)
  const found = new Map<K, Entry>()
  const unknown: Entry[] = []
  for (const [key, entry] of entriesOf(reading, map)) {
    if (known.has(key)) found.set(key as K, entry)
    else unknown.push(entry)
  }
  for (const entry of unknown) {
    const missing = keys.filter(key => !found.has(key))
    const meant = meantKey(reading, entry, keys, missing, slips)
    if (meant !== undefined && !found.has(meant as K)) found.set(meant as K, entry)
  }
  return found
}

/** Reports an unknown key; the known one it is meant to be, if that can be told. */
function meantKey(
  reading: Reading,
  { key, keySpan }: Entry,
  keys: readonly string[],
  missing: readonly string[],
  { others = {}, misplaced = {} }: Slips,
): string | undefined {
  const place = Object.hasOwn(misplaced, key) ? misplaced[key] : undefined
  if (place) {
    report(reading, keySpan, () => place.message)
    return place.as
  }
  const other = Object.hasOwn(others, key) ? others[key]! : undefined
  if (other === undefined || !missing.includes(other)) {
    return knownWord(reading, key, keySpan, keys, 'key', `expected ${listed(keys)}`)
  }
  report(reading, keySpan, () => `unknown key "${key}"; did you mean "${other}"?`, 'syntax', {
    word: key,
    names: [other],
  })
  return other
}
