// Checks that a path is one of the flow, and that the rule is broken on it: at once, at its end, or because nobody gets on.
import type { Proof, Reason } from '../model/certificate.ts'
import type { Ground } from './proof-ground.ts'
import { BEFORE_ALL, type Meaning } from './proof-memory.ts'

export type Path = Extract<Proof, { by: 'path' }>

/** That it begins at the entry, goes along ways of the flow, and comes back to where it says. */
export function flawOfWay(ground: Ground, path: readonly number[], loopsTo?: number): string | null {
  if (path[0] !== 0) return 'the path does not begin at the entry'
  for (const [i, v] of path.slice(1).entries())
    if (!ground.leads(path[i]!, v)) return `no way from ${path[i]} to ${v}`
  if (loopsTo !== undefined && !ground.leads(path.at(-1)!, path[loopsTo] ?? -1))
    return 'the loop does not close'
  return null
}

/** What is remembered after each vertex of a path. */
export function remembered(meaning: Meaning, path: readonly number[]): string[][] {
  let now = [BEFORE_ALL]
  return path.map(v => (now = [...new Set(now.flatMap(m => meaning.step(m, v)))]))
}

/**
 * Whether it must be so: in all readings of a doubt, where it is read for the script, in one of them, where against it.
 * Of several things that are watched one is enough.
 */
export function surely(ground: Ground, meaning: Meaning) {
  return ground.stance === 'trusting' && !meaning.watches
    ? (ms: string[], is: (m: string) => boolean) => ms.every(is)
    : (ms: string[], is: (m: string) => boolean) => ms.some(is)
}

/** How far a path may be gone in the stance: the number of its vertices up to the first that is only guessed. */
export function certainLength(ground: Ground, path: readonly number[]): number {
  const guessed = path.findIndex(v => !ground.passable(v))
  return guessed === -1 ? path.length : guessed
}

/** Where on the path the rule is first broken; -1 if it is not. */
export function brokenAt(ground: Ground, meaning: Meaning, path: readonly number[]): number {
  const must = surely(ground, meaning)
  const seen = remembered(meaning, path.slice(0, certainLength(ground, path)))
  return seen.findIndex((ms, i) => must(ms, m => meaning.fails(m, path[i]!)))
}

/** That the rule is broken on the path, or because nobody gets on from its end. */
export function flawOfBreach(
  ground: Ground,
  meaning: Meaning,
  path: readonly number[],
  because: Reason | undefined,
): string | null {
  if (brokenAt(ground, meaning, path) !== -1) return null
  if (meaning.duties === 0) return 'the rule is not broken on this path'
  if (!because || !('trapped' in because)) return 'the duty may still be met behind this path'
  if (certainLength(ground, path) < path.length) return 'the path goes over what was only guessed'
  const { uncertain, ending } = ground.unfolded
  const must = surely(ground, meaning)
  const trap = new Set(because.trapped.map(([v, m]) => `${v} ${m}`))
  const last = path.at(-1)!
  if (!must(remembered(meaning, path).at(-1)!, m => trap.has(`${last} ${m}`)))
    return 'the path does not end in the trap'
  for (const [v, m] of because.trapped) {
    if (!meaning.owes(m, because.duty) || ground.ends(v) || ending[v] === 4) return `no trap at ${v}`
    const all = ground.next(v)
    const ways = all.filter(u => !uncertain[u])
    if (ways.length === 0 || (ground.stance === 'trusting' && ways.length < all.length))
      return `the trap may be left at ${v}`
    if (!ways.every(u => must(meaning.step(m, u), after => trap.has(`${u} ${after}`))))
      return `the trap is left at ${v}`
  }
  return null
}
