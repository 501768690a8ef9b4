// Front matter: the keys it shares with the head of a YAML playbook; those of site generators are none of our business.
import { isMap, isScalar, type Pair, parseDocument } from 'yaml'
import type { Instead } from '../../model/edit.ts'
import { near, nearest } from '../../model/nearest.ts'
import { CHANNELS, type Channel, type Problem } from '../../model/playbook.ts'
import type { Point, Range } from '../../model/position.ts'

export type Head = {
  title?: string
  /** Title given as `playbook:`, or any other key only wayout knows: the page is meant as one playbook. */
  ours: boolean
  channels: Channel[]
  language?: string
  /** A step or heading; one, or one a channel. */
  starts: { name: string; channel?: Channel; range: Range }[]
  facts: Map<string, string[]>
  entry?: boolean
  /** A machine says and does what is not said by a person. */
  bot?: boolean
}

const KEYS = ['playbook', 'channel', 'language', 'start', 'facts', 'entry', 'bot']
/** Keys other tools use that are near one of ours. */
const THEIRS = new Set([
  'channels',
  'lang',
  'locale',
  'star',
  'state',
  'stars',
  'fact',
  'entries',
  'languages',
  'playbooks',
  'data',
  'sort',
  'chart',
  'tart',
  'boot',
  'both',
  'bots',
])

/** `line` is the line of the file on which the front matter begins. Never throws. */
export function readHead(value: string, line: number, problems: Problem[]): Head {
  const head: Head = { ours: false, channels: [], starts: [], facts: new Map() }
  const simple = simpleHead(value, head)
  if (simple) return head
  const document = parseDocument(value, { uniqueKeys: false, logLevel: 'silent' })
  const starts = [0]
  for (let i = value.indexOf('\n'); i >= 0; i = value.indexOf('\n', i + 1)) starts.push(i + 1)
  const pointOf = (offset: number): Point => {
    let row = 0
    let end = starts.length - 1
    while (row < end) {
      const middle = (row + end + 1) >> 1
      if (starts[middle]! <= offset) row = middle
      else end = middle - 1
    }
    return { line: line + row, column: Math.min(offset, value.length) - starts[row]! + 1 }
  }
  const rangeOf = (from: number, to: number): Range => ({
    start: pointOf(from),
    end: pointOf(Math.max(from, to)),
  })
  const report = (message: string, from: number, to: number, instead?: Instead) =>
    problems.push({ rule: 'syntax', message, range: rangeOf(from, to), ...(instead && { instead }) })
  const error = document.errors[0]
  if (error)
    report(
      `the front matter cannot be read: ${error.message.split('\n')[0]!.replace(/ at line.*$/, '')}`,
      error.pos[0],
      error.pos[1],
    )
  if (!isMap(document.contents)) return head
  for (const pair of document.contents.items as Pair[]) {
    if (!isScalar(pair.key)) continue
    const key = String(pair.key.value)
    const [from, to] = pair.key.range ?? [0, 0]
    const node = pair.value as { toJSON?: () => unknown; range?: [number, number, number] | null } | null
    let content: unknown
    try {
      content = node?.toJSON?.() ?? null
    } catch {
      content = null
    }
    const [start, end] = node?.range ?? [from, to]
    const expected = (what: string) => report(`"${key}" should be ${what}`, start, end)
    if (key === 'title') {
      if (typeof content === 'string' && head.title === undefined) head.title = content.trim()
    } else if (key === 'playbook') {
      head.ours = true
      if (typeof content === 'string') head.title = content.trim()
      else expected('a title')
    } else if (key === 'language' || key === 'lang') {
      if (typeof content === 'string' && /^[a-zA-Z]{2,3}(-[\w-]{1,20})?$/.test(content))
        head.language = content
      else if (key === 'language') expected('a language tag such as "en"')
    } else if (key === 'channel') {
      for (const name of [content].flat()) {
        if (CHANNELS.includes(name as Channel)) {
          head.channels.push(name as Channel)
          head.ours = true
        } else {
          const meant = nearest(String(name), CHANNELS)
          report(
            `"${name}" is no channel; expected one of ${CHANNELS.join(', ')}${meant ? `; did you mean "${meant}"?` : ''}`,
            start,
            end,
            { word: String(name), names: near(String(name), CHANNELS) },
          )
        }
      }
    } else if (key === 'start') {
      const range = rangeOf(start, end)
      if (typeof content === 'string') head.starts.push({ name: content, range })
      else if (isRecord(content)) {
        for (const [channel, name] of Object.entries(content)) {
          if (CHANNELS.includes(channel as Channel) && typeof name === 'string')
            head.starts.push({ name, channel: channel as Channel, range })
          else report(`"${channel}" is no channel; expected one of ${CHANNELS.join(', ')}`, start, end)
        }
      } else expected('a step, or a step for each channel')
      if (head.starts.length > 0) head.ours = true
    } else if (key === 'facts') {
      if (isRecord(content)) {
        for (const [name, values] of Object.entries(content))
          head.facts.set(name, [values].flat(2).map(String))
        head.ours = true
      } else expected('a map from facts to their values')
    } else if (key === 'entry') {
      if (typeof content === 'boolean') head.entry = content
      else expected('true or false')
    } else if (key === 'bot') {
      if (typeof content === 'boolean') head.bot = content
      else expected('true or false')
    } else if (!THEIRS.has(key.toLowerCase())) {
      const meant = nearest(key, KEYS)
      // A site's own keys are not mistakes: only one slip of a finger away from ours counts.
      if (meant !== undefined && Math.abs(meant.length - key.length) <= 1 && meant[0] === key[0]) {
        const isThere = document.has(meant)
        report(`"${key}" is no key of a playbook; did you mean "${meant}"?`, from, to, {
          word: key,
          names: isThere ? [] : near(key, KEYS),
        })
      }
    }
  }
  return head
}

/** `key: word` and nothing else: what most pages have. Words that YAML takes for something else than text are no words. */
const SIMPLE = /^([a-z]+): ([A-Za-z][A-Za-z0-9 _./-]*)$/
const SPECIAL = /^(?:true|false|null|yes|no|on|off|y|n)$/i

/** Reads a head of simple lines without the help of a YAML parser, which costs more than the rest of the page. */
function simpleHead(value: string, head: Head): boolean {
  const found: Partial<Head> = {}
  for (const line of value.split('\n')) {
    const pair = SIMPLE.exec(line.trimEnd())
    const [, key = '', text = ''] = pair ?? []
    if (!pair || SPECIAL.test(text) || /\s$/.test(text)) return false
    if (key === 'title') found.title ??= text
    else if (key === 'language' && /^[a-zA-Z]{2,3}(-[\w-]{1,20})?$/.test(text)) found.language = text
    else if (key === 'channel' && CHANNELS.includes(text as Channel))
      found.channels = [...(found.channels ?? []), text as Channel]
    else if (key !== 'layout') return false
  }
  Object.assign(head, found)
  if (found.channels) head.ours = true
  return true
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
