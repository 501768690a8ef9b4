// A playbook as a whole: the keys of its head, and its steps.
import { isMap, isSeq, type ParsedNode, type YAMLMap } from 'yaml'
import { CHANNELS, type Channel, type Playbook, type Start } from '../../model/playbook.ts'
import { readFacts } from './facts.ts'
import { type Entry, entriesOf, knownEntries } from './mapping.ts'
import {
  followed,
  knownWord,
  listed,
  placeOf,
  placeOfItem,
  type Reading,
  report,
  scalarOf,
  spanOf,
  type Value,
  whatIs,
} from './reading.ts'
import { rangeAt, type Span } from './span.ts'
import { readSteps } from './step.ts'
import { readSwitch, readWord } from './texts.ts'

export const HEAD_KEYS = ['playbook', 'language', 'channel', 'start', 'facts', 'entry', 'steps'] as const

/** Reads a mapping with the keys of a playbook; undefined (and reported) if it has no steps. `name` is used if it has no title. */
export function readPlaybook(reading: Reading, map: YAMLMap, name: string): Playbook | undefined {
  const keys = knownEntries(reading, map, HEAD_KEYS, { others: { title: 'playbook', name: 'playbook' } })
  const span = spanOf(reading, map as ParsedNode)
  const playbook: Playbook = {
    title: name,
    range: rangeAt(reading.source, span),
    channels: [],
    starts: [],
    facts: new Map(),
    steps: [],
  }
  const title = keys.get('playbook')
  if (title) playbook.title = readWord(reading, title, 'the title') ?? name
  else if (!keys.has('playbook')) {
    report(
      reading,
      [span[0], span[0]],
      () => '"playbook" is missing; expected the title, such as "playbook: Cancel by phone"',
    )
  }
  const language = keys.get('language')
  const tag = language && readLanguage(reading, language)
  if (tag !== undefined) playbook.language = tag
  const channel = keys.get('channel')
  if (channel) playbook.channels = readChannels(reading, channel)
  const facts = keys.get('facts')
  if (facts) reading.facts = readFacts(reading, facts)
  for (const [fact, values] of reading.facts) playbook.facts.set(fact, [...values])
  const entry = keys.get('entry')
  const isEntry = entry && readSwitch(reading, entry)
  if (isEntry !== undefined) playbook.entry = isEntry
  const start = keys.get('start')
  if (start) playbook.starts = readStarts(reading, start)
  for (const { channel } of playbook.starts)
    if (channel && !playbook.channels.includes(channel)) playbook.channels.push(channel)

  const steps = keys.get('steps')
  if (steps && isMap(steps.value)) playbook.steps = readSteps(reading, steps.value)
  const first = playbook.steps[0]
  if (!first) {
    reportNoSteps(reading, steps, span[0])
    return undefined
  }
  if (playbook.starts.length === 0) playbook.starts = [{ step: first.id }]
  return playbook
}

const STEPS_EXPECTED = 'expected step ids and their steps, such as "greeting: {say: Hello}"'

function reportNoSteps(reading: Reading, steps: Entry | undefined, from: number): void {
  if (!steps) {
    report(reading, [from, from], () => `"steps" is missing; ${STEPS_EXPECTED}`)
    return
  }
  const what = isMap(steps.value) ? 'empty' : whatIs(steps.value)
  const hint = isSeq(steps.value) ? ', without "- "' : ''
  report(
    reading,
    placeOf(reading, steps.written, steps.keySpan),
    () => `"steps" is ${what}; ${STEPS_EXPECTED}${hint}`,
  )
}

/** A language tag after BCP 47: `en`, `de-AT`, `zh-Hant-TW`. */
function readLanguage(reading: Reading, entry: Entry): string | undefined {
  const expected = 'a language tag such as en or de-AT'
  const tag = readWord(reading, entry, expected)
  if (tag === undefined || /^[a-z]{2,3}(?:-[a-z\d]{1,8}){0,8}$/i.test(tag)) return tag
  report(
    reading,
    placeOf(reading, entry.written, entry.keySpan),
    () => `"language" is ${whatIs(entry.value)}; expected ${expected}`,
  )
  return undefined
}

function readChannels(reading: Reading, { value, written, keySpan }: Entry): Channel[] {
  const channels: Channel[] = []
  for (const item of isSeq(value) ? (value.items as Value[]) : [written]) {
    const place = isSeq(value) ? placeOfItem(reading, item, keySpan) : placeOf(reading, item, keySpan)
    const channel = readChannel(reading, item, place)
    if (channel && !channels.includes(channel)) channels.push(channel)
  }
  return channels
}

function readChannel(reading: Reading, written: Value, place: Span): Channel | undefined {
  const value = followed(reading, written)
  const word = scalarOf(value)?.source.trim()
  if (word) return knownWord(reading, word, place, CHANNELS, 'channel', `expected ${listed(CHANNELS)}`)
  report(
    reading,
    place,
    () => `"channel" is ${whatIs(value)}; expected ${listed(CHANNELS)}, or a list of them`,
  )
  return undefined
}

/** Where customers come in: a step, or a step a channel. */
function readStarts(reading: Reading, entry: Entry): Start[] {
  if (!isMap(entry.value)) {
    const step = readWord(
      reading,
      entry,
      'a step, or a step for each channel such as {phone: greeting, chat: hello}',
    )
    return step === undefined
      ? []
      : [{ step, range: rangeAt(reading.source, placeOf(reading, entry.written, entry.keySpan)) }]
  }
  const starts: Start[] = []
  for (const start of entriesOf(reading, entry.value).values()) {
    const channel = knownWord(
      reading,
      start.key,
      start.keySpan,
      CHANNELS,
      'channel',
      `expected ${listed(CHANNELS)}`,
    )
    const step = readWord(reading, start, 'a step')
    if (channel && step !== undefined)
      starts.push({
        step,
        channel,
        range: rangeAt(reading.source, placeOf(reading, start.written, start.keySpan)),
      })
  }
  if (starts.length === 0 && entry.value.items.length === 0)
    report(reading, entry.keySpan, () => '"start" is empty; expected a step')
  return starts
}
