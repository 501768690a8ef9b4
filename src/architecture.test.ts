// Holds the layout of the house: which layer may import which, no cycles, effects only in the command line, short files.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const SRC = import.meta.dirname

/** Layer (folder of src, or `index`) → layers it may import besides itself. Imports run one way. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  model: [],
  read: ['model'],
  report: ['model'],
  edit: ['model'],
  record: ['model'],
  flow: ['model'],
  recognise: ['flow', 'model'],
  check: ['flow', 'model'],
  ruleset: ['model'],
  run: ['check', 'edit', 'flow', 'model', 'read', 'recognise', 'record', 'ruleset'],
  index: ['check', 'model', 'run'],
  cli: ['edit', 'index', 'model', 'record', 'report', 'ruleset', 'run'],
}

/** Layer → packages it may import. What of Node has effects is for the command line alone. */
const MAY_USE: Record<string, RegExp> = {
  read: /^(unified|remark-parse|yaml|mdast|unist|mdast-util-.*|micromark-.*)$/,
  flow: /^node:path$/,
  ruleset: /^yaml$/,
  // Graphviz is a program (compiled): it is run from where all programs are.
  cli: /^(chalk|commander|ignore|@viz-js\/viz|node:.*)$/,
}

/** What reaches outside: forbidden but in the command line. Time and chance are outside too. */
const EFFECTS =
  /\b(?:console|process|globalThis)\s*[.[]|\bfetch\(|\bMath\.random\b|\bDate\.now\b|\bnew Date\(\)|\bset(?:Timeout|Interval)\(/g

/** Data as a module: its words are no code. */
const GENERATED = /generated\.ts$/

const VAGUE = /^(utils?|helpers?|common|shared|misc|lib)(\.ts)?$/
const LONGEST = 300

type File = { path: string; text: string; imports: string[] }

const files: File[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts') && !/\.test(?:-data)?\.ts$/.test(path))
  .sort()
  .map(path => {
    const text = readFileSync(join(SRC, path), 'utf8')
    return {
      path,
      text,
      imports: importsOf(text).map(name => (name.startsWith('.') ? join(dirname(path), name) : name)),
    }
  })
const byPath = new Map(files.map(file => [file.path, file]))

/** What a module imports, in whatever way: `import`, `export … from`, `import()`, types too. */
function importsOf(text: string): string[] {
  const code = withoutComments(text)
  const ways = [
    /^\s*(?:import|export)\s[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^\s*import\s*['"]([^'"]+)['"]/gm,
    /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  ]
  return [...new Set(ways.flatMap(way => [...code.matchAll(way)].map(match => match[1]!)))]
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

const layerOf = (path: string) =>
  path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '')
const isFile = (name: string) => name.endsWith('.ts')
const isEmpty = (offences: string[]) => expect(offences.join('\n')).toBe('')

test('an import is found in whatever way it is written', () => {
  const text = [
    "import a from './a.ts'",
    "import type { B } from './b.ts'",
    "export * from './c.ts'",
    "import './d.ts'",
    "const e = await import('./e.ts')",
    "type F = import('./f.ts').F",
    "// import './comment.ts'",
    'import {',
    '  g,',
    "} from './g.ts'",
  ].join('\n')
  expect(importsOf(text).sort()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(name => `./${name}.ts`))
})

describe('the layers', () => {
  test('every file belongs to a layer', () => {
    isEmpty(files.map(file => file.path).filter(path => !Object.hasOwn(MAY_IMPORT, layerOf(path))))
  })

  test('imports run one way', () => {
    const offences: string[] = []
    for (const { path, imports } of files) {
      const layer = layerOf(path)
      for (const target of imports.filter(isFile)) {
        const other = layerOf(target)
        if (other !== layer && !MAY_IMPORT[layer]?.includes(other)) offences.push(`${path} imports ${target}`)
      }
    }
    isEmpty(offences)
  })

  test('every relative import names a file that is there', () => {
    isEmpty(
      files.flatMap(({ path, imports }) =>
        imports
          .filter(isFile)
          .filter(target => !byPath.has(target))
          .map(target => `${path}: ${target}`),
      ),
    )
  })

  test('packages are used only where they are allowed', () => {
    isEmpty(
      files.flatMap(({ path, imports }) => {
        const allowed = MAY_USE[layerOf(path)]
        const packages = imports.filter(name => !isFile(name))
        return packages.filter(name => !allowed?.test(name)).map(name => `${path} uses ${name}`)
      }),
    )
  })

  test('there are no cycles', () => {
    let waiting = files
    for (let before = -1; before !== waiting.length; ) {
      before = waiting.length
      const left = new Set(waiting.map(file => file.path))
      const imported = new Set(waiting.flatMap(file => file.imports))
      waiting = waiting.filter(
        file => imported.has(file.path) && file.imports.some(target => left.has(target)),
      )
    }
    isEmpty(waiting.map(file => `${file.path} is in a cycle, or between two`))
  })

  test('readers, reporters and primitives do not import each other', () => {
    const offences: string[] = []
    for (const { path, imports } of files) {
      const kind = pluginOf(path)
      if (kind === undefined) continue
      for (const target of imports) {
        const other = pluginOf(target)
        if (other !== undefined && other !== kind) offences.push(`${path} imports ${target}`)
      }
    }
    isEmpty(offences)
  })
})

/**
 * The reader, reporter or primitive that a file is or belongs to; undefined for what they share. These are the files
 * that the folder's index loads one by one (`import()`); a reader may be a folder.
 */
function pluginOf(path: string): string | undefined {
  if (/^check\/primitives\/[^/]+$/.test(path)) return path
  // A diagram stands inside of other documents: their readers hand it on.
  if (path.startsWith('read/mermaid/')) return undefined
  const reader = /^read\/[^/]+\//.exec(path)
  if (reader) return reader[0]
  const layer = layerOf(path)
  if (layer !== 'report' && layer !== 'read') return undefined
  const index = byPath.get(`${layer}/index.ts`)
  return index?.text.includes(`import('./${relative(layer, path)}')`) ? path : undefined
}

describe('effects', () => {
  test('reach the world from the command line only', () => {
    const offences: string[] = []
    for (const { path, text } of files) {
      if (layerOf(path) === 'cli' || GENERATED.test(path)) continue
      for (const match of withoutComments(text).matchAll(EFFECTS)) offences.push(`${path}: ${match[0]}`)
    }
    isEmpty(offences)
  })
})

describe('files', () => {
  test('say in their first line what they are', () => {
    isEmpty(files.filter(({ text }) => !/^\/\/ \S.{15,}/.test(text)).map(file => file.path))
  })

  test(`have at most ${LONGEST} lines, or say at their top why they are longer`, () => {
    const offences: string[] = []
    for (const { path, text } of files) {
      const lines = text.split('\n').length - 1
      const top = text.slice(0, text.search(/^(?!\/\/)/m))
      if (lines > LONGEST && !/\b(long|longer|generated)\b/i.test(top))
        offences.push(`${path}: ${lines} lines`)
    }
    isEmpty(offences)
  })

  test('and folders have names that say what is in them', () => {
    isEmpty(files.map(file => file.path).filter(path => path.split('/').some(part => VAGUE.test(part))))
  })
})
