// Everything that can happen, as states, for certificates: with how far each is from where a duty is met, and traps in which it is not.
import { BROKEN, MOST_VERTICES } from '../flow/unfold.ts'
import type { Reason, State } from '../model/certificate.ts'
import type { Ground } from './proof-ground.ts'
import { BEFORE_ALL, type Meaning } from './proof-memory.ts'

/** All states that can be reached; undefined if there are too many. Linear in them. */
export function statesOf(ground: Ground, meaning: Meaning): State[] | undefined {
  const states: State[] = []
  const ids = new Map<string, number>()
  /** What follows by one way on: from a state, over a vertex, to any of these. */
  const groups: { from: number; over: number; to: number[] }[] = []
  const enter = (v: number, memory: string): number => {
    const key = `${v} ${memory}`
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, states.length)
    return states.push([v, memory]) - 1
  }
  for (const memory of meaning.step(BEFORE_ALL, 0)) enter(0, memory)
  for (let id = 0; id < states.length; id++) {
    if (states.length > MOST_VERTICES) return undefined
    const [v, memory] = states[id]!
    for (const u of ground.next(v))
      groups.push({ from: id, over: u, to: meaning.step(memory, u).map(m => enter(u, m)) })
  }
  if (meaning.duties === 0) return states
  const into: number[][] = states.map(() => [])
  for (const [g, { to }] of groups.entries()) for (const id of to) into[id]!.push(g)
  for (let duty = 0; duty < meaning.duties; duty++) {
    const away = awayFrom(ground, states, groups, into, id => meaning.owes(states[id]![1], duty))
    for (const [id, state] of states.entries()) state.push(away[id]!)
  }
  return states
}

/** Ways on to where nothing is owed any more (or nothing is known), whichever reading of a doubt is right; -1 where none leads. */
function awayFrom(
  { unfolded: { uncertain, ending } }: Ground,
  states: readonly State[],
  groups: readonly { from: number; over: number; to: number[] }[],
  into: readonly number[][],
  owes: (id: number) => boolean,
): Int32Array {
  const away = new Int32Array(states.length).fill(-1)
  const open = Int32Array.from(groups, ({ to }) => to.length)
  const queue = [...states.keys()].filter(id => !owes(id) || ending[states[id]![0]] === BROKEN)
  for (const id of queue) away[id] = 0
  for (const id of queue) {
    for (const g of into[id]!) {
      const { from, over } = groups[g]!
      if (--open[g]! > 0 || away[from] !== -1 || uncertain[over]) continue
      away[from] = away[id]! + 1
      queue.push(from)
    }
  }
  return away
}

/** States at and behind the end of a path that nobody can leave, and in which one duty is owed; the greatest such set. */
export function trapOf(
  ground: Ground,
  meaning: Meaning,
  last: number,
  now: readonly string[],
): Reason | undefined {
  for (let duty = 0; duty < meaning.duties; duty++) {
    const trapped = trapFor(ground, meaning, duty, last, now)
    if (now.some(m => trapped.some(([v, memory]) => v === last && memory === m))) return { trapped, duty }
  }
  return undefined
}

function trapFor(
  { unfolded: { uncertain, ending }, next, ends, stance }: Ground,
  meaning: Meaning,
  duty: number,
  last: number,
  now: readonly string[],
): State[] {
  const isIn = new Map<string, State>()
  const add = (v: number, memory: string) => {
    if (meaning.owes(memory, duty) && !ends(v) && ending[v] !== BROKEN)
      isIn.set(`${v} ${memory}`, [v, memory])
  }
  for (const memory of now) add(last, memory)
  for (const [v, memory] of isIn.values())
    for (const u of next(v)) for (const m of meaning.step(memory, u)) add(u, m)
  for (let before = -1; before !== isIn.size; ) {
    before = isIn.size
    for (const [key, [v, memory]] of isIn) if (!staysIn(v, memory)) isIn.delete(key)
  }
  return [...isIn.values()]

  function staysIn(v: number, memory: string): boolean {
    const all = next(v)
    const ways = all.filter(u => !uncertain[u])
    if (ways.length === 0 || (stance === 'trusting' && ways.length < all.length)) return false
    const isKept = (u: number) => (m: string) => isIn.has(`${u} ${m}`)
    return ways.every(u => {
      const after = meaning.step(memory, u)
      return stance === 'trusting' ? after.every(isKept(u)) : after.some(isKept(u))
    })
  }
}
