// When all steps are known: anchors, and every target that was only words until now.
import type { Document, Playbook, Step, Target } from '../../model/playbook.ts'
import type { Compiler, Pending } from './compile.ts'
import { normal } from './labels.ts'
import type { Outline, Section } from './outline.ts'
import type { Places } from './places.ts'

type Compiled = { compiler: Compiler; playbook: Playbook; sections: Section[] }
type Landing = { playbook: number; step: string | null }

/** Fills `document.anchors` and the targets. Linear, with a look up for each target. */
export function resolve(
  compiled: readonly Compiled[],
  places: Places,
  page: Outline,
  document: Document,
): void {
  const landing = landings(compiled, page)
  for (const section of page.sections) {
    for (const anchor of section.anchors) {
      if (!document.anchors.has(anchor))
        document.anchors.set(anchor, landing.get(section) ?? { playbook: 0, step: null })
    }
  }
  for (const { compiler } of compiled) {
    for (const pending of compiler.pending) fill(pending, compiled, landing, places)
  }
}

/** The first step of each section, or below it. */
function landings(compiled: readonly Compiled[], page: Outline): Map<Section, Landing> {
  const found = new Map<Section, Landing>()
  for (const [playbook, { compiler }] of compiled.entries()) {
    for (const [section, step] of compiler.firsts)
      if (!found.has(section)) found.set(section, { playbook, step: step.id })
  }
  for (const section of [...page.sections].reverse()) {
    if (found.has(section)) continue
    const child = section.children.find(inner => found.get(inner)?.step != null)
    if (child) found.set(section, found.get(child)!)
  }
  return found
}

function fill(
  pending: Pending,
  compiled: readonly Compiled[],
  landing: ReadonlyMap<Section, Landing>,
  places: Places,
): void {
  const { target, pointer, section, playbook } = pending
  const { reference } = pointer
  const at = (where: Landing | undefined, name: string) => {
    if (where?.step == null) target.fragment = name
    else point(target, where, playbook)
  }
  if (reference.kind === 'path') {
    target.path = reference.path
    if (reference.fragment !== undefined) target.fragment = reference.fragment
  } else if (reference.kind === 'fragment') target.fragment = reference.fragment
  else if (reference.kind === 'section')
    at(landing.get(reference.section), reference.section.anchors[0] ?? '')
  else if (reference.kind === 'start') target.step = compiled[playbook]!.playbook.starts[0]!.step
  else {
    const name = reference.kind === 'label' ? `${reference.noun} ${reference.number}` : reference.title
    const step = named(name, section, compiled[playbook]!.compiler)
    if (step) target.step = step.id
    else {
      const elsewhere = compiled.findIndex(({ compiler }) => named(name, section, compiler))
      if (elsewhere >= 0)
        point(
          target,
          { playbook: elsewhere, step: named(name, section, compiled[elsewhere]!.compiler)!.id },
          playbook,
        )
      else target.step = pointer.text
    }
  }
  void places
}

function point(target: Target, where: Landing, playbook: number): void {
  target.step = where.step!
  if (where.playbook !== playbook) target.playbook = where.playbook
}

/** A step by its number or title: in the same section, above it, beside it, anywhere in the playbook. */
function named(name: string, section: Section, compiler: Compiler): Step | undefined {
  const wanted = [name, normal(name)]
  for (let scope: Section | null = section; scope; scope = scope.parent) {
    for (const key of wanted) {
      const step = compiler.names.get(scope)?.get(key)
      if (step) return step
    }
  }
  for (const names of compiler.names.values()) {
    for (const key of wanted) {
      const step = names.get(key)
      if (step) return step
    }
  }
  return undefined
}
