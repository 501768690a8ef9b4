// What reading a section needs to know about the page, and the manner in which a line is to be taken.
import type { Problem, Unread } from '../../model/playbook.ts'
import type { Line } from './line.ts'
import type { Details } from './mask.ts'
import type { Section } from './outline.ts'
import type { Do } from './pieces.ts'
import type { Places } from './places.ts'
import type { Vocabulary } from './words.ts'

/** All that reading a section needs to know. */
export type Reading = {
  words: Vocabulary
  places: Places
  section: Section
  problems: Problem[]
  unread: Unread[]
  known: ReadonlySet<string>
  /** Rows of tables of states, by what the text may call them. */
  states: Map<string, Do>
  /** `<details>` elements of the page, in order. */
  details: readonly Details[]
  /** The page is a call script: quotes are what the agent says, sentences are instructions. */
  script: boolean
}

export type Manner = {
  /** Statements count as something done (items of a list of steps), not as background. */
  firm?: boolean
  /** All of it is said to the customer. */
  said?: boolean
  /** Conditions in it are alternatives to those around it. */
  alternative?: boolean
  /** It stands under a condition. */
  under?: boolean
  /** Blocks follow that say what is done under its last condition. */
  opens?: boolean
  /** The sentence before it, which asks. */
  question?: Line
  /** The next sentence tells what to do, in the same case. */
  told?: boolean
  /** It joins the step before it. */
  quiet?: boolean
}
