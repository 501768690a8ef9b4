// The register of suppressions: what each says, for what it holds, whether it does, and what it hides.
import type { Finding } from './finding.ts'
import type { Place } from './position.ts'

/**
 * `active`: hides something. `stale`: its rule finds nothing there any more. `not-checked`: nobody can know, the rule is
 * off there, failed to run, or not everything was looked at. All others suppress nothing.
 */
export const SUPPRESSION_STATES = [
  'active',
  'stale',
  'expired',
  'malformed',
  'unknown-rule',
  'unsuppressable',
  'not-checked',
] as const
export type SuppressionState = (typeof SUPPRESSION_STATES)[number]

/** One rule of one suppression. */
export type SuppressionEntry = {
  /** As written; empty where a malformed one names none. */
  rule: string
  scope: 'next-step' | 'file' | 'files'
  place: Place
  /** What it holds for: a step by its title, a file by its path, files by the patterns. */
  target: string
  reason: string
  until: string | null
  owner: string | null
  ticket: string | null
  state: SuppressionState
  /** What is wrong with it, and how to mend it; null if nothing is. */
  problem: { message: string; fix: string } | null
  hides: Finding[]
}
