// Changes to the text of a file: what is written where, and why it is safe to.
import type { Range } from './position.ts'

/** Writes `text` in the place of a range; an empty range inserts. */
export type Edit = { range: Range; text: string }

/** A mechanical correction of one file, which changes nothing but what it says. Its edits do not overlap. */
export type Repair = {
  /** What it does, to go on with "it would …": `write "offer" for "ofer"`. */
  description: string
  edits: Edit[]
}

/** A word of the text, and the names that it can be a slip for. With one of them, that is what was meant. */
export type Instead = { word: string; names: string[] }
