// Checks certificates in one pass, without searching: shares no code with the engine, only types of the model and the unfolding as data.
import type { Proof } from '../model/certificate.ts'
import type { Flow } from '../model/flow.ts'
import type { Check, Condition } from '../model/rule.ts'
import type { Kinds } from './proof-conditions.ts'
import { countedOut } from './proof-counted.ts'
import { flawOfOrder, flawOfRound } from './proof-cycle.ts'
import { flawOfDistances, flawOfTooFar, isAsked, isGiven } from './proof-distances.ts'
import { demandedGame, flawOfLost, flawOfRanks } from './proof-force.ts'
import { type Ground, groundOf, type Unfolded } from './proof-ground.ts'
import { meaningOf } from './proof-meaning.ts'
import { isOpen, type Meaning } from './proof-memory.ts'
import { flawOfWithout, ignoring, partsOf } from './proof-parts.ts'
import {
  brokenAt,
  certainLength,
  flawOfBreach,
  flawOfWay,
  type Path,
  remembered,
  surely,
} from './proof-path.ts'
import { flawOfStanding } from './proof-standing.ts'
import { flawOfCircles, flawOfStates } from './proof-states.ts'

/**
 * What is wrong with a proof, or null if it proves what it should: that the check holds, that there is nothing for it to
 * judge (`silent`), or (by a path) that it fails.
 */
export function flawOf(
  flow: Flow,
  unfolded: Unfolded,
  check: Check,
  proof: Proof,
  kinds?: Kinds,
): string | null {
  const ground = groundOf(flow, unfolded, proof.stance, kinds)
  if (check.check === 'can_force' && check.at_most) {
    const { at_most: _, ...plain } = check
    const out = proof.counted ? countedOut(ground, check, proof.counted) : 'limits are not counted out'
    return typeof out === 'string' ? out : flawOf(flow, out, plain, proof, kinds)
  }
  if (check.check === 'existence' && check.in === 'playbook') return flawOfStanding(ground, check, proof)
  if (proof.by === 'path') return flawOfPath(ground, check, proof, kinds)
  if (check.check === 'cycle' && check.same === undefined) {
    if (proof.by === 'order') return flawOfOrder(ground, check, proof)
    const there = Array.from({ length: ground.size }, (_, v) => v).find(v =>
      ground.meets(check.through, v, false),
    )
    return isSilent(proof) && there === undefined ? null : 'circles are not ruled out by this'
  }
  if (check.check !== 'precedence' || !check.only_where) return flawOfAll(ground, check, proof, kinds)
  const parts = partsOf(check)
  if (proof.by !== 'parts' || parts.length !== proof.parts.length) return 'a part of the check is missing'
  const flaws = parts.map((part, i) => flawOfAll(ground, part.check, proof.parts[i]!, kinds, part.later))
  return flaws.find(flaw => flaw !== null) ?? null
}

const isSilent = (proof: Proof) => proof.by === 'closed-set' && proof.silent === true

/** Of everything that can happen; `later`: only what this can still follow counts. */
function flawOfAll(
  ground: Ground,
  check: Check,
  proof: Proof,
  kinds: Kinds | undefined,
  later?: Condition,
): string | null {
  if (!('states' in proof)) return 'such a check is not proved by this'
  const { circles, states } = proof
  if (circles) {
    const flaw = flawOfCircles(ground, circles)
    if (flaw) return flaw
  }
  let judged = ground
  if (later !== undefined && check.check === 'precedence') {
    const without = (proof.by === 'closed-set' && proof.without) || []
    const flaw = flawOfWithout(ground, later, without)
    if (flaw) return flaw
    judged = ignoring(ground, check.before, without)
  }
  const meaning = meaningOf(judged, check, circles && (v => circles[v]![0]))
  if (!meaning) return 'such a check is not proved by this'
  if (check.check === 'reachable') {
    const isJudged = isGiven(ground, check, kinds)
    const asks = (memory: string, v: number) => isJudged && isAsked(ground, check, v, memory)
    const flaw = flawOfStates(ground, meaning, states, isSilent(proof) ? asks : undefined)
    if (flaw || isSilent(proof)) return flaw
    return proof.by === 'distances' ? flawOfDistances(ground, check, proof) : 'distances are missing'
  }
  const flaw = flawOfStates(judged, meaning, states, isSilent(proof) ? meaning.asks : undefined)
  if (flaw || isSilent(proof) || check.check !== 'can_force') return flaw
  return proof.by === 'ranks' ? flawOfRanks(ground, check, proof, meaning) : 'ranks are missing'
}

/** A path of the flow on which the rule is broken: at once, at its end, or because nobody gets on. */
function flawOfPath(ground: Ground, check: Check, proof: Path, kinds: Kinds | undefined): string | null {
  const path = proof.path.map(event => event.vertex)
  const { loopsTo, because, circles } = proof
  const flaw = flawOfWay(ground, path, loopsTo)
  if (flaw) return flaw
  if (check.check === 'cycle' && check.same === undefined) return flawOfRound(ground, check, proof, path)
  if (circles) {
    const wrong = flawOfCircles(ground, circles)
    if (wrong) return wrong
  }
  if (check.check === 'precedence' && check.only_where) {
    const certain = certainLength(ground, path)
    const isBroken = partsOf(check).some(({ check, later }) => {
      const at = brokenAt(ground, meaningOf(ground, check)!, path)
      if (at === -1 || later === undefined) return at !== -1
      return path.some((v, i) => i >= at && i < certain && ground.meets(later, v, false))
    })
    return isBroken ? null : 'the rule is not broken on this path'
  }
  const meaning = meaningOf(ground, check, circles && (v => circles[v]![0]))
  if (!meaning) return 'such a check is not proved to fail by this'
  if (check.check !== 'reachable' && check.check !== 'can_force')
    return flawOfBreach(ground, meaning, path, because)
  if (!because || !('culprit' in because)) return 'it is not shown why there is no way'
  if (!isAskedOn(path, because.culprit)) return 'nothing is asked of the culprit'
  if (check.check === 'reachable')
    return 'distances' in because
      ? flawOfTooFar(ground, check, because.distances, because.culprit)
      : 'distances are missing'
  if (!('lost' in because)) return 'it is not shown who keeps the customer in'
  const strength = check.strength ?? 'eventual'
  const unkept = flawOfLost(demandedGame(ground, check), because.lost, strength)
  const { culprit, lost } = because
  return unkept ?? (lost.some(([v, turn]) => v === culprit && turn === 0) ? null : 'the culprit is not lost')

  /** Whether the path leads to it surely, with the duty open. */
  function isAskedOn(path: readonly number[], culprit: number): boolean {
    const certain = path.slice(0, certainLength(ground, path))
    const seen = remembered(meaning as Meaning, certain)
    const must = surely(ground, meaning as Meaning)
    const asks = (memory: string): boolean =>
      check.check === 'reachable'
        ? isAsked(ground, check, culprit, memory) && isGiven(ground, check, kinds)
        : isOpen(memory)
    return certain.some((v, i) => v === culprit && must(seen[i]!, asks))
  }
}
