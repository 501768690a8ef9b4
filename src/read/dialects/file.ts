// A file of a foreign flow format: its tree, its places, what is wrong with it as YAML or JSON, and the comments for wayout.
import type { Comment, Document, Failure, Format, Playbook, Problem, Unread } from '../../model/playbook.ts'
import { type Excerpt, pointAt, type Range } from '../../model/position.ts'
import { rangeIn, type Source, sourceOf } from '../../model/source.ts'
import { excerptOfScalar, type Style } from '../scalar.ts'
import { parseJson } from './json.ts'
import type { ScalarTree, Tree } from './tree.ts'
import { parseYaml, type YamlError } from './yaml-tree.ts'

/** What is wrong and what could not be read is collected here by whoever reads the file. */
export type File = {
  path: string
  format: Format
  source: Source
  root?: Tree
  problems: Problem[]
  unread: Unread[]
  comments: Comment[]
}

/** More kinds of mistakes than this are not listed. */
const MOST_ERRORS = 20

/** Opens a file as JSON or YAML. Never throws: errors become `problems`, with as much of the tree as could be read. */
export function openFile(path: string, format: Format, text: string): File {
  const source = sourceOf(text)
  const file: File = { path, format, source, problems: [], unread: [], comments: [] }
  const json = parseJson(text)
  if (json) return { ...file, root: json }
  const { root, errors } = parseYaml(text)
  reportErrors(file, errors)
  file.comments = commentsOf(source)
  return root ? { ...file, root } : file
}

/** One problem for each kind of mistake, at the first of its lines: a slip is often made again and again. */
function reportErrors(file: File, errors: YamlError[]): void {
  const kinds = new Map<string, { range: Range; lines: Set<number> }>()
  const length = file.source.text.length
  for (const { from, to, message } of errors) {
    const range = rangeIn(file.source, Math.min(from, length), Math.min(to, length))
    const words = message.charAt(0).toLowerCase() + message.slice(1)
    const kind = kinds.get(words)
    if (kind) kind.lines.add(range.start.line)
    else if (kinds.size < MOST_ERRORS) kinds.set(words, { range, lines: new Set([range.start.line]) })
  }
  for (const [words, { range, lines }] of kinds) {
    const more =
      lines.size === 1 ? '' : ` (and so on ${lines.size - 1} more line${lines.size === 2 ? '' : 's'})`
    syntax(file, `not valid YAML: ${words}${more}`, range)
  }
}

export function rangeOfTree(file: File, { start, end }: Tree): Range {
  // A YAML collection reaches to the next token; the white space before that is not part of it.
  const { text } = file.source
  let last = end
  while (last > start && /\s/.test(text[last - 1]!)) last--
  return rangeIn(file.source, start, last)
}

/** The document of a file that was read; without a step in any playbook it counts as not read. */
export function documentOf(file: File, playbooks: Playbook[]): Document {
  const { path, format, problems, unread, comments } = file
  const withSteps = playbooks.filter(p => p.steps.length > 0)
  const document = { path, format, playbooks: withSteps, problems, unread, anchors: new Map(), comments }
  if (withSteps.length > 0) return document
  const [problem] = problems
  const failure: Failure = problem
    ? { kind: 'syntax', message: problem.message, range: problem.range }
    : { kind: 'no-steps', message: 'there are no steps in it' }
  return { ...document, failure }
}

/** True if the file can be read: the caller's parser got a value out of it and we got a tree. Otherwise says why not. */
export function isReadable(file: File, value: unknown): file is File & { root: Tree } {
  if (file.root && value !== undefined) return true
  if (file.problems.length === 0) {
    const empty = file.source.text.trim() === ''
    syntax(file, empty ? 'the file is empty' : 'neither valid YAML nor JSON', rangeIn(file.source, 0, 0))
  }
  return false
}

export function syntax(file: File, message: string, range: Range, fix?: string, step?: string): void {
  const more = { ...(fix === undefined ? {} : { fix }), ...(step === undefined ? {} : { step }) }
  file.problems.push({ rule: 'syntax', message, range, ...more })
}

/** The text of a scalar, with the place of each character. Linear, but for the look-up of lines. */
export function excerptOf({ source }: File, { start, end, text, value }: ScalarTree): Excerpt {
  return excerptOfScalar(source, { text, start, end, style: styleOf(source.text[start], value) })
}

function styleOf(first: string | undefined, value: ScalarTree['value']): Style {
  if (first === '"') return 'double'
  if (first === "'") return 'single'
  return typeof value === 'string' && (first === '|' || first === '>') ? 'block' : 'plain'
}

/** The text of a scalar as a text of its own to read from, whose places are those in the file (JSON in a string). */
export function within(file: File, scalar: ScalarTree): File {
  const excerpt = excerptOf(file, scalar)
  return { ...file, source: { text: excerpt.text, point: offset => pointAt(excerpt, offset) } }
}

/** `# wayout-disable-file …` */
function commentsOf(source: Source): Comment[] {
  const comments: Comment[] = []
  for (const found of source.text.matchAll(/(?<=^|\s)#[ \t]*(wayout\b[^\n]*)/gm)) {
    const words = found[1]!.trimEnd()
    const end = found.index + found[0].length - found[1]!.length + words.length
    comments.push({ text: words, range: rangeIn(source, found.index, end) })
  }
  return comments
}
