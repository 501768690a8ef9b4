// The table of primitives that judge paths; a new one is one file here and its entry in the rule schema.
import type { Check } from '../model/rule.ts'
import type { Primitive, ProjectPrimitive } from './failure.ts'
import { absence } from './primitives/absence.ts'
import { attribute } from './primitives/attribute.ts'
import { bound } from './primitives/bound.ts'
import { canForce } from './primitives/can-force.ts'
import { cycle } from './primitives/cycle.ts'
import { existence } from './primitives/existence.ts'
import { precedence } from './primitives/precedence.ts'
import { reachable } from './primitives/reachable.ts'
import { response } from './primitives/response.ts'
import { consistent } from './project/consistent.ts'
import { measure } from './project/measure.ts'

const primitives: { [Name in Check['check']]?: Primitive<Name> } = {
  absence,
  attribute,
  bound,
  can_force: canForce,
  cycle,
  existence,
  precedence,
  reachable,
  response,
}

/** The primitive of a check, or undefined if it judges the flow as a whole (`structure`, `engine`) or does not exist yet. */
export function primitiveOf(name: Check['check']): Primitive | undefined {
  return primitives[name] as Primitive | undefined
}

/** The primitive of a check that compares the entries of a project with each other. */
export function projectPrimitiveOf(name: Check['check']): ProjectPrimitive | undefined {
  const table: { [Name in Check['check']]?: ProjectPrimitive<Name> } = { consistent, measure }
  return table[name] as ProjectPrimitive | undefined
}
