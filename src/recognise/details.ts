// The attributes of an act, read from the sentence it was found in: items, teams, amounts, durations, contacts.
import type { Match } from './automaton.ts'
import { contactIn } from './contact.ts'
import type { Meaning, NameKind } from './lexicon.ts'
import { quantitiesOf } from './quantities.ts'
import type { Sentence } from './sentence.ts'
import { COMMA } from './tokens.ts'

type Found = { value: { act: string }; start: number; end: number }
type Detail = (found: Found, sentence: Sentence, heard: readonly Match<Meaning>[]) => unknown

/** Every attribute that can be read from the words, by act. */
const DETAILS: Readonly<Record<string, Readonly<Record<string, Detail>>>> = {
  'collect-info': { items },
  'verify-identity': { items },
  payment: { items, amount: quantity('amount') },
  hold: { max: quantity('duration') },
  transfer: { team: named('team') },
  'human-agent': { team: named('team') },
  'supervisor-escalation': { team: named('team') },
  'cancellation-handed-over': { to: named('team') },
  referral: { to: named('team'), contact },
  'call-back-later': { contact },
  'direct-contact': { contact },
  callback: { within: quantity('duration') },
  'follow-up-promise': { within: quantity('duration') },
  'retention-offer': { terms, amount: quantity('amount'), months: quantity('months') },
  'fee-disclosed': { amount: quantity('amount') },
  'price-quote': { amount: quantity('amount') },
  remedy: { amount: quantity('amount') },
  refusal: { because: named('because', 'anywhere') },
  'cancellation-refusal': { because: named('because', 'anywhere') },
  exception: { when: caseOf, approver: named('approver', 'anywhere') },
}

/** The attributes that the words around a match give its act. Linear in the sentence. */
export function detailsOf(
  found: Found,
  sentence: Sentence,
  heard: readonly Match<Meaning>[],
): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  for (const [name, detail] of Object.entries(DETAILS[found.value.act] ?? {})) {
    const value = detail(found, sentence, heard)
    if (value !== undefined) attributes[name] = value
  }
  return attributes
}

function quantity(kind: 'duration' | 'amount' | 'months'): Detail {
  return (found, sentence) => quantitiesOf(sentence, found.start)[kind]
}

/** The first name of a kind after the match began, or in the whole sentence. */
function named(kind: NameKind, where: 'after' | 'anywhere' = 'after'): Detail {
  return (found, _, heard) => namesOf(kind, where === 'after' ? found.start : 0, heard)[0]
}

/** What is offered, as "discount 20 % for 6 months": so that two offers can be told apart. */
function terms(found: Found, sentence: Sentence, heard: readonly Match<Meaning>[]): string | undefined {
  const { amount, months } = quantitiesOf(sentence, found.start)
  const kinds = namesOf('offer', 0, heard).join(' or ')
  const parts = [
    kinds,
    amount,
    months === undefined ? undefined : `for ${months} ${months === 1 ? 'month' : 'months'}`,
  ]
  return parts.filter(Boolean).join(' ') || undefined
}

function items(found: Found, _: Sentence, heard: readonly Match<Meaning>[]): string[] | undefined {
  const names = namesOf('item', found.start, heard)
  return names.length === 0 ? undefined : names
}

/** Names without repetition, in order of their place. */
function namesOf(kind: NameKind, from: number, heard: readonly Match<Meaning>[]): string[] {
  const names = heard.flatMap(({ value, start }) =>
    value.kind === kind && start >= from ? [{ name: value.name, start }] : [],
  )
  names.sort((a, b) => a.start - b.start || (a.name < b.name ? -1 : 1))
  return [...new Set(names.map(({ name }) => name))]
}

function contact(_: Found, { text }: Sentence): string | undefined {
  return contactIn(text.text)
}

/** What follows "if", "where", "unless" … in a sentence about an exception, up to the next clause. */
function caseOf(
  found: Found,
  { text, tokens, from, to }: Sentence,
  heard: readonly Match<Meaning>[],
): string | undefined {
  const cue = heard
    .filter(({ value }) => value.kind === 'case')
    .sort((a, b) => Math.abs(a.start - found.start) - Math.abs(b.start - found.start) || a.start - b.start)[0]
  if (!cue || cue.end >= to || cue.start < from) return undefined
  let end = cue.end + 1
  while (end < to && (tokens.before[end]! & COMMA) === 0) end++
  return text.text.slice(tokens.starts[cue.end], tokens.ends[end - 1])
}
