// Where the severity and each parameter of a rule come from: the same decisions as `effectiveRules`, each with its place.
import type { Severity } from '../model/finding.ts'
import type { Point } from '../model/position.ts'
import type { RuleSettings } from './config.ts'
import { type Catalogue, parametersOf } from './effective.ts'

/** Weakest first. `from`: how a place is told. */
export type Decisions = {
  packs: readonly { name: string; from: string }[]
  settings: readonly { settings: RuleSettings; from: (at: Point) => string }[]
}

/** `from` is for people: "wayout.yaml:3:5", "pack \"recommended\"". */
export type Origin<Value = unknown> = { value: Value; from: string }
export type RuleOrigin = {
  id: string
  severity: Origin<Severity | 'off'>
  /** Those that may be tuned. */
  parameters: ReadonlyMap<string, Origin>
}

const ITSELF = 'the rule itself'
export const NOBODY = 'in no pack that is on'

/** All rules of the catalogue, in the order of their ids. */
export function originsOf(catalogue: Catalogue, { packs, settings }: Decisions): RuleOrigin[] {
  const own = new Set(catalogue.own)
  return [...catalogue.rules.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(rule => {
      const standard = () =>
        new Map(
          [...parametersOf(rule)].map(([name, value]): [string, Origin] => [name, { value, from: ITSELF }]),
        )
      let severity: RuleOrigin['severity'] = { value: 'off', from: NOBODY }
      let parameters = standard()
      const decide = (
        level: Severity | 'off' | undefined,
        given: readonly [string, Origin][],
        from: string,
      ) => {
        const isOff = severity.value === 'off'
        if (level !== undefined || isOff) severity = { value: level ?? rule.severity, from }
        // Who turns a rule off and on again begins anew.
        if (severity.value === 'off') parameters = standard()
        else for (const [name, origin] of given) parameters.set(name, origin)
      }
      for (const { name } of packs) {
        const setting = catalogue.packs.get(name)?.rules[rule.id]
        if (setting === undefined) continue
        const from = `pack "${name}"`
        const { severity: level, ...given } = typeof setting === 'string' ? { severity: setting } : setting
        decide(
          level,
          Object.entries(given).map(([name, value]) => [name, { value, from }]),
          from,
        )
      }
      if (own.has(rule.id)) decide(undefined, [], ITSELF)
      for (const { settings: byId, from } of settings) {
        const setting = byId.get(rule.id)
        if (!setting) continue
        const given = setting.parameters.map(({ name, value, at }): [string, Origin] => [
          name,
          { value, from: from(at) },
        ])
        decide(setting.severity, given, from(setting.at))
      }
      return { id: rule.id, severity, parameters }
    })
}
