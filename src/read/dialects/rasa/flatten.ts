// The nested lists of a Rasa flow laid out flat, in the order of the text: each step with its id and the step behind it.
import type { Excerpt } from '../../../model/position.ts'
import { excerptOf, type File, rangeOfTree, syntax } from '../file.ts'
import { at, entriesAt, itemsAt, type ListTree, type ScalarTree, scalarAt, type Tree } from '../tree.ts'

export type Kind = 'action' | 'collect' | 'call' | 'link' | 'set_slots' | 'noop'
const KINDS: readonly Kind[] = ['action', 'collect', 'call', 'link', 'set_slots', 'noop']

export type FlatStep = {
  tree: Tree
  id: string
  kind: Kind | undefined
  /** What it does something with: the action, the slot, the flow. */
  name: ScalarTree | undefined
  /** The step behind it in its list. */
  after: Tree | undefined
  /** It stands in a list under "then" or "else". */
  nested: boolean
}

export type FlatFlow = {
  id: ScalarTree
  tree: Tree
  steps: FlatStep[]
  /** The id of each step, by its tree. */
  ids: Map<Tree, string>
}

/** Lays out one flow. Lists that stand twice (through an alias) count once, so this is linear and always ends. */
export function flatten(file: File, id: ScalarTree, tree: Tree): FlatFlow {
  const flow: FlatFlow = { id, tree, steps: [], ids: new Map() }
  const root = at(tree, 'steps')
  const stack: { items: Tree[]; next: number; nested: boolean }[] = []
  const seen = new Set<Tree>()
  if (root?.kind === 'list') stack.push({ items: root.items, next: 0, nested: false })
  while (stack.length > 0) {
    const frame = stack.at(-1)!
    const step = frame.items[frame.next++]
    if (!step) {
      stack.pop()
      continue
    }
    if (step.kind !== 'map') {
      const message = `a step is a mapping with one of ${KINDS.join(', ')}; this is none`
      syntax(file, message, rangeOfTree(file, step))
      continue
    }
    if (seen.has(step)) continue
    seen.add(step)
    const kind = KINDS.find(k => at(step, k) !== undefined)
    const named = kind !== undefined && kind !== 'noop' && kind !== 'set_slots'
    const name = named ? scalarAt(step, kind) : undefined
    flow.steps.push({ tree: step, id: '', kind, name, after: frame.items[frame.next], nested: frame.nested })
    // The lists under this step come next in the text; the first of them is to be on top.
    const lists = nestedLists(step).filter(list => !seen.has(list))
    for (const list of lists.reverse()) {
      seen.add(list)
      stack.push({ items: list.items, next: 0, nested: true })
    }
  }
  giveIds(file, flow)
  return flow
}

function nestedLists(step: Tree): ListTree[] {
  const lists: ListTree[] = []
  for (const branch of itemsAt(step, 'next')) {
    for (const { value } of entriesAt(branch)) if (value.kind === 'list') lists.push(value)
  }
  return lists
}

/** Ids somebody wrote, and for the others those Rasa itself shows: the place in the flow and what the step does. */
function giveIds(file: File, { steps, ids, id: flow }: FlatFlow): void {
  const taken = new Set<string>()
  for (const step of steps) {
    const id = scalarAt(step.tree, 'id')
    if (!id) continue
    if (taken.has(id.text)) {
      const message = `two steps of the flow "${flow.text}" have the id "${id.text}"; what leads there leads to the first`
      file.problems.push({ rule: 'steps-unique', message, range: rangeOfTree(file, id), step: id.text })
    } else {
      taken.add(id.text)
      step.id = id.text
    }
  }
  for (const [i, step] of steps.entries()) {
    const what =
      step.kind === 'action' ? step.name?.text : [step.kind, step.name?.text].filter(w => w).join('_')
    let id = step.id || `${i}_${what || 'step'}`
    while (step.id === '' && taken.has(id)) id += "'"
    step.id = id
    ids.set(step.tree, id)
  }
}

/** The words of a scalar, for conditions and names. */
export function wordsAt(file: File, tree: Tree | undefined, ...keys: string[]): Excerpt | undefined {
  const scalar = scalarAt(tree, ...keys)
  return scalar && excerptOf(file, scalar)
}
