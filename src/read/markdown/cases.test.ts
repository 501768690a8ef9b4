// Every case of fixtures/read/markdown/*.cases: a piece of Markdown and how it must be read, as a small table.
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Document, Step, Target, Transition } from '../../model/playbook.ts'
import { readMarkdown } from './index.ts'

const folder = new URL('../../../fixtures/read/markdown/', import.meta.url)

type Case = { title: string; flags: string; markdown: string; reading: string }

/** `=== title {flags}`, the Markdown, `---- reading`, the table; flags: texts, playbooks, lines, problems, unread. */
function casesOf(text: string): Case[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map(part => {
      const [head = '', ...rest] = part.split('\n')
      const [markdown = '', reading = ''] = rest.join('\n').split(/^---- reading\n/m)
      const flags = /\{([^}]*)\}\s*$/.exec(head)?.[1] ?? ''
      return { title: head.replace(/\{[^}]*\}\s*$/, '').trim(), flags, markdown, reading: reading.trim() }
    })
}

function shownTarget(target: Target): string {
  const place =
    target.step ?? `${target.path ?? ''}${target.fragment === undefined ? '' : `#${target.fragment}`}`
  return target.playbook === undefined ? place : `${target.playbook}:${place}`
}

function shownTransition(transition: Transition): string {
  const parts = [
    transition.chooser ? `[${transition.chooser}]` : '',
    transition.otherwise ? 'otherwise' : '',
    transition.when && (!transition.otherwise || transition.when.text !== '') ? transition.when.text : '',
    transition.kind === 'go' ? '→' : '↓',
    transition.outcome ? `end ${transition.outcome}` : transition.to ? shownTarget(transition.to) : 'nowhere',
    transition.declaredActs ? `(${transition.declaredActs.map(act => act.act).join(', ')})` : '',
    transition.uncertain ? '?' : '',
  ]
  return `  ${parts.filter(part => part !== '').join(' ')}`
}

function shownStep(step: Step, flags: string): string[] {
  const line = flags.includes('lines') ? `${step.range.start.line} ` : ''
  const ending = step.outcome ? ` = ${step.outcome}` : step.impliedEnd ? ' .' : ''
  const acts = step.declaredActs ? ` (${step.declaredActs.map(act => act.act).join(', ')})` : ''
  const lines = [`${line}${step.id}${ending}${acts}${step.automated ? ' bot' : ''}`]
  if (flags.includes('titles')) lines[0] += ` "${step.title}"`
  if (flags.includes('texts'))
    for (const text of step.texts) lines.push(`  ${text.forbidden ? 'not' : text.voice}: ${text.text}`)
  if (step.wordsElsewhere !== undefined) lines.push(`  words of ${step.wordsElsewhere}`)
  if (step.call) lines.push(`  call ${shownTarget(step.call)}`)
  for (const reference of step.references ?? []) lines.push(`  see ${shownTarget(reference)}`)
  lines.push(...step.transitions.map(shownTransition))
  return lines
}

function shown(document: Document, flags: string): string {
  const lines: string[] = []
  for (const playbook of document.playbooks) {
    if (flags.includes('playbooks'))
      lines.push(`# ${playbook.title}${playbook.entry === undefined ? '' : ` entry=${playbook.entry}`}`)
    for (const step of playbook.steps) lines.push(...shownStep(step, flags))
  }
  if (document.failure) lines.push(`failure: ${document.failure.message}`)
  if (flags.includes('problems'))
    for (const problem of document.problems) lines.push(`${problem.range.start.line}: ${problem.message}`)
  if (flags.includes('unread'))
    for (const { range, reason } of document.unread) lines.push(`unread ${range.start.line}: ${reason}`)
  if (flags.includes('starts'))
    lines.push(`starts ${document.playbooks.flatMap(({ starts }) => starts.map(({ step }) => step))}`)
  if (flags.includes('anchors'))
    for (const [anchor, { step }] of document.anchors) lines.push(`#${anchor} ${step}`)
  return lines.join('\n')
}

for (const file of readdirSync(folder).filter(name => name.endsWith('.cases'))) {
  describe(file, () => {
    for (const { title, flags, markdown, reading } of casesOf(readFileSync(new URL(file, folder), 'utf8'))) {
      it(title, () => {
        expect(shown(readMarkdown('gym/desk.md', markdown), flags)).toBe(reading)
      })
    }
  })
}
