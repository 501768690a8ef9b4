// What a mermaid diagram says, before it becomes a playbook: nodes, groups around them, and arrows.
import type { Problem, Unread } from '../../model/playbook.ts'
import type { Excerpt, Range } from '../../model/position.ts'
import { rangeIn, type Source } from '../../model/source.ts'
import { wordsOfName } from './label.ts'

export type Node = {
  id: string
  range: Range
  /** The words of its name, where it is first mentioned; they speak where it has no label. */
  name: Excerpt
  label?: Excerpt
  /** Descriptions and notes beside the label. */
  more: Excerpt[]
  /** Index of the group it stands in, the first one that is not the diagram itself. */
  group: number
}

/** A subgraph or composite state. Group 0 is the diagram itself. */
export type Group = {
  id: string
  title: string
  range: Range
  parent: number
  /** Arrows from `[*]`: where the group starts. */
  starts: Arrow[]
}

export type Arrow = {
  from: string
  /** Undefined: the end of the group it stands in, `[*]`. */
  to: string | undefined
  group: number
  label?: Excerpt
  range: Range
  target: Range
  /** A line without a head: which way it leads is not said. */
  uncertain: boolean
}

export type Diagram = {
  source: Source
  kind: 'flowchart' | 'state'
  title?: string
  nodes: Map<string, Node>
  groups: Group[]
  groupIds: Map<string, number>
  arrows: Arrow[]
  /** More arrows came than are read. */
  full: boolean
  problems: Problem[]
  unread: Unread[]
}

/** More arrows than this are not read: `a & b & … --> c & d & …` makes quadratically many. */
export const MOST_ARROWS = 200_000

export function emptyDiagram(source: Source, kind: Diagram['kind']): Diagram {
  const root: Group = { id: '', title: '', range: rangeIn(source, 0, 0), parent: -1, starts: [] }
  return {
    source,
    kind,
    nodes: new Map(),
    groups: [root],
    groupIds: new Map(),
    arrows: [],
    full: false,
    problems: [],
    unread: [],
  }
}

/** The node of that id; made at its first mention, which may be inside an arrow. */
export function mention(diagram: Diagram, id: string, from: number, to: number, group: number): Node {
  const known = diagram.nodes.get(id)
  if (known) {
    if (known.group === 0) known.group = group
    return known
  }
  const { source } = diagram
  const name = wordsOfName(source, from, to)
  const node: Node = { id, range: rangeIn(source, from, to), name, more: [], group }
  diagram.nodes.set(id, node)
  return node
}

/** Opens a group; its id may be that of a node mentioned before. */
export function openGroup(diagram: Diagram, group: Omit<Group, 'starts'>): number {
  const index = diagram.groups.length
  diagram.groups.push({ ...group, starts: [] })
  if (!diagram.groupIds.has(group.id)) diagram.groupIds.set(group.id, index)
  return index
}

/** Adds an arrow; false if there are too many (reported once). */
export function addArrow(diagram: Diagram, arrow: Arrow): boolean {
  if (diagram.arrows.length < MOST_ARROWS) {
    diagram.arrows.push(arrow)
    return true
  }
  const message = `more than ${MOST_ARROWS} arrows in one diagram; the rest is not read`
  if (!diagram.full) diagram.problems.push({ rule: 'syntax', message, range: arrow.range })
  diagram.full = true
  return false
}

export function complain(diagram: Diagram, message: string, from: number, to: number, fix?: string): void {
  const problem: Problem = { rule: 'syntax', message, range: rangeIn(diagram.source, from, to) }
  diagram.problems.push(fix === undefined ? problem : { ...problem, fix })
}
