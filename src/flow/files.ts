// The files a target may mean: sites link to pages by other names than their sources have, and from their own root.
import { posix } from 'node:path'
import type { Target } from '../model/playbook.ts'
import { isSiteLink, type Root, underRoot } from '../model/roots.ts'

/** Why a file that was looked for is not there. */
export const ABSENT = 'it does not exist'

/** `written`: the path as the target names it; `files`: what it may mean, the likeliest first. Both normalised. */
export type Places = { written: string; files: string[] }

/**
 * The files a target may lead to, relative to where the target's own file is relative to. Undefined if it stays in
 * its file; null if it leads to a site of which no root is known: nothing can be said about that.
 */
export function filesOf(target: Target, from: string, roots: readonly Root[]): Places | null | undefined {
  const { path } = target
  if (path === undefined) return undefined
  const joined = isSiteLink(path) ? underRoot(path, roots) : posix.join(posix.dirname(from), path)
  if (joined === null) return null
  const written = posix.normalize(joined)
  return { written, files: sourcesOf(written) }
}

/** In this order; a page made by a template (`.erb`) is there, whether or not it can be read as a playbook. */
const ENDINGS = ['.html.md', '.md', '/index.html.md', '/index.md', '.html.md.erb', '/index.html.md.erb']

/** The names that the source of a page may have: `x.html`, `x/` and `x` are made of `x.html.md`, `x.md` or `x/index.md`. */
function sourcesOf(page: string): string[] {
  const path = page.replace(/\/$/, '')
  const name = posix.basename(path)
  const ending = /(?:\.html?)?\.(?:md|markdown)$|\.html?$/i.exec(name)?.[0] ?? ''
  if (ending === '' && /\.[a-z0-9]{1,8}$/i.test(name) && !/^\.+$/.test(name)) return [path]
  const stem = path.slice(0, path.length - ending.length)
  const sources = ENDINGS.map(source => stem + source)
  // What is written as a source is meant before anything else; a built page or a folder, after its source.
  const isSource = /\.(?:md|markdown)$/i.test(ending)
  return [...new Set(isSource ? [path, ...sources] : page.endsWith('/') ? sources : [...sources, path])]
}
