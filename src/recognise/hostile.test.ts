// Input of any shape: nothing throws, positions are right, the order of a lexicon makes no difference, effort is linear.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { runs } from '../fuzz.test-data.ts'
import type { Voice } from '../model/playbook.ts'
import { type Excerpt, pointAt } from '../model/position.ts'
import { actsIn } from './acts.ts'
import type { Effort } from './automaton.ts'
import { conditionOf } from './conditions.ts'
import { areOpposite, compileLexicon, detectLanguage, type LexiconSource } from './index.ts'
import type { Hearing } from './sentence.ts'

const source = parse(
  readFileSync(new URL('../../rules/lexicon/en.yaml', import.meta.url), 'utf8'),
) as LexiconSource
const en = compileLexicon(source)
const at = (text: string): Excerpt => ({ text, marks: [{ at: 0, line: 1, column: 1 }] })
const HEARINGS: readonly Hearing[] = ['say', 'do', 'hear', 'trigger', 'any', 'when', 'case']
const seed = 20_240_607

/** Sentences from the lexicon's own words, with odd characters between. */
const words = Object.values(source.acts ?? {})
  .flatMap(({ examples = {} }) => Object.values(examples).flatMap(list => list ?? []))
  .flatMap(text => text.split(' '))
const odd = [
  '"',
  "'",
  '“',
  '(',
  '{',
  '{name}',
  '[x]',
  '…',
  '.',
  ':',
  ';',
  '\n',
  '\n\n',
  ' - ',
  '→',
  '%',
  '$',
  '1,5',
  "n't",
  '😀',
  '\u0301',
  '\ud800',
  '\u00ad',
  'İ',
  '—',
  '```',
  '______',
]
const text = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...words) }, fc.constantFrom(...odd), fc.string()),
    { maxLength: 40 },
  )
  .map(parts => parts.join(' '))

describe('any text', () => {
  it('throws nothing, and each phrase is the text at its range', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...HEARINGS), (text, hearing) => {
        for (const act of actsIn(at(text), hearing, en)) {
          const excerpt = at(text)
          const from = text.indexOf(act.phrase!)
          expect(from).toBeGreaterThanOrEqual(0)
          expect(act.range.start).toEqual(pointAt(excerpt, act.at))
          expect(text.slice(act.range.start.column - 1, act.range.end.column - 1)).toBe(act.phrase)
        }
        conditionOf(text, en)
        detectLanguage(text)
      }),
      runs(seed, 400),
    )
  })

  it('gives the same acts again', () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...HEARINGS), (text, hearing) => {
        expect(actsIn(at(text), hearing, en)).toEqual(actsIn(at(text), hearing, en))
      }),
      runs(seed, 100),
    )
  })

  it('is opposite to another both ways or neither', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(areOpposite(a, b, en)).toBe(areOpposite(b, a, en))
      }),
      runs(seed, 200),
    )
  })
})

it('the order of patterns in a lexicon makes no difference', () => {
  const backwards: LexiconSource = {
    ...source,
    acts: Object.fromEntries(
      Object.entries(source.acts ?? {})
        .reverse()
        .map(([act, entry]) => [
          act,
          Object.fromEntries(
            Object.entries(entry).map(([key, value]) => [
              key,
              Array.isArray(value) ? [...value].reverse() : value,
            ]),
          ),
        ]),
    ),
  }
  const reversed = compileLexicon(backwards)
  const plain = (text: string, hearing: Hearing, lexicon: typeof en) =>
    actsIn(at(text), hearing, lexicon).map(({ pattern, ...rest }) => rest)
  fc.assert(
    fc.property(text, fc.constantFrom(...HEARINGS), (text, hearing) => {
      expect(plain(text, hearing, reversed)).toEqual(plain(text, hearing, en))
    }),
    runs(seed, 200),
  )
})

describe('effort grows with the text, not faster', () => {
  const effortOf = (text: string, hearing: Voice): number => {
    const effort: Effort = { tried: 0 }
    actsIn(at(text), hearing, en, effort)
    return effort.tried
  }

  it.each([
    ['one word repeated', 'cancel '],
    ['one word without spaces', 'cancel'],
    ['unclosed quotes', '"I want to cancel '],
    ['unclosed single quotes', " 'offer a discount"],
    ['unclosed brackets', '[offer {a discount '],
    ['negations', 'do not never offer a discount, '],
    ['conditions', 'if when unless the customer wants to cancel, '],
    ['colons', 'agent: '],
    ['gaps', 'offer a a a a a a discount to to to '],
    ['apostrophes', "don't'"],
    ['digits', '1,1.1:'],
  ])('%s', (_, part) => {
    for (const hearing of ['say', 'do', 'hear'] as const) {
      const [small, large] = [effortOf(part.repeat(500), hearing), effortOf(part.repeat(2000), hearing)]
      expect(large).toBeLessThanOrEqual(Math.max(40, small * 4.4))
    }
  })
})
