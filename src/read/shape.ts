// Whether a YAML or JSON value is a playbook of our own, judged by its top, and what to say of one that is nothing we know.
import { nearest } from '../model/nearest.ts'

/** What stands at the top of a document: the keys of a mapping, or what else it is. */
export type Top = { keys: readonly string[]; hasStepMapping: boolean } | 'list' | 'empty' | { text: string }

/** The keys beside `playbook` and `steps` that are named in a message. */
const NAMED = 5

/** A mapping with `playbook`, with a mapping under `steps`, or with both slightly misspelled. */
export function isOwnShape(top: Top): boolean {
  if (typeof top === 'string' || 'text' in top) return false
  const { keys, hasStepMapping } = top
  const hasLike = (word: string) => keys.some(key => nearest(key, [word]) !== undefined)
  return keys.includes('playbook') || hasStepMapping || (hasLike('playbook') && hasLike('steps'))
}

/** Why a document is not read. */
export function unknownShape(top: Top): string {
  return `not a flow format I know: ${described(top)}; expected "playbook" and "steps"`
}

function described(top: Top): string {
  if (top === 'list') return 'a list at the top'
  if (top === 'empty') return 'nothing in it'
  if ('text' in top) return `a text at the top, "${shortened(top.text)}"`
  if (top.keys.length === 0) return 'an empty mapping'
  const named = top.keys.slice(0, NAMED).map(key => `"${shortened(key)}"`)
  return `top-level keys ${named.join(', ')}${top.keys.length > NAMED ? ', …' : ''}`
}

function shortened(text: string): string {
  const line = text.split('\n', 1)[0]!
  return line.length > 40 || line.length < text.length ? `${line.slice(0, 40)}…` : line
}

/** The top of a plain value, as JSON gives it. */
export function topOf(value: unknown): Top {
  if (Array.isArray(value)) return 'list'
  if (value === null || value === undefined) return 'empty'
  if (typeof value !== 'object') return { text: String(value) }
  const steps = Object.hasOwn(value, 'steps') ? (value as { steps: unknown }).steps : undefined
  return {
    keys: Object.keys(value),
    hasStepMapping: typeof steps === 'object' && steps !== null && !Array.isArray(steps),
  }
}
