// One planned playbook: reads its sections into pieces and compiles them, with triggers, starts and entry.
// A little long: what a section is decides how all of it is read.
import type { Playbook, Problem, Text, Unread } from '../../model/playbook.ts'
import type { Point } from '../../model/position.ts'
import type { Block } from './blocks.ts'
import { choiceOf } from './choices.ts'
import { Compiler } from './compile.ts'
import { conditional } from './conditions.ts'
import type { Head } from './head.ts'
import { isImperative } from './instructions.ts'
import { COUNTED, labelOfLine } from './labels.ts'
import { cut, flat, type Line, lowOf, textOf } from './line.ts'
import type { Details } from './mask.ts'
import type { Diagram } from './mermaid.ts'
import type { Mode } from './mode.ts'
import { keepNotes } from './notes.ts'
import type { Outline, Section } from './outline.ts'
import { openCondition, readOpen } from './paragraphs.ts'
import type { Choice, Do, Piece, Pointer } from './pieces.ts'
import type { Places } from './places.ts'
import type { Plan } from './playbooks.ts'
import type { Reading } from './reading.ts'
import { readBlocks } from './section.ts'
import { announcesSpeech } from './speech.ts'
import { isTrigger, opensWithTrigger, USE_WHEN } from './triggers.ts'
import { plain, type Vocabulary } from './words.ts'

export type PlanContext = {
  page: Outline
  head: Head | null
  words: Vocabulary
  places: Places
  problems: Problem[]
  unread: Unread[]
  known: ReadonlySet<string>
  states: Map<string, Do>
  details: readonly Details[]
  path: string
  diagrams: Playbook[]
  mermaid: (code: string, first: Point, title: string | undefined) => Diagram
}

type Compiled = { compiler: Compiler; playbook: Playbook; sections: Section[] }

const SPOKEN_TITLE =
  /\b(?:scripts?|what to say|say this|templates?|canned|macros?|responses?|reply|replies|messages?|wording|announcement|greeting|e-?mails?|customer-facing|customer updates?|acknowledgement)\b/
const GENERIC =
  /^(?:\W*)(?:workflow|process|steps|procedure|how to|how it works|instructions|resolution|what to do|solution|the process|handling|guidelines|process steps|action|actions|next steps)\b/

type Read = { section: Section; pieces: Piece[]; triggers: Line[] }

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
  if (!first) return null
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
  if (blocks.some(block => block.kind === 'comment' && /^\s*wayout\s*:\s*not-a-step\b/.test(block.text)))
    return null
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
  const pieces = readTitled(section, blocks, reading, mode)
  return {
    section,
    pieces: plan.about.has(section) ? keepNotes(pieces.flatMap(asNote), reading) : pieces,
    triggers,
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
function asNote(piece: Piece): Piece[] {
  if (piece.kind === 'note') return [piece]
  return piece.kind === 'do'
    ? [{ kind: 'note', range: piece.range, texts: piece.texts, references: piece.references }]
    : []
}

function compileSections(plan: Plan, read: readonly Read[], compiler: Compiler, context: PlanContext): void {
  const flowing = flowingOf(read)
  const filled = read.filter(
    ({ section, pieces }) =>
      pieces.length > 0 || isPath(section, context.words) || isStep(plan, section, flowing, context.words),
  )
  for (let i = 0; i < filled.length; i++) {
    const { section, pieces, triggers } = filled[i]!
    const base = section.anchors[0] || 'step'
    const final =
      i === filled.length - 1 ||
      isPath(filled[i + 1]!.section, context.words) ||
      plan.targets.has(filled[i + 1]!.section)
    compiler.book.enter(section, base)
    if (isPath(section, context.words)) {
      const label = labelOfLine(section.title, context.words)!
      compiler.path(section.parent!, { ...cut(section.title, label.at), range: section.range })
    }
    if (plan.kind !== 'procedure' && section.level > 0 && headingCondition(section, context.words)) {
      const group: Piece[] = []
      while (i < filled.length && headingCondition(filled[i]!.section, context.words)) {
        const { section: guarded, pieces: inner } = filled[i]!
        const body: Piece[] = [
          { kind: 'enter', section: guarded, base: guarded.anchors[0] || 'step' },
          ...inner,
        ]
        const title = { ...guarded.title, range: guarded.range }
        group.push(
          choiceOf(title, headingCondition(guarded, context.words), false, body, undefined, {
            alternative: true,
          }),
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
    const first = compiler.book.steps[Math.min(before, compiler.book.steps.length - 1)]
    if (first && triggers.length > 0) first.texts.unshift(...triggers.map(line => textOf(line, 'trigger')))
  }
  compiler.finish()
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

function isFlow(piece: Piece): boolean {
  return piece.kind === 'do' || piece.kind === 'choice' || piece.kind === 'go' || piece.kind === 'end'
}

/** "Path 2" does not follow "Path 1": paths are chosen between, steps and stages follow each other. */
function isPath(section: Section, words: Vocabulary): boolean {
  const label = labelOfLine(section.title, words)
  return label !== null && /^(?:path|option|scenario|case|variant)$/.test(label.noun)
}

function headingCondition(section: Section, words: Vocabulary): Line | null {
  const found = conditional(section.title, words)
  return found && !found.trailing && found.when && !found.action ? found.when : null
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

/** The headings that say when a procedure applies: its own, and the one above where its own says nothing. */
function triggerTitles(plan: Plan, { words }: PlanContext): Text[] {
  const titles: Text[] = []
  const { top } = plan
  if (top.level === 0) return titles
  if (GENERIC.test(lowOf(top.title)) && top.parent && top.parent.level > 1)
    titles.push(textOf(top.parent.title, 'trigger'))
  const label = labelOfLine(top.title, words)
  titles.push(textOf(label ? cut(top.title, label.at) : top.title, 'trigger'))
  return titles.filter(text => text.text !== '')
}

function titleOfPlan(plan: Plan, context: PlanContext): string {
  if (plan.top.level > 0) return flat(plan.top.title)
  return (
    context.head?.title ??
    (flat(context.page.root.children[0]?.title ?? plan.top.title) || nameOf(context.path))
  )
}

function nameOf(path: string): string {
  return (path.split('/').pop() ?? path).replace(/(?:\.html)?\.(?:md|markdown)(?:\.erb)?$/i, '')
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
