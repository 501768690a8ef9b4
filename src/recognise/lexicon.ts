// Compiles a lexicon file into the automaton and tables that texts of its language are recognised with.
import { ACTS, type By, CHOOSERS, type Chooser } from '../model/act.ts'
import { type Automaton, automatonBuilder, CHANNELS, type Channel } from './automaton.ts'
import { type Fold, foldFor } from './characters.ts'
import { type PatternContext, type PatternTree, readPattern } from './pattern.ts'
import { type LexiconSource, PATTERN_VOICES, type PatternSource, type PatternVoice } from './source.ts'
import { flatSequences, mentions, singles } from './tree.ts'
import { type Vocabulary, vocabularyOf } from './vocabulary.ts'

export type CueKind = 'prohibit' | 'neg' | 'pseudo' | 'cond' | 'then' | 'term' | 'hears' | 'case'

/** What attributes are named from: data asked for, desks, reasons of a refusal, who may grant an exception. */
export type NameKind = 'item' | 'team' | 'because' | 'approver'

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
  hasCurrency: number
  hasPercent: number
  isAbbreviation: (raw: string) => boolean
  speakers: ReadonlyMap<string, 'say' | 'hear'>
  longestSpeaker: number
  opposites: ReadonlyMap<string, ReadonlySet<string>>
  negWords: ReadonlySet<string>
  weightless: ReadonlySet<string>
}

/** Acts of customers are also looked for in headings and conditions, whoever speaks in them. */
const CHANNELS_OF: Record<By, Record<PatternVoice, readonly Channel[]>> = {
  customer: {
    say: ['say'],
    do: ['do', 'trigger', 'when'],
    hear: ['hear', 'trigger', 'when'],
    any: ['say', 'do', 'hear', 'trigger', 'when'],
    trigger: ['trigger'],
    when: ['when'],
  },
  company: {
    say: ['say'],
    do: ['do'],
    hear: ['hear'],
    any: ['say', 'do'],
    trigger: ['trigger'],
    when: ['when'],
  },
}

/** How far a cue reaches if the lexicon does not say. */
const REACH: Record<string, number> = { prohibit: 6, neg: 4 }

/**
 * Compiles the plain object of a lexicon file. Throws an error naming the pattern if one cannot be read.
 * Linear in the size of the lexicon.
 */
export function compileLexicon(source: LexiconSource): Lexicon {
  const vocabulary = vocabularyOf(source, CHANNELS.length)
  const fold = foldFor(source.fold ?? [])
  const context: PatternContext = {
    classes: source.classes ?? {},
    set: vocabulary.set,
    union: vocabulary.union,
    parts: vocabulary.parts,
    ...(source.match === 'inflect' ? { forms: inflections } : {}),
    cache: new Map(),
  }
  const read = (pattern: string): PatternTree => readPattern(pattern, context)
  const negation = (source.negWords ?? []).flatMap(word => singles(read(word)))
  const negative = new Set(negation)
  const pending: { tree: PatternTree; channels: readonly Channel[]; meaning: Meaning }[] = []
  const removed = new Set(Object.values(source.acts ?? {}).flatMap(act => act.remove ?? []))

  const addPhrases = (
    patterns: readonly PatternSource[] | undefined,
    prefix: string,
    from: number,
    channels: readonly Channel[],
    meaningOf: (phrase: Phrase) => Meaning,
    intrinsic = false,
  ): number => {
    let number = from
    for (const entry of patterns ?? []) {
      const more = typeof entry === 'string' ? { p: entry } : entry
      for (const pattern of typeof more.p === 'string' ? [more.p] : more.p) {
        number++
        const id = more.id ?? `${prefix}/${number}`
        if (removed.has(id)) continue
        const tree = read(pattern)
        const phrase: Phrase = {
          id,
          source: pattern,
          strong: more.strong ?? false,
          weak: more.weak ?? false,
          whole: more.whole ?? false,
          given: more.given === undefined ? [] : [more.given].flat(),
          set: more.set ?? {},
          intrinsic: intrinsic || (more.intrinsic ?? false),
          hasNegation: mentions(tree, set => vocabulary.members(set).some(member => negative.has(member))),
        }
        pending.push({ tree, channels, meaning: meaningOf(phrase) })
      }
    }
    return number
  }

  for (const [act, entry] of Object.entries(source.acts ?? {})) {
    const by = ACTS[act]?.by ?? entry.by ?? 'company'
    let number = 0
    for (const voice of PATTERN_VOICES) {
      const channels = CHANNELS_OF[by][voice]
      const prefix = `${source.lang}/${act}`
      number = addPhrases(
        entry[voice],
        prefix,
        number,
        channels,
        phrase => ({ kind: 'act', act, by, ...phrase }),
        entry.intrinsic,
      )
    }
    for (const pattern of entry.not ?? []) {
      pending.push({
        tree: read(pattern),
        channels: ['say', 'do', 'hear', 'trigger', 'when'],
        meaning: { kind: 'kill', act },
      })
    }
  }
  for (const chooser of CHOOSERS) {
    if (chooser === 'unknown') continue
    const prefix = `${source.lang}/chooser-${chooser}`
    addPhrases(source.choosers?.[chooser], prefix, 0, ['chooser'], phrase => ({
      kind: 'chooser',
      chooser,
      ...phrase,
    }))
  }
  addPhrases(source.told?.unprompted, `${source.lang}/unprompted`, 0, ['chooser'], phrase => ({
    kind: 'told',
    ...phrase,
  }))
  for (const [topic, patterns] of Object.entries(source.topics ?? {})) {
    addPhrases(patterns, `${source.lang}/topic-${topic}`, 0, ['chooser'], phrase => ({
      kind: 'topic',
      topic,
      ...phrase,
    }))
  }
  const { cues = {} } = source
  for (const kind of ['prohibit', 'neg', 'pseudo', 'cond', 'then', 'term', 'hears', 'case'] as const) {
    for (const cue of cues[kind] ?? []) {
      const { p, win = REACH[kind] ?? 0, post = 0 } = typeof cue === 'string' ? { p: cue } : cue
      pending.push({ tree: read(p), channels: ['cue'], meaning: { kind, win, post } })
    }
  }

  const names = {
    item: source.items,
    team: source.teams,
    because: source.because,
    approver: source.approvers,
  }
  for (const [kind, table] of Object.entries(names) as [NameKind, typeof source.items][]) {
    for (const [name, patterns] of Object.entries(table ?? {})) {
      for (const pattern of patterns)
        pending.push({ tree: read(pattern), channels: ['cue'], meaning: { kind, name } })
    }
  }

  const stop = new Set((source.stop ?? []).map(word => `=${fold(word)}`))
  const builder = automatonBuilder<Meaning>(vocabulary, term =>
    stop.has(term) ? 100 : term === '#' ? 10 : 1,
  )
  for (const { tree, channels, meaning } of pending) {
    builder.add(tree, channels, meaning, 'whole' in meaning && meaning.whole)
  }
  const bitOf = (words: readonly string[] | undefined): number =>
    vocabulary.bit(vocabulary.union((words ?? []).flatMap(word => singles(read(word)))))
  const follow = (leads: readonly string[] | undefined): number[][] =>
    (leads ?? []).flatMap(lead => flatSequences(read(lead)).map(sets => sets.map(vocabulary.bit).reverse()))
  const speakers = new Map([
    ...(source.speakers?.agent ?? []).map(name => [fold(name), 'say'] as const),
    ...(source.speakers?.customer ?? []).map(name => [fold(name), 'hear'] as const),
  ])
  const abbreviations = new Set((source.abbreviations ?? []).map(fold))
  return {
    lang: source.lang,
    vocabulary,
    fold,
    negation: vocabulary.bit(vocabulary.union(negation)),
    leads: follow(cues.lead),
    notLeads: follow(cues.notLead),
    label: bitOf(cues.label),
    subject: bitOf(cues.subject),
    filler: bitOf(cues.filler),
    units: Object.entries(source.units ?? {}).map(([unit, words]) => ({ unit, set: bitOf(words) })),
    numbers: new Map(Object.entries(source.numbers ?? {}).map(([word, value]) => [fold(word), value])),
    currency: new Map(
      Object.entries(source.currency ?? {}).flatMap(([sign, words]) =>
        words.map(word => [fold(word), sign] as const),
      ),
    ),
    isOne: bitOf(source.ones),
    hasNumber: vocabulary.bit(vocabulary.set('#')),
    hasCurrency: vocabulary.bit(vocabulary.set('$')),
    hasPercent: vocabulary.bit(vocabulary.set('%')),
    isAbbreviation: raw => abbreviations.has(fold(raw)),
    speakers,
    longestSpeaker: Math.max(0, ...[...speakers.keys()].map(name => name.length)),
    opposites: pairs(source.opposites ?? [], vocabulary),
    negWords: new Set(negation.map(set => vocabulary.term(set).slice(1))),
    weightless: new Set((source.weightless ?? []).map(fold)),
    automaton: builder.finish(),
  }
}

/** -s, -ed and -ing of an English word. */
function inflections(word: string): string[] {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return [word]
  const forms = [word, `${word}s`]
  if (word.endsWith('e')) forms.push(`${word}d`, `${word.slice(0, -1)}ing`)
  else if (/[^aeiou]y$/.test(word))
    forms.push(`${word.slice(0, -1)}ies`, `${word.slice(0, -1)}ied`, `${word}ing`)
  else
    forms.push(`${word}es`, `${word}ed`, `${word}ing`, `${word}${word.at(-1)}ed`, `${word}${word.at(-1)}ing`)
  return forms
}

function pairs(
  list: readonly (readonly [string, string])[],
  vocabulary: Vocabulary,
): Map<string, Set<string>> {
  const result = new Map<string, Set<string>>()
  const key = (phrase: string): string => phrase.split(/\s+/).flatMap(vocabulary.parts).join(' ')
  for (const [a, b] of list) {
    for (const [one, other] of [
      [key(a), key(b)],
      [key(b), key(a)],
    ] as const) {
      const known = result.get(one)
      if (known) known.add(other)
      else result.set(one, new Set([other]))
    }
  }
  return result
}
