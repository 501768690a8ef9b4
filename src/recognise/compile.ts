// Compiles a lexicon file: reads its patterns into programs and sets of words. Slow; shipped lexicons are compiled beforehand.
import { ACTS, type By, CHOOSERS } from '../model/act.ts'
import type { Channel } from './automaton.ts'
import {
  type CompiledLexicon,
  type CompiledMeaning,
  type CompiledPhrase,
  type Lexicon,
  type NameKind,
  openLexicon,
} from './lexicon.ts'
import { splitterOf } from './parts.ts'
import { type PatternContext, type PatternTree, readPattern, type SetNumber } from './pattern.ts'
import { programsBuilder } from './programs.ts'
import { setTable } from './sets.ts'
import { type LexiconSource, PATTERN_VOICES, type PatternSource, type PatternVoice } from './source.ts'
import { flatSequences, mentions, singles } from './tree.ts'

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

/** Compiles the plain object of a lexicon file and makes it ready for use. */
export function compileLexicon(source: LexiconSource): Lexicon {
  return openLexicon(compile(source))
}

/**
 * Reads all patterns of the plain object of a lexicon file. Throws an error naming the pattern if one cannot be read.
 * Linear in the size of the lexicon.
 */
export function compile(source: LexiconSource): CompiledLexicon {
  const table = setTable()
  const { fold, parts } = splitterOf(source)
  const context: PatternContext = {
    classes: source.classes ?? {},
    set: table.set,
    union: table.union,
    parts,
    ...(source.match === 'inflect' ? { forms: inflections } : {}),
    cache: new Map(),
  }
  const read = (pattern: string): PatternTree => readPattern(pattern, context)
  const negation = (source.negWords ?? []).flatMap(word => singles(read(word)))
  const negative = new Set(negation)
  const pending: { tree: PatternTree; channels: readonly Channel[]; meaning: CompiledMeaning }[] = []
  const removed = new Set(Object.values(source.acts ?? {}).flatMap(act => act.remove ?? []))

  const addPhrases = (
    patterns: readonly PatternSource[] | undefined,
    prefix: string,
    from: number,
    channels: readonly Channel[],
    meaningOf: (phrase: CompiledPhrase) => CompiledMeaning,
    intrinsic = false,
  ): number => {
    let number = from
    for (const entry of patterns ?? []) {
      const more = typeof entry === 'string' ? { p: entry } : entry
      for (const pattern of typeof more.p === 'string' ? [more.p] : more.p) {
        // One with a name of its own has no number: those of the others stay what they are.
        const id = more.id ?? `${prefix}/${++number}`
        if (removed.has(id)) continue
        const tree = read(pattern)
        const isNegative = (set: SetNumber): boolean =>
          table.members(set).some(member => negative.has(member))
        const phrase: CompiledPhrase = {
          id,
          source: pattern,
          ...(more.strong && { strong: true }),
          ...(more.weak && { weak: true }),
          ...(more.whole && { whole: true }),
          ...(more.given !== undefined && { given: [more.given].flat() }),
          ...(more.set && { set: more.set }),
          ...((intrinsic || more.intrinsic) && { intrinsic: true }),
          ...(mentions(tree, isNegative) && { hasNegation: true }),
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
    offer: source.terms,
  }
  for (const [kind, table] of Object.entries(names) as [NameKind, typeof source.items][]) {
    for (const [name, patterns] of Object.entries(table ?? {})) {
      for (const pattern of patterns)
        pending.push({ tree: read(pattern), channels: ['cue'], meaning: { kind, name } })
    }
  }

  const stop = new Set((source.stop ?? []).map(word => `=${fold(word)}`))
  const builder = programsBuilder(table, term => (stop.has(term) ? 100 : term === '#' ? 10 : 1))
  for (const [means, { tree, channels, meaning }] of pending.entries()) {
    builder.add(tree, channels, means, 'whole' in meaning && meaning.whole)
  }
  const bitOf = (words: readonly string[] | undefined): number =>
    table.bit(table.union((words ?? []).flatMap(word => singles(read(word)))))
  const follow = (leads: readonly string[] | undefined): number[][] =>
    (leads ?? []).flatMap(lead => flatSequences(read(lead)).map(sets => sets.map(table.bit).reverse()))
  const key = (phrase: string): string => phrase.split(/\s+/).flatMap(parts).join(' ')
  const named = {
    negation: table.bit(table.union(negation)),
    leads: follow(cues.lead),
    notLeads: follow(cues.notLead),
    label: bitOf(cues.label),
    subject: bitOf(cues.subject),
    filler: bitOf(cues.filler),
    units: Object.entries(source.units ?? {}).map(([unit, words]) => ({ unit, set: bitOf(words) })),
    isOne: bitOf(source.ones),
    isPer: bitOf(source.per),
    isNumberJoin: bitOf(source.numberJoins),
    hasNumber: table.bit(table.set('#')),
    hasCurrency: table.bit(table.set('$')),
    hasPercent: table.bit(table.set('%')),
  }
  return {
    lang: source.lang,
    words: wordsOf(source),
    named,
    negWords: negation.flatMap(table.members).map(set => table.term(set).slice(1)),
    opposites: (source.opposites ?? []).map(([a, b]) => [key(a), key(b)] as const),
    meanings: pending.map(({ meaning }) => meaning),
    programs: builder.finish(),
    ...table.finish(),
  }
}

/** What is used as it stands. */
function wordsOf(source: LexiconSource): CompiledLexicon['words'] {
  const { fold, clitics, splits, numbers, currency, percent, abbreviations, speakers, weightless, phrase } =
    source
  return {
    ...(fold && { fold }),
    ...(clitics && { clitics }),
    ...(splits && { splits }),
    ...(numbers && { numbers }),
    ...(currency && { currency }),
    ...(percent && { percent }),
    ...(abbreviations && { abbreviations }),
    ...(speakers && { speakers }),
    ...(weightless && { weightless }),
    ...(phrase && { phrase }),
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
