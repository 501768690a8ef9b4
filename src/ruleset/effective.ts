// From the catalogue, packs, configuration and command line to the rules that are on, with their severity and parameters.
import type { Severity } from '../model/finding.ts'
import { didYouMean } from '../model/nearest.ts'
import type { Rule } from '../model/rule.ts'
import type { Config, ConfigProblem, RuleSetting, RuleSettings } from './config.ts'
import type { Pack } from './load.ts'
import { listed, shown } from './words.ts'

/** All rules by id (the built-in ones and a team's own) and all packs by id. */
export type Catalogue = {
  rules: ReadonlyMap<string, Rule>
  packs: ReadonlyMap<string, Pack>
  own: readonly string[]
}

/** The pack that is on where a configuration names none. */
export const DEFAULT_PACK = 'recommended'

type Validate = (value: unknown, where: string, acts: Iterable<string>) => { rule?: Rule; problems: string[] }

/** The catalogue with a team's own rules of all its configuration files; these are checked by `validate`. */
export function catalogueOf(
  builtIn: readonly Rule[],
  packs: readonly Pack[],
  configs: readonly Config[],
  validate: Validate,
): { catalogue: Catalogue; problems: ConfigProblem[] } {
  const rules = new Map(builtIn.map(rule => [rule.id, rule]))
  const own: string[] = []
  const acts = configs.flatMap(config => [...config.acts.keys()])
  const problems: ConfigProblem[] = []
  for (const { path, ownRules } of configs) {
    for (const { value, at } of ownRules) {
      const { rule, problems: found } = validate(value, path, acts)
      for (const message of found) problems.push({ path, at, message })
      if (!rule) continue
      if (rules.has(rule.id)) {
        const whose = own.includes(rule.id) ? 'this team has' : 'wayout has'
        problems.push({ path, at, message: `${whose} a rule "${rule.id}" already; give this one another id` })
        continue
      }
      rules.set(rule.id, rule)
      own.push(rule.id)
    }
  }
  return { catalogue: { rules, packs: new Map(packs.map(pack => [pack.id, pack])), own }, problems }
}

/** What a configuration names that does not exist: packs, rules, parameters; and values of the wrong type. */
export function unknownNames(config: Config, { rules, packs }: Catalogue): ConfigProblem[] {
  const problems: ConfigProblem[] = []
  const { path } = config
  for (const { name, at } of config.packs ?? []) {
    if (!packs.has(name)) problems.push({ path, at, message: unknownPack(name, packs) })
  }
  const exceptions = [...config.unsuppressable, ...config.suppressions.flatMap(one => one.rules)]
  for (const { name, at } of exceptions) {
    if (!rules.has(name)) problems.push({ path, at, message: unknownRule(name, rules) })
  }
  for (const settings of [config.rules, ...config.overrides.map(override => override.rules)]) {
    for (const [id, { at, parameters }] of settings) {
      const rule = rules.get(id)
      if (!rule) problems.push({ path, at, message: unknownRule(id, rules) })
      else
        for (const one of parameters) {
          const message = wrongParameter(rule, one.name, one.value)
          if (message !== undefined) problems.push({ path, at: one.at, message })
        }
    }
  }
  return problems
}

export function unknownRule(id: string, rules: ReadonlyMap<string, unknown>): string {
  return `unknown rule "${id}"${didYouMean(id, rules.keys()) || '; "wayout rules" lists them'}`
}

export function unknownPack(name: string, packs: ReadonlyMap<string, unknown>): string {
  return `unknown pack "${name}"${didYouMean(name, packs.keys()) || `; there are ${listed([...packs.keys()].sort()).replace(' or ', ' and ')}`}`
}

/** The parameters of a rule that may be tuned, with their defaults: its limits and switches, not what it demands. */
export function parametersOf(rule: Rule): Map<string, number | boolean | string> {
  const found = new Map<string, number | boolean | string>()
  for (const [name, value] of Object.entries(rule)) {
    if (typeof value === 'number' || typeof value === 'boolean') found.set(name, value)
    else if (typeof value === 'string' && isDuration(value)) found.set(name, value)
  }
  return found
}

function wrongParameter(rule: Rule, name: string, value: unknown): string | undefined {
  const parameters = parametersOf(rule)
  const standard = parameters.get(name)
  if (standard === undefined) {
    const names = [...parameters.keys()].sort()
    const has = names.length > 0 ? `; it has ${listed(names).replace(' or ', ' and ')}` : '; it has none'
    return `rule "${rule.id}" has no parameter "${name}"${didYouMean(name, names) || has}`
  }
  if (typeof standard === 'string') {
    if (typeof value === 'string' && isDuration(value)) return undefined
    return `"${name}" of "${rule.id}" is a time such as "${standard}", not ${shown(value)}`
  }
  if (typeof standard === 'boolean') {
    return typeof value === 'boolean'
      ? undefined
      : `"${name}" of "${rule.id}" is true or false, not ${shown(value)}`
  }
  if (Number.isInteger(value) && (value as number) >= 0) return undefined
  return `"${name}" of "${rule.id}" is a whole number such as ${standard}, not ${shown(value)}`
}

/** `5 min`, `2 business days`, `PT5M`. */
function isDuration(text: string): boolean {
  return (
    /^\d+(\.\d+)? ?(s|sec|min|h|days?|business days?)$/.test(text) || /^P(?=[\dT])[\dYMWDTHS.]+$/.test(text)
  )
}

/** What decides, weakest first: packs, then settings (of extended files, of the configuration, of the command line). */
export type Sources = { packs: readonly string[]; settings: readonly RuleSettings[] }

/**
 * The rules that are on. A pack turns its rules on, a team's own rules are on by themselves; naming a rule
 * turns it on unless it is set to off. Rules unknown to the catalogue are passed over (see `unknownNames`).
 */
export function effectiveRules(catalogue: Catalogue, sources: Sources): Rule[] {
  const on = new Map<string, Rule>()
  const apply = (id: string, severity: Severity | 'off' | undefined, parameters: Record<string, unknown>) => {
    const rule = on.get(id) ?? catalogue.rules.get(id)
    if (!rule) return
    if (severity === 'off') on.delete(id)
    else on.set(id, { ...rule, ...parameters, severity: severity ?? rule.severity } as Rule)
  }
  for (const name of sources.packs) {
    for (const [id, setting] of Object.entries(catalogue.packs.get(name)?.rules ?? {})) {
      if (typeof setting === 'string') apply(id, setting, {})
      else {
        const { severity, ...parameters } = setting
        apply(id, severity, parameters)
      }
    }
  }
  for (const id of catalogue.own) apply(id, undefined, {})
  for (const settings of sources.settings) {
    for (const [id, { severity, parameters }] of settings) {
      apply(id, severity, Object.fromEntries(parameters.map(({ name, value }) => [name, value])))
    }
  }
  return [...on.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** A setting made on the command line. */
export function setting(severity: Severity | 'off'): RuleSetting {
  return { severity, parameters: [], at: { line: 1, column: 1 } }
}
