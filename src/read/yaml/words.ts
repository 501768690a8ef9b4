// The YAML parser's errors in plain words: what stands there, what was expected, how to repair it.
import type { YAMLParseError, YAMLWarning } from 'yaml'

/**
 * Where an error stands (two offsets) and what to tell the user. `openQuotes` leads from the end of a quoted text that
 * is never closed to its start, which is where the mistake is.
 */
export function plainWords(
  error: YAMLParseError | YAMLWarning,
  text: string,
  openQuotes: ReadonlyMap<number, number>,
): [from: number, to: number, message: string] {
  const [from, to] = error.pos
  const opened = openQuotes.get(from)
  if (opened !== undefined && error.message.startsWith('Missing closing')) {
    return [opened, opened + 1, `the quote opened here is never closed; expected another ${text[opened]}`]
  }
  const told = byMessage(error.message, text, from) ?? BY_CODE[error.code]
  return [from, to, told ?? `not YAML: ${lowerCased(error.message)}`]
}

const BY_CODE: Partial<Record<YAMLParseError['code'], string>> = {
  ALIAS_PROPS: 'an alias (*name) cannot have an anchor or tag of its own',
  BAD_ALIAS: 'an anchor or alias without a name; expected one such as &hold or *hold',
  BAD_DIRECTIVE: 'a line that starts with "%" is a YAML directive, and this is none; put the text in quotes',
  BAD_DQ_ESCAPE: 'unknown escape after "\\"; write "\\\\" for a backslash, or use single quotes',
  BAD_INDENT: 'indented differently from its neighbours; what belongs together starts in the same column',
  BAD_PROP_ORDER: 'an anchor (&name) or tag (!name) must stand right before the value',
  BLOCK_IN_FLOW: 'inside { } and [ ] everything stands in { } or [ ] too; no indented lists or mappings',
  MULTILINE_IMPLICIT_KEY: 'expected "key: value" on one line; is a ":" or a quote missing here?',
  MULTIPLE_ANCHORS: 'two anchors (&name) on one value; expected one',
  MULTIPLE_TAGS: 'two tags (!name) on one value; expected one',
  TAB_AS_INDENT: 'indented with a tab; YAML wants spaces',
  KEY_OVER_1024_CHARS: 'a key longer than 1024 characters; is a quote missing?',
}

function byMessage(message: string, text: string, at: number): string | undefined {
  if (message.startsWith('Nested mappings')) {
    return 'a ": " inside a text makes it a mapping; put the text in quotes'
  }
  if (message.startsWith('A block sequence may not be used'))
    return 'a list cannot be a key; is the "- " meant for the line above?'
  if (message.startsWith('Implicit map keys need'))
    return `expected ":" and a value after ${quoted(text, at)}`
  if (message.startsWith('Missing closing')) return 'a quote is opened and never closed'
  if (message.startsWith('Plain value cannot start'))
    return `a text cannot start with ${first(text, at)}; put it in quotes`
  if (message.startsWith('Comments must be'))
    return 'a comment needs a space before its "#"; if it is none, put the text in quotes'
  if (message.startsWith('Sequence item without')) return 'expected "- " before each item of the list'
  if (message.startsWith('Block scalar'))
    return 'the lines of a text after "|" or ">" must be indented, the first no more than the others'
  if (message.startsWith('Block collection cannot start')) return 'expected a line break after "---"'
  if (message.startsWith('Missing directives-end')) return 'expected a line "---" after the "%" directive'
  if (message.startsWith('Missing , ')) return 'expected "," between the items, or a quote is missing'
  if (message.startsWith('Missing space after :')) return 'expected a space after ":"'
  if (message.startsWith('Missing newline after block'))
    return 'expected a line break after the anchor or tag'
  if (message.startsWith('Tags and anchors'))
    return 'expected a space after the anchor (&name), alias (*name) or tag (!name)'
  if (message.startsWith('Unresolved tag'))
    return `unknown tag "${/^![^\s,{}[\]]{0,60}/.exec(text.slice(at, at + 61))?.[0] ?? '!'}"; tags have no meaning in a playbook`
  const end = /(?:must|and) end with a ([\]}])/.exec(message)
  if (end) return `expected "${end[1]}" to close what "${end[1] === '}' ? '{' : '['}" opened`
  if (message.startsWith('Unexpected'))
    return `unexpected ${first(text, at)}; put the text in quotes if it belongs to it`
  return undefined
}

/** The character that stands there. */
function first(text: string, at: number): string {
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0x20)
  return /\s/.test(char) || at >= text.length ? 'end of line' : `"${char}"`
}

/** The start of the line's text that stands there. */
function quoted(text: string, at: number): string {
  const end = text.indexOf('\n', at)
  const line = text.slice(at, Math.min(end === -1 ? text.length : end, at + 200)).trim()
  return line === '' ? 'this' : `"${line.length > 40 ? `${line.slice(0, 40)}…` : line}"`
}

function lowerCased(message: string): string {
  const line = message.split('\n', 1)[0]!
  return line.slice(0, 1).toLowerCase() + line.slice(1)
}
