// The shape of a lexicon file (`rules/lexicon/<lang>.yaml`) as plain data, and how a team's file is added to a shipped one.
import type { By, Chooser } from '../model/act.ts'

/** The ways a text can be voiced for which a lexicon has patterns of its own. */
export type PatternVoice = 'say' | 'do' | 'hear' | 'any' | 'trigger' | 'when'
export const PATTERN_VOICES: readonly PatternVoice[] = ['say', 'do', 'hear', 'any', 'trigger', 'when']

/** One pattern, or several that share their properties. */
export type PatternSource =
  | string
  | {
      p: string | readonly string[]
      id?: string
      /** Leaves no doubt: a single match is enough to be `recognised`. */
      strong?: boolean
      /** Never more than `suspected`, however many words it spans. */
      weak?: boolean
      /** Must cover the whole condition, but for words of no weight. */
      whole?: boolean
      /** Counts only in a step (or a condition of a step) that has one of these acts. */
      given?: string | readonly string[]
      /** Attributes the act gets: `{kind: refund}`. */
      set?: Record<string, unknown>
      /** Contains its own negation. */
      intrinsic?: boolean
    }

/** `win`: how many tokens after the cue it reaches; `post`: how many before it. */
export type CueSource = string | { p: string; win?: number; post?: number }

export type ActSource = {
  [voice in PatternVoice]?: readonly PatternSource[]
} & {
  /** Kills overlapping matches of this act. */
  not?: readonly string[]
  /** Contains its own negation: never flipped by a cue. */
  intrinsic?: boolean
  /** For acts the model does not know. */
  by?: By
  /** Ids of patterns of the lexicon this one is added to that shall no longer count. */
  remove?: readonly string[]
  examples?: { [voice in PatternVoice]?: readonly string[] }
  counter?: { [voice in PatternVoice]?: readonly string[] }
}

export type CuesSource = {
  prohibit?: readonly CueSource[]
  neg?: readonly CueSource[]
  /** Look like a negation and are none ("not only"). */
  pseudo?: readonly string[]
  cond?: readonly string[]
  /** Ends the condition ("then"). */
  then?: readonly string[]
  /** Ends the reach of a negation ("but"). */
  term?: readonly string[]
  /** Words that start a clause of their own after a comma. */
  subject?: readonly string[]
  /** What an imperative may follow directly: "please", "need to". */
  lead?: readonly string[]
  /** A lead that is none: "the customer must". */
  notLead?: readonly string[]
  /** Words after which a quotation is a button or a name, not speech. */
  label?: readonly string[]
  /** Words before a quotation that make it the customer's: "the customer says". */
  hears?: readonly string[]
  /** What the case of an exception follows: "unless", "only if". */
  case?: readonly string[]
  /** Words without weight in a condition. */
  filler?: readonly string[]
}

export type LexiconSource = {
  lang: string
  version?: number
  /** `inflect` (English only): words also match with -s, -ed and -ing. */
  match?: 'exact' | 'inflect'
  /** Further normalisation of words: `yo`, `vi-tones`, `accents`, `sharp-s`. */
  fold?: readonly string[]
  /** Parts that stand at a word behind or before an apostrophe, and the word they mean. */
  clitics?: {
    after?: Record<string, string>
    before?: Record<string, string>
    heads?: Record<string, string>
  }
  /** Words that are two: `cannot: can not`. The parts make up the letters of the word. */
  splits?: Record<string, string>
  abbreviations?: readonly string[]
  /** How many tokens make a phrase, 2 if not said: where words are several syllables, more. */
  phrase?: number
  /** Frequent words, poor to look for. */
  stop?: readonly string[]
  numbers?: Record<string, number>
  /** Words that mean one before a unit of time: "within an hour". */
  ones?: readonly string[]
  /** Words between a price and the time it is for: "30 dollars per month". */
  per?: readonly string[]
  /** Words within a number in words: "cuarenta y ocho". */
  numberJoins?: readonly string[]
  /** Words by the sign they stand for: `$: [dollar, dollars]`. Signs themselves need no entry. */
  currency?: Record<string, readonly string[]>
  percent?: readonly string[]
  /** Words of each unit: `s min h day business-day week month year`. */
  units?: Record<string, readonly string[]>
  /** What is asked for, by name, and the phrases it is known by: the `items` of `collect-info`. */
  items?: Record<string, readonly string[]>
  /** Desks a customer may be sent to: the `team` of `transfer`. */
  teams?: Record<string, readonly string[]>
  /** Reasons of a refusal, by name: `identity`, `fraud`, `contract`, `policy`, `requirement`, `offer`. */
  because?: Record<string, readonly string[]>
  /** Who may grant an exception. */
  approvers?: Record<string, readonly string[]>
  /** What a retention offer consists in, by name: `discount`, `free-time`, `pause`, `downgrade` … */
  terms?: Record<string, readonly string[]>
  speakers?: { agent?: readonly string[]; customer?: readonly string[] }
  negWords?: readonly string[]
  cues?: CuesSource
  classes?: Record<string, readonly string[]>
  acts?: Record<string, ActSource>
  choosers?: { [chooser in Exclude<Chooser, 'unknown'>]?: readonly PatternSource[] }
  told?: { unprompted?: readonly PatternSource[]; examples?: readonly string[]; counter?: readonly string[] }
  topics?: Record<string, readonly PatternSource[]>
  /** Words that make no difference between two conditions: articles, auxiliaries. */
  weightless?: readonly string[]
  /** Pairs of words or phrases that exclude each other. */
  opposites?: readonly (readonly [string, string])[]
  /** What each chooser must and must not be recognised from. */
  chooserExamples?: { [chooser in Chooser]?: readonly string[] }
  topicExamples?: Record<string, readonly string[]>
  /** Pairs that are opposite, for the tests. */
  oppositeExamples?: readonly (readonly [string, string])[]
  /** Pairs that are not. */
  oppositeCounter?: readonly (readonly [string, string])[]
}

/**
 * A lexicon with a team's own added: lists are appended, tables joined with the later winning, `remove` drops
 * patterns by id. Neither input is changed.
 */
export function extendLexicon(base: LexiconSource, extra: LexiconSource): LexiconSource {
  return joined(base, extra) as LexiconSource
}

function joined(a: unknown, b: unknown): unknown {
  if (b === undefined) return a
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b]
  if (!isTable(a) || !isTable(b)) return b
  const result: Record<string, unknown> = { ...a }
  for (const [key, value] of Object.entries(b)) {
    result[key] = Object.hasOwn(a, key) ? joined(a[key], value) : value
  }
  return result
}

function isTable(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
