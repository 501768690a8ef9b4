// Amazon Connect flows in their three wrappings: ways on, choosers, acts that the block types make certain, places.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Document, Step } from '../../model/playbook.ts'
import { type Excerpt, rangeOf } from '../../model/position.ts'
import { amazonConnect } from './amazon-connect.ts'

const read = (path: string, text: string) => amazonConnect.read(path, text, JSON.parse(text))
const step = (document: Document, id: string): Step => document.playbooks[0]!.steps.find(s => s.id === id)!

/** The ways on from a step: who, under which words, where to. */
function ways(document: Document, id: string): string[] {
  return step(document, id).transitions.map(t => {
    const words = t.otherwise ? 'otherwise' : (t.when?.text ?? '')
    const to = t.to ? (t.to.step ?? `"${t.to.title}"`) : `end ${t.outcome}`
    return [t.chooser, words, '→', to, t.told, t.max].filter(w => w !== undefined && w !== '').join(' ')
  })
}

function there(text: string, excerpt: Excerpt, words: string): string {
  const from = excerpt.text.indexOf(words)
  const { start, end } = rangeOf(excerpt, from, from + words.length)
  return text.split('\n')[start.line - 1]!.slice(start.column - 1, end.column - 1)
}

const acts = (s: Step) => s.knownActs?.map(a => [a.act, a.attributes])
const MENU = '8a3f1c52-0d1e-4c57-9c0a-3f5f0a9d7b11'

describe('the flow language', () => {
  const text = readFileSync('fixtures/read/dialects/connect-gym.json', 'utf8')
  const document = read('flows/River gym.json', text)
  const [playbook] = document.playbooks

  it('is one playbook, named after its file, whose start is declared', () => {
    expect(document).toMatchObject({ format: 'amazon-connect', problems: [] })
    expect(playbook).toMatchObject({
      title: 'River gym',
      starts: [{ step: 'welcome', range: { start: { line: 3, column: 18 } } }],
      channels: ['ivr'],
    })
    expect(playbook!.steps.every(s => s.automated)).toBe(true)
    expect(step(document, 'hours').range.start).toEqual({ line: 17, column: 5 })
  })

  it('says what is said, without markup; words that are computed stand elsewhere', () => {
    const welcome = step(document, 'welcome')
    expect(welcome.texts).toMatchObject([{ voice: 'say', text: 'Welcome to the  river  gym.' }])
    expect(there(text, welcome.texts[0]!, 'river')).toBe('river')
    expect(step(document, 'sorry')).toMatchObject({ texts: [], wordsElsewhere: '$.External.SorryText' })
  })

  it('gives the menu to the customer, with the words that announce each key', () => {
    expect(ways(document, MENU)).toEqual([
      'customer Press 1 to freeze your "Gold" membership → freeze',
      'customer 2 to cancel it → cancel',
      'customer 0 → to-desk unprompted',
      'customer InputTimeLimitExceeded → retry',
      'customer otherwise → retry',
      'world NoMatchingError → sorry',
    ])
    const menu = step(document, MENU)
    expect(menu.title).toBe('Press 1 to freeze your "Gold" membership, 2 to cancel it. …')
    expect(menu.transitions[3]!.declaredActs).toMatchObject([{ act: 'silence' }])
    expect(there(text, menu.transitions[1]!.when!, 'cancel it')).toBe('cancel it')
  })

  it('gives checks to the world, attributes and limited loops to the system', () => {
    expect(ways(document, 'hours')).toEqual([
      `world hours of operation = True → ${MENU}`,
      'world hours of operation = False → sorry',
      'world otherwise → sorry',
      'world NoMatchingError → sorry',
    ])
    expect(ways(document, 'retry')).toEqual([
      `system ContinueLooping → ${MENU} 2`,
      'system otherwise → to-desk',
    ])
    expect(ways(document, 'plan')).toEqual(['system gold member > 3 → juggle', 'system otherwise → bye'])
  })

  it('drops the choice where everything leads to the same place', () => {
    expect(ways(document, 'welcome')).toEqual(['→ hours'])
  })

  it('knows what transfers, holds and hanging up are', () => {
    expect(acts(step(document, 'to-desk'))).toEqual([['human-agent', { team: 'Front desk' }]])
    expect(ways(document, 'to-desk')).toEqual([
      'world otherwise → end handed-off',
      'world QueueAtCapacity → sorry',
      'world NoMatchingError → sorry',
    ])
    expect(acts(step(document, 'music'))).toEqual([['hold', { max: '30 s' }]])
    expect(ways(document, 'music')[0]).toBe('world Messages interrupted → plan')
    expect(step(document, 'bye')).toMatchObject({ impliedEnd: true, endsConversation: true })
    expect(step(document, 'bye').outcome).toBeUndefined()
  })

  it('leads to other flows by their names, and out of sight where they have none', () => {
    expect(ways(document, 'freeze')[0]).toBe('world otherwise → "Freeze gym"')
    expect(step(document, 'survey').call).toMatchObject({ title: 'Survey' })
    expect(ways(document, 'survey')).toEqual(['→ bye'])
    expect(ways(document, 'elsewhere')[0]).toBe('world otherwise → end handed-off')
    expect(step(document, 'elsewhere').title).toBe('elsewhere (outside this project)')
  })

  it('leaves what a function does to recognition, by its name', () => {
    expect(step(document, 'cancel')).toMatchObject({ texts: [{ voice: 'do', text: 'Cancel membership' }] })
  })

  it('keeps a block of a type it does not know as a step, and says so', () => {
    expect(ways(document, 'juggle')).toEqual(['→ elsewhere'])
    expect(document.unread).toMatchObject([{ text: 'JuggleBalls' }])
  })
})

describe('the export with a flow in a string', () => {
  const flow = readFileSync('fixtures/read/dialects/connect-gym.json', 'utf8')
  const text = JSON.stringify({ Name: 'Gym', Type: 'CONTACT_FLOW', Content: flow }, null, 2)

  it('gives the same steps, at their places in the string', () => {
    const inside = read('x.json', text)
    const plain = read('x.json', flow)
    expect(inside.playbooks[0]!.title).toBe('Gym')
    const shape = (d: Document) => d.playbooks[0]!.steps.map(s => [s.id, s.title, ways(d, s.id)])
    expect(shape(inside)).toEqual(shape(plain))
    const menu = step(inside, MENU)
    expect(menu.range.start.line).toBe(4)
    expect(there(text, menu.transitions[1]!.when!, 'cancel it')).toBe('cancel it')
  })

  it('says so if the string is no flow', () => {
    const broken = JSON.stringify({ Name: 'Gym', Content: '{"StartAction":"a","Actions":[}' })
    expect(amazonConnect.matches(JSON.parse(broken))).toBe(true)
    expect(read('x.json', broken).failure).toMatchObject({
      kind: 'syntax',
      message: 'the flow in "Content" is not valid JSON',
    })
  })

  it('does not take what agents hear for what customers hear', () => {
    const whisper = {
      StartAction: 'a',
      Actions: [{ Identifier: 'a', Type: 'MessageParticipant', Parameters: { Text: 'A member calls' } }],
    }
    const exported = { Name: 'w', Type: 'AGENT_WHISPER', Content: JSON.stringify(whisper) }
    expect(step(read('x.json', JSON.stringify(exported)), 'a').texts[0]!.voice).toBe('do')
  })
})

describe('the older export of the console', () => {
  const text = readFileSync('fixtures/read/dialects/connect-phone-plan', 'utf8')
  const document = read('flows/connect-phone-plan', text)

  it('gives the same kinds of steps', () => {
    expect(document.problems).toEqual([])
    expect(document.playbooks).toMatchObject([{ title: 'Phone plan', starts: [{ step: 'ask' }] }])
    expect(ways(document, 'ask')).toEqual([
      'customer To leave your phone plan press 1 → pin',
      'customer Timeout → queue',
      'customer otherwise → queue',
      'world Error → queue',
    ])
    expect(acts(step(document, 'pin'))).toEqual([['collect-info', {}]])
    expect(ways(document, 'queue')).toEqual([
      'world otherwise → end handed-off',
      'world AtCapacity → end',
      'world Error → end',
    ])
    expect(ways(document, 'other')[0]).toBe('world otherwise → "Leave plan"')
    expect(acts(step(document, 'dial'))![0]![0]).toBe('transfer')
    expect(ways(document, 'dial')).toEqual(['→ end'])
    expect(step(document, 'spoken').wordsElsewhere).toBe('Notice')
  })

  it('does not say who decides whether what was entered is right', () => {
    expect(ways(document, 'check')).toEqual([
      'Stored customer input = $.External.pin → other',
      'otherwise → queue',
    ])
  })
})

describe('files that are not as they should be', () => {
  it.each([
    ['a list', '[]'],
    ['another shape', '{"Actions": [], "name": "CI"}'],
    ['a number', '3'],
    ['modules without a start', '{"modules": []}'],
  ])('is not for %s', (_, text) => {
    expect(amazonConnect.matches(JSON.parse(text))).toBe(false)
  })

  it.each([
    ['{"StartAction": "a", "Actions": [', undefined, 'syntax'],
    ['', undefined, 'syntax'],
    ['{"StartAction": "a", "Actions": []}', {}, 'no-steps'],
    ['{"StartAction": "a", "Actions": [1, {"Type": "Wait"}]}', {}, 'syntax'],
  ] as const)('%j fails with a reason', (text, value, kind) => {
    expect(amazonConnect.read('x', text, value)).toMatchObject({ playbooks: [], failure: { kind } })
  })

  it('reports blocks of the same name, and is not fooled by names that objects have', () => {
    const action = { Identifier: '__proto__', Type: 'Wait', Transitions: { NextAction: 'constructor' } }
    const document = read('x', JSON.stringify({ StartAction: '__proto__', Actions: [action, action] }))
    expect(document.problems).toMatchObject([{ rule: 'steps-unique' }])
    expect(document.playbooks[0]!.steps.map(s => s.id)).toEqual(['__proto__', '__proto__-2'])
    expect(ways(document, '__proto__')).toEqual(['→ constructor'])
  })

  it('reads a hundred thousand blocks in a circle', () => {
    const actions = Array.from({ length: 100_000 }, (_, i) => ({
      Identifier: `s${i}`,
      Type: 'UpdateContactAttributes',
      Transitions: { NextAction: `s${(i + 1) % 100_000}` },
    }))
    const document = read('x', JSON.stringify({ StartAction: 's0', Actions: actions }))
    expect(document.playbooks[0]!.steps).toHaveLength(100_000)
  })
})
