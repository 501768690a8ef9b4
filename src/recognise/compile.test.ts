// A compiled lexicon is plain data: it survives JSON, and what is opened from it recognises the same.
import { expect, test } from 'vitest'
import { excerptAt } from '../model/position.ts'
import { actsIn } from './acts.ts'
import { compile, compileLexicon, type LexiconSource, openLexicon } from './index.ts'

const source: LexiconSource = {
  lang: 'xx',
  match: 'inflect',
  fold: ['accents'],
  clitics: { after: { "n't": 'not' } },
  numbers: { two: 2 },
  units: { month: ['month', 'months'] },
  negWords: ['not'],
  classes: { plan: ['membership', 'phone plan', 'newspaper*'] },
  opposites: [['renew', "don't renew"]],
  acts: {
    'cancel-request': { any: [{ p: 'cancel ..2 <plan>', strong: true }, 'leav* (the gym|for good)?'] },
    'retention-offer': { say: ['^stay for (#|<pct>) month'], not: ['stay at home'] },
  },
}

const texts = ['I would cancel my newspapers', 'They are leaving for good', 'Stay for 2 months. Stay at home']

test('a compiled lexicon is the same after a round trip through JSON', () => {
  const compiled = compile(source)
  expect(JSON.parse(JSON.stringify(compiled))).toEqual(compiled)
})

test('what is opened from it recognises the same', () => {
  const opened = openLexicon(JSON.parse(JSON.stringify(compile(source))))
  const lexicon = compileLexicon(source)
  for (const text of texts) {
    const excerpt = excerptAt(text, { line: 1, column: 1 })
    const found = actsIn(excerpt, 'say', opened)
    expect(found).not.toEqual([])
    expect(found).toEqual(actsIn(excerpt, 'say', lexicon))
  }
})
