// Which files of a searched folder are left out: .gitignore at every level, and the patterns of the configuration.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import type { Ignore, Options } from 'ignore'

/** Patterns in the language of .gitignore, relative to `folder` (absolute). */
export type Patterns = { folder: string; matcher: Ignore }

export function patternsOf(folder: string, lines: string | readonly string[]): Patterns {
  // Loaded with the first pattern: a run on a named file needs none.
  makeIgnore ??= createRequire(import.meta.url)('ignore') as (options: Options) => Ignore
  return { folder, matcher: makeIgnore({ ignorecase: false }).add(lines) }
}

let makeIgnore: ((options: Options) => Ignore) | undefined

/** The .gitignore of this folder; undefined if there is none that can be read. */
export function gitignoreIn(folder: string): Patterns | undefined {
  const file = join(folder, '.gitignore')
  try {
    return statSync(file).isFile() ? patternsOf(folder, readFileSync(file, 'utf8')) : undefined
  } catch {
    return undefined
  }
}

/** Those of the folder and the folders above it up to `top`, which must contain it; outermost first. */
export function gitignoresDownTo(folder: string, top: string): Patterns[] {
  const found: Patterns[] = []
  for (let at = folder; isInside(at, top); at = dirname(at)) {
    const patterns = gitignoreIn(at)
    if (patterns) found.unshift(patterns)
    if (at === dirname(at)) break
  }
  return found
}

/** Whether the patterns match; the innermost that say anything (also `!kept`) decide, as in git. */
export function isMatched(levels: readonly Patterns[], absolute: string, isFolder: boolean): boolean {
  for (let i = levels.length - 1; i >= 0; i--) {
    const { folder, matcher } = levels[i]!
    const path = below(absolute, folder)
    if (path === undefined) continue
    const { ignored, unignored } = matcher.test(isFolder ? `${path}/` : path)
    if (ignored) return true
    if (unignored) return false
  }
  return false
}

/** The nearest folder from here upwards that is a git work tree. */
export function gitRootOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (at === dirname(at)) return undefined
  }
}

/** Both absolute and normalised; a folder is inside itself. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** The way from the folder to the path with `/`; undefined if it is not below. */
function below(absolute: string, folder: string): string | undefined {
  if (absolute === folder || !isInside(absolute, folder)) return undefined
  const path = absolute.slice(folder.endsWith(sep) ? folder.length : folder.length + 1)
  return sep === '/' ? path : path.replaceAll(sep, '/')
}
