// Choices with what comments declare for them: acts of the customer belong to the choice, acts of the company to its step.
import { ACTS } from '../../model/act.ts'
import { type Annotation, merge, readAnnotation } from './annotations.ts'
import type { Conditional } from './conditional.ts'
import { cut, type Line } from './line.ts'
import type { Choice, Piece } from './pieces.ts'
import type { Manner, Reading } from './reading.ts'
import { tagAt } from './tags.ts'

/** What a choice takes over of the sentence its condition was found in. */
export type Case = { when?: Line | null } & Pick<Conditional, 'otherwise'> &
  Partial<Pick<Conditional, 'chooser' | 'phrase' | 'trailing'>>

/** Builds a choice; what is declared in its sentence goes to whoever performs it. */
export function choiceOf(
  sentence: Line,
  { when = null, otherwise, chooser, phrase, trailing }: Case,
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
  if (chooser) choice.chooser = chooser
  if (phrase) choice.phrase = phrase
  if (trailing) choice.trailing = true
  const tag = when && tagAt(when.text)
  if (tag) {
    choice.when = cut(when, tag.length)
    choice.chooser = tag.chooser
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
  const { range, comments, bot } = annotation
  const own: Annotation = { range, comments }
  const theirs: Annotation = { range, comments, ...(bot && { bot }) }
  for (const act of annotation.acts ?? []) {
    const side = ACTS[act.act]?.by === 'customer' ? own : theirs
    side.acts = [...(side.acts ?? []), act]
  }
  if (annotation.acts?.length === 0) theirs.acts = []
  if (annotation.outcome) theirs.outcome = annotation.outcome
  if (own.acts) choice.annotation = merge(choice.annotation, own)
  if (theirs.acts || theirs.outcome || bot) step.annotation = merge(step.annotation, theirs)
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
