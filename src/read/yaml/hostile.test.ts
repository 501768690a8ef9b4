// Whatever the text: the YAML reader answers, its places lie inside the text, and plain words stand where it says.
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../fuzz.test-data.ts'
import type { Document } from '../../model/playbook.ts'
import { type Excerpt, type Point, pointAt, type Range } from '../../model/position.ts'
import { readYaml } from './index.ts'

const folder = new URL('../../../fixtures/read/yaml/', import.meta.url)
const samples = ['valid', 'mistakes', 'reader-only'].flatMap(kind =>
  readdirSync(new URL(`${kind}/`, folder)).map(name =>
    readFileSync(new URL(`${kind}/${name}`, folder), 'utf8'),
  ),
)

/** Every range and excerpt of a document, found by shape so that none is forgotten. */
function placesOf(document: Document): { ranges: Range[]; excerpts: Excerpt[] } {
  const ranges: Range[] = []
  const excerpts: Excerpt[] = []
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if (value instanceof Map) for (const inner of value.values()) look(inner)
    if ('start' in value && 'end' in value && 'line' in (value.start as object)) ranges.push(value as Range)
    else if ('marks' in value) excerpts.push(value as Excerpt)
    else for (const inner of Object.values(value)) look(inner)
  }
  look({ ...document, attributes: undefined })
  return { ranges, excerpts }
}

function expectPlacesInside(text: string): void {
  const document = readYaml('a.yaml', text)
  const lines = text.replace(/^\uFEFF/, '').split('\n')
  const isInside = ({ line, column }: Point) =>
    line >= 1 && line <= lines.length && column >= 1 && column <= lines[line - 1]!.length + 1
  const { ranges, excerpts } = placesOf(document)
  for (const { start, end } of ranges) {
    if (!isInside(start) || !isInside(end)) throw new Error(`outside: ${JSON.stringify({ start, end })}`)
    if (end.line < start.line || (end.line === start.line && end.column < start.column))
      throw new Error('backwards')
  }
  for (const excerpt of excerpts) {
    for (let i = 0; i < excerpt.text.length; i++) {
      if (!isInside(pointAt(excerpt, i))) throw new Error(`outside: ${i} of ${JSON.stringify(excerpt)}`)
    }
  }
  expect(document.playbooks.length > 0 || document.failure !== undefined).toBe(true)
}

const seed = 20_260_801

/** A text with some pieces cut out, doubled, swapped or replaced. */
const mutated = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(12),
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 4 }),
          fc.constantFrom(
            ...'\n :-?*&!|>\'"{}[],#%@`\t\r\u0000\u0002\u0018\u001f\uFEFF~',
            '- ',
            '<<: ',
            '\n  ',
            '"\\x"',
          ),
        ),
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    ),
  )
  .map(([text, cuts]) => {
    let result = text
    for (const [at, length, inserted] of cuts) {
      const from = at % (result.length + 1)
      result = result.slice(0, from) + inserted + result.slice(from + length)
    }
    return result
  })

describe('any text', () => {
  it('is answered, with places inside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), expectPlacesInside),
      runs(seed, 1000),
    )
  })

  it('of signs that matter to YAML is answered, with places inside it', () => {
    const signs = fc.constantFrom(
      ...'\n\n  :-?*&!|>\'"{}[],#%@\t\rab\\',
      'playbook:',
      'steps:',
      ' say: ',
      '\n  a:',
      '---\n',
      '<<: *a',
    )
    const texts = fc.array(signs, { maxLength: 60 }).map(parts => parts.join(''))
    fc.assert(fc.property(texts, expectPlacesInside), runs(seed, 2000))
  })

  it('of bytes read as text is answered, with places inside it', () => {
    const texts = fc.uint8Array({ maxLength: 300 }).map(bytes => new TextDecoder().decode(bytes))
    fc.assert(fc.property(texts, expectPlacesInside), runs(seed, 500))
  })
})

describe('a playbook', () => {
  it.each(samples.map((text, i) => [i, text] as const))('has places inside it (fixture %i)', (_, text) => {
    expectPlacesInside(text)
    expectPlacesInside(text.replaceAll('\n', '\r\n'))
  })

  it('that is damaged is answered, with places inside it', () => {
    fc.assert(fc.property(mutated, expectPlacesInside), runs(seed, 3000))
  })
})

describe('plain texts', () => {
  it('stand where their excerpt says, character by character', () => {
    const word = fc.stringMatching(/^[a-zA-Z\u00c0-\u024f\u0400-\u04ff][\w'!?;.,é-]{0,8}$/)
    const lines = fc.array(
      fc.array(word, { minLength: 1, maxLength: 5 }).map(words => words.join(' ')),
      { minLength: 1, maxLength: 4 },
    )
    const styles = fc.constantFrom('plain', '|', '>', "'", '"')
    fc.assert(
      fc.property(lines, styles, fc.integer({ min: 5, max: 9 }), (said, style, indent) => {
        const broken = said.join(`\n${' '.repeat(indent)}`)
        const quoted =
          style === "'" ? `'${broken.replaceAll("'", "''")}'` : style === '"' ? `"${broken}"` : broken
        const value = style === '|' || style === '>' ? `${style}\n${' '.repeat(indent)}${broken}` : quoted
        const source = `playbook: A\nsteps:\n  a:\n    end: kept\n    say: ${value}\n`
        const [text] = readYaml('a.yaml', source).playbooks[0]!.steps[0]!.texts
        expect(text!.text).toBe(said.join(style === '|' ? '\n' : ' '))
        const sourceLines = source.split('\n')
        for (let i = 0; i < text!.text.length; i++) {
          const { line, column } = pointAt(text!, i)
          const there = sourceLines[line - 1]![column - 1] ?? '\n'
          expect(/\s/.test(there) ? ' ' : there).toBe(/\s/.test(text!.text[i]!) ? ' ' : text!.text[i])
        }
      }),
      runs(seed, 1000),
    )
  })
})
