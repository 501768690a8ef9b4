// Finds the file that `extends` names: by relative path, or in an installed package. Packages are read, never run.
import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { extname, isAbsolute, join, resolve } from 'node:path'
import { hasConfigKey } from './config-key.ts'

/** What settings may stand in. */
const ENDINGS = ['.yaml', '.yml', '.json']
/** Where the settings of a package or a folder stand, unless it says otherwise. */
export const CONFIG_NAMES = ['wayout.yaml', 'wayout.yml'] as const

/** `file` is absolute; `isPackage`: its paths and patterns are those of the file that extends it. */
export type Extended = { file: string; isPackage: boolean } | { error: string }

/** `name` as written in a configuration in `folder` (absolute). */
export function extendedFile(name: string, folder: string): Extended {
  if (isAbsolute(name)) return { error: 'only files by relative path and packages can be extended' }
  const beside = resolve(folder, name)
  if (isFile(beside) || /^\.{1,2}(?:[\\/]|$)/.test(name)) return { file: beside, isPackage: false }
  if (name.split('/').includes('..')) return { error: 'a path in a package leads nowhere else' }
  const [, owner, rest] = /^((?:@[a-z0-9-_.~]+\/)?[a-z0-9-_.~]+)(?:\/(.+))?$/i.exec(name) ?? []
  if (owner === undefined) return { error: 'no such file or folder, and no name of a package' }
  const require = createRequire(join(folder, 'wayout.yaml'))
  const found = (require.resolve.paths(owner) ?? [])
    .map(modules => join(modules, owner))
    .find(place => existsSync(join(place, 'package.json')))
  if (found === undefined) {
    const install = ENDINGS.includes(extname(name)) ? '' : ` (npm install --save-dev ${owner})`
    return { error: `there is no such file here, and no package "${owner}" is installed${install}` }
  }
  return rest === undefined ? ofPackage(owner, found, require) : insidePackage(owner, rest, require)
}

/** wayout.yaml of the package, its package.json with a key "wayout", or what it exports, if that is data. */
function ofPackage(name: string, folder: string, require: NodeJS.Require): Extended {
  const named = CONFIG_NAMES.map(one => join(folder, one)).find(isFile)
  if (named !== undefined) return { file: named, isPackage: true }
  const manifest = join(folder, 'package.json')
  if (hasConfigKey(manifest)) return { file: manifest, isPackage: true }
  const main = resolved(name, require)
  if (main !== undefined && isData(main)) return { file: main, isPackage: true }
  return { error: `the package "${name}" holds no settings of wayout: expected wayout.yaml in it` }
}

/** A file of the package, with or without its ending; what the package does not export is not there. */
function insidePackage(owner: string, rest: string, require: NodeJS.Require): Extended {
  const names = [`${owner}/${rest}`, ...ENDINGS.map(ending => `${owner}/${rest}${ending}`)]
  const found = names.map(one => resolved(one, require)).filter(one => one !== undefined)
  const data = found.find(isData)
  if (data !== undefined) return { file: data, isPackage: true }
  if (found.length > 0)
    return {
      error: `"${rest}" of the package "${owner}" is no data: settings are YAML or JSON, and code is not run`,
    }
  return { error: `the package "${owner}" has no file "${rest}", or does not export it` }
}

function resolved(name: string, require: NodeJS.Require): string | undefined {
  try {
    return require.resolve(name)
  } catch {
    return undefined
  }
}

const isData = (file: string) => ENDINGS.includes(extname(file))

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
