// The ways on from a step: what stands under `next`.
import { isMap, isSeq, type ParsedNode } from 'yaml'
import { OUTCOMES, type Outcome } from '../../model/act.ts'
import type { Target, Transition } from '../../model/playbook.ts'
import { readActs } from './acts.ts'
import { CHOOSER_KEYS, readCondition } from './condition.ts'
import { type Entry, knownEntries, type Slips } from './mapping.ts'
import {
  followed,
  knownWord,
  listed,
  placeOf,
  placeOfItem,
  type Reading,
  rangeOfNode,
  report,
  scalarOf,
  spanOf,
} from './reading.ts'
import { readTarget } from './target.ts'
import { readCount, readSwitch, readWord } from './texts.ts'

export const TRANSITION_KEYS = [...CHOOSER_KEYS, 'go', 'end', 'acts', 'told', 'max', 'interrupt'] as const
type Key = (typeof TRANSITION_KEYS)[number]

const SLIPS: Slips = {
  others: {
    goto: 'go',
    to: 'go',

    outcome: 'end',
    if: 'when',
    else: 'otherwise',
    default: 'otherwise',
  },
  misplaced: {
    next: { message: '"next" stands on steps only; a transition leads on with "go"', as: 'go' },
    call: { message: '"call" stands on steps only; go to a step that calls', as: 'go' },
    say: { message: '"say" stands on steps only; a transition says nothing' },
    do: { message: '"do" stands on steps only; a transition does nothing' },
  },
}

const EXPECTED = 'expected a step, or a list of transitions such as {customer: accepts, go: done}'

/** The transitions under `next`: a step, one transition, or a list of these. What is wrong is reported, the rest is read. */
export function readTransitions(reading: Reading, { value, written, keySpan }: Entry): Transition[] {
  if (!isSeq(value)) {
    const transition = readTransition(reading, { key: 'next', keySpan, value, written })
    return transition ? [transition] : []
  }
  if (value.items.length === 0) report(reading, keySpan, () => `"next" is an empty list; ${EXPECTED}`)
  const transitions: Transition[] = []
  for (const item of value.items as ParsedNode[]) {
    const transition = readTransition(reading, {
      key: 'next',
      keySpan: placeOfItem(reading, item, keySpan),
      value: followed(reading, item),
      written: item,
    })
    if (transition) transitions.push(transition)
  }
  return transitions
}

function readTransition(reading: Reading, entry: Entry): Transition | undefined {
  const { value, written } = entry
  if (scalarOf(value)) {
    const to = readTarget(reading, entry)
    return { range: rangeOfNode(reading, written!), kind: 'next', ...(to && { to }) }
  }
  if (!isMap(value)) {
    report(
      reading,
      placeOf(reading, written, entry.keySpan),
      () => `"next" ${isSeq(value) ? 'has a list within its list' : 'leads nowhere'}; ${EXPECTED}`,
    )
    return undefined
  }
  const range = rangeOfNode(reading, written ?? (value as ParsedNode))
  const keys = knownEntries(reading, value, TRANSITION_KEYS, SLIPS)
  const transition: Transition = {
    range,
    kind: 'go',
    ...readCondition(reading, keys),
    ...readWay(reading, keys, entry),
  }
  const acts = keys.get('acts')
  const declaredActs = acts && readActs(reading, acts)
  if (declaredActs) transition.declaredActs = declaredActs
  const told = keys.get('told')
  const how = told && readTold(reading, told)
  if (how) transition.told = how
  const max = keys.get('max')
  const count = max && readCount(reading, max)
  if (count !== undefined) transition.max = count
  const interrupt = keys.get('interrupt')
  if (interrupt && readSwitch(reading, interrupt)) transition.interrupt = true
  return transition
}

/** Where the transition leads: `go` or `end`. If it has both, it goes. */
function readWay(reading: Reading, keys: Map<Key, Entry>, item: Entry): { to?: Target; outcome?: Outcome } {
  const go = keys.get('go')
  const end = keys.get('end')
  if (go && end)
    report(
      reading,
      end.keySpan,
      () => '"go" and "end" on one transition; expected one of them (here "go" counts)',
    )
  if (go) {
    const to = readTarget(reading, go)
    return to ? { to } : {}
  }
  if (end) {
    const outcome = readOutcome(reading, end)
    return outcome ? { outcome } : {}
  }
  const span = spanOf(reading, (item.value ?? item.written) as ParsedNode)
  report(reading, span, () => `a transition that leads nowhere; expected "go: STEP" or "end: OUTCOME"`)
  return {}
}

/** The outcome under `end`. */
export function readOutcome(reading: Reading, entry: Entry): Outcome | undefined {
  const word = readWord(reading, entry, `${listed(OUTCOMES)}`)
  if (word === undefined) return undefined
  return knownWord(
    reading,
    word,
    placeOf(reading, entry.written, entry.keySpan),
    OUTCOMES,
    'outcome',
    `expected ${listed(OUTCOMES)}`,
  )
}

const TOLD = ['offered', 'unprompted'] as const

function readTold(reading: Reading, entry: Entry): (typeof TOLD)[number] | undefined {
  const word = readWord(reading, entry, listed(TOLD))
  if (word === undefined) return undefined
  const span = placeOf(reading, entry.written, entry.keySpan)
  return knownWord(reading, word, span, TOLD, 'value of "told"', `expected ${listed(TOLD)}`)
}
