// Words that end a conversation or pass it on, and the outcome they tell of.
import { OUTCOMES, type Outcome } from '../../model/act.ts'
import { skipMarks } from './instructions.ts'
import { has, type Line, lowOf } from './line.ts'
import { END, find, HAND_OFF, leads, type Vocabulary } from './words.ts'

/** `firm`: said to be an end ("end: kept"); else an end only if nothing follows ("close the ticket"). */
export type End = { from: number; outcome: Outcome; firm: boolean; whole: boolean }

const NAMES: Record<string, Outcome> = {
  canceled: 'cancelled',
  cancellation: 'cancelled',
  saved: 'kept',
  retained: 'kept',
  stays: 'kept',
  solved: 'resolved',
  closed: 'resolved',
  done: 'resolved',
  denied: 'refused',
  rejected: 'refused',
  transferred: 'handed-off',
  escalated: 'handed-off',
  'handed off': 'handed-off',
  'handed over': 'handed-off',
  handover: 'handed-off',
  handoff: 'handed-off',
  'hand-off': 'handed-off',
}
for (const outcome of OUTCOMES) NAMES[outcome] = outcome

const NAMED =
  /(?:^|[\s→>(*_])(?:the )?end(?: here| the call| of call| call)?\s*[:(–—-]?\s*(?:as |with |outcome:? )?["'`*_]?(handed[ -]off|handed over|hand-?off|[a-z]+)\b/g
/** "document it, END". */
const LAST_WORD = /(?:[,;.–—→-]\s*|\s(?:and|then)\s+)(?:the )?END[\s.!)*_]*$/
const BARE = /^(?:[^\p{L}\p{N}]*)(?:the )?end\b[\s.!*_)]*$/u

/** Closing one of these is work on it; the conversation ends with it only if nothing follows. */
const TICKET =
  /ticket|case|request|issue|\bmark|\bsolve|\bresolve|submit|\bset |phiếu|yêu cầu|pilet|sag|заявк|обращен|тикет|caso/

/** The end a line tells of; null if it tells of none. */
export function endIn(line: Line, words: Vocabulary): End | null {
  if (!has(line, END, words) && !lowOf(line).includes('end')) return null
  const low = withoutQuotes(lowOf(line))
  for (const match of low.matchAll(NAMED)) {
    const name = match[1]!
    if (Object.hasOwn(NAMES, name)) {
      const at = match.index + match[0].search(/end/)
      return { from: at, outcome: NAMES[name]!, firm: true, whole: isWhole(low, at) }
    }
  }
  if (BARE.test(low.slice(0, 40))) return { from: 0, outcome: 'resolved', firm: true, whole: true }
  const last = LAST_WORD.exec(line.text.slice(-40))
  if (last) return { from: line.text.length - last[0].length, outcome: 'resolved', firm: true, whole: false }
  if (leads(words.forbidden, low, skipMarks(low, 0)) > 0) return null
  const end = find(words.end, low)
  if (end.at >= 0 && beginsClause(low, end.at)) {
    const rest = low.slice(end.at + end.length)
    if (low.startsWith('done', end.at) && !/^[\s.!]*$/.test(rest)) return null
    if (/^\s*(?:before|until|without)\b/.test(rest)) return null
    // "to the end of the month"
    if (low.startsWith('the end', end.at) && /^\s*of\b/.test(rest)) return null
    const firm = !TICKET.test(low.slice(end.at, end.at + end.length))
    return {
      from: end.at,
      outcome: outcomeOf(low, end.at),
      firm,
      whole: isWhole(low, end.at) && /^[\s.!)]*$/.test(rest),
    }
  }
  return null
}

/** What is quoted is somebody's words, not what is done here. Every character keeps its index. */
function withoutQuotes(low: string): string {
  if (!/["“]/.test(low)) return low
  return low.replace(/["“][^"“”]{0,600}["”]/g, quoted => ' '.repeat(quoted.length))
}

const HANDED_OBJECT =
  /\b(?:ticket|case|call|customer|caller|user|request|chat|conversation|client|member|subscriber|tenant|guest|contact|them|him|her|it|issue|this|passenger|patient)\b/

/** "Transfer the ticket to AR", "escalate to technical support": passed on, an end if nothing follows. */
export function handOffIn(line: Line, words: Vocabulary): { firm: boolean } | null {
  if (!has(line, HAND_OFF, words) && !lowOf(line).includes('they')) return null
  const low = withoutQuotes(lowOf(line))
  if (
    /\bthey (?:will|'ll) (?:reply|respond|get back|take it from there|take over|contact the customer|follow up|handle)\b/.test(
      low,
    )
  )
    return { firm: true }
  const found = find(words.handOff, low)
  if (found.at < 0 || !beginsClause(low, found.at)) return null
  const rest = low.slice(found.at + found.length, found.at + found.length + 120)
  if (words.language !== 'en') return { firm: false }
  if (low.startsWith('escalate', found.at) || low.startsWith('refer', found.at)) {
    return /^(?: (?:the|this|any|all|their|your|a))?(?: [\w'-]+){0,3}? to /.test(rest)
      ? { firm: false }
      : null
  }
  if (!/\bto\b|\bthrough\b|\bwith\b/.test(low.slice(found.at, found.at + found.length) + rest)) return null
  return HANDED_OBJECT.test(low.slice(found.at, found.at + found.length) + rest.slice(0, 60)) ||
    /^ (?:directly )?to /.test(rest)
    ? { firm: false }
    : null
}

/** Nothing but lead-in words stands before it. */
function isWhole(low: string, at: number): boolean {
  return /^[^\p{L}\p{N}]*(?:(?:then|and|now|please|politely|finally|you can|you may|you should|we can|it's okay to|go ahead and|the agent should|to) )*$/u.test(
    low.slice(0, at),
  )
}

function beginsClause(low: string, at: number): boolean {
  const before = low.slice(Math.max(0, at - 40), at)
  return (
    /(?:^|[.,;:!?)→>*"”-]\s*|\b(?:and|then|please|should|can|may|must|will|now|finally|to|ahead and|or|und|og|ja|và|и|et|y|politely|immediately|always|you|we|agent|only)\s+)$/u.test(
      before,
    ) &&
    !/\b(?:not|n't|never|before you|when you|if you|after you|once you|before we|unable to|how to|cannot|able to|going to)\s+$/.test(
      before,
    )
  )
}

function outcomeOf(low: string, at: number): Outcome {
  if (/\bas (?:saved|kept|retained)\b/.test(low)) return 'kept'
  if (/\bas (?:abandoned|unreachable)\b/.test(low)) return 'abandoned'
  return outcomeTold(low.slice(0, at)) ?? 'resolved'
}

const THING =
  '(?:subscription|account|membership|contract|service|plan|policy|line|order|booking|it|that|this|everything|you)'
const IS_CANCELLED = new RegExp(
  `\\b${THING}(?: [\\w-]+){0,3}? (?:is|are|has been|have been|was|were|will be)(?: now| successfully| hereby| already)? (?:cancell?ed|terminated|closed|deactivated)\\b`,
)
const STAYS =
  /\b(?:customer|caller|member|subscriber|user|they) (?:stays|stay|keeps|keep|remains|is staying|has decided to stay|decided to stay)\b|\b(?:glad|happy) (?:that )?you(?:'re| are|'ve| have) (?:staying|decided to stay)\b/

/** The outcome that the words before an end tell of. */
export function outcomeTold(low: string): Outcome | undefined {
  if (
    IS_CANCELLED.test(low) &&
    !/\b(?:not|cannot|can't|if|unless|before)\b[^.]{0,40}\b(?:cancell?ed|terminated|closed)\b/.test(low)
  )
    return 'cancelled'
  if (STAYS.test(low)) return 'kept'
  return undefined
}
