// Blanks out what renderers swallow (Liquid, ERB, kramdown attributes, block-level HTML tags) without moving a character.

/** A `<details>` element: offsets of its content and the words of its summary. */
export type Details = { from: number; to: number; summary: string; indent: number }

/** `text` has the length and the line breaks of the source, so that every offset and position still holds. */
export type Masked = { text: string; details: Details[] }

/** Tags that only wrap blocks. Others (`<a>`, `<kbd>`, …) stay and are dropped when a line is flattened. */
const WRAPPER =
  /^<\/?(?:details|summary|div|p|hr|br|center|section|article|aside|pre|main|figure|figcaption|table|tbody|thead|tr|td|th|ul|ol|li|dl|dt|dd|span|font|blockquote|img|iframe|video|h[1-6])\b[^<>]{0,1000}>/i
const INLINE = /<\/?(?:details|summary|div|p|center|span|font|td|tr|li|pre)>/i
const INLINE_ALL = new RegExp(INLINE.source, 'gi')
const FENCE = /^ {0,3}(?:[-*+>] {1,3}|\d{1,9}[.)] {1,3})*(`{3,}|~{3,})/
/** `{: .class}` and `{::options /}`, `{% tag %}`, `{{< shortcode >}}`, `<%= ruby %>`. */
const TEMPLATE =
  /\{::?[^{}\n]{0,300}\}|\{%-?[^%\n]{0,500}%\}|\{\{[<%][^\n]{0,500}?[>%]\}\}|<%[^%\n]{0,500}%>/g
const LIQUID_LINK = /(?<=\]\()\{%-?\s*(?:link|post_url)\s+([^\s%]{1,300})\s*-?%\}/g
const LIQUID_ROOT = /(?<=\]\()\{\{[^{}\n]{1,100}\}\}/g

/** Linear in the text: every pattern is bounded and applied once to each line. */
export function mask(source: string): Masked {
  if (!/[<{]/.test(source)) return { text: source, details: [] }
  const out: string[] = []
  const details: Details[] = []
  const open: Details[] = []
  let fence = ''
  let at = 0
  let head = source.startsWith('---')
  for (const line of source.split('\n')) {
    let text = line
    if (head) {
      out.push(text)
      if (at > 0 && line.trimEnd() === '---') head = false
      at += line.length + 1
      continue
    }
    if (open.length > 0) closeForgotten(line, at, open)
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

/** A `<details>` that nobody closed ends where something new begins further out. */
function closeForgotten(line: string, at: number, open: Details[]): void {
  if (line.trim() === '') return
  const indent = line.length - line.trimStart().length
  const heading = /^ {0,3}#{1,6}\s/.test(line)
  while (open.length > 0 && (heading || indent < open.at(-1)!.indent)) open.pop()!.to = at
}

/** Follows `<details>` elements through a line. */
function trackDetails(line: string, at: number, details: Details[], open: Details[]): void {
  for (const tag of line.matchAll(/<(\/?)(details|summary)\b[^<>]{0,200}>/gi)) {
    const name = tag[2]!.toLowerCase()
    if (name === 'details' && tag[1] === '') {
      const element = { from: at + tag.index, to: Number.POSITIVE_INFINITY, summary: '', indent: tag.index }
      details.push(element)
      open.push(element)
    } else if (name === 'details') {
      const element = open.pop()
      if (element) element.to = at + tag.index
    } else if (tag[1] === '') {
      const element = open.at(-1)
      const from = tag.index + tag[0].length
      const end = line.indexOf('</summary>', from)
      if (element)
        element.summary = line.slice(from, end < 0 ? undefined : end).replace(/<[^<>]{0,200}>/g, '')
    }
  }
}

function maskTags(line: string, at: number, details: Details[], open: Details[]): string {
  trackDetails(line, at, details, open)
  const indent = line.length - line.trimStart().length
  let from = indent
  let tags = WRAPPER.exec(line.slice(from, from + 1100))
  if (!tags && !INLINE.test(line)) return line
  while (tags) {
    from += tags[0].length
    while (line[from] === ' ' || line[from] === '\t') from++
    tags = WRAPPER.exec(line.slice(from, from + 1100))
  }
  const rest = line.slice(from).replace(INLINE_ALL, tag => ' '.repeat(tag.length))
  if (rest.trim() === '') return ''.padEnd(line.length, ' ')
  return line.slice(0, indent) + '\u00a0'.repeat(from - indent) + rest
}
