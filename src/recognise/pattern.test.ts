// The pattern language: every construct, what a gap may cross, and what is refused with which words.
import { describe, expect, it } from 'vitest'
import { excerptAt } from '../model/position.ts'
import { actsIn } from './acts.ts'
import { compileLexicon, type LexiconSource } from './index.ts'

const base: LexiconSource = {
  lang: 'en',
  clitics: { after: { "n't": 'not', "'ll": 'will' }, heads: { wo: 'will' } },
  numbers: { two: 2 },
  currency: { $: ['dollars'] },
  classes: { bike: ['bike', 'bicycle', 'e-bike', 'two wheeler'], ride: ['<bike>', 'scooter*'] },
  cues: { lead: ['please', '(must|need to)'] },
}
const phrases = (pattern: string, text: string): string[] => {
  const lexicon = compileLexicon({ ...base, acts: { greeting: { do: [pattern] } } })
  return actsIn(excerptAt(text, { line: 1, column: 1 }), 'do', lexicon).map(({ phrase }) => phrase!)
}

describe('a pattern', () => {
  it.each([
    ['rent', 'Rent it', ['Rent']],
    ['rent', 'Rental', []],
    ['rent*', 'The rental', ['rental']],
    ['*day', 'On Sunday', ['Sunday']],
    ['*cycl*', 'Bicycles', ['Bicycles']],
    ['(rent|lend out) bike', 'lend out bike', ['lend out bike']],
    ['my new? bike', 'my bike, my new bike', ['my bike']],
    ['rent ..2 bike', 'rent a big bike', ['rent a big bike']],
    ['rent ..2 bike', 'rent a very big bike', []],
    ['rent ..2 bike', 'rent. A bike', []],
    ['rent ..2 bike', 'rent (a) "bike"', ['rent (a) "bike']],
    ['<ride> free', 'e-bike free', ['bike free']],
    ['<ride> free', 'two wheeler free', ['two wheeler free']],
    ['<ride> free', 'scooters free', ['scooters free']],
    ['# bikes', 'two bikes', ['two bikes']],
    ['# bikes', '12 bikes', ['12 bikes']],
    ['# <pct>', 'only 20% today', ['20%']],
    ['<money> #', 'it is €9.50', ['€9.50']],
    ['# <money>', '9 dollars', ['9 dollars']],
    ['dear <var>', 'Dear {first name}, hello', ['Dear {first name}']],
    ['dear <var>', 'Dear [name]', ['Dear [name]']],
    ['will not rent', "We won't rent", ["won't rent"]],
    ['^ rent', 'Rent it', ['Rent']],
    ['^ rent', 'They rent it', []],
    ['^ rent', 'They must rent it', ['rent']],
    ['^ rent', 'Well, rent it', ['rent']],
    ['12-month', '12 month', ['12 month']],
  ])('%s in "%s"', (pattern, text, expected) => expect(phrases(pattern, text)).toEqual(expected))

  it('takes the shortest match', () => {
    expect(phrases('rent ..8 bike', 'rent a bike or a red bike')).toEqual(['rent a bike'])
  })
})

describe('is refused with the reason', () => {
  it.each([
    ['..3', 'needs a word that must be there'],
    ['a?', 'needs a word that must be there'],
    ['rent ..9 bike', 'the gap "..9" is wider than ..8'],
    ['rent ..x bike', '"..x" is no gap; write ..3 for up to three words'],
    ['<car>', 'there is no class "car"'],
    ['(a|b', 'a bracket is not closed'],
    ['(a (b) c)', 'groups cannot stand in groups'],
    ['(a ..2 b)', 'a gap cannot stand in a group'],
    ['a*b', '"a*b" is not a word'],
    ['!!', '"!!" has no letters'],
    ['a a a a a a a a a a a a a a a a a', 'has more than 16 parts'],
  ])('%s', (pattern, reason) => {
    expect(() => phrases(pattern, 'x')).toThrow(`pattern "${pattern}": ${reason}`)
  })

  it('a class that contains itself', () => {
    const source: LexiconSource = {
      lang: 'en',
      classes: { a: ['<b>'], b: ['<a>'] },
      acts: { greeting: { say: ['<a>'] } },
    }
    expect(() => compileLexicon(source)).toThrow('contains itself')
  })
})
