// Finds and reads the configuration: wayout.yaml from here upwards, the files it extends, and the root they set.
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Root } from '../model/roots.ts'
import type { Config, ConfigProblem } from '../ruleset/config.ts'
import { hasConfigKey } from './config-key.ts'
import { usageError } from './exit.ts'
import { CONFIG_NAMES, extendedFile } from './extended.ts'
import { shownPath } from './files.ts'
import { gitRootOf, isInside, type Patterns, patternsOf } from './ignored.ts'
import { readText } from './text.ts'

/** A configuration file and the (absolute) folder that its paths and patterns are relative to. */
export type LocatedConfig = Config & { folder: string }

/** All paths absolute. */
export type Project = {
  /**
   * Links are followed inside this folder only: the `root` of the configuration, else the folder in which the
   * configuration was found, else (also where one was named) the git root, else the folder one stands in.
   */
  root: string
  /** `.gitignore` files count from here downwards. */
  top: string
  /** Extended files come before those that extend them; empty without a configuration. */
  configs: LocatedConfig[]
  /** The configuration files themselves; never playbooks. */
  files: Set<string>
  /** Everything wrong in them, to be told at once. */
  problems: ConfigProblem[]
}

/** Reads the configuration that holds in `cwd`, or the one named. Throws a usage error only where there is no reading on. */
export async function findProject(cwd: string, named?: string): Promise<Project> {
  const gitRoot = gitRootOf(cwd)
  const file = named === undefined ? findConfig(cwd, gitRoot) : resolve(cwd, named)
  const project: Project = {
    root: gitRoot ?? cwd,
    top: gitRoot ?? cwd,
    configs: [],
    files: new Set(),
    problems: [],
  }
  if (file === undefined) return project
  const text = readText(file)
  if ('error' in text) throw usageError(`configuration "${named ?? shownPath(file, cwd)}": ${text.error}`)
  await readConfig(file, text.text, cwd, project)
  // A configuration that is named may lie anywhere; what it is used for lies here.
  if (named === undefined) project.root = dirname(file)
  const ofRoot = project.configs.findLast(config => config.root !== undefined)
  if (ofRoot) project.root = resolve(ofRoot.folder, ofRoot.root!)
  project.top = gitRoot ?? project.root
  if (!existsSync(project.root))
    throw usageError(`${ofRoot?.path}: "root" names no folder: "${ofRoot?.root}"`)
  for (const { path, folder: here, roots } of project.configs) {
    for (const { prefix, folder, at } of roots) {
      const absolute = resolve(here, folder)
      const wrong = !isInside(absolute, project.root)
        ? `lies outside of "${shownPath(project.root, cwd)}"`
        : existsSync(absolute)
          ? null
          : 'does not exist'
      if (wrong)
        project.problems.push({ path, at, message: `the folder "${folder}" for "${prefix}" ${wrong}` })
    }
  }
  return project
}

/** `wayout.yaml`, `wayout.yml` or package.json with a `wayout` key; not above the git root, so that a clone decides alone. */
function findConfig(cwd: string, gitRoot: string | undefined): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const here = CONFIG_NAMES.map(name => join(folder, name)).filter(file => existsSync(file))
    if (hasConfigKey(join(folder, 'package.json'))) here.push(join(folder, 'package.json'))
    if (here.length > 1) {
      const names = here.map(file => `"${shownPath(file, cwd)}"`).join(' and ')
      throw usageError(`two configurations in one folder, ${names}: keep one of them`)
    }
    if (here.length === 1 || folder === gitRoot || folder === dirname(folder)) return here[0]
  }
}

/**
 * Reads one file and, before it, those it extends. `home` is the folder that its paths are relative to: its own, or for a
 * package that of the file which extends it.
 */
async function readConfig(
  file: string,
  text: string,
  cwd: string,
  project: Project,
  home = dirname(file),
): Promise<void> {
  const { parseConfig } = await import('../ruleset/config.ts')
  project.files.add(file)
  const path = shownPath(file, cwd)
  const key = file.endsWith('package.json') ? 'wayout' : undefined
  const { config, problems } = parseConfig(text, path, key)
  project.problems.push(...problems)
  for (const { name, at } of config.extends) {
    const found = extendedFile(name, dirname(file))
    if ('file' in found && project.files.has(found.file)) continue
    const read = 'file' in found ? readText(found.file) : found
    if ('error' in read)
      project.problems.push({ path, at, message: `cannot extend "${name}": ${read.error}` })
    else if ('file' in found) {
      const isOwn = !found.isPackage && home === dirname(file)
      await readConfig(found.file, read.text, cwd, project, isOwn ? dirname(found.file) : home)
    }
  }
  project.configs.push({ ...config, folder: home })
}

/** The `ignore:` patterns of all its configuration files. */
export function ignorePatterns(project: Project): Patterns[] {
  return project.configs.filter(c => c.ignore.length > 0).map(c => patternsOf(c.folder, c.ignore))
}

/** The last value that a configuration file sets: what extends wins over what it extends. */
export function lastSet<T>(project: Project, pick: (config: LocatedConfig) => T | undefined): T | undefined {
  return project.configs.map(pick).findLast(value => value !== undefined)
}

/** Where links of the team's own site lead, as paths are shown; the files that extend others come first. */
export function siteRoots(project: Project, cwd: string): Root[] {
  return [...project.configs]
    .reverse()
    .flatMap(({ folder: here, roots }) =>
      roots.map(({ prefix, folder }) => ({ prefix, folder: shownPath(resolve(here, folder), cwd) })),
    )
}
