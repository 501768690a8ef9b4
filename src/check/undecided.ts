// A monitor that does not know whether its scope opens or closes here: it keeps every state it might be in.
import { CLOSES, MAY_CLOSE, MAY_OPEN, type Monitor, OPENS } from './monitor.ts'
import type { Stance } from './view.ts'

/**
 * Wraps a monitor so that letters may carry `MAY_OPEN` and `MAY_CLOSE`. Against the script (*suspicious*) the rule is
 * broken if it is in one of the possible states; for it (*trusting*) only if it is in all of them. Doubt about where a
 * scope begins cuts both ways, so that neither assuming that it does nor that it does not would be safe (theory.md §7).
 * States are numbered as they are met; there are few, because the wrapped states are.
 */
export function undecided(monitor: Monitor, stance: Stance): Monitor {
  const sets: number[][] = [[0]]
  const ids = new Map<string, number>([['0', 0]])
  const table = new Map<number, number>()
  const suspicious = stance === 'suspicious'
  const some = (state: number, holds: (inner: number) => boolean) => sets[state]!.some(holds)
  const every = (state: number, holds: (inner: number) => boolean) => sets[state]!.every(holds)

  function idOf(members: ReadonlySet<number>): number {
    const set = [...members].sort((a, b) => a - b)
    const key = set.join()
    let id = ids.get(key)
    if (id === undefined) {
      id = sets.length
      sets.push(set)
      ids.set(key, id)
    }
    return id
  }

  return {
    states: Number.POSITIVE_INFINITY,
    step(state, letters) {
      const key = state * 2 ** 31 + letters
      let next = table.get(key)
      if (next === undefined) {
        const members = new Set<number>()
        for (const read of readings(letters))
          for (const inner of sets[state]!) members.add(monitor.step(inner, read))
        next = idOf(members)
        table.set(key, next)
      }
      return next
    },
    accepts: state => (suspicious ? every(state, monitor.accepts) : some(state, monitor.accepts)),
    dead: state => (suspicious ? some(state, monitor.dead) : every(state, monitor.dead)),
    open: state =>
      suspicious
        ? some(state, monitor.open)
        : every(state, inner => monitor.open(inner) || monitor.dead(inner)),
  }
}

/** What the letters can mean: each doubt is so, or is not. */
function readings(letters: number): number[] {
  let all = [letters & ~(MAY_OPEN | MAY_CLOSE)]
  if (letters & MAY_OPEN) all = all.flatMap(l => [l, l | OPENS])
  if (letters & MAY_CLOSE) all = all.flatMap(l => [l, l | CLOSES])
  return all
}
