// What comes after checking: the reports, what is told beside them, and the exit code.
import type { LintFault } from '../index.ts'
import { type LintResult, SEVERITIES } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import { didYouMean } from '../model/nearest.ts'
import type { ReportContext } from '../report/context.ts'
import type { FailOn } from '../ruleset/config.ts'
import type { Finished } from '../run/finished.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode, usageError } from './exit.ts'
import { byPath } from './files.ts'
import { type Gathered, tellFailed, tellFaults, tellNothing } from './gather.ts'
import { lastSet, type Project } from './project.ts'
import { type Output, PEOPLES_FORMAT, writeReports } from './reports.ts'
import type { RulesHere } from './rules-here.ts'
import { type Streams, talk } from './streams.ts'
import { version } from './version.ts'

/** What was asked for beside the files. */
export type Wanted = {
  outputs: readonly Output[]
  failOn: FailOn
  /** Warnings that do not fail. */
  most: number
  quiet: boolean
  noColor: boolean
}

/** What the flags say of it, checked at once; the level that fails may be the configuration's. */
export function judgingOf(options: Options): (project: Project) => Omit<Wanted, 'outputs'> {
  const most = maxWarnings(options['max-warnings'])
  const level = failLevel(options['fail-on'])
  const { quiet = false, 'no-color': noColor = false } = options
  return project => {
    return { most, quiet, noColor, failOn: level ?? lastSet(project, config => config.failOn) ?? 'error' }
  }
}

/** Writes the reports, says what else there is to say, and judges. `flow` is asked for only where it is drawn. */
export async function reportRun(
  linted: Finished,
  flow: () => Promise<Flow>,
  { outputs, failOn, most, quiet, noColor }: Wanted,
  gathered: Gathered,
  here: RulesHere,
  streams: Streams,
): Promise<ExitCode> {
  const { faults, proved } = linted
  const result = { ...linted.result, notRead: [...gathered.notRead, ...linted.result.notRead].sort(byPath) }
  const nothing = result.playbooks.length === 0
  const written = nothing ? outputs.filter(output => output.format !== PEOPLES_FORMAT) : outputs
  const rules = [...here.catalogue.rules.values()]
  const context = { version: version(), source: gathered.source, rules, quiet, failOn }
  const drawn = await drawnWhereAsked(written, flow, result, context)
  await writeReports(written, result, { ...context, ...drawn }, streams, noColor)

  tellNotRead(result, gathered, written, streams)
  tellFaults(faults, streams)
  if (proved) tellProved(proved, streams)
  return exitCode(result, faults, failOn, most)
}

/** §11.26: a fault of wayout comes first, then what could not be read, then findings. */
function exitCode(result: LintResult, faults: readonly LintFault[], failOn: FailOn, most: number): ExitCode {
  if (faults.length > 0) return EXIT.fault
  if (result.playbooks.length === 0 || result.notRead.some(file => !file.passedOver)) return EXIT.notRead
  const failing = failOn === 'never' ? [] : SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1)
  const warnings = result.findings.filter(finding => finding.severity === 'warning').length
  const fails = result.findings.some(finding => failing.includes(finding.severity)) || warnings > most
  return fails ? EXIT.findings : EXIT.ok
}

/** Pictures and grades, made only for a format that shows them. */
async function drawnWhereAsked(
  written: readonly Output[],
  flow: () => Promise<Flow>,
  result: LintResult,
  context: { quiet: boolean; failOn: FailOn },
): Promise<Pick<ReportContext, 'drawn'>> {
  if (!written.some(output => output.format === 'html')) return {}
  const { drawnFor } = await import('./pictures.ts')
  return { drawn: await drawnFor(await flow(), result, context) }
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
function tellProved({ proved, without }: NonNullable<Finished['proved']>, streams: Streams): void {
  const left = [...without]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([check, number]) => `${check} ${number}`)
  const rest = left.length > 0 ? `; without a certificate: ${left.join(', ')}` : ''
  talk(streams, `verified: ${proved} verdicts by their certificates${rest}`)
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
