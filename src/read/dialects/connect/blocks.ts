// The blocks of an Amazon Connect flow in one shape, whichever of its two notations they are written in.
import { at, entriesAt, itemsAt, type ScalarTree, scalarAt, type Tree, textAt } from '../tree.ts'
import { modernType } from './block-kinds.ts'

export type Exit = {
  /** `match`: one of several answers or values; `mishap`: an error, a timeout, nothing matched. */
  on: 'success' | 'match' | 'mishap'
  /** The name of the mishap, or of what is compared. */
  name?: ScalarTree
  operator?: string
  values: ScalarTree[]
  to: ScalarTree | undefined
  tree: Tree
}

export type Block = {
  id: ScalarTree
  /** In the flow language, whatever it is called in the file. */
  type: string
  written: ScalarTree
  tree: Tree
  /** A name a person gave it. */
  name?: string
  /** What is said, in order; each is a text, speech markup, or a reference to something recorded or computed. */
  says: ScalarTree[]
  recording?: string
  exits: Exit[]
  parameter(name: string): ScalarTree | undefined
  /** The name the console shows for the flow, queue or function it refers to. */
  shownTarget?: string
}

export type Flow = {
  root: Tree
  name: string | undefined
  /** `CONTACT_FLOW`, `CUSTOMER_QUEUE`, … in the words of the file. */
  kind: string | undefined
  start: ScalarTree | undefined
  blocks: Block[]
  /** Entries of its list that lack a name or a type. */
  broken: Tree[]
}

/** Flow language: `{StartAction, Actions: [{Identifier, Type, Parameters, Transitions}]}` */
export function flowLanguage(root: Tree): Flow {
  const shown = new Map(entriesAt(root, 'Metadata', 'ActionMetadata').map(e => [e.key.text, e.value]))
  const blocks: Block[] = []
  const broken: Tree[] = []
  for (const tree of itemsAt(root, 'Actions')) {
    const id = scalarAt(tree, 'Identifier')
    const written = scalarAt(tree, 'Type')
    if (!id || !written) {
      broken.push(tree)
      continue
    }
    const about = shown.get(id.text)
    const name = textAt(about, 'friendlyName') ?? (isUuid(id.text) ? undefined : id.text)
    const messages = itemsAt(tree, 'Parameters', 'Messages')
    const shownTarget = shownIn(about)
    blocks.push({
      id,
      written,
      tree,
      type: storesInput(tree) ? 'StoreUserInput' : written.text,
      says: [tree, ...messages].map(saidIn).filter(s => s !== undefined),
      exits: exitsOf(tree),
      parameter: key => scalarAt(tree, 'Parameters', key),
      ...(name && { name }),
      ...(shownTarget && { shownTarget }),
      ...recordingOf([tree, ...messages]),
    })
  }
  return { root, name: undefined, kind: undefined, start: scalarAt(root, 'StartAction'), blocks, broken }
}

function storesInput(tree: Tree): boolean {
  const stores = textAt(tree, 'Parameters', 'StoreInput')?.toLowerCase() === 'true'
  return stores && textAt(tree, 'Type') === 'GetParticipantInput'
}

function saidIn(tree: Tree): ScalarTree | undefined {
  const parameters = [
    scalarAt(tree, 'Parameters', 'Text'),
    scalarAt(tree, 'Parameters', 'SSML'),
    scalarAt(tree, 'Text'),
    scalarAt(tree, 'SSML'),
  ]
  return parameters.find(p => p !== undefined)
}

function recordingOf(trees: Tree[]): { recording?: string } {
  for (const tree of trees) {
    const found = textAt(tree, 'Parameters', 'PromptId') ?? textAt(tree, 'PromptId')
    if (found !== undefined) return { recording: found }
  }
  return {}
}

function shownIn(about: Tree | undefined): string | undefined {
  for (const { value } of entriesAt(about, 'parameters')) {
    const name = textAt(value, 'displayName')
    if (name) return name
  }
  return ['contactFlow', 'queue', 'ContactFlow', 'Queue'].map(k => textAt(about, k, 'text')).find(t => t)
}

function exitsOf(tree: Tree): Exit[] {
  const exits: Exit[] = []
  for (const condition of itemsAt(tree, 'Transitions', 'Conditions')) {
    const operator = textAt(condition, 'Condition', 'Operator')
    const values = itemsAt(condition, 'Condition', 'Operands').filter(v => v.kind === 'scalar')
    const to = scalarAt(condition, 'NextAction')
    exits.push({ on: 'match', values, to, tree: condition, ...(operator && { operator }) })
  }
  const next = scalarAt(tree, 'Transitions', 'NextAction')
  if (next) exits.push({ on: 'success', values: [], to: next, tree: next })
  for (const error of itemsAt(tree, 'Transitions', 'Errors')) {
    const name = scalarAt(error, 'ErrorType')
    exits.push({
      on: 'mishap',
      values: [],
      to: scalarAt(error, 'NextAction'),
      tree: error,
      ...(name && { name }),
    })
  }
  return exits
}

/** The older console export: `{start, modules: [{id, type, parameters, branches}]}` */
export function legacyExport(root: Tree): Flow {
  const blocks: Block[] = []
  const broken: Tree[] = []
  for (const tree of itemsAt(root, 'modules')) {
    const id = scalarAt(tree, 'id')
    const written = scalarAt(tree, 'type')
    if (!id || !written) {
      broken.push(tree)
      continue
    }
    const parameters = new Map(itemsAt(tree, 'parameters').map(p => [textAt(p, 'name') ?? '', p]))
    const said = scalarAt(parameters.get('Text'), 'value')
    const computed = textAt(parameters.get('Text'), 'namespace') !== undefined
    const shown = itemsAt(tree, 'parameters').map(p => textAt(p, 'resourceName'))
    const shownTarget = shown.find(t => t) ?? shownIn(at(tree, 'metadata'))
    const recording = computed ? said?.text : textAt(parameters.get('AudioPrompt'), 'value')
    blocks.push({
      id,
      written,
      tree,
      type: modernType(written.text, textAt(tree, 'target')),
      says: said && !computed ? [said] : [],
      exits: itemsAt(tree, 'branches').map(legacyExit),
      parameter: key => scalarAt(parameters.get(key), 'value'),
      ...(recording && { recording }),
      ...(shownTarget && { shownTarget }),
    })
  }
  const name = textAt(root, 'metadata', 'name')
  return { root, name, kind: textAt(root, 'type'), start: scalarAt(root, 'start'), blocks, broken }
}

const MISHAP = /^(?:Error|NoMatch|Timeout|AtCapacity|Default|CallFailure)/

function legacyExit(tree: Tree): Exit {
  const name = scalarAt(tree, 'condition')
  const to = scalarAt(tree, 'transition')
  const operator = textAt(tree, 'conditionType')
  const value = scalarAt(tree, 'conditionValue')
  const word = name?.text ?? ''
  if (word === 'Success') return { on: 'success', values: [], to, tree }
  const on = MISHAP.test(word) ? 'mishap' : 'match'
  // "True", "Looping": the name is the value.
  const values = value ? [value] : on === 'match' && name ? [name] : []
  return { on, values, to, tree, ...(name && { name }), ...(operator && { operator }) }
}

function isUuid(id: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id)
}
