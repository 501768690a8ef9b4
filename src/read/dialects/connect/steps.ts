// Turns a block of Amazon Connect into a step: what is said, which acts its type makes certain, and who decides how it goes on.
import type { Chooser } from '../../../model/act.ts'
import type { DeclaredAct, Step } from '../../../model/playbook.ts'
import type { Excerpt, Range } from '../../../model/position.ts'
import { joined, part, pinned } from '../../../model/source.ts'
import { act, type Draft, freeId, leave, toStep, toTitle, type Way } from '../draft.ts'
import { excerptOf, type File, rangeOfTree } from '../file.ts'
import { announcedKeys } from '../menu.ts'
import { joinedBy, shortened, spaced, voiced, withoutTags, wordsOf } from '../words.ts'
import { type Kind, kindOf, mishapNamed } from './block-kinds.ts'
import type { Block, Exit } from './blocks.ts'
import { lastPart, referenceOf } from './names.ts'

export type Build = {
  file: File
  draft: Draft
  attributes: ReadonlyMap<string, string>
  /** The flow is heard by agents (whispers, their hold music), not by customers. */
  forAgents: boolean
}

/** The step of a block, already in the draft, with its ways on. */
export function addBlock(build: Build, block: Block): void {
  const { file, draft } = build
  const kind = kindOf(block.type)
  const range = rangeOfTree(file, block.tree)
  const step: Step = {
    id: freeId(draft, block.id.text),
    title: '',
    range,
    texts: [],
    transitions: [],
    automated: true,
  }
  draft.steps.push(step)
  if (kind === undefined) {
    const reason = `a block of the type "${block.written.text}": where it leads is read, what it does is not`
    file.unread.push({ range: rangeOfTree(file, block.written), reason, text: block.written.text })
  }
  const said = say(build, block, step)
  const acts = knownActs(build, block, kind)
  if (acts.length > 0) step.knownActs = acts
  const target = lead(build, block, kind ?? 'silent', step, said)
  step.title = block.name ?? (said.text === '' ? titleOf(block, target) : shortened(said.text))
  if (kind === 'flow' && target?.outside !== false) step.title += ' (outside this project)'
}

/** Fills in what is said; returns it as one text, without markup. */
function say({ file, forAgents }: Build, block: Block, step: Step): Excerpt {
  const texts = block.says.map(s => withoutTags(excerptOf(file, s))).filter(t => t.text.trim() !== '')
  for (const text of texts) {
    if (hasWords(text.text)) step.texts.push(voiced(forAgents ? 'do' : 'say', text))
    else step.wordsElsewhere = text.text.trim()
  }
  if (block.recording !== undefined) step.wordsElsewhere = lastPart(block.recording)
  return joinedBy('\n', texts)
}

/** Something besides references to attributes (`$.External.Message`). */
function hasWords(text: string): boolean {
  return /\p{L}/u.test(text.replace(/\$\.[\w.]+(?:\['?[\w-]+'?\])?/g, ''))
}

function titleOf(block: Block, target: Target | undefined): string {
  const what = spaced(block.written.text)
  return target ? `${what}: ${shortened(target.words)}` : what
}

function knownActs({ file, forAgents }: Build, block: Block, kind: Kind | undefined): DeclaredAct[] {
  const range = rangeOfTree(file, block.written)
  const one = (name: string, attributes?: Record<string, unknown>) => [act(name, range, attributes)]
  const seconds = (...names: string[]) => {
    const value = names.map(n => block.parameter(n)?.text).find(v => v !== undefined && /^\d{1,9}$/.test(v))
    return value === undefined ? {} : { max: `${value} s` }
  }
  const team = block.shownTarget === undefined ? {} : { team: block.shownTarget }
  switch (kind) {
    case 'queue':
    case 'agent':
      return one('human-agent', team)
    case 'phone':
      return one('transfer', { team: block.parameter('ThirdPartyPhoneNumber')?.text ?? 'a telephone number' })
    case 'hold':
      return forAgents ? [] : one('hold', seconds('InterruptFrequencySeconds', 'InterruptFrequency'))
    case 'wait':
      return one('hold', seconds('TimeLimitSeconds', 'TimeoutSeconds'))
    case 'callback':
      return one('callback')
    case 'verify':
      return one('verify-identity')
    default:
      // What is entered encrypted is a card number, a PIN and the like.
      return kind === 'ask' && encrypts(block) ? one('collect-info') : []
  }
}

function encrypts(block: Block): boolean {
  const flat = block.parameter('EncryptEntry')?.text
  const nested = block.parameter('InputEncryption')?.text
  return flat?.toLowerCase() === 'true' || nested !== undefined
}

type Target = { words: string; outside: boolean }

/** The parameters that name where a block leads, or what it works with. */
const REFERENCES: Partial<Record<Kind, readonly string[]>> = {
  flow: ['ContactFlowId'],
  module: ['FlowModuleId', 'ModuleId', 'ContactFlowModuleId'],
  queue: ['QueueId', 'Queue', 'AgentId'],
  phone: ['ThirdPartyPhoneNumber', 'PhoneNumber'],
  work: ['LambdaFunctionARN', 'FunctionArn', 'TemplateId', 'Name'],
  silent: ['QueueId', 'Queue'],
  branch: ['ComparisonValue', 'Attribute'],
}

function lead(build: Build, block: Block, kind: Kind, step: Step, said: Excerpt): Target | undefined {
  const { file, draft, attributes } = build
  const reference = referenceOf(block, attributes, REFERENCES[kind] ?? [])
  const target = reference && {
    words: reference.name ?? lastPart(reference.written),
    outside: reference.name === undefined,
  }
  const range = reference ? rangeOfTree(file, reference.scalar) : rangeOfTree(file, block.written)
  if (kind === 'work' && reference) step.texts.push(voiced('do', namedWork(file, reference)))
  if (kind === 'end' || kind === 'hang-up') {
    step.impliedEnd = true
    if (kind === 'hang-up') step.endsConversation = true
    return target
  }
  if (kind === 'module' && reference) callModule(file, step, reference, range)
  const ways = settled([...goalOf(block, kind, reference, range), ...waysOf(file, block, kind, said)])
  leave(draft, step, ways, kind === 'menu' || kind === 'ask')
  // Music plays until an agent or the caller ends it.
  if (step.transitions.length === 0 && step.outcome === undefined && kind === 'hold') step.impliedEnd = true
  return target
}

type Named = { name?: string; written: string; scalar: Block['id'] }

/** The name of a function as an instruction to the system: `CancelMembership` → "Cancel membership". */
function namedWork(file: File, { written, scalar }: Named): Excerpt {
  const excerpt = excerptOf(file, scalar)
  const name = lastPart(written)
  const words = wordsOf({ text: name, marks: [] }).text
  return pinned(words, excerpt.marks[0] ?? rangeOfTree(file, scalar).start)
}

function callModule(file: File, step: Step, { name, written }: Named, range: Range): void {
  if (name !== undefined) step.call = toTitle(name, range, written)
  else
    file.unread.push({
      range,
      reason: 'a flow module outside this project, whose name is not known',
      text: written,
    })
}

/** Where a transfer goes if it succeeds: to another flow by its name, else out of our sight. */
function goalOf(block: Block, kind: Kind, reference: Named | undefined, range: Range): Way[] {
  if (kind === 'flow' && reference?.name !== undefined)
    return [{ range, to: toTitle(reference.name, range, reference.written), otherwise: true }]
  const resumes = block.exits.some(e => e.on === 'success' && e.to) && !isBlind(block)
  if (kind === 'flow' || kind === 'queue' || kind === 'agent' || (kind === 'phone' && !resumes))
    return [{ range, outcome: 'handed-off', otherwise: true }]
  return []
}

function isBlind(block: Block): boolean {
  const blind = block.parameter('BlindTransfer')?.text.toLowerCase() === 'true'
  return blind || block.parameter('ContinueFlowExecution')?.text.toLowerCase() === 'false'
}

const TRANSFERS: readonly Kind[] = ['flow', 'queue', 'agent', 'phone']
const BY_CUSTOMER: readonly Kind[] = ['menu', 'ask']

function waysOf(file: File, block: Block, kind: Kind, said: Excerpt): Way[] {
  const answers = block.exits.filter(e => e.on === 'match')
  const caught = block.exits.some(
    e => e.on === 'mishap' && mishapNamed(e.name?.text ?? '') === 'no-match' && e.to,
  )
  const keys = answers.flatMap(e => e.values.map(v => v.text)).filter(v => /^[0-9*#]$/.test(v))
  const announced = kind === 'menu' ? announcedKeys(said, keys) : new Map<string, Excerpt>()
  const by = byAnswer(block, kind)
  const ways: Way[] = []
  for (const exit of block.exits) {
    if (!exit.to) continue
    const range = rangeOfTree(file, exit.tree)
    const way: Way = { range, to: toStep(exit.to.text, rangeOfTree(file, exit.to)) }
    if (exit.on === 'success') {
      // The flow language demands a next action even where it is never taken.
      const unused = (TRANSFERS.includes(kind) && (kind !== 'phone' || isBlind(block))) || caught
      if (!unused) ways.push({ ...way, otherwise: true, ...(answers.length > 0 && by) })
    } else if (exit.on === 'mishap') ways.push({ ...way, ...mishapWay(file, exit, kind, by) })
    else ways.push({ ...way, ...answerWay(file, exit, block, kind, by, announced) })
  }
  return ways
}

function mishapWay(file: File, { name }: Exit, kind: Kind, by: Partial<Way>): Partial<Way> {
  const when = name && excerptOf(file, name)
  const mishap = mishapNamed(name?.text ?? '')
  if (mishap === 'no-match') return { otherwise: true, ...by }
  if (mishap === 'silence' && BY_CUSTOMER.includes(kind))
    return { when, chooser: 'customer', acts: [act('silence', rangeOfTree(file, name!))] }
  // Technical errors are circumstances, like a line that drops (theory.md §1): an honest retry may pass.
  return { when, chooser: 'world' }
}

function answerWay(
  file: File,
  { values, operator, name }: Exit,
  block: Block,
  kind: Kind,
  by: Partial<Way>,
  announced: ReadonlyMap<string, Excerpt>,
): Partial<Way> {
  const [value] = values
  const words = values.map(v => excerptOf(file, v))
  if (kind === 'menu' && value) {
    const key = /^[0-9*#]$/.test(value.text)
    if (!key) return { chooser: 'customer', when: joined(words.map(wordsOf)) }
    const hidden = announced.size > 0 && !announced.has(value.text)
    const when = announced.get(value.text) ?? words[0]
    return { chooser: 'customer', when, told: hidden ? 'unprompted' : undefined }
  }
  if (kind === 'loop') {
    if (!/^(?:Looping|ContinueLooping)$/.test(value?.text ?? ''))
      return { otherwise: true, chooser: 'system' }
    const count = Number(block.parameter('LoopCount')?.text)
    return { chooser: 'system', when: words[0], max: Number.isSafeInteger(count) ? count : undefined }
  }
  if ((kind === 'hold' || kind === 'wait') && words[0])
    return { chooser: value?.text === 'CustomerReturned' ? 'customer' : 'world', when: wordsOf(words[0]) }
  const subject = subjectOf(file, block, name)
  const here = words[0]?.marks[0] ?? rangeOfTree(file, block.written).start
  const sign = pinned(` ${SIGNS.get(operator ?? 'Equals') ?? spaced(operator!)} `, here)
  return { when: joined([subject, sign, ...words]), ...by }
}

const SIGNS = new Map<string, string>([
  ...['Equals', 'NumberEquals', 'TextEquals'].map(o => [o, '='] as const),
  ...['GreaterThan', 'NumberGreaterThan'].map(o => [o, '>'] as const),
  ...['LessThan', 'NumberLessThan'].map(o => [o, '<'] as const),
  ...['GreaterThanOrEqualTo', 'NumberGreaterOrEqualTo'].map(o => [o, '>='] as const),
  ...['LessThanOrEqualTo', 'NumberLessOrEqualTo'].map(o => [o, '<='] as const),
])

/** What is compared, in words: `$.Attributes.loyal_reader` → "loyal reader"; of a check what it looks at. */
function subjectOf(file: File, block: Block, name: Exit['name']): Excerpt {
  const compared = block.parameter('ComparisonValue') ?? block.parameter('Attribute')
  if (!compared) {
    const words = spaced(block.written.text).replace(/^check /, '')
    return pinned(words, rangeOfTree(file, name ?? block.written).start)
  }
  const words = excerptOf(file, compared)
  const from = words.text.startsWith('$.') ? words.text.lastIndexOf('.') + 1 : 0
  return wordsOf(part(words, from, words.text.length))
}

/** Who decides between the answers. A test of what the caller entered is their choice only against fixed values. */
function byAnswer(block: Block, kind: Kind): { chooser?: Chooser } {
  if (BY_CUSTOMER.includes(kind)) return { chooser: 'customer' }
  if (kind === 'check') return { chooser: 'world' }
  if (kind !== 'branch') return { chooser: 'system' }
  const compared = block.parameter('ComparisonValue')?.text ?? block.parameter('Attribute')?.text ?? ''
  if (/(?:StoredCustomerInput|Stored customer input)$/.test(compared))
    return block.exits.some(e => e.values.some(v => v.text.startsWith('$.'))) ? {} : { chooser: 'customer' }
  const given = /^\$\.(?:Channel|SystemEndpoint|CustomerEndpoint|LanguageCode)\b|^(?:Channel|Dialed Number)$/
  return { chooser: given.test(compared) ? 'fact' : 'system' }
}

/** Success is what happens when nothing else does; whoever could make it fail last decides. Returns what is left. */
function settled(ways: Way[]): Way[] {
  const others = new Set(ways.filter(w => !w.otherwise).map(w => w.chooser))
  const last = (['customer', 'world'] as const).find(chooser => others.has(chooser))
  const elsewhere = new Set<string | undefined>()
  return ways.filter(way => {
    if (!way.otherwise) return true
    if (others.size === 0) delete way.otherwise
    else if (last) way.chooser ??= last
    const repeats = elsewhere.has(way.to?.step)
    elsewhere.add(way.to?.step)
    return !repeats
  })
}
