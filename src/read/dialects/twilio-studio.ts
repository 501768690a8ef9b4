// Twilio Studio flows: states with events; splits on what the customer typed or said are the customer's choices.
import type { Chooser } from '../../model/act.ts'
import type { Channel, DeclaredAct, Document, Playbook, Start, Step } from '../../model/playbook.ts'
import type { Excerpt } from '../../model/position.ts'
import type { Dialect } from './dialect.ts'
import { act, type Draft, freeId, leave, newDraft, playbookOf, toStep, type Way } from './draft.ts'
import { documentOf, excerptOf, type File, isReadable, openFile, rangeOfTree, syntax } from './file.ts'
import { type Announced, announcedKeys } from './menu.ts'
import { at, itemsAt, own, type ScalarTree, scalarAt, type Tree, textAt } from './tree.ts'
import { joinedBy, shortened, spaced, voiced, withoutTags, wordsOf } from './words.ts'

export const twilioStudio: Dialect = {
  format: 'twilio-studio',

  matches(value) {
    const flow = own(value, 'definition') ?? value
    return Array.isArray(own(flow, 'states')) && typeof own(flow, 'initial_state') === 'string'
  },

  read(path, text, value): Document {
    const file = openFile(path, 'twilio-studio', text)
    if (!isReadable(file, value)) return documentOf(file, [])
    return documentOf(file, [readFlow(file, file.root)])
  },
}

type State = { name: ScalarTree; type: string; tree: Tree; says?: Excerpt }
type Build = {
  file: File
  draft: Draft
  states: ReadonlyMap<string, State>
  /** What the question before a split says about each key it answers to, once worked out. */
  announced: Map<Tree, Announced>
}

/** The name Twilio gives a flow nobody has described. */
const NAMELESS = 'A New Flow'

function readFlow(file: File, root: Tree): Playbook {
  const flow = at(root, 'definition') ?? root
  const states = new Map<string, State>()
  const build: Build = { file, draft: newDraft(), states, announced: new Map() }
  for (const tree of itemsAt(flow, 'states')) {
    const name = scalarAt(tree, 'name')
    const type = textAt(tree, 'type')
    if (!name || type === undefined) {
      syntax(file, 'a state without a name or a type is left out', rangeOfTree(file, tree))
    } else if (states.has(name.text)) {
      const message = `two states have the name "${name.text}"; the second is left out`
      file.problems.push({ rule: 'steps-unique', message, range: rangeOfTree(file, name), step: name.text })
    } else {
      const words = ['say', 'body', 'message'].map(k => scalarAt(tree, 'properties', k)).find(s => s)
      const says = words && withoutTags(excerptOf(file, words))
      states.set(name.text, { name, type, tree, ...(says ? { says } : {}) })
    }
  }
  const initial = scalarAt(flow, 'initial_state')
  const trigger = initial && states.get(initial.text)
  const isTrigger = trigger?.type === 'trigger'
  for (const state of states.values()) if (!(isTrigger && state === trigger)) addState(build, state)

  const described = textAt(flow, 'description')
  const title = textAt(root, 'friendly_name') ?? (described === NAMELESS ? undefined : described)
  const channels = new Set<Channel>()
  const starts: Start[] = isTrigger ? startsOf(file, trigger) : []
  if (initial && !isTrigger) starts.push({ step: initial.text, range: rangeOfTree(file, initial) })
  for (const { channel } of starts) if (channel) channels.add(channel)
  const fileName = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.(?:json|ya?ml)$/i, '')
  const range = rangeOfTree(file, flow)
  return playbookOf(build.draft, { title: title ?? fileName, range, starts, channels: [...channels] })
}

const CHANNELS = new Map<string, Channel>([
  ['incomingCall', 'ivr'],
  ['incomingMessage', 'chat'],
  ['incomingConversationMessage', 'chat'],
])

/** The ways a customer comes in: one start for each event of the trigger that leads somewhere. */
function startsOf(file: File, trigger: State): Start[] {
  return itemsAt(trigger.tree, 'transitions').flatMap(tree => {
    const next = scalarAt(tree, 'next')
    if (!next) return []
    const channel = CHANNELS.get(textAt(tree, 'event') ?? '')
    return [{ step: next.text, range: rangeOfTree(file, next), ...(channel ? { channel } : {}) }]
  })
}

/** Types of states that do their work in silence, besides those named below. */
const SILENT = new Set([
  ...['trigger', 'set-variables', 'split-based-on', 'send-message', 'send-and-wait-for-reply', 'say-play'],
  ...['gather-input-on-call', 'record-voicemail', 'run-function', 'make-http-request', 'fork-stream'],
  ...[
    'make-outgoing-call-v1',
    'make-outgoing-call-v2',
    'add-twiml-redirect',
    'record-call',
    'call-recording',
  ],
  ...['search-and-replace', 'update-conversation', 'connect-virtual-agent', 'connect-virtual-agent-v2'],
])
const WORK = new Set(['run-function', 'make-http-request'])
/** What the type of a state makes certain. */
const KNOWN = new Map<string, string>([
  ['send-to-flex', 'human-agent'],
  ['enqueue-call', 'human-agent'],
  ['connect-call-to', 'transfer'],
  ['capture-payments', 'payment'],
  ['capture-payments-v2', 'payment'],
])
const TRANSFERS = new Set(['send-to-flex', 'enqueue-call', 'connect-call-to'])

function addState(build: Build, state: State): void {
  const { file, draft } = build
  const { name, type, tree, says } = state
  const step: Step = {
    id: freeId(draft, name.text),
    title: says && hasWords(says.text) ? shortened(says.text) : spaced(name.text),
    range: rangeOfTree(file, tree),
    texts: [],
    transitions: [],
    automated: true,
  }
  draft.steps.push(step)
  const played = textAt(tree, 'properties', 'play')
  if (says && hasWords(says.text)) step.texts.push(voiced('say', says))
  else if (says || played) step.wordsElsewhere = (says?.text.trim() || played) ?? ''
  if (WORK.has(type)) step.texts.push(voiced('do', wordsOf(excerptOf(file, name))))
  const written = scalarAt(tree, 'type')!
  const range = rangeOfTree(file, written)
  const known = KNOWN.get(type)
  if (known) step.knownActs = [act(known, range, teamOf(type, tree))]
  else if (type === 'run-subflow') {
    const reason = 'a flow called by its id, which is not followed'
    file.unread.push({ range, reason, text: textAt(tree, 'properties', 'flow_sid') ?? name.text })
  } else if (!SILENT.has(type)) {
    const reason = `a state of the type "${type}": where it leads is read, what it does is not`
    file.unread.push({ range, reason, text: type })
  }
  const ways = itemsAt(tree, 'transitions').map(t => wayOf(build, state, t))
  leave(draft, step, ways, ASKS.has(type) || type === 'split-based-on')
  if (ways.length === 0) step.impliedEnd = true
}

/** Something besides placeholders (`{{widgets.look_up.parsed.text}}`). */
function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/\{\{[^{}]*\}\}/g, ''))
}

function teamOf(type: string, tree: Tree): Record<string, unknown> {
  const keys = type === 'connect-call-to' ? ['to', 'caller_id'] : ['workflow_name', 'queue_name']
  const team = keys.map(k => textAt(tree, 'properties', k)).find(t => t !== undefined)
  return team === undefined ? {} : { team }
}

const ASKS = new Set(['send-and-wait-for-reply', 'gather-input-on-call', 'record-voicemail'])

/** Who makes an event happen; all others are plain success or, if their name says so, failure. */
const EVENTS: readonly (readonly [events: string, chooser: Chooser, act?: string])[] = [
  ['incomingMessage keypress speech recordingComplete', 'customer'],
  ['timeout noAudio hangup', 'customer', 'silence'],
  ['busy noAnswer callFailure failedToEnqueue connectionFailure answeringMachine', 'world'],
]
const eventOf = new Map(
  EVENTS.flatMap(([events, chooser, name]) => events.split(' ').map(e => [e, { chooser, name }] as const)),
)
const FAILURE = /fail|error|invalid|maxFailedAttempts/i

function wayOf(build: Build, state: State, tree: Tree): Way {
  const { file } = build
  const event = scalarAt(tree, 'event')
  const next = scalarAt(tree, 'next')
  const way: Way = { range: rangeOfTree(file, tree) }
  if (next) way.to = toStep(next.text, rangeOfTree(file, next))
  if (!event) return way
  if (state.type === 'split-based-on') return { ...way, ...splitWay(build, state, tree, event) }
  const alone = itemsAt(state.tree, 'transitions').length === 1
  const known = ASKS.has(state.type) || event.text !== 'timeout' ? eventOf.get(event.text) : undefined
  const failed = FAILURE.test(event.text) || event.text === 'timeout'
  if ((known || failed) && !alone) {
    const chooser = known?.chooser ?? 'system'
    const acts: DeclaredAct[] | undefined = known?.name
      ? [act(known.name, rangeOfTree(file, event))]
      : undefined
    return { ...way, when: wordsOf(excerptOf(file, event)), chooser, acts }
  }
  const success: Way = alone ? way : { ...way, otherwise: true, chooser: 'system' }
  // Nothing follows a transfer: the customer is with somebody else.
  return TRANSFERS.has(state.type) && !next ? { ...success, outcome: 'handed-off' } : success
}

/** A branch on a value; the customer's, if they typed or said it. */
function splitWay(build: Build, { tree: split }: State, tree: Tree, event: ScalarTree): Partial<Way> {
  const { file, states } = build
  const input = textAt(split, 'properties', 'input') ?? ''
  const answer = /\{\{\s*widgets\.([^{}]{1,200})\.(?:Digits|SpeechResult|inbound\.Body)\b/.exec(input)
  const byCustomer = answer !== null || /\{\{\s*trigger\.message\.Body\b/.test(input)
  const given = /\{\{\s*(?:trigger\.(?:call|message)\.(?:From|To)|contact\.channel|flow\.channel)\b/.test(
    input,
  )
  const chooser: Chooser = byCustomer ? 'customer' : given ? 'fact' : 'system'
  if (event.text === 'noMatch') return { otherwise: true, chooser }
  const [condition] = itemsAt(tree, 'conditions')
  const name = scalarAt(condition, 'friendly_name')
  const value = scalarAt(condition, 'value')
  const blank = /blank/.test(textAt(condition, 'type') ?? '')
  const shown = byCustomer && !blank ? [value ?? name] : blank ? [name, value] : [name ?? value]
  const when = joinedBy(
    ' ',
    shown.flatMap(s => (s ? [excerptOf(file, s)] : [])),
  )
  const asked = answer ? states.get(answer[1]!)?.says : undefined
  if (!asked || !value) return { chooser, when }
  const announced = announcedIn(build, split, asked)
  const keys = keysOf(value.text)
  const said = keys.map(k => announced.get(k)).find(w => w !== undefined)
  const onlyKeys = keys.length > 0 && keys.length === value.text.split(',').length
  const hidden = announced.size > 0 && onlyKeys && !said
  return { chooser, when: said ?? when, told: hidden ? 'unprompted' : undefined }
}

function announcedIn({ announced }: Build, split: Tree, asked: Excerpt): Announced {
  const known = announced.get(split)
  if (known) return known
  const values = itemsAt(split, 'transitions').flatMap(t =>
    itemsAt(t, 'conditions').map(c => textAt(c, 'value')),
  )
  const found = announcedKeys(
    asked,
    values.flatMap(v => keysOf(v ?? '')),
  )
  announced.set(split, found)
  return found
}

/** `1` of "1, one": values that are a single key. */
function keysOf(value: string): string[] {
  return value
    .split(',')
    .map(v => v.trim())
    .filter(v => /^[0-9*#]$/.test(v))
}
