// Reads the files that are named and everything they lead to; what each text holds does not depend on any other file.
import { ABSENT } from '../flow/files.ts'
import { filesLinkedFrom, link } from '../flow/link.ts'
import type { NotRead } from '../model/finding.ts'
import type { Document } from '../model/playbook.ts'
import { read } from '../read/index.ts'
import { languagesOf, recognisedIn } from '../recognise/index.ts'
import { lexiconsFor } from './lexicons.ts'
import type { FileRead, ReadOptions, ReadSettings, Source } from './settings.ts'

export type ReadResult = {
  /** In order of their paths. */
  documents: Document[]
  /** What is recognised already, by the document it belongs to. */
  recognised: Map<Document, FileRead['recognised']>
  /** Paths that were read only because others lead there. */
  linked: Set<string>
  notRead: NotRead[]
  /** Why a file that something leads to is not part of the flow; empty: it exists, but is no playbook. */
  missing: Map<string, string>
}

/** Reads one file and recognises what is in it: all the work that other files have no part in. Linear in its text. */
export async function readFile(path: string, text: string, options: ReadOptions): Promise<FileRead> {
  const document = await read(path, text, { acts: options.acts?.keys() ?? [], roots: options.roots ?? [] })
  if (document.failure) return { document }
  const flow = link([document])
  return { document, recognised: recognisedIn(flow, await lexiconsFor(languagesOf(flow), options)) }
}

/** Reads the sources and everything they lead to, in order of their paths; each file once. */
export async function readAll(sources: readonly Source[], settings: ReadSettings): Promise<ReadResult> {
  const { load, roots = [] } = settings
  const readOne =
    settings.readFile ??
    (async (path: string, text: string): Promise<FileRead> => ({
      document: await read(path, text, { acts: settings.acts?.keys() ?? [], roots }),
    }))
  const found: ReadResult = {
    documents: [],
    recognised: new Map(),
    linked: new Set(),
    notRead: [],
    missing: new Map(),
  }
  const { documents, linked, notRead, missing } = found
  const byPath = new Map(sources.map(source => [source.path, source]))
  const waiting: (Source & { isLinked: boolean })[] = [...byPath.values()]
    .sort((a, b) => compare(a.path, b.path))
    .map(source => ({ ...source, isLinked: false }))
  for (let i = 0; i < waiting.length; i++) {
    const { path, text, named, isLinked } = waiting[i]!
    settings.onProgress?.(i, waiting.length)
    const { document, recognised } = await readOne(path, text)
    if (document.failure) {
      const { kind, message, range } = document.failure
      missing.set(path, '')
      const passedOver = !named && (kind === 'shape' || kind === 'no-steps' || kind === 'empty')
      if (!isLinked) notRead.push({ path, reason: message, passedOver, ...(range && { range }) })
      continue
    }
    documents.push(document)
    found.recognised.set(document, recognised)
    if (isLinked) linked.add(path)
    for (const files of filesLinkedFrom(document, roots)) {
      for (const file of files) {
        if (byPath.has(file)) break
        const loaded = missing.has(file) ? null : (load?.(file) ?? null)
        if (loaded && 'text' in loaded) {
          waiting.push({ path: file, text: loaded.text, named: false, isLinked: true })
          byPath.set(file, waiting.at(-1)!)
        } else if (!missing.has(file)) missing.set(file, loaded?.error ?? ABSENT)
        if (missing.get(file) !== ABSENT) break
      }
    }
  }
  documents.sort((a, b) => compare(a.path, b.path))
  return { ...found, documents: await withOffers(documents) }
}

/** Puts words that one file keeps for others (the domain of an assistant) where they are used. */
async function withOffers(documents: Document[]): Promise<Document[]> {
  if (!documents.some(document => document.offers)) return documents
  const { withDomain } = await import('../read/dialects/index.ts')
  return withDomain(documents)
}

/** By code units: the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
