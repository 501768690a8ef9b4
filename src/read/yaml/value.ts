// A YAML tree as plain values: for the attributes of acts, and for readers of other formats.
import { isMap, isScalar, isSeq, type Pair, type ParsedNode, type Scalar, type YAMLMap } from 'yaml'
import type { Aliases } from './aliases.ts'

/**
 * The plain value of a node: numbers, booleans and null as YAML 1.2 (core) has them, all else texts (dates too).
 * Mappings become objects without prototype, of keys that stand twice the first counts. What aliases repeat is
 * built once and shared. Recursion is as deep as the document, which the parser bounds. O(size).
 */
export function plainValue(
  node: ParsedNode | null | undefined,
  aliases: Aliases,
  built = new Map<ParsedNode, unknown>(),
): unknown {
  const target = node && (aliases.get(node) ?? node)
  if (!target) return null
  if (built.has(target)) return built.get(target)
  let value: unknown = null
  if (isScalar(target)) value = scalarValue(target as Scalar.Parsed)
  else if (isSeq(target)) value = target.items.map(item => plainValue(item as ParsedNode, aliases, built))
  else if (isMap(target)) value = plainObject(target, aliases, built)
  if ('anchor' in target && target.anchor) built.set(target, value)
  return value
}

function plainObject(
  map: YAMLMap,
  aliases: Aliases,
  built: Map<ParsedNode, unknown>,
): Record<string, unknown> {
  const object: Record<string, unknown> = Object.create(null)
  const merged: unknown[] = []
  for (const pair of map.items as Pair<ParsedNode, ParsedNode | null>[]) {
    const key = aliases.get(pair.key) ?? pair.key
    if (!isScalar(key) || key.source === undefined) continue
    const value = plainValue(pair.value, aliases, built)
    if (key.source === '<<' && key.type === 'PLAIN') merged.push(...(Array.isArray(value) ? value : [value]))
    else if (!(key.source in object)) object[key.source] = value
  }
  for (const other of merged) {
    if (typeof other !== 'object' || other === null || Array.isArray(other)) continue
    for (const [key, value] of Object.entries(other)) if (!(key in object)) object[key] = value
  }
  return object
}

/** A scalar as YAML 1.2 (core schema) understands it; quoted ones are always texts. */
export function scalarValue({ source, type }: Scalar.Parsed): string | number | boolean | null {
  if (type !== 'PLAIN') return source
  if (/^(?:|~|null|Null|NULL)$/.test(source)) return null
  if (/^(?:true|True|TRUE)$/.test(source)) return true
  if (/^(?:false|False|FALSE)$/.test(source)) return false
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$|^0x[\da-fA-F]+$|^0o[0-7]+$/.test(source))
    return Number(source)
  return source
}
