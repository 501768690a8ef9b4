// Turns a flat Rasa flow into a playbook: what is asked and done, and where each step leads under which condition.
import type { Chooser } from '../../../model/act.ts'
import type { Playbook, Step, Target } from '../../../model/playbook.ts'
import type { Range } from '../../../model/position.ts'
import { part } from '../../../model/source.ts'
import { act, type Draft, freeId, leave, newDraft, playbookOf, toStep, toTitle, type Way } from '../draft.ts'
import { excerptOf, type File, rangeOfTree, syntax } from '../file.ts'
import { at, isFalse, itemsAt, type ScalarTree, scalarAt, type Tree } from '../tree.ts'
import { spaced, voiced, wordsOf } from '../words.ts'
import { type FlatFlow, type FlatStep, wordsAt } from './flatten.ts'

export type Project = {
  file: File
  /** The flows of this file, by name: index of the playbook and its first step. */
  flows: ReadonlyMap<string, { playbook: number; step: string }>
  /** Slots that some flow of this file asks the customer for. */
  asked: ReadonlySet<string>
}

type Build = Project & { draft: Draft; flow: FlatFlow }

/** Actions of Rasa itself that neither say anything nor touch the customer's affairs. */
const BUILT_IN = new Set([
  ...['action_listen', 'action_restart', 'action_session_start', 'action_back', 'action_trigger_search'],
  ...['action_trigger_flow', 'action_cancel_flow', 'action_correct_flow_slot', 'action_clarify_flows'],
  ...['action_run_slot_rejections', 'action_clean_stack', 'action_reset_routing', 'action_default_fallback'],
  ...['action_deactivate_loop', 'action_extract_slots', 'action_repeat_bot_messages', 'action_hangup'],
  ...['action_send_text', 'action_trigger_chitchat', 'action_unlikely_intent', 'action_metadata_slots'],
])

export function flowPlaybook(project: Project, flow: FlatFlow): Playbook {
  const { file } = project
  const build: Build = { ...project, flow, draft: newDraft() }
  // Ids that somebody wrote or Rasa gives are taken before any of ours.
  for (const { id } of flow.steps) freeId(build.draft, id)
  for (const step of flow.steps) addStep(build, step)
  const subflow = isFalse(at(flow.tree, 'if'))
  const first = build.draft.steps[0]
  if (first && !subflow && !flow.id.text.startsWith('pattern_')) addTrigger(file, flow, first)
  const range = { start: rangeOfTree(file, flow.id).start, end: rangeOfTree(file, flow.tree).end }
  return playbookOf(build.draft, {
    title: flow.id.text,
    range,
    starts: first ? [{ step: first.id }] : [],
    channels: ['chat'],
    // A flow with "if: False" can only be called or linked to.
    entry: subflow ? false : undefined,
  })
}

/** When the flow applies: what the assistant takes for a wish of the customer. */
function addTrigger(file: File, { id, tree }: FlatFlow, first: Step): void {
  const name = wordsAt(file, tree, 'name') ?? wordsOf(excerptOf(file, id))
  const description = wordsAt(file, tree, 'description')
  const words = description ? [name, description] : [name]
  first.texts.unshift(...words.map(w => voiced('trigger', w)))
}

function addStep(build: Build, flat: FlatStep): void {
  const { file, draft } = build
  const { tree, id, kind, name } = flat
  const step: Step = {
    id,
    title: titleOf(flat),
    range: rangeOfTree(file, tree),
    texts: [],
    transitions: [],
    automated: true,
  }
  draft.steps.push(step)
  if (kind === 'action' && name) doAction(file, step, name)
  else if (kind === 'collect' && name) ask(build, flat, step, name)
  else if (kind === 'call' && name) {
    if (at(tree, 'mcp_server')) step.texts.push(voiced('do', wordsOf(excerptOf(file, name))))
    else step.call = flowTarget(build, name)
  } else if (kind === undefined || (kind !== 'noop' && kind !== 'set_slots' && kind !== 'link')) {
    const reason = 'a step of a kind that is not known: where it leads is read, what it does is not'
    file.unread.push({ range: step.range, reason, text: id })
  } else step.declaredActs = []
  const ways = [...rejections(build, flat), ...waysOf(build, flat)]
  if (kind === 'link' && name) ways.push({ range: rangeOfTree(file, name), to: flowTarget(build, name) })
  leave(draft, step, ways)
}

function titleOf({ tree, kind, name, id }: FlatStep): string {
  const written = scalarAt(tree, 'id')?.text
  const what =
    kind === 'action' ? name?.text.replace(/^action_/, '') : [kind, name?.text].filter(w => w).join(' ')
  return spaced(written ?? what ?? '') || id
}

function doAction(file: File, step: Step, name: ScalarTree): void {
  if (name.text === 'action_hangup') step.endsConversation = true
  if (BUILT_IN.has(name.text)) return
  step.wordsElsewhere = name.text
  if (name.text.startsWith('utter_')) return
  const words = excerptOf(file, name)
  const from = words.text.startsWith('action_') ? 'action_'.length : 0
  step.texts.push(voiced('do', wordsOf(part(words, from, words.text.length))))
}

/** Asks for a slot. If the flow branches on the answer it is a question; else the answer is information. */
function ask({ file }: Build, { tree }: FlatStep, step: Step, slot: ScalarTree): void {
  step.wordsElsewhere = scalarAt(tree, 'utter')?.text ?? `utter_ask_${slot.text}`
  const conditions = itemsAt(tree, 'next').map(b => scalarAt(b, 'if')?.text ?? '')
  if (conditions.some(c => slotsIn(c).includes(slot.text))) return
  step.knownActs = [act('collect-info', rangeOfTree(file, slot), { items: [slot.text] })]
}

function flowTarget({ file, flows }: Build, name: ScalarTree): Target {
  const range = rangeOfTree(file, name)
  const here = flows.get(name.text)
  return here ? { text: name.text, range, ...here } : toTitle(name.text, range)
}

/** An answer that is refused: the customer hears why and is asked again. */
function rejections({ file, draft }: Build, { tree, id }: FlatStep): Way[] {
  return itemsAt(tree, 'rejections').map(rejection => {
    const range = rangeOfTree(file, rejection)
    const utter = scalarAt(rejection, 'utter')
    const when = wordsAt(file, rejection, 'if')
    if (!utter) return { range, to: toStep(id, range), when, chooser: 'world' }
    const again = freeId(draft, `${id}_rejection`)
    draft.steps.push({
      id: again,
      title: spaced(utter.text),
      range,
      texts: [],
      wordsElsewhere: utter.text,
      automated: true,
      transitions: [{ range, kind: 'next', to: toStep(id, range) }],
    })
    return { range, to: toStep(again, range), when, chooser: 'world' }
  })
}

function waysOf(build: Build, flat: FlatStep): Way[] {
  const { file, flow } = build
  const { tree, after, nested, kind } = flat
  const next = at(tree, 'next')
  const range = rangeOfTree(file, tree)
  const otherwise =
    itemsAt(tree, 'rejections').length > 0 ? { otherwise: true, chooser: 'world' as const } : {}
  if (next?.kind === 'scalar' && next.value !== null) return [{ ...wayTo(build, next), ...otherwise }]
  if (next?.kind === 'list') return branches(build, flat, next.items)
  if (next?.kind === 'map')
    syntax(file, '"next" is an id, END or a list of conditions', rangeOfTree(file, next))
  if (kind === 'link' || next?.kind === 'map') return []
  const id = after && flow.ids.get(after)
  if (id !== undefined) return [{ range, kind: 'next', to: toStep(id, range), ...otherwise }]
  if (!nested) return [{ range, ...otherwise }]
  const message = 'the last step of a list under "then" or "else" has no "next"'
  syntax(file, message, range, 'add next: END, or the id of the step that follows', flat.id)
  return []
}

/** To a step by its id, to the end, or into a list of its own. */
function wayTo(build: Build, tree: Tree): Way {
  const { file, flow } = build
  const range = rangeOfTree(file, tree)
  if (tree.kind === 'scalar') return tree.text === 'END' ? { range } : { range, to: toStep(tree.text, range) }
  const first = tree.kind === 'list' ? tree.items.find(i => flow.ids.has(i)) : undefined
  const id = first && flow.ids.get(first)
  if (id !== undefined) return { range, to: toStep(id, range) }
  syntax(file, 'expected the id of a step, END, or a list of steps', range)
  return { range }
}

function branches(build: Build, { id }: FlatStep, items: Tree[]): Way[] {
  const { file, asked } = build
  const ways: Way[] = []
  let chooser: Chooser | undefined
  let last: Range | undefined
  let complete = false
  for (const item of items) {
    const range = rangeOfTree(file, item)
    const condition = scalarAt(item, 'if')
    const to = at(item, condition ? 'then' : 'else')
    if (!to) {
      syntax(file, condition ? 'an "if" needs a "then"' : 'expected "if" and "then", or "else"', range)
    } else if (condition) {
      chooser = chooserOf(condition.text, asked)
      ways.push({ ...wayTo(build, to), range, when: excerptOf(file, condition), chooser })
    } else {
      const alone = items.length === 1
      ways.push({ ...wayTo(build, to), range, ...(alone ? {} : { otherwise: true, chooser }) })
      complete = true
    }
    last = range
  }
  if (!complete && last)
    syntax(
      file,
      'the conditions have no "else"',
      last,
      'add - else: with END, the id of a step or a list of steps',
      id,
    )
  return ways
}

/** The slots a condition tests: `not slots.wants_offer` → wants_offer. */
export function slotsIn(condition: string): string[] {
  return [...condition.matchAll(/\bslots\.([A-Za-z_]\w*)/g)].map(m => m[1]!)
}

/** What the customer was asked for, the customer decides; who sets other slots is not said in a flow. */
function chooserOf(condition: string, asked: ReadonlySet<string>): Chooser | undefined {
  const slots = slotsIn(condition)
  if (slots.length === 0) return condition.includes('context.') ? 'system' : undefined
  return slots.every(s => asked.has(s)) ? 'customer' : undefined
}
