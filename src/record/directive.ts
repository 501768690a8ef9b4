// A suppression as written in a comment: which rules, for what, why, until when, and who answers for it.
import { didYouMean } from '../model/nearest.ts'
import { detailsOf } from './details.ts'

export const SCOPES = ['next-step', 'file'] as const

/** What a suppression says, wherever it is written. Dates are `YYYY-MM-DD`, the last day on which it holds. */
export type Terms = {
  rules: string[]
  reason: string
  until?: string
  owner?: string
  ticket?: string
}

export type Directive = Terms & { scope: (typeof SCOPES)[number] }

/** A directive, or what is wrong with it (`problem`) and how it is written right (`fix`). */
export type ParsedDirective = { directive: Directive } | { problem: string; fix: string }

const NAMES = SCOPES.map(scope => `wayout-disable-${scope}`)
const GRAMMAR = 'wayout-disable-next-step RULE -- REASON until YYYY-MM-DD owner NAME ticket ID'
const LONGEST_SHOWN = 60

/** Whether a comment (without its marks) wants to be a suppression, well-formed or not. */
export function isDirective(text: string): boolean {
  return /^wayout(?:-[a-z]|[ \t]+(?:disable|ignore|suppress))/i.test(text)
}

/** Reads the text of a comment for which `isDirective` holds. O(length); never throws. */
export function parseDirective(text: string): ParsedDirective {
  const words = text.trim()
  const end = words.search(/\s/)
  const name = end < 0 ? words : words.slice(0, end)
  const scope = SCOPES.find(one => name === `wayout-disable-${one}`)
  if (!scope) {
    const hint = didYouMean(name, NAMES) || `; expected "${NAMES.join('" or "')}"`
    return wrong(`unknown suppression "${shown(name)}"${hint}`)
  }
  const rest = end < 0 ? '' : words.slice(end).trim()
  const [list, reason] = split(rest)
  const rules = list.split(',').map(rule => rule.trim())
  if (rules.every(rule => rule === '')) return wrong('the suppression names no rule')
  const odd = rules.find(rule => !/^[a-z0-9]+(?:[-/][a-z0-9]+)*$/i.test(rule))
  if (reason === undefined) {
    return wrong(
      odd === undefined
        ? 'the suppression gives no reason; write it behind the rules, after "--"'
        : `the suppression gives no reason that could be told from its rules: "--" must stand between them`,
    )
  }
  if (odd !== undefined) {
    return wrong(
      odd === ''
        ? 'there is a comma too many between the rules of the suppression'
        : `"${shown(odd)}" is no rule; several are joined by commas`,
    )
  }
  const read = detailsOf(reason)
  if ('problem' in read) return wrong(read.problem)
  return { directive: { scope, rules: [...new Set(rules)], ...read } }
}

/** At the first `--` that stands by itself. */
function split(rest: string): [rules: string, reason: string | undefined] {
  const words = [...rest.matchAll(/\S+/g)]
  const dashes = words.find(word => word[0] === '--')
  if (!dashes) return [rest, undefined]
  return [rest.slice(0, dashes.index), rest.slice(dashes.index + 2)]
}

const wrong = (problem: string): ParsedDirective => ({ problem, fix: `write it as "${GRAMMAR}"` })

function shown(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN - 1)}…`
}
