// Reads wayout's own playbook format, YAML or JSON, into a document; what is wrong is listed, the rest is read.
import { isMap, isScalar, isSeq, type Scalar, type YAMLMap } from 'yaml'
import type { Document, Failure, Playbook, Problem } from '../../model/playbook.ts'
import type { Excerpt } from '../../model/position.ts'
import type { Root } from '../../model/roots.ts'
import { isOwnShape, type Top, unknownShape } from '../shape.ts'
import { excerptOf } from './excerpt.ts'
import { readPlaybook } from './head.ts'
import { type Parsed, parse, type Tree } from './parse.ts'
import { isEmpty, MAX_PROBLEMS, type Reading } from './reading.ts'
import { rangeAt } from './span.ts'
import { plainValue } from './value.ts'

export { type Parsed, parse } from './parse.ts'

/** `acts`: names of the acts of the team, in addition to those of wayout; `roots`: of its site. */
export type YamlOptions = { acts?: Iterable<string>; roots?: readonly Root[] }

/**
 * Reads a file of playbooks in YAML or JSON. Never throws: mistakes become `problems` at their place, and `failure` is
 * set if there is no playbook at all. Positions are lines and columns of the text. Linear in its length.
 */
export function readYaml(path: string, text: string, options: YamlOptions = {}): Document {
  return readParsed(path, parse(text), options)
}

/** As `readYaml`, for a text that is parsed already. */
export function readParsed(path: string, parsed: Parsed, options: YamlOptions = {}): Document {
  const { source, errors, comments } = parsed
  const teamActs = new Set(options.acts)
  const playbooks: Playbook[] = []
  const found: Problem[] = []
  let unlisted = 0
  for (const tree of parsed.trees) {
    const reading: Reading = {
      source,
      aliases: tree.aliases,
      teamActs,
      roots: options.roots ?? [],
      facts: new Map(),
      problems: [],
      unlisted: 0,
      step: undefined,
    }
    if (isPlaybook(tree)) {
      const playbook = readPlaybook(reading, tree.root as YAMLMap, nameOf(path))
      if (playbook) playbooks.push(playbook)
    } else reading.problems.push(shapeProblem(parsed, tree))
    found.push(...reading.problems)
    unlisted += reading.unlisted
  }
  const document: Document = {
    path,
    format: 'yaml',
    playbooks,
    problems: [],
    unread: [],
    anchors: new Map(),
    comments,
  }
  if (playbooks.length === 0) document.failure = failureOf(parsed, found)
  const isShape = document.failure?.kind === 'shape'
  document.problems = isShape ? [] : merged(errors, found, unlisted)
  return document
}

/** The plain value of the first document of a text, for readers of other formats; undefined if there is none. */
export function valueIn(parsed: Parsed): unknown {
  const tree = parsed.trees[0]
  return tree && plainValue(tree.root, tree.aliases)
}

/** True if one of the documents is a playbook of our own, perhaps with mistakes. */
export function isOwn(parsed: Parsed): boolean {
  return parsed.trees.some(isPlaybook)
}

/** The text under a key at the top of the first document, with its places. */
export function excerptAtKey({ source, trees }: Parsed, key: string): Excerpt | undefined {
  const root = trees[0]?.root
  if (!isMap(root)) return undefined
  const value = root.items.find(item => isScalar(item.key) && item.key.source === key)?.value
  return isScalar(value) ? excerptOf(source, value as Scalar.Parsed) : undefined
}

function isPlaybook(tree: Tree): boolean {
  return isOwnShape(topOf(tree))
}

function topOf({ root }: Tree): Top {
  if (isSeq(root)) return 'list'
  if (isMap(root)) {
    const keys = root.items.map(({ key }) => (isScalar(key) ? (key.source ?? '') : ''))
    return { keys, hasStepMapping: isMap(root.items[keys.indexOf('steps')]?.value) }
  }
  return isScalar(root) && !isEmpty(root) ? { text: root.source ?? '' } : 'empty'
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
}

/** Why no playbook could be read, the most telling reason first. */
function failureOf(parsed: Parsed, found: Problem[]): Failure {
  const { errors, trees, tooLarge, source } = parsed
  if (tooLarge) return { kind: 'too-large', message: tooLarge.message, range: tooLarge.range }
  const meant = trees.some(isPlaybook) || /(?:^|[\s"'{,])(?:playbook|steps)["']?\s?:/.test(source.text)
  const [error] = errors
  if (error && (meant || !trees.some(({ root }) => isMap(root))))
    return { kind: 'syntax', message: error.message, range: error.range }
  const [first] = found
  if (!first) return { kind: 'empty', message: 'the file is empty; expected a playbook' }
  const kind = trees.some(isPlaybook) ? 'no-steps' : 'shape'
  const cause =
    kind === 'no-steps' ? (found.find(({ message }) => message.startsWith('"steps"')) ?? first) : first
  return { kind, message: cause.message, range: cause.range }
}

function shapeProblem({ source }: Parsed, tree: Tree): Problem {
  const { start } = rangeAt(source, [tree.from, tree.to])
  return { rule: 'syntax', message: unknownShape(topOf(tree)), range: { start, end: start } }
}

/** Errors of the notation and of the content in order. On a line whose notation is broken, the content says nothing. */
function merged(errors: Problem[], found: Problem[], unlisted: number): Problem[] {
  const broken = new Set(errors.map(({ range }) => range.start.line))
  const all = [...errors, ...found.filter(({ range }) => !broken.has(range.start.line))]
  all.sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column)
  const rest = unlisted + Math.max(0, all.length - MAX_PROBLEMS)
  const listed = all.slice(0, MAX_PROBLEMS)
  const last = listed[listed.length - 1]
  if (last && rest > 0)
    listed.push({
      rule: 'syntax',
      message: `${rest} more mistakes in this file are not listed`,
      range: last.range,
    })
  return listed
}
