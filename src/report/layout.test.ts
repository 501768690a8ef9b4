// Words are wrapped at the width they take, whatever script they are written in.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clip, hang, width, wrap } from './layout.ts'

test.each([
  ['cancel', 6],
  ['解約したい', 10],
  ['e\u0301té', 3],
  ['👋 hej', 6],
  ['uỷ ban', 6],
])('%j takes %i columns', (text, columns) => {
  expect(width(text)).toBe(columns)
})

test('clip cuts between words where one is near', () => {
  expect(clip('half price for three months', 40)).toBe('half price for three months')
  expect(clip('half price for three months', 20)).toBe('half price for…')
  expect(clip('half-price-for-three-months', 12)).toBe('half-price-…')
  expect(clip('解約したいのですが', 8)).toBe('解約し…')
})

test('wrap keeps apart what is apart and glues punctuation', () => {
  const spans = [
    { text: 'Front desk' },
    { text: 'gym.yaml:34', apart: true },
    { text: 'is closed' },
    { text: ', sorry' },
  ]
  expect(wrap(spans, 80)).toEqual(['Front desk  gym.yaml:34 is closed, sorry'])
  expect(wrap(spans, 20)).toEqual(['Front desk', 'gym.yaml:34 is', 'closed, sorry'])
})

test('wrap paints words and not the blanks between colours', () => {
  const bold = (text: string) => `<${text}>`
  expect(wrap([{ text: 'see the', paint: bold }, { text: 'last day' }], 80)).toEqual(['<see the> last day'])
})

test('no line is wider than the columns, unless one word is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'grapheme', maxLength: 14 })),
      fc.integer({ min: 16, max: 60 }),
      (texts, columns) => {
        const lines = wrap(
          texts.map(text => ({ text })),
          columns,
        )
        for (const line of lines)
          expect(
            width(line) <= columns ||
              !line.trim().includes(' ') ||
              texts.some(text => text.includes('\u00a0')),
          ).toBe(true)
        expect(lines.join('').replaceAll(' ', '')).toBe(texts.join('').replace(/[ \u00a0]/g, ''))
      },
    ),
    { seed: 11, numRuns: 500 },
  )
})

test('no line is broken at a no-break space, which is written as a blank', () => {
  expect(wrap([{ text: 'to the step (line\u00a027)' }], 16)).toEqual(['to the step', '(line 27)'])
})

test('hang indents further lines as wide as the first label', () => {
  expect(hang('→ ', ['one', 'two'])).toEqual(['→ one', '  two'])
})
