// Turns the actions of a Copilot Studio topic into steps, and the order of nested lists into transitions.
import type { Chooser, Outcome } from '../../../model/act.ts'
import type { Step } from '../../../model/playbook.ts'
import type { Range } from '../../../model/position.ts'
import { type Draft, freeId, leave, toStep, toTitle, type Way } from '../draft.ts'
import { excerptOf, type File, rangeOfTree } from '../file.ts'
import { at, itemsAt, type ListTree, type ScalarTree, scalarAt, type Tree, textAt } from '../tree.ts'
import type { Action, Layout } from './actions.ts'
import { answersIn, answersTo, bare, chooserOf, variableOf } from './choices.ts'
import { fillIn } from './content.ts'

type Build = {
  file: File
  draft: Draft
  ids: Map<Tree, string>
  /** The variables that questions of this topic fill. */
  asked: ReadonlySet<string>
  /** Groups of conditions that are told as the answers to the question before them. */
  merged: ReadonlySet<Tree>
  /** Where a list goes on when it ends, and where a loop does; undefined: the topic ends. */
  after: Map<Tree, string | undefined>
  /** The outcome the author last gave in a list. */
  outcomes: Map<ListTree, Outcome | undefined>
}

/**
 * Adds a step for each action; returns the id of the first, undefined if there is none. `given`: variables that are
 * taken from what the customer said at first. Linear.
 */
export function addSteps(
  file: File,
  draft: Draft,
  { actions, ids }: Layout,
  given: Iterable<string>,
): string | undefined {
  giveIds(file, draft, { actions, ids })
  const jumpedTo = new Set(actions.map(a => (a.kind === 'goto' ? (textAt(a.tree, 'actionId') ?? '') : '')))
  const asked = new Set<string>(given)
  const merged = new Set<Tree>()
  for (const action of actions) {
    const variable = action.kind === 'ask' ? variableOf(action.tree) : undefined
    const answers = answersTo(action, jumpedTo)
    if (variable) asked.add(variable)
    if (answers) merged.add(answers)
  }
  const build: Build = { file, draft, ids, asked, merged, after: new Map(), outcomes: new Map() }
  for (const action of actions) addAction(build, action)
  return actions[0]?.id
}

function giveIds(file: File, draft: Draft, { actions, ids }: Layout): void {
  for (const action of actions) {
    const { tree, id } = action
    if (draft.taken.has(id)) {
      const message = `two actions have the id "${id}"; what leads there leads to the first`
      const range = rangeOfTree(file, scalarAt(tree, 'id') ?? tree)
      file.problems.push({ rule: 'steps-unique', message, range, step: id })
    }
    action.id = freeId(draft, id)
    ids.set(tree, action.id)
  }
}

function addAction(build: Build, action: Action): void {
  const { file, draft, after, merged, ids } = build
  const { tree, kind, list, index } = action
  const next = behind(build, list, index)
  after.set(tree, next)
  const inner = [...itemsAt(tree, 'conditions').map(c => at(c, 'actions')), at(tree, 'elseActions')]
  for (const branch of inner) if (branch) after.set(branch, next)
  const body = at(tree, 'actions')
  if (kind === 'each' && body) after.set(body, ids.get(tree))
  const outcome = outcomeOf(build, action)
  if (merged.has(tree)) return

  const range = rangeOfTree(file, tree)
  const step: Step = { id: action.id, title: '', range, texts: [], transitions: [], automated: true }
  draft.steps.push(step)
  fillIn(file, step, action)
  const answers = list.items[index + 1]
  if (kind === 'ask' && answers && merged.has(answers))
    leave(draft, step, branches(build, answers, behind(build, list, index + 1), tree), true)
  else if (kind === 'choose') leave(draft, step, branches(build, tree, next))
  else lead(build, action, step, next)
  if (!outcome || !step.impliedEnd || step.call) return
  step.outcome = outcome
  delete step.impliedEnd
}

/** The action behind a place in a list, or where the list goes on; undefined if the topic ends there. */
function behind({ ids, after }: Build, list: ListTree, index: number): string | undefined {
  for (let i = index + 1; i < list.items.length; i++) {
    const id = ids.get(list.items[i]!)
    if (id !== undefined) return id
  }
  return after.get(list)
}

const OUTCOMES = new Map<string, Outcome>([
  ['Escalated', 'handed-off'],
  ['ResolvedConfirmed', 'resolved'],
  ['ResolvedImplied', 'resolved'],
  ['Abandoned', 'abandoned'],
])

/** The outcome the author gave this action, or one before it in its list with nothing decided in between. */
function outcomeOf({ outcomes }: Build, { tree, list, kind }: Action): Outcome | undefined {
  const outcome = OUTCOMES.get(textAt(tree, 'conversationOutcome') ?? '') ?? outcomes.get(list)
  const decides = kind === 'ask' || kind === 'card' || kind === 'choose' || kind === 'each'
  outcomes.set(list, decides ? undefined : outcome)
  return outcome
}

function onTo(to: string | undefined, range: Range): Way {
  return { range, kind: 'next', ...(to === undefined ? {} : { to: toStep(to, range) }) }
}

function lead(build: Build, { tree, kind, loop }: Action, step: Step, next: string | undefined): void {
  const { file, draft, ids, after } = build
  const { range } = step
  const dialog = scalarAt(tree, 'dialog')
  const target = scalarAt(tree, 'actionId')
  if (kind === 'transfer') step.outcome = 'handed-off'
  else if (kind === 'return' || kind === 'stop') {
    step.impliedEnd = true
    if (kind === 'stop') step.endsConversation = true
  } else if (kind === 'goto' && target)
    leave(draft, step, [{ range, to: toStep(target.text, rangeOfTree(file, target)) }])
  else if (kind === 'each') {
    const body: Way = { ...into(build, at(tree, 'actions'), ids.get(tree), range), chooser: 'system' }
    leave(draft, step, [body, { ...onTo(next, range), otherwise: true, chooser: 'system' }])
  } else if (kind === 'break' && loop) leave(draft, step, [onTo(after.get(loop), range)])
  else if (kind === 'continue' && loop) leave(draft, step, [onTo(ids.get(loop), range)])
  else if (kind === 'jump' && dialog && topicIn(dialog) !== undefined) {
    const at = rangeOfTree(file, dialog)
    leave(draft, step, [{ range, to: toTitle(topicIn(dialog)!, at, dialog.text) }])
  } else {
    if ((kind === 'call' || kind === 'jump') && dialog) call(file, step, dialog)
    leave(draft, step, [onTo(next, range)])
  }
}

/** The name of a topic: `bot_x.topic.Leave gym` → Leave gym. Other components of a bot are no topics. */
function topicIn({ text }: ScalarTree): string | undefined {
  const name = text.startsWith('=') ? '' : text.slice(text.lastIndexOf('.topic.') + '.topic.'.length)
  if (text.includes('.topic.')) return name || undefined
  return text.includes('.') ? undefined : name && text
}

function call(file: File, step: Step, dialog: ScalarTree): void {
  const range = rangeOfTree(file, dialog)
  const name = topicIn(dialog)
  if (name !== undefined) step.call = toTitle(name, range, dialog.text)
  else
    file.unread.push({
      range,
      reason: 'a component that is no topic, which is not followed',
      text: dialog.text,
    })
}

/** Into a list of actions; past it, if there is none in it. */
function into({ ids }: Build, list: Tree | undefined, past: string | undefined, range: Range): Way {
  const first = list?.kind === 'list' ? list.items.find(item => ids.has(item)) : undefined
  const id = first ? ids.get(first) : past
  return { range, ...(id === undefined ? {} : { to: toStep(id, range) }) }
}

/** The branches of a group of conditions; those that answer a question are the customer's, in the words they chose from. */
function branches(build: Build, group: Tree, next: string | undefined, question?: Tree): Way[] {
  const { file, asked } = build
  const answer = question && answersIn(question)
  let chooser: Chooser | undefined
  const ways = itemsAt(group, 'conditions').map(condition => {
    const range = rangeOfTree(file, condition)
    const written = scalarAt(condition, 'condition')
    const when = written && bare(excerptOf(file, written))
    chooser = question ? 'customer' : when && chooserOf(when.text, asked)
    const words = answer && when ? answer(when) : when
    return { ...into(build, at(condition, 'actions'), next, range), when: words, chooser }
  })
  const otherwise = at(group, 'elseActions')
  const range = rangeOfTree(file, otherwise ?? group)
  return [...ways, { ...into(build, otherwise, next, range), otherwise: true, chooser }]
}
