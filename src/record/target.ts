// What stands behind a comment: the next step or choice, the line it begins on, and which findings belong to it.
import type { Comment, Format, Step } from '../model/playbook.ts'
import { comparePoints, type Point, type Range } from '../model/position.ts'

/** As much of a file as exceptions are settled against. Only one with suppressions needs comments and steps. */
export type FileOnRecord = {
  path: string
  format: Format
  /** Read only because others lead there. */
  linked: boolean
  comments: readonly Comment[]
  playbooks: readonly {
    steps: readonly OutlinedStep[]
  }[]
}

type OutlinedStep = Pick<Step, 'id' | 'title' | 'range'> & { transitions: readonly { range: Range }[] }

/** Where steps and choices of a file begin. */
export type Outline = {
  /** In order; `title` is that of the step that begins there, or that the choice belongs to. */
  starts: { at: Point; title: string; isStep: boolean }[]
  /** Step id → lines on which a step of this id begins (a file may have several playbooks). */
  linesOf: Map<string, Set<number>>
}

/** O(n log n) in steps and transitions. */
export function outlineOf(file: Pick<FileOnRecord, 'playbooks'>): Outline {
  const outline: Outline = { starts: [], linesOf: new Map() }
  for (const { steps } of file.playbooks) {
    for (const { id, title, range, transitions } of steps) {
      outline.starts.push({ at: range.start, title, isStep: true })
      const lines = outline.linesOf.get(id) ?? new Set()
      outline.linesOf.set(id, lines.add(range.start.line))
      for (const transition of transitions)
        outline.starts.push({ at: transition.range.start, title, isStep: false })
    }
  }
  outline.starts.sort((a, b) => comparePoints(a.at, b.at) || Number(b.isStep) - Number(a.isStep))
  return outline
}

/** The first step or choice that begins behind a point; undefined if none does. O(log n). */
export function nextBehind({ starts }: Outline, point: Point): Outline['starts'][number] | undefined {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (comparePoints(starts[middle]!.at, point) <= 0) low = middle + 1
    else high = middle
  }
  return starts[low]
}

/**
 * Whether a point lies at the head of a file: before its first step. In Markdown a title may itself be a step, so
 * there only what begins on a later line ends the head.
 */
export function isAtHead({ starts }: Outline, point: Point, format: Format): boolean {
  const first = starts[0]
  if (!first || comparePoints(point, first.at) < 0) return true
  if (format !== 'markdown') return false
  const second = starts.find(({ at }) => at.line > first.at.line)
  return !second || comparePoints(point, second.at) < 0
}

/**
 * The lines whose suppressions hold for a finding: those on which its step begins, the line it stands on, and for
 * a finding of no step the line of the next one.
 */
export function linesFor(outline: Outline, step: string | null, at: Point): Set<number> {
  const lines = new Set(step === null ? [] : outline.linesOf.get(step))
  lines.add(at.line)
  const next = step === null ? nextBehind(outline, { line: at.line, column: 0 }) : undefined
  return next ? lines.add(next.at.line) : lines
}
