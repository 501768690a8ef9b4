// What every part of the YAML reader works with: the source, the tree, the vocabulary, and the list of what is wrong.
import { isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar } from 'yaml'
import type { Instead } from '../../model/edit.ts'
import { near, nearest } from '../../model/nearest.ts'
import type { Problem } from '../../model/playbook.ts'
import type { Range } from '../../model/position.ts'
import type { Root } from '../../model/roots.ts'
import type { Source } from '../../model/source.ts'
import type { Aliases } from './aliases.ts'
import { rangeAt, type Span } from './span.ts'

export type Reading = {
  source: Source
  aliases: Aliases
  /** Names of the acts of the team, in addition to those of wayout. */
  teamActs: ReadonlySet<string>
  /** Where links of the team's own site lead. */
  roots: readonly Root[]
  /** Declared facts and their values; filled before the steps are read. */
  facts: Map<string, ReadonlySet<string>>
  problems: Problem[]
  /** How many problems were found beyond those that are listed. */
  unlisted: number
  /** The id of the step that is being read, for problems. */
  step: string | undefined
}

/** A node as it may stand in a tree: a key without a value has none. */
export type Value = ParsedNode | null | undefined

/** Of so many problems each is listed; further ones are counted, because nobody reads a list that long. */
export const MAX_PROBLEMS = 1000

/**
 * Notes that something is wrong at a span of the source. The message comes as a function, because a
 * "did you mean" costs time and only listed problems need one.
 */
export function report(
  reading: Reading,
  span: Span,
  message: () => string,
  rule = 'syntax',
  instead?: Instead,
): void {
  if (reading.problems.length >= MAX_PROBLEMS) {
    reading.unlisted++
    return
  }
  const step = reading.step === undefined ? {} : { step: reading.step }
  reading.problems.push({
    rule,
    message: message(),
    range: rangeAt(reading.source, span),
    ...step,
    ...(instead && { instead }),
  })
}

/** The node itself, or what the alias stands for. */
export function followed(reading: Reading, node: Value): Value {
  return node && isAlias(node) ? (reading.aliases.get(node) ?? null) : node
}

/** Nothing was written, or `null` or `~`. */
export function isEmpty(node: Value): boolean {
  return (
    !node || (isScalar(node) && node.type === 'PLAIN' && /^(?:|~|null|Null|NULL)$/.test(node.source ?? ''))
  )
}

/** The scalar, if the node is one with something in it. */
export function scalarOf(node: Value): Scalar.Parsed | undefined {
  return node && isScalar(node) && !isEmpty(node) ? (node as Scalar.Parsed) : undefined
}

/** What the node is, in words for a message. */
export function whatIs(node: Value): string {
  if (isMap(node)) return 'a mapping'
  if (isSeq(node)) return 'a list'
  if (isEmpty(node)) return 'empty'
  return `"${shortened((node as Scalar.Parsed).source)}"`
}

function shortened(text: string): string {
  const line = text.split('\n', 1)[0]!
  return line.length > 60 || line.length < text.length ? `${line.slice(0, 60)}…` : line
}

/** The offset after the last character of a node; comments and line breaks after it do not belong to it. */
export function endOf(source: Source, node: ParsedNode): number {
  let current = node
  // Only block collections end with what their last item ends with; each step goes one level down.
  for (;;) {
    if ((!isMap(current) && !isSeq(current)) || current.flow || current.items.length === 0) break
    const last = current.items[current.items.length - 1] as
      | ParsedNode
      | { key: ParsedNode; value: ParsedNode | null }
    current = 'value' in last && 'key' in last ? (last.value ?? last.key) : (last as ParsedNode)
  }
  let end = current.range[1]
  if (isScalar(current) && current.range[1] > current.range[0]) {
    while (end > current.range[0] && /\s/.test(source.text[end - 1]!)) end--
  }
  return end
}

/** Where a node stands, to its last character. */
export function spanOf({ source }: Reading, node: ParsedNode): Span {
  return [node.range[0], endOf(source, node)]
}

/** Where a node stands, as lines and columns. */
export function rangeOfNode(reading: Reading, node: ParsedNode): Range {
  return rangeAt(reading.source, spanOf(reading, node))
}

/**
 * The place to point at when a value is not what was expected: a text itself, but of a list or mapping (or of nothing)
 * the key before it, because the value may be long and start on another line.
 */
export function placeOf(reading: Reading, node: Value, key: Span): Span {
  const standsHere = node && (isScalar(node) || isAlias(node)) && node.range[1] > node.range[0]
  return standsHere ? spanOf(reading, node) : key
}

/** The place to point at when an item of a list is not what was expected: the item itself. */
export function placeOfItem(reading: Reading, node: Value, key: Span): Span {
  return node ? spanOf(reading, node) : key
}

/**
 * Takes a word for the known one it is meant to be. An unknown word is reported; if it is close to a known one it
 * is read as that, so that one slip does not make a second finding somewhere else.
 * `expected` says what would have been right, for a word that is close to nothing.
 */
export function knownWord<T extends string>(
  reading: Reading,
  word: string,
  span: Span,
  known: Iterable<T>,
  what: string,
  expected: string,
): T | undefined {
  const candidates = [...known]
  if ((candidates as string[]).includes(word)) return word as T
  const isListed = reading.problems.length < MAX_PROBLEMS
  const meant = isListed ? nearest(word, candidates) : undefined
  report(
    reading,
    span,
    () =>
      `unknown ${what} "${shortened(word)}"; ${meant === undefined ? expected : `did you mean "${meant}"?`}`,
    'syntax',
    meant === undefined ? undefined : { word, names: near(word, candidates) },
  )
  return meant as T | undefined
}

/** `a, b or c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`
}
