// Text to YAML trees: syntax errors in plain words, comments for wayout, aliases resolved, nothing that can blow up.
import { Composer, type CST, type Document, type ParsedNode, Parser } from 'yaml'
import type { Comment, Problem } from '../../model/playbook.ts'
import { type Source, sourceOf } from '../../model/source.ts'
import { type Aliases, resolveAliases } from './aliases.ts'
import { MAX_DEPTH, type Scan, scanToken } from './scan.ts'
import { rangeAt } from './span.ts'
import { plainWords } from './words.ts'

/** One YAML document that is not empty. */
export type Tree = { root: ParsedNode; aliases: Aliases; from: number; to: number }

export type Parsed = {
  source: Source
  trees: Tree[]
  /** Errors of the notation itself, one a line, in order. */
  errors: Problem[]
  comments: Comment[]
  /** Why the first document that was too deep or too large was left out; such documents are in `errors` too. */
  tooLarge?: Problem
}

/** Scalars stay as they are written (`failsafe`), duplicates are found by the reader: the parser's check is quadratic. */
const OPTIONS = {
  uniqueKeys: false,
  prettyErrors: false,
  schema: 'failsafe',
  resolveKnownTags: false,
  logLevel: 'silent',
} as const

/**
 * Parses all YAML documents of a text. Never throws; errors come back in plain words at their place, with whatever
 * could still be read. Documents nested deeper than `MAX_DEPTH`, or whose aliases multiply, are left out and reported.
 * Linear in the length of the text.
 */
export function parse(raw: string): Parsed {
  const text = withoutControls(raw)
  const source = sourceOf(text)
  const parsed: Parsed = { source, trees: [], errors: [], comments: [] }
  const scan: Scan = { comments: COMMENT.test(text) ? [] : null, openQuotes: new Map(), tooDeep: null }
  try {
    compose(parsed, scan)
  } catch (error) {
    // The parser calls itself for each key of `a: a: a:` within braces, and runs out of stack at some thousands.
    const reason = error instanceof Error ? error.message : String(error)
    if (error instanceof RangeError) leaveOut(parsed, { from: 0, to: 0 }, TOO_DEEP)
    else parsed.errors.push(syntax(source, 0, 0, `the text cannot be read as YAML (${reason})`))
  }
  const comments = (scan.comments ?? []).sort((a, b) => a.offset - b.offset)
  for (const { offset, source: comment } of comments) {
    const said = comment.slice(1).trim()
    if (!said.startsWith('wayout')) continue
    parsed.comments.push({
      text: said,
      range: rangeAt(source, [offset, offset + comment.trimEnd().length]),
    })
  }
  parsed.errors = firstOfEachLine(parsed.errors)
  return parsed
}

const TOO_DEEP = `nested more than ${MAX_DEPTH} levels deep, which is as deep as wayout reads`
const COMMENT = /#[ \t]*wayout/

/** Control characters have a meaning inside the parser and none in a playbook; a byte order mark belongs to the file. */
function withoutControls(raw: string): string {
  const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw
  return /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\uFEFF]/.test(text)
    ? text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f\uFEFF]/g, ' ')
    : text
}

function compose(parsed: Parsed, scan: Scan): void {
  const { source } = parsed
  const composer = new Composer(OPTIONS)
  const take = (document: Document.Parsed) => takeDocument(parsed, scan, document)
  for (const token of new Parser().parse(source.text)) {
    scanToken(token, scan)
    if (scan.tooDeep) {
      leaveOut(parsed, scan.tooDeep, TOO_DEEP)
      scan.tooDeep = null
    } else for (const document of composer.next(token as CST.Token)) take(document as Document.Parsed)
  }
  for (const document of composer.end(true, source.text.length)) take(document as Document.Parsed)
}

function takeDocument(parsed: Parsed, scan: Scan, document: Document.Parsed): void {
  const { source } = parsed
  // Of the warnings only unknown tags matter: whoever wrote one expects something of it. The parser's checks of
  // itself (`IMPOSSIBLE`) do go off on sound YAML, such as a list for a key after a value in braces.
  const unknownTags = document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED')
  for (const error of [...document.errors.filter(({ code }) => code !== 'IMPOSSIBLE'), ...unknownTags]) {
    const [from, to, message] = plainWords(error, source.text, scan.openQuotes)
    parsed.errors.push(syntax(source, from, to, message))
  }
  const root = document.contents
  if (!root || isNothing(root)) return
  const aliases = resolveAliases(root, source.text)
  for (const { from, to, message } of aliases.errors) parsed.errors.push(syntax(source, from, to, message))
  if (aliases.tooLarge) leaveOut(parsed, aliases.tooLarge, aliases.tooLarge.message)
  else parsed.trees.push({ root, aliases: aliases.targets, from: root.range[0], to: root.range[1] })
}

/** A document with nothing in it but perhaps comments. */
function isNothing(root: ParsedNode): boolean {
  return (
    'source' in root &&
    root.source === '' &&
    root.range[1] === root.range[0] &&
    !('anchor' in root && root.anchor)
  )
}

function leaveOut(parsed: Parsed, { from, to }: { from: number; to: number }, message: string): void {
  const problem = syntax(parsed.source, from, to, message)
  parsed.errors.push(problem)
  parsed.tooLarge ??= problem
}

function syntax(source: Source, from: number, to: number, message: string): Problem {
  return { rule: 'syntax', message, range: rangeAt(source, [from, to]) }
}

/** One slip often upsets the parser several times on its line; the first time says what is wrong. */
function firstOfEachLine(errors: Problem[]): Problem[] {
  const lines = new Set<number>()
  const inOrder = [...errors].sort(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column,
  )
  return inOrder.filter(({ range }) => !lines.has(range.start.line) && lines.add(range.start.line))
}
