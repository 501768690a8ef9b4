// Linear temporal logic on finite traces, evaluated by its definition, and the published patterns in it: an oracle for the monitors.

import type { ScopeKind } from './monitor.ts'

/** A proposition by its letter, or an operator with its operands. `F` some time, `G` always, `U` until, `W` weak until. */
export type Formula =
  | string
  | ['not', Formula]
  | ['and' | 'or', ...Formula[]]
  | ['implies' | 'U' | 'W', Formula, Formula]
  | ['F' | 'G', Formula]

/** One event: the letters that hold there. */
export type Letters = ReadonlySet<string>

/** Whether the formula holds on the trace from index `i` on. By definition, exponential in the nesting. */
export function holds(f: Formula, trace: readonly Letters[], i = 0): boolean {
  if (typeof f === 'string') return i < trace.length && trace[i]!.has(f)
  const rest = Array.from({ length: Math.max(0, trace.length - i) }, (_, k) => i + k)
  switch (f[0]) {
    case 'not':
      return !holds(f[1], trace, i)
    case 'and':
      return f.slice(1).every(g => holds(g as Formula, trace, i))
    case 'or':
      return f.slice(1).some(g => holds(g as Formula, trace, i))
    case 'implies':
      return !holds(f[1], trace, i) || holds(f[2], trace, i)
    case 'F':
      return rest.some(j => holds(f[1], trace, j))
    case 'G':
      return rest.every(j => holds(f[1], trace, j))
    case 'U':
      for (const j of rest) {
        if (holds(f[2], trace, j)) return true
        if (!holds(f[1], trace, j)) return false
      }
      return false
    case 'W':
      return holds(['or', ['U', f[1], f[2]], ['G', f[1]]], trace, i)
  }
}

const not = (f: Formula): Formula => ['not', f]
const and = (...f: Formula[]): Formula => ['and', ...f]
const P = 'p'
const S = 's'
const Q = 'q'
const R = 'r'
const T = 't'
/** Where a segment opens and is closed later (between), or may stay open (after-until). */
const closed = and(Q, not(R), ['F', R])
const opened = and(Q, not(R))
const everyTime = (where: Formula, what: Formula): Formula => ['G', ['implies', where, what]]
const answered: Formula = ['implies', P, ['U', not(R), and(S, not(R))]]

/**
 * The mappings of Dwyer, Avrunin and Corbett, with two corrections found by testing (theory.md §4): precedence after
 * Q speaks of the first Q, and existence between Q and R is judged only where R comes. Pattern → scope → formula.
 */
export const PUBLISHED: Readonly<Record<string, Readonly<Record<string, Formula>>>> = {
  absence: {
    global: ['G', not(P)],
    before: ['implies', ['F', R], ['U', not(P), R]],
    after: everyTime(Q, ['G', not(P)]),
    between: everyTime(closed, ['U', not(P), R]),
    'after-until': everyTime(opened, ['W', not(P), R]),
  },
  existence: {
    global: ['F', P],
    before: ['W', not(R), and(P, not(R))],
    after: ['or', ['G', not(Q)], ['F', and(Q, ['F', P])]],
  },
  'existence each': {
    after: everyTime(Q, ['F', P]),
    between: everyTime(closed, ['U', not(R), and(P, not(R))]),
    'after-until': everyTime(opened, ['U', not(R), and(P, not(R))]),
  },
  precedence: {
    global: ['W', not(P), S],
    before: ['implies', ['F', R], ['U', not(P), ['or', S, R]]],
    after: ['W', not(Q), and(Q, ['W', not(P), S])],
  },
  'precedence each': {
    after: everyTime(Q, ['W', not(P), S]),
    between: everyTime(closed, ['U', not(P), ['or', S, R]]),
    'after-until': everyTime(opened, ['W', not(P), ['or', S, R]]),
  },
  response: {
    global: everyTime(P, ['F', S]),
    before: ['implies', ['F', R], ['U', answered, R]],
    after: everyTime(Q, everyTime(P, ['F', S])),
    between: everyTime(closed, ['U', answered, R]),
    'after-until': everyTime(opened, ['W', answered, R]),
  },
  chain: { global: everyTime(P, ['F', and(S, ['F', T])]) },
}

export type Segment = { from: number; to: number; closed: boolean }

/** The segments of a scope in a word, as index ranges; `closed` if what closes it has come. */
export function segments(word: readonly Letters[], scope: ScopeKind): Segment[] {
  const closes = scope !== 'global' && scope !== 'after'
  const found: Segment[] = []
  let from = scope === 'global' || scope === 'before' ? 0 : -1
  for (const [i, letters] of word.entries()) {
    if (from >= 0 && closes && letters.has('r')) {
      found.push({ from, to: i, closed: true })
      if (scope === 'before') return found
      from = -1
    } else if (from < 0 && letters.has('q') && !(closes && letters.has('r'))) from = i
  }
  if (from >= 0) found.push({ from, to: word.length, closed: false })
  return found
}
