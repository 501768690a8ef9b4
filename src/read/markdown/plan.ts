// One planned playbook: reads its sections into pieces and compiles them, with triggers, starts and entry.
import type { Playbook } from '../../model/playbook.ts'
import { shortened } from './actions.ts'
import type { Block } from './blocks.ts'
import { annotationIn } from './choices.ts'
import { Compiler } from './compile.ts'
import { compileSections, isFlow } from './compose.ts'
import { forbidden, isForbidden } from './forbids.ts'
import { COUNTED, labelOfLine } from './labels.ts'
import { cut, flat, lowOf } from './line.ts'
import type { Mode } from './mode.ts'
import { keepNotes } from './notes.ts'
import type { Section } from './outline.ts'
import { openCondition, readOpen } from './paragraphs.ts'
import type { Note, Piece, Pointer } from './pieces.ts'
import type { PlanContext, Read } from './plan-context.ts'
import type { Plan } from './playbooks.ts'
import type { Reading } from './reading.ts'
import { readBlocks } from './section.ts'
import { announcesSpeech } from './speech.ts'
import { readTemplate } from './templates.ts'
import { titleOfPlan, triggerTitles } from './titles.ts'
import { isTrigger, opensWithTrigger, USE_WHEN } from './triggers.ts'
import { plain } from './words.ts'

type Compiled = { compiler: Compiler; playbook: Playbook; sections: Section[] }

const SPOKEN_TITLE =
  /\b(?:scripts?|what to say|say this|templates?|canned|macros?|responses?|reply|replies|messages?|wording|announcement|greeting|e-?mails?|customer-facing|customer updates?|acknowledgement)\b/

/** A plan with its sections read, before anything is compiled. */
export type ReadPlan = { plan: Plan; read: Read[] }

export function readPlan(plan: Plan, context: PlanContext): ReadPlan {
  return {
    plan,
    read: plan.sections.map(section => readSection(plan, section, context)).filter(found => found !== null),
  }
}

/** All names of steps that some sentence of the page points at. */
export function namesReferredTo(plans: readonly ReadPlan[]): Set<string> {
  const pointers = plans.flatMap(({ read }) => read.flatMap(({ pieces }) => [...pointersIn(pieces)]))
  return new Set(
    pointers.flatMap(({ reference }) =>
      reference.kind === 'label' && COUNTED.test(reference.noun) ? [`item ${reference.number}`] : [],
    ),
  )
}

/** Null if no step was found. Linear in the pieces. */
export function compilePlan(
  { plan, read }: ReadPlan,
  index: number,
  referred: ReadonlySet<string>,
  context: PlanContext,
): Compiled | null {
  const compiler = new Compiler(
    index,
    referred,
    plan.sections.flatMap(section => section.anchors),
  )
  compileSections(plan, read, compiler, context)
  compiler.book.addStates(context.states)
  compiler.book.orderTransitions()
  const first = compiler.book.steps[0]
  if (!first) {
    for (const { pieces } of read) tellOutside(pieces, context)
    return null
  }
  if (plan.kind !== 'script') first.texts.unshift(...triggerTitles(plan, context))
  const playbook: Playbook = {
    title: titleOfPlan(plan, context),
    range:
      plan.top.level === 0
        ? plan.top.range
        : { start: plan.top.range.start, end: compiler.book.steps.at(-1)!.range.end },
    channels: [],
    starts: [{ step: first.id }],
    facts: new Map(),
    steps: compiler.book.steps,
  }
  if (
    plan.kind === 'procedure' &&
    first.texts.some(text => text.voice === 'trigger' && isTrigger(plain(text.text), context.words))
  )
    playbook.entry = true
  return { compiler, playbook, sections: plan.sections }
}

function readingOf(plan: Plan, section: Section, context: PlanContext): Reading {
  const { words, places, problems, unread, known, states, details } = context
  return {
    words,
    places,
    section,
    problems,
    unread,
    known,
    states,
    details,
    script: plan.kind === 'script' && plan.steps.has(section),
  }
}

/** Null for a section its author takes out of the flow. */
function readSection(plan: Plan, section: Section, context: PlanContext): Read | null {
  const reading = readingOf(plan, section, context)
  const blocks = [...section.blocks]
  const annotation = annotationIn(section.title, reading)
  if (
    annotation?.notAStep ||
    blocks.some(block => block.kind === 'comment' && /^\s*wayout\s*:\s*not-a-step\b/.test(block.text))
  ) {
    context.leftOut.add(section)
    return null
  }
  const isStep = plan.steps.has(section)
  const triggers = plan.kind === 'procedure' ? opensWithTrigger(blocks, reading) : []
  const mode: Mode = {
    inSteps: isStep,
    quiet: isStep,
    spoken:
      plan.kind === 'script' ||
      section.blocks.some(block => block.kind === 'paragraph' && USE_WHEN.test(block.line.text)) ||
      (SPOKEN_TITLE.test(lowOf(section.title)) && !/\binternal\b/.test(lowOf(section.title))),
    among: false,
    numbered: { next: 1 },
    diagram: (code, block) => diagramOf(code, block, section, context),
    read: readBlocks,
  }
  const found = isForbidden(section, reading.words)
    ? forbidden(blocks, reading)
    : ((plan.kind === 'script' ? null : readTemplate(section, reading)) ??
      readTitled(section, blocks, reading, mode))
  const pieces = plan.kind === 'procedure' && !found.some(isFlow) ? found.map(asStep) : found
  return {
    section,
    pieces: plan.about.has(section)
      ? keepNotes(
          pieces.flatMap(piece => asNote(piece, plan.asides.has(section))),
          reading,
        )
      : pieces,
    triggers,
    ...(annotation && { annotation }),
  }
}

/** Headings such as "Ask:" and "Escalate when:" introduce the list under them. */
function readTitled(section: Section, blocks: readonly Block[], reading: Reading, mode: Mode): Piece[] {
  const [first, ...rest] = blocks
  if (section.level === 0 || first?.kind !== 'list') return readBlocks(blocks, reading, mode)
  const label = labelOfLine(section.title, reading.words)
  const title = { ...(label ? cut(section.title, label.at) : section.title), range: section.range }
  const found = openCondition(title, reading)
  if (found?.trailing)
    return [...readOpen(title, found, first, reading, mode), ...readBlocks(rest, reading, mode)]
  const announces = /[:：]\s*$/.test(title.text) && announcesSpeech(title, reading.words)
  return readBlocks(blocks, reading, mode, announces ? title : null)
}

/** What a section about the page says holds for all of it: words that stay with the first step. */
function asNote(piece: Piece, firm: boolean): Piece[] {
  if (piece.kind === 'note') return [firm ? { ...piece, firm } : piece]
  return piece.kind === 'do'
    ? [{ kind: 'note', range: piece.range, texts: piece.texts, references: piece.references, firm }]
    : []
}

/** What holds at any time is a step of its own where there is no other to hold for. */
function asStep(piece: Piece): Piece {
  if (piece.kind !== 'note' || !piece.standing) return piece
  const { range, texts, references } = piece
  const title = shortened(texts.map(({ text }) => text).join(' '))
  return { kind: 'do', range, title, texts, references, quiet: false, names: [], body: [] }
}

/** Words of a section in which nothing is done belong to no step: they are counted, not lost. */
function tellOutside(pieces: readonly Piece[], { unread }: PlanContext): void {
  const notes = pieces.filter(piece => piece.kind === 'note' && piece.texts.length > 0) as Note[]
  const [first] = notes
  if (!first) return
  const text = notes.flatMap(({ texts }) => texts.map(({ text }) => text)).join(' ')
  const range = { start: first.range.start, end: notes.at(-1)!.range.end }
  unread.push({ range, reason: 'background: words outside any step', text: text.slice(0, 80) })
}

function diagramOf(
  code: string,
  block: Block & { kind: 'code' },
  section: Section,
  context: PlanContext,
): void {
  const read = context.mermaid(code, block.first, flat(section.title) || undefined)
  context.problems.push(...read.problems)
  context.unread.push(...read.unread)
  if (read.playbook) context.diagrams.push(read.playbook)
}

/** All pointers of pieces, however deep. */
export function* pointersIn(pieces: readonly Piece[]): Generator<Pointer> {
  const stack: Piece[] = [...pieces]
  while (stack.length > 0) {
    const piece = stack.pop()!
    if (piece.kind === 'go') yield piece.pointer
    else if (piece.kind === 'do') {
      if (piece.call) yield piece.call
      stack.push(...piece.body)
    } else if (piece.kind === 'choice') stack.push(...piece.body)
  }
}
