// A folder of entries by name, for `--cache`: whole or not there, whoever writes beside us and whenever we are killed.
import { createHash, randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { usageError } from './exit.ts'

/** `run`: all that was checked in one run; `file`: a file as read. */
export type Kind = 'run' | 'file'

export type Store = {
  /** As given to `openStore`. */
  folder: string
  /** The entry of this name; undefined if there is none, or one that is not whole. Never throws. */
  get(name: string, kind: Kind): Uint8Array | undefined
  /** Keeps an entry. Never throws: what cannot be written is told by `problem`. */
  put(name: string, kind: Kind, bytes: Uint8Array): void
  /** Drops what is old or too much; for the end of a run. Never throws. */
  tidy(limits?: Limits): void
  /** Why the folder is of no use: the first fault of the file system, none after it. */
  problem(): unknown
}

export type Limits = {
  /** Milliseconds since 1970. */
  now: number
  /** Entries that were not used for so long are dropped. Milliseconds. */
  age: number
  /** Bytes of all entries; the oldest go first. */
  bytes: number
  /** A run is as large as its findings, and each change of a file makes another. */
  runs: number
}

const DAY = 24 * 60 * 60 * 1000
const LIMITS = { age: 14 * DAY, bytes: 256 * 1024 * 1024, runs: 16 }
/** Left behind by a run that was killed while it wrote. */
const ABANDONED = 60 * 60 * 1000

const OURS = /^(?:[0-9a-f]{40}\.(?:run|file)|[0-9a-f-]{36}\.part|\.gitignore|CACHEDIR\.TAG)$/
const TAG = 'CACHEDIR.TAG'
/** https://bford.info/cachedir/ : backups and searches leave such a folder out. */
const TAG_TEXT =
  'Signature: 8a477f597d28d172789f06886806bc55\n# What wayout has read and checked before ("wayout lint --cache"). It may be deleted at any time.\n'

/** The name of an entry that depends on these words. */
export function nameOf(...parts: readonly string[]): string {
  const hash = createHash('sha1')
  // Lengths keep apart what would read the same when joined.
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part)
  return hash.digest('hex')
}

/** Makes nothing yet. Throws a usage error if the folder holds files that are not ours. */
export function openStore(folder: string, shown: string): Store {
  let problem: unknown
  let isMade = false
  let isChanged = false
  const fails = (fault: unknown) => {
    problem ??= fault
  }
  refuseForeign(folder, shown)

  return { folder, get, put, tidy, problem: () => problem }

  function get(name: string, kind: Kind): Uint8Array | undefined {
    if (problem !== undefined) return undefined
    const file = join(folder, `${name}.${kind}`)
    try {
      const found = readFileSync(file)
      const bytes = opened(found, name)
      if (bytes && statSync(file).mtimeMs < Date.now() - DAY) utimesSync(file, new Date(), new Date())
      return bytes
    } catch (fault) {
      if (codeOf(fault) !== 'ENOENT') fails(fault)
      return undefined
    }
  }

  function put(name: string, kind: Kind, bytes: Uint8Array): void {
    if (problem !== undefined) return
    const part = join(folder, `${randomUUID()}.part`)
    try {
      if (!isMade) make()
      writeFileSync(part, Buffer.concat([sealOf(name, bytes), bytes]), { flag: 'wx' })
      renameSync(part, join(folder, `${name}.${kind}`))
      isChanged = true
    } catch (fault) {
      fails(fault)
      discard(part)
    }
  }

  function make(): void {
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of [
      ['.gitignore', '*\n'],
      [TAG, TAG_TEXT],
    ] as const) {
      if (!existsSync(join(folder, name))) writeFileSync(join(folder, name), text)
    }
    isMade = true
  }

  function tidy(limits: Limits = { ...LIMITS, now: Date.now() }): void {
    if (problem !== undefined || !isChanged) return
    try {
      for (const name of superfluous(folder, limits)) discard(join(folder, name))
    } catch {
      // Another run tidies, too; or the next one does.
    }
  }
}

/** A folder that is not ours would get a .gitignore that hides all that is in it. */
function refuseForeign(folder: string, shown: string): void {
  let names: string[]
  try {
    if (existsSync(join(folder, TAG))) return
    names = readdirSync(folder)
  } catch {
    return
  }
  const foreign = names.find(name => !OURS.test(name))
  if (foreign !== undefined) {
    throw usageError(
      `the folder "${shown}" for the cache holds other files ("${foreign}"); name one of its own, such as "${join(shown, '.wayout-cache')}"`,
    )
  }
}

/** The names of the files that go: abandoned, old, one run too many, or beyond the size; newest stay. */
function superfluous(folder: string, { now, age, bytes, runs }: Limits): string[] {
  const entries = readdirSync(folder)
    .filter(name => OURS.test(name) && name !== TAG && name !== '.gitignore')
    .flatMap(name => {
      const stats = statSync(join(folder, name), { throwIfNoEntry: false })
      return stats ? [{ name, used: stats.mtimeMs, size: stats.size }] : []
    })
    .sort((a, b) => b.used - a.used || (a.name < b.name ? -1 : 1))
  let room = bytes
  let left = runs
  return entries
    .filter(({ name, used, size }) => {
      if (name.endsWith('.part')) return used < now - ABANDONED
      if (used < now - age || (name.endsWith('.run') && --left < 0)) return true
      room -= size
      return room < 0
    })
    .map(({ name }) => name)
}

/** What stands before the bytes: they belong to this name and are all there. */
function sealOf(name: string, bytes: Uint8Array): Buffer {
  return Buffer.from(`wayout ${createHash('sha1').update(name).update(bytes).digest('hex')}\n`)
}

function opened(found: Buffer, name: string): Uint8Array | undefined {
  const end = found.indexOf(10) + 1
  const bytes = found.subarray(end)
  return end > 0 && sealOf(name, bytes).equals(found.subarray(0, end)) ? bytes : undefined
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // It is in nobody's way.
  }
}

const codeOf = (fault: unknown) => (fault as NodeJS.ErrnoException).code
