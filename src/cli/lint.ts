// `wayout lint`: gathers, checks, reports, and turns what came out into an exit code.
import type { Linted } from '../index.ts'
import { type LintResult, SEVERITIES } from '../model/finding.ts'
import { didYouMean } from '../model/nearest.ts'
import type { ReportContext } from '../report/context.ts'
import type { FailOn } from '../ruleset/config.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode, usageError } from './exit.ts'
import { byPath } from './files.ts'
import { type Gathered, gather, ownActs, tellFailed, tellFaults, tellNothing } from './gather.ts'
import { baselineHere, exceptionsHere } from './on-record.ts'
import { lintHere } from './overrides.ts'
import { findProject, lastSet } from './project.ts'
import { type Output, outputsOf, PEOPLES_FORMAT, writeReports } from './reports.ts'
import { rulesHere } from './rules-here.ts'
import { type Stopwatch, stopwatch } from './stopwatch.ts'
import { type Streams, talk } from './streams.ts'
import { version } from './version.ts'

/** Runs the command; throws a usage error before anything is read or written, or where a report cannot be written. */
export async function runLint(
  operands: readonly string[],
  options: Options,
  streams: Streams,
): Promise<ExitCode> {
  const watch = stopwatch()
  const outputs = outputsOf([options.format ?? []].flat())
  const most = maxWarnings(options['max-warnings'])
  const level = failLevel(options['fail-on'])
  const project = await findProject(streams.cwd, options.config)
  const here = await rulesHere(project, streams.cwd, options)
  const failOn = level ?? lastSet(project, config => config.failOn) ?? 'error'

  watch.start('find and read files')
  const gathered = await gather(operands, options, project, streams)
  watch.start('load')
  const record = {
    ...exceptionsHere(project, here, gathered, streams),
    ...baselineHere(project, here, gathered, options, streams),
  }
  const { prove, verify } = options
  const settings = {
    ...{ acts: ownActs(project), load: gathered.load, roots: gathered.roots, onStage: watch.start, record },
    ...(prove && { prove }),
    ...(verify && { verify }),
  }
  const linted = await lintHere(gathered.sources, settings, here)
  const result = { ...linted.result, notRead: allNotRead(linted.result, gathered) }

  watch.start('report')
  const nothing = result.playbooks.length === 0
  const written = nothing ? outputs.filter(output => output.format !== PEOPLES_FORMAT) : outputs
  const rules = [...here.catalogue.rules.values()]
  const quiet = options.quiet ?? false
  const context = { version: version(), source: gathered.source, rules, quiet, failOn }
  const drawn = await drawnWhereAsked(written, linted.flow, result, context)
  await writeReports(written, result, { ...context, ...drawn }, streams, options['no-color'])

  tellNotRead(result, gathered, written, streams)
  tellFaults(linted.faults, streams)
  if (verify && linted.proved) tellProved(linted.proved, streams)
  if (options.stats) tellStatistics(linted, gathered, watch, streams)
  return exitCode(result, linted.faults.length, failOn, most)
}

/** §11.26: a fault of wayout comes first, then what could not be read, then findings. */
function exitCode(result: LintResult, faults: number, failOn: FailOn, most: number): ExitCode {
  if (faults > 0) return EXIT.fault
  if (result.playbooks.length === 0 || result.notRead.some(file => !file.passedOver)) return EXIT.notRead
  const failing = failOn === 'never' ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1)
  const warnings = result.findings.filter(finding => finding.severity === 'warning').length
  const fails = result.findings.some(finding => failing.includes(finding.severity)) || warnings > most
  return fails ? EXIT.findings : EXIT.ok
}

function allNotRead(result: LintResult, gathered: Gathered): LintResult['notRead'] {
  return [...gathered.notRead, ...result.notRead].sort(byPath)
}

/** Pictures and grades, made only for a format that shows them. */
async function drawnWhereAsked(
  written: readonly Output[],
  flow: Linted['flow'],
  result: LintResult,
  context: { quiet: boolean; failOn: FailOn },
): Promise<Pick<ReportContext, 'drawn'>> {
  if (!written.some(output => output.format === 'html')) return {}
  const { drawnFor } = await import('./pictures.ts')
  return { drawn: await drawnFor(flow, result, context) }
}

/** The report for people tells what was not read; where it is not printed, standard error does. */
function tellNotRead(
  result: LintResult,
  gathered: Gathered,
  written: readonly Output[],
  streams: Streams,
): void {
  const isTold = written.some(output => output.format === PEOPLES_FORMAT && output.file === undefined)
  if (!isTold) tellFailed(result.notRead, streams)
  if (result.playbooks.length === 0 && result.notRead.every(file => file.passedOver)) {
    tellNothing('lint', gathered, result.notRead, streams)
  }
}

/** What was verified, and what no certificate is made for. */
function tellProved({ proved, without }: NonNullable<Linted['proved']>, streams: Streams): void {
  const left = [...without]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([check, number]) => `${check} ${number}`)
  const rest = left.length > 0 ? `; without a certificate: ${left.join(', ')}` : ''
  talk(streams, `verified: ${proved} verdicts by their certificates${rest}`)
}

function tellStatistics({ flow }: Linted, gathered: Gathered, watch: Stopwatch, streams: Streams): void {
  const characters = gathered.sources.reduce((sum, { text }) => sum + text.length, 0)
  talk(
    streams,
    `files ${gathered.sources.length} (${Math.ceil(characters / 1000)} thousand characters), ignored ${gathered.ignored}, symbolic links ${gathered.links}`,
  )
  talk(
    streams,
    `playbooks ${flow.playbooks.length}, steps ${flow.steps.length}, transitions ${flow.transitions.length}`,
  )
  for (const { stage, milliseconds } of watch.stop())
    talk(streams, `${stage.padEnd(20)} ${milliseconds.toFixed(1).padStart(9)} ms`)
}

function failLevel(level: string | undefined): FailOn | undefined {
  const levels: readonly FailOn[] = [...SEVERITIES, 'never']
  const known = levels.find(one => one === level)
  if (level === undefined || known) return known
  throw usageError(
    `"--fail-on ${level}" is no level${didYouMean(level, levels) || '; expected error, warning, info or never'}`,
  )
}

function maxWarnings(number: string | undefined): number {
  if (number === undefined) return Number.POSITIVE_INFINITY
  if (/^\d{1,9}$/.test(number)) return Number(number)
  throw usageError(`"--max-warnings ${number}" is no number of warnings; expected 0 or more`)
}
