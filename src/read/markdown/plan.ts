// One planned playbook: reads its sections into pieces and compiles them, with triggers, starts and entry.
import type { Playbook, Problem, Text, Unread } from '../../model/playbook.ts'
import type { Point } from '../../model/position.ts'
import type { Block } from './blocks.ts'
import { choiceOf, type Reading } from './clauses.ts'
import { Compiler } from './compile.ts'
import { conditional } from './conditions.ts'
import type { Head } from './head.ts'
import { isImperative } from './instructions.ts'
import { labelOf } from './labels.ts'
import { cut, flat, type Line, textOf } from './line.ts'
import type { Diagram } from './mermaid.ts'
import type { Outline, Section } from './outline.ts'
import type { Piece, Pointer } from './pieces.ts'
import type { Places } from './places.ts'
import type { Plan } from './playbooks.ts'
import { type Mode, readBlocks } from './section.ts'
import { isTrigger, opensWithTrigger } from './triggers.ts'
import { plain, type Vocabulary } from './words.ts'

export type PlanContext = {
  page: Outline
  head: Head | null
  words: Vocabulary
  places: Places
  problems: Problem[]
  unread: Unread[]
  known: ReadonlySet<string>
  path: string
  diagrams: Playbook[]
  mermaid: (code: string, first: Point, title: string | undefined) => Diagram
}

const SPOKEN_TITLE =
  /\b(?:scripts?|what to say|say this|templates?|canned|macros?|responses?|reply|replies|messages?|wording|announcement|greeting|opening|closing|e-?mails?|customer-facing)\b/
const GENERIC =
  /^(?:\W*)(?:workflow|process|steps|procedure|how to|how it works|instructions|resolution|what to do|solution|the process|handling|guidelines|process steps|action|actions|next steps)\b/

/** Null if no step was found. Linear in the sections. */
export function readPlan(
  plan: Plan,
  index: number,
  context: PlanContext,
): { compiler: Compiler; playbook: Playbook; sections: Section[] } | null {
  const { words } = context
  const read: { section: Section; pieces: Piece[]; triggers: Line[] }[] = []
  for (const section of plan.sections) {
    const reading: Reading = {
      words,
      places: context.places,
      section,
      problems: context.problems,
      unread: context.unread,
      known: context.known,
      script: plan.kind === 'script',
    }
    const isStep = plan.steps.has(section)
    const blocks = [...section.blocks]
    if (blocks.some(block => block.kind === 'comment' && /^\s*wayout\s*:\s*not-a-step\b/.test(block.text)))
      continue
    const triggers = plan.kind === 'procedure' ? opensWithTrigger(blocks, reading) : []
    const mode: Mode = {
      inSteps: isStep,
      quiet: isStep,
      spoken: plan.kind === 'script' || SPOKEN_TITLE.test(plain(flat(section.title))),
      among: false,
      numbered: { next: 1 },
      diagram: (code, block) => diagramOf(code, block, section, context),
    }
    read.push({ section, pieces: readBlocks(blocks, reading, mode), triggers })
  }
  const referred = new Set(
    read.flatMap(({ pieces }) =>
      [...pointersIn(pieces)].flatMap(({ reference }) =>
        reference.kind === 'label' ? [`${reference.noun} ${reference.number}`] : [],
      ),
    ),
  )
  const slugs = read.flatMap(({ section }) => section.anchors)
  const compiler = new Compiler(index, referred, slugs)
  const filled = read.filter(({ section, pieces }) => plan.steps.has(section) || pieces.some(isFlow))
  for (const [i, { section, pieces, triggers }] of filled.entries()) {
    const final = i === filled.length - 1 || startsAnew(filled[i + 1]!.section, words)
    const base = section.anchors[0] ?? (baseOf(plan, context) || 'start')
    compiler.enter(section, base === '' ? 'step' : base)
    if (startsAnew(section, words)) compiler.cutOff()
    const condition =
      plan.kind === 'procedure' || section.level === 0 ? null : headingCondition(section, words)
    if (plan.steps.has(section) && !condition) {
      const title = flat(section.title)
      const step = compiler.head(base === '' ? 'step' : base, title, section.range)
      const label = labelOf(title, words)
      const bare = label ? cut(section.title, label.at) : section.title
      if (!pieces.some(isFlow) && isImperative(plain(bare.text), words)) step.texts.push(textOf(bare, 'do'))
    } else if (condition) {
      const reading: Reading = {
        words,
        places: context.places,
        section,
        problems: context.problems,
        unread: context.unread,
        known: context.known,
        script: plan.kind === 'script',
      }
      compiler.add(
        [
          choiceOf({ ...section.title, range: section.range }, condition, false, pieces, reading, undefined, {
            alternative: true,
          }),
        ],
        final,
      )
      continue
    } else if (i === 0 && plan.kind === 'procedure' && firstFlow(pieces)?.kind === 'choice') {
      compiler.head(
        base === '' ? 'step' : base,
        flat(section.title) || 'start',
        section.level === 0 ? (firstFlow(pieces) as Piece).range : section.range,
      )
    }
    const before = compiler.steps.length
    compiler.add(pieces, final)
    const first = compiler.steps[Math.min(before, compiler.steps.length - 1)]
    if (first && triggers.length > 0) first.texts.unshift(...triggers.map(line => textOf(line, 'trigger')))
  }
  compiler.finish()
  if (compiler.steps.length === 0) return null
  const first = compiler.steps[0]!
  const titles = plan.kind === 'script' ? [] : triggerTitles(plan, context)
  first.texts.unshift(...titles)
  const playbook: Playbook = {
    title: titleOfPlan(plan, context),
    range:
      plan.top.level === 0
        ? plan.top.range
        : { start: plan.top.range.start, end: compiler.steps.at(-1)!.range.end },
    channels: [],
    starts: [{ step: first.id }],
    facts: new Map(),
    steps: compiler.steps,
  }
  if (
    plan.kind === 'procedure' &&
    first.texts.some(text => text.voice === 'trigger' && isTrigger(plain(text.text), words))
  )
    playbook.entry = true
  return { compiler, playbook, sections: plan.sections }
}

function isFlow(piece: Piece): boolean {
  return piece.kind === 'do' || piece.kind === 'choice' || piece.kind === 'go' || piece.kind === 'end'
}

function firstFlow(pieces: readonly Piece[]): Piece | undefined {
  return pieces.find(isFlow)
}

/** "Path 2" does not follow "Path 1": paths are chosen, steps and stages follow each other. */
function startsAnew(section: Section, words: Vocabulary): boolean {
  const label = labelOf(flat(section.title), words)
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
): Playbook | null {
  const read = context.mermaid(code, block.first, flat(section.title) || undefined)
  context.problems.push(...read.problems)
  context.unread.push(...read.unread)
  if (read.playbook) context.diagrams.push(read.playbook)
  return read.playbook
}

/** The headings that say when a procedure applies: its own, and the one above where its own says nothing. */
function triggerTitles(plan: Plan, { words }: PlanContext): Text[] {
  const titles: Text[] = []
  const { top } = plan
  if (top.level === 0) return titles
  if (GENERIC.test(plain(flat(top.title))) && top.parent && top.parent.level > 1)
    titles.push(textOf(top.parent.title, 'trigger'))
  const label = labelOf(flat(top.title), words)
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

function baseOf(plan: Plan, context: PlanContext): string {
  void plan
  return nameOf(context.path)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
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
