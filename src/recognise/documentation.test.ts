// The tables of docs/lexicon.md that say what is recognised, tried: what is written there holds.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { excerptAt } from '../model/position.ts'
import { actsIn } from './acts.ts'
import { CHANNELS } from './automaton.ts'
import { compileLexicon, type LexiconSource } from './index.ts'
import type { Hearing } from './sentence.ts'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/lexicon.md', root), 'utf8')
const english = parse(readFileSync(new URL('rules/lexicon/en.yaml', root), 'utf8')) as LexiconSource
const at = (text: string) => excerptAt(text, { line: 1, column: 1 })

/** The rows of the table behind a mark, without its head. */
function rowsOf(mark: string): string[][] {
  const lines = page
    .slice(page.indexOf(`<!-- test: ${mark} -->`))
    .split('\n')
    .slice(2)
  const end = lines.findIndex(line => !line.startsWith('|'))
  return lines.slice(2, end).map(line =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map(cell =>
        cell
          .trim()
          .replaceAll('\\|', '|')
          .replace(/^`(.*)`$/, '$1'),
      ),
  )
}

describe('docs/lexicon.md', () => {
  const patterns = rowsOf('patterns')
  it('has examples of patterns', () => expect(patterns.length).toBeGreaterThan(9))

  it.each(patterns)('%s', (pattern, matched, unmatched) => {
    const { clitics, splits, numbers, currency, percent, cues, negWords } = english
    const words = { clitics, splits, numbers, currency, percent } as Partial<LexiconSource>
    const lead = { lead: cues!.lead!, notLead: cues!.notLead!.filter(one => !one.includes('<')) }
    const lexicon = compileLexicon({
      lang: 'en',
      ...words,
      cues: lead,
      negWords: negWords!,
      acts: { tried: { by: 'company', intrinsic: true, do: [{ p: pattern!, strong: true }] } },
    })
    const isFound = (text: string) => actsIn(at(text), 'do', lexicon).some(({ act }) => act === 'tried')
    expect([isFound(matched!), isFound(unmatched!)]).toEqual([true, false])
  })

  const acts = rowsOf('acts en')
  it('has examples of acts', () => expect(acts.length).toBeGreaterThan(9))

  const lexicon = compileLexicon(english)
  it.each(acts)('%s: %s', (voice, text, act, evidence) => {
    const found = actsIn(at(text!), voice as Hearing, lexicon).find(one => one.act === act)
    expect(found?.evidence ?? 'none').toBe(evidence)
  })

  it('shows a lexicon file whose examples hold', () => {
    const [, text] = /## A lexicon file\n\n```yaml\n([\s\S]*?)```/.exec(page)!
    const own = parse(text!) as LexiconSource
    const extended = compileLexicon(own)
    for (const [act, { examples = {}, counter = {} }] of Object.entries(own.acts!)) {
      for (const [voice, texts] of Object.entries(examples)) {
        for (const text of texts!)
          expect(actsIn(at(text), voice as Hearing, extended).map(one => one.act)).toContain(act)
      }
      for (const [voice, texts] of Object.entries(counter)) {
        for (const text of texts!)
          expect(actsIn(at(text), voice as Hearing, extended).map(one => one.act)).not.toContain(act)
      }
    }
  })

  it('names every key of a lexicon, of an act, of a pattern and of the cues', () => {
    const source = readFileSync(new URL('src/recognise/source.ts', root), 'utf8')
    const keys = [...source.matchAll(/^ {2,6}(\w+)\?:/gm)].map(([, key]) => key!)
    expect(keys.length).toBeGreaterThan(40)
    expect(keys.filter(key => !page.includes(`\`${key}`) && !page.includes(`${key}:`))).toEqual([])
  })

  it('names every voice', () => {
    for (const voice of ['say', 'do', 'hear', 'any', 'trigger', 'when'])
      expect(page).toContain(`\`${voice}\``)
    expect(CHANNELS).toContain('trigger')
  })
})
