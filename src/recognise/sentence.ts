// One sentence of a text: where it starts and ends, its clauses, and where an imperative may stand in it.
import type { Voice } from '../model/playbook.ts'
import type { Excerpt } from '../model/position.ts'
import type { Lexicon } from './lexicon.ts'
import { COMMA, HARD, SOFT, type Tokens } from './tokens.ts'
import { has } from './vocabulary.ts'

/** A voice, or `when` for a condition of a customer's choice, `case` for any other condition. */
export type Hearing = Voice | 'when' | 'case'

/** A stretch of tokens; `to` is exclusive. */
export type Stretch = { from: number; to: number }

/** A sentence with all that is needed to judge what was found in it. */
export type Sentence = Stretch & {
  text: Excerpt
  tokens: Tokens
  hearing: Hearing
  lexicon: Lexicon
  /** The sentence before was nothing but "Don't:". */
  prohibited: boolean
}

/** The sentences of tokens, in order. */
export function sentencesOf({ words, before }: Tokens): Stretch[] {
  const sentences: Stretch[] = []
  for (let from = 0; from < words.length; ) {
    let to = from + 1
    while ((before[to]! & HARD) === 0) to++
    sentences.push({ from, to })
    from = to
  }
  return sentences
}

/** Whether an imperative may stand at a token: at the start of a clause, after "please", "must", "and then" … */
export function isImperative(tokens: Tokens, token: number, from: number, lexicon: Lexicon): boolean {
  if (token === from || (tokens.before[token]! & (SOFT | COMMA)) !== 0) return true
  const follows = (lead: readonly number[]): boolean =>
    token - lead.length >= from && lead.every((set, k) => has(tokens.words[token - 1 - k]!, set))
  return lexicon.leads.some(follows) && !lexicon.notLeads.some(follows)
}

/** Whether nothing but words without weight stands beside a match in its clause ("no, but …": the "no"). */
export function coversClause(
  match: { start: number; end: number },
  { from, to }: Stretch,
  { words, before }: Tokens,
  { filler }: Lexicon,
): boolean {
  for (let i = match.start; i > from && (before[i]! & COMMA) === 0; i--)
    if (!has(words[i - 1]!, filler)) return false
  for (let i = match.end; i < to && (before[i]! & COMMA) === 0; i++) if (!has(words[i]!, filler)) return false
  return true
}
