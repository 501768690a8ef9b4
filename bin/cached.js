// Loads a bundled file with the code that V8 made of it when it was built: parsing it anew is half of a start.
import { existsSync, readFileSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Script } from 'node:vm'

/** Where the code of a file is kept: it fits one version of V8 and one kind of processor only. */
export function codeFile(file) {
  return `${file}.${process.versions.v8}-${process.arch}.code`
}

/** A file in CommonJS and ASCII as a script; `code`, if there is any and V8 takes it, saves compiling. */
export function scriptOf(file, code) {
  const source = `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`
  return new Script(source, { filename: file, ...(code && { cachedData: code }) })
}

/** What a script of `scriptOf` exports. */
export function run(script, file) {
  const made = { exports: {} }
  script.runInThisContext()(made.exports, createRequire(file), made, file, dirname(file))
  return made.exports
}

/** What the file at a URL exports. */
export function loadCached(url) {
  const file = fileURLToPath(url)
  const code = codeFile(file)
  if (existsSync(code)) return run(scriptOf(file, readFileSync(code)), file)
  // Built by another version of Node: from 22.1 on, Node itself keeps such code, in a folder for temporary files.
  module.enableCompileCache?.()
  return createRequire(url)(file)
}
