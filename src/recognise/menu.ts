// Menus of a telephone: what one is told to press a key for is an offer, and not done by saying so.
import type { Sentence } from './sentence.ts'

/** Verbs of the languages with a lexicon, as they stand before a key. */
const PRESS =
  'press|dial|push|touch|drücken|drück|wählen|vajuta|vajutage|valige|нажмите|наберите|tryk|nhấn|bấm|ấn|appuyez|tapez|composez|pulse|marque|oprima|presione'
const KEY = `(?:${PRESS})(?:\\s+\\p{L}{1,8}){0,3}\\s*["'“„«]?[\\d*#](?![\\d\\p{L}])`
/** How much text before and behind a phrase is looked at. */
const NEAR = 80

/** A key somewhere before, in the same sentence: also one within the phrase itself. */
const BEFORE = new RegExp(`(?<!\\p{L})${KEY}[^.;!?]*$`, 'iu')
const BEHIND = new RegExp(`^[^.;!?\\d]*(?<!\\p{L})${KEY}`, 'iu')

/** "Press 0 to speak with a person", "for a new card, press 2". The text looked at is bounded, so this is too. */
export function isMenuOption({ text, tokens, from, to }: Sentence, start: number, end: number): boolean {
  const [first, last] = [tokens.starts[from]!, tokens.ends[to - 1]!]
  const [at, over] = [tokens.starts[start]!, tokens.ends[end - 1]!]
  const before = text.text.slice(Math.max(first, at - NEAR), Math.min(over, at + NEAR))
  return BEFORE.test(before) || BEHIND.test(text.text.slice(over, Math.min(last, over + NEAR)))
}
