// The mermaid reader: shapes, arrows, labels, groups, states, positions, and input that is broken or hostile.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../fuzz.test-data.ts'
import type { Playbook, Step } from '../../model/playbook.ts'
import type { Excerpt, Range } from '../../model/position.ts'
import { rangeOf } from '../../model/position.ts'
import { readMermaid, readMermaidBlock } from './index.ts'

const START = { line: 1, column: 1 }

function flow(code: string): Playbook {
  const { playbook, problems } = readMermaidBlock(code, START)
  expect(problems).toEqual([])
  return playbook!
}

function step(playbook: Playbook, id: string): Step {
  return playbook.steps.find(s => s.id === id)!
}

/** Each step with its ways on: `a -yes-> b`, `a -> b` and so on. */
function arrows(playbook: Playbook): string[] {
  return playbook.steps.flatMap(s =>
    s.transitions.map(t => `${s.id} -${t.when ? `${t.when.text}-` : ''}> ${t.to!.step}`),
  )
}

function at(range: Range): string {
  return `${range.start.line}:${range.start.column}-${range.end.line}:${range.end.column}`
}

/** What stands in the file where the excerpt says that its words are. */
function there(code: string, excerpt: Excerpt, words: string): string {
  const from = excerpt.text.indexOf(words)
  const { start, end } = rangeOf(excerpt, from, from + words.length)
  return code.split('\n')[start.line - 1]!.slice(start.column - 1, end.column - 1)
}

describe('flowcharts', () => {
  it.each([
    ['a[One]', 'One'],
    ['a(One)', 'One'],
    ['a{One}', 'One'],
    ['a((One))', 'One'],
    ['a(((One)))', 'One'],
    ['a([One])', 'One'],
    ['a[[One]]', 'One'],
    ['a[(One)]', 'One'],
    ['a{{One}}', 'One'],
    ['a>One]', 'One'],
    ['a[/One/]', 'One'],
    ['a[\\One\\]', 'One'],
    ['a[/One\\]', 'One'],
    ['a(-One-)', 'One'],
    ['a["One (of many)"]', 'One (of many)'],
    ['a["`One **bold** word`"]', 'One bold word'],
    ['a[One (of many)]', 'One (of many)'],
    ['a@{ shape: rect, label: "One" }', 'One'],
    ['a[One<br>two]', 'One two'],
    ['a[One<br/>two]', 'One two'],
    ['a["One\n  two"]', 'One two'],
    ['a["#quot;One#quot; #35;1 &amp; more"]', '"One" #1 & more'],
    ['a[fa:fa-phone Ring <b>now</b>]', 'Ring now'],
    ['a[One]:::warm', 'One'],
    ['a', 'a'],
  ])('reads the node %s', (node, title) => {
    const { steps } = flow(`graph TD\n${node} --> b`)
    expect(steps[0]).toMatchObject({ id: 'a', title })
  })

  it.each([
    ['a-->b', 'a -> b'],
    ['a --> b', 'a -> b'],
    ['a ----> b', 'a -> b'],
    ['a -.-> b', 'a -> b'],
    ['a -..-> b', 'a -> b'],
    ['a ==> b', 'a -> b'],
    ['a --x b', 'a -> b'],
    ['a --o b', 'a -> b'],
    ['a -->|yes| b', 'a -yes-> b'],
    ['a -->|"yes | no"| b', 'a -yes | no-> b'],
    ['a -- yes --> b', 'a -yes-> b'],
    ['a -- "yes --> no" --> b', 'a -yes --> no-> b'],
    ['a == yes ==> b', 'a -yes-> b'],
    ['a -. yes .-> b', 'a -yes-> b'],
    ['a e1@--> b', 'a -> b'],
    ['a-b --> c.d', 'a-b -> c.d'],
    ['a\n  --> b', 'a -> b'],
  ])('reads the arrow %s', (line, arrow) => {
    expect(arrows(flow(`flowchart LR\n${line}`))).toEqual([arrow])
  })

  it('reads chains, &, ; and arrows with two heads', () => {
    expect(arrows(flow('graph TD; a-->b-->c; d & e --> f & g; h <--> i'))).toEqual([
      ...['a -> b', 'b -> c', 'd -> f', 'd -> g', 'e -> f', 'e -> g', 'h -> i', 'i -> h'],
    ])
  })

  it('takes a line without a head for an uncertain way, and an invisible one for none', () => {
    const { steps } = flow('graph TD\n a --- b\n a ~~~ c\n b --> c')
    expect(steps[0]!.transitions).toMatchObject([{ to: { step: 'b' }, uncertain: true }])
  })

  it('ends where no arrow leads on, without an outcome', () => {
    const last = step(flow('graph TD\n a --> b[Account closed]'), 'b')
    expect(last).toMatchObject({ impliedEnd: true, transitions: [] })
    expect(last.outcome).toBeUndefined()
  })

  it('takes the one arrow without a label beside others for "otherwise"', () => {
    const { transitions } = step(flow('graph TD\n a{Member?} -- yes --> b\n a --> c'), 'a')
    expect(transitions.map(t => t.otherwise)).toEqual([undefined, true])
  })

  it('starts where nothing leads to, in the order of the text; in a circle with the first node', () => {
    expect(flow('graph TD\n b --> c\n a --> b\n d --> c').starts).toEqual([{ step: 'a' }, { step: 'd' }])
    expect(flow('graph TD\n x --> y\n y --> x').starts).toEqual([{ step: 'x' }])
  })

  it('lists a node that no arrow touches as unread', () => {
    const { playbook, unread } = readMermaidBlock('graph TD\n a --> b\n legend[Blue is new]', START)
    expect(playbook!.steps.map(s => s.id)).toEqual(['a', 'b'])
    expect(unread).toMatchObject([{ text: 'Blue is new', range: { start: { line: 3, column: 2 } } }])
  })

  it('enters a subgraph at its first node and leaves it at an end of its own', () => {
    const playbook = flow('graph TD\n subgraph s [Desk]\n a --> b\n end\n x --> s\n s --> y')
    expect(arrows(playbook)).toEqual(['a -> b', 'b -> s (end)', 'x -> a', 's (end) -> y'])
    expect(step(playbook, 's (end)').title).toBe('end of Desk')
    expect(step(playbook, 'b').transitions[0]!.uncertain).toBe(true)
  })

  it('is not fooled by names that objects have', () => {
    const playbook = flow('graph TD\n __proto__ --> constructor\n constructor --> toString')
    expect(arrows(playbook)).toEqual(['__proto__ -> constructor', 'constructor -> toString'])
  })

  it('knows where everything stands', () => {
    const code = 'graph TD\n  a["Ask <b>why</b>"] -- says #quot;no#quot; --> done'
    const a = step(flow(code), 'a')
    expect(at(a.range)).toBe('2:3-2:22')
    expect(there(code, a.texts[0]!, 'why')).toBe('why')
    const [way] = a.transitions
    expect(at(way!.range)).toBe('2:23-2:54')
    expect(at(way!.to!.range)).toBe('2:50-2:54')
    expect(there(code, way!.when!, 'no')).toBe('no')
  })

  it('counts from where the block stands in its document', () => {
    const { playbook } = readMermaidBlock('graph TD\na --> b', { line: 10, column: 4 })
    expect(at(playbook!.steps[1]!.range)).toBe('11:10-11:11')
  })

  it('reads a whole file', () => {
    const text = readFileSync('fixtures/read/mermaid/gym.mmd', 'utf8')
    const document = readMermaid('playbooks/gym.mmd', text)
    expect(document).toMatchObject({ format: 'mermaid', problems: [], unread: [] })
    expect(document.comments).toMatchObject([{ range: { start: { line: 6, column: 6 } } }])
    const [playbook] = document.playbooks
    expect(playbook).toMatchObject({ title: 'Leaving the gym', starts: [{ step: 'call' }] })
    expect(step(playbook!, 'wants').texts).toMatchObject([{ text: 'Wants to\nleave?', voice: 'any' }])
    expect(arrows(playbook!)).toEqual([
      'call -> wants',
      'wants -no-> help',
      'wants -yes-> offer',
      'help -> bye',
      'offer -declines-> done',
      'offer -accepts it-> stays',
      'done -> log',
      'stays -> bye',
      'log -> letter',
    ])
  })
})

describe('state diagrams', () => {
  const text = readFileSync('fixtures/read/mermaid/newspaper.mermaid', 'utf8')
  const document = readMermaid('newspaper.mermaid', text)
  const playbook = document.playbooks[0]!

  it('reads transitions, composite states and ends', () => {
    expect(document).toMatchObject({ problems: [], unread: [] })
    expect(playbook).toMatchObject({ title: 'newspaper', starts: [{ step: 'Greeting' }] })
    expect(arrows(playbook)).toEqual([
      'Greeting -> choice',
      'choice -no offer made yet-> Offer',
      'choice -reader insists-> Stopped',
      'Offer -accepts-> [*]',
      'Offer -asks for a person-> Editor',
      'Editor -> Queue',
      'Queue -somebody is free-> Person',
      'Person -> Editor (end)',
      'Editor (end) -> Stopped',
    ])
    expect(playbook.steps.filter(s => s.impliedEnd).map(s => s.id)).toEqual(['Stopped', '[*]'])
  })

  it('reads descriptions, aliases, notes and the reason to come in', () => {
    const words = (id: string) => step(playbook, id).texts.map(t => `${t.voice}: ${t.text}`)
    expect(words('Greeting')).toEqual(['trigger: reader wants to stop the paper', 'any: Greeting'])
    expect(words('Offer')).toEqual(['any: Half price for a month', 'any: once and never again'])
    expect(step(playbook, 'Editor').title).toBe('Talk to the desk')
    expect(words('Queue')).toEqual(['any: Queue', 'any: at most five minutes'])
    expect(words('Person')).toEqual(['any: Person', 'any: says their name'])
  })

  it('ends a state that leads only to [*], and leaves a composite state without an end anywhere', () => {
    const small = flow('stateDiagram-v2\n [*] --> RingBack\n RingBack --> [*]')
    expect(small.steps).toMatchObject([
      { id: 'RingBack', title: 'Ring Back', impliedEnd: true, transitions: [] },
    ])
    const loop = flow('stateDiagram-v2\n state x {\n a --> b\n b --> a\n }\n x --> y : hangs up')
    expect(arrows(loop)).toContain('a -> x (end)')
    expect(arrows(loop)).toContain('x (end) -hangs up-> y')
  })
})

describe('what is wrong is said where it stands', () => {
  it.each([
    ['graph TD\n a --> \n b[Never closed\n c --> d', '3:3-3:4', 'the bracket of "b" is not closed'],
    [
      'graph TD\n a -- label b',
      '2:4-2:5',
      'the arrow with a label does not end; expected "-->" on the same line',
    ],
    ['graph TD\n a -->|yes b', '2:7-2:8', 'the label of the arrow is not closed; expected "|"'],
    ['graph TD\n a --> |x|', '2:11-2:11', 'expected a node, found the end'],
    ['graph TD\n )) --> b\n a --> b', '2:2-2:3', 'expected a node, found "))"'],
    ['graph TD\n a --> b\n end', '3:2-3:5', '"end" without a subgraph'],
    ['graph TD\n subgraph Desk\n a --> b', '2:2-2:15', 'the subgraph "Desk" is not closed; expected "end"'],
    ['stateDiagram-v2\n a -> b', '2:4-2:5', 'expected "-->", found "->"'],
    [
      'stateDiagram-v2\n a -->\n',
      '2:7-3:1',
      'expected the name of a state or [*], found the end of the line',
    ],
    ['stateDiagram-v2\n state x {\n a --> b', '2:2-2:11', 'the state "x" is not closed; expected "}"'],
    ['stateDiagram-v2\n a --> b\n }', '3:2-3:3', '"}" without a state that is open'],
    ['stateDiagram-v2\n state "Ring', '2:8-2:9', 'expected state "words" as name'],
    ['stateDiagram-v2\n note left of a\n hi', '2:15-2:16', 'the note does not end; expected "end note"'],
  ])('%j', (code, range, message) => {
    const { problems } = readMermaidBlock(code, START)
    expect(problems.map(p => [at(p.range), p.message])).toEqual([[range, message]])
  })

  it('reads the rest all the same', () => {
    const { playbook } = readMermaidBlock('graph TD\n a --> b[Never closed\n b --> c', START)
    expect(arrows(playbook!)).toEqual(['a -> b', 'b -> c'])
  })

  it.each([
    ['', 'empty'],
    ['flowchart TD\n', 'no-steps'],
    ['sequenceDiagram\n A->>B: hello', 'shape'],
    ['flowchrt TD\n a --> b', 'syntax'],
  ] as const)('a file without a flow: %j', (text, kind) => {
    expect(readMermaid('x.mmd', text)).toMatchObject({ playbooks: [], failure: { kind } })
  })

  it('names the diagram that was probably meant', () => {
    const { problems } = readMermaidBlock('flowchrt TD\n a --> b', START)
    expect(problems[0]!.message).toMatch('not with "flowchrt"; did you mean "flowchart"?')
  })
})

describe('any input', () => {
  const piece = fc.constantFrom(
    ...['a', 'b', ' ', '\n', '-->', '--', '---', '-.->', '==>', '|', '[', ']', '(', ')', '{', '}', '"', '&'],
    ...[
      ';',
      ':',
      ':::',
      'end',
      'subgraph ',
      'state ',
      '[*]',
      'note left of ',
      '%%',
      '@{',
      '<br>',
      '#35;',
      '>',
    ],
    ...['"`', '~~~', 'style ', 'as ', '<<choice>>', '__proto__', 'é', '\u{1F600}', '\r\n', '\t', '-', '='],
  )
  const code = fc
    .tuple(fc.constantFrom('graph TD\n', 'stateDiagram-v2\n', ''), fc.array(piece, { maxLength: 60 }))
    .map(([head, pieces]) => head + pieces.join(''))

  it('never throws, and every position and target exists', () => {
    fc.assert(
      fc.property(code, text => {
        const lines = text.split('\n')
        const inside = ({ start, end }: Range) =>
          [start, end].every(p => p.line <= lines.length && p.column <= lines[p.line - 1]!.length + 1)
        const { playbook, problems, unread } = readMermaidBlock(text, START)
        const ids = new Set(playbook?.steps.map(s => s.id))
        for (const s of playbook?.steps ?? []) {
          if (!inside(s.range) || (s.transitions.length === 0 && !s.impliedEnd)) return false
          for (const t of s.transitions) if (!inside(t.range) || !ids.has(t.to!.step!)) return false
        }
        const startsExist = (playbook?.starts ?? []).every(s => ids.has(s.step))
        return startsExist && [...problems, ...unread].every(p => inside(p.range))
      }),
      runs(20260101, 3000),
    )
  })

  it('reads a hundred thousand lines, and bounds what a few may grow to', () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `n${i} -->|next| n${i + 1}`)
    expect(flow(`graph TD\n${lines.join('\n')}`).steps).toHaveLength(100_001)
    const many = Array.from({ length: 1_000 }, (_, i) => `n${i}`).join('&')
    const { problems } = readMermaidBlock(`graph TD\n${many} --> ${many}`, START)
    expect(problems.map(p => p.message)).toEqual([
      'more than 200000 arrows in one diagram; the rest is not read',
    ])
  })
})
