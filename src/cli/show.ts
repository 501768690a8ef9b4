// `wayout steps`, `wayout grade` and `wayout graph`: how the playbooks were read, who can get out, and the picture.
import type { Linted } from '../index.ts'
import type { NotRead } from '../model/finding.ts'
import type { ReportContext } from '../report/context.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { byPath } from './files.ts'
import { type Gathered, gather, ownActs, tellFailed, tellFaults, tellNothing } from './gather.ts'
import { exceptionsHere } from './on-record.ts'
import { lintHere } from './overrides.ts'
import { findProject } from './project.ts'
import { colours, columnsOf, formatAmong } from './reports.ts'
import { rulesHere } from './rules-here.ts'
import type { Streams } from './streams.ts'
import { version } from './version.ts'

/** `wayout steps`. */
export async function runSteps(
  operands: readonly string[],
  options: Options,
  streams: Streams,
): Promise<ExitCode> {
  const format = formatAmong('steps', options, ['text', 'json'])
  const project = await findProject(streams.cwd, options.config)
  // A wrong configuration is told by every command; without one, no rule need be loaded.
  if (project.configs.length > 0) await rulesHere(project, streams.cwd, {})
  const gathered = await gather(operands, options, project, streams)
  const { readFlow } = await import('../index.ts')
  const { flow, notRead } = await readFlow(gathered.sources, {
    acts: ownActs(project),
    load: gathered.load,
    roots: gathered.roots,
  })
  if (format === 'json') {
    const { stepsJson } = await import('../report/steps-json.ts')
    streams.stdout.write(stepsJson(flow, version()))
  } else if (flow.playbooks.length > 0) {
    const { stepsText } = await import('../report/steps.ts')
    const colour = await colours(streams, options['no-color'])
    streams.stdout.write(stepsText(flow, { colour, columns: columnsOf(streams) }))
  }
  return exitCode('steps', flow.playbooks.length, notRead, gathered, streams)
}

/** `wayout grade`: grades are told, they do not fail. */
export async function runGrade(
  operands: readonly string[],
  options: Options,
  streams: Streams,
): Promise<ExitCode> {
  const format = formatAmong('grade', options, ['text', 'json'])
  const project = await findProject(streams.cwd, options.config)
  if (project.configs.length > 0) await rulesHere(project, streams.cwd, {})
  const gathered = await gather(operands, options, project, streams)
  const { grade } = await import('../index.ts')
  const { entries, flow, notRead } = await grade(gathered.sources, {
    acts: ownActs(project),
    load: gathered.load,
    roots: gathered.roots,
  })
  const { gradeJson, gradeText } = await import('../report/grade.ts')
  if (format === 'json') streams.stdout.write(gradeJson(entries))
  else if (flow.playbooks.length > 0) {
    const colour = await colours(streams, options['no-color'])
    streams.stdout.write(gradeText(entries, { colour, columns: columnsOf(streams) }))
  }
  return exitCode('grade', flow.playbooks.length, notRead, gathered, streams)
}

/** `wayout graph`: findings are drawn, but do not fail. */
export async function runGraph(
  operands: readonly string[],
  options: Options,
  streams: Streams,
): Promise<ExitCode> {
  const format = formatAmong('graph', options, ['mermaid', 'dot', 'svg', 'html'])
  const project = await findProject(streams.cwd, options.config)
  const here = await rulesHere(project, streams.cwd, options)
  const gathered = await gather(operands, options, project, streams)
  const record = exceptionsHere(project, here, gathered, streams)
  const settings = { acts: ownActs(project), load: gathered.load, roots: gathered.roots, record }
  const linted = await lintHere(gathered.sources, settings, here)
  if (linted.flow.playbooks.length > 0) {
    const rules = [...here.catalogue.rules.values()]
    streams.stdout.write(await drawn(format, linted, { source: gathered.source, rules }))
  }
  const code = exitCode('graph', linted.flow.playbooks.length, linted.result.notRead, gathered, streams)
  return tellFaults(linted.faults, streams) > 0 ? EXIT.fault : code
}

async function drawn(
  format: string,
  { flow, result }: Linted,
  context: Pick<ReportContext, 'source' | 'rules'>,
): Promise<string> {
  if (format === 'svg') return (await import('./pictures.ts')).svgPicture(flow, result)
  if (format === 'html') {
    const [{ drawnFor }, { report }, { plain }] = await Promise.all([
      import('./pictures.ts'),
      import('../report/html.ts'),
      import('../report/context.ts'),
    ])
    const more = { version: version(), colour: plain, columns: 100, drawn: await drawnFor(flow, result, {}) }
    return report(result, { ...context, ...more })
  }
  if (format === 'dot') return (await import('../report/graph-dot.ts')).graphDot(flow, result)
  return (await import('../report/graph-mermaid.ts')).graphMermaid(flow, result)
}

/** Says what was not read. */
function exitCode(
  command: string,
  playbooks: number,
  notRead: readonly NotRead[],
  gathered: Gathered,
  streams: Streams,
): ExitCode {
  const all = [...gathered.notRead, ...notRead].sort(byPath)
  const failed = tellFailed(all, streams)
  if (playbooks === 0 && failed === 0) tellNothing(command, gathered, all, streams)
  return playbooks === 0 || failed > 0 ? EXIT.notRead : EXIT.ok
}
