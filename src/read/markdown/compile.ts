// Pieces → steps and transitions: connects what follows what, hosts conditions on the step before them, joins branches.
import type { Outcome } from '../../model/act.ts'
import type { Step, Text } from '../../model/playbook.ts'
import type { Range } from '../../model/position.ts'
import { shortened } from './actions.ts'
import type { Annotation } from './annotations.ts'
import { isAfter, isAside, isOnlySaid, leaves, nameOf } from './branches.ts'
import { outcomeTold } from './ends.ts'
import { flat, type Line, textOf } from './line.ts'
import { differsInValue, excludes, isOneOfTwo } from './opposites.ts'
import type { Section } from './outline.ts'
import type { Choice, Do, End, Piece, Pointer } from './pieces.ts'
import { type Exit, StepBook, unique } from './stepbook.ts'
import { plain } from './words.ts'

/** More open ends than these meet in a step of their own before the next condition, so that nothing grows quadratically. */
const MOST_EXITS = 8
/** How far back the opposite of a condition is looked for. */
const REACH = 8

export class Compiler {
  readonly book: StepBook
  private readonly referred: ReadonlySet<string>
  private open: Exit[] = []
  /** The step that notes and comments belong to. */
  private last: Step | null = null
  private notes: { texts: Text[]; references: Pointer[] } = { texts: [], references: [] }
  /** Where a step sends to last under a condition. */
  private readonly sent = new Map<Step, Section>()
  private paths: { parent: Section; hosts: Exit[] } | null = null

  /** `referred`: names of numbered items that some sentence points at. `reserved`: slugs of the playbook's own sections. */
  constructor(playbook: number, referred: ReadonlySet<string>, reserved: Iterable<string>) {
    this.book = new StepBook(playbook, reserved)
    this.referred = referred
  }

  /** The step of a section itself. */
  head(id: string, title: string, range: Range): Step {
    const step = this.book.make(id, title, range)
    this.arrive(step)
    return step
  }

  /**
   * A section that is one of several to choose from: what comes before the first of them leads to each, as far as one
   * can tell from headings; none of them leads to the next.
   */
  path(parent: Section, title: Line): void {
    if (this.paths?.parent === parent) this.finish()
    else this.paths = { parent, hosts: this.open.filter(exit => exit.choice === null) }
    const { range } = title
    const choice: Choice = {
      kind: 'choice',
      range,
      when: title,
      otherwise: false,
      body: [],
      alternative: true,
      names: [],
      uncertain: true,
    }
    this.open = this.paths.hosts.map(({ step }) => ({ step, choice }))
  }

  /** "If they want to leave, go to Leaving": whoever does not want to is not led there by the order of the headings. */
  notTwice(section: Section): void {
    this.open = this.open.filter(({ step, choice }) => {
      if (choice !== null || step.transitions.length > 1 || this.sent.get(step) !== section) return true
      step.impliedEnd = true
      return false
    })
  }

  /** Words that hold for the whole playbook stay with its first step. */
  remark(pieces: readonly Piece[]): void {
    const first = this.book.steps[0]!
    for (const piece of pieces)
      if (piece.kind === 'note') this.book.tell(first, piece.texts, piece.references)
  }

  /** What the heading of a section declares for its steps, from the `from`th on. */
  declareSection(from: number, annotation: Annotation): void {
    this.book.declareAll(from, annotation)
    if (annotation.outcome) this.endWith(annotation.outcome, annotation.range)
  }

  /** `tail`: nothing follows these pieces in their playbook. */
  add(pieces: readonly Piece[], tail: boolean): void {
    this.sequence(pieces, tail, tail)
  }

  /** Whatever is still open ends here, and nobody said how. */
  finish(): void {
    for (const exit of this.open) {
      const { step, choice } = exit
      if (choice === null) {
        if (step.outcome === undefined) step.impliedEnd = true
      } else {
        const end = this.book.make(`${step.id}-end`, nameOf(choice), choice.range)
        end.impliedEnd = true
        this.book.connect(exit, end)
      }
    }
    this.open = []
    this.flushNotes()
  }

  /** `last`: nothing follows in the branch or section; `tail`: nor after it. */
  private sequence(pieces: readonly Piece[], last: boolean, tail: boolean): void {
    let final = pieces.length - 1
    while (final >= 0 && isAside(pieces[final]!)) final--
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i]!
      const end = i === final
      if (piece.kind === 'choice') {
        let until = i
        for (let j = i; j < pieces.length && (pieces[j]!.kind === 'choice' || isAside(pieces[j]!)); j++) {
          if (pieces[j]!.kind === 'choice') until = j
        }
        this.choices(pieces.slice(i, until + 1), tail && until === final)
        i = until
      } else if (piece.kind === 'do') {
        if (piece.orGo && end) this.go(piece.orGo, piece.range)
        else this.doing(piece, last && end, tail && end)
      } else if (piece.kind === 'end') {
        if (piece.strength === 'firm' || (piece.strength === 'last' ? end && last : end && tail))
          piece.implied ? this.finish() : this.end(piece)
      } else if (piece.kind === 'go') this.go(piece.pointer, piece.range)
      else if (piece.kind === 'enter') this.book.enter(piece.section, piece.base)
      else if (piece.kind === 'stop') this.finish()
      else this.aside(piece)
    }
  }

  private doing(piece: Do, last: boolean, tail: boolean): void {
    let step = this.last
    if (!step || !piece.quiet || !this.takesMore(step, piece)) {
      step = this.book.next(piece.title, piece.range)
      this.arrive(step)
    }
    this.book.fill(step, piece)
    if (piece.annotation) this.declare(step, piece.annotation)
    if (piece.body.length > 0) this.sequence(piece.body, last, tail)
  }

  /** Can more be said in this step: is it where we are, and has nothing been decided in it? */
  private takesMore(step: Step, piece: Do): boolean {
    if (step.call !== undefined || step.transitions.length > 0) return false
    if (this.open.length === 0) return step.outcome === undefined || piece.texts.length === 0
    return this.open.length === 1 && this.open[0]!.step === step && this.open[0]!.choice === null
  }

  /** Choices in a row: alternatives share the steps they branch off; others are asked one after another. */
  private choices(group: readonly Piece[], tail: boolean): void {
    const choices = group.filter(piece => piece.kind === 'choice')
    const leaving = choices.filter(leaves).length
    const allLeave =
      choices.length > 1 && leaving === choices.length && choices.every(choice => choice.alternative)
    const first = this.open.length === 1 ? this.open[0]!.step : null
    /** Ends of branches that the next alternative does not follow. */
    let held: Exit[] = []
    let decided: Choice[] = []
    let closed = false
    let at = 0
    for (const piece of group) {
      if (piece.kind !== 'choice') {
        // What holds at any time is no word of the branch it happens to stand behind.
        if (piece.kind === 'note' && piece.standing && first)
          this.book.tell(first, piece.texts, piece.references)
        else this.aside(piece)
        continue
      }
      if (at === 0) this.takeAtItsWord(piece)
      const next = choices[++at]
      const closes = piece.otherwise || decided.some(other => excludes(other, piece))
      const alternative =
        piece.alternative ||
        closes ||
        decided.some(other => differsInValue(other, piece)) ||
        (next !== undefined && isOneOfTwo(piece, next))
      if ((!alternative || isAfter(piece) || closed) && held.length > 0) {
        // A new question: it comes after the branches so far, and after no branch unless one was always taken.
        this.open = unique(closed ? held : [...this.open, ...held])
        held = []
        decided = []
        closed = false
      }
      const hosts = this.host(piece)
      this.branch(piece, hosts, alternative || tail)
      // "If the light is green, all is well" among branches that lead on: that one is over.
      if (isOnlySaid(piece) && leaving > 0) this.finish()
      closed ||= closes
      decided = [...decided.slice(1 - REACH), piece]
      if (alternative) {
        held.push(...this.open)
        this.open = hosts
      } else this.open = unique([...hosts, ...this.open])
    }
    this.open = unique([...(closed || allLeave ? [] : this.open), ...held])
    if (first) this.last = first
  }

  /** "If not, …" is a condition of its own where there is none before it. */
  private takeAtItsWord(choice: Choice): void {
    if (!choice.phrase || !choice.otherwise || this.open.some(exit => exit.step.transitions.length > 0))
      return
    choice.otherwise = false
    choice.when = choice.phrase
  }

  /** The ways on that a condition can be asked at; a step is made for it where there is none, or too many. */
  private host(choice: Choice): Exit[] {
    const named = choice.names.some(name => this.referred.has(name))
    const { open } = this
    if (named || open.length === 0 || open.length > MOST_EXITS || open.some(exit => exit.choice !== null)) {
      const outer = open.length === 1 ? open[0]!.choice : null
      const about = outer && !outer.uncertain ? outer : choice
      this.arrive(this.book.next(nameOf(about), about.range))
    }
    if (this.last) for (const name of choice.names) this.book.name(name, this.last)
    return [...this.open]
  }

  private branch(choice: Choice, hosts: readonly Exit[], tail: boolean): void {
    this.open = hosts.map(({ step }) => ({ step, choice }))
    if (choice.annotation) this.book.heed(choice.annotation)
    if (choice.annotation?.outcome) this.endWith(choice.annotation.outcome, choice.range)
    this.sequence(choice.body, true, tail)
  }

  private go(pointer: Pointer, range: Range): void {
    // Nobody gets here, but the words are checked all the same.
    if (this.open.length === 0 && this.last) this.book.tell(this.last, [], [pointer])
    const section = pointer.reference.kind === 'section' ? pointer.reference.section : null
    for (const exit of this.open) {
      if (section && exit.choice) this.sent.set(exit.step, section)
      this.book.leave(exit, { range: exit.choice?.range ?? range, kind: 'go', to: this.book.target(pointer) })
    }
    this.open = []
  }

  private end(piece: End): void {
    if (this.open.length === 0 && this.last === null) {
      const step = this.book.next(shortened(flat(piece.line)), piece.range)
      step.texts.push(textOf(piece.line, 'do'))
      this.arrive(step)
    }
    this.endWith(piece.outcome, piece.range, true)
  }

  /** `guessed`: the words of the step may tell more of the outcome than "end the call" does. */
  private endWith(outcome: Outcome, range: Range, guessed = false): void {
    for (const exit of this.open) {
      const { step, choice } = exit
      const told =
        guessed && outcome === 'resolved' && choice === null
          ? outcomeTold(plain(step.texts.map(text => text.text).join(' ')))
          : undefined
      if (choice === null && step.transitions.length === 0) step.outcome ??= told ?? outcome
      else this.book.leave(exit, { range: choice?.range ?? range, kind: 'go', outcome: told ?? outcome })
    }
    this.open = []
  }

  private declare(step: Step, annotation: Annotation): void {
    this.book.declare(step, annotation)
    if (annotation.outcome && step.transitions.length === 0)
      this.open = this.open.filter(exit => exit.step !== step || exit.choice !== null)
  }

  /** A note or comment: it belongs to the step before it, else to the one after. */
  private aside(piece: Piece): void {
    if (piece.kind === 'declared') {
      if (this.last) this.declare(this.last, piece.annotation)
    } else if (piece.kind === 'note') {
      this.notes.texts.push(...piece.texts)
      this.notes.references.push(...piece.references)
      this.flushNotes()
    }
  }

  private flushNotes(): void {
    if (!this.last) return
    this.book.tell(this.last, this.notes.texts, this.notes.references)
    this.notes = { texts: [], references: [] }
  }

  private arrive(step: Step): void {
    // Conditions first: the way on without one is what is left.
    for (const exit of this.open) if (exit.choice !== null) this.book.connect(exit, step)
    for (const exit of this.open) if (exit.choice === null) this.book.connect(exit, step)
    this.open = [{ step, choice: null }]
    this.last = step
    this.flushNotes()
  }
}
