// What all playbooks of a page share while they are read, and a section once it is.
import type { Playbook, Problem, Unread } from '../../model/playbook.ts'
import type { Point } from '../../model/position.ts'
import type { Annotation } from './annotations.ts'
import type { Head } from './head.ts'
import type { Line } from './line.ts'
import type { Details } from './mask.ts'
import type { Diagram } from './mermaid.ts'
import type { Outline, Section } from './outline.ts'
import type { Do, Piece } from './pieces.ts'
import type { Places } from './places.ts'
import type { Vocabulary } from './words.ts'

export type PlanContext = {
  page: Outline
  head: Head | null
  words: Vocabulary
  places: Places
  problems: Problem[]
  unread: Unread[]
  /** Sections their authors took out of the flow. */
  leftOut: Set<Section>
  known: ReadonlySet<string>
  states: Map<string, Do>
  details: readonly Details[]
  path: string
  diagrams: Playbook[]
  mermaid: (code: string, first: Point, title: string | undefined) => Diagram
}

/** `annotation`: what its heading declares. */
export type Read = { section: Section; pieces: Piece[]; triggers: Line[]; annotation?: Annotation }
