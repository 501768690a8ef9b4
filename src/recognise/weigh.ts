// How sure an act is: what its matches in a sentence amount to, under negations, conditions and the voice.
import type { Act, By, Evidence } from '../model/act.ts'
import { rangeOf } from '../model/position.ts'
import type { Match } from './automaton.ts'
import { detailsOf } from './details.ts'
import type { Meaning } from './lexicon.ts'
import { isMenuOption } from './menu.ts'
import { type Cues, inCondition, polarityOf } from './scopes.ts'
import { coversClause, type Hearing, type Sentence } from './sentence.ts'

export type ActMeaning = Extract<Meaning, { kind: 'act' }>
export type ActMatch = Match<ActMeaning>

/** An act in a text, before it is known what else the step holds. `at`: offset of its phrase. */
export type Candidate = Act & { given: readonly string[]; at: number }

/** In a condition these are but one possibility, and excuse the company: never certain there. */
const ONLY_POSSIBLE = new Set(['cancel-withdrawn', 'offer-accepted', 'skip', 'silence'])

/** What a heading can say of the customer. */
const IN_HEADINGS = new Set(['cancel-request', 'complaint', 'human-request', 'signup-start'])

const STRENGTH: Record<Evidence, number> = { declared: 3, recognised: 2, suspected: 1, hint: 0 }

export function stronger(a: Evidence, b: Evidence): boolean {
  return STRENGTH[a] > STRENGTH[b]
}

/** `doubtful`: it may not be meant as said, so it can make nothing certain. */
type Weighed = { match: ActMatch; evidence: Evidence; doubtful: boolean }

/**
 * What the matches of one act in a sentence amount to: nothing, or one act; and one more for each other act it needs
 * beside it. Two different patterns of two words or more are as good as a strong one.
 */
export function weigh(
  matches: readonly ActMatch[],
  sentence: Sentence,
  cues: Cues,
  heard: readonly Match<Meaning>[],
): Candidate[] {
  const groups = new Map<string, Weighed[]>()
  for (const match of matches) {
    const weighed = weighOne(match, sentence, cues)
    if (weighed === null) continue
    const key = match.value.given.join(' ')
    const group = groups.get(key)
    if (group) group.push(weighed)
    else groups.set(key, [weighed])
  }
  return [...groups.values()].map(group => {
    const best = group.reduce((a, b) => (isBetter(b, a) ? b : a))
    const level = best.evidence === 'suspected' && areTwo(group, sentence) ? 'recognised' : best.evidence
    return candidate(best.match, sentence.hearing === 'any' ? 'hint' : level, sentence, heard)
  })
}

/** How sure a match is by itself; null if it does not count. */
function weighOne(match: ActMatch, sentence: Sentence, cues: Cues): Weighed | null {
  const { value, start, end } = match
  const { tokens, lexicon, hearing } = sentence
  if (!isAllowed(value.by, value.act, hearing)) return null
  if (sentence.prohibited && !value.intrinsic) return null
  if (value.whole && !coversClause(match, sentence, tokens, lexicon)) return null
  const polarity = polarityOf(match, cues, tokens, lexicon)
  if (polarity === 'negated' || polarity === 'prohibited') return null
  const offer = value.by === 'company' && !value.intrinsic && isMenuOption(sentence, start, end)
  // Whoever is told which key to press for it has not got it yet. (The menu itself is what it is.)
  if (offer && value.act !== 'automated-diagnostics' && value.act !== 'human-agent')
    return { match, evidence: 'hint', doubtful: true }
  const isPhrase = end - start >= lexicon.phrase || value.whole || hearing === 'trigger'
  const evidence = value.strong ? 'recognised' : isPhrase ? 'suspected' : 'hint'
  const doubtful = polarity === 'doubtful' || (inCondition(match, cues) && isOnlyPossible(value, hearing))
  return { match, evidence: doubtful && evidence === 'recognised' ? 'suspected' : evidence, doubtful }
}

/** Whether two different patterns leave no doubt together. */
function areTwo(group: readonly Weighed[], sentence: Sentence): boolean {
  if (group.length < 2) return false
  return new Set(group.filter(one => countsTwice(one, sentence)).map(one => one.match.value.id)).size >= 2
}

/** Whether a match is one of two that together leave no doubt. */
function countsTwice({ match, doubtful }: Weighed, { lexicon }: Sentence): boolean {
  return !doubtful && !match.value.weak && match.end - match.start >= lexicon.phrase
}

/** Within a condition the company's acts are not done, and the customer's excuses not given. */
function isOnlyPossible(value: ActMeaning, hearing: Hearing): boolean {
  if (hearing === 'when' || hearing === 'case' || hearing === 'trigger') return false
  return value.by === 'company' ? !value.intrinsic : ONLY_POSSIBLE.has(value.act)
}

/** The customer's words hold the customer's acts, other conditions only the company's, headings only requests. */
function isAllowed(by: By, act: string, hearing: Hearing): boolean {
  if (hearing === 'hear') return by === 'customer'
  if (hearing === 'case') return by === 'company'
  return hearing !== 'trigger' || IN_HEADINGS.has(act)
}

/** The surer match; of equals the earlier, then the longer, then the one whose pattern sorts first. */
function isBetter(a: Weighed, b: Weighed): boolean {
  if (a.evidence !== b.evidence) return stronger(a.evidence, b.evidence)
  const [one, other] = [a.match, b.match]
  if (one.start !== other.start) return one.start < other.start
  if (one.end !== other.end) return one.end > other.end
  return one.value.source < other.value.source
}

function candidate(
  match: ActMatch,
  evidence: Evidence,
  sentence: Sentence,
  heard: readonly Match<Meaning>[],
): Candidate {
  const { value } = match
  const { text, tokens } = sentence
  const start = tokens.starts[match.start]!
  const end = tokens.ends[match.end - 1]!
  // A key that leads to a person is a way to one, but nobody is handed over by being told of it.
  const isOffered = value.act === 'human-agent' && isMenuOption(sentence, match.start, match.end)
  const offered = isOffered && { offered: true }
  return {
    act: value.act,
    evidence,
    by: value.by,
    attributes: { ...detailsOf(match, sentence, heard), ...offered, ...value.set },
    range: rangeOf(text, start, end),
    phrase: text.text.slice(start, end),
    pattern: value.id,
    given: value.given,
    at: start,
  }
}
