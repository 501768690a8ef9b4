// What each alias of a YAML document stands for, and how large the document becomes once they are followed.
import { type Alias, isAlias, isCollection, isPair, type Node, type ParsedNode } from 'yaml'
import { MAX_DEPTH } from './scan.ts'

/** From each alias to the node it stands for. */
export type Aliases = ReadonlyMap<Node, ParsedNode>

/** How many values aliases may add to a document. A playbook that repeats a long list a hundred times needs a few thousand. */
export const MAX_REPEATED = 100_000

type Spot = { from: number; to: number; message: string }

/** `size`: values in a node with its aliases followed; `added`: those of them that are there only through aliases. */
type Extent = { size: number; depth: number; added: number }

/**
 * Finds the target of every alias: the last anchor of that name before it. Says if following them would give more
 * than `MAX_REPEATED` values or more than `MAX_DEPTH` levels; once that is excluded, a reader may follow aliases
 * freely. The document must not be nested deeper than `MAX_DEPTH`. O(size of the document).
 */
export function resolveAliases(
  root: ParsedNode,
  text: string,
): { targets: Aliases; errors: Spot[]; tooLarge: Spot | null } {
  const targets = new Map<Node, ParsedNode>()
  const errors: Spot[] = []
  let tooLarge: Spot | null = null
  if (!text.includes('*')) return { targets, errors, tooLarge }
  const anchors = new Map<string, ParsedNode>()
  const extents = new Map<ParsedNode, Extent>()

  const follow = (alias: Alias.Parsed): Extent => {
    const [from, to] = alias.range
    const target = anchors.get(alias.source)
    const extent = target && extents.get(target)
    if (!target)
      errors.push({
        from,
        to,
        message: `"*${alias.source}" stands for nothing; expected "&${alias.source}" before it, or quotes around a text`,
      })
    else if (!extent)
      tooLarge ??= {
        from,
        to,
        message: `"*${alias.source}" stands inside what it stands for, so it has no end`,
      }
    else targets.set(alias, target)
    return extent ? { ...extent, added: extent.size } : { size: 1, depth: 1, added: 0 }
  }

  const measure = (node: ParsedNode): Extent => {
    if (isAlias(node)) return follow(node as Alias.Parsed)
    const { anchor } = node as { anchor?: string }
    if (anchor) anchors.set(anchor, node)
    const whole: Extent = { size: 1, depth: 1, added: 0 }
    const include = (child: unknown) => {
      if (!child) return
      const { size, depth, added } = measure(child as ParsedNode)
      whole.size += size
      whole.added += added
      whole.depth = Math.max(whole.depth, depth + 1)
      if (tooLarge) return
      const [from, to] = (child as ParsedNode).range
      if (whole.added > MAX_REPEATED)
        tooLarge = { from, to, message: `its aliases add more than ${MAX_REPEATED} values` }
      else if (whole.depth > MAX_DEPTH + 2)
        tooLarge = { from, to, message: `its aliases nest more than ${MAX_DEPTH} levels deep` }
    }
    if (isCollection(node)) {
      for (const item of node.items) {
        if (isPair(item)) {
          include(item.key)
          include(item.value)
        } else include(item)
      }
    }
    if (anchor) extents.set(node, whole)
    return whole
  }
  measure(root)
  return { targets, errors, tooLarge }
}
