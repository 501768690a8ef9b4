// Resolves targets: what a "go to", call or link points to, in the same playbook, the file, or another file of the project.

import type { Instead } from '../model/edit.ts'
import type { Flow } from '../model/flow.ts'
import { didYouMean, misspelt } from '../model/nearest.ts'
import type { Problem, Target } from '../model/playbook.ts'
import type { Root } from '../model/roots.ts'
import { ABSENT, filesOf, type Places } from './files.ts'

/** Resolves targets of one flow whose playbooks and steps are numbered. */
export type Targets = {
  /** The step a target of a playbook leads to; null: it leads out of what can be followed; else why it leads nowhere. */
  resolve(target: Target, playbook: number): number | null | Missing
  /** The step a playbook starts with; null if it has none. */
  startOf(playbook: number): number | null
  /** The step of a playbook with this id. */
  step(playbook: number, id: string): number | undefined
  /** All ids of a playbook. */
  ids(playbook: number): Iterable<string>
}

export type Missing = Pick<Problem, 'rule' | 'message' | 'fix' | 'possible' | 'instead'>

/** `notRead`: why a file that is linked to was not read, by normalised path; empty: it exists, but is no playbook. */
export function targetsOf(
  flow: Flow,
  notRead: ReadonlyMap<string, string>,
  roots: readonly Root[] = [],
): Targets {
  const stepOf: Map<string, number>[] = []
  const playbooksOf = new Map<string, number[]>(flow.documents.map(({ path }) => [path, []]))
  const byTitle = new Map<string, number>()
  for (const [i, { path, playbook, firstStep }] of flow.playbooks.entries()) {
    const ids = new Map<string, number>()
    for (const [k, { id }] of playbook.steps.entries()) if (!ids.has(id)) ids.set(id, firstStep + k)
    stepOf.push(ids)
    playbooksOf.get(path)!.push(i)
    const title = normalised(playbook.title)
    if (!byTitle.has(title)) byTitle.set(title, i)
  }
  const step = (playbook: number, id: string) => stepOf[playbook]?.get(id)
  const ids = (playbook: number) => stepOf[playbook]!.keys()
  return { resolve, startOf, step, ids }

  function startOf(playbook: number): number | null {
    const { playbook: book, firstStep } = flow.playbooks[playbook]!
    const id = book.starts[0]?.step
    return (id === undefined ? undefined : step(playbook, id)) ?? (book.steps.length > 0 ? firstStep : null)
  }

  function resolve(target: Target, playbook: number): number | null | Missing {
    const here = flow.playbooks[playbook]!.path
    const places = filesOf(target, here, roots)
    if (places !== undefined) return places && inFile(target, places)
    if (target.fragment !== undefined) {
      if (target.fragment === '') return startOf(playbook)
      return step(playbook, target.fragment) ?? fragment(target, here, playbooksOf.get(here)!)
    }
    if (target.title !== undefined && target.step === undefined) return titled(target.title, playbook)
    return inPlaybook(target, playbook)
  }

  function inFile(target: Target, { written, files }: Places): number | null | Missing {
    const isThere = (file: string) => playbooksOf.has(file) || (notRead.get(file) ?? ABSENT) !== ABSENT
    const file = files.find(isThere) ?? written
    const books = playbooksOf.get(file)
    if (!books) {
      const reason = notRead.get(file) ?? ABSENT
      // Where a site has its root was only guessed: a page may well lie elsewhere.
      if (reason === ABSENT && target.guessed) return null
      // A page that exists but is no playbook can be linked to; it just leads nowhere we can follow.
      if (reason === '') return null
      return missing(
        `"${target.text}" leads to ${file}, but ${reason}`,
        'correct the path, or remove the link',
      )
    }
    if (books.length === 0) return null
    return target.fragment ? fragment(target, file, books) : startOf(books[0]!)
  }

  function fragment(target: Target, file: string, books: readonly number[]): number | null | Missing {
    const wanted = target.fragment!
    for (const book of books) {
      const found = step(book, wanted)
      if (found !== undefined) return found
    }
    const document = flow.documents[flow.playbooks[books[0]!]!.document]!
    const anchor = document.anchors.get(wanted)
    if (anchor)
      return anchor.step === null ? null : (step(books[anchor.playbook] ?? books[0]!, anchor.step) ?? null)
    const names = new Set([...books.flatMap(b => [...ids(b)]), ...document.anchors.keys()])
    const what = document.format === 'markdown' ? 'heading' : 'step'
    return missing(
      `"${target.text}" points to "#${wanted}", but ${file} has no such ${what}${didYouMean(wanted, names)}`,
      'correct the part after "#"',
      { word: `#${wanted}`, names: misspelt(wanted, names).map(name => `#${name}`) },
    )
  }

  function titled(title: string, from: number): number | null | Missing {
    const book = byTitle.get(normalised(title))
    if (book !== undefined) return startOf(book)
    const titles = flow.playbooks.map(p => p.playbook.title)
    const { format } = flow.documents[flow.playbooks[from]!.document]!
    const unknown = missing(
      `no playbook is called "${title}"${didYouMean(title, titles)}`,
      'use the exact title, or link to the file',
    )
    // An exported flow may call others that were not exported with it.
    return format === 'markdown' || format === 'yaml' ? unknown : { ...unknown, possible: true }
  }

  function inPlaybook(target: Target, playbook: number): number | Missing {
    const siblings = playbooksOf.get(flow.playbooks[playbook]!.path)!
    const id = target.step ?? target.text
    const home = target.playbook === undefined ? playbook : siblings[target.playbook]!
    const found = step(home, id)
    if (found !== undefined) return found
    const sibling = siblings.find(s => step(s, id) !== undefined)
    if (sibling !== undefined) {
      const { title } = flow.playbooks[sibling]!.playbook
      return missing(
        `step "${id}" does not exist in this playbook, but in "${title}" of the same file`,
        `write "#${id}"`,
        { word: id, names: siblings.filter(s => step(s, id) !== undefined).map(() => `#${id}`) },
      )
    }
    const hint = didYouMean(id, ids(home))
    const fix = hint === '' ? `add a step "${id}", or name one that exists` : 'correct the name of the step'
    const names = misspelt(id, ids(home))
    return missing(`step "${id}" does not exist${hint}`, fix, { word: id, names })
  }
}

function missing(message: string, fix: string, instead?: Instead): Missing {
  return { rule: 'links-resolve', message, fix, ...(instead && { instead }) }
}

function normalised(title: string): string {
  return title.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
}
