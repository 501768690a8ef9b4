// Takes a sentence apart into its condition and what is to be done then; the words of the condition stay as written.
import { endOfCondition } from './clause-end.ts'
import type { Conditional } from './conditional.ts'
import { isImperative } from './instructions.ts'
import { cut, join, type Line, lowOf, memoOf } from './line.ts'
import { tagAt } from './tags.ts'
import { isOptional, trailing } from './trailing.ts'
import { leads, type Vocabulary } from './words.ts'

/** No sentence that a person wrote is longer; what is longer is not searched for conditions. */
const LONGEST = 3000
/** "For any other speed, …", "in all other cases: …". */
const OTHER = /^(?:for |in |with )?(?:any|all|every) others? (?:\([^()]{0,80}\)|[^,:.()]){1,80}[,:](?=\s|$)/
/** "For gold members, waive …": a case, not a purpose ("for more details, …") and not a loop ("for each …"). */
const FOR =
  /^for (?!example|instance|more|further|each|every|all\b|any\b|now|details|this|that|these|those|the (?:purpose|sake|time|moment|rest|most)|your|reference|information|additional|questions|help|clarity|simplicity|context|a (?:list|full|complete|detailed)|best|safety|security reasons|privacy)((?:\([^()]{0,80}\)|[^,:.()]){2,80}),\s/

/** "If they have trouble, here are some causes:": the list is told to the reader, nothing branches. */
const OFFERS_A_LIST =
  /, (?:here (?:are|is)\b|(?:please )?(?:consider|note|bear in mind|keep in mind|remember) (?:the following|these|that|this)\b)[^.]*:\s*$/

/** "[Nights] If …", "(EU only) If …": a part of the condition. */
const ASIDE = /^\s*(?:\[[^()[\]]{1,30}\]|\([^()[\]]{1,30}\))[\s:]*/

/** A sentence with a condition; null for one without. Linear in the sentence. */
export function conditional(line: Line, words: Vocabulary): Conditional | null {
  const memo = memoOf(line)
  if (memo.condition === undefined) memo.condition = find(line, words)
  return memo.condition as Conditional | null
}

function find(line: Line, words: Vocabulary): Conditional | null {
  if (line.text.length > LONGEST) return null
  const low = lowOf(line)
  const tag = tagAt(low)
  if (tag) {
    const found = conditional(cut(line, tag.length), words)
    return found && !found.trailing ? { ...found, chooser: tag.chooser } : null
  }
  const aside = ASIDE.exec(low.slice(0, 60))
  if (aside && leads(words.if, low, aside[0].length) + leads(words.when, low, aside[0].length) > 0) {
    const found = conditional(cut(line, aside[0].length), words)
    if (!found?.when || found.trailing) return null
    return { ...found, when: join([cut(line, 0, aside[0].length), found.when], ' ') }
  }
  const start = skipJoins(low)
  const other = OTHER.exec(low.slice(start, start + 200))
  if (other) {
    const at = start + other[0].length
    return {
      when: cut(line, start, at - 1),
      otherwise: true,
      ...actionFrom(line, at),
      trailing: false,
      open: low.slice(at).trim() === '',
    }
  }
  const otherwise = leads(words.otherwise, low, start)
  if (otherwise > 0) return readOtherwise(line, low, start, otherwise, words)
  const lead = leads(words.if, low, start) || leads(words.when, low, start)
  const unless = leads(words.unless, low, start)
  if (lead > 0 || unless > 0) {
    // "unless" belongs to the condition: without it the words would say the opposite.
    const from = unless > 0 ? start : start + lead
    const inner = low.slice(from).trimStart()
    if (isOptional(inner, words) || isMoment(low.slice(start), inner) || isAsked(low.slice(start), inner))
      return null
    if (OFFERS_A_LIST.test(low)) return null
    const split = endOfCondition(low, start + Math.max(lead, unless), words)
    return {
      when: cut(line, from, split.at),
      otherwise: false,
      ...actionFrom(line, split.to),
      trailing: false,
      open: split.open,
    }
  }
  const forCase = FOR.exec(low.slice(start, start + 200))
  if (forCase && isImperative(low.slice(start + forCase[0].length), words)) {
    const at = start + forCase[0].length
    return {
      when: cut(line, start + 4, at - 2),
      otherwise: false,
      ...actionFrom(line, at),
      trailing: false,
      open: false,
    }
  }
  return trailing(line, low, words)
}

/** Without an "if needed, " in front: the step may be left out, but nothing branches there. */
export function withoutOptional(line: Line, words: Vocabulary): Line {
  const low = lowOf(line)
  const start = skipJoins(low)
  const lead = leads(words.if, low, start) || leads(words.when, low, start)
  if (lead === 0) return line
  const inner = low.slice(start + lead).trimStart()
  if (!isOptional(inner, words) && !isMoment(low.slice(start), inner)) return line
  const comma = low.indexOf(',', start + lead)
  return comma > 0 && comma < start + 80 && isOptional(inner, words) ? cut(line, comma + 1) : line
}

function actionFrom(line: Line, at: number): { action?: Line } {
  const action = at < line.text.length ? cut(line, at) : null
  return action && action.text !== '' ? { action } : {}
}

function readOtherwise(
  line: Line,
  low: string,
  start: number,
  length: number,
  words: Vocabulary,
): Conditional | null {
  let at = start + length
  while (at < low.length && /[\s,:;→>=–—-]/.test(low[at]!)) at++
  const rest = cut(line, at)
  // "Otherwise, if X, do Y" is one more condition.
  const nested = leads(words.if, lowOf(rest)) > 0 ? conditional(rest, words) : null
  if (nested && !nested.trailing) return nested
  // "If not resolved, …" has its own words; "if not, …" and "otherwise …" have none.
  const phrase = low.slice(start, start + length)
  if (leads(words.if, phrase) > 0 && /^\s+[\p{L}\p{N}]/u.test(low.slice(start + length))) {
    const split = endOfCondition(low, start + length, words)
    const from = start + leads(words.if, phrase)
    return {
      when: cut(line, from, split.at),
      otherwise: false,
      ...actionFrom(line, split.to),
      trailing: false,
      open: split.open,
    }
  }
  const open = rest.text === '' && low.trimEnd().endsWith(':')
  const written =
    leads(words.if, phrase) > 0 ? { phrase: cut(line, start + leads(words.if, phrase), start + length) } : {}
  return { otherwise: true, ...(rest.text !== '' ? { action: rest } : {}), trailing: false, open, ...written }
}

/** "After 15 minutes, if …". */
const PREFACE =
  /^\W{0,4}(?:after|within|before|during|at|on|in|then|next|finally|usually|generally|sometimes|for example|typically|alternatively|in addition|additionally|otherwise)\b[^,:.]{0,40}, (?:and )?(?=(?:if|when|unless|in case)\b)/

/** "and if …", "but if …" and opening marks before the condition. */
export function skipJoins(low: string): number {
  const preface = PREFACE.exec(low.slice(0, 80))
  if (preface) return preface[0].length
  const joins =
    /^[^\p{L}\p{N}]{0,8}(?:(?:and|but|so|also|however|now|then|note that|please note that|in addition|additionally)[, ]+)?/u.exec(
      low,
    )
  return joins ? joins[0].length : 0
}

/** "Where are we?", "When can you start?": a question, not a case. */
function isAsked(low: string, inner: string): boolean {
  return /^wh/.test(low) && /^(?:is|are|was|were|do|does|did|can|could|should|will|would|to)\b/.test(inner)
}

const DONE =
  /^(?:you|we)(?: have|'ve)(?: \w+)? \w+(?:ed|n|t|de)\b|^(?:you are|you're|we are|we're) (?:done|finished|ready|sure)\b|^(?:this|that|it|everything|all of this) (?:is|has been) (?:done|finished|complete|completed)\b|^(?:done|finished|ready|complete|completed)\b|^[a-z]{2,}ing\b|^(?:you|we|they) (?:do|did|have done|'ve done) (?:this|that|so|it)\b/

/** "When you have confirmed it, …": a point in time on the way, not a choice. */
function isMoment(low: string, inner: string): boolean {
  return /^(?:when|whenever)\b/.test(low) && DONE.test(inner)
}
