// `wayout merge`: puts the JSON reports of all parts of a run (`lint --shard I/N`) together and reports as one run would have.
import { resolve } from 'node:path'
import type { Flow } from '../model/flow.ts'
import { joinedRuns } from '../run/joined.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode, usageError } from './exit.ts'
import { loader } from './files.ts'
import { type Gathered, ownActs } from './gather.ts'
import { baselineHere, exceptionsHere } from './on-record.ts'
import { finishHere } from './overrides.ts'
import { findProject, type Project, siteRoots } from './project.ts'
import { judgingOf, reportRun } from './report-run.ts'
import { outputsOf } from './reports.ts'
import { rulesHere } from './rules-here.ts'
import { nameOfRules, nameOfTexts, runsOf, type Shard } from './shard.ts'
import { type Streams, talk } from './streams.ts'
import { readText } from './text.ts'
import { version } from './version.ts'

/** Throws a usage error where the reports are not all the parts of one run, or were made by other rules than hold here. */
export async function runMerge(
  operands: readonly string[],
  options: Options,
  streams: Streams,
): Promise<ExitCode> {
  const { cwd } = streams
  const outputs = outputsOf([options.format ?? []].flat())
  const judging = judgingOf(options)
  if (operands.length === 0)
    throw usageError('"wayout merge" needs reports: wayout merge part-1.json part-2.json')
  const project = await findProject(cwd, options.config)
  const here = await rulesHere(project, cwd, options)
  const read = operands.map(path => ({ path, ...readText(resolve(cwd, path)) }))
  const unread = read.filter(one => 'error' in one)
  for (const { path, error } of unread) talk(streams, `${path}: ${error}`)
  if (unread.length > 0) return EXIT.notRead

  const shards = complete(
    read.map(one => ({ path: one.path, shard: shardIn(one.path, (one as { text: string }).text) })),
  )
  if (shards.some(({ rules }) => rules !== nameOfRules(here))) {
    throw usageError(
      'the parts were checked by other rules than hold here; give "wayout merge" the same --config, --pack and --rule',
    )
  }
  const gathered = gatheredIn(shards[0]!, project, cwd)
  const record = {
    ...exceptionsHere(project, here, gathered, streams),
    ...baselineHere(project, here, gathered, options, streams),
  }
  const parts = shards.map(runsOf)
  const runs = parts[0]!.map((_, i) => joinedRuns(parts.map(part => part[i]!)))
  const flow = () => flowOf(shards[0]!, gathered, project)
  const wanted = { outputs, ...judging(project) }
  return reportRun(finishHere(runs, here, record), flow, wanted, gathered, here, streams)
}

function shardIn(path: string, text: string): Shard {
  let report: unknown
  try {
    report = JSON.parse(text)
  } catch {
    throw usageError(
      `"${path}" is no JSON; expected a report of "wayout lint --shard I/N --format json=FILE"`,
    )
  }
  const { shard } = (report ?? {}) as { shard?: Partial<Shard> }
  const runs = shard?.runs
  const isWhole = Array.isArray(runs) && runs.length > 0 && runs.every(run => Array.isArray(run.part?.found))
  if (shard === undefined || !isWhole || !shard.gathered)
    throw usageError(
      `"${path}" is no part of a run; expected a report of "wayout lint --shard I/N --format json=FILE"`,
    )
  if (shard.version !== version())
    throw usageError(`"${path}" was made by wayout ${shard.version}, and this is ${version()}`)
  return shard as Shard
}

/** In their order; each there once, and of the same run. */
function complete(given: readonly { path: string; shard: Shard }[]): Shard[] {
  const [first] = given as [(typeof given)[number]]
  const byIndex = new Map<number, string>()
  for (const { path, shard } of given) {
    const { index, of, texts, rules } = shard
    const twin = byIndex.get(index)
    if (twin !== undefined) throw usageError(`"${twin}" and "${path}" are both part ${index} of ${of}`)
    byIndex.set(index, path)
    if (of !== first.shard.of || texts !== first.shard.texts || rules !== first.shard.rules) {
      const why =
        of !== first.shard.of ? 'number of parts' : texts !== first.shard.texts ? 'playbooks' : 'rules'
      throw usageError(`"${first.path}" and "${path}" are no parts of one run: they have other ${why}`)
    }
  }
  const missing = Array.from({ length: first.shard.of }, (_, i) => i + 1).filter(i => !byIndex.has(i))
  if (missing.length > 0)
    throw usageError(
      `part ${missing.join(', ')} of ${first.shard.of} is missing: what it would say is not known`,
    )
  return given.map(({ shard }) => shard).sort((a, b) => a.index - b.index)
}

/** What the parts looked at; the lines that a report shows are read from where they are. */
function gatheredIn({ gathered }: Shard, project: Project, cwd: string): Gathered {
  const load = loader(cwd, project.root)
  const source = (path: string) => {
    const loaded = load(path) ?? readText(resolve(cwd, path))
    return 'text' in loaded ? loaded.text : undefined
  }
  const sources = gathered.sources.map(one => ({ ...one, text: '' }))
  return { ...gathered, sources, load, source, roots: siteRoots(project, cwd) }
}

/** Pictures need all that was read, as it was. */
async function flowOf(
  shard: Shard,
  { source, load, roots, sources }: Gathered,
  project: Project,
): Promise<Flow> {
  const again = sources.map(one => ({ ...one, text: source(one.path) ?? '' }))
  if (nameOfTexts(again) !== shard.texts) {
    throw usageError(
      'the playbooks are not here as they were checked, so that nothing can be drawn; merge without "--format html", or where they are',
    )
  }
  const { readFlow } = await import('../index.ts')
  return (await readFlow(again, { load, roots, acts: ownActs(project) })).flow
}
