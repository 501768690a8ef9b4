// The seam to the Mermaid reader: a diagram in a page is a flow of its own.
import type { Playbook, Problem, Unread } from '../../model/playbook.ts'
import type { Point } from '../../model/position.ts'
import { readMermaidBlock } from '../mermaid/index.ts'

export type Diagram = { playbook: Playbook | null; problems: Problem[]; unread: Unread[] }

/** `first` is where the first character of the code stands in the page; `title` what the diagram is called. */
export function mermaidPlaybook(code: string, first: Point, title: string | undefined): Diagram {
  return readMermaidBlock(code, first, title)
}
