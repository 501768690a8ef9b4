// `npm run evaluate`: how well acts and choosers are recognised, measured on labelled sentences (docs/evaluate.md).
import { readdirSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { readText } from '../dist/cli/text.js'
import { cacheFolder, fetched } from './cache.js'
import { readLabelled } from './labelled.js'
import { asJson, asText } from './print.js'
import { PUBLIC_SETS, sentencesOf } from './public.js'
import { recognisedIn } from './recognised.js'
import { scoreOf } from './score.js'

const USAGE = `npm run evaluate -- [files or folders of *.tsv] [options]
  --public          also measure on the public sets; fetches them once, into ${cacheFolder(process.env)}
  --language CODE   only sentences in this language
  --top N           how many kinds of misses and mistakes to list (10)
  --format NAME     text, json
Without files: fixtures/labelled. The form of the files is told in docs/evaluate.md.
`

const problems = []
const tell = message => problems.push(message)

const options = optionsOf(process.argv.slice(2))
if (options) {
  const sentences = [...labelled(options.paths), ...(options.public ? await publicSentences() : [])].filter(
    ({ language }) => options.language === undefined || language === options.language,
  )
  for (const problem of problems) console.error(problem)
  if (sentences.length > 0) {
    const score = scoreOf(sentences, await recognisedIn(sentences))
    process.stdout.write(options.format === 'json' ? asJson(score) : asText(score, options.top))
  } else console.error('no sentence to measure with')
  if (problems.length > 0 || sentences.length === 0) process.exitCode = 3
}

function optionsOf(argv) {
  const refuse = message => {
    console.error(message)
    process.exitCode = 2
    return null
  }
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        public: { type: 'boolean', default: false },
        language: { type: 'string' },
        top: { type: 'string', default: '10' },
        format: { type: 'string', default: 'text' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help) {
      process.stdout.write(USAGE)
      return null
    }
    if (!/^\d{1,6}$/.test(values.top)) return refuse(`--top expects a number, not "${values.top}"`)
    if (!['text', 'json'].includes(values.format))
      return refuse(`--format expects text or json, not "${values.format}"`)
    const own = join(import.meta.dirname, '../fixtures/labelled')
    const paths =
      positionals.length > 0 || values.public ? positionals : [relative(process.cwd(), own) || '.']
    return { ...values, top: Number(values.top), paths }
  } catch (fault) {
    return refuse(`${fault.message.split('. ')[0]}\n\n${USAGE.trimEnd()}`)
  }
}

/** The sentences of files and of what folders hold, in the order of their paths. */
function labelled(paths) {
  const folders = new Map()
  const sentences = paths
    .flatMap(path => filesAt(path))
    .flatMap(path => {
      const read = readText(path)
      if ('error' in read) {
        tell(`${path}: ${read.error}`)
        return []
      }
      const { sentences, problems: wrong } = readLabelled(path, read.text)
      for (const { line, column, message } of wrong) tell(`${path}:${line}:${column}: ${message}`)
      const folder = dirname(path)
      const words = folders.get(folder) ?? new Set()
      folders.set(folder, words)
      for (const { asserted, denied, arguable } of sentences)
        for (const label of [...asserted, ...denied, ...arguable]) words.add(label)
      return sentences.map(sentence => ({ ...sentence, group: sentence.language }))
    })
  // Who labelled a folder without ever naming an act had no word for it: nothing is said about it.
  for (const sentence of sentences) sentence.judged ??= folders.get(dirname(sentence.path))
  return sentences
}

function filesAt(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return [path]
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.tsv'))
    .sort()
    .map(name => join(path, name))
  if (files.length === 0) tell(`${path}: no .tsv file in this folder`)
  return files
}

async function publicSentences() {
  const sentences = []
  for (const set of PUBLIC_SETS) {
    const lost = []
    for (const file of set.files) {
      const { text, missing } = await fetched(set, file, cacheFolder(process.env))
      if (missing) lost.push(missing)
      else sentences.push(...sentencesOf(set, file, text))
    }
    if (lost.length > 0)
      tell(`public set ${set.name}: ${lost.length} of ${set.files.length} files are missing: ${lost[0]}`)
  }
  return sentences
}
