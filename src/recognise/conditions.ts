// Who decides a condition, whether the customer must bring it up, and what it is about.
import type { Chooser, Evidence } from '../model/act.ts'
import { CHOOSERS } from '../model/act.ts'
import { CHANNELS, type Match, scan } from './automaton.ts'
import type { Lexicon, Meaning } from './lexicon.ts'
import { coversClause, sentencesOf } from './sentence.ts'
import { type Tokens, tokenise } from './tokens.ts'
import { has } from './vocabulary.ts'

export type Condition = {
  chooser: Chooser
  evidence: Evidence
  phrase?: string
  told: 'offered' | 'unprompted'
  topics: string[]
}

type PhraseMeaning = Extract<Meaning, { kind: 'chooser' | 'told' | 'topic' }>
type ChooserMatch = Match<Extract<Meaning, { kind: 'chooser' }>>

const CHOOSER = CHANNELS.indexOf('chooser')

/** Reads a condition's words. Where several choosers fit, the first in the order of the model that the words name. */
export function conditionOf(text: string, lexicon: Lexicon): Condition {
  const tokens = tokenise(text, 0, text.length, lexicon)
  const matches: Match<PhraseMeaning>[] = []
  for (const sentence of sentencesOf(tokens)) {
    const { from, to } = sentence
    const mayLead = (token: number): boolean => token === from || leads(tokens, token, lexicon)
    for (const match of scan(lexicon.automaton, tokens, from, to, CHOOSER, mayLead)) {
      const { value } = match
      if (value.kind !== 'chooser' && value.kind !== 'told' && value.kind !== 'topic') continue
      if (!value.whole || coversClause(match, sentence, tokens, lexicon)) matches.push({ ...match, value })
    }
  }
  const told = matches.some(match => match.value.kind === 'told') ? 'unprompted' : 'offered'
  const topics = [
    ...new Set(matches.flatMap(({ value }) => (value.kind === 'topic' ? [value.topic] : []))),
  ].sort()
  // A word that could be anybody's ("declined") counts only where no phrase names somebody ("the card is declined").
  const naming = matches.filter((match): match is ChooserMatch => match.value.kind === 'chooser')
  const level = naming.some(match => weight(match, lexicon) === 2) ? 2 : 1
  for (const chooser of CHOOSERS) {
    const named = naming.filter(match => match.value.chooser === chooser && weight(match, lexicon) === level)
    if (named.length === 0) continue
    const best = named.reduce((a, b) => (isBetter(b, a, lexicon) ? b : a))
    const phrase = text.slice(tokens.starts[best.start], tokens.ends[best.end - 1])
    return { chooser, evidence: level === 2 ? 'recognised' : 'suspected', phrase, told, topics }
  }
  return { chooser: 'unknown', evidence: 'suspected', told, topics }
}

function weight({ value, start, end }: Match<PhraseMeaning>, { phrase }: Lexicon): number {
  return value.strong || (end - start >= phrase && !value.weak) ? 2 : 1
}

function isBetter(a: Match<PhraseMeaning>, b: Match<PhraseMeaning>, lexicon: Lexicon): boolean {
  const [one, other] = [weight(a, lexicon), weight(b, lexicon)]
  if (one !== other) return one > other
  if (a.start !== b.start) return a.start < b.start
  if (a.end !== b.end) return a.end > b.end
  return a.value.source < b.value.source
}

/** A condition starts after "if" and "when" as well as at its first word. */
function leads(tokens: Tokens, token: number, lexicon: Lexicon): boolean {
  return has(tokens.words[token - 1]!, lexicon.filler)
}
