// Amazon Connect flows: the flow language, alone or as a string in an export, and the older export of the console.
import type { Document, Playbook } from '../../model/playbook.ts'
import { type Flow, flowLanguage, legacyExport } from './connect/blocks.ts'
import { flowAttributes } from './connect/names.ts'
import { addBlock, type Build } from './connect/steps.ts'
import type { Dialect } from './dialect.ts'
import { newDraft, playbookOf } from './draft.ts'
import { documentOf, type File, isReadable, openFile, rangeOfTree, syntax, within } from './file.ts'
import { parseJson } from './json.ts'
import { at, own, scalarAt, textAt } from './tree.ts'

/** What `aws connect describe-…` puts around a flow. */
const ENVELOPES = ['ContactFlow', 'ContactFlowModule']

export const amazonConnect: Dialect = {
  format: 'amazon-connect',

  matches(value) {
    const inner = ENVELOPES.map(e => own(value, e)).find(e => e !== undefined) ?? value
    const content = own(inner, 'Content')
    if (typeof content === 'string') return content.includes('"Actions"') && content.includes('"StartAction"')
    const flow = content ?? inner
    if (Array.isArray(own(flow, 'Actions'))) return own(flow, 'StartAction') !== undefined
    return Array.isArray(own(flow, 'modules')) && own(flow, 'start') !== undefined
  },

  read(path, text, value): Document {
    const file = openFile(path, 'amazon-connect', text)
    if (!isReadable(file, value)) return documentOf(file, [])
    const outer = ENVELOPES.map(e => at(file.root, e)).find(e => e !== undefined) ?? file.root
    const name = textAt(outer, 'Name') ?? fileName(path)
    const kind = textAt(outer, 'Type')
    const content = at(outer, 'Content')
    if (content?.kind !== 'scalar') return documentOf(file, [readFlow(file, content ?? outer, name, kind)])
    const inner = within(file, content)
    const root = parseJson(inner.source.text)
    if (root) return documentOf(file, [readFlow(inner, root, name, kind)])
    syntax(file, 'the flow in "Content" is not valid JSON', rangeOfTree(file, content))
    return documentOf(file, [])
  },
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:json|ya?ml)$/i, '')
}

function readFlow(file: File, root: File['root'] & {}, name: string, kind: string | undefined): Playbook {
  const flow = at(root, 'modules') ? legacyExport(root) : flowLanguage(root)
  const type = kind ?? flow.kind ?? ''
  const build: Build = {
    file,
    draft: newDraft(),
    attributes: flowAttributes(flow),
    forAgents: /^(?:agent_?(?:whisper|hold|transfer))$/i.test(type),
  }
  for (const tree of flow.broken)
    syntax(file, 'a block without a name or a type is left out', rangeOfTree(file, tree))
  const seen = new Set<string>()
  for (const block of flow.blocks) {
    const id = block.id.text
    if (seen.has(id)) duplicate(file, block.id)
    seen.add(id)
    addBlock(build, block)
  }
  const start = flow.start
  return playbookOf(build.draft, {
    title: flow.name ?? name,
    range: rangeOfTree(file, root),
    starts: start ? [{ step: start.text, range: rangeOfTree(file, start) }] : [],
    channels: isSpoken(flow) ? ['ivr'] : [],
  })
}

function duplicate(file: File, id: Parameters<typeof rangeOfTree>[1] & { text: string }): void {
  const message = `two blocks have the name "${id.text}"; what leads there leads to the first`
  file.problems.push({ rule: 'steps-unique', message, range: rangeOfTree(file, id), step: id.text })
}

/** Voices, recordings, speech markup and keys exist only on the telephone; plain messages are for chats too. */
function isSpoken({ blocks }: Flow): boolean {
  return blocks.some(
    ({ type, written, recording, says, tree }) =>
      type === 'UpdateContactTextToSpeechVoice' ||
      written.text === 'SetVoice' ||
      type === 'StoreUserInput' ||
      (written.text === 'GetUserInput' && textAt(tree, 'target') === 'Digits') ||
      scalarAt(tree, 'Parameters', 'InputTimeLimitSeconds') !== undefined ||
      recording?.startsWith('arn:') === true ||
      says.some(s => s.text.trimStart().startsWith('<speak')),
  )
}
