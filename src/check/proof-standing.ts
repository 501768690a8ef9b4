// Checks what must stand somewhere in a playbook, on whatever path: that it does, or that it does not.
import type { Proof } from '../model/certificate.ts'
import type { Check } from '../model/rule.ts'
import type { Ground } from './proof-ground.ts'
import { flawOfWay } from './proof-path.ts'

export type Standing = Extract<Check, { check: 'existence' }>

export function flawOfStanding(ground: Ground, check: Standing, proof: Proof): string | null {
  const { of, given } = check
  const vertices = Array.from({ length: ground.size }, (_, v) => v)
  const occurs = given === undefined || vertices.some(v => ground.meets(given, v, false))
  if (proof.by === 'closed-set') return proof.silent && !occurs ? null : 'something is asked for'
  if (proof.by === 'example') {
    const last = proof.path.at(-1)!
    return flawOfWay(ground, proof.path) ?? (ground.meets(of, last, true) ? null : 'it does not stand there')
  }
  if (proof.by !== 'path') return 'such a check is not proved by this'
  const path = proof.path.map(event => event.vertex)
  const flaw = flawOfWay(ground, path)
  if (flaw) return flaw
  if (given !== undefined && !ground.meets(given, path.at(-1)!, false)) return 'nothing is asked for there'
  const there = vertices.find(v => ground.meets(of, v, true))
  return there === undefined ? null : `it stands at ${there}`
}
