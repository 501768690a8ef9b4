// `wayout annotate`: shows, or with --write writes into the files, what was recognised, as declarations.
import { resolve } from 'node:path'
import type { Declaration } from '../edit/annotate.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { gather, ownActs, tellFailed, tellNothing } from './gather.ts'
import { findProject } from './project.ts'
import { rewriteFile } from './replace-file.ts'
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
  const { declarationsFor } = await import('../edit/annotate.ts')
  const { edited } = await import('../edit/text.ts')
  const { difference } = await import('../edit/same.ts')
  const { safeText } = await import('../report/safe.ts')
  const { count } = await import('../report/wording.ts')
  const settings = { acts: ownActs(project), roots: gathered.roots }
  let read = 0
  let refused = 0
  let written = 0
  let unwritten = 0
  for (const source of gathered.sources) {
    const { flow, notRead } = await readFlow([source], settings)
    if (flow.documents.length === 0) {
      gathered.notRead.push(...notRead)
      continue
    }
    read++
    const declarations = declarationsFor(flow, 0, source.text)
    if (declarations.length === 0) continue
    const wrongWith = async (some: readonly Declaration[]) =>
      difference(flow, (await readFlow([{ ...source, text: edited(source.text, some) }], settings)).flow)
    const wrong = await wrongWith(declarations)
    const kept = wrong === null ? declarations : await onlyHarmless(declarations, wrongWith)
    if (wrong !== null) {
      refused += declarations.length - kept.length
      talk(
        streams,
        `${safeText(source.path)}: ${count(declarations.length - kept.length, 'declaration')} left out: otherwise ${safeText(wrong)}`,
      )
      for (const { range, why } of declarations.filter(one => !kept.includes(one)))
        talk(streams, `${safeText(source.path)}:${range.start.line}: left out: ${safeText(why)}`)
    }
    if (kept.length === 0) continue
    const text = edited(source.text, kept)
    for (const { range, why } of kept)
      streams.stdout.write(`${safeText(source.path)}:${range.start.line}: ${safeText(why)}\n`)
    if (options.write !== true) continue
    const no = rewriteFile(resolve(streams.cwd, source.path), source.text, text)
    if (no === null) written++
    else {
      unwritten++
      talk(streams, `${safeText(source.path)}: left as it is: ${no}`)
    }
  }
  const failed = tellFailed(gathered.notRead, streams)
  if (read === 0 && failed === 0) tellNothing('annotate', gathered, gathered.notRead, streams)
  if (read > 0)
    talk(
      streams,
      options.write === true
        ? `${count(written, 'file')} written, ${count(refused, 'declaration')} left out`
        : 'nothing written; --write puts this into the files',
    )
  if (unwritten > 0) return EXIT.usage
  return read === 0 || failed > 0 ? EXIT.notRead : EXIT.ok
}

/** Those that can be made one after the other without the file reading differently; of very many, none. */
async function onlyHarmless(
  declarations: readonly Declaration[],
  wrongWith: (some: readonly Declaration[]) => Promise<string | null>,
): Promise<Declaration[]> {
  const kept: Declaration[] = []
  if (declarations.length > 100) return kept
  for (const declaration of declarations)
    if ((await wrongWith([...kept, declaration])) === null) kept.push(declaration)
  return kept
}
