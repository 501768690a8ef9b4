// Blanks out what renderers swallow (Liquid, ERB, kramdown attributes, block-level HTML tags) without moving a character.

/** A `<details>` element: offsets of its content and the words of its summary. */
export type Details = { from: number; to: number; summary: string }

/** `text` has the length and the line breaks of the source, so that every offset and position still holds. */
export type Masked = { text: string; details: Details[] }

/** Tags that only wrap blocks. Others (`<a>`, `<kbd>`, …) stay and are dropped when a line is flattened. */
const WRAPPER =
  /^<\/?(?:details|summary|div|p|hr|br|center|section|article|aside|main|figure|figcaption|table|tbody|thead|tr|td|th|ul|ol|li|dl|dt|dd|span|font|blockquote|img|iframe|video|h[1-6])\b[^<>]{0,1000}>/i
const FENCE = /^ {0,3}(?:[-*+>] {1,3}|\d{1,9}[.)] {1,3})*(`{3,}|~{3,})/
/** `{: .class}` and `{::options /}`, `{% tag %}`, `{{< shortcode >}}`, `<%= ruby %>`. */
const TEMPLATE =
  /\{::?[^{}\n]{0,300}\}|\{%-?[^%\n]{0,500}%\}|\{\{[<%][^\n]{0,500}?[>%]\}\}|<%[^%\n]{0,500}%>/g
const LIQUID_LINK = /\{%-?\s*(?:link|post_url)\s+([^\s%]{1,300})\s*-?%\}/g
const LIQUID_ROOT = /(?<=\]\()\{\{[^{}\n]{1,100}\}\}/g

/** Linear in the text: every pattern is bounded and applied once to each line. */
export function mask(source: string): Masked {
  if (!/[<{]/.test(source)) return { text: source, details: [] }
  const out: string[] = []
  const details: Details[] = []
  const open: Details[] = []
  let fence = ''
  let at = 0
  for (const line of source.split('\n')) {
    let text = line
    const mark = FENCE.exec(line)?.[1]
    if (fence !== '') {
      if (mark?.startsWith(fence) && line.trimEnd().endsWith(mark)) fence = ''
    } else if (mark !== undefined) fence = mark
    else {
      if (line.includes('{') || line.includes('<%')) text = maskTemplates(text)
      if (line.includes('<')) text = maskTags(text, at, details, open)
    }
    out.push(text)
    at += line.length + 1
  }
  return { text: out.join('\n'), details }
}

function maskTemplates(line: string): string {
  // A path keeps its place inside the braces: "././././" in front, an empty query behind, cut off when the link is read.
  const linked = line
    .replace(LIQUID_LINK, (all, path: string) => {
      const before = all.indexOf(path)
      return `${'./'.repeat(before).slice(0, before - (before % 2))}${before % 2 ? '/' : ''}${path}?${'-'.repeat(all.length - before - path.length - 1)}`
    })
    .replace(LIQUID_ROOT, all => `/${'./'.repeat(all.length)}`.slice(0, all.length))
  const blank = linked.replace(TEMPLATE, all => ' '.repeat(all.length))
  return blank === line ? line : keepIndent(line, blank)
}

/** Words that now stand behind a run of blanks must not turn into indented code: no-break spaces are no indentation. */
function keepIndent(line: string, blanked: string): string {
  const indent = line.length - line.trimStart().length
  const now = blanked.length - blanked.trimStart().length
  if (blanked.trim() === '' || now <= indent) return blanked
  return line.slice(0, indent) + '\u00a0'.repeat(now - indent) + blanked.slice(now)
}

function maskTags(line: string, at: number, details: Details[], open: Details[]): string {
  let from = line.length - line.trimStart().length
  const indent = from
  let tags = WRAPPER.exec(line.slice(from, from + 1100))
  if (!tags && !/<\/(?:details|summary|div|p)>/i.test(line)) return line
  while (tags) {
    const tag = tags[0].toLowerCase()
    if (tag.startsWith('<details')) {
      const element = { from: at + from, to: Number.POSITIVE_INFINITY, summary: '' }
      details.push(element)
      open.push(element)
    } else if (tag === '</details>') {
      const element = open.pop()
      if (element) element.to = at + from
    } else if (tag.startsWith('<summary')) {
      const element = open.at(-1)
      const end = line.indexOf('</summary>', from)
      if (element)
        element.summary = line
          .slice(from + tag.length, end < 0 ? undefined : end)
          .replace(/<[^<>]{0,200}>/g, '')
    }
    from += tags[0].length
    while (line[from] === ' ' || line[from] === '\t') from++
    tags = WRAPPER.exec(line.slice(from, from + 1100))
  }
  const rest = line
    .slice(from)
    .replace(/<\/?(?:details|summary|div|p|center|span|font|td|tr|li)>/gi, tag => ' '.repeat(tag.length))
  if (/<\/details>/i.test(line.slice(from))) {
    const element = open.pop()
    if (element) element.to = at + line.length
  }
  if (rest.trim() === '') return ' '.repeat(Math.min(indent, 3)).padEnd(line.length, ' ')
  return line.slice(0, indent) + '\u00a0'.repeat(from - indent) + rest
}
