// Where `--cache` keeps what it knows, and what is said when it cannot.
import { join, resolve } from 'node:path'
import type { Options } from './arguments.ts'
import { usageError } from './exit.ts'
import { CACHE_FOLDER, shownPath } from './files.ts'
import type { Project } from './project.ts'
import type { Store } from './store.ts'
import { type Streams, talk } from './streams.ts'
import { reason } from './text.ts'

/** The absolute folder; undefined without `--cache`. Beside the configuration found here, else at the git root, else here. */
export function cacheFolder(project: Project, options: Options, cwd: string): string | undefined {
  const named = options['cache-location']
  if (named === '') throw usageError('"--cache-location" names no folder')
  if (named !== undefined) return resolve(cwd, named)
  if (!options.cache) return undefined
  const found = options.config === undefined ? project.configs.at(-1)?.folder : undefined
  return join(found ?? project.top, CACHE_FOLDER)
}

/** Throws a usage error if the folder is no place for a cache. */
export async function storeHere(
  project: Project,
  options: Options,
  { cwd }: Streams,
): Promise<Store | undefined> {
  const folder = cacheFolder(project, options, cwd)
  if (folder === undefined) return undefined
  const { openStore } = await import('./store.ts')
  return openStore(folder, shownPath(folder, cwd))
}

/** A cache is a help, not a condition: without it the result is the same, and later. */
export function tellStore(store: Store | undefined, streams: Streams): void {
  const fault = store?.problem()
  if (!store || fault === undefined) return
  const folder = shownPath(store.folder, streams.cwd)
  talk(
    streams,
    `the cache "${folder}" is of no use: ${UNUSABLE[codeOf(fault)] ?? reason(fault)}; checked without it`,
  )
}

const codeOf = (fault: unknown) => (fault as NodeJS.ErrnoException).code ?? ''
const UNUSABLE: Readonly<Record<string, string>> = {
  ENOTDIR: 'it is no folder',
  EEXIST: 'it is no folder',
  EACCES: 'it may not be written (permission denied)',
  EPERM: 'it may not be written (permission denied)',
  EROFS: 'it may not be written (the file system is read-only)',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full (quota)',
}
