// `wayout annotate`: shows, or with --write writes into the files, what was recognised, as declarations.
import { resolve } from 'node:path'
import type { Insertion } from '../edit/annotate.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { gather, ownActs, tellFailed, tellNothing } from './gather.ts'
import { findProject } from './project.ts'
import { replaceFile } from './replace-file.ts'
import type { Streams } from './streams.ts'
import { talk } from './streams.ts'

export async function runAnnotate(
  operands: readonly string[],
  options: Options,
  streams: Streams,
): Promise<ExitCode> {
  const project = await findProject(streams.cwd, options.config)
  const gathered = await gather(operands, options, project, streams)
  const { readFlow } = await import('../index.ts')
  const { annotationsFor, insertInto } = await import('../edit/annotate.ts')
  const { difference } = await import('../edit/same.ts')
  const { safeText } = await import('../report/safe.ts')
  const settings = { acts: ownActs(project), roots: gathered.roots }
  let read = 0
  let refused = 0
  let written = 0
  for (const source of gathered.sources) {
    const { flow, notRead } = await readFlow([source], settings)
    if (flow.documents.length === 0) {
      gathered.notRead.push(...notRead)
      continue
    }
    read++
    const insertions = annotationsFor(flow, 0, source.text)
    if (insertions.length === 0) continue
    const wrongWith = async (some: readonly Insertion[]) =>
      difference(flow, (await readFlow([{ ...source, text: insertInto(source.text, some) }], settings)).flow)
    const wrong = await wrongWith(insertions)
    const kept = wrong === null ? insertions : await onlyHarmless(insertions, wrongWith)
    if (wrong !== null) {
      refused += insertions.length - kept.length
      talk(
        streams,
        `${safeText(source.path)}: ${insertions.length - kept.length} declarations left out: with them ${safeText(wrong)}`,
      )
    }
    if (kept.length === 0) continue
    const text = insertInto(source.text, kept)
    for (const { at, why } of kept)
      streams.stdout.write(`${safeText(source.path)}:${at.line}: ${safeText(why)}\n`)
    if (options.write !== true) continue
    replaceFile(resolve(streams.cwd, source.path), text)
    written++
  }
  const failed = tellFailed(gathered.notRead, streams)
  if (read === 0 && failed === 0) tellNothing('annotate', gathered, gathered.notRead, streams)
  if (read > 0)
    talk(
      streams,
      options.write === true
        ? `${written} files written, ${refused} declarations left out`
        : 'nothing written; --write puts this into the files',
    )
  return read === 0 || failed > 0 ? EXIT.notRead : EXIT.ok
}

/** Those that can be made one after the other without the file reading differently; of very many, none. */
async function onlyHarmless(
  insertions: readonly Insertion[],
  wrongWith: (some: readonly Insertion[]) => Promise<string | null>,
): Promise<Insertion[]> {
  const kept: Insertion[] = []
  if (insertions.length > 100) return kept
  for (const insertion of insertions)
    if ((await wrongWith([...kept, insertion])) === null) kept.push(insertion)
  return kept
}
