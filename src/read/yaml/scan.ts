// A look over the parser's tokens before trees are built from them: how deep, which comments, which quotes stay open.
import type { CST } from 'yaml'

/** How many lists and mappings may stand inside each other. Playbooks need six; the tree is built by recursion. */
export const MAX_DEPTH = 100

export type Scan = {
  /** Collected comments; null if nobody asks for them. */
  comments: { offset: number; source: string }[] | null
  /** From the end of a quoted text that is never closed to where it starts. */
  openQuotes: Map<number, number>
  /** Where a document is nested too deep. */
  tooDeep: { from: number; to: number } | null
}

type Item = { start?: CST.Token[]; key?: CST.Token | null; sep?: CST.Token[]; value?: CST.Token }

/** Looks through one token and all it contains, without recursion. O(size of the token). */
export function scanToken(token: CST.Token, scan: Scan): void {
  const stack: CST.Token[] = [token]
  const depths: number[] = [0]
  while (stack.length > 0) {
    const current = stack.pop()!
    const depth = depths.pop()!
    if (scan.comments) collectComments(current, scan.comments)
    const push = (child: CST.Token | null | undefined, childDepth: number) => {
      if (!child) return
      stack.push(child)
      depths.push(childDepth)
    }
    switch (current.type) {
      case 'document':
        push(current.value, 0)
        break
      case 'block-map':
      case 'block-seq':
      case 'flow-collection': {
        if (depth >= MAX_DEPTH) {
          scan.tooDeep ??= { from: current.offset, to: current.offset + 1 }
          return
        }
        const items = current.items as Item[]
        // Last first, because the stack turns the order round and the first place that is too deep is reported.
        for (let i = items.length - 1; i >= 0; i--) {
          const { start, key, sep, value } = items[i]!
          if (scan.comments)
            for (const part of [start, sep]) for (const t of part ?? []) collectComments(t, scan.comments)
          push(value, depth + 1)
          push(key, depth + 1)
        }
        break
      }
      case 'double-quoted-scalar':
      case 'single-quoted-scalar': {
        const { source, offset } = current
        if (source.length === 1 || source[source.length - 1] !== source[0])
          scan.openQuotes.set(offset + source.length, offset)
      }
    }
  }
}

function collectComments(token: CST.Token, comments: { offset: number; source: string }[]): void {
  if (token.type === 'comment') comments.push(token)
  const around = token as { start?: unknown; end?: unknown; props?: unknown }
  for (const part of [around.start, around.end, around.props]) {
    if (!Array.isArray(part)) continue
    for (const inner of part as CST.Token[]) if (inner.type === 'comment') comments.push(inner)
  }
}
