// A team's wayout.yaml: from its text to a Config; whatever is wrong with its shape is told by line and column.
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { SEVERITIES, type Severity } from '../model/finding.ts'
import { didYouMean } from '../model/nearest.ts'
import type { Point } from '../model/position.ts'
import { isSiteLink } from '../model/roots.ts'
import { entries, type Named, type Reading, strings, text } from './nodes.ts'
import { type OwnAct, type OwnActs, readActs } from './own-acts.ts'
import { type ConfiguredSuppression, readSuppressions } from './suppressions.ts'
import { listed, shown } from './words.ts'

/** What a team says about one rule: another severity, or other values for its parameters. */
export type RuleSetting = { severity?: Severity | 'off'; parameters: Parameter[]; at: Point }
export type Parameter = { name: string; value: unknown; at: Point }

/** Settings by rule id. Whether such rules exist is checked when the files are put together (`effective.ts`). */
export type RuleSettings = Map<string, RuleSetting>

export type Override = { files: string[]; rules: RuleSettings }
/** A beginning of links, and the folder of the project that it stands for, relative to the configuration. */
export type ConfiguredRoot = { prefix: string; folder: string; at: Point }
export type FailOn = Severity | 'never'

/** One configuration file as written; its paths and patterns are relative to the folder it stands in. */
export type Config = {
  /** As shown to the user. */
  path: string
  /** Where each of its keys stands. */
  places: Map<string, Point>
  extends: Named[]
  packs?: Named[]
  rules: RuleSettings
  /** A team's own rules, not yet validated. */
  ownRules: { value: unknown; at: Point }[]
  ignore: string[]
  paths?: string[]
  overrides: Override[]
  acts: Map<string, OwnAct>
  /** Of the acts: the phrases and the ids of removed patterns. */
  actWords: Pick<OwnActs, 'phrases' | 'removed'>
  root?: string
  /** Where links of the team's own site lead: from what they begin with to a folder. */
  roots: ConfiguredRoot[]
  failOn?: FailOn
  /** Exceptions to the rules for files that patterns name. */
  suppressions: ConfiguredSuppression[]
  /** Rules that nothing may suppress. */
  unsuppressable: Named[]
  /** The file with the findings that are known. */
  baseline?: Named
}

export type ConfigProblem = { path: string; at: Point; message: string }

export const CONFIG_KEYS = [
  'extends',
  'packs',
  'rules',
  'ignore',
  'paths',
  'overrides',
  'acts',
  'root',
  'roots',
  'fail-on',
  'suppressions',
  'unsuppressable',
  'baseline',
] as const
export const FAIL_LEVELS: readonly FailOn[] = [...SEVERITIES, 'never']
const LEVELS: readonly (Severity | 'off')[] = [...SEVERITIES, 'off']

/**
 * Reads the text of a configuration file (YAML, or JSON, which is YAML), or with `key` the value of that key
 * in it (`wayout` in package.json). Never throws: every mistake becomes a problem and the rest is still read.
 */
export function parseConfig(
  text: string,
  path: string,
  key?: string,
): { config: Config; problems: ConfigProblem[] } {
  const config: Config = {
    path,
    places: new Map(),
    extends: [],
    rules: new Map(),
    ownRules: [],
    ignore: [],
    overrides: [],
    acts: new Map(),
    actWords: { phrases: [], removed: [] },
    roots: [],
    suppressions: [],
    unsuppressable: [],
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false })
  const problems: ConfigProblem[] = []
  const pointOf = (offset: number): Point => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  for (const error of document.errors) {
    problems.push({ path, at: pointOf(error.pos[0]), message: lowerFirst(error.message) })
  }
  if (problems.length > 0) return { config, problems }

  const value = (node: unknown): unknown => {
    try {
      return (node as Node | null)?.toJS(document, { maxAliasCount: 100 })
    } catch {
      return undefined
    }
  }
  const reading: Reading = {
    at: node => pointOf((node as Node | null)?.range?.[0] ?? 0),
    tell: (node, message) => problems.push({ path, at: reading.at(node), message }),
    resolve: node => (isAlias(node) ? node.resolve(document) : node),
    value,
  }
  const top: unknown = key === undefined ? document.contents : (document.get(key, true) ?? null)
  if (top !== null && !(isScalar(top) && top.value === null)) readTop(top, config, reading)
  return { config, problems }
}

function readTop(top: unknown, config: Config, reading: Reading): void {
  for (const { name, key, value } of entries(top, 'the configuration', reading)) {
    config.places.set(name, reading.at(key))
    if (name === 'extends') config.extends = strings(value, name, 'file names', reading)
    else if (name === 'packs') config.packs = strings(value, name, 'packs', reading)
    else if (name === 'rules') readRules(value, config, reading)
    else if (name === 'ignore') config.ignore = patterns(value, name, reading)
    else if (name === 'paths') config.paths = strings(value, name, 'paths', reading).map(path => path.name)
    else if (name === 'overrides') config.overrides = readOverrides(value, reading)
    else if (name === 'acts') {
      const { acts, ...words } = readActs(value, reading)
      Object.assign(config, { acts, actWords: words })
    } else if (name === 'root') config.root = text(value, name, 'a folder', reading) ?? '.'
    else if (name === 'roots') readRoots(value, config, reading)
    else if (name === 'fail-on') readFailOn(value, config, reading)
    else if (name === 'suppressions') config.suppressions = readSuppressions(value, reading)
    else if (name === 'unsuppressable') config.unsuppressable = strings(value, name, 'rules', reading)
    else if (name === 'baseline') readBaseline(value, config, reading)
    else reading.tell(key, `unknown key "${name}"${didYouMean(name, CONFIG_KEYS) || expected(CONFIG_KEYS)}`)
  }
}

function readRoots(node: unknown, config: Config, reading: Reading): void {
  for (const { name, key, value } of entries(node, 'roots', reading)) {
    const folder = text(value, name, 'a folder', reading)
    if (!isSiteLink(name))
      reading.tell(key, `"${name}" is no beginning of a link; expected "/…/" or "https://…/"`)
    else if (folder !== undefined) config.roots.push({ prefix: name, folder, at: reading.at(value) })
  }
}

function readFailOn(node: unknown, config: Config, reading: Reading): void {
  const level = text(node, 'fail-on', listed(FAIL_LEVELS), reading)
  if (level === undefined) return
  if (isOneOf(level, FAIL_LEVELS)) config.failOn = level
  else
    reading.tell(
      node,
      `"${level}" is no level for "fail-on"${didYouMean(level, FAIL_LEVELS) || expected(FAIL_LEVELS)}`,
    )
}

function readBaseline(node: unknown, config: Config, reading: Reading): void {
  const name = text(node, 'baseline', 'a file, such as ".wayout-baseline"', reading)
  if (name) config.baseline = { name, at: reading.at(node) }
  else if (name === '') reading.tell(node, '"baseline" names no file')
}

function readRules(node: unknown, config: Config, reading: Reading): void {
  const resolved = reading.resolve(node)
  if (!isSeq(resolved)) {
    config.rules = readSettings(node, reading)
    return
  }
  for (const item of resolved.items) {
    if (isMap(reading.resolve(item)))
      config.ownRules.push({ value: reading.value(item), at: reading.at(item) })
    else
      reading.tell(
        item,
        'a list under "rules" holds whole rules; to tune rules write "id: severity" without the dash',
      )
  }
}

function readSettings(node: unknown, reading: Reading): RuleSettings {
  const settings: RuleSettings = new Map()
  for (const { name, key, value } of entries(node, 'rules', reading)) {
    const setting: RuleSetting = { parameters: [], at: reading.at(key) }
    if (!isMap(reading.resolve(value))) {
      setLevel(setting, value, reading)
    } else {
      for (const parameter of entries(value, name, reading)) {
        if (parameter.name === 'severity') setLevel(setting, parameter.value, reading)
        else {
          const at = reading.at(parameter.key)
          setting.parameters.push({ name: parameter.name, value: reading.value(parameter.value), at })
        }
      }
    }
    settings.set(name, setting)
  }
  return settings
}

function setLevel(setting: RuleSetting, node: unknown, reading: Reading): void {
  const level = reading.value(node)
  if (isOneOf(level, LEVELS)) setting.severity = level
  else
    reading.tell(
      node,
      `${shown(level)} is no severity${didYouMean(String(level), LEVELS) || expected(LEVELS)}`,
    )
}

function readOverrides(node: unknown, reading: Reading): Override[] {
  const list = reading.resolve(node)
  if (!isSeq(list)) {
    reading.tell(node, '"overrides" is a list of "files" and "rules"')
    return []
  }
  const overrides: Override[] = []
  for (const item of list.items) {
    const override: Override = { files: [], rules: new Map() }
    for (const { name, key, value } of entries(item, 'an override', reading)) {
      if (name === 'files') override.files = patterns(value, name, reading)
      else if (name === 'rules') override.rules = readSettings(value, reading)
      else
        reading.tell(
          key,
          `unknown key "${name}" in an override${didYouMean(name, ['files', 'rules']) || expected(['files', 'rules'])}`,
        )
    }
    if (override.files.length === 0) reading.tell(item, 'an override needs "files": for which files it holds')
    overrides.push(override)
  }
  return overrides
}

const patterns = (node: unknown, name: string, reading: Reading) =>
  strings(node, name, 'patterns as in .gitignore', reading).map(pattern => pattern.name)

const lowerFirst = (message: string) => message.charAt(0).toLowerCase() + message.slice(1)
const expected = (names: readonly string[]) => `; expected ${listed(names)}`
const isOneOf = <T extends string>(value: unknown, names: readonly T[]): value is T =>
  names.some(name => name === value)
