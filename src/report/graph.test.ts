// The pictures of a flow: every step, arrow and finding is in them, and no word of a playbook is read as syntax.
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import type { Finding, LintResult } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import { dotText, graphDot } from './graph-dot.ts'
import { graphMermaid, mermaidText } from './graph-mermaid.ts'
import { HOSTILE, hostileResult } from './hostile.test-data.ts'
import { pictureOf } from './picture.ts'
import { flowOf, GYM_FLOW, hostileFlow } from './sample-flow.test-data.ts'
import { CLEAN, FINDINGS, witnessStep } from './samples.test-data.ts'

const path = 'playbooks/gym.yaml'
const SURVEY = 'playbooks/survey.yaml'

/** A path through a call and back, into an end; and one that loops where no arrow is. */
const FINDING: Finding = {
  ...FINDINGS[0]!,
  step: 'offer',
  range: { start: { line: 12, column: 3 }, end: { line: 12, column: 8 } },
  witness: [
    witnessStep('offer', 'First offer', 12, { chooser: 'customer', choice: 'declines' }),
    witnessStep('reason', 'Reason', 22, { chooser: 'unknown', choice: 'it is green' }),
    witnessStep('survey', 'Survey', 30),
    witnessStep('ask', 'Ask', 3, { path: SURVEY }),
    witnessStep('survey', 'Survey', 30),
    witnessStep('done', 'Membership ended', 34),
  ],
}
const { loopsTo: _, ...STRAIGHT } = FINDING
const RESULT: LintResult = { ...CLEAN, findings: [STRAIGHT, { ...FINDINGS[1]!, step: 'nowhere' }] }

const ODD: [string, Flow, LintResult | null][] = [
  ['hostile text', hostileFlow(), hostileResult()],
  ['no text', hostileFlow(''), hostileResult('')],
  ['no result', GYM_FLOW, null],
  ['an empty project', flowOf({}), CLEAN],
]

/** The statements of a flowchart, each of which must be one of a few shapes; returns the labels. */
function mermaidLabels(text: string): string[] {
  const label = '"((?:[^"\\n`<%;{}|]|#\\d+;|<br/>|</?i>)*)"'
  const shapes = [
    /^flowchart TD$/,
    new RegExp(`^subgraph [a-z]\\w*\\[${label}\\]$`),
    /^end$/,
    new RegExp(`^[a-z]\\w*(?:\\[${label}\\]|\\(\\[${label}\\]\\)|\\(\\(\\(${label}\\)\\)\\))(?::::[a-z]+)?$`),
    new RegExp(`^[a-z]\\w* (?:-->|==>|-\\.->)(?:\\|${label}\\|)? [a-z]\\w*$`),
    /^classDef [a-z]+ [\w#:, -]+$/,
    /^linkStyle [\d,]+ [\w#:, -]+$/,
    /^%% [^{]*$/,
  ]
  return text
    .trimEnd()
    .split('\n')
    .flatMap(line => {
      const match = shapes.map(shape => shape.exec(line.trim())).find(found => found !== null)
      expect(match, line).toBeTruthy()
      return match!.slice(1).filter(part => part !== undefined)
    })
}

/** Checks quotes and brackets of a graph in DOT outside of its strings. */
function expectDot(text: string): void {
  const bare = text.replace(/"(?:[^"\\]|\\[\\"n])*"/g, 'S')
  expect(bare).not.toContain('"')
  for (const line of bare.trimEnd().split('\n').slice(1)) {
    expect(line.trim()).toMatch(
      /^(?:\}|subgraph cluster_\w+ \{|(?:label|color)=S|\w+ \[[\w=S., ]+\]|\w+ -> \w+(?: \[[\w=S., ]+\])?)$/,
    )
  }
  if (hasDot) execFileSync('dot', ['-Tsvg'], { input: text })
}

const hasDot = (() => {
  try {
    execFileSync('dot', ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

describe('pictureOf', () => {
  test('numbers the arrows that the path of a finding passes, through a call and back', () => {
    const { arrows, notes, groups } = pictureOf(GYM_FLOW, RESULT)
    const passed = arrows
      .filter(arrow => arrow.passes.length > 0)
      .map(({ from, to, kind, passes }) => [from, to, kind, ...passes])
    expect(passed).toEqual([
      ['n2', 'n3', 'go', '1 (1)'],
      ['n3', 'n4', 'go', '1 (2)'],
      ['n4', 'n6', 'call', '1 (3)'],
      ['n4', 'n5', 'go', '1 (5)'],
      ['n6', 'n4', 'back', '1 (4)'],
    ])
    expect(notes.map(({ number, rule }) => [number, rule])).toEqual([
      [1, 'cancellation-forceable'],
      [2, 'ends-declared'],
    ])
    expect(
      groups[0]!.boxes.map(({ findings, worst }) => [findings, worst]).filter(([list]) => list!.length > 0),
    ).toEqual([[[1], 'error']])
  })

  test('draws a loop, and an end that is chosen', () => {
    const flow = flowOf({
      'paper.yaml': {
        title: 'Stop the paper',
        steps: [
          { id: 'ask', line: 2, ways: [{ line: 3, when: 'stop', go: 'offer' }] },
          {
            id: 'offer',
            line: 5,
            ways: [
              { line: 6, when: 'no', go: 'ask' },
              { line: 7, when: 'yes', transition: { outcome: 'kept' } },
            ],
          },
        ],
      },
    })
    const witness = [
      witnessStep('ask', 'ask', 2, { path: 'paper.yaml', choice: 'stop' }),
      witnessStep('offer', 'offer', 5, { path: 'paper.yaml', choice: 'no' }),
    ]
    const finding = { ...STRAIGHT, path: 'paper.yaml', witness, loopsTo: 0 }
    const loop = pictureOf(flow, { ...CLEAN, findings: [finding] })
    expect(loop.arrows.map(({ passes }) => passes)).toEqual([['1 (1)'], ['1 (2)'], []])
    const chosen = {
      ...STRAIGHT,
      path: 'paper.yaml',
      witness: [witness[0]!, { ...witness[1]!, choice: 'yes' }],
    }
    expect(pictureOf(flow, { ...CLEAN, findings: [chosen] }).arrows.map(({ passes }) => passes)).toEqual([
      ['1 (1)'],
      [],
      ['1 (2)'],
    ])
  })

  test('draws one file, and what it leads to in boxes of their own', () => {
    const { groups, loose, notes } = pictureOf(GYM_FLOW, RESULT, { path })
    expect(groups).toHaveLength(1)
    expect(loose.map(({ shape, title }) => [shape, title])).toEqual([
      ['missing', 'front desk: not found'],
      ['elsewhere', 'Ask (playbooks/survey.yaml)'],
    ])
    expect(notes).toHaveLength(2)
    expect(pictureOf(GYM_FLOW, RESULT, { path: SURVEY }).notes).toHaveLength(0)
  })
})

describe('graphMermaid', () => {
  test('the gym', () => {
    const text = graphMermaid(GYM_FLOW, RESULT)
    expect(text.slice(0, text.indexOf('  classDef'))).toMatchInlineSnapshot(`
      "flowchart TD
        subgraph p1["Leave Iron Hall (playbooks/gym.yaml)"]
          n1(["Greeting<br/><i>greeting</i>"]):::entry
          n2["⚠1 First offer<br/><i>retention-offer</i>"]:::error
          n3["Reason"]
          n4["Survey"]
          n5["Membership ended<br/><i>cancellation-processed</i><br/><i>cancellation-confirmed?</i>"]
          p1e1((("the customer stays"))):::finish
          p1e2((("cancelled"))):::finish
        end
        subgraph p2["Short survey (playbooks/survey.yaml)"]
          n6["Ask<br/><i>feedback-request</i>"]
          p2e1((("resolved"))):::finish
        end
        m1["front desk#58; not found"]:::missing
        subgraph findings["findings"]
          f1["⚠1 error,<br/>cancellation-forceable<br/>a customer who asks to cancel<br/>in #34;Greeting#34; cannot get it<br/>done if the agent goes on<br/>offering"]:::error
          f2["⚠2 info, ends-declared<br/>step #34;Front desk#34; ends without<br/>saying how"]:::info
        end
        n1 -->|"customer#58; #34;wants to end the<br/>membership#34; · cancel-request"| n2
        n1 -->|"otherwise #34;anything else#34;<br/>(customer)"| m1
        n2 -->|"customer#58; #34;accepts#34; ·<br/>offer-accepted"| p1e1
        n2 ==>|"⚠1 (1) customer#58; #34;declines#34;"| n3
        n2 -->|"customer#58; #34;insists#34; · not<br/>offered"| n5
        n3 ==>|"⚠1 (2) somebody#58; #34;it is green#34;"| n4
        n3 -->|"otherwise (somebody)"| n5
        n4 ==>|"⚠1 (3) call"| n6
        n4 ==>|"⚠1 (5)"| n5
        n5 --> p1e2
        n6 --> p2e1
        n6 ==>|"⚠1 (4) back"| n4
      "
    `)
    expect(text).toContain('linkStyle 3,5,7,8,11 stroke:#cf222e,stroke-width:4px')
    mermaidLabels(text)
  })

  test.each(ODD)('%s is well-formed', (_, flow, result) => {
    mermaidLabels(graphMermaid(flow, result))
  })

  test.each([
    'end',
    'direction TB',
    '1. first',
    '- item',
    '%%{init: {}}%%',
    '`md`',
    'a"b',
    'style x:#a;',
    '@{shape: x}',
    '#quot;',
    HOSTILE,
  ])('%j stays text', words => {
    const label = mermaidText(words)
    expect(label).not.toMatch(/["`<>%{}|[\]@:\\$]|direction\s|^\d+\.|^-|\u202e|\n/i)
    expect(label.replace(/#\d+;/g, '')).not.toMatch(/[#;]/)
    const shown = label.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    if (words !== HOSTILE) expect(shown).toBe(words)
  })

  test('says when it is too large to be drawn', () => {
    const steps = Array.from({ length: 502 }, (_, index) => ({
      id: `s${index}`,
      line: index + 1,
      ways: [{ line: index + 1, go: `s${index + 1}` }],
    }))
    const text = graphMermaid(flowOf({ 'large.yaml': { title: 'Large', steps } }), null)
    expect(text).toMatch(
      /^%% 502 arrows and \d+ characters: many viewers draw no more than 500 and 50000\n%% draw one/,
    )
    mermaidLabels(text)
  })
})

describe('graphDot', () => {
  test('the gym', () => {
    const text = graphDot(GYM_FLOW, RESULT)
    expect(
      text.slice(text.indexOf('  subgraph'), text.indexOf('  subgraph cluster_p2')),
    ).toMatchInlineSnapshot(`
      "  subgraph cluster_p1 {
          label="Leave Iron Hall (playbooks/gym.yaml)"
          color="#d0d7de"
          n1 [label="Greeting\\n• greeting", peripheries=2]
          n2 [label="⚠1 First offer\\n• retention-offer", fillcolor="#ffd7d5", color="#cf222e", penwidth=3]
          n3 [label="Reason"]
          n4 [label="Survey"]
          n5 [label="Membership ended\\n• cancellation-processed\\n• cancellation-confirmed?"]
          p1e1 [label="the customer stays", shape=oval, fillcolor="#eaeef2"]
          p1e2 [label="cancelled", shape=oval, fillcolor="#eaeef2"]
        }
      "
    `)
    expect(text).toContain('n4 -> n6 [label="⚠1 (3) call", style=dashed, color="#cf222e", penwidth=4]')
    expectDot(text)
  })

  test.each(ODD)('%s is well-formed', (_, flow, result) => {
    expectDot(graphDot(flow, result))
  })

  test('escapes what a label would obey', () => {
    expect(dotText(['say "\\N & <b>', 'two\n'])).toBe('"say \\"\\\\N &amp; <b>\\ntwo"')
  })
})

test('the same input gives the same bytes', () => {
  expect(graphMermaid(hostileFlow(), hostileResult())).toBe(graphMermaid(hostileFlow(), hostileResult()))
  expect(graphDot(GYM_FLOW, RESULT)).toBe(graphDot(GYM_FLOW, structuredClone(RESULT)))
})
