// Markdown kept inside a YAML or JSON file, `{"title": …, "content": "# …"}`: read as Markdown, placed in the file.
import type { Document } from '../model/playbook.ts'
import { type Excerpt, type Mark, type Point, pointAt, type Range, rangeOf } from '../model/position.ts'
import { joined, pinned, sourceOf } from '../model/source.ts'

/** A page in a file: its Markdown, each character of which knows its place in the file. */
export type Page = Excerpt

/** The keys under which exports of help centres keep their pages. */
const CONTENT = ['content', 'markdown', 'body', 'text']
const TITLE = ['title', 'name', 'subject']

/** The keys of title and content if the value is such a page: the content has several lines. */
export function pageKeys(value: unknown): { title: string; content: string } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const textAt = (key: string) =>
    Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
  const title = TITLE.find(key => typeof textAt(key) === 'string')
  const content = CONTENT.find(key => {
    const text = textAt(key)
    return typeof text === 'string' && text.trim().includes('\n')
  })
  return title !== undefined && content !== undefined ? { title, content } : undefined
}

/** The Markdown of a page: its content, under its title unless it has a heading of the first level. */
export function pageOf(title: Excerpt, content: Excerpt): Page {
  if (title.text === '' || /^#[ \t]/m.test(content.text)) return content
  const start = pointAt(title, 0)
  const oneLine = { ...title, text: title.text.replace(/\s/g, ' ') }
  return joined([pinned('# ', start), oneLine, pinned('\n\n', start), content])
}

/**
 * The document of a page with all its places moved to where the page stands in its file. Ranges and excerpts are
 * found by their shape, so that none is forgotten. O(size of the document · log length of the page).
 */
export function placedInFile(document: Document, page: Page): Document {
  const source = sourceOf(page.text)
  const lineStarts = [0]
  for (let at = page.text.indexOf('\n'); at !== -1; at = page.text.indexOf('\n', at + 1))
    lineStarts.push(at + 1)
  const offsetOf = ({ line, column }: Point) =>
    Math.min((lineStarts[line - 1] ?? source.text.length) + column - 1, source.text.length)

  const movedRange = ({ start, end }: Range): Range => rangeOf(page, offsetOf(start), offsetOf(end))
  const movedExcerpt = (excerpt: Excerpt): Excerpt => {
    const marks: Mark[] = []
    for (const [i, mark] of excerpt.marks.entries()) {
      const from = offsetOf(mark)
      const length = (excerpt.marks[i + 1]?.at ?? excerpt.text.length) - mark.at
      marks.push({ at: mark.at, ...pointAt(page, from) })
      // Where the page goes on elsewhere in its file (behind an escape), so does the excerpt.
      for (const inner of marksWithin(page, from + 1, from + length))
        marks.push({ ...inner, at: mark.at + inner.at - from })
    }
    return { ...excerpt, marks }
  }
  const moved = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(moved)
    if (value instanceof Map) return new Map([...value].map(([key, inner]) => [key, moved(inner)]))
    if (typeof value !== 'object' || value === null) return value
    if (isRange(value)) return movedRange(value)
    const rest = Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === 'attributes' || key === 'marks' ? inner : moved(inner),
      ]),
    )
    return 'marks' in value ? movedExcerpt(rest as Excerpt) : rest
  }
  return moved(document) as Document
}

function isRange(value: object): value is Range {
  const { start, end } = value as Partial<Range>
  return typeof start?.line === 'number' && typeof end?.line === 'number'
}

/** The marks of an excerpt from index `from` up to `to`. */
function marksWithin({ marks }: Excerpt, from: number, to: number): readonly Mark[] {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (marks[middle]!.at < from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < marks.length && marks[end]!.at < to) end++
  return marks.slice(low, end)
}
