// Markdown text → tree of blocks, with tables and front matter, through unified and remark-parse.
import type { Root } from 'mdast'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmTable } from 'micromark-extension-gfm-table'
import remarkParse from 'remark-parse'
import { unified } from 'unified'

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
    return { text, root: parser.parse(text) }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
