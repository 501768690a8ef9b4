// What a picture of a flow shows, as plain data for every syntax: boxes, arrows, notes on findings.
import type { Chooser } from '../model/act.ts'
import type { Severity } from '../model/finding.ts'

/** `elsewhere`: a step of a playbook that is not drawn; `missing`: a target that was not found. */
export type Shape = 'step' | 'entry' | 'end' | 'missing' | 'elsewhere'
export type Box = {
  id: string
  shape: Shape
  title: string
  /** Acts, one a line. */
  acts: string[]
  /** Numbers of the findings that stand here. */
  findings: number[]
  worst?: Severity
}
/** `back`: not an arrow of the flow but the return from a call, on the path of a finding. */
export type ArrowKind = 'go' | 'call' | 'back'
export type Arrow = {
  /** `t1` for a transition, `c1` for a call, `o1` for an end of a step, `b1-2` for a return: the same in every picture. */
  id: string
  from: string
  to: string
  kind: ArrowKind
  label: string
  chooser: Chooser | null
  /** Where paths of findings pass: `2 (3)` is the third step of finding 2. */
  passes: string[]
}
/** `ends`: from how it ends to the id of the box. */
export type Group = { id: string; path: string; title: string; boxes: Box[]; ends: Map<string, string> }
/** `route`: for each step of the witness the ids of its box and of the arrow by which the path leaves it. */
export type Note = {
  id: string
  number: number
  severity: Severity
  rule: string
  message: string
  route: Stop[]
}
export type Stop = { box: string | null; arrow: string | null }
export type Picture = { groups: Group[]; loose: Box[]; arrows: Arrow[]; notes: Note[] }

/** What is drawn so far: arrows of transitions (by index) and calls (by step), to find the arrow of a step of a path. */
export type Sheet = {
  arrows: Arrow[]
  ofTransition: Map<number, Arrow>
  ofCall: Map<number, Arrow>
  /** Returns from calls, by the ids of their boxes. */
  backs: Map<string, Arrow>
  box(step: number): Box
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 }

/** Puts a finding on a box. */
export function markBox(box: Box, number: number, severity: Severity): void {
  if (!box.findings.includes(number)) box.findings.push(number)
  if (box.worst === undefined || RANK[severity] > RANK[box.worst]) box.worst = severity
}
