// Draws the path of a finding into a picture: which arrows it passes, in which order.
import type { Finding, WitnessStep } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import { loopNumber } from './dialogue.ts'
import { type Arrow, markBox, type Sheet, type Stop } from './picture-data.ts'

/** The step of a file with an id, on a line where there are several. */
export type Find = (path: string, id: string, line: number) => number | undefined

export type Drawing = Sheet & { find: Find; isDrawn(playbook: number): boolean }

/** Marks the box a finding stands in and numbers the arrows of its witness; returns where the path passes. */
export function markPaths(flow: Flow, finding: Finding, number: number, drawing: Drawing): Stop[] {
  const { find, isDrawn, box } = drawing
  const { witness, severity, path, step, range } = finding
  const own = step === null ? undefined : find(path, step, range.start.line)
  if (own !== undefined && isDrawn(flow.steps[own]!.playbook)) markBox(box(own), number, severity)
  const back = loopNumber(finding)
  const steps = back === undefined ? witness : [...witness, witness[back - 1]!]
  const indices = steps.map(({ path: file, step: id, line }) => find(file, id, line))
  return witness.map((_, at) => {
    const from = indices[at]
    if (from === undefined || !isDrawn(flow.steps[from]!.playbook)) return { box: null, arrow: null }
    const arrow = arrowOf(flow, witness[at]!, from, indices[at + 1], at + 1 < steps.length, drawing)
    arrow?.passes.push(`${number} (${at + 1})`)
    const { outcome, impliedEnd } = flow.steps[from]!.step
    const end = at + 1 === steps.length && (outcome !== undefined || impliedEnd) ? `o${from + 1}` : null
    return { box: box(from).id, arrow: arrow?.id ?? end }
  })
}

/** The arrow by which a path leaves a step; one is added where it returns from a call. */
function arrowOf(
  flow: Flow,
  step: WitnessStep,
  from: number,
  to: number | undefined,
  goesOn: boolean,
  sheet: Sheet,
): Arrow | undefined {
  const ways = flow.steps[from]!.transitions.map(index => ({ index, way: flow.transitions[index]! }))
  const fitting = ways.filter(({ way }) => way.to === (goesOn ? (to ?? -1) : null))
  const chosen =
    fitting.find(({ way }) => wordsOf(way.transition) === step.choice) ?? (goesOn ? fitting[0] : undefined)
  if (chosen) return sheet.ofTransition.get(chosen.index)
  if (!goesOn || to === undefined) return undefined
  if (flow.steps[from]!.call === to) return sheet.ofCall.get(from)
  const ids = { from: sheet.box(from).id, to: sheet.box(to).id }
  const key = `${ids.from} ${ids.to}`
  const known = sheet.backs.get(key)
  if (known) return known
  const id = `b${from + 1}-${to + 1}`
  const made: Arrow = { id, ...ids, kind: 'back', label: 'back', chooser: null, passes: [] }
  sheet.arrows.push(made)
  sheet.backs.set(key, made)
  return made
}

/** A choice as witnesses name it. */
function wordsOf({ when, otherwise }: { when?: { text: string }; otherwise?: boolean }): string | null {
  const words = when?.text.replace(/\s+/g, ' ').trim()
  if (otherwise) return words ? `otherwise: ${words}` : 'otherwise'
  return words ?? null
}

/** The step of a file with this id; of several (a file holds several playbooks) the one on this line. */
export function stepFinder(flow: Flow): Find {
  const byName = new Map<string, number[]>()
  flow.steps.forEach(({ playbook, step }, index) => {
    const key = `${flow.playbooks[playbook]!.path}\n${step.id}`
    byName.set(key, [...(byName.get(key) ?? []), index])
  })
  return (path, id, line) => {
    const same = byName.get(`${path}\n${id}`) ?? []
    return same.find(index => flow.steps[index]!.step.range.start.line === line) ?? same[0]
  }
}
