// The floor: parses every file of a folder with the bare parser of its format, and does nothing with it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
const names = readdirSync(folder)
if (names[0].endsWith('.yaml')) {
  const { LineCounter, parseDocument } = await import('yaml')
  for (const name of names) parseDocument(readFileSync(join(folder, name), 'utf8'), { lineCounter: new LineCounter() })
} else {
  const { unified } = await import('unified')
  const { default: remarkParse } = await import('remark-parse')
  const { gfmTable } = await import('micromark-extension-gfm-table')
  const { gfmTableFromMarkdown } = await import('mdast-util-gfm-table')
  const { frontmatter } = await import('micromark-extension-frontmatter')
  const { frontmatterFromMarkdown } = await import('mdast-util-frontmatter')
  const parser = unified()
    .data('micromarkExtensions', [gfmTable(), frontmatter()])
    .data('fromMarkdownExtensions', [gfmTableFromMarkdown(), frontmatterFromMarkdown()])
    .use(remarkParse)
  for (const name of names) parser.parse(readFileSync(join(folder, name), 'utf8'))
}
