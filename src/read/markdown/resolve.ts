// When all steps are known: anchors, and every target that was only words until now.
import type { Document, Playbook, Step, Target } from '../../model/playbook.ts'
import type { Compiler } from './compile.ts'
import { COUNTED, normal } from './labels.ts'
import { flat } from './line.ts'
import type { Outline, Section } from './outline.ts'
import type { Pending } from './stepbook.ts'

type Compiled = { compiler: Compiler; playbook: Playbook; sections: Section[] }
type Landing = { playbook: number; step: string | null }
/** Names in the whole page: where each is used first, and whether it is used elsewhere too. */
type Index = Map<string, { playbook: number; step: Step; once: boolean }>

/**
 * Fills `document.anchors` and the targets, and tells of headings with one name of which it is not clear which is meant.
 * `named`: the anchors that links name. Linear, with a look-up for each target.
 */
export function resolve(
  compiled: readonly Compiled[],
  page: Outline,
  named: ReadonlySet<string>,
  document: Document,
): void {
  const landing = landings(compiled, page)
  for (const section of page.sections) {
    for (const anchor of section.anchors) {
      if (!document.anchors.has(anchor))
        document.anchors.set(anchor, landing.get(section) ?? { playbook: 0, step: null })
    }
  }
  const index: Index = new Map()
  for (const [playbook, { compiler }] of compiled.entries()) {
    for (const names of compiler.book.names.values()) {
      for (const [name, step] of names) {
        const known = index.get(name)
        if (known) known.once = false
        else index.set(name, { playbook, step, once: true })
      }
    }
  }
  for (const { compiler } of compiled)
    for (const pending of compiler.book.pending) fill(pending, compiled, landing, index)
  tellTwins(compiled, named, document)
}

/** "Go to Offer" where two headings are called so; once for each second heading. */
function tellTwins(compiled: readonly Compiled[], named: ReadonlySet<string>, document: Document): void {
  const told = new Set<Section>()
  for (const { pointer } of compiled.flatMap(({ compiler }) => compiler.book.pending)) {
    const { reference } = pointer
    if (reference.kind !== 'section' || !reference.twin || told.has(reference.twin)) continue
    const { section, twin, slug } = reference
    // Whoever links to "#offer-1" as well knows that there are two.
    if (slug && named.has(twin.anchors[0] ?? '')) continue
    told.add(twin)
    const title = flat(twin.title)
    const lines = `line ${section.range.start.line} and here`
    document.problems.push({
      rule: 'steps-unique',
      message: `two headings are called "${title}" (${lines}), and line ${pointer.range.start.line} sends to "${pointer.text}"`,
      range: twin.range,
      ...(slug && { possible: true as const }),
    })
  }
}

/** The first step of each section, or below it. */
function landings(compiled: readonly Compiled[], page: Outline): Map<Section, Landing> {
  const found = new Map<Section, Landing>()
  for (const [playbook, { compiler }] of compiled.entries()) {
    for (const [section, step] of compiler.book.firsts)
      if (!found.has(section)) found.set(section, { playbook, step: step.id })
  }
  for (const section of [...page.sections].reverse()) {
    if (found.has(section)) continue
    const child = section.children.find(inner => found.has(inner))
    if (child) found.set(section, found.get(child)!)
  }
  return found
}

function fill(
  { target, pointer, section, playbook }: Pending,
  compiled: readonly Compiled[],
  landing: ReadonlyMap<Section, Landing>,
  index: Index,
): void {
  const { reference } = pointer
  if (reference.kind === 'path') {
    target.path = reference.path
    if (reference.fragment !== undefined) target.fragment = reference.fragment
    if (reference.guessed) target.guessed = true
  } else if (reference.kind === 'fragment') target.fragment = reference.fragment
  else if (reference.kind === 'section') {
    const where = landing.get(reference.section)
    if (where) point(target, where, playbook)
    else target.fragment = reference.section.anchors[0] ?? ''
  } else if (reference.kind === 'start') target.step = compiled[playbook]!.playbook.starts[0]!.step
  else {
    const names = namesOf(reference)
    const near = nearby(names, section, compiled[playbook]!.compiler)
    const far = near ? undefined : anywhere(names, index)
    if (near) target.step = near.id
    else if (far) point(target, { playbook: far.playbook, step: far.step.id }, playbook)
    else target.step = pointer.text
  }
}

function point(target: Target, where: Landing, playbook: number): void {
  target.step = where.step!
  if (where.playbook !== playbook) target.playbook = where.playbook
}

type Names = { exact: string; item?: string }
/** "Step 4" is a step labelled so, or the fourth numbered item around; "section 4" is no item. */
function namesOf(
  reference: { kind: 'label'; noun: string; number: string } | { kind: 'title'; title: string },
): Names {
  if (reference.kind === 'title') return { exact: normal(reference.title) }
  const { noun, number } = reference
  return { exact: `${noun} ${number}`, ...(COUNTED.test(noun) ? { item: `item ${number}` } : {}) }
}

/** In the same section, or those above it. */
function nearby({ exact, item }: Names, section: Section, compiler: Compiler): Step | undefined {
  for (let scope: Section | null = section; scope; scope = scope.parent) {
    const names = compiler.book.names.get(scope)
    const step = names?.get(exact) ?? (item === undefined ? undefined : names?.get(item))
    if (step) return step
  }
  return undefined
}

/** Where a step is labelled so, or where only one numbered item can be meant. */
function anywhere({ exact, item }: Names, index: Index): { playbook: number; step: Step } | undefined {
  const labelled = index.get(exact)
  if (labelled) return labelled
  const counted = item === undefined ? undefined : index.get(item)
  return counted?.once ? counted : undefined
}
