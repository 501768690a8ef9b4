// Twilio Studio flows: events, splits on what the customer typed, where the flow simply ends.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Document, Step } from '../../model/playbook.ts'
import { pointAt } from '../../model/position.ts'
import { twilioStudio } from './twilio-studio.ts'

const read = (path: string, text: string) => twilioStudio.read(path, text, JSON.parse(text))
const step = (document: Document, id: string): Step => document.playbooks[0]!.steps.find(s => s.id === id)!

function ways(document: Document, id: string): string[] {
  return step(document, id).transitions.map(t => {
    const words = t.otherwise ? 'otherwise' : (t.when?.text ?? '')
    const to = t.to?.step ?? `end ${t.outcome}`
    return [t.chooser, words, '→', to, t.told].filter(w => w !== undefined && w !== '').join(' ')
  })
}

describe('a flow', () => {
  const text = readFileSync('fixtures/read/dialects/studio-newspaper.json', 'utf8')
  const document = read('flows/hotline.json', text)

  it('starts where its trigger leads, once for each channel', () => {
    expect(document.problems).toEqual([])
    expect(document.playbooks).toMatchObject([
      {
        title: 'Newspaper hotline',
        channels: ['chat', 'ivr'],
        starts: [
          { step: 'ask_by_text', channel: 'chat' },
          { step: 'menu', channel: 'ivr' },
        ],
      },
    ])
    expect(step(document, 'Trigger')).toBeUndefined()
  })

  it('gives what the customer types to the customer, with the words that announce it', () => {
    expect(ways(document, 'menu')).toEqual([
      'customer keypress → choice',
      'customer speech → choice',
      'customer timeout → menu',
    ])
    expect(step(document, 'menu').transitions[2]!.declaredActs).toMatchObject([{ act: 'silence' }])
    expect(ways(document, 'choice')).toEqual([
      'customer otherwise → menu',
      'customer To stop the paper press 1 → stop_paper',
      'customer for the crossword press 2 → crossword',
      'customer 9 → desk unprompted',
    ])
  })

  it('gives what is looked up, and failures, to the system', () => {
    expect(ways(document, 'known')).toEqual([
      'system otherwise → desk',
      'system number of reader Is Blank → pay',
    ])
    expect(ways(document, 'stop_paper')).toEqual(['system otherwise → stopped', 'system fail → end'])
    expect(step(document, 'stop_paper').texts).toMatchObject([{ voice: 'do', text: 'stop paper' }])
  })

  it('ends where nothing is next', () => {
    expect(step(document, 'stopped')).toMatchObject({ impliedEnd: true, transitions: [] })
    expect(step(document, 'end')).toMatchObject({ impliedEnd: true })
    expect(ways(document, 'ask_by_text')).toEqual([
      'customer incoming message → known',
      'customer timeout → end',
      'system delivery failure → end',
    ])
  })

  it('knows what the types of states make certain', () => {
    const acts = (id: string) => step(document, id).knownActs?.map(a => a.act)
    expect(acts('desk')).toEqual(['human-agent'])
    expect(acts('pay')).toEqual(['payment'])
    expect(ways(document, 'desk')).toEqual([
      'system otherwise → end handed-off',
      'world failed to enqueue → stopped',
      'world call failure → stopped',
    ])
    expect(step(document, 'crossword').wordsElsewhere).toBe('https://paper.example/crossword.mp3')
  })

  it('lists what it does not know', () => {
    expect(document.unread.map(u => u.text)).toEqual(['dance-for-joy', 'FW1'])
    expect(ways(document, 'dance')).toEqual(['→ sub'])
  })

  it('knows where the words of a message with a line break stand', () => {
    const [said] = step(document, 'ask_by_text').texts
    const line = text.split('\n').findIndex(l => l.includes('what can we do')) + 1
    const column = text.split('\n')[line - 1]!.indexOf('what can') + 1
    expect(pointAt(said!, said!.text.indexOf('what can'))).toEqual({ line, column })
  })
})

describe('other files', () => {
  it('is for flows only, wrapped or not', () => {
    expect(twilioStudio.matches({ states: [], initial_state: 'x' })).toBe(true)
    expect(twilioStudio.matches({ definition: { states: [], initial_state: 'x' } })).toBe(true)
    expect(twilioStudio.matches({ states: [] })).toBe(false)
    expect(twilioStudio.matches(null)).toBe(false)
  })

  it('starts with a state that is no trigger, and reports a name that stands twice', () => {
    const wave = { name: 'wave', type: 'say-play', properties: { say: 'Bye' } }
    const document = read('x', JSON.stringify({ initial_state: 'wave', states: [wave, wave, {}] }))
    expect(document.playbooks[0]).toMatchObject({ starts: [{ step: 'wave' }], steps: [{ id: 'wave' }] })
    expect(document.problems.map(p => p.rule)).toEqual(['steps-unique', 'syntax'])
  })

  it('says where the text is broken', () => {
    const text = '{"states": [\n  {"name": "a",\n'
    expect(twilioStudio.read('x', text, undefined)).toMatchObject({
      failure: { kind: 'syntax', range: { start: { line: 3 } } },
    })
  })
})
