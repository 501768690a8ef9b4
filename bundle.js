// Bundles the executable into few files, and compiles them: opening and parsing modules is most of what a start costs.
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { build } from 'esbuild'
import { markdownPlaybook, yamlPlaybook } from './bench/generate.js'
import { codeFile, run, scriptOf } from './bin/cached.js'

const OUT = 'dist/bundle'
const made = new Set()

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

/** What is asked for by a name that matches is `contents` instead. */
const instead = (filter, contents) => ({
  name: `instead of ${filter}`,
  setup({ onResolve, onLoad }) {
    onResolve({ filter }, () => ({ path: `${filter}`, namespace: `${filter}` }))
    onLoad({ filter: /./, namespace: `${filter}` }, () => ({ contents, resolveDir: '.' }))
  },
})

/** Lexicons stay files of their own: a run needs one of them. */
const lexicons = new Map()
const lexiconsApart = {
  name: 'lexicons apart',
  setup({ onResolve }) {
    onResolve({ filter: /\/..(\.compiled)?\.generated\.ts$/ }, ({ path, resolveDir }) => {
      const entry = join(resolveDir, path)
      if (!lexicons.has(entry)) lexicons.set(entry, bundle(entry, IN_ONE))
      return lexicons.get(entry).then(file => ({ path: `./${basename(file)}`, external: true }))
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
  // Letters of other alphabets are left in regular expressions only, where an escape says the same. Without them V8
  // keeps the text in one byte a letter.
  const escaped = letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[^\0-\x7f]/g, escaped))
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
