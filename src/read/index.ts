// Reads a file of any form: tells what it is from its content first, then its ending, and loads only the reader it needs.
import type { Document, Failure, Format } from '../model/playbook.ts'
import type { Root } from '../model/roots.ts'
import { sourceOf } from '../model/source.ts'
import { type Guarded, guardDiagram, guardMarkdown, guardYaml } from './guard.ts'
import { isOwnShape, topOf, unknownShape } from './shape.ts'
import { type Kind, sniff } from './sniff.ts'

/** `acts`: names of the acts of the team; `roots`: of its site; `format`: what the file is, if that is known. */
export type ReadOptions = { acts?: Iterable<string>; roots?: readonly Root[]; format?: Format }

/**
 * Reads one file. Never throws on any text: what is wrong is in `problems` and `unread`, and `failure` says why
 * there is no playbook. Input over a bound (see guard.ts) is left out before a parser sees it.
 */
export async function read(path: string, text: string, options: ReadOptions = {}): Promise<Document> {
  const kind = options.format ? kindOf(options.format) : sniff(path, text)
  const guarded = GUARDS[kind](text)
  if (guarded.failure) return failed(path, formatOf(kind), guarded.failure, guarded)
  if (kind === 'markdown') return readPage(path, guarded, options)
  if (kind === 'mermaid') {
    const { readMermaid } = await import('./mermaid/index.ts')
    return withGuarded(readMermaid(path, guarded.text), guarded)
  }
  return withGuarded(await readData(path, guarded.text, options), guarded)
}

const GUARDS = { data: guardYaml, markdown: guardMarkdown, mermaid: guardDiagram } satisfies Record<
  Kind,
  unknown
>

function kindOf(format: Format): Kind {
  return format === 'markdown' || format === 'mermaid' ? format : 'data'
}

function formatOf(kind: Kind): Format {
  return kind === 'data' ? 'yaml' : kind
}

async function readPage(path: string, guarded: Guarded, { acts, roots }: ReadOptions): Promise<Document> {
  const { readMarkdown } = await import('./markdown/index.ts')
  return withGuarded(
    readMarkdown(path, guarded.text, { ...(acts && { acts }), ...(roots && { roots }) }),
    guarded,
  )
}

/** YAML or JSON: a playbook of our own, a foreign format, a page in a file, or none of these. */
async function readData(path: string, text: string, options: ReadOptions): Promise<Document> {
  // Most JSON files are none of ours: the quick parser is enough to see that.
  const quick = quickValue(text)
  const own = options.format ? options.format === 'yaml' : quick !== undefined && isOwnShape(topOf(quick))
  if (quick !== undefined && !own) {
    return (await readForeign(path, text, quick, options)) ?? failed(path, 'yaml', unknown(text, quick))
  }
  const { isOwn, parse, readParsed, valueIn } = await import('./yaml/index.ts')
  const parsed = parse(text)
  const foreign = own || isOwn(parsed) ? undefined : await readForeign(path, text, valueIn(parsed), options)
  return foreign ?? readParsed(path, parsed, options)
}

/** The value of a JSON text; undefined if it is none, or so deep that only a bounded parser should look at it. */
function quickValue(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return isDeep(value) ? undefined : value
  } catch {
    return undefined
  }
}

const MAX_DEPTH = 100

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return true
    level = level.flatMap(each => (typeof each === 'object' && each !== null ? Object.values(each) : []))
  }
  return false
}

/** A value of a foreign flow format, or of a page in a file; undefined if it is neither. */
async function readForeign(
  path: string,
  text: string,
  value: unknown,
  options: ReadOptions,
): Promise<Document | undefined> {
  const { format } = options
  if (format === undefined && (typeof value !== 'object' || value === null || Array.isArray(value)))
    return undefined
  const { dialects } = await import('./dialects/index.ts')
  const dialect = dialects.find(each => (format ? each.format === format : each.matches(value)))
  if (dialect) return dialect.read(path, text, value)
  const { pageKeys, pageOf, placedInFile } = await import('./embedded.ts')
  const keys = pageKeys(value)
  if (!keys) return undefined
  const { excerptAtKey, parse } = await import('./yaml/index.ts')
  const parsed = parse(text)
  const title = excerptAtKey(parsed, keys.title)
  const content = excerptAtKey(parsed, keys.content)
  if (!title || !content) return undefined
  const page = pageOf(title, content)
  return placedInFile(await readPage(path, guardMarkdown(page.text), options), page)
}

function unknown(text: string, value: unknown): Failure {
  const start = sourceOf(text).point(text.search(/\S/))
  return { kind: 'shape', message: unknownShape(topOf(value)), range: { start, end: start } }
}

function failed(path: string, format: Format, failure: Failure, guarded?: Guarded): Document {
  const { problems = [], unread = [] } = guarded ?? {}
  return { path, format, playbooks: [], problems, unread, anchors: new Map(), comments: [], failure }
}

/** A document with what was left out before it was read. */
function withGuarded(document: Document, { problems, unread }: Guarded): Document {
  if (problems.length + unread.length === 0) return document
  return {
    ...document,
    problems: sorted([...problems, ...document.problems]),
    unread: sorted([...unread, ...document.unread]),
  }
}

function sorted<T extends { range: { start: { line: number; column: number } } }>(list: T[]): T[] {
  return list.sort(
    ({ range: { start: a } }, { range: { start: b } }) => a.line - b.line || a.column - b.column,
  )
}
