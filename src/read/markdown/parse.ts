// Markdown text → tree of blocks, with tables and front matter, through unified and remark-parse.
import type { Nodes, Root } from 'mdast'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmTable } from 'micromark-extension-gfm-table'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { type Chunk, chunksOf } from './chunks.ts'

/** `text` is what was parsed (see mask.ts): offsets of nodes index into it. */
export type Source = { text: string; root: Root }

/**
 * What stands inside a line is taken apart by inline.ts: half of the time of parsing would go there, and some inputs
 * would take minutes (runs of stars and brackets that never close).
 */
const INLINE = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
]

const parser = unified()
  .use(remarkParse)
  .data({
    micromarkExtensions: [gfmTable(), frontmatter('yaml'), { disable: { null: INLINE } }],
    fromMarkdownExtensions: [gfmTableFromMarkdown(), frontmatterFromMarkdown('yaml')],
  })
  .freeze()

/** Never throws: input that overflows the parser's stack gives null. */
export function parse(text: string): Source | null {
  try {
    const root: Root = { type: 'root', children: [] }
    for (const chunk of chunksOf(text)) {
      const { children } = parser.parse(chunk.text)
      if (chunk.offset > 0) shift(children, chunk)
      for (const child of children) root.children.push(child)
    }
    const last = root.children.at(-1)?.position
    if (last) root.position = { start: { line: 1, column: 1, offset: 0 }, end: last.end }
    return { text, root }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** Moves nodes to where their chunk stands in the page. */
function shift(nodes: Nodes[], { line, offset }: Chunk): void {
  const stack = [...nodes]
  while (stack.length > 0) {
    const node = stack.pop()!
    for (const point of [node.position?.start, node.position?.end]) {
      if (!point) continue
      point.line += line
      if (point.offset !== undefined) point.offset += offset
    }
    if ('children' in node) for (const child of node.children) stack.push(child)
  }
}
