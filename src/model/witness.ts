// A step of a witness: what a person sees of the path that proves a finding.
import type { Chooser } from './act.ts'

/**
 * One step on the path. `chooser` and `choice` tell what was decided *in* this step to go on (or to end);
 * null on the way on without a choice. `acts` are those of the step and of that choice.
 */
export type WitnessStep = {
  step: string
  title: string
  path: string
  line: number
  column: number
  chooser: Chooser | null
  choice: string | null
  acts: string[]
  note: string | null
  /** What is said or done in the step, shortened; for people. */
  text: string
}
