// What happens in one action of a Copilot Studio topic: what is said, the acts its kind makes certain, a title.
import type { DeclaredAct, Step } from '../../../model/playbook.ts'
import type { Excerpt, Range } from '../../../model/position.ts'
import { act } from '../draft.ts'
import { excerptOf, type File, rangeOfTree } from '../file.ts'
import { at, scalarAt, type Tree, textAt } from '../tree.ts'
import { shortened, spaced, voiced } from '../words.ts'
import type { Action } from './actions.ts'
import { variableOf } from './choices.ts'
import { cardFields, cardWords, spokenIn } from './speech.ts'

/** Fills in texts, title and known acts of a step. */
export function fillIn(file: File, step: Step, { tree, kind }: Action): void {
  const name = scalarAt(tree, 'displayName')
  const written = scalarAt(tree, 'kind')!
  const range = rangeOfTree(file, written)
  const said = saidBy(file, tree, kind)
  step.texts = said.map(e => voiced('say', e))
  step.title = name?.text ?? (said[0] ? shortened(said[0].text) : spaced(written.text))
  if (kind === undefined) {
    const reason = `an action of the kind "${written.text}": what follows it is read, what it does is not`
    file.unread.push({ range, reason, text: written.text })
  }
  if (kind === 'work' && name) step.texts.push(voiced('do', excerptOf(file, name)))
  if (kind === 'generate' && textAt(tree, 'autoSend') !== 'false') step.wordsElsewhere = written.text
  if (kind === 'silent' || kind === 'choose' || kind === 'goto') step.declaredActs = []
  const acts = knownActs(file, tree, kind, range)
  if (acts.length > 0) step.knownActs = acts
}

function saidBy(file: File, tree: Tree, kind: Action['kind']): Excerpt[] {
  if (kind === 'say') return spokenIn(file, at(tree, 'activity') ?? at(tree, 'message'))
  if (kind === 'ask') return spokenIn(file, at(tree, 'prompt'))
  const card = kind === 'card' ? scalarAt(tree, 'card') : undefined
  return card ? cardWords(excerptOf(file, card)) : []
}

/** Answers of these kinds are data; a yes, a choice or a free text may be anything. */
const DATA = new Set(
  [
    'Email',
    'PhoneNumber',
    'PersonName',
    'StreetAddress',
    'ZipCode',
    'Date',
    'DateTime',
    'Number',
    'Money',
    'Age',
  ]
    .concat('City', 'File')
    .map(name => `${name}PrebuiltEntity`),
)

function knownActs(file: File, tree: Tree, kind: Action['kind'], range: Range): DeclaredAct[] {
  if (kind === 'rate') return [act('feedback-request', range)]
  if (kind === 'sign-in') return [act('verify-identity', range)]
  if (kind === 'transfer') {
    if (textAt(tree, 'transferType', 'kind') !== 'TransferToPhoneNumber') return [act('human-agent', range)]
    const team = textAt(tree, 'transferType', 'phoneNumber') ?? 'a telephone number'
    return [act('transfer', range, { team })]
  }
  if (kind === 'ask') {
    const entity = textAt(tree, 'entity') ?? textAt(tree, 'entity', 'kind') ?? ''
    return DATA.has(entity) ? [act('collect-info', range, { items: [variableOf(tree) ?? entity] })] : []
  }
  const card = kind === 'card' ? scalarAt(tree, 'card') : undefined
  const items = card ? cardFields(excerptOf(file, card)) : []
  return items.length > 0 ? [act('collect-info', range, { items })] : []
}
