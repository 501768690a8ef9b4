// What a section says, piece by piece, before it is known which steps there will be: the reader's intermediate form.
import type { Chooser, Outcome } from '../../model/act.ts'
import type { Text } from '../../model/playbook.ts'
import type { Range } from '../../model/position.ts'
import type { Annotation } from './annotations.ts'
import type { Line } from './line.ts'
import type { Section } from './outline.ts'
import type { Reference } from './places.ts'

/** A reference as written, with the words to show in messages. */
export type Pointer = { text: string; range: Range; reference: Reference }

/** Something said or done. `quiet` pieces join the step before them; others begin a step of their own. */
export type Do = {
  kind: 'do'
  range: Range
  title: string
  texts: Text[]
  quiet: boolean
  call?: Pointer
  /** "Follow Path 2": gone to if nothing follows in its branch, else called. */
  orGo?: Pointer
  /** A mere statement that counts as something done only because of where it stands. */
  weak?: boolean
  references: Pointer[]
  wordsElsewhere?: string
  /** Who says it, where a label says so. */
  speaker?: 'agent' | 'bot'
  annotation?: Annotation
  /** What it can be referred to by, besides its id: `step 4`, a title. */
  names: string[]
  /** What belongs to it: steps, answers, notes. */
  body: Piece[]
}

/** A way that is taken under a condition; `body` says what happens then, empty: go on with what follows. */
export type Choice = {
  kind: 'choice'
  range: Range
  when: Line | null
  otherwise: boolean
  /** The condition stands behind what is done. */
  trailing?: boolean
  /** The words of an "if not", which is a condition if no other comes before it. */
  phrase?: Line
  chooser?: Chooser
  annotation?: Annotation
  body: Piece[]
  /** Inferred from the order of headings. */
  uncertain?: boolean
  /** One of several that exclude each other (bullets, answers), not one question after another. */
  alternative: boolean
  names: string[]
}

export type Go = { kind: 'go'; range: Range; pointer: Pointer }

/**
 * `firm` ends whatever follows; `last` only if nothing follows in its branch or section; `tail` only if nothing
 * follows in its section at all, or in a branch that stands for itself.
 */
export type End = {
  kind: 'end'
  range: Range
  outcome: Outcome
  strength: 'firm' | 'last' | 'tail'
  /** It ends here, but the words do not say how: "say goodbye". */
  implied?: true
  line: Line
}

/** Words that are no step: they stay with the step before them. */
export type Note = {
  kind: 'note'
  range: Range
  texts: Text[]
  references: Pointer[]
  wordsElsewhere?: string
  /** An instruction: never mere background. */
  firm?: boolean
  /** It holds at any time ("if you are not sure, ask"): a step only where there is no other. */
  standing?: boolean
}

/** "Do not proceed": over, without a word about how it ends. */
export type Stop = { kind: 'stop'; range: Range }

/** A comment that stands alone: it declares for the step or choice before it. */
export type Declared = { kind: 'declared'; range: Range; annotation: Annotation }

/** From here on steps belong to this section. */
export type Enter = { kind: 'enter'; section: Section; base: string }

export type Piece = Enter | Stop | Do | Choice | Go | End | Note | Declared
