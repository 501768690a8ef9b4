// What a primitive reports: where a demand is broken, on which path, and what to say about it.
import type { Entry } from '../model/flow.ts'
import type { Check } from '../model/rule.ts'
import type { Conditions } from './condition.ts'
import type { View } from './view.ts'

/** Vertices are those of the unfolding. */
export type Failure = {
  /** The vertex to blame: the finding stands at its step or choice. */
  culprit: number
  /** From the start to where the failure is complete; contains the culprit. */
  path: number[]
  /** Index into `path` of the vertex the last one leads back to. */
  loopsTo?: number
  /** What to say about vertices of the path, by index into `path`. */
  notes: Map<number, string>
  /** Fills the placeholders of the message beyond those every finding has. */
  values: Record<string, string>
  /** Not even with everybody's goodwill: a rule that speaks of that says it better. */
  hopeless?: true
  /** A repair worked out for this very failure, instead of the rule's. */
  fix?: string
}

export type Judgement = {
  /** Whether anything the rule speaks of occurs at all; if not, the rule is vacuous here. */
  triggered: boolean
  /** At most `MOST_FAILURES`, the nearest first. */
  failures: Failure[]
  /** Every vertex to blame, whether or not its failure was worked out. */
  culprits: ReadonlySet<number>
  /** Limits were too many to count out, and left aside: that nothing was found means little. */
  merged?: true
}

/**
 * A witness is as long as its path, so that working out every failure of a huge flow would take quadratic time and
 * space. Nobody reads more than these; the rest is counted and told.
 */
export const MOST_FAILURES = 50
/** Nor more than a few once their paths together have so many places. */
const MOST_PLACES = 50_000
const AT_LEAST = 3

/** Collects failures, one a culprit (or another key that stands for it), and counts those that are too many. */
export function blaming(): {
  blame(culprit: number, failure: () => Failure | null, key?: number): void
  judgement(triggered: boolean): Judgement
} {
  const keys = new Set<number>()
  const culprits = new Set<number>()
  const failures: Failure[] = []
  let places = 0
  return {
    blame(culprit, failure, key = culprit) {
      if (keys.has(key)) return
      if (failures.length < (places < MOST_PLACES ? MOST_FAILURES : AT_LEAST)) {
        const made = failure()
        if (!made) return
        failures.push(made)
        places += made.path.length
      }
      keys.add(key)
      culprits.add(culprit)
    },
    judgement: triggered => ({ triggered, failures, culprits }),
  }
}

/** A primitive judges one unfolding; pure, deterministic, linear in the product. */
export type Primitive<Name extends Check['check'] = Check['check']> = (
  view: View,
  check: Extract<Check, { check: Name }>,
  conditions: Conditions,
) => Judgement

/** A primitive that compares entries with each other looks at all of them at once. */
export type Look = { entry: Entry; view: View }
export type ProjectFailure = Failure & { look: number }
export type ProjectPrimitive<Name extends Check['check'] = Check['check']> = (
  looks: readonly Look[],
  check: Extract<Check, { check: Name }>,
) => { triggered: boolean; failures: ProjectFailure[] }

export const NOTHING: Judgement = { triggered: false, failures: [], culprits: new Set() }

export function any(bits: Uint8Array): boolean {
  return bits.includes(1)
}

/** Notes where the scope of a rule opened, if it has one and the path shows it. */
export function openingNote(hasScope: boolean, index: number): Map<number, string> {
  return new Map(hasScope && index >= 0 ? [[index, 'from here on']] : [])
}
