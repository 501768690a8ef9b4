// Every shipped lexicon: its examples are recognised, its counter-examples are not, it covers every act and chooser.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { ACTS } from '../model/act.ts'
import { excerptAt } from '../model/position.ts'
import { actsIn } from './acts.ts'
import { CHANNELS, scan } from './automaton.ts'
import { conditionOf } from './conditions.ts'
import { areOpposite, compile, compileLexicon, extendLexicon, type LexiconSource } from './index.ts'
import type { Hearing } from './sentence.ts'
import { sentencesOf } from './sentence.ts'
import { PATTERN_VOICES } from './source.ts'
import { tokenise } from './tokens.ts'

const folder = new URL('../../rules/lexicon/', import.meta.url)
const languages = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
  .map(name => name.slice(0, -'.yaml'.length))
const sourceOf = (language: string): LexiconSource =>
  parse(readFileSync(new URL(`${language}.yaml`, folder), 'utf8')) as LexiconSource
const at = (text: string) => excerptAt(text, { line: 1, column: 1 })

describe.each(languages)('the lexicon %s', language => {
  const source = sourceOf(language)
  const lexicon = compileLexicon(source)
  const acts = Object.entries(source.acts ?? {})
  const heardIn = (text: string, voice: string): { act: string; evidence: string }[] =>
    actsIn(at(text), voice as Hearing, lexicon)

  it('is named after its language', () => expect(source.lang).toBe(language))

  it('recognises its examples', () => {
    const missed = acts.flatMap(([act, { examples = {} }]) =>
      PATTERN_VOICES.flatMap(voice =>
        (examples[voice] ?? []).filter(
          text => !heardIn(text, voice).some(found => found.act === act && found.evidence !== 'hint'),
        ),
      ).map(text => `${act}: ${text}`),
    )
    expect(missed).toEqual([])
  })

  it('does not assert its counter-examples', () => {
    const wrong = acts.flatMap(([act, { counter = {} }]) =>
      PATTERN_VOICES.flatMap(voice =>
        (counter[voice] ?? []).filter(text => heardIn(text, voice).some(found => found.act === act)),
      ).map(text => `${act}: ${text}`),
    )
    expect(wrong).toEqual([])
  })

  it('has an example for every pattern', () => {
    const tried = new Set<string>()
    for (const [act, { examples = {}, counter = {} }] of acts) {
      for (const voice of PATTERN_VOICES) {
        const tokensOf = (text: string) => tokenise(text, 0, text.length, lexicon)
        for (const text of [...(examples[voice] ?? []), ...(counter[voice] ?? [])]) {
          const tokens = tokensOf(text)
          for (const { from, to } of sentencesOf(tokens)) {
            const channel = CHANNELS.indexOf(voice as 'say')
            for (const { value } of scan(lexicon.automaton, tokens, from, to, channel, () => true)) {
              if (value.kind === 'act' && value.act === act) tried.add(value.id)
            }
          }
        }
      }
    }
    const untried = compile(source).meanings.flatMap(value =>
      value.kind === 'act' && value.given === undefined && !tried.has(value.id)
        ? [`${value.id} ${value.source}`]
        : [],
    )
    expect([...new Set(untried)]).toEqual([])
  })

  it('knows every act, each with examples and counter-examples', () => {
    const lacking = Object.keys(ACTS).filter(act => {
      const entry = source.acts?.[act]
      return !entry || !some(entry.examples) || !some(entry.counter)
    })
    expect(lacking).toEqual([])
  })

  it('names no act that the model does not know', () => {
    expect(acts.map(([act]) => act).filter(act => !(act in ACTS))).toEqual([])
  })

  it('tells choosers, what is unprompted, and topics', () => {
    const wrong: string[] = []
    for (const [chooser, texts] of Object.entries(source.chooserExamples ?? {})) {
      for (const text of texts ?? []) {
        const found = conditionOf(text, lexicon).chooser
        if (found !== chooser) wrong.push(`${text}: ${found} instead of ${chooser}`)
      }
    }
    for (const text of source.told?.examples ?? []) {
      if (conditionOf(text, lexicon).told !== 'unprompted') wrong.push(`${text}: not unprompted`)
    }
    for (const text of source.told?.counter ?? []) {
      if (conditionOf(text, lexicon).told === 'unprompted') wrong.push(`${text}: unprompted`)
    }
    for (const [topic, texts] of Object.entries(source.topicExamples ?? {})) {
      for (const text of texts) {
        if (!conditionOf(text, lexicon).topics.includes(topic)) wrong.push(`${text}: not about ${topic}`)
      }
    }
    expect(wrong).toEqual([])
    for (const chooser of ['customer', 'agent', 'system', 'world', 'fact'] as const) {
      expect(source.chooserExamples?.[chooser]?.length ?? 0, chooser).toBeGreaterThan(2)
    }
  })

  it('tells opposites', () => {
    const pairs = source.oppositeExamples ?? []
    expect(pairs.length).toBeGreaterThan(2)
    expect(pairs.filter(([a, b]) => !areOpposite(a, b, lexicon) || !areOpposite(b, a, lexicon))).toEqual([])
    expect((source.oppositeCounter ?? []).filter(([a, b]) => areOpposite(a, b, lexicon))).toEqual([])
  })
})

describe('a team’s lexicon', () => {
  const base = sourceOf('en')

  it('adds patterns and acts of its own', () => {
    const extended = extendLexicon(base, {
      lang: 'en',
      classes: { thing: ['season pass'] },
      acts: { 'locker-return': { by: 'customer', do: ['^ return ..2 locker key'] } },
    })
    const lexicon = compileLexicon(extended)
    expect(actsIn(at('Return the locker key.'), 'do', lexicon)[0]).toMatchObject({
      act: 'locker-return',
      by: 'customer',
    })
    expect(actsIn(at('Your season pass is cancelled.'), 'say', lexicon)[0]?.act).toBe(
      'cancellation-processed',
    )
    expect(base.acts).not.toHaveProperty('locker-return')
  })

  it('drops shipped patterns by id', () => {
    const [first] = actsIn(at('Log the complaint.'), 'do', compileLexicon(base))
    const without = extendLexicon(base, {
      lang: 'en',
      acts: { 'complaint-logged': { remove: [first!.pattern!] } },
    })
    expect(actsIn(at('Log the complaint.'), 'do', compileLexicon(without))).toEqual([])
  })
})

function some(examples: { [voice: string]: readonly string[] | undefined } | undefined): boolean {
  return Object.values(examples ?? {}).some(list => (list?.length ?? 0) > 0)
}
