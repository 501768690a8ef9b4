// Bundles the executable into few files: opening hundreds of modules is most of what a start costs.
import { readdirSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import { build } from 'esbuild'

const { metafile } = await build({
  // The threads of `--jobs` begin at a file of their own.
  entryPoints: ['src/cli/main.ts', 'src/cli/worker.ts'],
  outdir: 'dist/bundle',
  bundle: true,
  // Has a licence of its own (Graphviz, EPL) and is large: it stays the package it is.
  external: ['@viz-js/viz'],
  // What is loaded with `import()` stays a file of its own: --help reads no parser.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  // Names stay: a stack trace that somebody reports must say where it was.
  // Packages written for require() ask for parts of Node by it.
  banner: { js: "import { createRequire as requireFrom } from 'node:module';const require = requireFrom(import.meta.url);" },
  metafile: true,
  logLevel: 'warning',
})

// Files of earlier builds go last: who runs the program meanwhile still finds what it has begun to load.
const made = new Set(Object.keys(metafile.outputs).map(path => basename(path)))
for (const name of readdirSync('dist/bundle')) if (!made.has(name)) rmSync(`dist/bundle/${name}`)
