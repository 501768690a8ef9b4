// What `--fix` may do about a finding: put the one right name for a misspelt one, and declare what leaves no doubt.
import { type Act, isCertain, type Outcome } from '../model/act.ts'
import type { Repair } from '../model/edit.ts'
import type { Finding } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import type { Format, Problem } from '../model/playbook.ts'
import type { Point, Range } from '../model/position.ts'
import type { Rule } from '../model/rule.ts'
import { type Editable, editable } from './text.ts'
import { keyBehind } from './yaml.ts'

/**
 * The findings, those with a repair that can be repaired. `textOf`: the text of a file as it was read. Findings without
 * a word that can be corrected cost nothing but a look.
 */
export function withRepairs(
  findings: readonly Finding[],
  flow: Flow,
  rules: readonly Rule[],
  textOf: (path: string) => string | undefined,
): Finding[] {
  const problems = new Map<string, { problem: Problem; format: Format }>()
  const formats = new Map<string, Format>()
  for (const { path, format, problems: own } of flow.documents) {
    formats.set(path, format)
    for (const problem of own) if (problem.instead) problems.set(keyOf(path, problem), { problem, format })
  }
  for (const problem of flow.problems) {
    const format = formats.get(problem.path)
    if (problem.instead && format) problems.set(keyOf(problem.path, problem), { problem, format })
  }
  const ends = new Set(
    rules.filter(rule => rule.check === 'structure' && rule.require === 'ends-declared').map(({ id }) => id),
  )
  if (problems.size === 0 && !findings.some(({ rule }) => ends.has(rule))) return [...findings]

  const texts = new Map<string, Editable | null>()
  const open = (path: string): Editable | null => {
    let known = texts.get(path)
    if (known === undefined) {
      const text = textOf(path)
      texts.set(path, (known = text === undefined ? null : editable(text)))
    }
    return known
  }
  return findings.map(finding => {
    const found = problems.get(keyOf(finding.path, finding))
    const repair = found
      ? ofName(found.problem, found.format, open(finding.path))
      : ends.has(finding.rule)
        ? ofEnd(finding, flow, open(finding.path))
        : null
    return repair ? { ...finding, repair } : finding
  })
}

function keyOf(path: string, { rule, range: { start }, message }: Problem | Finding): string {
  return `${rule}\n${path}\n${start.line}:${start.column}\n${message}`
}

/** The one name that can be meant, in the place of the word. */
function ofName({ instead, range }: Problem, format: Format, text: Editable | null): Repair | null {
  const name = instead!.names[0]
  if (!text || name === undefined || instead!.names.length > 1) return null
  const { word } = instead!
  const description = `write "${name}" for "${word}"`
  if (format === 'markdown') {
    const place = word.startsWith('#') ? inLink(text, range, word) : within(text, range, word)
    return place && isPlain(name) ? { description, edits: [{ range: place, text: name }] } : null
  }
  if (format !== 'yaml') return null
  const place = within(text, range, word)
  if (!place) return null
  const from = text.offset(place.start)
  const isQuoted = /["']/.test(text.text[from - 1] ?? '') || text.offset(range.start) < from
  const safe = isQuoted || (isPlain(name) && !/^(?:#|null$|true$|false$|~)/i.test(name))
  if (isQuoted && !isPlain(name)) return null
  return { description, edits: [{ range: place, text: safe ? name : JSON.stringify(name) }] }
}

/** A name that may stand in an address, a comment or a quoted text as it is. */
function isPlain(name: string): boolean {
  return /^#?[\p{L}\p{M}\p{N}_./-]+$/u.test(name)
}

/** Where the word stands in the range, if it does once; parts of other words do not count. */
function within(text: Editable, range: Range, word: string): Range | null {
  const from = text.offset(range.start)
  const here = text.text.slice(from, text.offset(range.end))
  let found = -1
  for (let at = here.indexOf(word); at >= 0; at = here.indexOf(word, at + 1)) {
    const before = word.startsWith('#') ? '' : (here[at - 1] ?? '')
    if (/[\p{L}\p{N}_-]/u.test(before + (here[at + word.length] ?? ''))) continue
    if (found >= 0) return null
    found = at
  }
  return found < 0 ? null : rangeAt(text, range.start, from, from + found, word.length)
}

/** Where the fragment stands in the address of the link whose text is the range, or in what defines the link. */
function inLink(text: Editable, range: Range, word: string): Range | null {
  const from = text.offset(range.end)
  const address = /[*_`~]*\](?:\(\s*<?([^\s()<>]*))?/y
  address.lastIndex = from
  const link = address.exec(text.text)
  if (!link) return null
  if (link[1] !== undefined) {
    if (!link[1].endsWith(word)) return null
    const at = from + link[0].length - word.length
    return rangeAt(text, range.end, from, at, word.length)
  }
  const defined: Range[] = []
  for (const [i, line] of text.lines.entries()) {
    const definition = /^ {0,3}\[[^\]]+\]:\s*<?([^\s<>]*)/.exec(line)
    if (!definition || !definition[1]!.endsWith(word)) continue
    const column = definition[0].length - word.length + 1
    defined.push({
      start: { line: i + 1, column },
      end: { line: i + 1, column: column + word.length },
    })
  }
  return defined.length === 1 ? defined[0]! : null
}

/** The range of so many characters at an offset at or behind a point whose offset is known. */
function rangeAt(text: Editable, point: Point, from: number, at: number, length: number): Range {
  const between = text.text.slice(from, at)
  const breaks = between.split('\n').length - 1
  const column = breaks === 0 ? point.column + between.length : between.length - between.lastIndexOf('\n')
  const start = { line: point.line + breaks, column }
  return { start, end: { line: start.line, column: column + length } }
}

/** How it ends, where what is done there leaves no doubt. */
function ofEnd({ path, step: id }: Finding, flow: Flow, text: Editable | null): Repair | null {
  const found = flow.steps.find(
    ({ step, playbook }) => step.id === id && flow.playbooks[playbook]!.path === path,
  )
  if (!found || !text) return null
  const { format } = flow.documents[flow.playbooks[found.playbook]!.document]!
  const end = format === 'yaml' ? outcomeOf(found.acts) : null
  if (!end) return null
  const { outcome, act } = end
  const edit = keyBehind(text, found.step.range, {
    name: 'end',
    yaml: outcome,
    json: JSON.stringify(outcome),
  })
  if (!edit) return null
  const because = act.phrase === undefined ? '' : ` because of "${act.phrase.replace(/\s+/g, ' ')}"`
  return { description: `add "end: ${outcome}"${because}`, edits: [edit] }
}

/** Acts after which nothing else can be meant. */
const ENDINGS: Readonly<Record<string, Outcome>> = {
  'cancellation-processed': 'cancelled',
  'cancellation-handed-over': 'handed-off',
  transfer: 'handed-off',
  'human-agent': 'handed-off',
  'supervisor-escalation': 'handed-off',
}

/** The outcome that all certain acts speak for; none where something is only suspected beside them. */
function outcomeOf(acts: readonly Act[]): { outcome: Outcome; act: Act } | null {
  if (acts.some(({ evidence }) => evidence === 'suspected')) return null
  const ending = acts.filter(({ act, evidence }) => isCertain(evidence) && Object.hasOwn(ENDINGS, act))
  const outcomes = new Set(ending.map(({ act }) => ENDINGS[act]!))
  const [outcome] = outcomes
  return outcome !== undefined && outcomes.size === 1 ? { outcome, act: ending[0]! } : null
}
