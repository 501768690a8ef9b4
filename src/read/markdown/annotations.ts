// `<!-- wayout: … -->`: declarations an author puts into a page without anybody seeing them.
import { ACTS, OUTCOMES, type Outcome } from '../../model/act.ts'
import type { Instead } from '../../model/edit.ts'
import { didYouMean, near } from '../../model/nearest.ts'
import type { DeclaredAct, Problem } from '../../model/playbook.ts'
import type { Range } from '../../model/position.ts'

/** What one or more comments declare for a step or choice. */
export type Annotation = {
  acts?: DeclaredAct[]
  outcome?: Outcome
  /** The section is no part of the flow. */
  notAStep?: boolean
  /** A machine says or does it. */
  bot?: boolean
  range: Range
  /** The comments it was read from. */
  comments: Range[]
}

export const OURS = /^\s*wayout\s*:/

/**
 * Reads the text of a comment (without `<!--` and `-->`); null if it is none of ours. Unknown acts, outcomes and
 * attributes that cannot be read go to `problems`. `known` are further names of acts from a config.
 */
export function readAnnotation(
  text: string,
  range: Range,
  problems: Problem[],
  known: ReadonlySet<string>,
): Annotation | null {
  const ours = OURS.exec(text)
  if (!ours) return null
  const annotation: Annotation = { range, comments: [range] }
  for (const part of splitOutsideQuotes(text.slice(ours[0].length))) {
    const [name = '', ...rest] = wordsOf(part)
    if (name === '') continue
    if (name === 'not-a-step') annotation.notAStep = true
    else if (name === 'bot') annotation.bot = true
    else if (name === 'none') annotation.acts = annotation.acts ?? []
    else if (name === 'end') {
      const outcome = (rest[0] ?? '').toLowerCase().replace(/^canceled$/, 'cancelled')
      if (OUTCOMES.includes(outcome as Outcome)) annotation.outcome = outcome as Outcome
      else if (outcome === '') {
        problems.push(problem('"end" needs an outcome', `expected one of ${OUTCOMES.join(', ')}`, range))
      } else {
        problems.push(
          problem(
            `"${rest[0]}" is no outcome`,
            `expected one of ${OUTCOMES.join(', ')}${didYouMean(outcome, OUTCOMES)}`,
            range,
            { word: rest[0]!, names: near(outcome, OUTCOMES) },
          ),
        )
      }
    } else if (Object.hasOwn(ACTS, name) || known.has(name)) {
      annotation.acts = annotation.acts ?? []
      annotation.acts.push({ act: name, attributes: attributesOf(rest, name, range, problems), range })
    } else {
      const names = [...Object.keys(ACTS), ...known, 'not-a-step', 'none', 'end', 'bot']
      problems.push(
        problem(
          `"${name}" is no act wayout knows`,
          `expected the name of an act${didYouMean(name, names)}`,
          range,
          { word: name, names: near(name, names) },
        ),
      )
    }
  }
  return annotation
}

/** What was declared later is added; the first outcome stays. */
export function merge(a: Annotation | undefined, b: Annotation): Annotation {
  if (!a) return b
  const merged: Annotation = { range: a.range, comments: [...a.comments, ...b.comments] }
  const acts = a.acts || b.acts ? [...(a.acts ?? []), ...(b.acts ?? [])] : undefined
  if (acts) merged.acts = acts
  const outcome = a.outcome ?? b.outcome
  if (outcome) merged.outcome = outcome
  if (a.notAStep || b.notAStep) merged.notAStep = true
  if (a.bot || b.bot) merged.bot = true
  return merged
}

function problem(message: string, expected: string, range: Range, instead?: Instead): Problem {
  return { rule: 'syntax', message: `${message}; ${expected}`, range, ...(instead && { instead }) }
}

/** `max="5 min"`, `max=5min`, and `amount=20` as a number. */
function attributesOf(
  words: readonly string[],
  act: string,
  range: Range,
  problems: Problem[],
): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  for (const word of words) {
    const equals = word.indexOf('=')
    if (equals <= 0) {
      problems.push(
        problem(
          `"${word}" after "${act}" cannot be read`,
          'expected attributes such as max="5 min", or a comma before the next act',
          range,
        ),
      )
      continue
    }
    const name = word.slice(0, equals)
    const value = word.slice(equals + 1).replace(/^(["'])(.*)\1$/s, '$2')
    const list = value.startsWith('[') && value.endsWith(']') ? value.slice(1, -1).split(',') : null
    if (name === '__proto__') continue
    attributes[name] = list ? list.map(item => readValue(item.trim())) : readValue(value)
  }
  return attributes
}

function readValue(text: string): string | number | boolean {
  if (/^-?\d{1,15}(\.\d{1,10})?$/.test(text)) return Number(text)
  return text === 'true' ? true : text === 'false' ? false : text
}

function splitOutsideQuotes(text: string): string[] {
  const parts: string[] = []
  let from = 0
  let closing = ''
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!
    if (closing !== '') {
      if (c === closing) closing = ''
    } else if (c === '"' || c === "'") closing = c
    else if (c === '[') closing = ']'
    else if (c === ',' || c === ';') {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}

/** Splits at white space outside quotes and brackets. */
function wordsOf(text: string): string[] {
  const words: string[] = []
  let word = ''
  let closing = ''
  for (const c of text) {
    if (closing !== '') {
      if (c === closing) closing = ''
      word += c
    } else if (/\s/.test(c)) {
      if (word !== '') words.push(word)
      word = ''
    } else {
      if (c === '"' || c === "'") closing = c
      else if (c === '[') closing = ']'
      word += c
    }
  }
  if (word !== '') words.push(word)
  return words
}
