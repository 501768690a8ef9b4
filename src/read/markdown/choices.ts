// Choices with what comments declare for them: acts of the customer belong to the choice, acts of the company to its step.
import { ACTS, CHOOSERS, type Chooser } from '../../model/act.ts'
import { type Annotation, merge, readAnnotation } from './annotations.ts'
import { cut, type Line } from './line.ts'
import type { Choice, Piece } from './pieces.ts'
import type { Manner, Reading } from './reading.ts'

/** Builds a choice; what is declared in its sentence goes to whoever performs it. */
export function choiceOf(
  sentence: Line,
  when: Line | null,
  otherwise: boolean,
  body: Piece[],
  annotation: Annotation | undefined,
  manner: Manner,
): Choice {
  const choice: Choice = {
    kind: 'choice',
    range: sentence.range,
    when,
    otherwise,
    body,
    alternative: manner.alternative ?? false,
    names: [],
  }
  if (when) {
    const declared = chooserIn(when)
    if (declared) {
      choice.when = declared.rest
      choice.chooser = declared.chooser
    }
  }
  if (annotation) declareChoice(choice, annotation)
  return choice
}

/** Acts of the customer and outcomes belong to the choice; acts of the company to what is done then, if anything is. */
export function declareChoice(choice: Choice, annotation: Annotation): void {
  const step = choice.body.find(piece => piece.kind === 'do')
  if (!step) {
    choice.annotation = merge(choice.annotation, annotation)
    return
  }
  const own: Annotation = { range: annotation.range }
  const theirs: Annotation = { range: annotation.range }
  for (const act of annotation.acts ?? []) {
    const side = ACTS[act.act]?.by === 'customer' ? own : theirs
    side.acts = [...(side.acts ?? []), act]
  }
  if (annotation.acts?.length === 0) theirs.acts = []
  if (annotation.outcome) theirs.outcome = annotation.outcome
  if (own.acts) choice.annotation = merge(choice.annotation, own)
  if (theirs.acts || theirs.outcome) step.annotation = merge(step.annotation, theirs)
}

/** `[customer] wants to leave`: who decides, as the author says. */
function chooserIn(when: Line): { chooser: Chooser; rest: Line } | null {
  const match = /^\[([a-z]{2,12})\]\s*/i.exec(when.text)
  if (!match) return null
  const chooser = match[1]!.toLowerCase() as Chooser
  if (CHOOSERS.includes(chooser)) return { chooser, rest: cut(when, match[0].length) }
  return null
}

/** What the comments in a sentence declare. */
export function annotationIn(line: Line, reading: Reading): Annotation | undefined {
  let annotation: Annotation | undefined
  for (const span of line.spans) {
    if (span.kind !== 'comment') continue
    const found = readAnnotation(span.value ?? '', span.range, reading.problems, reading.known)
    if (found) annotation = merge(annotation, found)
  }
  return annotation
}
