// Which lines of a Markdown text are code for certain, so that nothing in them is structure.
import { closesFence, fenceIn, htmlIn, type Prefix } from './markdown-line.ts'

export type Fences = {
  fence: { sign: string; indent: number; mayBeInItem: boolean } | null
  /** What ends the HTML block one is in (null: a blank line), in which no fence opens; undefined outside of one. */
  html: RegExp | null | undefined
  /** Once it is unclear whether a fence has ended, none is believed any more. */
  areTrusted: boolean
}

/**
 * True if the line is a fence or code within fences for certain. Fences behind quote and list signs, and those that
 * are far to the right, are not believed: lines in them are counted like any other.
 */
export function isInFence(
  fences: Fences,
  line: string,
  prefix: Prefix,
  rest: string,
  mayBeInList: boolean,
): boolean {
  const { fence } = fences
  const { indent } = prefix
  if (fence) {
    if (line === '') return true
    const words = line.trimStart()
    const isClosing = closesFence(words, fence.sign)
    // Less indented than its fence: if the fence stands in a list item, both end here. Far to the right: who knows.
    const isUnclear = fence.mayBeInItem && (indent < fence.indent || (isClosing && indent > 3))
    if (isUnclear) fences.areTrusted = false
    if (isUnclear || (isClosing && indent < 4)) fences.fence = null
    return !isUnclear
  }
  if (fences.html !== undefined) {
    if (fences.html === null ? line === '' : fences.html.test(line)) fences.html = undefined
    return false
  }
  fences.html = htmlIn(rest)
  const sign = prefix.quotes + prefix.lists.length === 0 && indent < 4 ? fenceIn(rest) : undefined
  if (sign === undefined || !fences.areTrusted) return false
  fences.fence = { sign, indent, mayBeInItem: indent > 0 && mayBeInList }
  return true
}
