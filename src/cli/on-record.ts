// What is on record here: the exceptions of the configuration, what may not be suppressed, the baseline, and the day.
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { type InUse, parseBaseline } from '../record/baseline.ts'
import type { OnRecord } from '../record/linted.ts'
import type { Configured } from '../record/register.ts'
import type { Options } from './arguments.ts'
import { usageError } from './exit.ts'
import { shownPath } from './files.ts'
import type { Gathered } from './gather.ts'
import { isInside, isMatched, patternsOf } from './ignored.ts'
import { type LocatedConfig, lastSet, type Project } from './project.ts'
import type { RulesHere } from './rules-here.ts'
import type { Streams } from './streams.ts'
import { readText } from './text.ts'

export const BASELINE = '.wayout-baseline'

/** The exceptions that hold here, without the baseline. */
export function exceptionsHere(
  project: Project,
  here: RulesHere,
  gathered: Gathered,
  streams: Streams,
): OnRecord {
  return {
    configured: project.configs.flatMap(config => configuredIn(config, gathered, streams.cwd)),
    unsuppressable: unsuppressable(project, here),
    today: streams.today ?? new Date().toISOString().slice(0, 10),
    known: new Set(here.catalogue.rules.keys()),
  }
}

/** The baseline in use, if any. Throws a usage error where it cannot be read. */
export function baselineHere(
  project: Project,
  here: RulesHere,
  gathered: Gathered,
  options: Options,
  { cwd }: Streams,
): { baseline?: InUse } {
  const file = baselineFile(project, options, cwd)
  if (file === undefined) return {}
  if (existsSync(file)) return { baseline: baselineIn(file, here, gathered, cwd) }
  throw usageError(`baseline "${shownPath(file, cwd)}": no such file; "wayout baseline" writes it`)
}

/**
 * What any configuration that holds here forbids, and the rules that such a rule leaves its findings to: with those
 * suppressed, they would not be told at all.
 */
export function unsuppressable({ configs }: Project, { catalogue }: RulesHere): Set<string> {
  const named = configs.flatMap(config => config.unsuppressable.map(({ name }) => name))
  const others = named.flatMap(id => catalogue.rules.get(id)?.yields_to ?? [])
  return new Set([...named, ...others])
}

/** The absolute path of the baseline in use; undefined without one. */
export function baselineFile(project: Project, options: Options, cwd: string): string | undefined {
  if (options.baseline === '') throw usageError('"--baseline" names no file')
  if (options.baseline !== undefined) return resolve(cwd, options.baseline)
  return lastSet(project, ({ baseline, folder }) => baseline && resolve(folder, baseline.name))
}

/** The baseline in a file that exists. */
export function baselineIn(file: string, here: RulesHere, gathered: Gathered, cwd: string): InUse {
  const path = shownPath(file, cwd)
  const folder = dirname(file)
  const read = readText(file)
  if ('error' in read) throw usageError(`baseline "${path}": ${read.error}`)
  const { lines, problems } = parseBaseline(read.text)
  if (problems.length > 0)
    throw usageError(...problems.map(({ line, message }) => `${path}:${line}: ${message}`))
  const looked = new Set(gathered.sources.map(source => source.path))
  return {
    path,
    lines,
    relative: one => shownPath(resolve(cwd, one), folder),
    isLookedAt(rule, one) {
      const absolute = resolve(folder, one)
      const shown = shownPath(absolute, cwd)
      const isGone = () => covers(gathered.paths, absolute, cwd) && !existsSync(absolute)
      if (!looked.has(shown) && !isGone()) return false
      return here.rulesFor(shown).some(({ id }) => id === rule)
    },
  }
}

function configuredIn(
  { suppressions, folder, path }: LocatedConfig,
  gathered: Gathered,
  cwd: string,
): Configured[] {
  return suppressions.map(({ at, files, rules, ...terms }) => {
    const patterns = [patternsOf(folder, files)]
    return {
      ...terms,
      files,
      rules: [...new Set(rules.map(({ name }) => name))],
      place: { path, range: { start: at, end: at } },
      matches: file => isMatched(patterns, resolve(cwd, file), false),
      isCovered:
        gathered.isAll || files.every(one => covers(gathered.paths, resolve(folder, baseOf(one)), cwd)),
    }
  })
}

/** Whether all that is at or below an absolute path was looked at. */
function covers(paths: readonly string[], absolute: string, cwd: string): boolean {
  return paths.some(path => isInside(absolute, resolve(cwd, path)))
}

/** The folder or file that everything a pattern matches is at or below: its beginning without wildcards. */
function baseOf(pattern: string): string {
  const parts = pattern.replace(/^[!/]+/, '').split('/')
  const isAnchored = pattern.startsWith('/') || parts.slice(0, -1).some(part => part !== '')
  if (!isAnchored || pattern.startsWith('!')) return '.'
  const wild = parts.findIndex(part => /[*?[\\]/.test(part))
  return (wild < 0 ? parts : parts.slice(0, wild)).join('/') || '.'
}
