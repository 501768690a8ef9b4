// The register of suppressions, for people, for machines and for a spreadsheet.
import type { Finding } from '../model/finding.ts'
import { SUPPRESSION_STATES, type SuppressionEntry, type SuppressionState } from '../model/suppression.ts'
import type { Colour } from './context.ts'
import { rangeJson } from './finding-json.ts'
import { labelled, readable } from './label.ts'
import type { Span } from './layout.ts'
import { printed, safeJson, safeText } from './safe.ts'
import { count, placeOf, quoted } from './wording.ts'

const MOST_NAMED = 3

const STATE: Readonly<Record<SuppressionState, string>> = {
  active: 'active',
  stale: 'stale',
  expired: 'expired',
  malformed: 'malformed',
  'unknown-rule': 'unknown rule',
  unsuppressable: 'may not be suppressed',
  'not-checked': 'not checked',
}

/** `wayout suppressions`. `files`: how many were looked through. */
export function registerText(
  entries: readonly SuppressionEntry[],
  files: number,
  { colour, columns }: { colour: Colour; columns: number },
): string {
  const lines = entries.flatMap(entry => [...entryLines(entry, readable(columns), colour), ''])
  const states = SUPPRESSION_STATES.map(
    state => [entries.filter(entry => entry.state === state).length, STATE[state]] as const,
  ).filter(([number]) => number > 0)
  const parts = states.map(([number, words]) => `${number} ${words}`)
  const total = `${count(entries.length, 'suppression')} in ${count(files, 'file')}`
  return printed([...lines, parts.length > 0 ? `${total}: ${parts.join(', ')}` : total])
}

function entryLines(entry: SuppressionEntry, columns: number, colour: Colour): string[] {
  const { rule, place, state, problem, reason, until, owner, ticket, hides } = entry
  const holds = state === 'active' || state === 'not-checked'
  const lines: string[] = []
  const say = (label: string, spans: Span[]) => lines.push(...labelled(label, spans, columns, colour.cyan))
  const line = (label: string, text: string | null) => text && say(label, [{ text: safeText(text) }])
  const head = [
    { text: safeText(rule) || 'a suppression', paint: colour.bold },
    { text: STATE[state], paint: holds ? colour.green : colour.yellow, apart: true },
  ]
  lines.push(...labelled('', head, columns).map(text => text.trimStart()))
  line('at', placeOf(place.path, place.range.start.line))
  line('for', targetOf(entry))
  line('reason', reason)
  line('owner', owner)
  line('ticket', ticket)
  line('until', until)
  if (problem) say('problem', [{ text: safeText(problem.message), paint: colour.yellow }])
  for (const finding of hides.slice(0, MOST_NAMED)) line('hides', told(finding))
  if (hides.length > MOST_NAMED) say('', [{ text: `and ${hides.length - MOST_NAMED} more` }])
  return lines
}

function targetOf({ scope, target }: SuppressionEntry): string | null {
  if (target === '') return null
  if (scope === 'next-step') return `the step ${quoted(target)}`
  return scope === 'file' ? 'the file' : `files ${safeText(target)}`
}

const told = ({ path, range, message }: Finding) => `${placeOf(path, range.start.line)} ${safeText(message)}`

/** `wayout suppressions --format json`. */
export function registerJson(entries: readonly SuppressionEntry[], version: string): string {
  return `${safeJson({
    version: 1,
    tool: { name: 'wayout', version },
    suppressions: entries.map(
      ({ rule, state, place, scope, target, reason, owner, ticket, until, problem, hides }) => ({
        rule,
        state,
        path: place.path,
        range: rangeJson(place.range),
        scope,
        target,
        reason,
        owner,
        ticket,
        until,
        problem: problem?.message ?? null,
        fix: problem?.fix ?? null,
        hides: hides.map(({ path, range, step, severity, message, fingerprint }) => {
          return { path, range: rangeJson(range), step, severity, message, fingerprint }
        }),
      }),
    ),
  })}\n`
}

const COLUMNS = [
  'rule',
  'state',
  'path',
  'line',
  'scope',
  'target',
  'reason',
  'owner',
  'ticket',
  'until',
  'hides',
  'hidden findings',
  'problem',
]

/** `wayout suppressions --format csv`: a head, then a row for each rule of each suppression. */
export function registerCsv(entries: readonly SuppressionEntry[]): string {
  const rows = entries.map(({ place, problem, hides, ...entry }) => [
    entry.rule,
    entry.state,
    place.path,
    String(place.range.start.line),
    entry.scope,
    entry.target,
    entry.reason,
    entry.owner ?? '',
    entry.ticket ?? '',
    entry.until ?? '',
    String(hides.length),
    hides.map(told).join('; '),
    problem?.message ?? '',
  ])
  return [COLUMNS, ...rows].map(row => `${row.map(cell).join(',')}\n`).join('')
}

/** Quoted where it must be; what a spreadsheet would take for a formula is made text by a quote before it. */
function cell(text: string): string {
  const safe = safeText(text)
  const plain = /^[-=+@]/.test(safe) ? `'${safe}` : safe
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}
