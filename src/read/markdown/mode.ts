// How the blocks of a section or item are to be read, depending on what they stand in.
import type { Block } from './blocks.ts'
import type { Line } from './line.ts'
import type { Piece } from './pieces.ts'
import type { Reading } from './reading.ts'

export type Mode = {
  /** The section, or the item these blocks stand in, is a step. */
  inSteps: boolean
  /** Paragraphs belong to the step of their section instead of being steps. */
  quiet: boolean
  /** Quotes and fences are speech here: a script-type heading, or a call script. */
  spoken: boolean
  /** The blocks are answers to a question. */
  among: boolean
  /** The items are questions with what to do in that case: "Too many people? Let some go." */
  asked?: boolean
  /** Top-level numbered items can be referred to by their number, which goes on across interruptions. */
  numbered: { next: number } | null
  /** Mermaid diagrams are flows of their own. */
  diagram: (code: string, at: Block & { kind: 'code' }) => void
  /** Reads blocks inside blocks; `lead` is the line they hang on. */
  read: (blocks: readonly Block[], reading: Reading, mode: Mode, lead?: Line | null) => Piece[]
}

/** The first numbered list of a section keeps its numbers also under a condition; those of a second one would mean two things. */
export function firstNumbers({ numbered }: Mode): Mode['numbered'] {
  return numbered?.next === 1 ? numbered : null
}
