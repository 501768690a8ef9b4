// The steps of a playbook: what stands under `steps`.
import { isMap, type YAMLMap } from 'yaml'
import type { Step } from '../../model/playbook.ts'
import { readActs } from './acts.ts'
import { CHOOSER_KEYS } from './condition.ts'
import { excerptOf } from './excerpt.ts'
import { type Entry, entriesOf, knownEntries, lineOf, type Slips } from './mapping.ts'
import { endOf, isEmpty, placeOf, type Reading, report, scalarOf } from './reading.ts'
import { rangeAt } from './span.ts'
import { readTarget } from './target.ts'
import { readSwitch, readTexts, readWord } from './texts.ts'
import { readOutcome, readTransitions } from './transition.ts'

export const STEP_KEYS = ['title', 'say', 'do', 'acts', 'next', 'call', 'end', 'bot'] as const

const ON_TRANSITIONS = [...CHOOSER_KEYS, 'told', 'max', 'interrupt']
const SLIPS: Slips = {
  others: { name: 'title', text: 'say', message: 'say', outcome: 'end' },
  misplaced: {
    ...Object.fromEntries(
      ON_TRANSITIONS.map(key => [
        key,
        { message: `"${key}" stands on transitions only; put it into the list under "next"` },
      ]),
    ),
    go: { message: '"go" stands on transitions only; a step leads on with "next"', as: 'next' },
  },
}

/** The steps in the order of the file. A step defined twice is reported, and read once for what else is wrong in it. */
export function readSteps(reading: Reading, map: YAMLMap): Step[] {
  const onDuplicate = (second: Entry, first: Entry) => {
    const again = () =>
      `step "${second.key}" is defined twice; the first, on line ${lineOf(reading, first)}, counts`
    reading.step = second.key
    report(reading, second.keySpan, again, 'steps-unique')
    readStep(reading, second)
    reading.step = undefined
  }
  return [...entriesOf(reading, map, onDuplicate).values()].map(entry => readStep(reading, entry))
}

function readStep(reading: Reading, entry: Entry): Step {
  const { key: id, keySpan, value, written } = entry
  const end = written ? Math.max(endOf(reading.source, written), keySpan[1]) : keySpan[1]
  const range = rangeAt(reading.source, [keySpan[0], end])
  reading.step = id
  const step: Step = { id, title: id, range, texts: [], transitions: [] }
  if (isMap(value)) readKeys(reading, step, knownEntries(reading, value, STEP_KEYS, SLIPS))
  else {
    const scalar = scalarOf(value)
    const what = scalar ? 'only a text' : isEmpty(value) ? 'empty' : 'a list'
    const expected = scalar
      ? 'put "say: " or "do: " before it'
      : 'expected keys such as say, do, next or end below it'
    report(reading, placeOf(reading, written, keySpan), () => `step "${id}" is ${what}; ${expected}`)
    if (scalar) step.texts.push({ ...excerptOf(reading.source, scalar), voice: 'any' })
  }
  reading.step = undefined
  return step
}

function readKeys(reading: Reading, step: Step, keys: Map<(typeof STEP_KEYS)[number], Entry>): void {
  for (const [key, entry] of keys) {
    if (key === 'say' || key === 'do') step.texts.push(...readTexts(reading, entry, key))
  }
  const title = keys.get('title')
  if (title) step.title = readWord(reading, title, 'a text') ?? step.id
  const acts = keys.get('acts')
  const declaredActs = acts && readActs(reading, acts)
  if (declaredActs) step.declaredActs = declaredActs
  const call = keys.get('call')
  const called = call && readTarget(reading, call)
  if (called) step.call = called
  const next = keys.get('next')
  if (next) step.transitions = readTransitions(reading, next)
  const end = keys.get('end')
  const outcome = end && readOutcome(reading, end)
  if (end && next) {
    report(
      reading,
      end.keySpan,
      () => `step "${step.id}" has both "next" and "end"; a step goes on or ends (here "next" counts)`,
    )
  } else if (outcome) step.outcome = outcome
  const bot = keys.get('bot')
  if (bot && readSwitch(reading, bot)) step.automated = true
}
