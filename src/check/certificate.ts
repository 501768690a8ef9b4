// Makes certificates: what speaks for a verdict, as data that `verify.ts` can check in one pass. Searches; does not decide.
import { distances, shortestPath } from '../flow/graph.ts'
import type { Proof, Reason } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import { countedOf } from './certificate-counted.ts'
import { circlesOf, noExit, orderOf } from './certificate-cycle.ts'
import { distancesOf } from './certificate-distances.ts'
import { lostOf, playedFor, ranksOf } from './certificate-force.ts'
import { statesOf, trapOf } from './certificate-states.ts'
import type { Failure } from './failure.ts'
import type { Kinds } from './proof-conditions.ts'
import { type Ground, groundOf } from './proof-ground.ts'
import { meaningOf } from './proof-meaning.ts'
import type { Meaning } from './proof-memory.ts'
import { ignoring, partsOf } from './proof-parts.ts'
import { remembered } from './proof-path.ts'
import type { View } from './view.ts'

const groundFor = (view: View, kinds?: Kinds) => groundOf(view.flow, view.unfolding, view.stance, kinds)

/** The proof that a check holds, in the suspicious view; undefined if it would be too large. */
export function proofOfHolds(view: View, check: Check, kinds?: Kinds): Proof | undefined {
  const ground = groundFor(view, kinds)
  if (check.check === 'can_force' && check.at_most) {
    const out = countedOf(view, ground, check)
    const proof = out && proofOfHolds(out.view, out.plain, kinds)
    return proof && { ...proof, counted: out.list }
  }
  if (check.check === 'cycle' && check.same === undefined) return orderOf(view, check)
  if (check.check === 'existence' && check.in === 'playbook') {
    const wanted = view.meets(check.of, 'demand')
    const { graph, start } = view.unfolding
    const path = shortestPath(graph.size, graph.out, [start], v => wanted[v] === 1)
    return path ? { by: 'example', stance: 'suspicious', path } : undefined
  }
  return proofOfAll(view, ground, check, false)
}

/** The proof that there is nothing for a check to judge. */
export function proofOfSilence(view: View, check: Check, kinds?: Kinds): Proof | undefined {
  const ground = groundFor(view, kinds)
  if (check.check === 'can_force' && check.at_most) {
    const out = countedOf(view, ground, check)
    const proof = out && proofOfSilence(out.view, out.plain, kinds)
    return proof && { ...proof, counted: out.list }
  }
  const isRead =
    (check.check === 'cycle' && check.same === undefined) ||
    (check.check === 'existence' && check.in === 'playbook')
  if (isRead) return { by: 'closed-set', stance: 'suspicious', states: [], silent: true }
  return proofOfAll(view, ground, check, true)
}

function proofOfAll(view: View, ground: Ground, check: Check, silent: boolean): Proof | undefined {
  if (check.check === 'precedence' && check.only_where) {
    const parts = partsOf(check).map(({ check, later }): Proof | undefined => {
      if (later === undefined) return closedSet(view, ground, check, silent)
      const without = neverComes(view, later)
      const set = closedSet(view, ignoring(ground, check.before, without), check, silent)
      return set && { ...set, without }
    })
    const all = parts.filter(part => part !== undefined)
    return all.length === parts.length ? { by: 'parts', stance: 'suspicious', parts: all } : undefined
  }
  const set = closedSet(view, ground, check, silent)
  if (!set || silent) return set
  const { states } = set
  if (check.check === 'reachable')
    return { by: 'distances', stance: 'suspicious', states, distances: distancesOf(view, check) }
  if (check.check === 'can_force')
    return { by: 'ranks', stance: 'suspicious', states, ranks: ranksOf(view, playedFor(view, check)) }
  return set
}

function closedSet(view: View, ground: Ground, check: Check, silent: boolean) {
  const circles = circlesFor(view, check)
  const meaning = meaningOf(ground, check, circles && (v => circles[v]![0]))
  const states = meaning && statesOf(ground, meaning)
  if (!states) return undefined
  return {
    by: 'closed-set' as const,
    stance: 'suspicious' as const,
    states,
    ...(silent && { silent: true as const }),
    ...(circles && { circles }),
  }
}

function circlesFor({ unfolding }: View, check: Check) {
  return check.check === 'bound' && check.per !== undefined ? circlesOf(unfolding.graph) : undefined
}

/** Places from which something never comes. */
function neverComes(view: View, later: Parameters<View['meets']>[0]): number[] {
  const { graph } = view.unfolding
  const comes = view.meets(later, 'trigger')
  const sources = [...comes.keys()].filter(v => comes[v])
  const away = distances(graph.size, graph.in, sources)
  return [...away.keys()].filter(v => away[v] === -1)
}

/** The proof that a failure is one, in the view in which it was found: its path, and why one cannot get on from there. */
export function proofOfFailure(view: View, check: Check, failure: Failure, kinds?: Kinds): Proof {
  const ground = groundFor(view, kinds)
  if (check.check === 'can_force' && check.at_most) {
    const out = countedOf(view, ground, check)
    if (!out) return proofOfFailure(view, { ...check, at_most: {} }, failure, kinds)
    const path = out.follow(failure.path)
    const culprit = path[failure.path.indexOf(failure.culprit)]!
    const { loopsTo: _, ...rest } = failure
    const proof = proofOfFailure(out.view, out.plain, { ...rest, path, culprit }, kinds)
    return { ...proof, counted: out.list }
  }
  const { path, loopsTo, culprit } = failure
  const circles = circlesFor(view, check)
  const meaning = meaningOf(ground, check, circles && (v => circles[v]![0]))
  const seen = meaning ? remembered(meaning, path) : path.map(() => [])
  return {
    by: 'path',
    stance: view.stance,
    path: path.map((vertex, i) => ({ vertex, is: seen[i]! })),
    ...(loopsTo !== undefined && { loopsTo }),
    ...(circles && { circles }),
    ...reasonOf(view, ground, check, meaning, path, culprit),
  }
}

function reasonOf(
  view: View,
  ground: Ground,
  check: Check,
  meaning: Meaning | undefined,
  path: readonly number[],
  culprit: number,
): { because?: Reason } {
  if (check.check === 'reachable') return { because: { culprit, distances: distancesOf(view, check) } }
  if (check.check === 'can_force') return { because: { culprit, lost: lostOf(view, playedFor(view, check)) } }
  if (check.check === 'cycle' && check.same === undefined) return noExit(view, check)
  if (!meaning || meaning.duties === 0) return {}
  const last = path.at(-1)!
  const because = trapOf(ground, meaning, last, remembered(meaning, path).at(-1)!)
  return because ? { because } : {}
}
