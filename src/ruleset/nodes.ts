// Reads YAML nodes as what is expected of them; what is not as expected is told with its place.
import { isMap, isSeq, type Node, type Pair, type Scalar, type YAMLMap, type YAMLSeq } from 'yaml'
import type { Point } from '../model/position.ts'
import { shown } from './words.ts'

/** The document being read: where a node stands, and where complaints go. */
export type Reading = {
  at(node: unknown): Point
  tell(node: unknown, message: string): void
  resolve(node: unknown): unknown
  value(node: unknown): unknown
}

/** A word of the file and where it stands. */
export type Named = { name: string; at: Point }

type Entry = { name: string; key: unknown; value: unknown }

/** The pairs of a mapping; a second pair of the same name is told and left out. */
export function entries(node: unknown, what: string, reading: Reading): Entry[] {
  const map = reading.resolve(node)
  if (!isMap(map)) {
    const value = reading.value(map) ?? null
    if (value !== null) reading.tell(node, `${what} must be a mapping ("key: value"), not ${shown(value)}`)
    return []
  }
  const seen = new Set<string>()
  const found: Entry[] = []
  for (const { key, value } of (map as YAMLMap<Scalar, Node>).items as Pair<Scalar, Node>[]) {
    const name = String(reading.value(key))
    if (seen.has(name)) reading.tell(key, `"${name}" stands here twice`)
    else found.push({ name, key, value })
    seen.add(name)
  }
  return found
}

/** A list of strings, or one string alone. */
export function strings(node: unknown, name: string, what: string, reading: Reading): Named[] {
  const list = reading.resolve(node)
  const items: unknown[] = isSeq(list) ? (list as YAMLSeq).items : [node]
  const found: Named[] = []
  for (const item of items) {
    const value = reading.value(item)
    if (typeof value === 'string' && value !== '') found.push({ name: value, at: reading.at(item) })
    else reading.tell(item, `"${name}" is a list of ${what}, not ${shown(value)}`)
  }
  return found
}

/** A string; undefined, and told, if it is none. `what` follows "is" in the message. */
export function text(node: unknown, name: string, what: string, reading: Reading): string | undefined {
  const value = reading.value(node)
  if (typeof value === 'string') return value
  reading.tell(node, `"${name}" is ${what}, not ${shown(value)}`)
  return undefined
}
