// What a match is under: a negation, a prohibition, the condition of a sentence. After NegEx, for both directions.
import type { Match } from './automaton.ts'
import type { Lexicon, Meaning } from './lexicon.ts'
import { COMMA, type Tokens } from './tokens.ts'
import { has } from './vocabulary.ts'

export type Polarity = 'asserted' | 'doubtful' | 'negated' | 'prohibited'

/** The cues of one sentence. */
export type Cues = {
  from: number
  to: number
  /** Negations and prohibitions that count, in order of their place. */
  denials: readonly Match<Meaning & { win: number; post: number }>[]
  /** Last token of a condition cue at or before each token, relative to `from`; -1 if none. */
  lastCondition: Int32Array
  /** Last clause end (comma, "then") at or before each token, relative to `from`; -1 if none. */
  lastClause: Int32Array
  lastTerminator: Int32Array
}

type Denial = Match<Meaning & { win: number; post: number }>

/** Works out the cues of the sentence `from` to `to` from the matches of the cue channel. Linear. */
export function cuesOf(
  matches: readonly Match<Meaning>[],
  tokens: Tokens,
  from: number,
  to: number,
  { subject }: Lexicon,
): Cues {
  const length = to - from
  const lastCondition = new Int32Array(length + 1).fill(-1)
  const lastClause = new Int32Array(length + 1).fill(-1)
  const lastTerminator = new Int32Array(length + 1).fill(-1)
  const pseudo = new Uint8Array(length)
  const denials: Denial[] = []
  for (const { value, start, end } of matches) {
    if (value.kind === 'then') lastClause[start - from] = start
    else if (value.kind === 'term') lastTerminator[start - from] = start
    else if (value.kind === 'pseudo') pseudo.fill(1, start - from, end - from)
  }
  for (const match of matches) {
    const { kind } = match.value
    if (kind !== 'neg' && kind !== 'prohibit' && kind !== 'cond') continue
    // "No problem" denies nothing, and "kui rahul" (how satisfied) is no "kui" (if).
    if (pseudo.subarray(match.start - from, match.end - from).includes(1)) continue
    if (kind === 'cond') lastCondition[match.start - from] = match.start
    else denials.push(match as Denial)
  }
  for (let i = 0; i <= length; i++) {
    if (i < length && i > 0 && tokens.before[from + i]! & COMMA) {
      lastClause[i] = from + i
      if (has(tokens.words[from + i]!, subject)) lastTerminator[i] = from + i
    }
    if (i === 0) continue
    for (const last of [lastCondition, lastClause, lastTerminator]) last[i] = Math.max(last[i]!, last[i - 1]!)
  }
  denials.sort((a, b) => a.start - b.start)
  return { from, to, denials, lastCondition, lastClause, lastTerminator }
}

/** Whether the match stands in the condition of its sentence ("if the customer asks to cancel, …"). */
export function inCondition(match: Match<Meaning>, cues: Cues): boolean {
  const at = match.start - cues.from
  const condition = cues.lastCondition[at]!
  return condition >= 0 && cues.lastClause[at]! <= condition
}

/**
 * Whether a match is asserted. `doubtful`: a negation stands before it in another clause and may or may not reach it
 * ("do not argue, transfer the call").
 */
export function polarityOf(match: Match<Meaning>, cues: Cues, tokens: Tokens, lexicon: Lexicon): Polarity {
  const { value, start, end } = match
  if (value.kind !== 'act' || value.intrinsic) return 'asserted'
  if (!value.hasNegation && containsNegation(tokens, start, end, lexicon)) return 'negated'
  let result: Polarity = 'asserted'
  for (const denial of cues.denials) {
    const reach = reaches(denial, match, cues, tokens)
    if (reach === 'no') continue
    const polarity =
      reach === 'perhaps' ? 'doubtful' : denial.value.kind === 'prohibit' ? 'prohibited' : 'negated'
    if (polarity === 'prohibited') return polarity
    if (polarity === 'negated' || result === 'asserted') result = polarity
  }
  return result
}

/** How far before a quotation its prohibition may stand: "avoid phrases that may hurt, such as". */
const BEFORE_QUOTE = 16

/** Whether what follows the token before `at` is forbidden or denied in its clause ("never say" before a quotation). */
export function deniesNext(at: number, { denials, from, lastClause, lastTerminator }: Cues): boolean {
  const after = Math.max(lastClause[at - from]!, lastTerminator[at - from]!)
  return denials.some(({ start, end }) => start < at && at - end <= BEFORE_QUOTE && after < end)
}

function containsNegation(tokens: Tokens, start: number, end: number, { negation }: Lexicon): boolean {
  for (let i = start; i < end; i++) if (has(tokens.words[i]!, negation)) return true
  return false
}

function reaches(
  denial: Denial,
  match: Match<Meaning>,
  cues: Cues,
  tokens: Tokens,
): 'yes' | 'no' | 'perhaps' {
  const { win, post } = denial.value
  // Inside the match only plain negation words count ("without interrupting" is part of what is to be done).
  if (denial.start >= match.start && denial.start < match.end) return 'no'
  if (denial.end > match.start && denial.start < match.start) {
    // A pattern that says "not" itself is not turned by its own words.
    return match.value.kind === 'act' && match.value.hasNegation ? 'no' : 'yes'
  }
  if (denial.start >= match.end) {
    const between = denial.start - match.end
    if (post === 0 || between >= post) return 'no'
    return cues.lastTerminator[denial.start - cues.from]! >= match.end ? 'no' : 'yes'
  }
  const between = match.start - denial.end
  if (between > win) return 'no'
  const at = match.start - cues.from
  if (cues.lastTerminator[at]! >= denial.end) return 'no'
  const clause = cues.lastClause[at]!
  if (clause < denial.end) return 'yes'
  // The comma ends the condition the negation stands in: "if they do not accept, cancel".
  const condition = cues.lastCondition[denial.start - cues.from]!
  if (condition >= 0 && cues.lastClause[denial.start - cues.from]! <= condition) return 'no'
  if (clause === match.start && (tokens.before[match.start]! & COMMA) !== 0) return 'perhaps'
  return 'yes'
}
