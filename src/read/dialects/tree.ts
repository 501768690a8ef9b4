// JSON and YAML as one kind of tree whose every part knows its place in the text; keys are looked up, never inherited.
export type Tree = MapTree | ListTree | ScalarTree

/** `start` and `end` are offsets in the text, `end` exclusive. */
type Span = { start: number; end: number }
export type MapTree = Span & { kind: 'map'; entries: Map<string, Entry> }
export type ListTree = Span & { kind: 'list'; items: Tree[] }
/** `text` is the value as a text: decoded, and as it is written for numbers and the like. */
export type ScalarTree = Span & { kind: 'scalar'; value: string | number | boolean | null; text: string }
export type Entry = { key: ScalarTree; value: Tree }

/** What stands under these keys, one within the other; undefined if anything on the way is missing or no mapping. */
export function at(tree: Tree | undefined, ...keys: string[]): Tree | undefined {
  let here = tree
  for (const key of keys) here = here?.kind === 'map' ? here.entries.get(key)?.value : undefined
  return here
}

/** A scalar with at least one character in it; undefined for all else, `null` included. */
export function scalarAt(tree: Tree | undefined, ...keys: string[]): ScalarTree | undefined {
  const found = at(tree, ...keys)
  return found?.kind === 'scalar' && found.value !== null && found.text !== '' ? found : undefined
}

export function textAt(tree: Tree | undefined, ...keys: string[]): string | undefined {
  return scalarAt(tree, ...keys)?.text
}

export function itemsAt(tree: Tree | undefined, ...keys: string[]): Tree[] {
  const found = at(tree, ...keys)
  return found?.kind === 'list' ? found.items : []
}

export function entriesAt(tree: Tree | undefined, ...keys: string[]): Entry[] {
  const found = at(tree, ...keys)
  return found?.kind === 'map' ? [...found.entries.values()] : []
}

export function isTrue(tree: Tree | undefined): boolean {
  return tree?.kind === 'scalar' && tree.text.toLowerCase() === 'true'
}

export function isFalse(tree: Tree | undefined): boolean {
  return tree?.kind === 'scalar' && tree.text.toLowerCase() === 'false'
}

/** A plain value of any origin seen as an object with own keys; undefined if it is none. */
export function plainObject(value: unknown): Record<string, unknown> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? (value as Record<string, unknown>) : undefined
}

export function own(value: unknown, key: string): unknown {
  const object = plainObject(value)
  return object && Object.hasOwn(object, key) ? object[key] : undefined
}
