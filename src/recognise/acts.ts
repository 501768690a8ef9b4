// Acts from a text: patterns matched sentence by sentence, each act weighed by all that speaks for and against it.
import { ACTS } from '../model/act.ts'
import type { Text } from '../model/playbook.ts'
import type { Excerpt } from '../model/position.ts'
import { CHANNELS, type Channel, type Effort, type Match, scan } from './automaton.ts'
import type { Lexicon, Meaning } from './lexicon.ts'
import { cuesOf } from './scopes.ts'
import { segmentsOf } from './segments.ts'
import { type Hearing, isImperative, type Sentence, sentencesOf } from './sentence.ts'
import { COLON } from './tokens.ts'
import { has } from './vocabulary.ts'
import { type ActMatch, type Candidate, stronger, weigh } from './weigh.ts'

const numbersOf = (...channels: Channel[]): number[] => channels.map(channel => CHANNELS.indexOf(channel))

const CHANNELS_HEARD: Record<Hearing, readonly number[]> = {
  say: numbersOf('say'),
  do: numbersOf('do'),
  hear: numbersOf('hear'),
  trigger: numbersOf('trigger'),
  any: numbersOf('say', 'do', 'hear'),
  when: numbersOf('when'),
  case: numbersOf('when'),
}
const CUE = CHANNELS.indexOf('cue')

/**
 * All acts in a text, of each name at most one a sentence (and one more where it counts only beside another act, see
 * `given`), in the order of the text. Linear in the text.
 */
export function actsIn(
  text: Excerpt & Pick<Text, 'forbidden'>,
  hearing: Hearing,
  lexicon: Lexicon,
  effort?: Effort,
): Candidate[] {
  const found: Candidate[] = []
  const isCondition = hearing === 'when' || hearing === 'case'
  for (const { voice, tokens } of segmentsOf(text.text, isCondition ? 'hear' : hearing, lexicon)) {
    let prohibited = text.forbidden === true
    const heard = isCondition ? hearing : voice
    for (const { from, to } of sentencesOf(tokens)) {
      // Written out, as spreading an object for every sentence takes longer than all the matching.
      const sentence: Sentence = { from, to, text, tokens, hearing: heard, lexicon, prohibited }
      const acts = actsInSentence(sentence, effort)
      found.push(...acts)
      prohibited =
        text.forbidden === true ||
        (acts.length === 0 && (tokens.before[to]! & COLON) !== 0 && onlyProhibits(sentence))
    }
  }
  if (found.length < 2) return found
  return found.sort((a, b) => a.at - b.at || compare(a.act, b.act) || compare(`${a.given}`, `${b.given}`))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function actsInSentence(sentence: Sentence, effort?: Effort): Candidate[] {
  const { tokens, from, to, lexicon, hearing } = sentence
  const imperative = (token: number): boolean => isImperative(tokens, token, from, lexicon)
  const scanned = (channel: number): Match<Meaning>[] =>
    scan(lexicon.automaton, tokens, from, to, channel, imperative, effort)
  const byAct = new Map<string, ActMatch[]>()
  const kills: Match<Meaning>[] = []
  for (const channel of CHANNELS_HEARD[hearing]) {
    for (const match of scanned(channel)) {
      const { value } = match
      if (value.kind === 'kill') kills.push(match)
      if (value.kind !== 'act') continue
      const known = byAct.get(value.act)
      if (known) known.push({ ...match, value })
      else byAct.set(value.act, [{ ...match, value }])
    }
  }
  if (byAct.size === 0) return []
  const heard = scanned(CUE)
  const cues = cuesOf(heard, tokens, from, to, lexicon)
  const found: Candidate[] = []
  for (const [act, matches] of byAct) {
    const alive = matches.filter(match => !isKilled(match, act, kills))
    found.push(...weigh(alive, sentence, cues, heard))
  }
  return found.filter(act => !found.some(other => isKindOf(other, act)))
}

function isKilled(match: ActMatch, act: string, kills: readonly Match<Meaning>[]): boolean {
  return kills.some(
    ({ value, start, end }) =>
      value.kind === 'kill' && value.act === act && start < match.end && match.start < end,
  )
}

/** The same words as a more special act ("put you through to my supervisor" is no mere transfer). */
function isKindOf(special: Candidate, general: Candidate): boolean {
  if (ACTS[special.act]?.kindOf !== general.act || stronger(general.evidence, special.evidence)) return false
  return special.at < general.at + general.phrase!.length && general.at < special.at + special.phrase!.length
}

/** A prohibition is no longer than this, without what it forbids. */
const SHORT = 6

/** A sentence that holds a prohibition and, but for words without weight, nothing else: "Don't:". */
function onlyProhibits({ tokens, from, to, lexicon }: Sentence): boolean {
  if (to - from > SHORT) return false
  const cues = scan(lexicon.automaton, tokens, from, to, CUE, () => true)
  const prohibits = cues.find(cue => cue.value.kind === 'prohibit')
  if (!prohibits) return false
  for (let i = prohibits.end; i < to; i++) if (!has(tokens.words[i]!, lexicon.filler)) return false
  return true
}
