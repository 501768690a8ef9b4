// In every language, what is forbidden, avoided or left undone is not taken for done; the same deed, plainly told, is.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { excerptAt } from '../model/position.ts'
import { actsIn } from './acts.ts'
import { compileLexicon, type LexiconSource } from './index.ts'
import { prohibitions } from './prohibited.test-data.ts'

describe.each(Object.entries(prohibitions))('prohibitions in %s', (language, { deeds, frames }) => {
  const file = new URL(`../../rules/lexicon/${language}.yaml`, import.meta.url)
  const lexicon = compileLexicon(parse(readFileSync(file, 'utf8')) as LexiconSource)
  const asserts = (text: string, act: string): boolean =>
    actsIn(excerptAt(text, { line: 1, column: 1 }), 'do', lexicon).some(
      found => found.act === act && found.evidence !== 'hint',
    )
  const sentences = Object.entries(deeds).flatMap(([act, forms]) =>
    frames.flatMap(([form, frame]) =>
      forms[form] === undefined ? [] : [{ act, text: forbidden(forms[form], frame, language) }],
    ),
  )

  it('are at least a hundred', () => expect(sentences.length).toBeGreaterThanOrEqual(100))

  it('speak of deeds that are recognised when nobody forbids them', () => {
    const plain = Object.entries(deeds).map(([act, [form]]) => ({
      act,
      text: sentence(form!.replace('~ ', '')),
    }))
    expect(plain.filter(({ act, text }) => !asserts(text, act))).toEqual([])
  })

  it('assert none', () => {
    expect(sentences.filter(({ act, text }) => asserts(text, act))).toEqual([])
  })
})

function forbidden(form: string, frame: string, language: string): string {
  if (frame.includes('{}')) return sentence(frame.replace('{}', form.replace('~ ', '')))
  if (language !== 'fr') return sentence(form.replace('~', frame))
  // French stands on both sides of the verb: "ne proposez pas".
  const [ne, ...pas] = frame.split(' ')
  return sentence(`${ne} ${form.replace('~', pas.join(' '))}`)
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`
}
