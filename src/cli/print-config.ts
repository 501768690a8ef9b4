// `wayout lint --print-config FILE`: the settings that hold for a file and where each was said; checks nothing.
import { dirname, resolve } from 'node:path'
import type { Setting } from '../report/settings.ts'
import type { Config } from '../ruleset/config.ts'
import { NOBODY, originsOf } from '../ruleset/origins.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode, usageError } from './exit.ts'
import { shownPath } from './files.ts'
import { gitignoresDownTo, isMatched, patternsOf } from './ignored.ts'
import { findProject, ignorePatterns, type LocatedConfig, type Project } from './project.ts'
import { judgingOf } from './report-run.ts'
import { colours, columnsOf } from './reports.ts'
import { rulesHere } from './rules-here.ts'
import type { Streams } from './streams.ts'
import { version } from './version.ts'

/** The file need not be there: settings go by its path. Throws a usage error where the settings are wrong. */
export async function runPrintConfig(file: string, options: Options, streams: Streams): Promise<ExitCode> {
  const { cwd } = streams
  if (file === '') throw usageError('"--print-config" names no file')
  const formats = [options.format ?? []].flat()
  const format = formats[0] ?? 'text'
  if (formats.length > 1 || !['text', 'pretty', 'json'].includes(format))
    throw usageError(`"--print-config" prints text or json, not "${formats.join('", "')}"`)
  const judging = judgingOf(options)
  const project = await findProject(cwd, options.config)
  const here = await rulesHere(project, cwd, options)
  const path = shownPath(resolve(cwd, file), cwd)
  const decisions = here.decisions(path)
  const found = {
    file: path,
    configs: project.configs.map(config => config.path),
    settings: [
      searched(project, resolve(cwd, file)),
      { name: 'packs', value: decisions.packs.map(({ name }) => name), from: joined(decisions.packs) },
      ...settingsOf(project, options, cwd, judging(project).failOn),
      ...exceptionsFor(project, resolve(cwd, file)),
    ],
    rules: originsOf(here.catalogue, decisions).map(({ id, severity, parameters }) => ({
      id,
      severity: severity.value,
      from: severity.from,
      parameters: [...parameters].map(([name, one]) => ({ name, ...one })),
    })),
  }
  const { settingsJson, settingsText } = await import('../report/settings.ts')
  if (format === 'json') streams.stdout.write(settingsJson(found, version()))
  else {
    const colour = await colours(streams, options['no-color'])
    streams.stdout.write(settingsText(found, { colour, columns: columnsOf(streams), untold: NOBODY }))
  }
  return EXIT.ok
}

/** Whether a search of folders finds it; named on the command line, every file is read. */
function searched(project: Project, absolute: string): Setting {
  const name = 'searched'
  if (isMatched(gitignoresDownTo(dirname(absolute), project.top), absolute, false))
    return { name, value: false, from: '.gitignore' }
  const ignoring = project.configs.find(({ folder, ignore }) =>
    isMatched(ignore.length > 0 ? [patternsOf(folder, ignore)] : [], absolute, false),
  )
  if (ignoring) return { name, value: false, from: placeOf(ignoring, 'ignore') }
  return { name, value: true, from: ignorePatterns(project).length > 0 ? 'no pattern matches' : 'by default' }
}

function settingsOf(project: Project, options: Options, cwd: string, failOn: string): Setting[] {
  const shown = (config: LocatedConfig, path: string) => shownPath(resolve(config.folder, path), cwd)
  const setting = (
    name: keyof Config,
    key: string,
    pick: (config: LocatedConfig) => unknown,
    standard: unknown,
    flag?: unknown,
  ): Setting => {
    if (flag !== undefined) return { name: key, value: flag, from: `--${key}` }
    const config = project.configs.findLast(one => one[name] !== undefined)
    return config
      ? { name: key, value: pick(config), from: placeOf(config, key) }
      : { name: key, value: standard, from: 'by default' }
  }
  const all = (key: string, pick: (config: LocatedConfig) => readonly unknown[]): Setting[] => {
    const saying = project.configs.filter(config => pick(config).length > 0)
    const value = saying.flatMap(pick)
    return value.length > 0
      ? [{ name: key, value, from: saying.map(config => placeOf(config, key)).join(', ') }]
      : []
  }
  return [
    setting('failOn', 'fail-on', () => failOn, failOn, options['fail-on']),
    setting('paths', 'paths', config => config.paths!.map(path => shown(config, path)), ['.']),
    setting('root', 'root', config => shown(config, config.root!), shownPath(project.root, cwd)),
    setting(
      'baseline',
      'baseline',
      config => shown(config, config.baseline!.name),
      undefined,
      options.baseline,
    ),
    ...all('ignore', config => config.ignore),
    ...all('roots', config =>
      config.roots.map(({ prefix, folder }) => `${prefix} in ${shown(config, folder)}`),
    ),
    ...all('acts', config => [...config.acts.keys()]),
    ...all('unsuppressable', config => config.unsuppressable.map(({ name }) => name)),
  ]
}

/** Suppressions of the configuration that hold for the file. */
function exceptionsFor(project: Project, absolute: string): Setting[] {
  return project.configs.flatMap(({ path, folder, suppressions }) =>
    suppressions
      .filter(({ files }) => isMatched([patternsOf(folder, files)], absolute, false))
      .map(({ rules, reason, until, at }, i) => ({
        name: i === 0 ? 'suppressed' : `suppressed ${i + 1}`,
        value: `${rules.map(({ name }) => name).join(', ')}: ${reason}${until === undefined ? '' : ` (until ${until})`}`,
        from: `${path}:${at.line}:${at.column}`,
      })),
  )
}

function placeOf({ path, places }: LocatedConfig, key: string): string {
  const at = places.get(key)
  return at ? `${path}:${at.line}:${at.column}` : path
}

const joined = (packs: readonly { from: string }[]) => [...new Set(packs.map(({ from }) => from))].join(', ')
