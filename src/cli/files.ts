// From the paths on the command line to the texts to lint: searches folders, reads, and says what could not be read.
import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { Source } from '../index.ts'
import type { NotRead } from '../model/finding.ts'
import { gitignoreIn, gitignoresDownTo, isInside, isMatched, type Patterns } from './ignored.ts'
import { readStream, readText, reason, type Text } from './text.ts'

/** Where `--cache` keeps what it knows, unless it is told another place. */
export const CACHE_FOLDER = '.wayout-cache'

/** What a searched folder is searched for. */
export const ENDINGS = ['.md', '.markdown', '.yaml', '.yml', '.json'] as const
const SKIPPED_FOLDERS = new Set(['.git', 'node_modules', CACHE_FOLDER])
/** Files with one of our endings that are never playbooks. */
const SKIPPED_FILES = new Set(['wayout.yaml', 'wayout.yml', 'package.json', 'package-lock.json'])

export type Request = {
  /** As given; `-` is standard input. */
  paths: readonly string[]
  /** Absolute. */
  cwd: string
  /** Up to here `.gitignore` files count; absolute. */
  top: string
  /** The configuration's `ignore:`. */
  ignore: readonly Patterns[]
  /** Absolute paths of files and folders that hold no playbooks: the configuration, the cache. */
  skip: ReadonlySet<string>
  stdin: AsyncIterable<Uint8Array | string>
  /** What standard input is called. */
  stdinPath: string
}

export type Collected = {
  /** Ordered by path (code units), whatever the order of the arguments, the locale or the file system. */
  sources: Source[]
  notRead: NotRead[]
  /** What a search left out: files and folders ignored, symbolic links not followed. */
  ignored: number
  links: number
}

/** Finds and reads everything that the request names. Named files win over found ones; each file comes once. */
export async function collect(request: Request): Promise<Collected> {
  const { cwd } = request
  const files = new Map<string, { named: boolean; text?: Text }>()
  const found: Collected = { sources: [], notRead: [], ignored: 0, links: 0 }
  const fail = (path: string, reason: string) => found.notRead.push({ path, reason, passedOver: false })

  const find = (file: string) => {
    if (!files.has(file)) files.set(file, { named: false })
  }
  for (const path of request.paths) {
    const absolute = resolve(cwd, path)
    if (path === '-') continue
    const kind = kindOf(absolute)
    if (kind === 'folder') search(absolute, request, found, find)
    else if (kind === 'file') files.set(absolute, { named: true })
    else fail(shownPath(path === '' ? path : absolute, cwd), kind.error + patternHint(path))
  }
  if (request.paths.includes('-')) {
    files.set(resolve(cwd, request.stdinPath), { named: true, text: await readStream(request.stdin) })
  }

  for (const [absolute, { named, text }] of files) {
    const path = shownPath(absolute, cwd)
    const read = text ?? readText(absolute)
    if ('error' in read) fail(path, read.error)
    else found.sources.push({ path, text: read.text, named })
  }
  found.sources.sort(byPath)
  found.notRead.sort(byPath)
  return { ...found, notRead: found.notRead.filter((one, i, all) => one.path !== all[i - 1]?.path) }
}

function kindOf(absolute: string): 'file' | 'folder' | { error: string } {
  try {
    return statSync(absolute).isDirectory() ? 'folder' : 'file'
  } catch (fault) {
    return { error: reason(fault) }
  }
}

const patternHint = (path: string) =>
  /[*?{]/.test(path) ? '; a pattern is for the shell to fill in: name the folder instead' : ''

/** Walks down a folder without recursion. A folder that was named is searched even where it is itself ignored. */
function search(start: string, request: Request, found: Collected, add: (file: string) => void): void {
  const above = gitignoresDownTo(join(start, '..'), request.top)
  const waiting = [{ folder: start, levels: isMatched(above, start, true) ? [] : above }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { folder } = next
    let inside: Dirent[]
    try {
      inside = readdirSync(folder, { withFileTypes: true })
    } catch (fault) {
      found.notRead.push({ path: shownPath(folder, request.cwd), reason: reason(fault), passedOver: false })
      continue
    }
    const own = inside.some(entry => entry.name === '.gitignore') ? gitignoreIn(folder) : undefined
    const levels = own ? [...next.levels, own] : next.levels
    for (const entry of inside) {
      const path = join(folder, entry.name)
      const isFolder = entry.isDirectory()
      if (entry.isSymbolicLink()) found.links++
      else if (request.skip.has(path)) continue
      else if (isFolder ? SKIPPED_FOLDERS.has(entry.name) : !mayBePlaybook(entry.name)) continue
      else if (isMatched(levels, path, isFolder) || isMatched(request.ignore, path, isFolder)) found.ignored++
      else if (isFolder) waiting.push({ folder: path, levels })
      else if (entry.isFile()) add(path)
    }
  }
}

function mayBePlaybook(name: string): boolean {
  const lower = name.toLowerCase()
  return ENDINGS.some(ending => lower.endsWith(ending)) && !SKIPPED_FILES.has(name)
}

/**
 * A reader of the files that playbooks lead to. Null: there is no such file, or it lies outside the root (also by
 * way of a symbolic link), or it is no relative path (a URL, an absolute path). Paths are relative to `cwd`.
 */
export function loader(
  cwd: string,
  root: string,
): (path: string) => { path: string; text: string } | { error: string } | null {
  const realRoot = realpathSync(root)
  return path => {
    if (path === '' || path.includes('\0') || /^[a-z][a-z0-9+.-]*:/i.test(path) || isAbsolute(path))
      return null
    if (/^[/\\]/.test(path)) return null
    const absolute = resolve(cwd, path)
    if (!isInside(absolute, root)) return null
    try {
      if (!isInside(realpathSync(absolute), realRoot)) return null
    } catch {
      return null
    }
    const read = readText(absolute)
    return 'error' in read ? read : { path: shownPath(absolute, cwd), text: read.text }
  }
}

/** A path as messages show it: relative to where one stands, with `/`. */
export function shownPath(absolute: string, cwd: string): string {
  const path = relative(cwd, absolute) || '.'
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

/** Code units, so that the order is the same everywhere. */
export function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
