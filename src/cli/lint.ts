// `wayout lint`: gathers, checks, reports, and turns what came out into an exit code.
import type { Finished } from '../run/finished.ts'
import type { Options } from './arguments.ts'
import { storeHere, tellStore } from './cache-here.ts'
import { type Checked, type Checker, checkerOf } from './checker.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { shownPath } from './files.ts'
import { type Gathered, gather, ownActs } from './gather.ts'
import { baselineHere, exceptionsHere } from './on-record.ts'
import { checkHere, finishHere } from './overrides.ts'
import { progressOf } from './progress.ts'
import { findProject } from './project.ts'
import { jobsOf } from './reading.ts'
import { judgingOf, reportRun } from './report-run.ts'
import { outputsOf } from './reports.ts'
import { rulesHere } from './rules-here.ts'
import { shardOf, sliceNamed, tellSlice } from './shard.ts'
import { type Stopwatch, stopwatch } from './stopwatch.ts'
import type { Store } from './store.ts'
import { type Streams, talk } from './streams.ts'
import { version } from './version.ts'

/** Runs the command; throws a usage error before anything is read or written, or where a report cannot be written. */
export async function runLint(
  operands: readonly string[],
  options: Options,
  streams: Streams,
): Promise<ExitCode> {
  const { 'print-config': printed } = options
  if (printed !== undefined)
    return (await import('./print-config.ts')).runPrintConfig(printed, options, streams)
  const watch = stopwatch()
  const progress = progressOf(streams)
  const outputs = outputsOf([options.format ?? []].flat())
  const judging = judgingOf(options)
  const jobs = jobsOf(options.jobs)
  const slice = sliceNamed(options.shard)
  const project = await findProject(streams.cwd, options.config)
  const here = await rulesHere(project, streams.cwd, options)
  const store = await storeHere(project, options, streams)
  const fixing = options.fix || options['fix-dry-run'] ? await import('./fix.ts') : undefined
  fixing?.checkFixing(operands, options, outputs)

  watch.start('find and read files')
  const gathered = await gather(operands, options, project, streams)
  watch.start('load')
  const record = {
    ...exceptionsHere(project, here, gathered, streams),
    ...baselineHere(project, here, gathered, options, streams),
    ...(slice && { isPart: true }),
  }
  const { prove = false, verify = false } = options
  const { load, roots } = gathered
  const settings = {
    acts: ownActs(project),
    load,
    roots,
    prove,
    verify,
    onProgress: progress.step,
    onStage(stage: string) {
      watch.start(stage)
      progress.stage(stage)
    },
    ...(slice && { slice }),
  }
  const checkers: Checker[] = []
  const check = async (sources: Gathered['sources']): Promise<Checked> => {
    const checker = checkerOf(sources, settings, { store, jobs })
    checkers.push(checker)
    const runs = await checkHere(checker.check, here)
    const linted = finishHere(runs, here, record)
    if (slice) linted.result.shard = shardOf(slice, runs, gathered, here, version())
    return { linted, flow: checker.flow }
  }
  try {
    const fixed = await fixing?.fixHere(check, gathered, settings, project, options, streams)
    const { linted, flow } = fixed ?? (await check(gathered.sources))
    watch.start('report')
    progress.end()
    const wanted = { outputs, ...judging(project) }
    const code = await reportRun(linted, flow, wanted, fixed ?? gathered, here, fixed?.reportTo ?? streams)
    if (fixed) fixing?.tellFixed(fixed, outputs, streams)
    tellStore(store, streams)
    if (slice) tellSlice(slice, streams)
    const checker = checkers.at(-1)!
    if (options.stats) tellStatistics(linted, gathered, { checker, store, watch }, streams)
    return fixed?.failed && code !== EXIT.fault ? EXIT.usage : code
  } finally {
    progress.end()
    for (const checker of checkers) await checker.close()
  }
}

function tellStatistics(
  { result: { playbooks } }: Finished,
  gathered: Gathered,
  { checker, store, watch }: { checker: Checker; store: Store | undefined; watch: Stopwatch },
  streams: Streams,
): void {
  const say = (text: string) => talk(streams, text)
  const characters = gathered.sources.reduce((sum, { text }) => sum + text.length, 0)
  const sum = (key: 'steps' | 'transitions') => playbooks.reduce((all, playbook) => all + playbook[key], 0)
  say(
    `files ${gathered.sources.length} (${Math.ceil(characters / 1000)} thousand characters), ignored ${gathered.ignored}, symbolic links ${gathered.links}`,
  )
  say(`playbooks ${playbooks.length}, steps ${sum('steps')}, transitions ${sum('transitions')}`)
  const { threads, hits, misses, whole } = checker.used()
  say(`threads ${threads}`)
  if (store) {
    const kept = whole ? 'the whole run was kept' : `${hits} files kept, ${misses} read`
    say(`cache "${shownPath(store.folder, streams.cwd)}": ${kept}`)
  }
  for (const { stage, milliseconds } of watch.stop())
    say(`${stage.padEnd(20)} ${milliseconds.toFixed(1).padStart(9)} ms`)
}
