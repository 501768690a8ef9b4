// What every command that reads playbooks does first: finds the project, collects the files, says if there are none.
import { resolve } from 'node:path'
import type { LintFault, LintSettings } from '../index.ts'
import type { NotRead } from '../model/finding.ts'
import { joinedActs, type OwnAct } from '../ruleset/own-acts.ts'
import type { Options } from './arguments.ts'
import { cacheFolder } from './cache-here.ts'
import { type Collected, collect, ENDINGS, loader } from './files.ts'
import { ignorePatterns, lastSet, type Project, siteRoots } from './project.ts'
import { type Streams, talk } from './streams.ts'

export type Gathered = Collected & {
  /** What was looked at, as given. */
  paths: readonly string[]
  /** Nothing was named: everything that the configuration says is checked. */
  isAll: boolean
  load: NonNullable<LintSettings['load']>
  /** Where links of the team's own site lead. */
  roots: NonNullable<LintSettings['roots']>
  /** The text of a file that was read, for showing lines of it. */
  source(path: string): string | undefined
}

/** What standard input is called without `--stdin-path`. */
export const STDIN = '<stdin>'

/** The names of a team's own acts. */
export function ownActs(project: Project): Map<string, OwnAct> {
  return joinedActs(project.configs.map(config => config.acts))
}

/** Collects what the operands name, else what the configuration names, else the folder one stands in. */
export async function gather(
  operands: readonly string[],
  options: Options,
  project: Project,
  streams: Streams,
): Promise<Gathered> {
  const { cwd } = streams
  const configured = lastSet(project, ({ paths, folder }) => paths?.map(path => resolve(folder, path)))
  const paths = operands.length > 0 ? operands : (configured ?? ['.'])
  if (paths.includes('-') && streams.stdin.isTTY)
    talk(streams, 'reading a playbook from the terminal; Ctrl-D ends it')
  const cache = cacheFolder(project, options, cwd)
  const collected = await collect({
    paths,
    cwd,
    top: project.top,
    ignore: ignorePatterns(project),
    skip: new Set(cache === undefined ? project.files : [...project.files, cache]),
    get stdin() {
      return streams.stdin
    },
    stdinPath: options['stdin-path'] ?? STDIN,
  })
  const load = loader(cwd, project.root)
  const texts = new Map(collected.sources.map(({ path, text }) => [path, text]))
  const source = (path: string) => {
    const known = texts.get(path)
    if (known !== undefined) return known
    const linked = load(path)
    return linked && 'text' in linked ? linked.text : undefined
  }
  const isAll = operands.length === 0 && configured !== undefined
  return { ...collected, paths, isAll, load, roots: siteRoots(project, cwd), source }
}

/** Says what could not be read; returns how many files these are. */
export function tellFailed(notRead: readonly NotRead[], streams: Streams): number {
  const failed = notRead.filter(file => !file.passedOver)
  for (const { path, range, reason } of failed)
    talk(streams, `${range ? `${path}:${range.start.line}` : path}: ${reason}`)
  return failed.length
}

/** Says which rules failed to run; returns how many times they did. */
export function tellFaults(faults: readonly LintFault[], streams: Streams): number {
  for (const { rule, entry, error } of faults) {
    talk(
      streams,
      `rule "${rule}" failed to run on ${entry}: ${error instanceof Error ? error.stack : String(error)}`,
    )
  }
  if (faults.length > 0)
    talk(streams, 'this is a fault of wayout, not of the playbook; please report it with the lines above')
  return faults.length
}

/** Says where nothing was found, and what was looked for. */
export function tellNothing(
  command: string,
  gathered: Gathered,
  passedOver: readonly NotRead[],
  streams: Streams,
): void {
  const where = gathered.paths.map(path => (path === '.' ? 'this folder' : `"${path}"`)).join(', ')
  const left = [
    passedOver.length > 0 &&
      `${passedOver.length} of no form that wayout knows (${passedOver[0]!.path}: ${passedOver[0]!.reason})`,
    gathered.ignored > 0 && `${gathered.ignored} ignored by .gitignore or the configuration`,
    gathered.links > 0 && `${gathered.links} symbolic links`,
  ].filter(part => part !== false)
  const without = left.length > 0 ? `; left out: ${left.join(', ')}` : ''
  talk(streams, `nothing to ${command} in ${where}: looked for ${ENDINGS.join(', ')}${without}`)
}
