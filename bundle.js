// Bundles the executable into few files, and compiles them: opening and parsing modules is most of what a start costs.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { markdownPlaybook, yamlPlaybook } from './bench/generate.js'
import { codeFile, run, scriptOf } from './bin/cached.js'

const OUT = 'dist/bundle'
const made = new Set()
mkdirSync(OUT, { recursive: true })

/** Bundles one file; returns the path of what came out, which is named by all that is in it. */
async function bundle(entry, options) {
  const { metafile } = await build({
    entryPoints: [entry],
    outdir: OUT,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    // Names stay: a stack trace that somebody reports must say where it was.
    metafile: true,
    logLevel: 'warning',
    ...options,
  })
  const paths = Object.keys(metafile.outputs)
  for (const path of paths) made.add(basename(path))
  return paths.find(path => metafile.outputs[path].entryPoint)
}

/** With every other letter escaped, as strings, JSON and regular expressions have it: V8 keeps such text in one byte a letter. */
const ascii = text =>
  text.replace(/[^\0-\x7f]/g, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** What is asked for by a name that matches is `contents` instead. */
const instead = (filter, contents) => ({
  name: `instead of ${filter}`,
  setup({ onResolve, onLoad }) {
    onResolve({ filter }, () => ({ path: `${filter}`, namespace: `${filter}` }))
    onLoad({ filter: /./, namespace: `${filter}` }, () => ({ contents, resolveDir: '.' }))
  },
})

/** Lexicons stay files of their own, as the JSON that they are: a run needs one of them, and no code need be made of it. */
const lexiconsApart = {
  name: 'lexicons apart',
  setup({ onLoad }) {
    onLoad({ filter: /\/..(\.compiled)?\.generated\.ts$/ }, async ({ path }) => {
      const [, literal] = /^export const lexicon: string = ("[^]*")\n$/m.exec(readFileSync(path, 'utf8'))
      const text = ascii(JSON.parse(literal))
      const name = `${basename(path, '.generated.ts')}-${createHash('sha1').update(text).digest('hex').slice(0, 8)}.json`
      made.add(name)
      writeFileSync(join(OUT, name), text)
      return {
        contents: `import { readFileSync } from 'node:fs'
export const lexicon = readFileSync(new URL('./${name}', import.meta.url), 'latin1')`,
      }
    })
  },
}

/** One file in CommonJS: V8 keeps the code of such, but not that of modules. */
const IN_ONE = {
  format: 'cjs',
  entryNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' },
  supported: { 'dynamic-import': false },
  define: { 'import.meta.url': 'fileUrl' },
  banner: { js: "const fileUrl = require('node:url').pathToFileURL(__filename).href;" },
}

/** The YAML parser as modules, so that what nobody uses of it falls away; the package's default for Node is in CommonJS. */
const yamlAsModules = resolve('node_modules/yaml/browser/index.js')
/** It can start other programs, which wayout has none of; loading what it takes to do so costs as much as all its rest. */
const noPrograms = instead(/^node:child_process$/, 'export default {}')

const commands = await bundle('src/cli/dispatch.ts', {
  ...IN_ONE,
  alias: { yaml: yamlAsModules },
  // Has a licence of its own (Graphviz, EPL) and is large: it stays the package it is.
  external: ['@viz-js/viz'],
  plugins: [lexiconsApart, noPrograms],
})
/** What a module exports, from the file of all commands. */
const fromCommands = (filter, name) =>
  instead(
    filter,
    `import { loadCached } from './bin/cached.js'
export const { ${name} } = loadCached(new URL('./${basename(commands)}', import.meta.url))`,
  )
/** The table of reports is asked for their names only until a command runs. */
const namesOfReports = {
  name: 'names of reports',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ importer, kind }) =>
      importer.endsWith('/report/index.ts') && kind === 'dynamic-import' ? { external: true } : undefined,
    )
  },
}
await bundle('src/cli/main.ts', {
  format: 'esm',
  plugins: [namesOfReports, fromCommands(/\/dispatch\.ts$/, 'runCommand')],
})
// The threads of `--jobs` begin at a file of their own.
await bundle('src/cli/worker.ts', {
  format: 'esm',
  plugins: [fromCommands(/\/run\/read\.ts$/, 'readFile')],
})
await compile(commands)

/** Keeps the code of what one run over a playbook of either format needs: more of it would have to be opened every time. */
async function compile(path) {
  const file = resolve(path)
  // Letters of other alphabets are left in regular expressions only, where an escape says the same.
  writeFileSync(file, ascii(readFileSync(file, 'utf8')))
  const script = scriptOf(file)
  const cwd = mkdtempSync(join(tmpdir(), 'wayout-build-'))
  try {
    writeFileSync(join(cwd, 'gym.yaml'), yamlPlaybook(1))
    writeFileSync(join(cwd, 'gym.md'), markdownPlaybook(1))
    const silent = { write() {} }
    const streams = { stdin: [], stdout: silent, stderr: silent, env: {}, cwd }
    await run(script, file).runCommand(['lint'], streams)
  } finally {
    rmSync(cwd, { recursive: true })
  }
  const code = codeFile(file)
  made.add(basename(code))
  // Never seen half written.
  writeFileSync(`${code}.new`, script.createCachedData())
  renameSync(`${code}.new`, code)
}

// Files of earlier builds go last: who runs the program meanwhile still finds what it has begun to load.
for (const name of readdirSync(OUT)) if (!made.has(name)) rmSync(join(OUT, name))
