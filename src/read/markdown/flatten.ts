// Phrasing content → a line: markup removed, every character still knows its place, links and strong words are spans.
import type { PhrasingContent } from 'mdast'
import type { Mark } from '../../model/position.ts'
import { type Part, partsOf } from './inline.ts'
import { cut, EMPTY, type Line, type Span } from './line.ts'
import { pointOf, type Raw, rawOf } from './raw.ts'

/** `definitions` maps the lower-case labels of `[label]: url` lines. Linear. */
export function flatten(
  nodes: readonly PhrasingContent[],
  source: string,
  definitions: ReadonlyMap<string, string>,
): Line {
  if (nodes.length === 0) return EMPTY
  const raw = rawOf(nodes, source)
  const { range } = raw
  if (!/[\\`<&*_[\]]/.test(raw.text))
    return { ...cut({ text: raw.text, marks: raw.marks, spans: [], range }, 0), range }
  return { ...cut(shownOf(raw, partsOf(raw.text, definitions)), 0), range }
}

function shownOf(raw: Raw, parts: readonly Part[]): Line {
  const marks: Mark[] = []
  const spans: Span[] = []
  const strong: Span[] = []
  const links: (Span | null)[] = []
  let text = ''
  let cursor = 0
  const place = (from: number) => {
    const point = pointOf(raw, from)
    const last = marks.at(-1)
    if (!last || last.line !== point.line || last.column + text.length - last.at !== point.column)
      marks.push({ at: text.length, ...point })
  }
  /** Raw text as it stands, mark by mark. */
  const put = (from: number, to: number) => {
    while (cursor < raw.marks.length && raw.marks[cursor]!.at <= from) cursor++
    for (let at = from; at < to; ) {
      const next = Math.min(to, raw.marks[cursor]?.at ?? to)
      if (next > at) {
        place(at)
        text += raw.text.slice(at, next)
      }
      at = next
      if (at < to) cursor++
    }
  }
  const open = (kind: Span['kind'], from: number, to: number, more: Partial<Span> = {}): Span => {
    const span: Span = {
      kind,
      from: text.length,
      to: text.length,
      range: { start: pointOf(raw, from), end: pointOf(raw, to) },
      ...more,
    }
    spans.push(span)
    return span
  }
  for (const part of parts) {
    if (part.kind === 'text') {
      if (part.value === undefined) put(part.from, part.to)
      else {
        place(part.from)
        text += part.value
      }
    } else if (part.kind === 'code') {
      const span = open('code', part.from, part.to)
      put(part.inner, part.end)
      span.to = text.length
    } else if (part.kind === 'comment') open('comment', part.from, part.to, { value: part.value })
    else if (part.kind === 'image') open('image', part.from, part.end, { value: part.value, url: part.url })
    else if (part.kind === 'link') links.push(open('link', part.from, part.end, { url: part.url }))
    else if (part.kind === 'close') {
      const span = links.pop()
      if (span) span.to = text.length
    } else {
      for (let i = 0; i < part.closes; i++) {
        const span = strong.pop()
        if (span) span.to = text.length
      }
      if (part.shown > 0) put(part.from, part.from + part.shown)
      for (let i = 0; i < part.opens; i++) strong.push(open('strong', part.from, part.to))
    }
  }
  return { text, marks, spans, range: raw.range }
}
