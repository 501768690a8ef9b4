// Which rules hold here: the catalogue, the configuration and the flags put together; all mistakes are told at once.
import { resolve } from 'node:path'
import { SEVERITIES, type Severity } from '../model/finding.ts'
import { didYouMean } from '../model/nearest.ts'
import type { Point } from '../model/position.ts'
import type { Rule } from '../model/rule.ts'
import type { ConfigProblem, RuleSettings } from '../ruleset/config.ts'
import {
  type Catalogue,
  catalogueOf,
  DEFAULT_PACK,
  effectiveRules,
  setting,
  unknownNames,
  unknownPack,
  unknownRule,
} from '../ruleset/effective.ts'
import { builtInPacks, builtInRules } from '../ruleset/load.ts'
import type { Decisions } from '../ruleset/origins.ts'
import { usageError } from './exit.ts'
import { isMatched, patternsOf } from './ignored.ts'
import { lastSet, type Project } from './project.ts'

export type RulesHere = {
  catalogue: Catalogue
  /** The rules that are on where no override says otherwise. */
  rules: Rule[]
  /** These, and those that an override turns on. */
  all: Rule[]
  differByFile: boolean
  /** The rules that are on for a file (path relative to `cwd`); the same array for files with the same overrides. */
  rulesFor(path: string): Rule[]
  /** What decides about the rules of a file, weakest first, and where it stands. */
  decisions(path: string): Decisions
}

/** Throws a usage error that names everything wrong in the configuration and in `--rule` and `--pack`. */
export async function rulesHere(
  project: Project,
  cwd: string,
  flags: { rule?: string[]; pack?: string[] },
): Promise<RulesHere> {
  const own = new Set(project.configs.flatMap(config => [...config.acts.keys()]))
  // Only a team's own rules need checking: the built-in ones were checked when they were generated.
  const hasOwn = project.configs.some(config => config.ownRules.length > 0)
  const { validateRule } = hasOwn
    ? await import('../ruleset/validate.ts')
    : { validateRule: () => ({ problems: [] }) }
  const validate = (value: unknown, where: string) => validateRule(value, where, own)
  const { catalogue, problems } = catalogueOf(builtInRules(), builtInPacks(), project.configs, validate)
  const wrong = [
    ...project.problems,
    ...problems,
    ...(await wrongActWords(project)),
    ...project.configs.flatMap(config => unknownNames(config, catalogue)),
  ]
  const added = flags.pack ?? []
  const fromFlags = settingsOf(flags.rule ?? [], catalogue)
  const packMistakes = added
    .filter(name => !catalogue.packs.has(name))
    .map(name => unknownPack(name, catalogue.packs))
  const mistakes = [...wrong.sort(byPlace).map(told), ...packMistakes, ...fromFlags.mistakes]
  if (mistakes.length > 0) throw usageError(...mistakes)

  const named = lastSet(project, ({ path, packs }) =>
    packs?.map(({ name, at }) => ({ name, from: placeOf(path, at) })),
  ) ?? [{ name: DEFAULT_PACK, from: 'by default' }]
  const packs = [...named, ...added.map(name => ({ name, from: '--pack' }))]
  const base = project.configs.map(config => config.rules)
  const overrides = project.configs.flatMap(({ path, folder, overrides }) =>
    overrides.map(({ files, rules }) => ({ path, rules, patterns: patternsOf(folder, files) })),
  )
  const effective = (special: RuleSettings[]) =>
    effectiveRules(catalogue, {
      packs: packs.map(({ name }) => name),
      settings: [...base, ...special, fromFlags.settings],
    })
  const rules = effective([])
  const decisions = (path: string): Decisions => ({
    packs,
    settings: [
      ...project.configs.map(config => ({ settings: config.rules, from: placedIn(config.path) })),
      ...overrides
        .filter(({ patterns }) => isMatched([patterns], resolve(cwd, path), false))
        .map(override => ({ settings: override.rules, from: placedIn(override.path) })),
      { settings: fromFlags.settings, from: () => '--rule' },
    ],
  })
  const known = new Map([[overrides.map(() => false).join(), rules]])
  const rulesFor = (path: string) => {
    const holding = overrides.map(({ patterns }) => isMatched([patterns], resolve(cwd, path), false))
    const key = holding.join()
    const found =
      known.get(key) ?? effective(overrides.filter((_, i) => holding[i]).map(override => override.rules))
    known.set(key, found)
    return found
  }
  const everywhere = [...rules, ...overrides.flatMap(override => effective([override.rules]))]
  const all = [...new Map(everywhere.toReversed().map(rule => [rule.id, rule])).values()].sort(byId)
  return { catalogue, rules, all, differByFile: overrides.length > 0, rulesFor, decisions }
}

/** `--rule ID=LEVEL`, as many as there are. */
function settingsOf(flags: string[], catalogue: Catalogue): { settings: RuleSettings; mistakes: string[] } {
  const levels = [...SEVERITIES, 'off'] as const
  const settings: RuleSettings = new Map()
  const mistakes: string[] = []
  for (const flag of flags) {
    const [id, level, ...more] = flag.split('=') as [string, ...string[]]
    if (level === undefined || more.length > 0) {
      mistakes.push(`"--rule ${flag}" is not ID=LEVEL, as in "--rule hold-bounded=warning"`)
    } else if (!catalogue.rules.has(id)) mistakes.push(`--rule: ${unknownRule(id, catalogue.rules)}`)
    else if (!levels.some(known => known === level)) {
      mistakes.push(
        `--rule: "${level}" is no severity${didYouMean(level, levels) || '; expected off, info, warning or error'}`,
      )
    } else settings.set(id, setting(level as Severity | 'off'))
  }
  return { settings, mistakes }
}

const placeOf = (path: string, { line, column }: Point) => `${path}:${line}:${column}`
const placedIn = (path: string) => (at: Point) => placeOf(path, at)
const told = ({ path, at, message }: ConfigProblem) => `${placeOf(path, at)}: ${message}`

function byPlace(a: ConfigProblem, b: ConfigProblem): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.at.line - b.at.line || a.at.column - b.at.column
}

const byId = (a: Rule, b: Rule) => (a.id < b.id ? -1 : 1)

/** What is wrong with a team's phrases and with the ids of the patterns it removes. */
async function wrongActWords({ configs }: Project): Promise<ConfigProblem[]> {
  if (!configs.some(({ actWords }) => actWords.phrases.length + actWords.removed.length > 0)) return []
  const { wrongPatternId, wrongPhrase } = await import('../run/phrases.ts')
  const wrong: ConfigProblem[] = []
  for (const { path, actWords } of configs) {
    const tell = (at: Point, message: string | null) => message !== null && wrong.push({ path, at, message })
    for (const { name, at } of actWords.phrases) tell(at, wrongPhrase(name))
    for (const { name, at } of actWords.removed) tell(at, await wrongPatternId(name))
  }
  return wrong
}
