// Each file finds its reader, bounds are kept before it, and a page inside a file knows its places there.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../fuzz.test-data.ts'
import { pointAt, type Range } from '../model/position.ts'
import { read } from './index.ts'

describe('a file finds its reader', () => {
  it.each([
    ['gym.yaml', 'playbook: Gym\nsteps: {a: {say: Hello., end: kept}}\n', 'yaml'],
    ['gym', '{"playbook": "Gym", "steps": {"a": {"end": "kept"}}}', 'yaml'],
    ['gym.md', '# Cancel a membership\n\n1. Ask for the name.\n2. Cancel the membership.\n', 'markdown'],
    ['gym.mmd', 'flowchart TD\n  A[Ask for the name] --> B[Cancel]\n', 'mermaid'],
    [
      'gym',
      '{"Version": "2019-10-30", "StartAction": "a", "Actions": [{"Identifier": "a", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}',
      'amazon-connect',
    ],
  ])('%s with %j', async (path, text, format) => {
    const document = await read(path, text)
    expect(document.failure).toBeUndefined()
    expect(document).toMatchObject({ path, format })
    expect(document.playbooks).toHaveLength(1)
  })

  it('a long diagram is not held to the bounds of a page', async () => {
    const text = `graph TD\n${Array.from({ length: 5_000 }, (_, i) => `a${i} --> a${i + 1}\n`).join('')}`
    const { playbooks, problems } = await read('gym.mmd', text)
    expect(problems).toEqual([])
    expect(playbooks[0]?.steps).toHaveLength(5_001)
  })

  it('that it is told to use', async () => {
    const text = 'playbook: Gym\nsteps: {a: {end: kept}}\n'
    expect((await read('gym.md', text, { format: 'yaml' })).playbooks).toHaveLength(1)
    expect(await read('gym.yaml', text, { format: 'markdown' })).toMatchObject({ format: 'markdown' })
  })

  it('with the acts of the team', async () => {
    const text = 'playbook: Gym\nsteps: {a: {acts: wave, end: kept}}\n'
    expect((await read('gym.yaml', text, { acts: ['wave'] })).problems).toEqual([])
    expect((await read('gym.yaml', text)).problems).toHaveLength(1)
  })
})

describe('a file of no known shape', () => {
  it.each([
    ['package.json', '{"name": "gym", "version": "1.0.0"}', 'top-level keys "name", "version"'],
    ['list.json', '[1, 2]', 'a list at the top'],
    ['other.yaml', 'apiVersion: v1\nkind: List\n', 'top-level keys "apiVersion", "kind"'],
    ['short.json', '{"title": "Gym", "content": "One line only."}', 'top-level keys "title", "content"'],
  ])('%s says what it has', async (path, text, top) => {
    expect((await read(path, text)).failure).toMatchObject({
      kind: 'shape',
      message: `not a flow format I know: ${top}; expected "playbook" and "steps"`,
      range: { start: { line: 1, column: 1 } },
    })
  })

  it('that is deep is refused as such', async () => {
    const text = `{"modules": ${'['.repeat(5000)}${']'.repeat(5000)}}`
    expect((await read('deep.json', text)).failure).toMatchObject({ kind: 'too-large' })
  })
})

describe('a page inside a file', () => {
  const content =
    '## How to cancel\n\n1. Ask for the *name* and the "number".\n2. Say: "Your membership is cancelled."\n\nTell them — at once — that it is done.\n'
  const text = JSON.stringify({ id: 'a1', title: 'Cancel a gym membership', content }, null, 2)
  const lines = text.split('\n')
  const there = ({ start, end }: Range) => {
    expect(start.line).toBe(end.line)
    return lines[start.line - 1]!.slice(start.column - 1, end.column - 1)
  }

  it('is read as the Markdown it is', async () => {
    const document = await read('a1.json', text)
    const plain = await read('a1.md', `# Cancel a gym membership\n\n${content}`)
    expect(document.format).toBe('markdown')
    const steps = (from: typeof document) =>
      from.playbooks.map(({ title, steps }) => [
        title,
        steps.map(({ texts }) => texts.map(({ text }) => text)),
      ])
    expect(steps(document)).toEqual(steps(plain))
    expect(document.playbooks.flatMap(({ steps }) => steps).length).toBeGreaterThan(1)
  })

  it('knows its places in the file', async () => {
    const document = await read('a1.json', text)
    const steps = document.playbooks.flatMap(({ steps }) => steps)
    expect(steps.some(({ range }) => there(range).includes('Ask for the *name* and the \\"number\\".'))).toBe(
      true,
    )
    const texts = steps.flatMap(step => step.texts)
    expect(texts.length).toBeGreaterThan(0)
    for (const excerpt of texts) {
      for (let i = 0; i < excerpt.text.length; i++) {
        const { line, column } = pointAt(excerpt, i)
        const char = lines[line - 1]![column - 1]
        expect(char === '\\' ? excerpt.text[i] : char).toBe(excerpt.text[i])
      }
    }
  })

  it('is bounded like any page', async () => {
    const page = JSON.stringify({ title: 'Gym', content: `${content}\n${'> '.repeat(20)}deep\n` })
    const document = await read('a1.json', page)
    expect(document.problems.map(({ message }) => message)).toEqual([
      'lists and quotes nested more than 16 deep; what is beyond that is not read',
    ])
    expect(document.problems[0]!.range.start).toEqual({ line: 1, column: page.indexOf('> >') + 1 })
  })
})

describe('any text under any name', () => {
  it('is answered', async () => {
    const names = fc.constantFrom('a.md', 'a.yaml', 'a.json', 'a.mmd', 'a', 'a.topic')
    const parts = fc.constantFrom(
      ...'\n\n -#>*_`[](){}":,|\t\r\0a1',
      'playbook: ',
      'steps:',
      '"title":',
      '"content":',
      '\\n',
      '---\n',
      '{"',
      '"}',
      'flowchart TD\n',
      'A-->B\n',
    )
    const texts = fc.oneof(
      fc.array(parts, { maxLength: 60 }).map(each => each.join('')),
      fc.string({ unit: 'binary', maxLength: 100 }),
    )
    await fc.assert(
      fc.asyncProperty(names, texts, async (path, text) => {
        const document = await read(path, text)
        expect(document.playbooks.length > 0 || document.failure !== undefined).toBe(true)
      }),
      runs(20_260_801, 1500),
    )
  })
})
