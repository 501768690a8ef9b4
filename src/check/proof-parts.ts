// A check that holds only on some paths, as the plain checks it is made of.
import type { Check, Condition } from '../model/rule.ts'
import type { Ground } from './proof-ground.ts'

type Precedence = Extract<Check, { check: 'precedence' }>

/** `later`: only what can still be followed by this counts. */
export type Part = { check: Precedence; later?: Condition }

export function partsOf({ only_where, ...check }: Precedence): Part[] {
  if (!only_where) return [{ check }]
  const { later, passed } = only_where
  return [
    ...(later === undefined ? [] : [{ check, later }]),
    ...(passed === undefined ? [] : [{ check: { ...check, scope: { after: passed } } }]),
  ]
}

/** The same ground, on which nothing that must be preceded happens at these places. */
export function ignoring(ground: Ground, before: Condition, without: readonly number[]): Ground {
  const places = new Set(without)
  return {
    ...ground,
    meets: (condition, v, wanted) =>
      !(condition === before && !wanted && places.has(v)) && ground.meets(condition, v, wanted),
  }
}

/** From these places what makes the duty never comes: it is at none of them, and none is left for another. */
export function flawOfWithout(ground: Ground, later: Condition, without: readonly number[]): string | null {
  const places = new Set(without)
  for (const v of places) {
    if (ground.meets(later, v, false)) return `it does come at ${v}`
    if (!ground.next(v).every(u => places.has(u))) return `it may still come behind ${v}`
  }
  return null
}
