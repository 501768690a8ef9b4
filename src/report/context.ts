// What a reporter is and what it gets: the result, and a context without any effects of its own.
import type { LintResult, Severity } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import type { EntryGrade } from '../model/grade.ts'
import type { Rule } from '../model/rule.ts'

/** Paints text for a terminal. The command line makes one from chalk; `plain` paints nothing. */
export type Colour = {
  red: Paint
  yellow: Paint
  blue: Paint
  cyan: Paint
  magenta: Paint
  green: Paint
  dim: Paint
  bold: Paint
  underline: Paint
}
export type Paint = (text: string) => string

export type ReportContext = {
  version: string
  /** Text of a file, for code frames; undefined if it cannot be had. */
  source(path: string): string | undefined
  colour: Colour
  /** Width of the terminal; formats for machines ignore it. */
  columns: number
  /** The catalogue, for formats that describe the rules beside the results. */
  rules: Rule[]
  /** Formats for people show only findings at or above the fail level and count the rest. */
  quiet?: boolean
  failOn?: Severity | 'never'
  /** The address of a rule's page, where it has one. */
  ruleUri?(id: string): string | undefined
  /** For formats that draw; without it they tell in words. */
  drawn?: Drawn
}

/** `pictures`: by file the SVG that Graphviz made of `pageDots`; a file without one was too large, or one too many. */
export type Drawn = { flow: Flow; pictures: ReadonlyMap<string, string>; grades: readonly EntryGrade[] }

/**
 * Findings as text of one format, ending in a line break, or empty if there is nothing to say. Pure: the same input
 * gives the same bytes. Never throws, whatever the text of the playbooks.
 */
export type Reporter = (result: LintResult, context: ReportContext) => string

const same: Paint = text => text

/** No colour at all. */
export const plain: Colour = {
  red: same,
  yellow: same,
  blue: same,
  cyan: same,
  magenta: same,
  green: same,
  dim: same,
  bold: same,
  underline: same,
}
