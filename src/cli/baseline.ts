// `wayout baseline`: writes what is found today into a file, so that from now on only new findings fail.
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { againstBaseline, formatBaseline, identities, isBaselined, lineOf } from '../record/baseline.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode, usageError } from './exit.ts'
import { byPath, shownPath } from './files.ts'
import { gather, ownActs, tellFailed, tellFaults, tellNothing } from './gather.ts'
import { BASELINE, baselineFile, baselineIn, exceptionsHere, unsuppressable } from './on-record.ts'
import { lintHere } from './overrides.ts'
import { findProject, type Project } from './project.ts'
import { replaceFile } from './replace-file.ts'
import { rulesHere } from './rules-here.ts'
import { type Streams, talk } from './streams.ts'
import { reason } from './text.ts'

/**
 * Writes the file; what it holds about playbooks that were not looked at, could not be read, or whose rule is off or
 * failed to run stays. Findings that may not be suppressed are left out, and told.
 */
export async function runBaseline(
  operands: readonly string[],
  options: Options,
  streams: Streams,
): Promise<ExitCode> {
  const { cwd } = streams
  const project = await findProject(cwd, options.config)
  const here = await rulesHere(project, cwd, options)
  const configured = baselineFile(project, options, cwd)
  const file = configured ?? resolve(homeOf(project, options, cwd), BASELINE)
  const gathered = await gather(operands, options, project, streams)
  const before = existsSync(file) ? baselineIn(file, here, gathered, cwd) : undefined
  const record = exceptionsHere(project, here, gathered, streams)
  const settings = { acts: ownActs(project), load: gathered.load, roots: gathered.roots, record }
  const { result, faults } = await lintHere(gathered.sources, settings, here)
  const notRead = [...gathered.notRead, ...result.notRead].sort(byPath)
  const failed = tellFailed(notRead, streams)
  if (result.playbooks.length === 0) {
    if (failed === 0) tellNothing('take into a baseline', gathered, notRead, streams)
    return EXIT.notRead
  }

  const relative = (path: string) => shownPath(resolve(cwd, path), dirname(file))
  const forbidden = unsuppressable(project, here)
  const taken = result.findings.filter(({ rule }) => isBaselined(rule, forbidden))
  const faulty = new Set(faults.map(({ rule }) => rule))
  const unread = new Set(notRead.filter(one => !one.passedOver).map(({ path }) => relative(path)))
  const isLookedAt = (rule: string, path: string) =>
    !faulty.has(rule) && !unread.has(path) && (before?.isLookedAt(rule, path) ?? true)
  const old = before?.lines ?? []
  const { stale } = againstBaseline(taken, [], { lines: old, relative, isLookedAt }, forbidden)
  const gone = new Set(stale.map(lineOf))
  const kept = old.filter(line => !gone.has(lineOf(line)) && isBaselined(line.rule, forbidden))
  const known = new Set(kept.map(lineOf))
  const added = identities(taken, relative).filter(one => !known.has(lineOf(one)))
  const lines = options.prune ? kept : [...kept, ...added]
  try {
    replaceFile(file, formatBaseline(lines))
  } catch (fault) {
    throw usageError(`cannot write "${shownPath(file, cwd)}": ${reason(fault)}`)
  }

  const total = new Set(lines.map(lineOf)).size
  const news = options.prune ? `${added.length} new ones left out` : `${added.length} of them new`
  const shown = shownPath(file, cwd)
  streams.stdout.write(`${shown}: ${count(total, 'finding')}, ${news}, ${gone.size} gone\n`)
  const refused = result.findings.filter(({ rule }) => forbidden.has(rule)).length
  if (refused > 0) talk(streams, `${count(refused, 'finding')} left out: the rule may not be suppressed`)
  if (configured === undefined || options.baseline !== undefined)
    talk(streams, `use it with "wayout lint --baseline ${shown}", or "baseline: ${shown}" in wayout.yaml`)
  if (tellFaults(faults, streams) > 0) return EXIT.fault
  return failed > 0 ? EXIT.notRead : EXIT.ok
}

/** The folder of the configuration found here; without one, or where it was named, the folder one stands in. */
function homeOf({ configs }: Project, { config }: Options, cwd: string): string {
  return (config === undefined && configs.at(-1)?.folder) || cwd
}

const count = (number: number, noun: string) => `${number} ${number === 1 ? noun : `${noun}s`}`
