// Conditions of a Copilot Studio topic: who decides them, and the customer's answers in the words they were offered.
import type { Chooser } from '../../../model/act.ts'
import type { Excerpt } from '../../../model/position.ts'
import { part, pinned, trimmed } from '../../../model/source.ts'
import { at, itemsAt, scalarAt, type Tree, textAt } from '../tree.ts'
import type { Action } from './actions.ts'

/** The variable a question fills: `init:Topic.Stays` → Topic.Stays */
export function variableOf(question: Tree): string | undefined {
  return textAt(question, 'variable')?.replace(/^init:/, '')
}

/** The variables a condition mentions: `Topic.Stays`, `Global.Plan`, `System.FallbackCount`. */
export function variablesIn(condition: string): string[] {
  return [...condition.matchAll(/\b(?:Topic|Global|System|User|Env)\.[A-Za-z_]\w*/g)].map(m => m[0])
}

/** The condition itself, without the sign that makes it a formula. */
export function bare(condition: Excerpt): Excerpt {
  return condition.text.startsWith('=') ? trimmed(part(condition, 1, condition.text.length)) : condition
}

export function chooserOf(condition: string, asked: ReadonlySet<string>): Chooser | undefined {
  const variables = variablesIn(condition)
  if (variables.length === 0) return undefined
  if (variables.every(v => asked.has(v))) return 'customer'
  return variables.every(v => v.startsWith('System.')) ? 'system' : undefined
}

/**
 * The branches that directly answer a question: a group right behind it all of whose conditions test its variable and
 * nothing else, unless something jumps to the group.
 */
export function answersTo(action: Action, jumpedTo: ReadonlySet<string>): Tree | undefined {
  const behind = action.list.items[action.index + 1]
  const variable = variableOf(action.tree)
  if (action.kind !== 'ask' || !behind || !variable || jumpedTo.has(textAt(behind, 'id') ?? ''))
    return undefined
  const conditions = itemsAt(behind, 'conditions')
  const about = conditions.map(c => variablesIn(textAt(c, 'condition') ?? ''))
  const answers = conditions.length > 0 && about.every(vs => vs.length > 0 && vs.every(v => v === variable))
  return answers ? behind : undefined
}

/** An answer in the customer's words: yes, no, or the name of what they pick; the condition if that cannot be told. */
export function answerIn(condition: Excerpt, question: Tree): Excerpt {
  const here = condition.marks[0]
  const say = (words: string) => (here ? pinned(words, here) : condition)
  const entity = at(question, 'entity')
  const kind = entity?.kind === 'scalar' ? entity.text : (textAt(entity, 'kind') ?? '')
  const [variable] = variablesIn(condition.text)
  const rest = condition.text.replace(variable ?? '', '').replace(/\s+/g, '')
  if (kind === 'BooleanPrebuiltEntity') {
    if (rest === '' || rest === '=true') return say('yes')
    if (rest === '=false' || rest === '!' || /^not\(\)$/i.test(rest)) return say('no')
  }
  const picked = /=\s*(?:'[^']{1,300}'\.)?(?:'([^']{1,300})'|"([^"]{1,300})"|([\w-]{1,300}))\s*$/.exec(
    condition.text,
  )
  const id = picked?.[1] ?? picked?.[2] ?? picked?.[3]
  if (id === undefined) return condition
  const items = [...itemsAt(entity, 'definition', 'items'), ...itemsAt(entity, 'items')]
  const name = scalarAt(
    items.find(i => textAt(i, 'id') === id),
    'displayName',
  )
  // An item that is not listed here has an id of letters nobody reads, or is named by its id.
  return name ? say(name.text) : picked?.[3] === undefined ? say(id) : condition
}
