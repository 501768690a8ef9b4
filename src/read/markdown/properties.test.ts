// What must hold of any reading, whatever the text: it never throws, ranges lie in the text, ids are unique, targets resolve.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../fuzz.test-data.ts'
import type { Document, Step } from '../../model/playbook.ts'
import { comparePoints, pointAt, type Range } from '../../model/position.ts'
import { readMarkdown } from './index.ts'

const settings = runs(102, 300)
const roots = [
  { prefix: '/help', folder: 'help' },
  { prefix: 'https://gym.example/', folder: '..' },
]

const WORDS = [
  'the customer',
  'wants to cancel',
  'If',
  'Otherwise',
  ', ',
  '. ',
  ': ',
  '?',
  'go to',
  'step 2',
  '**Offer**',
  '[Bye](#bye)',
  'Follow the [leaving workflow](/help/leave.html#%E0)',
  'go to [Desk](https://gym.example/help/?a#b)',
  '[Map](/map.png)',
  'Offer',
  'end: kept',
  'close the ticket',
  'Say:',
  '"Hello there, you"',
  'Tell',
  'Ask',
  'unless',
  'when',
  'yes',
  'no',
  '→',
  '`code`',
  '&amp;',
  '\\*',
  '<!-- wayout: hold max=5 -->',
  '<!-- wayout: end kept -->',
  '<!--',
  '![x](y.png)',
  '<b>',
  '{: .x}',
  '{% link a.md %}',
  'и если',
  'nếu',
  '😀',
  'İ',
]
const LINES = [
  '# ',
  '## ',
  '### Step 1: ',
  '- ',
  '1. ',
  '2. ',
  '   - ',
  '  1. ',
  '> ',
  '',
  '',
  '```\n',
  '    ',
  '| a | b |\n| - | - |\n| If x | go to Offer |\n',
  '**If ',
  '---\n',
  '<details>\n',
  '<summary>Reply</summary>\n',
  '</details>\n',
  '```mermaid\ngraph TD\nA-->B\n```\n',
  '\t',
]

const sentence = fc
  .array(fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 6 })), { maxLength: 12 })
  .map(parts => parts.join(' '))
const line = fc
  .tuple(fc.constantFrom(...LINES), sentence, fc.constantFrom('\n', '\n\n', '\r\n', '**\n'))
  .map(parts => parts.join(''))
const page = fc.array(line, { maxLength: 40 }).map(lines => lines.join(''))

function rangesOf(document: Document): Range[] {
  const steps = document.playbooks.flatMap(playbook => playbook.steps)
  return [
    ...document.playbooks.map(playbook => playbook.range),
    ...steps.map(step => step.range),
    ...steps.flatMap(step =>
      step.transitions.flatMap(transition => [
        transition.range,
        ...(transition.to ? [transition.to.range] : []),
      ]),
    ),
    ...steps.flatMap(step => (step.references ?? []).map(reference => reference.range)),
    ...document.problems.map(problem => problem.range),
    ...document.unread.map(unread => unread.range),
    ...document.comments.map(comment => comment.range),
  ]
}

describe('any reading', () => {
  it('never throws, and every range lies in the text', () => {
    fc.assert(
      fc.property(page, text => {
        const document = readMarkdown('a/b.md', text, { roots })
        const lines = text.split('\n')
        for (const { start, end } of rangesOf(document)) {
          expect(comparePoints(start, end)).toBeLessThanOrEqual(0)
          expect(start.line).toBeGreaterThanOrEqual(1)
          expect(end.line).toBeLessThanOrEqual(lines.length)
          expect(start.column).toBeLessThanOrEqual(lines[start.line - 1]!.length + 1)
          expect(end.column).toBeLessThanOrEqual(lines[end.line - 1]!.length + 1)
        }
      }),
      settings,
    )
  })

  it('has unique ids, starts that exist, and targets that are steps, places or dangling words', () => {
    fc.assert(
      fc.property(page, text => {
        const { playbooks, anchors } = readMarkdown('a/b.md', text)
        const ids = playbooks.map(playbook => new Set(playbook.steps.map(step => step.id)))
        for (const [i, playbook] of playbooks.entries()) {
          expect(ids[i]!.size).toBe(playbook.steps.length)
          for (const start of playbook.starts) expect(ids[i]!.has(start.step)).toBe(true)
          for (const { transitions } of playbook.steps) {
            for (const { to, outcome } of transitions) {
              expect((to === undefined) !== (outcome === undefined)).toBe(true)
              if (to?.playbook !== undefined) expect(ids[to.playbook]!.has(to.step!)).toBe(true)
            }
          }
        }
        for (const { playbook, step } of anchors.values())
          if (step !== null) expect(ids[playbook]!.has(step)).toBe(true)
      }),
      settings,
    )
  })

  it('takes every character of a text from where its marks say', () => {
    fc.assert(
      fc.property(page, text => {
        const lines = text.split('\n')
        for (const step of readMarkdown('a/b.md', text).playbooks.flatMap(playbook => playbook.steps)) {
          for (const excerpt of [
            ...step.texts,
            ...step.transitions.flatMap(({ when }) => (when ? [when] : [])),
          ]) {
            for (let i = 0; i < excerpt.text.length; i++) {
              const there = pointAt(excerpt, i)
              const found = lines[there.line - 1]?.[there.column - 1]
              const here = excerpt.text[i]!
              // Entities, line breaks and separators between joined items are not in the text as such.
              if (/[\s;&]/.test(here) || found === '&' || found === undefined) continue
              expect(found).toBe(here)
            }
          }
        }
      }),
      settings,
    )
  })
})

describe('positions', () => {
  const text =
    '# Desk\r\n\r\n1. Ask for the\r\n   card &amp; the \\*name\\*.\r\n2. If the **card** is lost, go to step 1.\r\n'
  const steps = readMarkdown('desk.md', text).playbooks[0]!.steps
  const lines = text.split('\n')
  const cutOut = ({ start, end }: Range) =>
    start.line === end.line
      ? lines[start.line - 1]!.slice(start.column - 1, end.column - 1)
      : [
          lines[start.line - 1]!.slice(start.column - 1),
          ...lines.slice(start.line, end.line - 1),
          lines[end.line - 1]!.slice(0, end.column - 1),
        ].join('\n')
  const step = (i: number): Step => steps[i]!

  it('points at what the author would point at', () => {
    expect(cutOut(step(0).range)).toBe('Ask for the\r\n   card &amp; the \\*name\\*.')
    expect(cutOut(step(0).transitions[0]!.range)).toBe('If the **card** is lost, go to step 1.')
    expect(cutOut(step(0).transitions[0]!.to!.range)).toBe('step 1')
  })

  it('folds lines, entities and escapes without losing its place', () => {
    expect(step(0).texts[1]!.text).toBe('Ask for the card & the *name*.')
    expect(pointAt(step(0).texts[1]!, 'Ask for the card & '.length)).toEqual({ line: 4, column: 15 })
  })
})
