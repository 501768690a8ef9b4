// What the YAML reader makes of playbooks: the whole model of one, positions, names that are awkward, hostile input.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Document, Transition } from '../../model/playbook.ts'
import { pointAt, type Range } from '../../model/position.ts'
import type { Root } from '../../model/roots.ts'
import { readYaml } from './index.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../../../fixtures/read/yaml/${name}`, import.meta.url), 'utf8')

/** The part of a text at a range. */
function slice(text: string, { start, end }: Range): string {
  const lines = text.split('\n')
  const offset = (line: number) => lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0)
  return text.slice(offset(start.line) + start.column - 1, offset(end.line) + end.column - 1)
}

function stepOf(document: Document, id: string) {
  const step = document.playbooks.flatMap(({ steps }) => steps).find(each => each.id === id)
  if (!step) throw new Error(`no step ${id}`)
  return step
}

const brief = ({
  kind,
  to,
  outcome,
  when,
  otherwise,
  chooser,
  fact,
  told,
  max,
  interrupt,
  declaredActs,
}: Transition) => ({
  kind,
  ...(to && { to: to.text }),
  ...(outcome && { outcome }),
  ...(when && { when: when.text }),
  ...(otherwise && { otherwise }),
  ...(chooser && { chooser }),
  ...(fact && { fact: Object.fromEntries(fact) }),
  ...(told && { told }),
  ...(max && { max }),
  ...(interrupt && { interrupt }),
  ...(declaredActs && { acts: declaredActs.map(({ act }) => act) }),
})

describe('a playbook with every key', () => {
  const text = fixture('valid/gym-phone.yaml')
  const document = readYaml('gym-phone.yaml', text)
  const playbook = document.playbooks[0]!

  it('has its head', () => {
    expect(playbook).toMatchObject({
      title: 'Cancel a gym membership by phone',
      language: 'en-GB',
      channels: ['phone', 'chat'],
      starts: [
        { step: 'greeting', channel: 'phone' },
        { step: 'hello', channel: 'chat' },
      ],
      entry: true,
    })
    expect([...playbook.facts]).toEqual([
      ['plan', ['monthly', 'annual']],
      ['founding member', ['yes', 'no']],
    ])
  })

  it('has texts with their voices', () => {
    expect(stepOf(document, 'hello')).toMatchObject({ title: 'Welcome in the chat', automated: true })
    expect(stepOf(document, 'greeting').texts.map(({ voice, text }) => [voice, text])).toEqual([
      ['say', 'Thank you for calling Northside Gym.'],
      ['say', 'How can I help?'],
      ['do', "Open the member's record."],
    ])
    expect(stepOf(document, 'done').texts[0]!.text).toBe(
      'Your membership is cancelled.\n\n  I have e-mailed the confirmation.',
    )
  })

  it('has transitions of every kind', () => {
    expect(stepOf(document, 'greeting').transitions.map(brief)).toEqual([
      {
        kind: 'go',
        chooser: 'customer',
        when: 'I want to cancel',
        to: 'verify',
        interrupt: true,
        acts: ['cancel-request'],
      },
      {
        kind: 'go',
        chooser: 'customer',
        when: 'asks for a person',
        to: 'supervisor',
        told: 'unprompted',
        acts: ['human-request'],
      },
      { kind: 'go', otherwise: true, when: 'anything else', to: 'desk.yaml#start' },
    ])
    expect(stepOf(document, 'verify').transitions.map(brief)).toEqual([
      { kind: 'go', chooser: 'world', when: 'identity confirmed', to: 'offer' },
      { kind: 'go', chooser: 'world', when: 'not confirmed', to: 'verify', max: 2 },
      { kind: 'go', otherwise: true, to: 'supervisor' },
    ])
    expect(stepOf(document, 'offer').transitions.map(brief)).toEqual([
      {
        kind: 'go',
        chooser: 'fact',
        fact: { plan: 'annual', 'founding member': 'yes' },
        when: 'plan: annual, founding member: yes',
        to: 'supervisor',
      },
      { kind: 'go', chooser: 'fact', when: 'has paid in advance', to: '#refund' },
      {
        kind: 'go',
        chooser: 'customer',
        when: 'accepts',
        outcome: 'kept',
        acts: ['cancel-withdrawn', 'offer-accepted'],
      },
      { kind: 'go', chooser: 'customer', when: 'declines', to: 'done' },
      { kind: 'go', chooser: 'unknown', when: 'it is not clear', to: 'done' },
    ])
    expect(stepOf(document, 'hello').transitions.map(brief)).toEqual([{ kind: 'next', to: 'greeting' }])
    expect(stepOf(document, 'refund').transitions.map(brief)).toEqual([{ kind: 'go', to: 'done' }])
    expect(stepOf(document, 'supervisor').transitions.map(brief)[2]).toEqual({ kind: 'next', to: 'done' })
  })

  it('tells steps, files and parts of files apart', () => {
    const [, , otherwise] = stepOf(document, 'greeting').transitions
    expect(otherwise!.to).toMatchObject({ path: 'desk.yaml', fragment: 'start' })
    expect(stepOf(document, 'offer').transitions[1]!.to).toMatchObject({ fragment: 'refund' })
    expect(stepOf(document, 'offer').transitions[1]!.to).not.toHaveProperty('path')
    expect(stepOf(document, 'refund').call).toMatchObject({ path: 'shared/survey.yaml' })
    expect(stepOf(document, 'supervisor').transitions[1]!.to).toMatchObject({
      path: '../billing/locked.md',
      fragment: 'unlock',
    })
    expect(stepOf(document, 'refund').transitions[0]!.to).toMatchObject({ step: 'done' })
  })

  it('has acts with attributes as plain values, and none where the author says none', () => {
    expect(
      stepOf(document, 'refund').declaredActs!.map(({ act, attributes }) => [act, { ...attributes }]),
    ).toEqual([
      ['remedy', { kind: 'refund', amount: 20.5, free: true }],
      ['apology', {}],
    ])
    expect({ ...stepOf(document, 'verify').declaredActs![0]!.attributes }).toEqual({
      items: ['name', 'date of birth'],
    })
    expect(stepOf(document, 'bye')).toMatchObject({ declaredActs: [], outcome: 'resolved' })
    expect(stepOf(document, 'greeting').declaredActs).toBeUndefined()
  })

  it('knows where everything stands', () => {
    const verify = stepOf(document, 'verify')
    expect(slice(text, verify.range)).toMatch(/^verify:\n[\s\S]*go: supervisor$/)
    expect(slice(text, verify.transitions[1]!.range)).toBe(
      'world: not confirmed\n        max: 2\n        go: verify',
    )
    expect(slice(text, verify.transitions[1]!.to!.range)).toBe('verify')
    expect(slice(text, verify.declaredActs![0]!.range)).toBe('verify-identity')
    expect(slice(text, stepOf(document, 'done').range)).toMatch(/end: cancelled$/)
    expect(slice(text, stepOf(document, 'supervisor').declaredActs![0]!.range)).toBe('supervisor-escalation')
    expect(slice(text, playbook.starts[1]!.range!)).toBe('hello')
    expect(slice(text, stepOf(document, 'offer').range)).toMatch(/^offer:[\s\S]*go: done$/)
  })
})

describe('several documents, aliases and merges', () => {
  const document = readYaml('several.yaml', fixture('valid/several.yaml'))

  it('is a playbook a document, empty ones left out', () => {
    expect(document.playbooks.map(({ title }) => title)).toEqual([
      'Phone plan, first line',
      'Phone plan, second line',
    ])
  })

  it('reads what aliases stand for, and merges under what is written', () => {
    const queue = stepOf(document, 'queue')
    expect(queue.texts.map(({ text }) => text)).toEqual(['You are next.'])
    expect({ ...queue.declaredActs![0]!.attributes }).toEqual({ max: '5 min' })
    expect(queue.transitions.map(brief)).toEqual(stepOf(document, 'hold').transitions.map(brief))
    expect(stepOf(document, 'again').transitions).toHaveLength(2)
  })
})

describe('words that mean something elsewhere', () => {
  const document = readYaml('odd-words.yaml', fixture('valid/odd-words.yaml'))

  it('are taken as they are written', () => {
    const [playbook] = document.playbooks
    expect(playbook).toMatchObject({ title: '2025-01-01', language: 'no' })
    expect(playbook!.steps.map(({ id }) => id)).toEqual(['1', 'no', '~x', '__proto__', 'constructor'])
    expect(stepOf(document, '1').texts[0]!.text).toBe('0x10')
    expect(stepOf(document, '1').transitions.map(brief)).toEqual([
      { kind: 'go', chooser: 'customer', when: 'yes', to: 'no' },
      { kind: 'go', chooser: 'customer', when: 'true', to: '__proto__' },
      {
        kind: 'go',
        chooser: 'fact',
        fact: { paid: 'true', since: '2025' },
        when: 'paid: true, since: 2025',
        to: 'constructor',
      },
    ])
    expect(stepOf(document, 'no').transitions[0]!.to).toMatchObject({ step: '~x' })
  })

  it('never reach a prototype', () => {
    const { attributes } = stepOf(document, 'constructor').declaredActs![0]!
    expect(Object.getPrototypeOf(attributes)).toBeNull()
    expect(Object.keys(attributes)).toEqual(['__proto__'])
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})

describe('JSON', () => {
  it('is YAML', () => {
    const text = fixture('valid/newspaper.json')
    const document = readYaml('newspaper.json', text)
    expect(document.playbooks[0]!.title).toBe('Stop a newspaper – by e-mail')
    const [said] = stepOf(document, 'letter').texts
    expect(said!.text).toBe('Dear "reader",\nwe are sorry to see you go.')
    const lines = text.split('\n')
    const at = (word: string) => pointAt(said!, said!.text.indexOf(word))
    for (const word of ['reader', 'sorry', 'go.']) {
      const { line, column } = at(word)
      expect(lines[line - 1]!.slice(column - 1)).toMatch(new RegExp(`^${word}`))
    }
  })
})

describe('acts of the team', () => {
  const text = 'playbook: A\nsteps:\n  a: {acts: [{wave: {hands: 2}}, bow], end: resolved}\n'

  it('are known if they are named', () => {
    expect(readYaml('a.yaml', text, { acts: ['wave', 'bow'] }).problems).toEqual([])
    expect(readYaml('a.yaml', text).problems).toHaveLength(2)
  })

  it('are left to recognition where none is known', () => {
    expect(stepOf(readYaml('a.yaml', text), 'a').declaredActs).toBeUndefined()
  })
})

describe('comments', () => {
  it('for wayout are kept, wherever they stand, and others are not', () => {
    const text =
      '# wayout-disable-file hold-bounded -- we never hold\nplaybook: A # other\nsteps:\n  # wayout-disable-next-step x\n' +
      '  a: # wayout-one\n    say: |\n      # wayout-two is text\n    acts: [ # wayout-three\n      hold ]\n    end: kept\n# wayout-four'
    expect(
      readYaml('a.yaml', text).comments.map(
        ({ text, range: { start } }) => `${start.line}:${start.column} ${text}`,
      ),
    ).toEqual([
      '1:1 wayout-disable-file hold-bounded -- we never hold',
      '4:3 wayout-disable-next-step x',
      '5:6 wayout-one',
      '8:13 wayout-three',
      '11:1 wayout-four',
    ])
  })
})

describe('what is no playbook', () => {
  it.each([
    ['', 'empty', 'the file is empty; expected a playbook'],
    ['# nothing\n---\n', 'empty', 'the file is empty; expected a playbook'],
    [
      'a: 1\nb: 2\n',
      'shape',
      'not a flow format I know: top-level keys "a", "b"; expected "playbook" and "steps"',
    ],
    ['{"a":1}', 'shape', 'not a flow format I know: top-level keys "a"; expected "playbook" and "steps"'],
    ['- a\n', 'shape', 'not a flow format I know: a list at the top; expected "playbook" and "steps"'],
    [
      'steps:\n  - script: x\n',
      'shape',
      'not a flow format I know: top-level keys "steps"; expected "playbook" and "steps"',
    ],
    [
      'a: {{ b }}\nc: d: e\n',
      'shape',
      'not a flow format I know: top-level keys "a", "c"; expected "playbook" and "steps"',
    ],
    ['playbook: "A', 'syntax', 'the quote opened here is never closed; expected another "'],
    ['{"playbook": "A", "steps": ', 'syntax', 'expected "}" to close what "{" opened'],
  ])('%j fails as %s', (text, kind, message) => {
    expect(readYaml('a.yaml', text).failure).toMatchObject({ kind, message })
  })
})

describe('hostile input', () => {
  const wrap = (value: string) => `playbook: A\nsteps:\n  a: {say: hello, next: b}\n  b: ${value}\n`

  it.each([
    ['flow lists', wrap('['.repeat(50_000))],
    ['flow mappings', wrap('{a: '.repeat(20_000))],
    ['lists in a line', `playbook: A\nsteps:\n${'- '.repeat(20_000)}x`],
    ['keys in keys', `${'? '.repeat(20_000)}x`],
    ['keys in a line within braces', wrap(`{say: ${'a: '.repeat(20_000)}}`)],
    ['indentation', `steps:\n${Array.from({ length: 1500 }, (_, i) => `${' '.repeat(i + 1)}a:`).join('\n')}`],
  ])('nested deeply in %s is a clear failure', (_, text) => {
    const { failure } = readYaml('a.yaml', text)
    expect(failure).toMatchObject({
      kind: 'too-large',
      message: 'nested more than 100 levels deep, which is as deep as wayout reads',
    })
  })

  it('that multiplies by aliases is a clear failure', () => {
    const levels = Array.from({ length: 20 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(10)}]`)
    const bomb = `playbook: A\nl0: &l0 [x]\n${levels.join('\n')}\nsteps: {a: {end: kept}}\n`
    expect(readYaml('a.yaml', bomb).failure).toMatchObject({
      kind: 'too-large',
      message: 'its aliases add more than 100000 values',
    })
  })

  it('that stands inside itself is a clear failure', () => {
    expect(readYaml('a.yaml', 'playbook: A\nsteps: &s\n  a: *s\n').failure).toMatchObject({
      kind: 'too-large',
      message: '"*s" stands inside what it stands for, so it has no end',
    })
  })

  it('that chains merges is bounded', () => {
    const chain = Array.from({ length: 2000 }, (_, i) => `  s${i + 1}: &s${i + 1} {<<: *s${i}, title: t}`)
    const { failure } = readYaml(
      'a.yaml',
      `playbook: A\nsteps:\n  s0: &s0 {end: kept}\n${chain.join('\n')}\n`,
    )
    expect(failure).toMatchObject({ kind: 'too-large' })
  })

  it('leaves the other documents of the file readable', () => {
    const text = `playbook: A\nsteps: {a: {end: kept}}\n---\n${'['.repeat(5000)}\n`
    const document = readYaml('a.yaml', text)
    expect(document.failure).toBeUndefined()
    expect(document.playbooks).toHaveLength(1)
    expect(document.problems[0]!.message).toMatch(/^nested more than 100 levels deep/)
  })

  it('with a flat mapping of 100 000 steps is read whole', () => {
    const steps = Array.from({ length: 100_000 }, (_, i) => `  s${i}: {do: work, next: s${i + 1}}\n`)
    const document = readYaml('a.yaml', `playbook: A\nsteps:\n${steps.join('')}`)
    expect(document.playbooks[0]!.steps).toHaveLength(100_000)
    expect(document.problems).toEqual([])
  })

  it('with 20 000 mistakes lists a thousand and counts the rest', () => {
    const steps = Array.from(
      { length: 20_000 },
      (_, i) => `  s${i}: {sya: work, acts: appology, end: kepd}\n`,
    )
    const { problems } = readYaml('a.yaml', `playbook: A\nsteps:\n${steps.join('')}`)
    expect(problems).toHaveLength(1001)
    expect(problems[1000]!.message).toBe('59000 more mistakes in this file are not listed')
  })
})

describe("a page of the team's site", () => {
  const text = 'playbook: A\nsteps:\n  a:\n    next: https://gym.example/help/leave.html#card\n'
  const targetOf = (roots: Root[]) => {
    const { playbooks, problems } = readYaml('a.yaml', text, { roots })
    return {
      to: playbooks[0]?.steps[0]?.transitions[0]?.to,
      problems: problems.map(({ message }) => message),
    }
  }

  it('is a target where a root of it is known', () => {
    const { to, problems } = targetOf([{ prefix: 'https://gym.example/help/', folder: 'content' }])
    expect(to).toMatchObject({ path: 'https://gym.example/help/leave.html', fragment: 'card' })
    expect(problems).toEqual([])
  })

  it('is refused without one', () => {
    const { problems } = targetOf([{ prefix: 'https://other.example/', folder: 'content' }])
    expect(problems).toEqual([
      '"next" leads to a web address that no "roots" in wayout.yaml names; expected a step, or a file such as billing.yaml#start',
    ])
  })
})
