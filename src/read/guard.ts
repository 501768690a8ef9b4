// Bounds on input, checked in linear time before a parser sees it: what is over a bound is left out and said to be.
import type { Failure, Problem, Unread } from '../model/playbook.ts'
import { rangeIn, type Source, sourceOf } from '../model/source.ts'
import { type Cut, cutsIn } from './markdown-bounds.ts'

/**
 * `text` has the lines and columns of the original: what is left out is blank, or missing at the end. Each kind of
 * cut is one problem; all of them are listed as unread. With `failure` nothing of the text is worth reading.
 */
export type Guarded = { text: string; problems: Problem[]; unread: Unread[]; failure?: Failure }

/** Characters in one YAML or JSON file; the parser takes about a second for two million. */
export const MAX_YAML = 10_000_000

/** Characters in one diagram; a large real one has some thousands. */
export const MAX_DIAGRAM = 2_000_000

/** A share of NUL characters from which on a file is no text. */
const MOSTLY_NUL = 0.01

/** Makes a YAML or JSON text safe to parse. Depth, aliases and repeated keys are bounded by its reader. O(length). */
export function guardYaml(text: string): Guarded {
  const guarded = guardCharacters(text)
  if (guarded.failure || text.length <= MAX_YAML) return guarded
  const message = `longer than ${MAX_YAML} characters, which is as long as wayout reads a YAML or JSON file`
  return { ...guarded, text: '', failure: { kind: 'too-large', message } }
}

/** Makes a Mermaid file safe to read, whose reader bounds nodes and arrows itself. O(length). */
export function guardDiagram(text: string): Guarded {
  const guarded = guardCharacters(text)
  if (guarded.failure || text.length <= MAX_DIAGRAM) return guarded
  const message = `longer than ${MAX_DIAGRAM} characters, which is as long as wayout reads a diagram`
  return { ...guarded, text: '', failure: { kind: 'too-large', message } }
}

/** Makes a Markdown text safe to parse: nesting, lists, headings, marks, lines and size are bounded. O(length). */
export function guardMarkdown(text: string): Guarded {
  const guarded = guardCharacters(text)
  if (guarded.failure) return guarded
  const cuts = cutsIn(guarded.text)
  if (cuts.length === 0) return guarded
  const source = sourceOf(guarded.text)
  const problems = [...guarded.problems, ...problemsOf(source, cuts)]
  const unread = [...guarded.unread, ...cuts.map(cut => unreadOf(source, cut))]
  return { ...guarded, text: withoutCuts(guarded.text, cuts), problems, unread }
}

/** One problem for each bound, where it is first exceeded. */
function problemsOf(source: Source, cuts: readonly Cut[]): Problem[] {
  const first = new Map<string, { cut: Cut; count: number }>()
  for (const cut of cuts) {
    const known = first.get(cut.bound)
    if (known) known.count++
    else first.set(cut.bound, { cut, count: 1 })
  }
  return [...first.values()].map(({ cut, count }) => {
    const times = count > 1 ? ` (${count} places)` : ''
    const rest = cut.isRest ? 'the rest of the file is not read' : 'what is beyond that is not read'
    const message = `${cut.bound}${times}; ${rest}`
    return {
      rule: 'syntax',
      message,
      range: rangeIn(source, cut.from, lineEnd(source.text, cut.from, cut.to)),
    }
  })
}

function unreadOf(source: Source, { from, to, bound }: Cut): Unread {
  const text = source.text.slice(from, Math.min(lineEnd(source.text, from, to), from + 80))
  return { range: rangeIn(source, from, to), reason: bound, text }
}

function lineEnd(text: string, from: number, to: number): number {
  const newline = text.indexOf('\n', from)
  return newline === -1 ? to : Math.min(newline, to)
}

function withoutCuts(text: string, cuts: readonly Cut[]): string {
  const kept: string[] = []
  let at = 0
  for (const { from, to, isRest } of cuts) {
    kept.push(text.slice(at, from))
    if (isRest) return kept.join('')
    kept.push(text.slice(from, to).replace(/[^\n]/g, ' '))
    at = to
  }
  kept.push(text.slice(at))
  return kept.join('')
}

const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g

/**
 * Control characters become spaces, so that they neither steer a parser nor reach a terminal; a lone carriage return
 * becomes the line break it once was. NUL is a problem, and a file with many of them is no text.
 */
function guardCharacters(original: string): Guarded {
  const unmarked = original.startsWith('\uFEFF') ? original.slice(1) : original
  const text = unmarked.includes('\r') ? unmarked.replace(/\r(?!\n)/g, '\n') : unmarked
  CONTROLS.lastIndex = 0
  const first = CONTROLS.exec(text)
  if (!first) return { text, problems: [], unread: [] }
  const source = sourceOf(text)
  const count = text.match(CONTROLS)!.length
  const nul = text.indexOf('\0')
  const clean = text.replace(CONTROLS, ' ')
  if (nul === -1) {
    // Form feeds and the like are stray but harmless.
    const reason = `control characters are read as spaces (${count} in the file)`
    return {
      text: clean,
      problems: [],
      unread: [{ range: rangeIn(source, first.index, first.index + 1), reason, text: '' }],
    }
  }
  const range = rangeIn(source, nul, nul + 1)
  if (count > text.length * MOSTLY_NUL) {
    return {
      text: '',
      problems: [],
      unread: [],
      failure: { kind: 'not-text', message: 'not a text file: it has NUL characters', range },
    }
  }
  const message = `a NUL character is no text (${count} control characters in the file); they are read as spaces`
  return { text: clean, problems: [{ rule: 'syntax', message, range }], unread: [] }
}
