// From files to one recognised flow: read, link, recognise.
import { link } from '../flow/link.ts'
import type { NotRead } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import type { Playbook } from '../model/playbook.ts'
import { type Lexicon, languagesOf, type Recognised, recognise } from '../recognise/index.ts'
import { lexiconsFor } from './lexicons.ts'
import { readAll } from './read.ts'
import type { ReadSettings, Source } from './settings.ts'

export async function recognised(
  sources: readonly Source[],
  settings: ReadSettings,
): Promise<{ flow: Flow; notRead: NotRead[]; lexicons: Map<string, Lexicon> }> {
  settings.onStage?.('read')
  const files = await readAll(sources, settings)
  settings.onStage?.('link')
  const { documents, linked, notRead, missing } = files
  const flow = link(documents, { linked, notRead: missing, roots: settings.roots ?? [] })
  settings.onStage?.('recognise')
  const lexicons = await lexiconsFor(languagesOf(flow), settings)
  // A document that took words from another is a new one: what was recognised without them does not count.
  const known = new Map<Playbook, Recognised>()
  for (const document of documents) {
    for (const [i, one] of (files.recognised.get(document) ?? []).entries())
      known.set(document.playbooks[i]!, one)
  }
  return { flow: recognise(flow, lexicons, known), notRead, lexicons }
}
