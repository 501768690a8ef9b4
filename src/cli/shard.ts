// `--shard I/N`: one part of the entries, and what its JSON report carries so that `wayout merge` can put the parts together.
import type { NotRead } from '../model/finding.ts'
import type { CheckedRun } from '../run/checked.ts'
import type { Source } from '../run/settings.ts'
import { usageError } from './exit.ts'
import type { Gathered } from './gather.ts'
import type { RulesHere } from './rules-here.ts'
import { nameOf } from './store.ts'
import { type Streams, talk } from './streams.ts'

export type Slice = { index: number; of: number }

/** A source without its text. */
type Looked = Omit<Source, 'text'>

export type Shard = Slice & {
  version: string
  /** Names of the texts and of the rules: parts of other texts, or by other rules, are no parts of one run. */
  texts: string
  rules: string
  gathered: Pick<Gathered, 'paths' | 'isAll' | 'ignored' | 'links'> & {
    sources: Looked[]
    notRead: NotRead[]
  }
  /** For each choice of parameters that some file has. */
  runs: KeptRun[]
}

/** A run as JSON can hold it; its findings and verdicts stand in its part. */
type KeptRun = Omit<CheckedRun, 'findings' | 'rules' | 'faults' | 'proved'> & {
  faults: { rule: string; entry: string; told: string }[]
  proved?: { proved: number; without: [string, number][] }
}

/** `--shard I/N`, from 1. */
export function sliceNamed(flag: string | undefined): Slice | undefined {
  if (flag === undefined) return undefined
  const [, index = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(flag) ?? []).map(Number)
  if (index >= 1 && index <= of) return { index, of }
  throw usageError(
    `"--shard ${flag}" is no part of a run; expected I/N, as in "--shard 2/3" for the second of three`,
  )
}

export function tellSlice({ index, of }: Slice, streams: Streams): void {
  talk(streams, `part ${index} of ${of}: some entries only; "wayout merge" joins the JSON reports of all`)
}

/** All that decides how what was found is judged, in the order of names. */
export function nameOfRules({ catalogue, all, rules }: RulesHere): string {
  return nameOf(JSON.stringify([all, rules, [...catalogue.rules.keys()]]))
}

export function nameOfTexts(sources: readonly Source[]): string {
  return nameOf(...sources.flatMap(({ path, text, named }) => [path, text, String(named)]))
}

export function shardOf(
  slice: Slice,
  runs: readonly CheckedRun[],
  gathered: Gathered,
  here: RulesHere,
  version: string,
): Shard {
  const { paths, isAll, ignored, links, notRead, sources } = gathered
  return {
    ...slice,
    version,
    texts: nameOfTexts(sources),
    rules: nameOfRules(here),
    gathered: {
      ...{ paths, isAll, ignored, links, notRead },
      sources: sources.map(({ path, named }) => ({ path, named })),
    },
    runs: runs.map(kept),
  }
}

function kept({ findings: _, rules: __, faults, proved, ...run }: CheckedRun): KeptRun {
  return {
    ...run,
    faults: faults.map(({ rule, entry, error }) => {
      return { rule, entry, told: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }),
    ...(proved && { proved: { ...proved, without: [...proved.without] } }),
  }
}

/** The runs of a shard as they were. */
export function runsOf({ runs }: Shard): CheckedRun[] {
  return runs.map(({ faults, proved, ...run }) => ({
    ...run,
    findings: [],
    rules: [],
    faults: faults.map(({ told, ...fault }) => ({ ...fault, error: told })),
    ...(proved && { proved: { ...proved, without: new Map(proved.without) } }),
  }))
}
