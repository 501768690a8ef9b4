// Which of the near names a word can be a slip for: `--fix` writes it, so a doubt means none.
import { expect, test } from 'vitest'
import { misspelt, near, nearest } from './nearest.ts'

test.each([
  // One letter missing, added, wrong, two swapped.
  ['ofer', ['offer', 'done'], ['offer']],
  ['offerr', ['offer', 'done'], ['offer']],
  ['Offer', ['offer'], ['offer']],
  ['canecl', ['cancel', 'pause'], ['cancel']],
  // A slip in each of several words, and what separates them.
  ['retntion-ofer', ['retention-offer'], ['retention-offer']],
  ['two_offers', ['two-offers'], ['two-offers']],
  ['TwoOffers', ['two-offers'], ['two-offers']],
  // Two slips in a long word that begins alike.
  ['cancelaton', ['cancellation', 'confirmation'], ['cancellation']],
  // Several can be meant.
  ['offr', ['offer', 'offs', 'done'], ['offer', 'offs']],
])('%s can be meant for one of %j', (word, names, meant) => {
  expect(misspelt(word, names)).toEqual(meant)
})

test.each([
  ['offer-1', 'offer-2'],
  ['step-12', 'step-1'],
  ['plan-a', 'plan-b'],
  ['refuse', 'refund'],
  ['unverified', 'verified'],
  ['not-paid', 'paid'],
  ['no', 'go'],
  ['end', 'send'],
  ['offer-again', 'offer'],
])('%s is no slip for %s, nor the other way round', (one, other) => {
  expect(misspelt(one, [other])).toEqual([])
  expect(misspelt(other, [one])).toEqual([])
})

test('near names are all that a hint would name, each once', () => {
  expect(near('cal', ['call', 'say', 'call', 'cat', 'next'])).toEqual(['call', 'cat'])
  expect(near('nothing', ['call'])).toEqual([])
  expect(nearest('cal', ['next', 'call', 'cat'])).toBe('call')
})

test('a word as long as a page is compared by its beginning', () => {
  expect(misspelt(`offer-${'x'.repeat(100_000)}`, ['offer'])).toEqual([])
})
