// What one line of Markdown begins with: signs of quotes and lists, fences, HTML, rows of dashes. No line is looked at twice.

export type ListSign = { column: number; content: number; sign: string; isFirst: boolean }

/** The quote and list signs a line begins with. Columns are 0-based, tabs go to multiples of four. */
export type Prefix = {
  /** Column of the first character that is no space. */
  indent: number
  quotes: number
  startsWithQuote: boolean
  lists: ListSign[]
  /** Index in the line after the signs and the spaces behind them, and its column. */
  end: number
  content: number
}

/** Reads at most `most` + 1 signs. O(length of the line · `most`), mostly O(indentation). */
export function prefixOf(line: string, most: number): Prefix {
  const prefix: Prefix = { indent: 0, quotes: 0, startsWithQuote: false, lists: [], end: 0, content: 0 }
  let at = 0
  let column = 0
  const skip = () => {
    for (; line[at] === ' ' || line[at] === '\t'; at++) column += line[at] === '\t' ? 4 - (column % 4) : 1
  }
  skip()
  prefix.indent = column
  while (prefix.quotes + prefix.lists.length <= most) {
    const length = line[at] === '>' ? 1 : isRule(line, at) ? 0 : signLength(line, at)
    if (length === 0) break
    const sign: ListSign = {
      column,
      content: 0,
      sign: line[at + length - 1]!,
      isFirst: !/^0*[02-9]|^0*1\d/.test(line.slice(at, at + 9)),
    }
    at += length
    column += length
    const signEnd = column
    skip()
    // Five spaces and more behind a list sign are an indented text of one space more.
    sign.content = column - signEnd > 4 ? signEnd + 1 : Math.max(column, signEnd + 1)
    if (sign.sign === '>') {
      prefix.startsWithQuote ||= prefix.lists.length === 0
      prefix.quotes++
    } else prefix.lists.push(sign)
  }
  prefix.end = at
  prefix.content = column
  return prefix
}

/** The length of a list sign (`-`, `2.`) with white space or nothing behind it; 0 if there is none. */
function signLength(line: string, at: number): number {
  let end = at
  if (/[-+*]/.test(line[at] ?? '')) end = at + 1
  else {
    while (end - at < 9 && /\d/.test(line[end] ?? '')) end++
    if (end === at || (line[end] !== '.' && line[end] !== ')')) return 0
    end++
  }
  const behind = line[end]
  return behind === undefined || behind === ' ' || behind === '\t' ? end - at : 0
}

/** Three or more `-`, `*` or `_` and nothing else: a line across the page, though it may look like list signs. */
function isRule(line: string, from: number): boolean {
  const sign = line[from]
  if (sign !== '-' && sign !== '*' && sign !== '_') return false
  let count = 0
  for (let at = from; at < line.length; at++) {
    if (line[at] === sign) count++
    else if (line[at] !== ' ' && line[at] !== '\t') return false
  }
  return count >= 3
}

/** The sign of a code fence that opens here, such as three backticks. */
export function fenceIn(rest: string): string | undefined {
  const [sign] = /^(?:`{3,}|~{3,})/.exec(rest) ?? []
  return sign?.startsWith('`') && rest.includes('`', sign.length) ? undefined : sign
}

/** True if the line closes a fence: the same sign, at least as long, and nothing else. */
export function closesFence(rest: string, sign: string): boolean {
  return rest.length >= sign.length && rest.startsWith(sign) && [...rest].every(char => char === sign[0])
}

/** How HTML blocks begin and end; null: with a blank line. */
const HTML: readonly [opens: RegExp, closes: RegExp | null][] = [
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [/^<![a-z]/i, />/],
  [/^<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<\/?[a-z]/i, null],
]

/** What ends the HTML block that begins here; undefined if none does, or if it ends on this line. */
export function htmlIn(rest: string): RegExp | null | undefined {
  const kind = rest.startsWith('<') ? HTML.find(([opens]) => opens.test(rest)) : undefined
  return kind?.[1]?.test(rest) ? undefined : kind?.[1]
}

/** The number of cells of a table's row of dashes, such as `| --- | :-: |`; 0 if it is none. */
export function dashesIn(rest: string): number {
  if (!/^[-|:][-|: \t]*$/.test(rest) || !rest.includes('-')) return 0
  const cells = cellsOf(rest)
  return cells.every(cell => /^:?-+:?$/.test(cell)) ? cells.length : 0
}

/** The cells of a table row; `\|` does not part them. */
export function cellsOf(row: string): string[] {
  const cells: string[] = []
  let cell = ''
  for (let at = 0; at < row.length; at++) {
    if (row[at] === '\\' && at + 1 < row.length) cell += row[at] + row[++at]!
    else if (row[at] === '|') {
      cells.push(cell.trim())
      cell = ''
    } else cell += row[at]
  }
  cells.push(cell.trim())
  if (cells[0] === '') cells.shift()
  if (cells.at(-1) === '') cells.pop()
  return cells
}

/** Signs that may begin or end emphasis, links, images (which count four), code and cells of tables in a line. O(length). */
export function marksIn(line: string): number {
  let marks = 0
  for (let at = 0; at < line.length; at++) {
    const char = line.charCodeAt(at)
    // * _ ` ] |
    if (char === 42 || char === 95 || char === 96 || char === 93 || char === 124) marks++
    // ![
    else if (char === 33 && line.charCodeAt(at + 1) === 91) marks += 4
  }
  return marks
}
