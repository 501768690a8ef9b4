// Every character of a text knows its place in the source, in all notations of YAML.
import { describe, expect, it } from 'vitest'
import { pointAt } from '../../model/position.ts'
import { readYaml } from './index.ts'

/** The text of the first `say` in a document, and the source character at the place of each of its characters. */
function said(source: string): { text: string; places: string[]; points: string[] } {
  const [text] = readYaml('a.yaml', source).playbooks[0]!.steps[0]!.texts
  const lines = source.split('\n')
  const points = Array.from({ length: text!.text.length }, (_, i) => pointAt(text!, i))
  return {
    text: text!.text,
    places: points.map(({ line, column }) => lines[line - 1]![column - 1] ?? '\n'),
    points: points.map(({ line, column }) => `${line}:${column}`),
  }
}

const step = (say: string, rest = '') => `playbook: A\nsteps:\n  a:\n    say: ${say}\n${rest}    end: kept\n`

describe('characters that stand as they are', () => {
  it.each([
    ['plain', step('Good morning, dear member.  '), 'Good morning, dear member.'],
    ['plain with a comment', step('Good morning # not said'), 'Good morning'],
    ['plain over lines', step('Good\n      morning,\n      dear   member.'), 'Good morning, dear   member.'],
    ['plain on the next line', step('\n      Good\n\n\n      morning.'), 'Good\n\nmorning.'],
    ['single quotes', step("'Good morning.'"), 'Good morning.'],
    ['single quotes over lines', step("'Good  \n\n      morning.'"), 'Good\nmorning.'],
    ['double quotes', step('"Good morning."'), 'Good morning.'],
    ['double quotes over lines', step('"Good\n     \n      morning."'), 'Good\nmorning.'],
    [
      'literal',
      step('|\n      Good morning,\n\n        dear\n      member.\n'),
      'Good morning,\n\n  dear\nmember.',
    ],
    ['literal kept', step('|+ # kept\n      Good morning.\n\n\n'), 'Good morning.'],
    ['literal with an indentation', step('|2-\n        Good\n      morning.\n'), '  Good\nmorning.'],
    ['literal after empty lines', step('|\n\n\n      Good\n       morning.\n'), '\n\nGood\n morning.'],
    [
      'folded',
      step(
        '>\n      Good\n      morning,\n\n      dear\n        member,\n          of ours,\n      welcome.\n',
      ),
      'Good morning,\ndear\n  member,\n    of ours,\nwelcome.',
    ],
    ['folded with tabs', step('>-\n      Good\n      \tmorning\n      all.\n'), 'Good\n\tmorning\nall.'],
    ['Windows line ends', step('|\n      Good\n      morning.\n').replaceAll('\n', '\r\n'), 'Good\nmorning.'],
    ['plain with Windows line ends', step('Good\n      morning.').replaceAll('\n', '\r\n'), 'Good morning.'],
    [
      'quotes with Windows line ends',
      step('"Good\n\n      morning."').replaceAll('\n', '\r\n'),
      'Good\nmorning.',
    ],
    ['letters outside the first plane', step('🙂 good\n      🙂 morning'), '🙂 good 🙂 morning'],
  ])('%s', (_, source, expected) => {
    const { text, places } = said(source)
    expect(text).toBe(expected)
    // A fold is a space where the source has a line break (or the white space before it).
    const seen = places.map((char, i) => (/\s/.test(char) && /\s/.test(text[i]!) ? text[i] : char))
    expect(seen.join('')).toBe(expected)
  })
})

describe('characters that are escaped', () => {
  it('stand where their escape starts', () => {
    const source = step('"a\\tb\\u00e9c\\x41d\\U0001F600e\\"f"')
    const { text, points } = said(source)
    expect(text).toBe('a\tbécAd😀e"f')
    expect(points.map(point => Number(point.slice(2)))).toEqual([
      11, 12, 14, 15, 21, 22, 26, 27, 28, 37, 38, 40,
    ])
  })

  it('as a doubled quote stand at the first', () => {
    const { text, points } = said(step("'it''s us'"))
    expect(text).toBe("it's us")
    expect(points.map(point => Number(point.slice(2)))).toEqual([11, 12, 13, 15, 16, 17, 18])
  })

  it('as a line break vanish', () => {
    const { text, points } = said(step('"good\\\n        morning"'))
    expect(text).toBe('goodmorning')
    expect(points[3]).toBe('4:14')
    expect(points[4]).toBe('5:9')
  })

  it('wrongly are placed inside the text all the same', () => {
    const { text, points } = said(step('"good \\q morning \\uZZZZ all"'))
    expect(text).toContain('morning')
    for (const point of points) expect(point).toMatch(/^4:(?:1\d|2\d|3\d)$/)
  })
})

describe('a text in JSON', () => {
  it('knows its places', () => {
    const source = '{"playbook": "A", "steps": {"a": {"say": "one\\ntwo\\n\\nthree", "end": "kept"}}}'
    const { text, points } = said(source)
    expect(text).toBe('one\ntwo\n\nthree')
    expect(points[0]).toBe(`1:${source.indexOf('one') + 1}`)
    expect(points[4]).toBe(`1:${source.indexOf('two') + 1}`)
    expect(points[9]).toBe(`1:${source.indexOf('three') + 1}`)
  })
})
