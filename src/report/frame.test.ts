// The marks of a code frame stand under the words they mean, in any script and however long the line is.
import { describe, expect, test } from 'vitest'
import type { Range } from '../model/position.ts'
import { plain } from './context.ts'
import { frameLines, frameOf, lineFinder } from './frame.ts'
import { width } from './layout.ts'

function over(line: string, words: string): Range {
  const column = line.indexOf(words) + 1
  return { start: { line: 7, column }, end: { line: 7, column: column + words.length } }
}

function drawn(line: string, words: string, columns = 60): string[] {
  const frame = frameOf(line, over(line, words), columns)
  return frame ? frameLines(frame, 3, { number: plain.dim, mark: plain.red }) : []
}

describe('frameOf', () => {
  test('drops the indent and marks the span', () => {
    expect(drawn('      - customer: wants to leave', 'wants to leave')).toEqual([
      '  7 │ - customer: wants to leave',
      '    │             ^^^^^^^^^^^^^^',
    ])
  })

  test('counts wide letters as two columns and accents as none', () => {
    expect(drawn('お客様：解約したい、と言う', '解約したい')).toEqual([
      '  7 │ お客様：解約したい、と言う',
      '    │         ^^^^^^^^^^',
    ])
    expect(drawn('cafe\u0301 is closed', 'closed')).toEqual([
      '  7 │ cafe\u0301 is closed',
      '    │         ^^^^^^',
    ])
  })

  test('cuts a long line to a window that begins the span', () => {
    const line = `${'The reader is very kind and says so. '.repeat(40)}I want to stop the paper. ${'Thank you. '.repeat(40)}`
    expect(drawn(line, 'I want to stop the paper')).toMatchInlineSnapshot(`
      [
        "  7 │ …kind and says so. I want to stop the paper. Thank you. Tha…",
        "    │                    ^^^^^^^^^^^^^^^^^^^^^^^^",
      ]
    `)
  })

  test('takes out control characters and keeps the marks in place', () => {
    expect(drawn('say: \u001b[31mno\u001b[0m \u202eway', 'way')).toEqual([
      '  7 │ say: no way',
      '    │         ^^^',
    ])
  })

  test('marks the first line of a span over several, and one column of an empty one', () => {
    const range = { start: { line: 7, column: 3 }, end: { line: 9, column: 4 } }
    expect(frameOf('  offer:  ', range, 60)).toEqual({ line: 7, text: 'offer:', before: 0, marked: 6 })
    const empty = { start: { line: 7, column: 4 }, end: { line: 7, column: 4 } }
    expect(frameOf('  offer:', empty, 60)).toEqual({ line: 7, text: 'offer:', before: 1, marked: 1 })
  })

  test('has nothing to show of a blank line, and survives ranges outside of the line', () => {
    expect(frameOf('    ', over('    ', ' '), 60)).toBeUndefined()
    const outside = { start: { line: 7, column: 90 }, end: { line: 7, column: 99 } }
    expect(frameOf('short', outside, 60)?.text).toBe('short')
  })

  test('looks at a window of a line of megabytes', () => {
    const line = `${'x'.repeat(3_000_000)}here${'y'.repeat(3_000_000)}`
    const frame = frameOf(line, over(line, 'here'), 60)!
    expect(width(frame.text)).toBeLessThanOrEqual(60)
    expect(frame.text.slice(frame.before, frame.before + frame.marked)).toBe('here')
  })
})

test('lineFinder asks for each file once', () => {
  let asked = 0
  const line = lineFinder(path => {
    asked += 1
    return path === 'gym.yaml' ? 'a\r\nb\rc\nd' : undefined
  })
  expect([1, 2, 3, 4, 5].map(number => line('gym.yaml', number))).toEqual(['a', 'b', 'c', 'd', undefined])
  expect(line('none.yaml', 1)).toBeUndefined()
  expect(line('none.yaml', 2)).toBeUndefined()
  expect(asked).toBe(2)
})
