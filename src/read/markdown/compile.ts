// Pieces → steps and transitions: connects what follows what, hosts conditions on the step before them, joins branches.
import type { Outcome } from '../../model/act.ts'
import type { Step, Target, Text, Transition } from '../../model/playbook.ts'
import { comparePoints, type Range } from '../../model/position.ts'
import { shortened } from './actions.ts'
import { type Annotation, merge } from './annotations.ts'
import { outcomeTold } from './ends.ts'
import { normal } from './labels.ts'
import { flat, type Line, lowOf, textOf } from './line.ts'
import { excludes } from './opposites.ts'
import type { Section } from './outline.ts'
import type { Choice, Do, End, Piece, Pointer } from './pieces.ts'
import { plain } from './words.ts'

/** A way on that does not lead anywhere yet: from a step, under the condition of a choice if it has one. */
type Exit = { step: Step; choice: Choice | null }

/** A target whose step is looked up when all steps are known. */
export type Pending = { target: Target; pointer: Pointer; section: Section; playbook: number }

/** More open ends than these meet in a step of their own before the next condition, so that nothing grows quadratically. */
const MOST_EXITS = 8
const FOLLOWS =
  /\b(?:still|persists?|persisting|remains?|continues? to|not resolved|unresolved|(?:does|did) ?n[o']t (?:help|work|resolve|fix)|not successful|unsuccessful|no luck|this is not the case|that is not the case|not improved|after (?:that|this|which)|once (?:that|this))\b/

export class Compiler {
  readonly steps: Step[] = []
  readonly pending: Pending[] = []
  /** Names steps can be referred to by, within each section. */
  readonly names = new Map<Section, Map<string, Step>>()
  private open: Exit[] = []
  private paths: { parent: Section; hosts: Exit[] } | null = null
  private last: Step | null = null
  private readonly fallsThrough = new Set<Transition>()
  private notes: { texts: Text[]; references: Pointer[] } = { texts: [], references: [] }
  private readonly ids = new Set<string>()
  private section!: Section
  private base = ''
  private count = 0
  private readonly playbook: number
  private readonly referred: ReadonlySet<string>
  private readonly reserved: Set<string>
  /** The first step of each section. */
  readonly firsts = new Map<Section, Step>()

  /** `referred`: names of numbered items that some sentence points at. `reserved`: slugs of the playbook's own sections. */
  constructor(playbook: number, referred: ReadonlySet<string>, reserved: Iterable<string>) {
    this.playbook = playbook
    this.referred = referred
    this.reserved = new Set(reserved)
  }

  /** Starts a section. `base` is what the ids of its steps begin with. */
  enter(section: Section, base: string): void {
    this.section = section
    this.base = base
    this.count = 0
  }

  /** The step of a section itself. */
  head(id: string, title: string, range: Range): Step {
    const step = this.newStep(id, title, range)
    this.arrive(step)
    return step
  }

  /**
   * A section that is one of several to choose from: what comes before the first of them leads to each, as far as one
   * can tell from headings; none of them leads to the next.
   */
  path(parent: Section, title: Line): void {
    if (this.paths?.parent !== parent)
      this.paths = { parent, hosts: this.open.filter(exit => exit.choice === null) }
    else this.finish()
    const choice: Choice = {
      kind: 'choice',
      range: title.range,
      when: title,
      otherwise: false,
      body: [],
      alternative: true,
      names: [],
      uncertain: true,
    }
    this.open = this.paths.hosts.map(({ step }) => ({ step, choice }))
  }

  add(pieces: readonly Piece[], tail: boolean): void {
    this.sequence(pieces, tail, tail)
  }

  /** The words of the section's trigger: a heading or sentence that says when it applies. */
  trigger(step: Step, texts: Text[]): void {
    step.texts.unshift(...texts)
  }

  /** Whatever is still open ends here, and nobody said how. */
  finish(): void {
    for (const { step, choice } of this.open) {
      if (choice === null) {
        if (step.outcome === undefined) step.impliedEnd = true
      } else {
        const end = this.newStep(
          `${step.id}-end`,
          shortened(choice.when ? flat(choice.when) : 'otherwise'),
          choice.range,
        )
        end.impliedEnd = true
        this.connect({ step, choice }, end)
      }
    }
    this.open = []
    if (this.notes.texts.length > 0 || this.notes.references.length > 0) this.flushNotes()
  }

  /** Ways on in the order in which they are written; the way on when none of them is taken comes last. */
  orderTransitions(): void {
    for (const { transitions } of this.steps) {
      if (transitions.length < 2) continue
      const place = (transition: Transition) =>
        this.fallsThrough.has(transition) ? null : transition.range.start
      transitions.sort((a, b) => {
        const one = place(a)
        const other = place(b)
        if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
        return comparePoints(one, other)
      })
    }
  }

  private sequence(pieces: readonly Piece[], last: boolean, tail: boolean): void {
    let final = pieces.length - 1
    while (final >= 0 && (pieces[final]!.kind === 'note' || pieces[final]!.kind === 'declared')) final--
    for (let i = 0; i < pieces.length; ) {
      const piece = pieces[i]!
      if (piece.kind === 'choice') {
        let until = i + 1
        const group: Piece[] = [piece]
        while (
          until < pieces.length &&
          (pieces[until]!.kind === 'choice' ||
            pieces[until]!.kind === 'declared' ||
            pieces[until]!.kind === 'note')
        )
          group.push(pieces[until++]!)
        while (group.length > 1 && group.at(-1)!.kind !== 'choice') {
          group.pop()
          until--
        }
        this.choices(group, tail && until > final)
        i = until
        continue
      }
      const end = i === final
      if (piece.kind === 'do' && piece.orGo && end) this.go(piece.orGo, piece.range)
      else if (piece.kind === 'do') this.doing(piece, last && end, tail && end)
      else if (piece.kind === 'enter') this.enter(piece.section, piece.base)
      else if (piece.kind === 'go') this.go(piece.pointer, piece.range)
      else if (piece.kind === 'end') {
        if (piece.strength === 'firm' || (piece.strength === 'last' ? end && last : end && tail))
          this.end(piece)
      } else if (piece.kind === 'stop') this.finish()
      else if (piece.kind === 'note') this.note(piece.texts, piece.references)
      else this.declare(piece.annotation)
      i++
    }
  }

  private doing(piece: Do, last: boolean, tail: boolean): void {
    const step = this.last
    const joins =
      piece.quiet &&
      step &&
      step.call === undefined &&
      step.transitions.length === 0 &&
      (this.open.length === 0
        ? step.outcome === undefined || piece.texts.length === 0
        : this.open.length === 1 && this.open[0]!.step === step && this.open[0]!.choice === null)
    if (joins) this.fill(step, piece)
    else {
      const made = this.newStep(this.nextId(), piece.title, piece.range)
      this.arrive(made)
      this.fill(made, piece)
    }
    if (piece.body.length > 0) this.sequence(piece.body, last, tail)
  }

  /** Rows of tables of states that somebody sends to, each a step from which nothing leads on. */
  addStates(states: ReadonlyMap<string, Do>): void {
    const known = new Set([...this.names.values()].flatMap(names => [...names.keys()]))
    for (const { pointer, section } of [...this.pending]) {
      const { reference } = pointer
      const name = reference.kind === 'label' ? `${reference.noun} ${reference.number}` : ''
      const piece = states.get(name)
      if (!piece || known.has(name)) continue
      this.enter(section, section.anchors[0] || 'state')
      const step = this.newStep(this.nextId(), piece.title, piece.range)
      this.fill(step, piece)
      step.impliedEnd = true
      for (const other of piece.names) known.add(other)
    }
  }

  private fill(step: Step, piece: Do): void {
    step.texts.push(...piece.texts)
    const call = piece.call ?? piece.orGo
    if (call && !step.call) step.call = this.target(call)
    if (piece.references.length > 0)
      step.references = [...(step.references ?? []), ...piece.references.map(pointer => this.target(pointer))]
    if (piece.wordsElsewhere !== undefined && step.wordsElsewhere === undefined)
      step.wordsElsewhere = piece.wordsElsewhere
    if (piece.annotation) this.declareStep(step, piece.annotation)
    for (const name of piece.names) this.name(name, step)
  }

  private name(name: string, step: Step): void {
    let names = this.names.get(this.section)
    if (!names) this.names.set(this.section, (names = new Map()))
    const key = /^[\p{L}#.]+ [\d.]+[a-z]?$/u.test(name) ? name : normal(name)
    if (!names.has(key)) names.set(key, step)
  }

  /** Choices in a row: alternatives share the steps they branch off; others are asked one after another. */
  private choices(group: readonly Piece[], tail: boolean): void {
    const choices = group.filter(piece => piece.kind === 'choice')
    const leaving = choices.length > 1 && choices.every(choice => choice.alternative && leaves(choice))
    /** Ends of branches that the next alternative does not follow. */
    let held: Exit[] = []
    let decided: Choice[] = []
    let closed = false
    let at = 0
    for (const piece of group) {
      if (piece.kind !== 'choice') {
        if (piece.kind === 'note') this.note(piece.texts, piece.references)
        else if (piece.kind === 'declared') this.declare(piece.annotation)
        continue
      }
      const next = choices[++at]
      const alternative =
        piece.alternative ||
        piece.otherwise ||
        (next !== undefined && (next.otherwise || excludes(piece, next)))
      const follows = piece.when !== null && FOLLOWS.test(lowOf(piece.when))
      if ((!alternative || follows || closed) && held.length > 0) {
        // A new question: it comes after the branches so far, and after no branch unless one was always taken.
        this.open = unique(closed ? held : [...this.open, ...held])
        held = []
        decided = []
        closed = false
      }
      if (
        piece.phrase &&
        piece.otherwise &&
        at === 1 &&
        this.open.every(exit => exit.step.transitions.length === 0)
      ) {
        piece.otherwise = false
        piece.when = piece.phrase
      }
      const hosts = this.host(piece)
      this.branch(piece, hosts, alternative || tail)
      const over = isOnlySaid(piece) && choices.some(other => other !== piece && leaves(other))
      // "If the light is green, all is well" among branches that lead on: that one is over.
      if (over) this.finish()
      const exits = this.open
      closed ||= piece.otherwise || decided.some(other => excludes(other, piece))
      decided.push(piece)
      if (alternative) {
        held.push(...exits)
        this.open = hosts
      } else this.open = unique([...hosts, ...exits])
    }
    this.open = unique([...(closed || leaving ? [] : this.open), ...held])
  }

  /** The ways on that a condition can be asked at; a step is made for it where there is none, or too many. */
  private host(choice: Choice): Exit[] {
    const named = choice.names.some(name => this.referred.has(name))
    if (
      named ||
      this.open.length === 0 ||
      this.open.length > MOST_EXITS ||
      this.open.some(exit => exit.choice !== null)
    ) {
      const outer = this.open.length === 1 ? this.open[0]!.choice : null
      const about = outer && !outer.uncertain ? outer : choice
      this.arrive(
        this.newStep(this.nextId(), about.when ? shortened(flat(about.when)) : 'otherwise', about.range),
      )
    }
    for (const name of choice.names) if (this.last) this.name(name, this.last)
    return [...this.open]
  }

  private branch(choice: Choice, hosts: readonly Exit[], tail: boolean): void {
    this.open = hosts.map(({ step }) => ({ step, choice }))
    if (choice.annotation?.outcome) this.endWith(choice.annotation.outcome, choice.range)
    this.sequence(choice.body, true, tail)
  }

  private go(pointer: Pointer, range: Range): void {
    if (this.open.length === 0) {
      if (this.last) this.last.references = [...(this.last.references ?? []), this.target(pointer)]
      return
    }
    for (const exit of this.open) {
      const transition: Transition = {
        range: exit.choice ? exit.choice.range : range,
        kind: 'go',
        to: this.target(pointer),
      }
      this.pushTransition(exit, transition)
    }
    this.open = []
  }

  private end(piece: End): void {
    if (this.open.length === 0 && this.last === null) {
      const step = this.newStep(this.nextId(), shortened(flat(piece.line)), piece.range)
      step.texts.push(textOf(piece.line, 'do'))
      this.arrive(step)
    }
    this.endWith(piece.outcome, piece.range, true)
  }

  private endWith(outcome: Outcome, range: Range, guessed = false): void {
    for (const exit of this.open) {
      const { step, choice } = exit
      const told =
        guessed && outcome === 'resolved' && choice === null
          ? outcomeTold(plain(step.texts.map(text => text.text).join(' ')))
          : undefined
      if (choice === null && step.transitions.length === 0) step.outcome ??= told ?? outcome
      else
        this.pushTransition(exit, {
          range: choice ? choice.range : range,
          kind: 'go',
          outcome: told ?? outcome,
        })
    }
    this.open = []
  }

  private declare(annotation: Annotation): void {
    if (this.last) this.declareStep(this.last, annotation)
  }

  private declareStep(step: Step, annotation: Annotation): void {
    if (annotation.acts) step.declaredActs = [...(step.declaredActs ?? []), ...annotation.acts]
    if (annotation.outcome) {
      step.outcome = annotation.outcome
      if (step.transitions.length === 0)
        this.open = this.open.filter(exit => exit.step !== step || exit.choice !== null)
    }
  }

  private note(texts: Text[], references: Pointer[]): void {
    this.notes.texts.push(...texts)
    this.notes.references.push(...references)
    if (this.last) this.flushNotes()
  }

  private flushNotes(): void {
    const step = this.last
    if (!step) return
    step.texts.push(...this.notes.texts)
    if (this.notes.references.length > 0)
      step.references = [
        ...(step.references ?? []),
        ...this.notes.references.map(pointer => this.target(pointer)),
      ]
    this.notes = { texts: [], references: [] }
  }

  private arrive(step: Step): void {
    // Conditions first: the way on without one is what is left.
    for (const exit of this.open) if (exit.choice !== null) this.connect(exit, step)
    for (const exit of this.open) if (exit.choice === null) this.connect(exit, step)
    this.open = [{ step, choice: null }]
    this.last = step
    if (this.notes.texts.length > 0 || this.notes.references.length > 0) this.flushNotes()
  }

  private connect(exit: Exit, to: Step): void {
    const range = exit.choice ? exit.choice.range : exit.step.range
    const target: Target = { text: to.title, range: to.range, step: to.id }
    this.pushTransition(exit, { range, kind: 'next', to: target })
  }

  private pushTransition({ step, choice }: Exit, transition: Transition): void {
    if (choice) {
      if (choice.when) transition.when = textOf(choice.when, 'any')
      if (transition.when) delete (transition.when as { voice?: string }).voice
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

  private target(pointer: Pointer): Target {
    const target: Target = { text: pointer.text, range: pointer.range }
    this.pending.push({ target, pointer, section: this.section, playbook: this.playbook })
    return target
  }

  private nextId(): string {
    let id: string
    do id = `${this.base}-${++this.count}`
    while (this.ids.has(id) || this.reserved.has(id))
    return id
  }

  private newStep(wanted: string, title: string, range: Range): Step {
    let id = wanted
    for (let i = 2; this.ids.has(id); i++) id = `${wanted}-${i}`
    this.ids.add(id)
    const step: Step = { id, title: title === '' ? id : title, range, texts: [], transitions: [] }
    this.steps.push(step)
    if (!this.firsts.has(this.section)) this.firsts.set(this.section, step)
    return step
  }
}

/** A branch of a mere statement: nothing is done in it. */
function isOnlySaid(choice: Choice): boolean {
  const doing = choice.body.filter(piece => piece.kind !== 'note' && piece.kind !== 'declared')
  return (
    choice.alternative &&
    doing.length === 1 &&
    doing[0]!.kind === 'do' &&
    doing[0]!.weak === true &&
    doing[0]!.body.length === 0
  )
}

/** Every way through the branch goes elsewhere or ends. */
function leaves(choice: Choice): boolean {
  if (choice.annotation?.outcome) return true
  const final = choice.body.filter(piece => piece.kind !== 'note' && piece.kind !== 'declared').at(-1)
  return (
    final?.kind === 'go' ||
    final?.kind === 'stop' ||
    final?.kind === 'end' ||
    (final?.kind === 'do' && (final.annotation?.outcome !== undefined || final.orGo !== undefined))
  )
}

function unique(exits: readonly Exit[]): Exit[] {
  const seen = new Map<Step, Set<Choice | null>>()
  return exits.filter(({ step, choice }) => {
    let choices = seen.get(step)
    if (!choices) seen.set(step, (choices = new Set()))
    if (choices.has(choice)) return false
    choices.add(choice)
    return true
  })
}

export function mergeAll(annotations: readonly Annotation[]): Annotation | undefined {
  return annotations.reduce<Annotation | undefined>((sum, next) => merge(sum, next), undefined)
}
