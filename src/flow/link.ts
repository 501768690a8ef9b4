// Links documents into one flow: numbers steps and transitions, resolves targets across files, finds the entries.
import { posix } from 'node:path'
import type { Entry, Flow, FlowPlaybook, FlowStep } from '../model/flow.ts'
import { didYouMean } from '../model/nearest.ts'
import type { Document, Problem, Target } from '../model/playbook.ts'
import { components, graphOf } from './graph.ts'

export type LinkOptions = {
  /** Paths of documents that were read only because another file leads to them. */
  linked?: ReadonlySet<string>
  /** Why a file that is linked to was not read, by normalised path. */
  notRead?: ReadonlyMap<string, string>
}

/** The file a target leads to, relative to where the target's own file is relative to; undefined if it stays in its file. */
export function fileOf(target: Target, from: string): string | undefined {
  if (target.path === undefined) return undefined
  return posix.normalize(posix.join(posix.dirname(from), target.path))
}

/** All files that the targets of a document lead to, without repetition, in order of appearance. */
export function filesLinkedFrom(document: Document): string[] {
  const files = new Set<string>()
  for (const playbook of document.playbooks) {
    for (const step of playbook.steps) {
      const targets = [step.call, ...step.transitions.map(t => t.to), ...(step.references ?? [])]
      for (const target of targets) {
        const file = target && fileOf(target, document.path)
        if (file !== undefined) files.add(file)
      }
    }
  }
  files.delete(document.path)
  return [...files]
}

/** Builds the flow of a project. Documents keep their order. Linear in the size of the documents. */
export function link(documents: Document[], options: LinkOptions = {}): Flow {
  const flow: Flow = { documents, playbooks: [], steps: [], transitions: [], entries: [], problems: [] }
  const resolver = new Resolver(flow, options)
  for (const [document, { path, playbooks }] of documents.entries()) {
    for (const playbook of playbooks) {
      const firstStep = flow.steps.length
      const at = flow.playbooks.length
      flow.playbooks.push({
        path,
        playbook,
        document,
        linked: options.linked?.has(path) ?? false,
        firstStep,
        language: playbook.language ?? 'en',
        languageFrom: playbook.language === undefined ? 'default' : 'declared',
      })
      for (const step of playbook.steps)
        flow.steps.push({ playbook: at, step, transitions: [], call: null, acts: [] })
    }
  }
  resolver.index()
  for (const [from, flowStep] of flow.steps.entries()) {
    const { step } = flowStep
    if (step.call) flowStep.call = resolver.resolve(step.call, flowStep, step.id)
    for (const transition of step.transitions) {
      flowStep.transitions.push(flow.transitions.length)
      flow.transitions.push({
        from,
        transition,
        to: transition.to ? resolver.resolve(transition.to, flowStep, step.id) : null,
        chooser: transition.chooser ?? null,
        chooserEvidence: 'declared',
        told: transition.told ?? 'offered',
        acts: [],
        topics: [],
      })
    }
    for (const reference of step.references ?? []) resolver.resolve(reference, flowStep, step.id)
  }
  refuseRecursion(flow)
  findEntries(flow, resolver)
  return flow
}

/** Looks targets up; what cannot be found becomes a `links-resolve` problem. Holds the indices by name. */
class Resolver {
  private readonly flow: Flow
  private readonly options: LinkOptions
  private readonly stepOf: Map<string, number>[] = []
  private readonly playbooksOf = new Map<string, number[]>()
  private readonly byTitle = new Map<string, number>()

  constructor(flow: Flow, options: LinkOptions) {
    this.flow = flow
    this.options = options
  }

  index(): void {
    for (const [i, { path, playbook, firstStep }] of this.flow.playbooks.entries()) {
      const ids = new Map<string, number>()
      for (const [k, step] of playbook.steps.entries()) if (!ids.has(step.id)) ids.set(step.id, firstStep + k)
      this.stepOf.push(ids)
      const siblings = this.playbooksOf.get(path)
      if (siblings) siblings.push(i)
      else this.playbooksOf.set(path, [i])
      const title = normalised(playbook.title)
      if (!this.byTitle.has(title)) this.byTitle.set(title, i)
    }
  }

  /** The step a playbook starts with; null if it has none. */
  startOf(playbook: number): number | null {
    const { playbook: p, firstStep } = this.flow.playbooks[playbook]!
    const id = p.starts[0]?.step
    return (id === undefined ? undefined : this.step(playbook, id)) ?? (p.steps.length > 0 ? firstStep : null)
  }

  step(playbook: number, id: string): number | undefined {
    return this.stepOf[playbook]?.get(id)
  }

  ids(playbook: number): Iterable<string> {
    return this.stepOf[playbook]!.keys()
  }

  resolve(target: Target, from: FlowStep, stepId: string): number | null {
    const here = this.flow.playbooks[from.playbook]!
    const found = this.lookUp(target, from.playbook)
    if (typeof found === 'number' || found === null) return found
    this.report(here.path, { ...found, range: target.range, step: stepId })
    return null
  }

  private lookUp(
    target: Target,
    playbook: number,
  ): number | null | Pick<Problem, 'rule' | 'message' | 'fix'> {
    const here = this.flow.playbooks[playbook]!
    const siblings = this.playbooksOf.get(here.path)!
    if (target.path !== undefined) {
      const file = fileOf(target, here.path)!
      const books = this.playbooksOf.get(file)
      if (!books) {
        const reason = this.options.notRead?.get(file) ?? 'it does not exist'
        // A page that exists but is no playbook can be linked to; it just leads nowhere we can follow.
        if (reason === '') return null
        return missing(
          `"${target.text}" leads to ${file}, but ${reason}`,
          'correct the path, or remove the link',
        )
      }
      if (target.fragment === undefined || target.fragment === '') return this.startOf(books[0]!)
      return this.fragment(target.fragment, file, books) ?? this.noFragment(target, file, books)
    }
    if (target.fragment !== undefined) {
      if (target.fragment === '') return this.startOf(playbook)
      const own = this.step(playbook, target.fragment)
      if (own !== undefined) return own
      const found = this.fragment(target.fragment, here.path, siblings)
      return found !== undefined ? found : this.noFragment(target, here.path, siblings)
    }
    if (target.title !== undefined && target.step === undefined) {
      const book = this.byTitle.get(normalised(target.title))
      if (book !== undefined) return this.startOf(book)
      return missing(
        `no playbook is called "${target.title}"${didYouMean(target.title, this.titles())}`,
        'use the exact title, or link to the file',
      )
    }
    const id = target.step ?? target.text
    const inPlaybook = target.playbook === undefined ? playbook : siblings[target.playbook]!
    const step = this.step(inPlaybook, id)
    if (step !== undefined) return step
    for (const sibling of siblings) {
      if (this.step(sibling, id) === undefined) continue
      const title = this.flow.playbooks[sibling]!.playbook.title
      return missing(
        `step "${id}" does not exist in this playbook, but in "${title}" of the same file`,
        `write "#${id}"`,
      )
    }
    const hint = didYouMean(id, this.ids(inPlaybook))
    const fix = hint === '' ? `add a step "${id}", or name one that exists` : 'correct the name of the step'
    return missing(`step "${id}" does not exist${hint}`, fix)
  }

  private fragment(fragment: string, file: string, books: number[]): number | null | undefined {
    for (const book of books) {
      const step = this.step(book, fragment)
      if (step !== undefined) return step
    }
    const document = this.flow.documents[this.flow.playbooks[books[0]!]!.document]!
    const anchor = document.path === file ? document.anchors.get(fragment) : undefined
    if (!anchor) return undefined
    if (anchor.step === null) return null
    return this.step(books[anchor.playbook] ?? books[0]!, anchor.step) ?? null
  }

  private noFragment(
    target: Target,
    file: string,
    books: number[],
  ): Pick<Problem, 'rule' | 'message' | 'fix'> {
    const document = this.flow.documents[this.flow.playbooks[books[0]!]!.document]!
    const names = new Set([...books.flatMap(b => [...this.ids(b)]), ...document.anchors.keys()])
    const hint = didYouMean(target.fragment!, names)
    const what = document.format === 'markdown' ? 'heading' : 'step'
    return missing(
      `"${target.text}" points to "#${target.fragment}", but ${file} has no such ${what}${hint}`,
      `correct the part after "#"`,
    )
  }

  private titles(): Iterable<string> {
    return this.flow.playbooks.map(p => p.playbook.title)
  }

  report(path: string, problem: Problem): void {
    this.flow.problems.push({ ...problem, path })
  }
}

function missing(message: string, fix: string): Pick<Problem, 'rule' | 'message' | 'fix'> {
  return { rule: 'links-resolve', message, fix }
}

function normalised(title: string): string {
  return title.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
}

/** A call that leads back into its own playbook never returns: it is reported and cut. O(steps + transitions). */
function refuseRecursion(flow: Flow): void {
  const from: number[] = []
  const to: number[] = []
  const add = (a: number, b: number | null) => {
    if (b === null) return
    from.push(a)
    to.push(b)
  }
  for (const [i, step] of flow.steps.entries()) {
    add(i, step.call)
    // The way on after a call is the caller's: a cycle through it alone is an ordinary loop, the called step is not on it.
    for (const t of step.transitions) add(i, flow.transitions[t]!.to)
  }
  const graph = graphOf(flow.steps.length, from, to)
  const { of } = components(graph.size, graph.out)
  for (const [i, step] of flow.steps.entries()) {
    if (step.call === null || of[i] !== of[step.call]) continue
    const target = step.step.call!
    flow.problems.push({
      rule: 'links-resolve',
      path: flow.playbooks[step.playbook]!.path,
      message: `the call of "${target.text}" leads back to this step before it returns, so it never ends`,
      fix: 'use a transition (go) where nothing comes back, or call a playbook that does not call this one',
      range: target.range,
      step: step.step.id,
    })
    step.call = null
  }
}

/**
 * The starts of playbooks in named files are entries, unless the playbook is only reached from others;
 * `entry: true|false` overrides. Playbooks that only lead to each other in a circle are all entries:
 * somebody must come in somewhere.
 */
function findEntries(flow: Flow, resolver: Resolver): void {
  const from: number[] = []
  const to: number[] = []
  const reached = new Uint8Array(flow.playbooks.length)
  const leads = (a: number, step: number | null) => {
    if (step === null) return
    const b = flow.steps[step]!.playbook
    if (a === b) return
    from.push(a)
    to.push(b)
    reached[b] = 1
  }
  for (const step of flow.steps) leads(step.playbook, step.call)
  for (const t of flow.transitions) leads(flow.steps[t.from]!.playbook, t.to)
  const graph = graphOf(flow.playbooks.length, from, to)
  const parts = components(graph.size, graph.out)
  const comesFromOutside = new Uint8Array(parts.count)
  for (let e = 0; e < from.length; e++)
    if (parts.of[from[e]!] !== parts.of[to[e]!]) comesFromOutside[parts.of[to[e]!]!] = 1

  for (const [i, book] of flow.playbooks.entries()) {
    reportUnknownStarts(flow, resolver, i, book)
    const isEntry = book.playbook.entry ?? (!reached[i] || !comesFromOutside[parts.of[i]!])
    if (!isEntry || book.linked) continue
    flow.entries.push(...entriesOf(resolver, i, book))
  }
}

function entriesOf(resolver: Resolver, playbook: number, { playbook: p }: FlowPlaybook): Entry[] {
  const entries: Entry[] = []
  const add = (step: number | null | undefined, channel: Entry['channel']) => {
    if (step === null || step === undefined) return
    if (!entries.some(e => e.step === step && e.channel === channel))
      entries.push({ step, channel, playbook })
  }
  for (const start of p.starts) {
    const step = resolver.step(playbook, start.step)
    if (start.channel) add(step, start.channel)
    else if (p.channels.length === 0) add(step, null)
    else for (const channel of p.channels) add(step, channel)
  }
  if (entries.length > 0) return entries
  for (const channel of p.channels.length > 0 ? p.channels : [null]) add(resolver.startOf(playbook), channel)
  return entries
}

function reportUnknownStarts(
  flow: Flow,
  resolver: Resolver,
  i: number,
  { path, playbook }: FlowPlaybook,
): void {
  for (const { step } of playbook.starts) {
    if (resolver.step(i, step) !== undefined || playbook.steps.length === 0) continue
    const range = playbook.range
    flow.problems.push({
      rule: 'links-resolve',
      path,
      message: `the playbook starts with "${step}", but has no such step${didYouMean(step, resolver.ids(i))}`,
      fix: 'let start: name a step of this playbook',
      range,
    })
  }
}
