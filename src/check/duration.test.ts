// Durations in all the ways people write them, and what is none.
import { expect, test } from 'vitest'
import { durationOf } from './duration.ts'

test.each([
  ['90 s', 90],
  ['1.5 min', 90],
  ['5min', 300],
  [' 5  MIN ', 300],
  ['1 h', 3600],
  ['2 hrs', 7200],
  ['1 day', 86_400],
  ['2 business days', 172_800],
  ['1 week', 604_800],
  // ISO 8601: each part alone, and together.
  ['PT90S', 90],
  ['PT1.5S', 1.5],
  ['PT5M', 300],
  ['PT1H', 3600],
  ['PT0.5H', 1800],
  ['P2D', 172_800],
  ['P1W', 604_800],
  ['p1dt2h3m4s', 93_784],
])('"%s" is %d seconds', (text, seconds) => {
  expect(durationOf(text)).toBe(seconds)
})

test.each([
  [5],
  ['5'],
  [''],
  ['P'],
  ['PT'],
  ['min'],
  ['soon'],
  ['5 fortnights'],
  ['5 constructor'],
  ['5 min or so'],
  ['about 5 min'],
  ['PT5MX'],
  ['XPT5M'],
  ['P5M'],
  ['-5 min'],
  [`5 min${' '.repeat(60)}`],
  [null],
])('%j is none', value => {
  expect(durationOf(value)).toBeUndefined()
})
