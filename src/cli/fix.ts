// `wayout lint --fix` and `--fix-dry-run`: repairs, writes what was repaired, and says what was left and why.
import { lstatSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Fixed } from '../edit/fix.ts'
import type { LintResult, Repaired } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import { safeCharacters } from '../report/safe.ts'
import type { ReadSettings, Source } from '../run/settings.ts'
import type { Options } from './arguments.ts'
import type { Checked } from './checker.ts'
import { usageError } from './exit.ts'
import { shownPath } from './files.ts'
import { type Gathered, STDIN } from './gather.ts'
import { isInside } from './ignored.ts'
import type { Project } from './project.ts'
import { rewriteFile, unwritable } from './replace-file.ts'
import { type Output, PEOPLES_FORMAT } from './reports.ts'
import { type Streams, talk } from './streams.ts'

type Looked = { checked: Checked; result: LintResult; flow: Flow }

/** A run over the files as they are now: with what was written, or, in a dry run, as they were. */
export type Fixing = Gathered &
  Checked & {
    /** Where the report for people goes, if not where it always goes. */
    reportTo?: Streams
    /** A file could not be written although it seemed so. */
    failed?: true
  }

/** Refuses what cannot go together, before anything is read. */
export function checkFixing(operands: readonly string[], options: Options, outputs: readonly Output[]): void {
  if (options.fix && options['fix-dry-run'])
    throw usageError('"--fix" and "--fix-dry-run" together; expected one of them')
  if (options.shard !== undefined)
    throw usageError('"--shard" looks at a part of the findings; repair in a run without it')
  if (!options.fix || !operands.includes('-')) return
  if (operands.length > 1)
    throw usageError('"--fix" repairs either standard input ("-") or files; leave the other paths out')
  const printed = outputs.find(output => output.file === undefined && output.format !== PEOPLES_FORMAT)
  if (printed)
    throw usageError(
      `with "--fix -" the repaired text goes to standard output; give the report a file: --format ${printed.format}=FILE`,
    )
}

/** Lints and repairs. `check` lints the sources it is given, with all settings. */
export async function fixHere(
  check: (sources: Source[]) => Promise<Checked>,
  gathered: Gathered,
  settings: ReadSettings,
  project: Project,
  options: Options,
  streams: Streams,
): Promise<Fixing> {
  const { fix } = await import('../edit/fix.ts')
  const { readFlow } = await import('../index.ts')
  const { sources } = gathered
  const own = new Map(sources.map(({ path, text }) => [path, text]))
  const piped = gathered.paths.includes('-') ? stdinPath(options, streams) : undefined
  const withTexts = (texts: ReadonlyMap<string, string>) =>
    sources.map(source => ({ ...source, text: texts.get(source.path) ?? source.text }))
  let first: Looked | undefined
  const fixed = await fix<Looked>({
    async lint(texts) {
      const checked = await check(withTexts(texts))
      const looked = { checked, result: checked.linted.result, flow: await checked.flow() }
      first ??= looked
      return looked
    },
    read: async texts => (await readFlow(withTexts(texts), settings)).flow,
    textOf: path => own.get(path),
    refusal: path => (path === piped ? null : refusalOf(path, own, project, streams.cwd)),
  })
  if (options['fix-dry-run']) {
    await showPatch(fixed, own, options, streams)
    tellRepaired(fixed.repaired, streams, true)
    return { ...gathered, ...first!.checked }
  }
  if (piped !== undefined) {
    const text = fixed.texts.get(piped) ?? own.get(piped)
    if (text !== undefined) streams.stdout.write(text)
    return { ...done(fixed.last.checked, fixed), reportTo: { ...streams, stdout: streams.stderr } }
  }
  const { unwritten, repaired } = written(fixed, own, streams)
  if (unwritten.size === 0) return done(fixed.last.checked, fixed)
  const texts = new Map([...fixed.texts].filter(([path]) => !unwritten.has(path)))
  return { ...done(await check(withTexts(texts)), { texts, repaired }), failed: true }

  function done(checked: Checked, { texts, repaired }: Pick<Fixed<Looked>, 'texts' | 'repaired'>): Fixing {
    const result = { ...checked.linted.result, repaired }
    return {
      ...gathered,
      source: path => texts.get(path) ?? gathered.source(path),
      linted: { ...checked.linted, result },
      flow: checked.flow,
    }
  }
}

/** What was repaired and what was left, where no report for people says so. */
export function tellFixed({ linted, reportTo }: Fixing, outputs: readonly Output[], streams: Streams): void {
  const { repaired, playbooks } = linted.result
  const isTold = outputs.some(output => output.format === PEOPLES_FORMAT && output.file === undefined)
  if (repaired && (!isTold || playbooks.length === 0)) tellRepaired(repaired, reportTo ?? streams)
}

/** As `gather` calls it. */
function stdinPath(options: Options, { cwd }: Streams): string {
  return shownPath(resolve(cwd, options['stdin-path'] ?? STDIN), cwd)
}

/** Why a file is not to be changed; null if it may be. */
function refusalOf(
  path: string,
  own: ReadonlyMap<string, string>,
  { root }: Project,
  cwd: string,
): string | null {
  if (!own.has(path)) return 'the file was read only because another leads there; name it to have it repaired'
  const absolute = resolve(cwd, path)
  if (lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink()) {
    const real = realpathSync(absolute)
    if (!isInside(real, realpathSync(root)))
      return `it is a symbolic link that leads out of the project; name the file itself: ${shownPath(real, cwd)}`
  }
  return unwritable(absolute)
}

/** Writes the new texts; what could not be written counts as left. */
function written(
  { texts, repaired }: Fixed<Looked>,
  own: ReadonlyMap<string, string>,
  { cwd }: Streams,
): { unwritten: Set<string>; repaired: Repaired } {
  const reasons = new Map<string, string>()
  for (const [path, text] of texts) {
    const no = rewriteFile(resolve(cwd, path), own.get(path)!, text)
    if (no !== null) reasons.set(path, no)
  }
  const left = repaired.done.flatMap(place => {
    const reason = reasons.get(place.path)
    return reason === undefined ? [] : [{ ...place, reason }]
  })
  return {
    unwritten: new Set(reasons.keys()),
    repaired: {
      done: repaired.done.filter(({ path }) => !reasons.has(path)),
      left: [...repaired.left, ...left],
    },
  }
}

/** The diff goes before the report for people; beside any other report it is talk. */
async function showPatch(
  { texts }: Fixed<Looked>,
  own: ReadonlyMap<string, string>,
  { format }: Options,
  streams: Streams,
): Promise<void> {
  const { patchOf } = await import('../edit/patch.ts')
  const paths = [...texts.keys()].sort()
  const lines = paths.flatMap(path => patchOf(path, own.get(path)!, texts.get(path)!))
  if (lines.length === 0) return
  const isForPeople = [format ?? []].flat().every(one => one === PEOPLES_FORMAT || one.includes('='))
  const text = lines.map(line => `${harmless(line)}\n`).join('')
  ;(isForPeople ? streams.stdout : streams.stderr).write(isForPeople ? `${text}\n` : text)
}

/** A line as it stands, so that the diff can be applied; without what a terminal would obey or hide. */
function harmless(line: string): string {
  const kept = safeCharacters(line.replace(/[\t\r]/g, ' '))
  return kept.length === [...line].length ? line : kept.map(({ text }) => text).join('')
}

/** On standard error. */
function tellRepaired({ done, left }: Repaired, streams: Streams, isDryRun = false): void {
  for (const { path, line, column, description } of done)
    talk(streams, `${path}:${line}:${column}: ${isDryRun ? 'would fix' : 'fixed'}: ${description}`)
  for (const { path, line, column, description, reason } of left)
    talk(streams, `${path}:${line}:${column}: left: ${description}: ${reason}`)
  if (isDryRun)
    talk(streams, done.length === 0 ? 'nothing that --fix could repair' : 'nothing written; --fix does it')
}
