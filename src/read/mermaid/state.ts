// Parses the body of a mermaid state diagram: transitions, descriptions, composite states, choices, notes.
import { addArrow, complain, type Diagram, mention, type Node, openGroup } from './diagram.ts'
import { labelOf } from './label.ts'
import {
  groupOf,
  lineEndAt,
  moveTo,
  type Scan,
  type Span,
  scanFrom,
  skipBetween,
  skipBroken,
  spaces,
  wordAt,
} from './scan.ts'
import { quotedAt } from './shape.ts'

const DRESSING = /(?:direction|classDef|class|style|scale|hide|click|accTitle|accDescr)(?=[\s:{])/iy
const KEYWORD = /(?:state|note)(?=[\s"])/iy
const KIND = /(?:<<|\[\[)(?:choice|fork|join|end|start)(?:>>|\]\])/iy
const NAME = /(?:\[\*\]|(?:[^\s:{}"<-]|-(?![->]))+)/y
const CLASS = /\s*:::[\w-]+/y

/** Reads from `from` (behind the header) to the end. Never throws; linear. */
export function parseStates(diagram: Diagram, from: number): void {
  const scan = scanFrom(diagram, from)
  while (skipBetween(scan)) {
    const { text, pos } = scan
    if (text[pos] === '#') scan.pos = scan.lineEnd
    else if (text[pos] === '}') closeState(scan)
    else if (text.startsWith('--', pos)) scan.pos += 2
    else if (match(DRESSING, scan)) skipDressing(scan)
    else {
      const keyword = match(KEYWORD, scan)?.toLowerCase()
      if (keyword === 'state') state(scan)
      else if (keyword === 'note') note(scan)
      else transition(scan)
    }
  }
  for (const group of scan.open) {
    const { title, range } = diagram.groups[group]!
    diagram.problems.push({
      rule: 'syntax',
      message: `the state "${title}" is not closed; expected "}"`,
      range,
    })
  }
}

function match(pattern: RegExp, scan: Scan, at = scan.pos): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(scan.text)?.[0]
}

function skipDressing(scan: Scan): void {
  const block = /^accDescr\s*\{/i.test(scan.text.slice(scan.pos, scan.pos + 40))
  const close = block ? scan.text.indexOf('}', scan.pos) : -1
  if (close < 0) scan.pos = block ? scan.text.length : scan.lineEnd
  else moveTo(scan, close + 1)
}

function closeState(scan: Scan): void {
  if (scan.open.pop() === undefined)
    complain(scan.diagram, '"}" without a state that is open', scan.pos, scan.pos + 1)
  scan.pos++
}

/** `state "words" as x`, `state x <<choice>>`, `state x { … }`, `state x : words` */
function state(scan: Scan): void {
  const { diagram, text, pos: from } = scan
  let at = blanks(text, from + 'state'.length)
  let words: Span | undefined
  if (text[at] === '"') {
    const quoted = quotedAt(text, at)
    const as = quoted && /^\s*as\s+/.exec(text.slice(quoted.end, quoted.end + 40))
    if (!quoted || !as) {
      skipBroken(scan, at, 'expected state "words" as name')
      return
    }
    words = quoted
    at = quoted.end + as[0].length
  }
  const name = match(NAME, scan, at)
  if (name === undefined) {
    skipBroken(scan, at, `expected the name of a state, found ${wordAt(text, at)}`)
    return
  }
  const node = mention(diagram, name, at, at + name.length, groupOf(scan))
  let end = at + name.length
  end += match(CLASS, scan, end)?.length ?? 0
  const kind = match(KIND, scan, blanks(text, end))
  if (kind !== undefined) end = blanks(text, end) + kind.length
  moveTo(scan, end)
  if (words) {
    node.range = { start: diagram.source.point(from), end: diagram.source.point(end) }
    describe(scan, node, words)
  }
  const next = blanks(text, end)
  if (text[next] === ':') describeLine(scan, node, next + 1)
  else if (text[next] === '{') {
    const range = { start: diagram.source.point(from), end: diagram.source.point(next + 1) }
    const title = node.label?.text ?? name
    scan.open.push(openGroup(diagram, { id: name, title, range, parent: groupOf(scan) }))
    moveTo(scan, next + 1)
  }
}

/** `note left of x : words`, `note right of x ⏎ words ⏎ end note`, `note "words" as n` */
function note(scan: Scan): void {
  const { diagram, text } = scan
  const head = /^note\s+(?:left|right)\s+of\s+/i.exec(text.slice(scan.pos, scan.pos + 60))
  if (!head) {
    const range = { start: diagram.source.point(scan.pos), end: diagram.source.point(scan.lineEnd) }
    const words = text.slice(scan.pos, scan.lineEnd)
    diagram.unread.push({ range, reason: 'a note that belongs to no state', text: words.slice(0, 200) })
    scan.pos = scan.lineEnd
    return
  }
  const at = scan.pos + head[0].length
  const name = match(NAME, scan, at)
  if (name === undefined) {
    skipBroken(scan, at, `expected the name of a state, found ${wordAt(text, at)}`)
    return
  }
  const node = mention(diagram, name, at, at + name.length, groupOf(scan))
  const behind = blanks(text, at + name.length)
  moveTo(scan, behind)
  if (text[behind] === ':') {
    node.more.push(labelOf(diagram.source, behind + 1, scan.lineEnd))
    scan.pos = scan.lineEnd
    return
  }
  for (let line = scan.lineEnd + 1; line < text.length; line = scan.lineEnd + 1) {
    moveTo(scan, line)
    if (!/^\s{0,200}end note\s{0,200}$/i.test(text.slice(line, scan.lineEnd))) continue
    node.more.push(labelOf(diagram.source, behind, line))
    scan.pos = scan.lineEnd
    return
  }
  complain(diagram, 'the note does not end; expected "end note"', at, at + name.length)
  moveTo(scan, text.length)
}

/** `a --> b : label`, `a : description`, or a state alone */
function transition(scan: Scan): void {
  const { diagram, text, pos: from } = scan
  const source = match(NAME, scan)
  if (source === undefined) {
    skipBroken(scan, from, `expected a state or a transition, found ${wordAt(text, from)}`)
    return
  }
  const sourceEnd = from + source.length
  const behind = blanks(text, sourceEnd + (match(CLASS, scan, sourceEnd)?.length ?? 0))
  const group = groupOf(scan)
  if (text[behind] !== '-') {
    moveTo(scan, behind)
    if (source === '[*]') return
    const node = mention(diagram, source, from, sourceEnd, group)
    if (text[behind] === ':') describeLine(scan, node, behind + 1)
    return
  }
  const arrow = text.startsWith('-->', behind)
  const at = arrow ? blanks(text, behind + 3) : behind
  const target = arrow ? match(NAME, scan, at) : undefined
  if (target === undefined) {
    const expected = arrow ? 'the name of a state or [*]' : '"-->"'
    skipBroken(scan, at, `expected ${expected}, found ${wordAt(text, at)}`)
    return
  }
  const targetEnd = at + target.length
  let end = targetEnd + (match(CLASS, scan, targetEnd)?.length ?? 0)
  const colon = blanks(text, end)
  moveTo(scan, end)
  let label: Span | undefined
  if (text[colon] === ':') {
    end = lineEndAt(scan, colon)
    label = { from: colon + 1, to: text[end - 1] === ';' ? end - 1 : end }
  }
  const words = label && labelOf(diagram.source, label.from, label.to)
  if (source !== '[*]') mention(diagram, source, from, sourceEnd, group)
  if (target !== '[*]') mention(diagram, target, at, targetEnd, group)
  const drawn = {
    from: source,
    to: target === '[*]' ? undefined : target,
    group,
    range: { start: diagram.source.point(behind), end: diagram.source.point(targetEnd) },
    target: { start: diagram.source.point(at), end: diagram.source.point(targetEnd) },
    uncertain: false,
    ...(words?.text ? { label: words } : {}),
  }
  if (source === '[*]') diagram.groups[group]!.starts.push(drawn)
  else addArrow(diagram, drawn)
  moveTo(scan, end)
}

/** The words behind a colon: the first are the label, further ones are added. */
function describeLine(scan: Scan, node: Node, from: number): void {
  moveTo(scan, from)
  describe(scan, node, { from, to: scan.lineEnd })
  scan.pos = scan.lineEnd
}

function describe({ diagram }: Scan, node: Node, span: Span): void {
  const words = labelOf(diagram.source, span.from, span.to)
  if (words.text === '') return
  if (node.label) node.more.push(words)
  else node.label = words
}

/** White space within the line. */
function blanks(text: string, from: number): number {
  const end = spaces(text, from)
  const newline = text.slice(from, end).indexOf('\n')
  return newline < 0 ? end : from + newline
}
