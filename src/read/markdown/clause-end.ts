// Where a leading condition ends and what to do begins: a comma, "then", a colon, an arrow, or a verb without any of them.
import { isImperative } from './instructions.ts'
import {
  AGENT_SUBJECT,
  CUSTOMER_SUBJECT,
  MODAL,
  MORE_NOUNISH_VERBS,
  NOUNISH,
  OBJECT_WORDS,
  VERBS,
} from './verbs.ts'
import { find, firstWord, leads, type Vocabulary } from './words.ts'

export type Split = { at: number; to: number; open: boolean }

/** "When one of these is true we close the case": no comma is needed to see where it ends. */
const CRITERION =
  /^\s*(?:(?:one|any|all|both|either|none)(?: or more)? of (?:these|them|the following)|(?:these|the following)(?: (?:things|conditions|criteria))?)(?: [a-z]+){0,2}? (?:is|are|holds?|appl(?:y|ies)|has been|have been)(?: (?:all )?(?:true|met|fulfilled|the case))?(?= (?:we|you|they|the|it|please) )/

/** Where the condition that begins before `from` ends, and where what to do begins. */
export function endOfCondition(low: string, from: number, words: Vocabulary): Split {
  const criterion = CRITERION.exec(low.slice(from, from + 120))
  if (criterion) return { at: from + criterion[0].length, to: from + criterion[0].length, open: false }
  const skip = enclosed(low, from)
  let pair = 0
  let firstComma = -1
  let listed = false
  let listEnd = -1
  let subjectComma = -1
  for (let i = from; i < low.length; i++) {
    if (i === skip[pair]) {
      i = skip[pair + 1]!
      pair += 2
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
      const so = leads(words.so, rest)
      // ", then offer …": the "then" belongs to neither.
      if (so > 0 && rest[so] === ' ')
        return { at: i, to: low.indexOf(rest.slice(0, so), i) + so, open: false }
      if (
        /^(?:and|or|und|oder|og|eller|ja|või|и|или|et|ou|y|o)\b/u.test(rest) &&
        !startsClause(rest.replace(/^\S+\s+/, ''), words)
      ) {
        listed = true
        continue
      }
      if (startsClause(rest, words)) return { at: i, to: i + 1, open: false }
      if (firstComma < 0) firstComma = i
      if (listed && listEnd < 0) listEnd = i
      if (
        subjectComma < 0 &&
        /^(?:you|we|they|it|there|this|that|these|those|he|she|i|the|a|an|your|our|their|no|all|any|each|its|his|her|please|only|most|some)\b/.test(
          rest,
        )
      )
        subjectComma = i
    } else if (c === ' ') {
      const then = leads(words.so, low, i + 1)
      if (
        then > 0 &&
        low[i - 1] !== ',' &&
        low[i + 1 + then] === ' ' &&
        opensClause(low.slice(i + 2 + then, i + 242), words)
      )
        return { at: i, to: i + 1 + then, open: false }
      if (
        subjectComma < 0 &&
        (low[i + 1] === '–' || low[i + 1] === '—' || low[i + 1] === '-') &&
        low[i + 2] === ' '
      ) {
        if (startsClause(low.slice(i + 3, i + 240), words)) return { at: i, to: i + 3, open: false }
      }
    }
  }
  const comma = subjectComma >= 0 ? subjectComma : listEnd >= 0 ? listEnd : firstComma
  if (comma >= 0) return { at: comma, to: comma + 1, open: false }
  const verb = bareVerb(low, from, words)
  if (verb >= 0) return { at: verb, to: verb, open: false }
  return { at: low.length, to: low.length, open: false }
}

/** After a "then" that may stand inside the condition: "if they then do not answer, …". */
function opensClause(rest: string, words: Vocabulary): boolean {
  return (
    words.language !== 'en' ||
    /^(?:the|you|we|they|it|a|an|this|that|he|she|i|your|our|please)\b/.test(rest) ||
    startsClause(rest, words) ||
    !/^(?:do|does|did|is|are|was|were|has|have|not|don't|doesn't|didn't|isn't)\b|^[a-z]+s\b/.test(rest)
  )
}

const SPEAKERS = /^(?:it|this|that|there)\b/

/** Does a main clause start here: an instruction, "then …", or somebody who must or may do something? */
function startsClause(rest: string, words: Vocabulary): boolean {
  if (/^(?:the )?end\b\s*(?:[:(–-]|as\b|$|[a-z-]+\W*$)/.test(rest) || leads(words.goOn, rest) > 0) return true
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
/** Somebody who does something, without a comma before: "if there is no answer the agent closes the case". */
const WHO_DOES =
  /\b(?:the|our|your) (?:[\w-]+ ){0,2}?(?:agent|engineer|representative|adviser|advisor|operator|team|manager|lead|specialist|supervisor)s? (?:[a-z]{3,}s|must|should|will|can)\b/
const LOOSE = new Set([...VERBS, ...MORE_NOUNISH_VERBS])
const THINGS = new Set('the a an them him her us their your our this all'.split(' '))
const BEFORE_NOUNS = new Set(
  'a an the this that these those any no some your our their his her its my of for in on with by at from into about per each every new first second another'.split(
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
    const firm = FIRM.has(word)
      ? OBJECT_WORDS.has(next)
      : LOOSE.has(word) && THINGS.has(next) && !BEFORE_NOUNS.has(before)
    if (word === 'make' && next === 'sure' && count >= 2 && !HELD.has(before)) return at
    if (count >= 2 && firm && !HELD.has(before) && !/(?:s|ing)$/.test(before)) return at
    before = word
    count++
  }
  if (jump.at > from) return jump.at
  const who = WHO_DOES.exec(low.slice(from, from + 300))
  return who && who.index > 12 ? from + who.index : -1
}

const PAIRS: Record<string, string> = { '"': '"', '“': '”', '«': '»', '(': ')', '[': ']', '`': '`' }

/** Quotations and brackets that close within reach: where each begins and ends, in turn. */
export function enclosed(text: string, from: number): number[] {
  const found: number[] = []
  if (!/["“«([`]/.test(text)) return found
  for (let i = from; i < text.length; i++) {
    const closing = PAIRS[text[i]!]
    if (closing === undefined) continue
    const length = text.slice(i + 1, i + 600).indexOf(closing)
    if (length >= 0) {
      found.push(i, i + 1 + length)
      i += 1 + length
    }
  }
  return found
}
