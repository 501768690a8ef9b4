// What a rule means on a path, told a second time for checking certificates: shares nothing with the engine's monitors, on purpose.
import type { Memory } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import type { Ground } from './proof-ground.ts'
import { BEFORE_ALL, isOpen, type Meaning } from './proof-memory.ts'
import { type PatternMeaning, patternOf } from './proof-patterns.ts'
import { watchOf } from './proof-watch.ts'

/** Undefined where the meaning of the check is not only one of paths. `partOf`: circles of the graph, if they matter. */
export function meaningOf(ground: Ground, check: Check, partOf?: (v: number) => number): Meaning | undefined {
  const pattern = patternOf(check)
  return pattern ? inScope(ground, pattern) : watchOf(ground, check, partOf)
}

function inScope({ meets, level, isStep, ends }: Ground, rule: PatternMeaning): Meaning {
  const { after, and_later, before, until, reopen } = rule.scope ?? {}
  const alternatives =
    after === undefined ? [] : typeof after === 'object' && 'any' in after ? after.any : [after]
  const repeated = alternatives.find((c): c is { again: string } => typeof c === 'object' && 'again' in c)
  const opening = alternatives.filter(c => c !== repeated)
  const closing = until ?? and_later ?? before
  const onlyIfClosed = and_later !== undefined || before !== undefined
  const countOf = (memory: Memory) => Number(memory.split(' ')[1])
  const owesAny = (count: number) => Array.from({ length: rule.duties }).some((_, j) => rule.owes(count, j))

  /** Certainly, perhaps, or not: a list of what may be so. */
  const maybe = (sure: number, unsure: boolean) => (sure === 3 ? [true] : unsure ? [false, true] : [false])

  return {
    watches: false,
    duties: rule.at === undefined ? rule.duties : 0,
    owes: (memory, duty) => isOpen(memory) && !onlyIfClosed && rule.owes(countOf(memory), duty),
    fails(memory, v) {
      const isLeft = isOpen(memory) && !onlyIfClosed && owesAny(countOf(memory))
      if (rule.at !== undefined) return ends(v) && meets(rule.at, v, false) && (isLeft || memory === 'broken')
      return memory === 'broken' || (ends(v) && isLeft)
    },
    asks(memory, v) {
      if (!isOpen(memory) && memory !== 'broken') return false
      if (rule.at !== undefined && !meets(rule.at, v, false)) return false
      return rule.asks?.(condition => meets(condition, v, false)) ?? true
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
      if (rule.broken(count) || owesAny(count)) return 'broken'
      return before !== undefined ? 'done 0' : 'closed 0'
    }
    if (where === 'closed' && (!opens || closes)) return null
    const anew = where === 'closed' || (reopen === 'each' && opens && !rule.broken(count))
    const now = rule.step(anew ? 0 : count, (condition, wanted) => meets(condition, v, wanted), isStep(v))
    return rule.broken(now) && !onlyIfClosed ? 'broken' : `open ${now}`
  }
}
