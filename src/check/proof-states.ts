// Checks that a set of states is everything that can happen, and that nothing in it breaks the rule.
import type { State } from '../model/certificate.ts'
import type { Ground } from './proof-ground.ts'
import { BEFORE_ALL, type Meaning } from './proof-memory.ts'

/**
 * The set contains the start, all that can follow, and nothing that breaks the rule; nothing that is owed is owed for ever:
 * from every such state a certain way leads nearer to one in which it is met. `asks`: nor is there anything to judge.
 */
export function flawOfStates(
  ground: Ground,
  meaning: Meaning,
  list: readonly State[],
  asks?: (memory: string, v: number) => boolean,
): string | null {
  const { ending, uncertain } = ground.unfolded
  const states = new Map(list.map(state => [`${state[0]} ${state[1]}`, state]))
  const has = (v: number, memories: string[]) => memories.every(m => states.has(`${v} ${m}`))
  if (!has(0, meaning.step(BEFORE_ALL, 0))) return 'the start is missing'
  for (const [v, memory, ...away] of states.values()) {
    if (meaning.fails(memory, v)) return `broken at ${v}`
    if (asks?.(memory, v)) return `there is something to judge at ${v}`
    const ways = ground.next(v).map(u => ({ u, after: meaning.step(memory, u) }))
    if (!ways.every(({ u, after }) => has(u, after))) return `not closed at ${v}`
    for (let duty = 0; duty < meaning.duties; duty++) {
      if (!meaning.owes(memory, duty) || ending[v] === 4) continue
      const isNearer = (u: number, m: string) => {
        const [, , ...there] = states.get(`${u} ${m}`)!
        return !meaning.owes(m, duty) || (there[duty]! >= 0 && there[duty]! < away[duty]!)
      }
      if (!ways.some(({ u, after }) => !uncertain[u] && after.every(m => isNearer(u, m))))
        return `no way to meet the duty from ${v}`
    }
  }
  return null
}

/** Whether these numbers tell the circles of the graph: which vertices lie on one with each other, and which do not. */
export function flawOfCircles(
  ground: Ground,
  circles: readonly (readonly [number, number, number])[],
  isWay: (v: number, u: number) => boolean = () => true,
): string | null {
  if (circles.length !== ground.size) return 'the circles are not those of this graph'
  const centres = new Set<number>()
  const returns = new Uint8Array(ground.size)
  const comes = new Uint8Array(ground.size)
  for (const [v, [circle, back, forth]] of circles.entries()) {
    if (back === 0 || forth === 0) {
      if (back !== forth || centres.has(circle)) return `two centres of one circle: ${v}`
      centres.add(circle)
      returns[v] = comes[v] = 1
    }
    for (const u of ground.next(v)) {
      if (!isWay(v, u)) continue
      const [other, nearer, further] = circles[u]!
      if (other > circle) return `the circle at ${v} is left for a higher one`
      if (other !== circle) continue
      if (nearer < back) returns[v] = 1
      if (forth < further) comes[u] = 1
    }
  }
  const alone = circles.findIndex((_, v) => !returns[v] || !comes[v])
  return alone === -1 ? null : `not on that circle: ${alone}`
}
