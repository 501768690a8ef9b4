// The register of suppressions: one entry for each rule of each suppression, what it says and whether it holds.
import { didYouMean } from '../model/nearest.ts'
import { comparePoints, type Place } from '../model/position.ts'
import type { SuppressionEntry, SuppressionState } from '../model/suppression.ts'
import { isDirective, parseDirective, type Terms } from './directive.ts'
import { type FileOnRecord, isAtHead, nextBehind, type Outline } from './target.ts'

/** A suppression of the configuration, for the files that its patterns name. */
export type Configured = Terms & {
  place: Place
  files: readonly string[]
  matches(path: string): boolean
  /** Whether all files were looked at that it may hold for; else it is never stale. */
  isCovered: boolean
}

/** What decides whether a suppression may hold at all. */
export type Limits = {
  /** The ids of all rules that exist. */
  known: ReadonlySet<string>
  /** Rules that the configuration lets nobody suppress. */
  unsuppressable: ReadonlySet<string>
  /** The day of the run, `YYYY-MM-DD`; without it nothing expires. */
  today: string | undefined
}

/** Honesty about reading and about suppressions is nobody's to switch off. */
const NEVER = new Set(['syntax', 'suppressions-valid'])

/** An entry of a comment, and the lines it holds for: what begins or stands there. Null: the whole file. */
export type Placed = { entry: SuppressionEntry; lines: readonly number[] | null }

export function entriesOf(file: FileOnRecord, outline: Outline, limits: Limits): Placed[] {
  return file.comments
    .filter(({ text }) => isDirective(text))
    .flatMap(({ text, range }): Placed[] => {
      const place = { path: file.path, range }
      const refused = (
        scope: SuppressionEntry['scope'],
        terms: Terms,
        message: string,
        fix: string,
      ): Placed => {
        const entry = entryOf(scope, place, '', terms, terms.rules.join(', '))
        return { entry: { ...entry, state: 'malformed', problem: { message, fix } }, lines: null }
      }
      const read = parseDirective(text)
      if ('problem' in read) return [refused('next-step', { rules: [], reason: '' }, read.problem, read.fix)]
      const { directive } = read
      if (directive.scope === 'file') {
        if (isAtHead(outline, range.start, file.format)) return placed('file', file.path, null)
        const message = 'a suppression for the file stands at its head, before the first step'
        return [refused('file', directive, message, 'move it up, or write "wayout-disable-next-step"')]
      }
      const next = nextBehind(outline, range.end)
      // What stands right below it counts too: a link inside of a step, say.
      if (next) return placed('next-step', next.title, [...new Set([next.at.line, range.end.line + 1])])
      const message = 'no step follows the suppression "wayout-disable-next-step"'
      return [refused('next-step', directive, message, 'move it to before the step')]

      function placed(scope: SuppressionEntry['scope'], target: string, lines: Placed['lines']): Placed[] {
        return directive.rules.map(rule => ({
          entry: judged(entryOf(scope, place, target, directive, rule), limits),
          lines,
        }))
      }
    })
}

/** The entries of the configuration, each with the files it holds for. */
export function configuredEntries(configured: readonly Configured[], limits: Limits) {
  return configured.flatMap(one =>
    one.rules.map(rule => ({
      entry: judged(entryOf('files', one.place, one.files.join(', '), one, rule), limits),
      holdsFor: one.matches,
      isCovered: one.isCovered,
    })),
  )
}

function entryOf(
  scope: SuppressionEntry['scope'],
  place: Place,
  target: string,
  { reason, until, owner, ticket }: Terms,
  rule: string,
): SuppressionEntry {
  return {
    rule,
    scope,
    place,
    target,
    reason,
    until: until ?? null,
    owner: owner ?? null,
    ticket: ticket ?? null,
    state: 'not-checked',
    problem: null,
    hides: [],
  }
}

/** Finds what keeps an entry from holding. */
function judged(entry: SuppressionEntry, { known, unsuppressable, today }: Limits): SuppressionEntry {
  const { rule, until } = entry
  const fails = (state: SuppressionState, message: string, fix: string) => ({
    ...entry,
    state,
    problem: { message, fix },
  })
  if (!known.has(rule)) {
    const hint = didYouMean(rule, known)
    return fails(
      'unknown-rule',
      `unknown rule "${rule}" in a suppression${hint}`,
      hint === ''
        ? '"wayout rules" lists the rules'
        : 'write the name of the rule, or delete the suppression',
    )
  }
  if (NEVER.has(rule))
    return fails('unsuppressable', `"${rule}" cannot be suppressed`, 'repair what it finds')
  if (unsuppressable.has(rule)) {
    const message = `"${rule}" cannot be suppressed: it falls under "unsuppressable" of the configuration`
    return fails(
      'unsuppressable',
      message,
      'repair what it finds, or talk to those who keep the configuration',
    )
  }
  if (until !== null && today !== undefined && until < today) {
    const message = `the suppression of "${rule}" has expired, it held until ${until}`
    return fails('expired', message, 'repair what it hid, or agree on a new day and write it down')
  }
  return entry
}

/** An entry that nothing was found for. */
export function asStale(entry: SuppressionEntry): void {
  entry.state = 'stale'
  const where =
    entry.scope === 'next-step' ? `"${entry.target}"` : entry.scope === 'file' ? 'this file' : 'these files'
  const message = `the suppression of "${entry.rule}" hides nothing: the rule finds nothing in ${where}`
  entry.problem = { message, fix: 'delete the suppression, so that it cannot hide what comes later' }
}

/** By path, place and rule. */
export function inOrder(a: SuppressionEntry, b: SuppressionEntry): number {
  const [p, q] = [a.place, b.place]
  return compare(p.path, q.path) || comparePoints(p.range.start, q.range.start) || compare(a.rule, b.rule)
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
