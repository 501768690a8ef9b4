// Acts from a text: patterns matched sentence by sentence, then polarity, condition, evidence and attributes.
import { ACTS, type Act, type By, type Evidence } from '../model/act.ts'
import type { Voice } from '../model/playbook.ts'
import { type Excerpt, rangeOf } from '../model/position.ts'
import { quantitiesOf } from './attributes.ts'
import { CHANNELS, type Effort, type Match, scan } from './automaton.ts'
import type { Lexicon, Meaning } from './lexicon.ts'
import { type Cues, cuesOf, inCondition, polarityOf } from './scopes.ts'
import { segmentsOf } from './segments.ts'
import { COLON, COMMA, HARD, SOFT, type Tokens } from './tokens.ts'
import { has } from './vocabulary.ts'

/** A voice, or `when` for a condition of a customer's choice, `case` for any other condition. */
export type Hearing = Voice | 'when' | 'case'

type ActMeaning = Extract<Meaning, { kind: 'act' }>
type ActMatch = { value: ActMeaning; start: number; end: number }

/** An act in a text, before it is known what else the step holds. */
export type Candidate = Act & { given: readonly string[]; at: number }

const CHANNELS_HEARD: Record<Hearing, readonly string[]> = {
  say: ['say'],
  do: ['do'],
  hear: ['hear'],
  trigger: ['trigger'],
  any: ['say', 'do', 'hear'],
  when: ['when'],
  case: ['when'],
}
const CUE = CHANNELS.indexOf('cue')

/** In a condition these are but one possibility and excuse the company: never certain there. */
const ONLY_POSSIBLE = new Set(['cancel-withdrawn', 'offer-accepted', 'skip', 'silence'])

/** Acts of the company that a condition may state as what has happened. */
const STRENGTH: Record<Evidence, number> = { declared: 3, recognised: 2, suspected: 1, hint: 0 }

export function stronger(a: Evidence, b: Evidence): boolean {
  return STRENGTH[a] > STRENGTH[b]
}

/** All acts in a text, at most one of a name and sentence, in the order of the text. Linear in the text. */
export function actsIn(text: Excerpt, hearing: Hearing, lexicon: Lexicon, effort?: Effort): Candidate[] {
  const found: Candidate[] = []
  const voice = hearing === 'when' || hearing === 'case' ? 'any' : hearing
  const segments =
    voice === hearing
      ? segmentsOf(text.text, voice, lexicon)
      : [{ voice, tokens: segmentsOf(text.text, 'hear', lexicon)[0]!.tokens }]
  for (const { voice, tokens } of segments) {
    const heard = hearing === 'when' || hearing === 'case' ? hearing : voice
    let prohibited = false
    for (let from = 0; from < tokens.words.length; ) {
      let to = from + 1
      while ((tokens.before[to]! & HARD) === 0) to++
      const sentence: Sentence = { text, tokens, from, to, hearing: heard, lexicon, prohibited }
      const acts: Candidate[] = actsInSentence(sentence, effort)
      found.push(...acts)
      prohibited = acts.length === 0 && (tokens.before[to]! & COLON) !== 0 && onlyProhibits(sentence)
      from = to
    }
  }
  return found.sort((a, b) => a.at - b.at || (a.act < b.act ? -1 : 1))
}

type Sentence = {
  text: Excerpt
  tokens: Tokens
  from: number
  to: number
  hearing: Hearing
  lexicon: Lexicon
  /** The sentence before was nothing but "Don't:". */
  prohibited: boolean
}

function actsInSentence(sentence: Sentence, effort?: Effort): Candidate[] {
  const { tokens, from, to, lexicon, hearing } = sentence
  const imperative = (token: number): boolean => isImperative(tokens, token, from, lexicon)
  const acts: ActMatch[] = []
  const kills: Match<Meaning>[] = []
  for (const channel of CHANNELS_HEARD[hearing]) {
    const matches = scan(
      lexicon.automaton,
      tokens,
      from,
      to,
      CHANNELS.indexOf(channel as 'say'),
      imperative,
      effort,
    )
    for (const match of matches) {
      if (match.value.kind === 'kill') kills.push(match)
      else if (match.value.kind === 'act') acts.push(match as ActMatch)
    }
  }
  if (acts.length === 0) return []
  const heard = scan(lexicon.automaton, tokens, from, to, CUE, imperative, effort)
  const cues = cuesOf(heard, tokens, from, to, lexicon)
  const byAct = new Map<string, ActMatch[]>()
  for (const match of acts) {
    const list = byAct.get(match.value.act)
    if (list) list.push(match)
    else byAct.set(match.value.act, [match])
  }
  const found: Candidate[] = []
  for (const [act, matches] of byAct) {
    const kept = matches.filter(match => !isKilled(match, act, kills))
    found.push(...weighed(kept, sentence, cues, heard))
  }
  return found.filter(act => !found.some(other => isKindOf(other, act)))
}

/** The same words as a more special act ("put you through to my supervisor" is no mere transfer). */
function isKindOf(special: Candidate, general: Candidate): boolean {
  if (ACTS[special.act]?.kindOf !== general.act || stronger(general.evidence, special.evidence)) return false
  return special.at < general.at + general.phrase!.length && general.at < special.at + special.phrase!.length
}

function isKilled(match: ActMatch, act: string, kills: readonly Match<Meaning>[]): boolean {
  return kills.some(
    kill =>
      kill.value.kind === 'kill' &&
      kill.value.act === act &&
      kill.start < match.end &&
      match.start < kill.end,
  )
}

/** The one act (or none; or one a `given`) that the matches of an act in a sentence amount to. */
function weighed(
  matches: readonly ActMatch[],
  sentence: Sentence,
  cues: Cues,
  heard: readonly Match<Meaning>[],
): Candidate[] {
  const { tokens, lexicon, hearing, from, to, prohibited } = sentence
  const groups = new Map<string, { evidence: Evidence; match: ActMatch; patterns: Map<string, ActMatch> }>()
  for (const match of matches) {
    const { value } = match
    if (!allowed(value.by, value.act, hearing)) continue
    const polarity = prohibited && !value.intrinsic ? 'prohibited' : polarityOf(match, cues, tokens, lexicon)
    if (polarity === 'negated' || polarity === 'prohibited') continue
    if (value.whole && !coversAll(match, from, to, tokens, lexicon)) continue
    const span = match.end - match.start
    let evidence: Evidence = value.strong
      ? 'recognised'
      : span >= 2 || value.whole || hearing === 'trigger'
        ? 'suspected'
        : 'hint'
    if (polarity === 'doubtful') evidence = weaker(evidence, 'suspected')
    if (inCondition(match, cues) && onlyPossible(value, hearing)) evidence = weaker(evidence, 'suspected')
    const key = value.given.join(' ')
    const group = groups.get(key)
    if (!group) groups.set(key, { evidence, match, patterns: new Map(span >= 2 ? [[value.id, match]] : []) })
    else {
      if (span >= 2 && !value.weak) group.patterns.set(value.id, match)
      if (
        stronger(evidence, group.evidence) ||
        (evidence === group.evidence && isBetter(match, group.match))
      ) {
        group.evidence = evidence
        group.match = match
      }
    }
  }
  return [...groups.values()].map(({ evidence, match, patterns }) => {
    const certain = [...patterns.values()].filter(
      one => !(inCondition(one, cues) && onlyPossible(one.value, hearing)),
    )
    let level = evidence === 'suspected' && certain.length >= 2 ? 'recognised' : evidence
    if (hearing === 'any') level = 'hint'
    return candidate(match, level, sentence, heard)
  })
}

function weaker(a: Evidence, b: Evidence): Evidence {
  return stronger(a, b) ? b : a
}

function onlyPossible(value: ActMeaning, hearing: Hearing): boolean {
  if (hearing === 'when' || hearing === 'case' || hearing === 'trigger') return false
  return value.by === 'company' ? !value.intrinsic : ONLY_POSSIBLE.has(value.act)
}

/** The customer's words hold the customer's acts; other conditions, and headings, only some. */
function allowed(by: By, act: string, hearing: Hearing): boolean {
  if (hearing === 'hear') return by === 'customer'
  if (hearing === 'case') return by === 'company'
  if (hearing === 'trigger') {
    return (
      act === 'cancel-request' || act === 'complaint' || act === 'human-request' || act === 'signup-start'
    )
  }
  return true
}

/** Among equally good matches: the earlier, then the longer, then the pattern that sorts first. */
function isBetter(a: ActMatch, b: ActMatch): boolean {
  if (a.start !== b.start) return a.start < b.start
  if (a.end !== b.end) return a.end > b.end
  return a.value.source < b.value.source
}

function coversAll(
  match: ActMatch,
  from: number,
  to: number,
  { words }: Tokens,
  { filler }: Lexicon,
): boolean {
  for (let i = from; i < to; i++)
    if ((i < match.start || i >= match.end) && !has(words[i]!, filler)) return false
  return true
}

function candidate(
  match: ActMatch,
  evidence: Evidence,
  { text, tokens, from, to, lexicon }: Sentence,
  heard: readonly Match<Meaning>[],
): Candidate {
  const { value } = match
  const start = tokens.starts[match.start]!
  const end = tokens.ends[match.end - 1]!
  return {
    act: value.act,
    evidence,
    by: value.by,
    attributes: {
      ...value.set,
      ...named(value.act, match, heard),
      ...measured(value.act, match, text, tokens, from, to, lexicon),
    },
    range: rangeOf(text, start, end),
    phrase: text.text.slice(start, end),
    pattern: value.id,
    given: value.given,
    at: start,
  }
}

/** The attributes an act takes from the numbers of its sentence. */
function measured(
  act: string,
  match: ActMatch,
  text: Excerpt,
  tokens: Tokens,
  from: number,
  to: number,
  lexicon: Lexicon,
): Record<string, unknown> {
  const wanted = MEASURED[act]
  if (!wanted) return {}
  const found = quantitiesOf(text.text, tokens, from, to, match.start, lexicon)
  const attributes: Record<string, unknown> = {}
  for (const [quantity, attribute] of Object.entries(wanted)) {
    const value = found[quantity as 'amount']
    if (value !== undefined) attributes[attribute] = value
  }
  return attributes
}

/** The items asked for in the sentence; the team named after the match began. */
function named(act: string, match: ActMatch, heard: readonly Match<Meaning>[]): Record<string, unknown> {
  const kind = NAMED[act]
  if (!kind) return {}
  const names = heard.flatMap(({ value, start }) =>
    value.kind === kind && start >= match.start ? [{ name: value.name, start }] : [],
  )
  names.sort((a, b) => a.start - b.start || (a.name < b.name ? -1 : 1))
  if (names.length === 0) return {}
  return kind === 'item' ? { items: [...new Set(names.map(({ name }) => name))] } : { team: names[0]!.name }
}

const NAMED: Record<string, 'item' | 'team'> = {
  'collect-info': 'item',
  'verify-identity': 'item',
  payment: 'item',
  transfer: 'team',
  'human-agent': 'team',
  'supervisor-escalation': 'team',
}

const MEASURED: Record<string, { duration?: string; amount?: string; months?: string }> = {
  hold: { duration: 'max' },
  callback: { duration: 'within' },
  'follow-up-promise': { duration: 'within' },
  'retention-offer': { amount: 'amount', months: 'months' },
  'fee-disclosed': { amount: 'amount' },
  'price-quote': { amount: 'amount' },
  payment: { amount: 'amount' },
  remedy: { amount: 'amount' },
}

/** Whether an imperative may stand at a token: at the start of a clause, after "please", "must", "and then" … */
function isImperative(tokens: Tokens, token: number, from: number, lexicon: Lexicon): boolean {
  if (token === from || (tokens.before[token]! & (SOFT | COMMA)) !== 0) return true
  const follows = (lead: readonly number[]): boolean =>
    token - lead.length >= from && lead.every((set, k) => has(tokens.words[token - 1 - k]!, set))
  return lexicon.leads.some(follows) && !lexicon.notLeads.some(follows)
}

/** A sentence that holds a prohibition and, but for words without weight, nothing else: "Don't:". */
function onlyProhibits({ tokens, from, to, lexicon }: Sentence): boolean {
  if (to - from > 6) return false
  const cues = scan(lexicon.automaton, tokens, from, to, CUE, () => true)
  const prohibits = cues.find(cue => cue.value.kind === 'prohibit')
  if (!prohibits) return false
  for (let i = prohibits.end; i < to; i++) if (!has(tokens.words[i]!, lexicon.filler)) return false
  return true
}
