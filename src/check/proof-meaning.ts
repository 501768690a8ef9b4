// What a rule means on a path, told a second time for checking certificates: shares nothing with the engine's monitors, on purpose.
import type { Memory } from '../model/certificate.ts'
import type { Flow } from '../model/flow.ts'
import type { Check, Condition, Scope } from '../model/rule.ts'
import { type Kinds, surety } from './proof-conditions.ts'

/** An unfolding as plain data. `ending`: 1 ends, 2 the text stops, 3 leads nowhere, 4 the target is not known. */
export type Unfolded = {
  event: ArrayLike<number>
  ending: ArrayLike<number>
  uncertain: ArrayLike<number>
  graph: { size: number; out: { starts: ArrayLike<number>; targets: ArrayLike<number> } }
}
export type Stance = 'suspicious' | 'trusting'

export type Meaning = {
  /** What may be remembered after a vertex, before which this was; several where the scope is in doubt. */
  step(before: Memory, v: number): Memory[]
  /** Whether a conversation may end with this in mind. */
  accepts(memory: Memory): boolean
  /** Whether it is the rule's business that one does not end, or go round for ever, without being accepted. */
  duty: boolean
  meets(condition: Condition, v: number, wanted: boolean): boolean
  next(v: number): number[]
  ends(v: number): boolean
  passable(v: number): boolean
  isStep(v: number): boolean
}

export const BEFORE_ALL: Memory = 'nothing'
export const isOpen = (memory: Memory) => memory.startsWith('open')

/** Undefined where the meaning of the check is not only one of paths. Throws on conditions that cannot be read here. */
export function meaningOf(
  flow: Flow,
  { event, ending, uncertain, graph }: Unfolded,
  check: Check,
  stance: Stance,
  kinds?: Kinds,
): Meaning | undefined {
  const rule = patternOf(check)
  if (!rule) return undefined
  const doubtful = stance === 'suspicious'
  const levels = new Map<string, Uint8Array>()
  const level = (condition: Condition, v: number, wanted: boolean): number => {
    const key = `${wanted} ${JSON.stringify(condition)}`
    let known = levels.get(key)
    if (!known) {
      const all = Array.from(event, e => surety(flow, e, condition, wanted, event[0]!, kinds))
      levels.set(key, (known = Uint8Array.from(all)))
    }
    return known[v]!
  }
  const meets = (condition: Condition, v: number, wanted: boolean) =>
    level(condition, v, wanted) >= (wanted ? (doubtful ? 3 : 1) : doubtful ? 2 : 3)
  const isStep = (v: number) => event[v]! < flow.steps.length
  const next = (v: number) => {
    const all: number[] = []
    for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++) all.push(graph.out.targets[e]!)
    return all
  }

  const { after, and_later, before, until, reopen } = rule.scope ?? {}
  const alternatives =
    after === undefined ? [] : typeof after === 'object' && 'any' in after ? after.any : [after]
  const repeated = alternatives.find((c): c is { again: string } => typeof c === 'object' && 'again' in c)
  const opening = alternatives.filter(c => c !== repeated)
  const closing = until ?? and_later ?? before
  const onlyIfClosed = and_later !== undefined || before !== undefined

  /** Certainly, perhaps, or not: a list of what may be so. */
  const maybe = (sure: number, unsure: boolean) => (sure === 3 ? [true] : unsure ? [false, true] : [false])

  return {
    duty: rule.duty,
    meets,
    next,
    isStep,
    passable: v => doubtful || !uncertain[v],
    ends(v) {
      if (ending[v] === 1 || ending[v] === 3) return true
      if (!doubtful) return false
      return ending[v] === 2 || (ending[v] !== 4 && next(v).length > 0 && next(v).every(u => uncertain[u]))
    },
    accepts(memory) {
      if (memory === 'broken') return false
      return !isOpen(memory) || onlyIfClosed || rule.accepts(Number(memory.split(' ')[1]))
    },
    step(memory, v) {
      if (memory === 'broken') return ['broken']
      const first = memory === BEFORE_ALL
      const words = first ? [after === undefined ? 'open' : 'closed', '0', '0'] : memory.split(' ')
      const [where, count, times] = [words[0]!, Number(words[1]), Number(words[2])]
      const repeats = repeated !== undefined && !isStep(v) && meets(repeated.again, v, false)
      let seen = repeats ? Math.max(times, 1) : times
      if (seen === 1 && isStep(v)) seen = 2
      const opens = Math.max(0, ...opening.map(c => level(c, v, false)))
      const closes = closing === undefined ? 0 : level(closing, v, true)
      const results = new Set<Memory>()
      for (const o of maybe(repeats && times === 2 ? 3 : opens, opens === 2))
        for (const c of maybe(closes, closes > 0 && closes < 3))
          results.add(leap(where, count, o, c, v) ?? `${where} ${count} ${seen}`)
      return [...results].map(m => (m === 'broken' || m.split(' ').length === 3 ? m : `${m} ${seen}`))
    },
  }

  /** Where the scope and the pattern go; null if nothing changes. */
  function leap(where: string, count: number, opens: boolean, closes: boolean, v: number): string | null {
    if (where === 'done') return null
    if (where === 'open' && closes) {
      if (!rule!.accepts(count)) return 'broken'
      return before !== undefined ? 'done 0' : 'closed 0'
    }
    if (where === 'closed' && (!opens || closes)) return null
    const anew = where === 'closed' || (reopen === 'each' && opens && !rule!.broken(count))
    const now = rule!.step(anew ? 0 : count, (condition, wanted) => meets(condition, v, wanted), isStep(v))
    return rule!.broken(now) && !onlyIfClosed ? 'broken' : `open ${now}`
  }
}

type PatternMeaning = {
  scope: Scope | undefined
  duty: boolean
  /** What is remembered of the segment so far, as a number; 0 at its beginning. */
  step(count: number, is: (condition: Condition, wanted: boolean) => boolean, isStep: boolean): number
  accepts(count: number): boolean
  broken(count: number): boolean
}

function patternOf(check: Check): PatternMeaning | undefined {
  const base = {
    scope: 'scope' in check ? check.scope : undefined,
    duty: false,
    accepts: () => true,
    broken: () => false,
  }
  switch (check.check) {
    case 'absence':
    case 'bound': {
      const most = check.check === 'bound' ? check.max : 0
      if (check.check === 'bound' && check.per !== undefined) return undefined
      const many = (n: number) => n > most
      return {
        ...base,
        step: (n, is) => (is(check.of, false) && !many(n) ? n + 1 : n),
        accepts: n => !many(n),
        broken: many,
      }
    }
    case 'existence':
      if (check.in === 'playbook' || check.in === 'project' || check.at !== undefined) return undefined
      return {
        ...base,
        duty: true,
        step: (n, is) => (n === 1 || is(check.of, true) ? 1 : 0),
        accepts: n => n === 1,
      }
    case 'precedence':
      if (check.only_where) return undefined
      return {
        ...base,
        // 0: not yet, 1: it may happen, 2: it happened too early.
        step: (n, is) => {
          const allowed = n === 1 || is(check.first, true)
          if (n === 2 || (is(check.before, false) && !allowed)) return 2
          return allowed && !(check.each && is(check.before, false)) ? 1 : 0
        },
        accepts: n => n < 2,
        broken: n => n === 2,
      }
    case 'response': {
      const { then, within } = check
      if (within === undefined)
        return {
          ...base,
          duty: true,
          // How many of the answers are owed, counted from the one that is due: n means that the n-th is waited for.
          step: (n, is) => {
            let due = is(check.to, false) ? 1 : n
            while (due > 0 && is(then[due - 1]!, true)) due = due === then.length ? 0 : due + 1
            return due
          },
          accepts: n => n === 0,
        }
      const late = within + 2
      return {
        ...base,
        duty: true,
        step: (n, is, isStep) => {
          if (n === late || (n === within + 1 && isStep)) return late
          const waited = n > 0 && isStep ? n + 1 : n
          const due = waited === 0 && is(check.to, false) ? 1 : waited
          return is(then[0]!, true) ? 0 : due
        },
        accepts: n => n === 0,
        broken: n => n === late,
      }
    }
    case 'reachable':
      return { ...base, step: () => 0 }
    case 'can_force': {
      if (check.at_most) return undefined
      const { from, to, released_by } = check
      return {
        ...base,
        scope: { after: from, until: released_by === undefined ? to : { any: [to, released_by] } },
        step: () => 0,
      }
    }
    default:
      return undefined
  }
}
