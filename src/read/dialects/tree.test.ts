// The trees of JSON and YAML: the same values as the usual parsers give, and the place of every character of a text.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { runs } from '../../fuzz.test-data.ts'
import { pointAt } from '../../model/position.ts'
import { excerptOf, openFile, rangeOfTree, within } from './file.ts'
import { parseJson } from './json.ts'
import { announcedKeys } from './menu.ts'
import { at, scalarAt, type Tree } from './tree.ts'
import { withoutTags, wordsOf } from './words.ts'

function plain(tree: Tree): unknown {
  if (tree.kind === 'scalar') return tree.value
  if (tree.kind === 'list') return tree.items.map(plain)
  const object: Record<string, unknown> = Object.create(null)
  for (const [key, { value }] of tree.entries) object[key] = plain(value)
  return object
}

const asJson = (value: unknown) => JSON.stringify(value)

describe('JSON', () => {
  it('is read as everybody reads it', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(undefined, 1, '\t'), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent)
        expect(asJson(plain(parseJson(text)!))).toBe(asJson(JSON.parse(text)))
      }),
      runs(20260105, 500),
    )
  })

  it.each([
    '',
    '{',
    '[1,]',
    '{"a":1,}',
    '{"a"}',
    '{a:1}',
    '[1 2]',
    '"a',
    '"\n"',
    '01',
    '[]]',
    'tru',
    '{"a":}',
    '\\',
  ])('%j is none', text => {
    expect(parseJson(text)).toBeUndefined()
    expect(() => JSON.parse(text)).toThrow()
  })

  it('may be nested as deeply as one likes', () => {
    expect(parseJson('['.repeat(200_000) + ']'.repeat(200_000))?.kind).toBe('list')
  })

  it('has places', () => {
    const file = openFile('x', 'yaml', '{\n  "a": [1, "b"]\n}')
    const list = at(file.root, 'a')!
    expect(rangeOfTree(file, list)).toEqual({ start: { line: 2, column: 8 }, end: { line: 2, column: 16 } })
  })
})

describe('the places of the characters of a text', () => {
  const word = fc.string({
    unit: fc.constantFrom('a', 'b', 'é', ' ', '\n', '"', "'", '\\', '\u{1F600}', '#', ':'),
  })

  function misplaced(text: string, source: string): string[] {
    const file = openFile('x', 'yaml', source)
    const scalar = scalarAt(file.root, 'key')
    if (!scalar) return text.trim() === '' ? [] : ['no scalar']
    const excerpt = excerptOf(file, scalar)
    const lines = source.split('\n')
    const found = excerpt.text === scalar.text ? [] : [`other text: ${excerpt.text}`]
    for (let i = 0; i < excerpt.text.length; i++) {
      const { line, column } = pointAt(excerpt, i)
      const there = lines[line - 1]?.[column - 1] ?? '\n'
      const here = excerpt.text[i]!
      // An escape stands for its character; what is folded, for white space.
      if (there !== here && there !== '\\' && !/\s/.test(here) && !/[\udc00-\udfff]/.test(here))
        found.push(`${JSON.stringify(here)} at ${line}:${column} is ${JSON.stringify(there)}`)
    }
    return found
  }

  it('are right in JSON', () => {
    fc.assert(
      fc.property(word, text => {
        expect(misplaced(text, JSON.stringify({ key: text }, null, 2))).toEqual([])
      }),
      runs(20260106, 500),
    )
  })

  it.each(['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'] as const)(
    'are right in YAML, written as %s',
    defaultStringType => {
      fc.assert(
        fc.property(word, text => {
          expect(misplaced(text, stringify({ key: text }, { defaultStringType, lineWidth: 20 }))).toEqual([])
        }),
        runs(20260107, 500),
      )
    },
  )

  it('are right in JSON that stands in a JSON string', () => {
    const inner = JSON.stringify({ key: 'say "no"\nnow' })
    const source = `{\n  "x": ${JSON.stringify(inner)}\n}`
    const file = openFile('x', 'yaml', source)
    const content = within(file, scalarAt(file.root, 'x')!)
    const excerpt = excerptOf(content, scalarAt(parseJson(content.source.text), 'key')!)
    const { line, column } = pointAt(excerpt, excerpt.text.indexOf('now'))
    expect(source.split('\n')[line - 1]!.slice(column - 1, column + 2)).toBe('now')
  })
})

describe('the keys of a menu', () => {
  const announced = (text: string, keys: string) => {
    const found = announcedKeys({ text, marks: [{ at: 0, line: 1, column: 1 }] }, keys)
    return Object.fromEntries([...found].map(([key, words]) => [key, words.text]))
  }

  it.each([
    ['Press 1 to pay. Press 2 to leave.', { 1: 'Press 1 to pay', 2: 'Press 2 to leave' }],
    ['To pay press 1, to leave press 2.', { 1: 'To pay press 1', 2: 'to leave press 2' }],
    [
      'Press 1 to pay, 2 to leave or 9 to hear this again.',
      { 1: 'Press 1 to pay', 2: '2 to leave', 9: '9 to hear this again' },
    ],
    ['Press 1 to pay or press 2 to leave', { 1: 'Press 1 to pay', 2: 'press 2 to leave' }],
    ['Drücken 1 hilft oder drücken 2 beendet', { 1: 'Drücken 1 hilft', 2: 'drücken 2 beendet' }],
    ['Tryk 1 for salg; tryk 2 for at opsige.', { 1: 'Tryk 1 for salg', 2: 'tryk 2 for at opsige' }],
    ['For the gym at 21 Main Street press *.', { '*': 'For the gym at 21 Main Street press *' }],
    ['It costs $1.99 or 2 %, see plan-9.', { 2: 'It costs $1.99 or 2 %, see plan-9' }],
    ['Please hold the line.', {}],
  ])('%s', (text, expected) => {
    expect(announced(text, '129*')).toEqual(expected)
  })
})

describe('words', () => {
  const excerpt = (text: string) => ({ text, marks: [{ at: 0, line: 1, column: 1 }] })

  it.each([
    ['CancelMembership', 'Cancel membership'],
    ['cancel_gym-membership', 'cancel gym membership'],
    ['HTTPCall2Desk', 'HTTPCall2 desk'],
    ['__x', 'x'],
    ['', ''],
  ])('of the name %s', (name, words) => {
    expect(wordsOf(excerpt(name)).text).toBe(words)
  })

  it('without speech markup know where they stand', () => {
    const bare = withoutTags(excerpt('<speak>Stay <b>on</b> the line</speak>'))
    expect(bare.text).toBe('Stay  on  the line')
    expect(pointAt(bare, bare.text.indexOf('line'))).toEqual({ line: 1, column: 27 })
  })
})
