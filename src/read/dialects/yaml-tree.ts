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
    const root = document.contents ? treeOf(document.contents, new Map()) : undefined
    return root ? { root, errors } : { errors }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { errors: [{ from: 0, to: 0, message }] }
  }
}

function treeOf(node: ParsedNode, anchors: Map<string, Tree>): Tree {
  const [start, end] = node.range
  // An alias that stands inside what it stands for, or for nothing, is empty.
  if (isAlias(node)) return anchors.get(node.source) ?? { kind: 'scalar', start, end, value: null, text: '' }
  let tree: Tree
  if (isMap(node)) {
    const entries: (Tree & { kind: 'map' })['entries'] = new Map()
    for (const { key, value } of node.items as { key: ParsedNode; value: ParsedNode | null }[]) {
      const name = treeOf(key, anchors)
      const none: ScalarTree = { kind: 'scalar', start: name.end, end: name.end, value: null, text: '' }
      const held = value ? treeOf(value, anchors) : none
      if (name.kind === 'scalar' && !entries.has(name.text))
        entries.set(name.text, { key: name, value: held })
    }
    tree = { kind: 'map', start, end, entries }
  } else if (isSeq(node)) {
    tree = { kind: 'list', start, end, items: node.items.map(item => treeOf(item as ParsedNode, anchors)) }
  } else {
    const value: unknown = isScalar(node) ? node.value : null
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    const text = typeof value === 'string' ? value : (isScalar(node) && node.source) || ''
    tree = { kind: 'scalar', start, end, value: plain ? value : null, text }
  }
  if ('anchor' in node && node.anchor) anchors.set(node.anchor, tree)
  return tree
}
