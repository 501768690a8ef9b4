// Turns a diagram into a playbook: nodes become steps, arrows transitions, groups that are left get a step where they end.
import type { Playbook, Step, Text, Transition } from '../../model/playbook.ts'
import type { Range } from '../../model/position.ts'
import { rangeIn } from '../../model/source.ts'
import type { Arrow, Diagram, Node } from './diagram.ts'

type Steps = Map<string, Step>

/** The step of the arrows to `[*]` that cannot simply end their own step. No node can have this name. */
const END = '[*]'

/** Null if no node belongs to a flow. Nodes that no arrow touches are listed in `unread`. Linear. */
export function playbookOf(diagram: Diagram, title: string | undefined): Playbook | null {
  const flat = diagram.kind === 'flowchart'
  // A subgraph is no node, even if an arrow named it before it was opened.
  if (flat) for (const id of diagram.groupIds.keys()) diagram.nodes.delete(id)
  const steps: Steps = new Map()
  for (const node of diagram.nodes.values()) steps.set(node.id, stepOf(diagram, node))
  const firsts = firstMembers(diagram)
  const exits = exitsOf(diagram, steps)

  for (const arrow of diagram.arrows) {
    const leaves = diagram.groupIds.get(arrow.from)
    const from = leaves === undefined ? arrow.from : exits[leaves]
    const to = arrow.to === undefined ? (exits[arrow.group] ?? endStep(steps, arrow.target)) : arrow.to
    const entered = flat && arrow.to !== undefined ? diagram.groupIds.get(arrow.to) : undefined
    const first = entered === undefined ? undefined : firsts[entered]
    if (from !== undefined) steps.get(from)?.transitions.push(transitionOf(arrow, first ?? to))
  }
  if (!flat) enterComposites(diagram, steps, firsts)
  leaveGroups(diagram, steps, exits)
  settle(steps)
  const starts = startsOf(diagram, steps)
  const all = [...steps.values()]
  if (all.length === 0) return null
  return {
    title: diagram.title ?? title ?? all[0]!.title,
    range: rangeIn(diagram.source, 0, diagram.source.text.trimEnd().length),
    channels: [],
    diagram: true,
    starts: starts.map(step => ({ step })),
    facts: new Map(),
    steps: all,
  }
}

function stepOf({ kind }: Diagram, node: Node): Step {
  const texts: Text[] = [node.label ?? node.name, ...node.more].map(t => ({ ...t, voice: 'any' }))
  const title = (node.label ?? (kind === 'state' ? node.name : undefined))?.text.replace(/\s+/g, ' ')
  return { id: node.id, title: title || node.id, range: node.range, texts, transitions: [] }
}

function transitionOf({ range, target, label, uncertain }: Omit<Arrow, 'group' | 'from'>, to: string) {
  const transition: Transition = { range, kind: 'go', to: { text: to, range: target, step: to } }
  if (label) transition.when = label
  if (uncertain) transition.uncertain = true
  return transition
}

/** The node each group begins with: the first that nothing inside the group leads to. By index of the group. */
function firstMembers({ nodes, groups, arrows }: Diagram): (string | undefined)[] {
  const led = new Set<string>()
  for (const { from, to } of arrows)
    if (to !== undefined && from !== to && nodes.get(from)?.group === nodes.get(to)?.group) led.add(to)
  const first: (string | undefined)[] = groups.map(() => undefined)
  const any: (string | undefined)[] = groups.map(() => undefined)
  for (const { id, group } of nodes.values()) {
    any[group] ??= id
    if (!led.has(id)) first[group] ??= id
  }
  for (let g = groups.length - 1; g > 0; g--) {
    first[g] ??= any[g]
    first[groups[g]!.parent] ??= first[g]
  }
  return first
}

/** For each group the step at which it, or the nearest group around it that arrows leave from, ends. */
function exitsOf({ groups, groupIds, arrows }: Diagram, steps: Steps): (string | undefined)[] {
  const left = new Set(arrows.map(a => groupIds.get(a.from)).filter(g => g !== undefined))
  const exits: (string | undefined)[] = [undefined]
  for (let g = 1; g < groups.length; g++) {
    const { id, title, range, parent } = groups[g]!
    exits[g] = exits[parent]
    if (!left.has(g)) continue
    let exit = `${id} (end)`
    while (steps.has(exit)) exit += "'"
    steps.set(exit, { id: exit, title: `end of ${title}`, range, texts: [], transitions: [] })
    exits[g] = exit
  }
  return exits
}

function endStep(steps: Steps, range: Range): string {
  if (!steps.has(END))
    steps.set(END, { id: END, title: 'end', range, texts: [], impliedEnd: true, transitions: [] })
  return END
}

/** A composite state goes on with its inner starts; without any, probably with its first state. */
function enterComposites({ groups }: Diagram, steps: Steps, firsts: (string | undefined)[]): void {
  for (const [g, { id, starts, range }] of groups.entries()) {
    const step = steps.get(id)
    if (g === 0 || !step) continue
    for (const arrow of starts)
      if (arrow.to !== undefined) step.transitions.push(transitionOf(arrow, arrow.to))
    const first = firsts[g]
    if (starts.length === 0 && first !== undefined)
      step.transitions.push(transitionOf({ to: first, range, target: range, uncertain: true }, first))
  }
}

/**
 * Where a group is left, its last nodes lead to its end; if it has none (nor an arrow to `[*]`), it may be left
 * anywhere. Both are only inferred.
 */
function leaveGroups({ nodes }: Diagram, steps: Steps, exits: (string | undefined)[]): void {
  const reached = new Set<string>()
  for (const { transitions } of steps.values()) for (const { to } of transitions) reached.add(to!.step!)
  const leave = (node: Node, exit: string) => {
    const arrow = { to: exit, range: node.range, target: node.range, uncertain: true }
    steps.get(node.id)!.transitions.push(transitionOf(arrow, exit))
  }
  const open: [Node, string][] = []
  for (const node of nodes.values()) {
    const exit = exits[node.group]
    if (exit === undefined) continue
    if (steps.get(node.id)!.transitions.length === 0) {
      leave(node, exit)
      reached.add(exit)
    } else open.push([node, exit])
  }
  for (const [node, exit] of open) if (!reached.has(exit)) leave(node, exit)
}

/** Ends where nothing leads on; "otherwise" where one of several arrows has no label. */
function settle(steps: Steps): void {
  let ended = false
  for (const step of steps.values()) {
    const [first] = step.transitions
    if (step.transitions.length === 1 && first!.to!.step === END && !first!.when) step.transitions = []
    if (step.transitions.length === 0) step.impliedEnd = true
    const bare = step.transitions.filter(t => !t.when && !t.uncertain)
    if (bare.length === 1 && step.transitions.length > 1) bare[0]!.otherwise = true
    ended ||= step.transitions.some(t => t.to!.step === END)
  }
  if (!ended) steps.delete(END)
}

/** Where `[*]` leads, else every step that nothing leads to, else the first. Drops nodes that stand alone. */
function startsOf(diagram: Diagram, steps: Steps): string[] {
  const incoming = new Set<string>()
  for (const { id, transitions } of steps.values())
    for (const { to } of transitions) if (to!.step !== id) incoming.add(to!.step!)
  const starts = new Set<string>()
  for (const { to, label } of diagram.groups[0]!.starts) {
    const step = to === undefined ? undefined : steps.get(to)
    if (!step) continue
    starts.add(step.id)
    if (label) step.texts.unshift({ ...label, voice: 'trigger' })
  }
  const declared = starts.size > 0
  const alone = incoming.size > 0 || declared
  for (const step of [...steps.values()]) {
    if (incoming.has(step.id) || starts.has(step.id)) continue
    if (alone && step.transitions.length === 0) {
      const reason = 'a node of the diagram that no arrow leads to or from'
      diagram.unread.push({ range: step.range, reason, text: step.title })
      steps.delete(step.id)
    } else if (!declared) starts.add(step.id)
  }
  if (starts.size === 0) for (const id of steps.keys()) return [id]
  return [...starts]
}
