// Text of playbooks cannot reach into a terminal, hide, reorder itself or give orders to a build service.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOSTILE } from './hostile.test-data.ts'
import { printed, safeCharacters, safeJson, safeLines, safeText } from './safe.ts'

/** What no output for people may contain. */
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/

describe('safeText', () => {
  test.each([
    ['plain text, nothing to do', 'plain text, nothing to do'],
    ['Ærlig talt: ülo, не хочу, 解約したい, 🙂', 'Ærlig talt: ülo, не хочу, 解約したい, 🙂'],
    ['\u001b[1;31mred\u001b[0m', 'red'],
    ['\u001b[38:2::255:0:0mred', 'red'],
    ['\u009b31mred', 'red'],
    ['\u001b]0;new title\u0007said', 'said'],
    ['\u001b]8;;http://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['\u009d8;;http://evil.example\u009clink', 'link'],
    ['\u001bP1$r0m\u001b\\after', 'after'],
    ['\u001b(0line\u001bcreset', 'linereset'],
    ['\u001b]52;c;never ended', '52;c;never ended'],
    ['bell\u0007 back\b\b del\u007f', 'bell back del'],
    ['txt.\u202egnp', 'txt.gnp'],
    ['\u2066left\u2069 \u061c\u200e\u200f', 'left'],
    ['can\u200bcel \ufeffnow\u2060', 'cancel now'],
    ['soft\u00adhyphen \u{e0041}tag', 'softhyphen tag'],
    ['two\n   lines\r\n\r\nhere\u2028and\u0085there', 'two lines here and there'],
    ['tab\tand  blanks', 'tab and  blanks'],
    ['half \ud83d pair \udc00', 'half \ufffd pair \ufffd'],
    ['\n', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(safeText(text)).toBe(expected)
  })

  test('of any text nothing unsafe is left, and nothing changes the second time', () => {
    const pieces = fc.constantFrom(
      '\u001b',
      '[',
      ']',
      'P',
      '\\',
      '\u0007',
      '\u009b',
      '\u202e',
      '\ud800',
      '\n',
      'a',
      ' ',
      'm',
      ';',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map(list => list.join('')),
        ),
        text => {
          const safe = safeText(text)
          expect(safe).not.toMatch(UNSAFE)
          expect(safe).not.toContain('\n')
          expect(safeText(safe)).toBe(safe)
          for (const { at, text: character } of safeCharacters(text)) {
            if (character !== '\ufffd' && character.trim() !== '')
              expect(text.startsWith(character, at)).toBe(true)
          }
        },
      ),
      { seed: 7, numRuns: 2000 },
    )
  })
})

test('a long text of openings without an end is read once', () => {
  expect(safeText('\u001b]'.repeat(200_000))).toBe('')
  expect(safeText('\u001b['.repeat(200_000)).length).toBe(0)
})

test('safeLines keeps the lines and their indent', () => {
  expect(safeLines('next:\r\n\t- go: \u001b[1mdone\n  end: kept  ')).toEqual([
    'next:',
    '  - go: done',
    '  end: kept',
  ])
})

test('safeJson is the same value, without a character a terminal would obey', () => {
  const json = safeJson({ text: HOSTILE, list: [HOSTILE] })
  expect(json).not.toMatch(UNSAFE)
  expect(JSON.parse(json)).toEqual({ text: HOSTILE, list: [HOSTILE] })
})

test('a printed line is no order for a build service', () => {
  expect(printed(['  ::set-output name=x::y  ', '::error::z', 'a ##[add-mask]b ##vso[task.x]c', ''])).toBe(
    '  : :set-output name=x::y\n: :error::z\na ## [add-mask]b ## vso[task.x]c\n\n',
  )
  expect(printed([])).toBe('')
})
