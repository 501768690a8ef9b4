// How the files of a run are read: as kept from an earlier run, by threads where there are many, else here.
import { availableParallelism } from 'node:os'
import { deserialize, serialize } from 'node:v8'
import type { FileRead, ReadOptions, Source } from '../run/settings.ts'
import { usageError } from './exit.ts'
import type { Pool } from './pool.ts'
import { nameOf, type Store } from './store.ts'

export type Reading = {
  /** As `readFile` of the run; undefined if there is nothing to be won by another way than its own. */
  readFile?: (path: string, text: string) => Promise<FileRead>
  threads: number
  /** Files that were kept, and files that had to be read. */
  hits: number
  misses: number
  close(): Promise<void>
}

/** Characters in files to be read from which threads pay: with two, 2.7 million took as long, 8 million 15 % less (docs/performance.md). */
const WORTH_THREADS = 4_000_000
const MOST_THREADS = 4

/** `--jobs N`; undefined: as many as pay. */
export function jobsOf(number: string | undefined): number | undefined {
  if (number === undefined || number === 'auto') return undefined
  if (/^[1-9]\d{0,2}$/.test(number)) return Number(number)
  throw usageError(`"--jobs ${number}" is no number of threads; expected 1 or more, or auto`)
}

/** Begins to read all sources. What is read does not depend on the store or the number of threads. */
export async function startReading(
  sources: readonly Source[],
  options: ReadOptions,
  { store, base, jobs }: { store?: Store | undefined; base: string; jobs: number | undefined },
): Promise<Reading> {
  const nameFor = (path: string, text: string) => nameOf(base, path, text)
  const isSource = new Set(sources.map(({ path }) => path))
  const kept = new Map<string, FileRead>()
  const left = sources.filter(({ path, text }) => {
    const read = store && fileIn(store, nameFor(path, text))
    if (read) kept.set(path, read)
    return !read
  })
  const threads = threadsFor(left, jobs)
  if (!store && threads < 2) return { threads: 1, hits: 0, misses: left.length, close: async () => {} }

  const pool: Pool | undefined =
    threads > 1 ? (await import('./pool.ts')).startPool(threads, options) : undefined
  const coming = new Map<string, Promise<FileRead>>()
  const reading: Reading = {
    threads,
    hits: kept.size,
    misses: left.length,
    readFile(path, text) {
      const known = kept.get(path)
      if (known) return Promise.resolve(known)
      return coming.get(path) ?? readHere(path, text)
    },
    close: async () => pool?.close(),
  }
  if (pool) {
    for (const { path, text } of left) {
      const read = pool.read(path, text).then(bytes => {
        store?.put(nameFor(path, text), 'file', bytes)
        return deserialize(bytes) as FileRead
      })
      // Each is waited for in its turn; that an earlier one failed is told by then.
      read.catch(() => {})
      coming.set(path, read)
    }
  }
  return reading

  async function readHere(path: string, text: string): Promise<FileRead> {
    const name = nameFor(path, text)
    // Files that others lead to are found one by one, and looked for only now.
    if (!isSource.has(path)) {
      const known = store && fileIn(store, name)
      if (known) reading.hits++
      else reading.misses++
      if (known) return known
    }
    const { readFile } = await import('../run/read.ts')
    const read = await readFile(path, text, options)
    store?.put(name, 'file', serialize(read))
    return read
  }
}

function fileIn(store: Store, name: string): FileRead | undefined {
  const bytes = store.get(name, 'file')
  return bytes && (deserialize(bytes) as FileRead)
}

function threadsFor(left: readonly Source[], jobs: number | undefined): number {
  const most = Math.min(jobs ?? Math.min(availableParallelism(), MOST_THREADS), left.length)
  if (jobs !== undefined) return most
  const size = left.reduce((sum, { text }) => sum + text.length, 0)
  return size >= WORTH_THREADS ? most : 1
}
