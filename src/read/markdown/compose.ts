// The sections of a playbook, read, into its steps: which section is a step itself, which a branch, which only holds steps.
import { choiceOf } from './choices.ts'
import type { Compiler } from './compile.ts'
import type { Conditional } from './conditional.ts'
import { conditional } from './conditions.ts'
import { isImperative } from './instructions.ts'
import { labelOfLine } from './labels.ts'
import { cut, flat, lowOf, textOf } from './line.ts'
import type { Section } from './outline.ts'
import type { Choice, Piece } from './pieces.ts'
import type { PlanContext, Read } from './plan-context.ts'
import type { Plan } from './playbooks.ts'
import { nameOf } from './titles.ts'
import type { Vocabulary } from './words.ts'

export function compileSections(
  plan: Plan,
  read: readonly Read[],
  compiler: Compiler,
  context: PlanContext,
): void {
  const flowing = flowingOf(read)
  const filled = read.filter(
    ({ section, pieces }) =>
      pieces.length > 0 || isPath(section, context.words) || isStep(plan, section, flowing, context.words),
  )
  /** What a section without steps of its own says of when the procedure applies goes to the first step after it. */
  let waiting = read
    .filter(one => !filled.includes(one) && plan.sections[0] === one.section)
    .flatMap(({ triggers }) => triggers)
  for (let i = 0; i < filled.length; i++) {
    const { section, pieces, annotation } = filled[i]!
    const start = compiler.book.steps.length
    if (compiler.book.steps.length > 0 && holdsThroughout(filled[i]!, plan)) {
      compiler.remark(pieces)
      continue
    }
    const triggers = [...waiting, ...filled[i]!.triggers]
    const base = section.anchors[0] || 'step'
    const final =
      i === filled.length - 1 ||
      isPath(filled[i + 1]!.section, context.words) ||
      plan.targets.has(filled[i + 1]!.section)
    if (plan.apart.has(section)) compiler.finish()
    else compiler.notTwice(section)
    compiler.book.enter(section, base)
    if (isPath(section, context.words)) {
      const label = labelOfLine(section.title, context.words)!
      compiler.path(section.parent!, { ...cut(section.title, label.at), range: section.range })
    }
    if (plan.kind !== 'procedure' && section.level > 0 && headingCondition(section, context.words)) {
      const group: Piece[] = []
      while (i < filled.length && headingCondition(filled[i]!.section, context.words)) {
        const { section: guarded, pieces: inner, annotation } = filled[i]!
        const body: Piece[] = [
          { kind: 'enter', section: guarded, base: guarded.anchors[0] || 'step' },
          ...inner,
        ]
        const title = { ...guarded.title, range: guarded.range }
        group.push(
          choiceOf(title, headingCondition(guarded, context.words)!, body, annotation, { alternative: true }),
        )
        i++
      }
      i--
      compiler.add(group, final)
      continue
    }
    if (isStep(plan, section, flowing, context.words)) headStep(section, base, pieces, compiler, context)
    else if (compiler.book.steps.length === 0 && startsWithChoices(pieces)) {
      compiler.head(
        base,
        flat(section.title) || nameOf(context.path),
        section.level === 0 ? (pieces.find(isFlow) as Choice).range : section.range,
      )
    }
    const before = compiler.book.steps.length
    compiler.add(pieces, final)
    if (annotation) compiler.declareSection(start, annotation)
    const first = compiler.book.steps[Math.min(before, compiler.book.steps.length - 1)]
    if (first && compiler.book.steps.length > before) waiting = []
    if (first && triggers.length > 0) first.texts.unshift(...triggers.map(line => textOf(line, 'trigger')))
  }
  compiler.finish()
}

/** "Rita is in from 8 to 2. If you are not sure, ask her": nothing to be done at this point of the way. */
function holdsThroughout({ section, pieces }: Read, plan: Plan): boolean {
  return (
    plan.kind === 'script' &&
    !plan.targets.has(section) &&
    pieces.every(piece => piece.kind === 'note') &&
    pieces.some(piece => piece.kind === 'note' && piece.standing)
  )
}

/** A section that is a step: one with something to do; a numbered one even without, if nothing below it has either. */
function isStep(plan: Plan, section: Section, flowing: ReadonlySet<Section>, words: Vocabulary): boolean {
  if (plan.kind === 'procedure' || plan.about.has(section) || section === plan.top || section.level === 0)
    return false
  const labelled = labelOfLine(section.title, words) !== null
  if (!flowing.has(section))
    return labelled || (plan.steps.has(section) && plan.kind === 'script' && section.children.length === 0)
  return plan.steps.has(section) && section.blocks.length > 0
}

/** Sections in which, or below which, something is done. */
function flowingOf(read: readonly Read[]): Set<Section> {
  const flowing = new Set<Section>()
  for (const { section, pieces } of read) {
    if (!pieces.some(isFlow)) continue
    for (let at: Section | null = section; at && !flowing.has(at); at = at.parent) flowing.add(at)
  }
  return flowing
}

/** Several cases at once need a step to branch off; a single one is a step itself. */
function startsWithChoices(pieces: readonly Piece[]): boolean {
  const flow = pieces.filter(isFlow)
  return flow[0]?.kind === 'choice' && flow[1]?.kind === 'choice'
}

/** The step that a section is itself; an instruction in its heading is its text if it has no other. */
function headStep(
  section: Section,
  id: string,
  pieces: readonly Piece[],
  compiler: Compiler,
  { words }: PlanContext,
): void {
  const title = flat(section.title)
  const step = compiler.head(id, title, section.range)
  const label = labelOfLine(section.title, words)
  const bare = label ? cut(section.title, label.at) : section.title
  if (!pieces.some(isFlow) && isImperative(lowOf(bare), words)) step.texts.push(textOf(bare, 'do'))
}

export function isFlow(piece: Piece): boolean {
  return piece.kind === 'do' || piece.kind === 'choice' || piece.kind === 'go' || piece.kind === 'end'
}

/** "Path 2" does not follow "Path 1": paths are chosen between, steps and stages follow each other. */
function isPath(section: Section, words: Vocabulary): boolean {
  const label = labelOfLine(section.title, words)
  return label !== null && /^(?:path|option|scenario|case|variant)$/.test(label.noun)
}

function headingCondition(section: Section, words: Vocabulary): Conditional | null {
  const found = conditional(section.title, words)
  return found && !found.trailing && found.when && !found.action ? found : null
}
