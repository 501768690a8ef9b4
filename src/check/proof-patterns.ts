// What each primitive asks of a stretch of a path, told a second time for checking certificates: shares nothing with the engine.
import type { Check, Condition, Scope } from '../model/rule.ts'

/** What is remembered of a stretch is a number; 0 at its beginning. */
export type PatternMeaning = {
  scope?: Scope | undefined
  /** How many things can be owed at once, each of which must be met some day. */
  duties: number
  step(count: number, is: (condition: Condition, wanted: boolean) => boolean, isStep: boolean): number
  owes(count: number, duty: number): boolean
  broken(count: number): boolean
  /** Whether there is anything for the rule to judge at this event of the stretch; by default there always is. */
  asks?(is: (condition: Condition) => boolean): boolean
  /** Where a path must end to be judged. */
  at?: Condition
}

/** Undefined where the check is not one of stretches of a path. */
export function patternOf(check: Check): PatternMeaning | undefined {
  const base = {
    scope: 'scope' in check ? check.scope : undefined,
    duties: 0,
    owes: () => false,
    broken: () => false,
  }
  switch (check.check) {
    case 'absence':
    case 'bound': {
      if (check.check === 'bound' && check.per !== undefined) return undefined
      const most = check.check === 'bound' ? check.max : 0
      const isScoped = check.check === 'absence' && check.scope !== undefined
      return {
        ...base,
        step: (n, is) => (is(check.of, false) && n <= most ? n + 1 : n),
        broken: n => n > most,
        asks: is => isScoped || is(check.of),
      }
    }
    case 'attribute': {
      const { on, or, max } = check
      const require = Object.fromEntries(
        Object.entries(check.require).map(([name, asked]) => {
          const isLimit = typeof asked === 'object' && asked !== null && 'at_most' in asked
          return [name, isLimit && max !== undefined ? { at_most: max } : asked]
        }),
      )
      const enough = { any: namedIn(on).map(act => ({ act, where: require })) }
      return {
        ...base,
        step: (n, is) => (is(on, false) && !is(enough, true) && !(or && is(or, true)) ? 1 : n),
        broken: n => n === 1,
        asks: is => is(on),
      }
    }
    case 'existence': {
      if (check.in === 'playbook' || check.in === 'project') return undefined
      const once: PatternMeaning = {
        ...base,
        duties: 1,
        step: (n, is) => (n === 1 || is(check.of, true) ? 1 : 0),
        owes: n => n === 0,
      }
      return check.at === undefined ? once : { ...once, at: check.at }
    }
    case 'precedence':
      return {
        ...base,
        // 0: not yet, 1: it may happen, 2: it happened too early.
        step: (n, is) => {
          const allowed = n === 1 || is(check.first, true)
          if (n === 2 || (is(check.before, false) && !allowed)) return 2
          return allowed && !(check.each && is(check.before, false)) ? 1 : 0
        },
        broken: n => n === 2,
        asks: is => is(check.before),
      }
    case 'response':
      return check.within === undefined ? chain(check) : inTime(check, check.within)
    case 'reachable':
      return { ...base, step: () => 0 }
    case 'can_force': {
      if (check.at_most) return undefined
      const { from, to, released_by } = check
      const until = released_by === undefined ? to : { any: [to, released_by] }
      return { ...base, scope: { after: from, until }, step: () => 0 }
    }
    default:
      return undefined
  }
}

type Response = Extract<Check, { check: 'response' }>

/** Every answer that is waited for by anybody, as bits: bit i for the one of index i. */
function chain({ to, then }: Response): PatternMeaning {
  return {
    duties: then.length,
    step(owed, is) {
      let now = is(to, false) ? owed | 1 : owed
      for (const [i, answer] of then.entries()) {
        const bit = 2 ** i
        if (!(now & bit) || !is(answer, true)) continue
        now &= ~bit
        if (i + 1 < then.length) now |= bit * 2
      }
      return now
    },
    owes: (owed, i) => (owed & (2 ** i)) !== 0,
    broken: () => false,
    asks: is => is(to),
  }
}

function inTime({ to, then }: Response, within: number): PatternMeaning {
  const late = within + 2
  return {
    duties: 1,
    step(n, is, isStep) {
      if (n === late || (n === within + 1 && isStep)) return late
      const waited = n > 0 && isStep ? n + 1 : n
      const due = waited === 0 && is(to, false) ? 1 : waited
      return is(then[0]!, true) ? 0 : due
    },
    owes: n => n !== 0,
    broken: n => n === late,
    asks: is => is(to),
  }
}

function namedIn(condition: Condition): string[] {
  if (typeof condition === 'string') return [condition]
  if ('any' in condition) return condition.any.flatMap(namedIn)
  return 'act' in condition ? [condition.act] : []
}
