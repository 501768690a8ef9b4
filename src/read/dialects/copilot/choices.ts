// Conditions of a Copilot Studio topic: who decides them, and the customer's answers in the words they were offered.
import type { Chooser } from '../../../model/act.ts'
import type { Excerpt } from '../../../model/position.ts'
import { part, pinned, trimmed } from '../../../model/source.ts'
import { at, itemsAt, type Tree, textAt } from '../tree.ts'
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

/** Tells the answers to a question in the customer's words: yes, no, or the name of what they pick. */
export function answersIn(question: Tree): (condition: Excerpt) => Excerpt {
  const entity = at(question, 'entity')
  const yesNo = (textAt(question, 'entity') ?? textAt(entity, 'kind')) === 'BooleanPrebuiltEntity'
  const names = new Map<string, string>()
  for (const item of [...itemsAt(entity, 'definition', 'items'), ...itemsAt(entity, 'items')])
    names.set(textAt(item, 'id') ?? '', textAt(item, 'displayName') ?? '')
  return condition => {
    const words = (yesNo ? yesOrNo(condition.text) : undefined) ?? picked(condition.text, names)
    return words && condition.marks[0] ? pinned(words, condition.marks[0]) : condition
  }
}

function yesOrNo(condition: string): string | undefined {
  const rest = condition.replace(variablesIn(condition)[0] ?? '', '').replace(/\s+/g, '')
  if (rest === '' || rest === '=true') return 'yes'
  return rest === '=false' || rest === '!' || /^not\(\)$/i.test(rest) ? 'no' : undefined
}

/** `Topic.Why = 'bot.topic.Leave.main.why'.'Too far'`. An item that is not listed is told only if its id is quoted. */
function picked(condition: string, names: ReadonlyMap<string, string>): string | undefined {
  const tail = /=\s{0,99}(?:'[^']{1,300}'\.)?(?:'([^']{1,300})'|"([^"]{1,300})"|([\w-]{1,300}))\s*$/.exec(
    condition,
  )
  const quoted = tail?.[1] ?? tail?.[2]
  return names.get(quoted ?? tail?.[3] ?? '') || quoted
}
