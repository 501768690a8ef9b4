// What texts of a language are recognised with, opened from a compiled lexicon without any further work on patterns.
import type { By, Chooser } from '../model/act.ts'
import { type Automaton, automatonOf, CHANNELS, type Program } from './automaton.ts'
import { type Fold, foldFor } from './characters.ts'
import { anchorsOf, type CompiledProgram, openProgram } from './programs.ts'
import type { CompiledSets } from './sets.ts'
import type { LexiconSource } from './source.ts'
import { type Vocabulary, vocabularyOf, type WordRules } from './vocabulary.ts'

export type CueKind = 'prohibit' | 'neg' | 'pseudo' | 'cond' | 'then' | 'term' | 'hears' | 'case'

/** What attributes are named from: data asked for, desks, reasons of a refusal, who may grant an exception, offers. */
export type NameKind = 'item' | 'team' | 'because' | 'approver' | 'offer'

/** What a match means. */
export type Meaning =
  | ({ kind: 'act'; act: string; by: By } & Phrase)
  | ({ kind: 'chooser'; chooser: Chooser } & Phrase)
  | ({ kind: 'told' } & Phrase)
  | ({ kind: 'topic'; topic: string } & Phrase)
  | { kind: 'kill'; act: string }
  | { kind: NameKind; name: string }
  | { kind: CueKind; win: number; post: number }

export type Phrase = {
  id: string
  /** The pattern as written. */
  source: string
  strong: boolean
  weak: boolean
  whole: boolean
  given: readonly string[]
  set: Readonly<Record<string, unknown>>
  intrinsic: boolean
  /** A negation is part of the pattern itself. */
  hasNegation: boolean
}

export type Lexicon = {
  lang: string
  /** Matches of fewer tokens are single words. */
  phrase: number
  automaton: Automaton<Meaning>
  vocabulary: Vocabulary
  fold: Fold
  /** Set of negation words. */
  negation: number
  /** Sequences of sets, last word first, that an imperative may follow, and those it may not. */
  leads: readonly (readonly number[])[]
  notLeads: readonly (readonly number[])[]
  label: number
  subject: number
  filler: number
  units: readonly { unit: string; set: number }[]
  numbers: ReadonlyMap<string, number>
  currency: ReadonlyMap<string, string>
  hasNumber: number
  isOne: number
  isPer: number
  isNumberJoin: number
  hasCurrency: number
  hasPercent: number
  isAbbreviation: (raw: string) => boolean
  speakers: ReadonlyMap<string, 'say' | 'hear'>
  longestSpeaker: number
  opposites: ReadonlyMap<string, ReadonlySet<string>>
  negWords: ReadonlySet<string>
  weightless: ReadonlySet<string>
}

/** What only few phrases are, left out of those that are not. */
type Plain = 'strong' | 'weak' | 'whole' | 'given' | 'set' | 'intrinsic' | 'hasNegation'
type Compact<M> = M extends Phrase ? Omit<M, Plain> & Partial<Pick<M, Plain>> : M
export type CompiledMeaning = Compact<Meaning>
export type CompiledPhrase = Compact<Phrase>

/** The sets that recognition itself asks for, by their bits. */
type NamedSets = Pick<
  Lexicon,
  | 'negation'
  | 'leads'
  | 'notLeads'
  | 'label'
  | 'subject'
  | 'filler'
  | 'units'
  | 'isOne'
  | 'isPer'
  | 'isNumberJoin'
  | 'hasNumber'
  | 'hasCurrency'
  | 'hasPercent'
>

/** What of a lexicon file is used as it stands. */
type Words = WordRules & Pick<LexiconSource, 'abbreviations' | 'speakers' | 'weightless' | 'phrase'>

/** A lexicon whose patterns have been read: plain data, the same after a round trip through JSON. */
export type CompiledLexicon = CompiledSets & {
  lang: string
  words: Words
  programs: readonly CompiledProgram[]
  meanings: readonly CompiledMeaning[]
  named: NamedSets
  negWords: readonly string[]
  /** Pairs of phrases, their words taken apart and joined by spaces. */
  opposites: readonly (readonly [string, string])[]
}

const PLAIN = {
  strong: false,
  weak: false,
  whole: false,
  given: [],
  set: {},
  intrinsic: false,
  hasNegation: false,
} as const satisfies Pick<Phrase, Plain>

/** Makes a compiled lexicon ready for use; most of its programs wait until they are tried. Linear in its size. */
export function openLexicon(compiled: CompiledLexicon): Lexicon {
  const { lang, words, named, opposites, negWords } = compiled
  const fold = foldFor(words.fold ?? [])
  const speakers = new Map([
    ...(words.speakers?.agent ?? []).map(name => [fold(name), 'say'] as const),
    ...(words.speakers?.customer ?? []).map(name => [fold(name), 'hear'] as const),
  ])
  const abbreviations = new Set((words.abbreviations ?? []).map(fold))
  return {
    ...named,
    lang,
    phrase: words.phrase ?? 2,
    vocabulary: vocabularyOf(words, compiled, anchorsOf(compiled.programs), CHANNELS.length),
    fold,
    numbers: new Map(Object.entries(words.numbers ?? {}).map(([word, value]) => [fold(word), value])),
    currency: new Map(
      Object.entries(words.currency ?? {}).flatMap(([sign, names]) =>
        names.map(name => [fold(name), sign] as const),
      ),
    ),
    isAbbreviation: raw => abbreviations.has(fold(raw)),
    speakers,
    longestSpeaker: Math.max(0, ...[...speakers.keys()].map(name => name.length)),
    opposites: bothWays(opposites),
    negWords: new Set(negWords),
    weightless: new Set((words.weightless ?? []).map(fold)),
    automaton: automatonOf(programsOf(compiled)),
  }
}

/** The ids of all patterns that acts are recognised by. */
export function patternIds({ meanings }: CompiledLexicon): Set<string> {
  return new Set(meanings.flatMap(meaning => (meaning.kind === 'act' ? [meaning.id] : [])))
}

/** The programs by number, each opened when it is first asked for. */
function programsOf({ programs, meanings }: CompiledLexicon): (number: number) => Program<Meaning> {
  const openMeaning = onDemand(meanings, meaning => ('id' in meaning ? { ...PLAIN, ...meaning } : meaning))
  return onDemand(programs, program => openProgram<Meaning>(program, openMeaning(program.means)))
}

function onDemand<T, U>(list: readonly T[], open: (one: T) => U): (number: number) => U {
  const opened: (U | undefined)[] = new Array(list.length).fill(undefined)
  return number => (opened[number] ??= open(list[number]!))
}

function bothWays(pairs: readonly (readonly [string, string])[]): Map<string, Set<string>> {
  const result = new Map<string, Set<string>>()
  const add = (one: string, other: string): void => {
    const known = result.get(one)
    if (known) known.add(other)
    else result.set(one, new Set([other]))
  }
  for (const [a, b] of pairs) {
    add(a, b)
    add(b, a)
  }
  return result
}
