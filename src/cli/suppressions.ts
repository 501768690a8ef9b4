// `wayout suppressions`: the register of what is suppressed, why, by whom and until when.
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { byPath } from './files.ts'
import { gather, ownActs, tellFailed, tellFaults, tellNothing } from './gather.ts'
import { exceptionsHere } from './on-record.ts'
import { lintHere } from './overrides.ts'
import { findProject } from './project.ts'
import { colours, columnsOf, formatAmong } from './reports.ts'
import { rulesHere } from './rules-here.ts'
import type { Streams } from './streams.ts'
import { version } from './version.ts'

/** A register is a list, not a judgement: suppressions that do not hold are shown, and fail `wayout lint` if anything. */
export async function runSuppressions(
  operands: readonly string[],
  options: Options,
  streams: Streams,
): Promise<ExitCode> {
  const format = formatAmong('suppressions', options, ['text', 'json', 'csv'])
  const project = await findProject(streams.cwd, options.config)
  const here = await rulesHere(project, streams.cwd, options)
  const gathered = await gather(operands, options, project, streams)
  const record = exceptionsHere(project, here, gathered, streams)
  const settings = { acts: ownActs(project), load: gathered.load, roots: gathered.roots, record }
  const { result, register, faults } = await lintHere(gathered.sources, settings, here)

  const { registerCsv, registerJson, registerText } = await import('../report/register.ts')
  const files = new Set(result.playbooks.map(({ path }) => path)).size
  if (format === 'json') streams.stdout.write(registerJson(register, version()))
  else if (format === 'csv') streams.stdout.write(registerCsv(register))
  else if (files > 0 || register.length > 0) {
    const colour = await colours(streams, options['no-color'])
    streams.stdout.write(registerText(register, files, { colour, columns: columnsOf(streams) }))
  }

  const notRead = [...gathered.notRead, ...result.notRead].sort(byPath)
  const failed = tellFailed(notRead, streams)
  if (files === 0 && failed === 0) tellNothing('look through', gathered, notRead, streams)
  if (tellFaults(faults, streams) > 0) return EXIT.fault
  return files === 0 || failed > 0 ? EXIT.notRead : EXIT.ok
}
