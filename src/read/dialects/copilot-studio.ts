// Copilot Studio topics: a trigger with the customer's words, then a list of actions with lists in it.
import type { Document, Playbook, Step } from '../../model/playbook.ts'
import { layOut } from './copilot/actions.ts'
import { addSteps } from './copilot/steps.ts'
import type { Dialect } from './dialect.ts'
import { act, type Draft, freeId, leave, newDraft, playbookOf, toStep } from './draft.ts'
import { documentOf, excerptOf, type File, isReadable, openFile, rangeOfTree, syntax } from './file.ts'
import {
  at,
  entriesAt,
  itemsAt,
  own,
  plainObject,
  type ScalarTree,
  scalarAt,
  type Tree,
  textAt,
} from './tree.ts'
import { spaced, voiced } from './words.ts'

export const copilotStudio: Dialect = {
  format: 'copilot-studio',

  matches(value) {
    return own(value, 'kind') === 'AdaptiveDialog' && plainObject(own(value, 'beginDialog')) !== undefined
  },

  read(path, text, value): Document {
    const file = openFile(path, 'copilot-studio', text)
    if (!isReadable(file, value)) return documentOf(file, [])
    return documentOf(file, readTopic(file, file.root))
  },
}

function readTopic(file: File, root: Tree): Playbook[] {
  const trigger = at(root, 'beginDialog')
  const actions = at(trigger, 'actions')
  if (!trigger || actions?.kind !== 'list') {
    syntax(file, 'expected a list of actions under "beginDialog"', rangeOfTree(file, trigger ?? root))
    return []
  }
  const draft = newDraft()
  const title = topicName(file.path) ?? shownName(root, trigger) ?? 'topic'
  const start = addTrigger(file, draft, root, trigger, title)
  const inputs = itemsAt(root, 'inputs').filter(i => textAt(i, 'kind') === 'AutomaticTaskInput')
  const given = inputs.map(i => `Topic.${textAt(i, 'propertyName')}`)
  const first = addSteps(file, draft, layOut(file, actions), given)
  const { range } = start
  leave(draft, start, [{ range, kind: 'next', ...(first === undefined ? {} : { to: toStep(first, range) }) }])
  const starts = [{ step: start.id }]
  return [playbookOf(draft, { title, range: rangeOfTree(file, root), starts, channels: ['chat'] })]
}

/** The step in which the customer, or the system, brings the topic up. */
function addTrigger(file: File, draft: Draft, root: Tree, trigger: Tree, title: string): Step {
  const kind = scalarAt(trigger, 'kind')
  const queries = itemsAt(trigger, 'intent', 'triggerQueries').filter(
    q => q.kind === 'scalar',
  ) as ScalarTree[]
  const description = queries.length === 0 ? scalarAt(root, 'modelDescription') : undefined
  const step: Step = {
    id: freeId(draft, textAt(trigger, 'id') ?? 'main'),
    title: textAt(trigger, 'intent', 'displayName') ?? spaced(title),
    range: rangeOfTree(file, kind ?? trigger),
    texts: queries.filter(q => q.text !== '').map(q => voiced('hear', excerptOf(file, q))),
    transitions: [],
    automated: true,
  }
  if (description) step.texts.push(voiced('trigger', excerptOf(file, description)))
  if (kind?.text === 'OnEscalate') step.knownActs = [act('human-request', step.range)]
  draft.steps.push(step)
  return step
}

/** The name by which other topics call it, which stands in its path: `…bot.topic.Leave gym/data`, `topics/Leave gym.mcs.yml`. */
function topicName(path: string): string | undefined {
  const parts = path.split('/')
  const base = parts.pop() ?? ''
  const plain = /^(?:data|topic\.ya?ml)$/.test(base) ? (parts.pop() ?? '') : base
  const name = plain.replace(/\.ya?ml$/, '').replace(/\.(?:mcs|topic)$/, '')
  const topic = name.lastIndexOf('.topic.')
  return (topic < 0 ? name : name.slice(topic + '.topic.'.length)) || undefined
}

function shownName(root: Tree, trigger: Tree): string | undefined {
  const metadata = entriesAt(root).find(e => e.key.text === 'mcs.metadata')?.value
  return textAt(metadata, 'componentName') ?? textAt(trigger, 'intent', 'displayName')
}
