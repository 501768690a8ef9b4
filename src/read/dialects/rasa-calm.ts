// Rasa CALM: flow files, whose words stand in domain files, and those domain files.
import type { Document } from '../../model/playbook.ts'
import type { Dialect } from './dialect.ts'
import { documentOf, type File, isReadable, openFile, rangeOfTree, syntax } from './file.ts'
import { offersIn } from './rasa/domain.ts'
import { flatten } from './rasa/flatten.ts'
import { flowPlaybook, type Project } from './rasa/flow.ts'
import { at, entriesAt, own, plainObject, type Tree } from './tree.ts'

export { withDomain } from './rasa/domain.ts'

const DOMAIN = new Set([
  ...['version', 'intents', 'entities', 'slots', 'responses', 'actions', 'forms', 'session_config'],
  ...['e2e_actions', 'config', 'flows'],
])
/** Keys of a domain that no other kind of file is likely to have. */
const TELLING = ['responses', 'slots', 'intents', 'session_config']

export const rasaCalm: Dialect = {
  format: 'rasa-calm',

  matches(value) {
    return isFlows(own(value, 'flows')) || isDomain(value)
  },

  read(path, text, value): Document {
    const file = openFile(path, 'rasa-calm', text)
    if (!isReadable(file, value)) return documentOf(file, [])
    const offers = offersIn(file.root)
    if (at(file.root, 'flows')?.kind === 'map') {
      const document = readFlows(file, file.root)
      return offers ? { ...document, offers } : document
    }
    const { problems, unread, comments } = file
    const nothing = { templates: new Map(), variables: new Map() }
    const document = { path, format: file.format, playbooks: [], problems, unread, comments }
    return { ...document, anchors: new Map(), offers: offers ?? nothing }
  },
}

function isFlows(flows: unknown): boolean {
  const all = Object.values(plainObject(flows) ?? {})
  return all.length > 0 && all.every(f => plainObject(f) !== undefined && own(f, 'states') === undefined)
}

function isDomain(value: unknown): boolean {
  const keys = Object.keys(plainObject(value) ?? {})
  if (!keys.every(k => DOMAIN.has(k))) return false
  return keys.some(k => TELLING.includes(k)) || (keys.includes('version') && keys.includes('actions'))
}

function readFlows(file: File, root: Tree): Document {
  const flat = entriesAt(root, 'flows').map(({ key, value }) => flatten(file, key, value))
  for (const { id, steps } of flat)
    if (steps.length === 0) syntax(file, `the flow "${id.text}" has no steps`, rangeOfTree(file, id))
  const flows = flat.filter(f => f.steps.length > 0)
  const project: Project = {
    file,
    flows: new Map(flows.map((f, playbook) => [f.id.text, { playbook, step: f.steps[0]!.id }])),
    asked: new Set(
      flows.flatMap(f => f.steps.flatMap(s => (s.kind === 'collect' && s.name ? s.name.text : []))),
    ),
  }
  return documentOf(
    file,
    flows.map(f => flowPlaybook(project, f)),
  )
}
