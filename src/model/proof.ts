// What `--prove` shows beside the findings: for each entry the ways that are there, and what no rule looks at.
import type { Channel } from './playbook.ts'
import type { WitnessStep } from './witness.ts'

export type Proofs = { entries: EntryProof[]; coverage: Coverage }

/** `ways` in the order in which they are asked for; `witness` is null where there is no such way. */
export type EntryProof = {
  path: string
  entry: string
  title: string
  line: number
  channel: Channel | null
  ways: { to: 'cancellation' | 'supervisor' | 'outage-notice'; witness: WitnessStep[] | null }[]
}

/** Of all steps: how many have an act, and how many have one that some rule speaks of (they themselves, or their choices). */
export type Coverage = {
  steps: number
  withAct: number
  looked: number
  /** The steps that no rule looks at, in order. */
  overlooked: { path: string; step: string; title: string; line: number }[]
}
