// The domain of a Rasa assistant: the words behind the names its flows use, and who sets the slots they test.
import type { Chooser } from '../../../model/act.ts'
import type { Button, Document, Offers, Playbook, Step, Target, Transition } from '../../../model/playbook.ts'
import { pinned } from '../../../model/source.ts'
import { entriesAt, itemsAt, type Tree, textAt } from '../tree.ts'
import { slotsIn } from './flow.ts'

/** What a domain file offers; undefined if it offers nothing. */
export function offersIn(root: Tree): Offers | undefined {
  const offers: Offers = { templates: new Map(), variables: new Map() }
  for (const { key, value } of entriesAt(root, 'responses')) {
    const variants = value.kind === 'list' ? value.items : []
    const texts = variants.map(v => textAt(v, 'text')?.trim()).filter(t => t !== undefined)
    const buttons = variants.flatMap(v => itemsAt(v, 'buttons').map(b => buttonOf(b, key.text)))
    offers.templates.set(key.text, { texts, buttons })
  }
  for (const { key, value } of entriesAt(root, 'slots')) {
    const chooser = chooserOf(itemsAt(value, 'mappings').map(m => textAt(m, 'type') ?? ''))
    offers.variables.set(key.text, { yesNo: textAt(value, 'type') === 'bool', ...(chooser && { chooser }) })
  }
  return offers.templates.size + offers.variables.size > 0 ? offers : undefined
}

const ASKS = 'utter_ask_'

/** `/SetSlots(plan=gold)` sets plan to gold; a plain payload is the answer to what its template asks for. */
function buttonOf(tree: Tree, template: string): Button {
  const title = textAt(tree, 'title') ?? ''
  const payload = textAt(tree, 'payload') ?? ''
  const set = /^\/SetSlots\(\s{0,9}([^=()\s]{1,200})\s{0,9}=([^()]{0,200})\)$/.exec(payload)
  if (set) return { title, variable: set[1]!, value: set[2]!.trim() }
  const variable = template.startsWith(ASKS) ? { variable: template.slice(ASKS.length) } : {}
  return { title, value: payload, ...variable }
}

const FROM_CUSTOMER = /^from_(?:llm|text|intent|entity|trigger_intent)$/

function chooserOf(mappings: string[]): Chooser | undefined {
  if (mappings.length === 0) return undefined
  if (mappings.every(m => m === 'controlled' || m === 'custom')) return 'system'
  return mappings.every(m => FROM_CUSTOMER.test(m)) ? 'customer' : undefined
}

/**
 * The documents with the words of the project's domain filled in: what templates say, what buttons call the answers,
 * who sets the slots that conditions test. Flows that come with Rasa become ends of their own. The words are placed
 * where their step begins. Other documents, and those given, stay as they are. Linear.
 */
export function withDomain(
  documents: readonly Document[],
  domains: readonly Document[] = documents,
): Document[] {
  const offers: Offers = { templates: new Map(), variables: new Map() }
  for (const { offers: more } of domains) {
    for (const [name, template] of more?.templates ?? []) offers.templates.set(name, template)
    for (const [name, variable] of more?.variables ?? []) offers.variables.set(name, variable)
  }
  const ours = documents.filter(d => d.format === 'rasa-calm')
  const flows = new Set(ours.flatMap(d => d.playbooks.map(p => p.title)))
  return documents.map(document =>
    document.format === 'rasa-calm'
      ? { ...document, playbooks: document.playbooks.map(p => filled(p, offers, flows)) }
      : document,
  )
}

function filled(playbook: Playbook, offers: Offers, flows: ReadonlySet<string>): Playbook {
  const builtIn = new Map<string, Step>()
  const led = (target: Target): Target => {
    const { title } = target
    if (title === undefined || flows.has(title) || !title.startsWith('pattern_')) return target
    const step = builtIn.get(title) ?? builtInStep(title, target)
    builtIn.set(title, step)
    return { text: target.text, range: target.range, step: step.id }
  }
  const steps = playbook.steps.map(step => {
    const transitions = step.transitions.map(t => (t.to ? { ...t, to: led(t.to) } : t))
    // A call of a flow that comes with Rasa cannot be followed into it.
    const { call, ...rest } = step
    const called = call && led(call)
    return spoken(
      { ...rest, transitions, ...(called?.title || call === called ? { call: called } : {}) } as Step,
      offers,
    )
  })
  const added = [...builtIn.values()].map(s => spoken(s, offers))
  return { ...playbook, steps: [...steps, ...added] }
}

/** What Rasa's own patterns do unless the project overrides them. The one for a human only says that there is none. */
function builtInStep(title: string, { range }: Target): Step {
  const step: Step = {
    id: `${title} (built in)`,
    title: `${title} (comes with Rasa)`,
    range,
    texts: [],
    automated: true,
    impliedEnd: true,
    transitions: [],
  }
  if (title === 'pattern_human_handoff') step.wordsElsewhere = 'utter_human_handoff_not_available'
  return step
}

function spoken(step: Step, { templates, variables }: Offers): Step {
  const template = step.wordsElsewhere === undefined ? undefined : templates.get(step.wordsElsewhere)
  const transitions: Transition[] = []
  for (const transition of step.transitions) {
    const last = transitions.at(-1)
    const chooser = transition.otherwise ? (transition.chooser ?? last?.chooser) : transition.chooser
    transitions.push(
      decided({ ...transition, ...(chooser && { chooser }) }, template?.buttons ?? [], variables),
    )
  }
  const result = { ...step, transitions }
  if (!template) return result
  const words = template.texts.filter(t => t !== '')
  const { start } = step.range
  result.texts = [...step.texts, ...words.map(w => ({ ...pinned(w, start), voice: 'say' as const }))]
  if (template.texts.length > 0) delete result.wordsElsewhere
  const items = step.knownActs?.flatMap(a =>
    Array.isArray(a.attributes['items']) ? a.attributes['items'] : [],
  )
  // A question that can only be answered with yes or no collects nothing.
  if (items?.some(i => variables.get(String(i))?.yesNo)) delete result.knownActs
  return result
}

/** Who decides, if the slots say so, and the answer in the words of its button. */
function decided(
  transition: Transition,
  buttons: readonly Button[],
  variables: Offers['variables'],
): Transition {
  const { when } = transition
  if (!when) return transition
  const slots = slotsIn(when.text)
  const result = { ...transition }
  const choosers = new Set(slots.map(s => variables.get(s)?.chooser))
  const [chooser] = choosers
  if (choosers.size === 1 && chooser && transition.chooser === undefined) result.chooser = chooser
  // Only answers of the customer have words; what the system found out stays as it is written.
  const [slot] = slots
  if (result.chooser !== 'customer' || slot === undefined || slots.length > 1) return result
  const offered = buttons.filter(b => b.variable === slot || b.variable === undefined)
  const answer = answerIn(when.text, variables.get(slot)?.yesNo ?? false, offered)
  if (answer !== undefined) result.when = pinned(answer, when.marks[0]!)
  return result
}

const YES = /^(?:true|yes|affirm)$/i
const NO = /^(?:false|no|deny)$/i

/** `slots.plan = "gold"` with a button "The gold plan" → that; a slot that is true or false alone → yes or no. */
function answerIn(condition: string, yesNo: boolean, buttons: readonly Button[]): string | undefined {
  const alone = /^\s*(not\s+)?slots\.\w+\s*$/.exec(condition)
  if (alone) {
    const wanted = alone[1] ? NO : YES
    const found = buttons.filter(b => wanted.test(b.value))
    if (found.length === 1 && found[0]!.title !== '') return found[0]!.title
    return yesNo ? (alone[1] ? 'no' : 'yes') : undefined
  }
  const value = /^\s*slots\.\w+\s*(?:=|==|is)\s*["']([^"']{0,200})["']\s*$/.exec(condition)?.[1]
  const found = buttons.filter(b => b.value === value && b.title !== '')
  return value !== undefined && found.length === 1 ? found[0]!.title : undefined
}
