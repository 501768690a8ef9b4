// The steps of one playbook while it is being put together: their ids, names, texts, references and targets to look up.
import type { Step, Target, Text, Transition } from '../../model/playbook.ts'
import { comparePoints, type Range } from '../../model/position.ts'
import type { Annotation } from './annotations.ts'
import { normal } from './labels.ts'
import type { Section } from './outline.ts'
import type { Choice, Do, Pointer } from './pieces.ts'

/** A way on that does not lead anywhere yet: from a step, under the condition of a choice if it has one. */
export type Exit = { step: Step; choice: Choice | null }

/** A target whose step is looked up when all steps are known. */
export type Pending = { target: Target; pointer: Pointer; section: Section; playbook: number }

export class StepBook {
  readonly steps: Step[] = []
  readonly pending: Pending[] = []
  /** Names steps can be referred to by, within each section. */
  readonly names = new Map<Section, Map<string, Step>>()
  /** The first step of each section. */
  readonly firsts = new Map<Section, Step>()
  /** The comments whose declarations were taken in. */
  readonly heeded: Range[] = []
  /** Steps in which a person speaks. */
  readonly manned = new Set<Step>()
  private readonly fallsThrough = new Set<Transition>()
  private readonly ids = new Set<string>()
  private readonly reserved: Set<string>
  private readonly playbook: number
  private section!: Section
  private base = ''
  private count = 0

  /** `reserved`: slugs of the playbook's own sections, which no other step may have as its id. */
  constructor(playbook: number, reserved: Iterable<string>) {
    this.playbook = playbook
    this.reserved = new Set(reserved)
  }

  /** From here on steps belong to this section; their ids begin with `base`. */
  enter(section: Section, base: string): void {
    this.section = section
    this.base = base
    this.count = 0
  }

  /** A step with the next free id of the section. */
  next(title: string, range: Range): Step {
    let id: string
    do id = `${this.base}-${++this.count}`
    while (this.ids.has(id) || this.reserved.has(id))
    return this.make(id, title, range)
  }

  /** A step with this id, or one like it if that is taken. */
  make(wanted: string, title: string, range: Range): Step {
    let id = wanted
    for (let i = 2; this.ids.has(id); i++) id = `${wanted}-${i}`
    this.ids.add(id)
    const step: Step = { id, title: title === '' ? id : title, range, texts: [], transitions: [] }
    this.steps.push(step)
    if (!this.firsts.has(this.section)) this.firsts.set(this.section, step)
    return step
  }

  /** Puts what a piece says into a step. */
  fill(step: Step, piece: Do): void {
    this.tell(step, piece.texts, piece.references)
    const call = piece.call ?? piece.orGo
    if (call && !step.call) step.call = this.target(call)
    if (piece.wordsElsewhere !== undefined) step.wordsElsewhere ??= piece.wordsElsewhere
    for (const name of piece.names) this.name(name, step)
    if (piece.speaker === 'agent') {
      this.manned.add(step)
      delete step.automated
    } else if (piece.speaker === 'bot' && !this.manned.has(step)) step.automated = true
  }

  tell(step: Step, texts: readonly Text[], references: readonly Pointer[]): void {
    for (const text of texts) step.texts.push(text)
    for (const pointer of references) (step.references ??= []).push(this.target(pointer))
  }

  declare(step: Step, annotation: Annotation): void {
    const { acts, outcome, bot } = annotation
    this.heed(annotation)
    if (bot) step.automated = true
    if (acts) step.declaredActs = [...(step.declaredActs ?? []), ...acts]
    if (outcome) step.outcome = outcome
  }

  /** Acts are of the first step of a section, a bot is in all of them, an outcome for those that have none. */
  declareAll(from: number, { outcome, ...annotation }: Annotation): void {
    const steps = this.steps.slice(from)
    if (!steps[0]) return
    this.declare(steps[0], annotation)
    for (const step of steps) {
      if (annotation.bot) step.automated = true
      if (!outcome || !step.impliedEnd) continue
      step.outcome ??= outcome
      delete step.impliedEnd
    }
  }

  /** All that no person says or does is said and done by a machine. */
  automate(): void {
    for (const step of this.steps) if (!this.manned.has(step)) step.automated = true
  }

  /** What an annotation declares has found its step or choice. */
  heed({ comments, notAStep }: Annotation): void {
    if (!notAStep) this.heeded.push(...comments)
  }

  /** Makes a step known by a title or label; the first in a section keeps it. */
  name(name: string, step: Step): void {
    let names = this.names.get(this.section)
    if (!names) this.names.set(this.section, (names = new Map()))
    const key = /^[\p{L}#.]+ [\d.]+[a-z]?$/u.test(name) ? name : normal(name)
    if (!names.has(key)) names.set(key, step)
  }

  target(pointer: Pointer): Target {
    const target: Target = { text: pointer.text, range: pointer.range }
    this.pending.push({ target, pointer, section: this.section, playbook: this.playbook })
    return target
  }

  /** Leads an exit to a step that comes next. */
  connect(exit: Exit, to: Step): void {
    const range = exit.choice ? exit.choice.range : exit.step.range
    this.leave(exit, { range, kind: 'next', to: { text: to.title, range: to.range, step: to.id } })
  }

  /** Adds a transition to the step of an exit, under its condition. */
  leave({ step, choice }: Exit, transition: Transition): void {
    if (choice) {
      if (choice.when)
        transition.when = { text: choice.when.text.replace(/[\n\r\t\u00a0]/g, ' '), marks: choice.when.marks }
      if (choice.otherwise) transition.otherwise = true
      if (choice.uncertain) transition.uncertain = true
      if (choice.chooser) transition.chooser = choice.chooser
      if (choice.annotation?.acts) transition.declaredActs = choice.annotation.acts
    } else {
      this.fallsThrough.add(transition)
      if (step.transitions.length > 0) transition.otherwise = true
    }
    step.transitions.push(transition)
  }

  /** Rows of tables of states that somebody sends to, each a step from which nothing leads on. */
  addStates(states: ReadonlyMap<string, Do>): void {
    if (states.size === 0) return
    const known = new Set([...this.names.values()].flatMap(names => [...names.keys()]))
    for (const { pointer, section } of [...this.pending]) {
      const { reference } = pointer
      const name = reference.kind === 'label' ? `${reference.noun} ${reference.number}` : ''
      const piece = states.get(name)
      if (!piece || known.has(name)) continue
      this.enter(section, section.anchors[0] || 'state')
      const step = this.next(piece.title, piece.range)
      this.fill(step, piece)
      step.impliedEnd = true
      for (const other of piece.names) known.add(other)
    }
  }

  /** Ways on in the order in which they are written; the way on when none of them is taken comes last. */
  orderTransitions(): void {
    for (const { transitions } of this.steps) {
      if (transitions.length < 2) continue
      transitions.sort((a, b) => {
        const last = Number(this.fallsThrough.has(a)) - Number(this.fallsThrough.has(b))
        return last !== 0 ? last : comparePoints(a.range.start, b.range.start)
      })
    }
  }
}

/** Each way on once, in order. */
export function unique(exits: readonly Exit[]): Exit[] {
  const seen = new Map<Step, Set<Choice | null>>()
  return exits.filter(({ step, choice }) => {
    let choices = seen.get(step)
    if (!choices) seen.set(step, (choices = new Set()))
    if (choices.has(choice)) return false
    choices.add(choice)
    return true
  })
}
