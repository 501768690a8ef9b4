// Monitors: small automata that watch a path inside a scope and know when a rule is broken (theory.md §3–4).

/**
 * What the monitor sees of one event. The low four bits belong to the scope, those from `LETTER` on to the pattern:
 * `LETTER` is its first condition, `LETTER << 1` its second, and so on.
 */
export const OPENS = 1
export const CLOSES = 2
export const REPEATS = 4
export const IS_STEP = 8
export const LETTER = 16
/** It is in doubt whether the scope opens or closes here; only `undecided` understands these. */
export const MAY_OPEN = 1 << 29
export const MAY_CLOSE = 1 << 30

/** A pattern watches one segment of a path. States are small numbers; 0 is the initial one. */
export type Pattern = {
  states: number
  step(state: number, letters: number): number
  /** Whether the segment may end in this state. */
  accepts(state: number): boolean
  /** Whether nothing can repair the segment any more. */
  dead(state: number): boolean
  /** The state of one who begins to watch at this event, where each event may have to be watched for itself. */
  afresh?(letters: number): number
}

export function absence(): Pattern {
  return {
    states: 2,
    step: (q, l) => (q === 1 || l & LETTER ? 1 : 0),
    accepts: q => q === 0,
    dead: q => q === 1,
  }
}

export function existence(): Pattern {
  return {
    states: 2,
    step: (q, l) => (q === 1 || l & LETTER ? 1 : 0),
    accepts: q => q === 1,
    dead: () => false,
  }
}

/** At most `max` events. */
export function bound(max: number): Pattern {
  return {
    states: max + 2,
    step: (q, l) => Math.min(q + (l & LETTER ? 1 : 0), max + 1),
    accepts: q => q <= max,
    dead: q => q > max,
  }
}

/** First letter: what must come first; second: before what. `each`: afresh before every one. Both at once is in order. */
export function precedence(each = false): Pattern {
  return {
    states: 3,
    step(q, l) {
      if (q === 2) return 2
      const allowed = l & LETTER ? 1 : q
      if (!(l & (LETTER << 1))) return allowed
      if (allowed === 0) return 2
      return each ? 0 : 1
    },
    accepts: q => q !== 2,
    dead: q => q === 2,
  }
}

/**
 * First letter: the trigger; the others must follow in order, each on the same event or later. State i waits for the i-th.
 * It watches one trigger at a time: one that comes while another is waited for has a duty of its own (`afresh`), because
 * what the first has got already does not count for it.
 */
export function response(count: number): Pattern {
  const onward = (state: number, l: number) => {
    let waiting = state
    while (waiting > 0 && l & (LETTER << waiting)) waiting = waiting < count ? waiting + 1 : 0
    return waiting
  }
  const begin = (l: number) => (l & LETTER ? onward(1, l) : 0)
  return {
    states: count + 1,
    step: (q, l) => (q > 0 ? onward(q, l) : begin(l)),
    afresh: begin,
    accepts: q => q === 0,
    dead: () => false,
  }
}

/** The second letter must follow the first within `steps` further steps (0: on the same step or its choices). */
export function responseWithin(steps: number): Pattern {
  const late = steps + 2
  return {
    states: steps + 3,
    step(q, l) {
      if (q === late) return late
      let state = q > 0 && l & IS_STEP ? q + 1 : q
      if (state > steps + 1) return late
      if (l & LETTER && state === 0) state = 1
      return l & (LETTER << 1) ? 0 : state
    },
    accepts: q => q === 0,
    dead: q => q === late,
  }
}

/** A pattern that only watches: for where a scope is open, not for what happens in it. */
export const watching: Pattern = { states: 1, step: () => 0, accepts: () => true, dead: () => false }

export type ScopeKind = 'global' | 'after' | 'after-until' | 'between' | 'before'

/** A pattern inside a scope. States are numbers below `states`; 0 is the initial one. */
export type Monitor = {
  states: number
  /** `v` and the vertex `before` it (-1: none), for what is not seen from letters. */
  step(state: number, letters: number, v?: number, before?: number): number
  /** As of a pattern; only where the scope is the whole path. */
  afresh?(letters: number): number
  /** Whether a path may end here. */
  accepts(state: number): boolean
  /** Whether the rule is broken for good. */
  dead(state: number): boolean
  /** Whether a segment is open (the rule is looking). */
  open(state: number): boolean
}

/**
 * Composes a pattern with a scope. A segment opens on the opening event (inclusive) and closes before the closing one.
 * `again` adds a memory for conditions of the form "the request is repeated": an event with `REPEATS` opens the
 * scope if one was seen before and a step lies between. `REPEATS` is for choices only: a heading that names the
 * request is no second request. Transitions are tabulated on first use.
 */
export function monitorOf(
  pattern: Pattern,
  kind: ScopeKind,
  again = false,
  reopen: 'first' | 'each' = 'first',
): Monitor {
  const closed = 0
  const inside = 1 // pattern states follow: inside + q
  const done = inside + pattern.states
  const broken = done + 1
  const perMemory = broken + 1
  const memories = again ? 3 : 1
  const startsOpen = kind === 'global' || kind === 'before'
  const judgedOnlyWhenClosed = kind === 'between' || kind === 'before'

  const leap = (scoped: number, letters: number): number => {
    if (scoped === broken || scoped === done) return scoped
    let q = scoped - inside
    if (scoped !== closed && kind !== 'global' && kind !== 'after' && letters & CLOSES) {
      if (!pattern.accepts(q)) return broken
      return kind === 'before' ? done : closed
    }
    if (scoped === closed) {
      if (!(letters & OPENS) || (kind !== 'after' && letters & CLOSES)) return closed
      q = 0
    } else if (reopen === 'each' && letters & OPENS && !pattern.dead(q)) q = 0
    q = pattern.step(q, letters)
    return pattern.dead(q) && !judgedOnlyWhenClosed ? broken : inside + q
  }

  const { afresh } = pattern
  /** By state and letters, what follows. */
  const table: (number | undefined)[][] = []
  const initial = startsOpen ? inside : closed
  // State 0 must be the initial one: swap `closed` and `inside` where the scope starts open.
  const rename = (s: number) => (s === initial ? 0 : s === 0 ? initial : s)

  return {
    states: perMemory * memories,
    step(state, letters) {
      table[state] ??= []
      const row = table[state]
      let next = row[letters]
      if (next === undefined) {
        const memory = Math.floor(state / perMemory)
        let seen = letters
        if (again && letters & REPEATS && memory === 2) seen |= OPENS
        const scoped = leap(rename(state % perMemory), seen)
        let remembered = memory
        if (again) {
          if (letters & REPEATS) remembered = Math.max(memory, 1)
          if (remembered === 1 && letters & IS_STEP) remembered = 2
        }
        next = remembered * perMemory + rename(scoped)
        row[letters] = next
      }
      return next
    },
    accepts(state) {
      const scoped = rename(state % perMemory)
      if (scoped === broken) return false
      if (scoped === closed || scoped === done || judgedOnlyWhenClosed) return true
      return pattern.accepts(scoped - inside)
    },
    dead: state => rename(state % perMemory) === broken,
    open(state) {
      const scoped = rename(state % perMemory)
      return scoped >= inside && scoped < done
    },
    ...(afresh && kind === 'global' && { afresh: (letters: number) => rename(inside + afresh(letters)) }),
  }
}
