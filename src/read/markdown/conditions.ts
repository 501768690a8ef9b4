// Takes a sentence apart into its condition and what is to be done then; the words of the condition stay as written.
import { isImperative } from './instructions.ts'
import { cut, type Line } from './line.ts'
import { AGENT_SUBJECT, CUSTOMER_SUBJECT, MODAL, NOUNISH, OBJECT_WORDS, VERBS } from './verbs.ts'
import { find, firstWord, leads, plain, type Vocabulary } from './words.ts'

/**
 * `when` is the condition without its "if" (a "not" or "unless" stays), absent for a bare "otherwise".
 * `action` is absent where the sentence ends with the condition: what to do stands in the next block.
 */
export type Conditional = { when?: Line; otherwise: boolean; action?: Line; trailing: boolean; open: boolean }

/** A sentence with a condition; null for one without. Linear in the sentence. */
export function conditional(line: Line, words: Vocabulary): Conditional | null {
  if (line.text.length > LONGEST) return null
  const low = plain(line.text)
  const start = skipJoins(low)
  const other = OTHER.exec(low.slice(start, start + 120))
  if (other) {
    const at = start + other[0].length
    return { when: cut(line, start, at - 1), otherwise: true, ...(at < low.length ? { action: cut(line, at) } : {}), trailing: false, open: low.slice(at).trim() === '' }
  }
  const otherwise = leads(words.otherwise, low, start)
  if (otherwise > 0) return readOtherwise(line, low, start, otherwise, words)
  const lead = leads(words.if, low, start) || leads(words.when, low, start)
  const unless = leads(words.unless, low, start)
  if (lead > 0 || unless > 0) {
    // "unless" belongs to the condition: without it the words would say the opposite.
    const from = unless > 0 ? start : start + lead
    const inner = low.slice(from).trimStart()
    if (isOptional(inner, words) || isMoment(low.slice(start), inner)) return null
    const split = endOfCondition(low, start + Math.max(lead, unless), words)
    const when = cut(line, from, split.at)
    const action = split.to < low.length ? cut(line, split.to) : undefined
    const body = action && action.text !== '' ? { action } : {}
    return { when, otherwise: false, ...body, trailing: false, open: split.open }
  }
  return trailing(line, low, words)
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
  const nested = leads(words.if, plain(rest.text)) > 0 ? conditional(rest, words) : null
  if (nested && !nested.trailing) return nested
  // "If not resolved, …" has its own words; "if not, …" and "otherwise …" have none.
  const phrase = low.slice(start, start + length)
  if (leads(words.if, phrase) > 0 && /^\s+[\p{L}\p{N}]/u.test(low.slice(start + length))) {
    const split = endOfCondition(low, start + length, words)
    const from = start + leads(words.if, phrase)
    const action = split.to < low.length ? cut(line, split.to) : undefined
    return {
      when: cut(line, from, split.at),
      otherwise: false,
      ...(action && action.text !== '' ? { action } : {}),
      trailing: false,
      open: split.open,
    }
  }
  const open = low.trimEnd().endsWith(':')
  return {
    otherwise: true,
    ...(rest.text !== '' ? { action: rest } : {}),
    trailing: false,
    open: open && rest.text === '',
  }
}

/** "and if …", "but if …" and opening marks before the condition. */
function skipJoins(low: string): number {
  const joins =
    /^(?:[^\p{L}\p{N}]{0,8})(?:(?:and|but|so|also|however|now|then|note that|please note that|in addition|additionally)[, ]+)?/u.exec(
      low,
    )
  return joins ? joins[0].length : 0
}

function isOptional(inner: string, words: Vocabulary): boolean {
  const length = leads(words.optional, inner)
  return (
    length > 0 &&
    /^[\s,.;:)!]|^$/.test(inner.slice(length, length + 1)) &&
    !/^\s+[a-z]/.test(inner.slice(length))
  )
}

/** "For any other speed, …", "in all other cases: …". */
const OTHER = /^(?:for |in |with )?(?:any|all|every) others? (?:\([^()]{0,80}\)|[^,:.()]){1,80}[,:](?=\s|$)/

/** No sentence that a person wrote is longer; what is longer is not searched for conditions. */
const LONGEST = 3000

/** "When you have confirmed it, …": a point in time on the way, not a choice. */
function isMoment(low: string, inner: string): boolean {
  return /^(?:when|whenever)\b/.test(low) && /^(?:you|we)(?: have|'ve)(?: \w+)? \w+(?:ed|n|t|de)\b|^(?:you are|you're|we are|we're) (?:done|finished|ready|sure)\b|^(?:this|that|it|everything|all of this) (?:is|has been) (?:done|finished|complete|completed)\b|^(?:done|finished|ready|complete|completed)\b/.test(inner)
}

type Split = { at: number; to: number; open: boolean }

/** Where the condition that begins before `from` ends, and where what to do begins. */
function endOfCondition(low: string, from: number, words: Vocabulary): Split {
  const skip = enclosed(low, from)
  let firstComma = -1
  let subjectComma = -1
  for (let i = from; i < low.length; i++) {
    const past = skip.get(i)
    if (past !== undefined) {
      i = past
      continue
    }
    const c = low[i]!
    if (c === '→' || c === '⇒' || c === '➡' || ((c === '-' || c === '=') && low[i + 1] === '>')) {
      const to = c === '-' || c === '=' ? i + 2 : i + 1
      return { at: i, to, open: false }
    }
    if (c === ':' && (i + 1 >= low.length || /[\s*_]/.test(low[i + 1]!))) {
      if (firstComma >= 0 && subjectComma >= 0) break
      return { at: i, to: i + 1, open: low.slice(i + 1).trim() === '' }
    }
    if (c === ',') {
      const rest = low.slice(i + 1, i + 240).trimStart()
      if (
        /^(?:and|or|und|oder|og|eller|ja|või|и|или|et|ou|y|o)\b/u.test(rest) &&
        !startsClause(rest.replace(/^\S+\s+/, ''), words)
      )
        continue
      if (startsClause(rest, words)) return { at: i, to: i + 1, open: false }
      if (firstComma < 0) firstComma = i
      if (
        subjectComma < 0 &&
        /^(?:you|we|they|it|there|this|that|these|those|he|she|i|the|a|an|your|our|their|no|all|any|each|its|his|her|please|only|most|some)\b/.test(
          rest,
        )
      )
        subjectComma = i
    } else if (c === ' ') {
      const then = leads(words.so, low, i + 1)
      if (then > 0 && low[i - 1] !== ',' && low[i + 1 + then] === ' ')
        return { at: i, to: i + 1 + then, open: false }
      if ((low[i + 1] === '–' || low[i + 1] === '—' || low[i + 1] === '-') && low[i + 2] === ' ') {
        if (startsClause(low.slice(i + 3, i + 240), words)) return { at: i, to: i + 3, open: false }
      }
    }
  }
  const comma = subjectComma >= 0 ? subjectComma : firstComma
  if (comma >= 0) return { at: comma, to: comma + 1, open: false }
  const verb = bareVerb(low, from, words)
  if (verb >= 0) return { at: verb, to: verb, open: false }
  return { at: low.length, to: low.length, open: false }
}

const SPEAKERS = /^(?:it|this|that|there)\b/

/** Does a main clause start here: an instruction, "then …", or somebody who must or may do something? */
function startsClause(rest: string, words: Vocabulary): boolean {
  if (
    leads(words.so, rest) > 0 ||
    leads(words.go, rest) > 0 ||
    leads(words.end, rest) > 0 ||
    leads(words.forbidden, rest) > 0
  )
    return true
  if (words.language !== 'en' && words.language !== 'other' && leads(words.say, rest) > 0) return true
  if (isImperative(rest, words)) {
    // A list of verbs inside the condition: "wants to modify, cancel, or return an order".
    const after = /^[a-z'-]+(.{0,12})/.exec(rest)?.[1] ?? ''
    return (
      !/^(?:,| or\b| and\b)/.test(after) || /^\S+ and (?!or\b)/.test(rest) || /^\S+,\s/.test(rest) === false
    )
  }
  const subject = AGENT_SUBJECT.exec(rest) ?? CUSTOMER_SUBJECT.exec(rest) ?? SPEAKERS.exec(rest)
  return subject !== null && MODAL.test(rest.slice(subject[0].length).trimStart())
}

const HELD = new Set(
  'to not can could will would should must may might do does did and or i you we they who that which he she never please cannot'.split(
    ' ',
  ),
)
const FIRM = new Set(VERBS.filter(verb => !NOUNISH.has(verb)))

/** "If the customer is upset apologise first": no comma, but a verb that can only be an instruction; or a jump. */
function bareVerb(low: string, from: number, words: Vocabulary): number {
  const jump = find(words.go, low, from)
  let before = ''
  let count = 0
  for (const match of low.slice(from, from + 300).matchAll(/[a-z'-]+/g)) {
    const at = from + match.index
    if (jump.at >= 0 && at >= jump.at) break
    const word = match[0]
    const next = firstWord(low, at + word.length + 1)
    if (
      count >= 2 &&
      FIRM.has(word) &&
      !HELD.has(before) &&
      OBJECT_WORDS.has(next) &&
      !/(?:s|ing)$/.test(before)
    )
      return at
    before = word
    count++
  }
  return jump.at > from ? jump.at : -1
}

const WHETHER =
  /\b(?:check|checks|checking|see|ask|asks|asking|asked|verify|verifying|confirm|confirms|confirming|determine|determines|determining|know|knows|sure|wonder|decide|deciding|find out|tell|unclear|clear|doubt|validate|identify|assess|understand|inquire|enquire|question|look|evaluate|investigate|note|indicate|indicates|specify|discover|establish|say|asserting|consider|double-check|learn|inform|advise|state|shows?|see to it|as|even|what|except|only)$/
const OBJECT =
  /(?:\s+(?:with\s+)?(?:(?:the|your|our|their|a|an|any|each)\s+)?(?:[\w-]+\s+){0,1}?(?:customers?|users?|callers?|clients?|members?|them|him|her|us|you|me|tenants?|team|status|account|engineers?|managers?|person|requester|above|first|to see|out|whether or not|and see|or not))?\s*$/
const TELLING =
  /^(?:\W*(?:please |then |also |and )?)(?:tell|inform|ask|explain|remind|advise|let|say|reply|respond|notify|instruct|mention|note|remember|encourage|recommend|suggest|warn|thank|reassure|state|confirm)\b/

/** "do Y if X", "do Y unless X": an instruction with its condition behind it. */
function trailing(line: Line, low: string, words: Vocabulary): Conditional | null {
  if (words.language === 'other') return null
  const skip = enclosed(low, 0)
  for (let i = 1; i < low.length; i++) {
    const past = skip.get(i)
    if (past !== undefined) {
      i = past
      continue
    }
    if (low[i - 1] !== ' ') continue
    const unless = leads(words.unless, low, i)
    const length = unless || leads(words.if, low, i)
    if (
      length === 0 ||
      low.startsWith('where', i) ||
      low.startsWith('should the', i) ||
      low.startsWith('provided', i)
    )
      continue
    const inner = low.slice(i + length).trimStart()
    if (isOptional(inner, words) || inner.length < 3) continue
    const before = low.slice(0, i).trimEnd().replace(/,$/, '')
    if (low.startsWith('even if', i) || before.endsWith(' even') || before.endsWith(' as')) continue
    const only = /\bonly$/.test(before)
    if (!only && WHETHER.test(before.slice(-80).replace(OBJECT, ''))) continue
    if (TELLING.test(before) && / (?:that|to|when|how|why) /.test(before)) continue
    const main = before.replace(/\s+only$/, '')
    if (!isImperative(main, words)) return null
    const ifAt = unless ? i : i + length
    const end = endOfTrailing(low, ifAt)
    return {
      when: cut(line, ifAt, end),
      otherwise: false,
      action: cut(line, 0, main.length),
      trailing: true,
      open: false,
    }
  }
  return null
}

function endOfTrailing(low: string, from: number): number {
  const text = low.slice(from)
  const stop = /[.!]\s*$/.exec(text)
  return stop ? from + stop.index : low.length
}

const PAIRS: Record<string, string> = { '"': '"', '“': '”', '«': '»', '(': ')', '[': ']', '`': '`' }

function enclosed(text: string, from: number): Map<number, number> {
  const found = new Map<number, number>()
  for (let i = from; i < text.length; i++) {
    const closing = PAIRS[text[i]!]
    if (closing === undefined) continue
    const length = text.slice(i + 1, i + 600).indexOf(closing)
    if (length >= 0) {
      found.set(i, i + 1 + length)
      i += 1 + length
    }
  }
  return found
}
