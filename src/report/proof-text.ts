// `--prove` for people: at each entry the shortest ways out as one line of steps each, and what no rule looks at.
import type { EntryProof, Proofs } from '../model/proof.ts'
import type { Colour } from './context.ts'
import { decision, titleOf } from './dialogue.ts'
import { labelled, readable } from './label.ts'
import { hang, type Span, wrap } from './layout.ts'
import { safeText } from './safe.ts'
import { count, placeOf } from './wording.ts'

/** More steps than these are counted. */
const MOST_OVERLOOKED = 8

const GOAL: Readonly<Record<EntryProof['ways'][number]['to'], string>> = {
  cancellation: 'out',
  supervisor: 'upwards',
  'outage-notice': 'outage',
}
const MISSING: typeof GOAL = {
  cancellation: 'no way to a cancellation that is certain',
  supervisor: 'no way to a supervisor that is certain',
  'outage-notice': 'no outage is announced',
}

export function proofLines({ entries, coverage }: Proofs, columns: number, colour: Colour): string[] {
  const room = readable(columns)
  const lines = entries.flatMap(entry => [...entryLines(entry, room, colour), ''])
  const { steps, withAct, looked, overlooked } = coverage
  const sums = `${withAct} of ${count(steps, 'step')} with an act, ${looked} that a rule looks at`
  lines.push(...labelled('covered', [{ text: sums }], room, colour.cyan))
  if (overlooked.length === 0) return [...lines, '']
  const named = overlooked
    .slice(0, MOST_OVERLOOKED)
    .map(({ title, path, line }) => `"${safeText(title)}" (${placeOf(safeText(path), line)})`)
  const more = overlooked.length - named.length
  const text = `no rule would notice if these vanished: ${named.join(', ')}${more > 0 ? `, and ${more} more` : ''}`
  return [...lines, ...labelled('', [{ text, paint: colour.dim }], room), '']
}

function entryLines(
  { path, line, title, channel, ways }: EntryProof,
  columns: number,
  colour: Colour,
): string[] {
  const named = `${safeText(title)}${channel === null ? '' : ` (${channel})`}`
  const head: Span[] = [
    { text: named, paint: colour.bold },
    { text: placeOf(safeText(path), line), paint: colour.dim, apart: true },
  ]
  const lines = hang('from '.padEnd(9), wrap(head, columns - 9))
  for (const { to, witness } of ways) {
    const missing = to === 'outage-notice' ? colour.dim : colour.yellow
    const spans: Span[] = witness ? [] : [{ text: MISSING[to], paint: missing }]
    for (const [i, step] of (witness ?? []).entries()) {
      const isLast = i === witness!.length - 1
      const decided = decision(step)
      spans.push({ text: `${titleOf(step)} :${step.line}`, paint: colour.bold })
      if (decided !== '') spans.push({ text: `[${decided}]` })
      if (!isLast) spans.push({ text: '→' })
    }
    lines.push(...labelled(GOAL[to], spans, columns, colour.green))
  }
  return lines
}
