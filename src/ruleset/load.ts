// The catalogue: the built-in rules and packs as generated from `rules/`, and the check of any rule before it is used.
import type { Severity } from '../model/finding.ts'
import type { Rule } from '../model/rule.ts'
import { packs, rules } from './generated.ts'

/** A named set of rules. A rule with `off`, or not named, is not in it. */
export type Pack = { id: string; title: string; rules: Record<string, PackEntry> }
export type PackEntry = Severity | 'off' | { severity?: Severity | 'off'; [parameter: string]: unknown }

/** All rules of `rules/`, in the order of the catalogue. Parsed on first use, then shared: do not change them. */
export function builtInRules(): Rule[] {
  parsedRules ??= rules.map(text => JSON.parse(text) as Rule)
  return parsedRules
}
let parsedRules: Rule[] | undefined

export function builtInPacks(): Pack[] {
  return packs.map(text => JSON.parse(text) as Pack)
}
