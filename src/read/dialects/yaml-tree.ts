// YAML as a tree with places: errors in the order of the text, aliases shared instead of copied, nothing thrown.
import { isAlias, isMap, isScalar, isSeq, type ParsedNode, parseDocument } from 'yaml'
import type { ScalarTree, Tree } from './tree.ts'

export type YamlError = { from: number; to: number; message: string }

/**
 * The tree of the first YAML document of a text, as far as it could be read, and what is wrong with the text. Of keys
 * that stand twice the first counts. Recursion is as deep as the document, which the parser bounds.
 */
export function parseYaml(text: string): { root?: Tree; errors: YamlError[] } {
  try {
    // The parser's own check for duplicate keys is quadratic.
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' })
    const errors = document.errors.map(({ pos: [from, to], message }) => ({ from, to, message }))
    const reading: Reading = { anchors: new Map(), size: 0, repeated: 0, errors }
    const root = document.contents ? treeOf(document.contents, reading) : undefined
    return root ? { root, errors } : { errors }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { errors: [{ from: 0, to: 0, message }] }
  }
}

/** How many values aliases may repeat: what is built from a tree grows with them. */
const MOST_REPEATED = 100_000

type Reading = {
  /** What each anchor stands for, and how many values that is. */
  anchors: Map<string, { tree: Tree; size: number }>
  /** Values so far, and how many of them only because an alias repeats them. */
  size: number
  repeated: number
  errors: YamlError[]
}

/** An alias that stands inside what it stands for, or for nothing, is empty; so is one that repeats too much. */
function aliased(name: string, start: number, end: number, reading: Reading): Tree {
  const target = reading.anchors.get(name)
  const none: ScalarTree = { kind: 'scalar', start, end, value: null, text: '' }
  if (!target) return none
  const within = reading.repeated <= MOST_REPEATED
  reading.repeated += target.size
  reading.size += target.size
  if (reading.repeated <= MOST_REPEATED) return target.tree
  const message = `aliases repeat more than ${MOST_REPEATED} values; the rest of them are left empty`
  if (within) reading.errors.push({ from: start, to: end, message })
  return none
}

function treeOf(node: ParsedNode, reading: Reading): Tree {
  const [start, end] = node.range
  if (isAlias(node)) return aliased(node.source, start, end, reading)
  const before = reading.size++
  let tree: Tree
  if (isMap(node)) {
    const entries: (Tree & { kind: 'map' })['entries'] = new Map()
    for (const { key, value } of node.items as { key: ParsedNode; value: ParsedNode | null }[]) {
      const name = treeOf(key, reading)
      const none: ScalarTree = { kind: 'scalar', start: name.end, end: name.end, value: null, text: '' }
      const held = value ? treeOf(value, reading) : none
      if (name.kind === 'scalar' && !entries.has(name.text))
        entries.set(name.text, { key: name, value: held })
    }
    tree = { kind: 'map', start, end, entries }
  } else if (isSeq(node)) {
    tree = { kind: 'list', start, end, items: node.items.map(item => treeOf(item as ParsedNode, reading)) }
  } else {
    const value: unknown = isScalar(node) ? node.value : null
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    const text = typeof value === 'string' ? value : (isScalar(node) && node.source) || ''
    tree = { kind: 'scalar', start, end, value: plain ? value : null, text }
  }
  if ('anchor' in node && node.anchor) reading.anchors.set(node.anchor, { tree, size: reading.size - before })
  return tree
}
