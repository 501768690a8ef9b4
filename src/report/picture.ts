// Draws a flow as boxes and arrows, with the findings of a result in them.
import type { Finding, LintResult } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import { choiceName, shortly, titleOfStep } from './flow-words.ts'
import type { Arrow, Box, Group, Note, Picture, Shape, Sheet } from './picture-data.ts'
import { markPaths, stepFinder } from './picture-path.ts'
import { safeText } from './safe.ts'
import { OUTCOME_TITLE } from './wording.ts'

export type PictureOptions = {
  /** Draw only the playbooks of this file, and in boxes of their own where they lead. */
  path?: string
}

const MOST_TITLE = 48
const MOST_LABEL = 60
const MOST_MESSAGE = 160

/** Linear in the flow and the witnesses. Ids are `n1`, `e1`, …, never words of a playbook. */
export function pictureOf(flow: Flow, result: LintResult | null, options: PictureOptions = {}): Picture {
  const isDrawn = (playbook: number) =>
    options.path === undefined || flow.playbooks[playbook]!.path === options.path
  const boxes = new Map<number, Box>()
  const loose: Box[] = []
  const entries = new Set(flow.entries.map(({ step }) => step))
  const box = (step: number): Box => {
    const known = boxes.get(step)
    if (known) return known
    const here = isDrawn(flow.steps[step]!.playbook)
    const made = stepBox(flow, step, here ? (entries.has(step) ? 'entry' : 'step') : 'elsewhere')
    boxes.set(step, made)
    if (!here) loose.push(made)
    return made
  }
  const groups = flow.playbooks.flatMap(({ playbook, path }, index) => {
    return isDrawn(index)
      ? [
          {
            id: `p${index + 1}`,
            path,
            title: shortly(playbook.title, MOST_TITLE),
            boxes: [] as Box[],
            ends: new Map<string, string>(),
          },
        ]
      : []
  })
  const groupOf = new Map(groups.map(group => [Number(group.id.slice(1)) - 1, group]))
  const sheet: Sheet = { arrows: [], ofTransition: new Map(), ofCall: new Map(), backs: new Map(), box }
  flow.steps.forEach(({ playbook }, step) => {
    groupOf.get(playbook)?.boxes.push(box(step))
  })
  flow.steps.forEach(({ playbook }, step) => {
    const group = groupOf.get(playbook)
    if (group) drawStep(flow, step, group, sheet, loose)
  })
  const findings = (result?.findings ?? []).filter(
    ({ path }) => options.path === undefined || path === options.path,
  )
  const notes = findings.map((finding, index) => noteOf(finding, index + 1))
  const find = stepFinder(flow)
  findings.forEach((finding, index) => {
    notes[index]!.route = markPaths(flow, finding, index + 1, { ...sheet, find, isDrawn })
  })
  return { groups, loose, arrows: sheet.arrows, notes }
}

function stepBox(flow: Flow, step: number, shape: Shape): Box {
  const { acts, playbook } = flow.steps[step]!
  const title = titleOfStep(flow, step)
  const shown = acts.filter(({ evidence }) => evidence !== 'hint')
  const names = shown.map(({ act, evidence }) => `${safeText(act)}${evidence === 'suspected' ? '?' : ''}`)
  return {
    id: `n${step + 1}`,
    shape,
    title:
      shape === 'elsewhere'
        ? `${title} (${safeText(flow.playbooks[playbook]!.path)})`
        : shortly(title, MOST_TITLE),
    acts: shape === 'elsewhere' ? [] : [...new Set(names)],
    findings: [],
  }
}

function drawStep(flow: Flow, index: number, group: Group, sheet: Sheet, loose: Box[]): void {
  const { step, transitions, call } = flow.steps[index]!
  const from = `n${index + 1}`
  const end = (title: string): string => endBox(group, title)
  const missing = (text: string): string => {
    const box: Box = {
      id: `m${loose.length + 1}`,
      shape: 'missing',
      title: `${shortly(text, MOST_TITLE)}: not found`,
      acts: [],
      findings: [],
    }
    loose.push(box)
    return box.id
  }
  const add = (arrow: Omit<Arrow, 'from' | 'passes'>): Arrow => {
    const made = { from, passes: [], ...arrow }
    sheet.arrows.push(made)
    return made
  }
  if (step.call) {
    const to = call === null ? missing(step.call.text) : sheet.box(call).id
    sheet.ofCall.set(index, add({ id: `c${index + 1}`, to, kind: 'call', label: 'call', chooser: null }))
  }
  for (const transition of transitions) {
    const way = flow.transitions[transition]!
    const { outcome, to: target } = way.transition
    const to =
      way.to !== null
        ? sheet.box(way.to).id
        : outcome !== undefined
          ? end(OUTCOME_TITLE[outcome])
          : missing(target?.text ?? 'nowhere')
    const acts = way.acts.filter(({ evidence }) => evidence !== 'hint').map(({ act }) => safeText(act))
    const plain = way.chooser === null && way.transition.when === undefined && !way.transition.otherwise
    const words = plain ? '' : shortly(choiceName(way), MOST_LABEL)
    const label = [words, ...new Set(acts), ...(way.told === 'unprompted' ? ['not offered'] : [])].filter(
      text => text !== '',
    )
    sheet.ofTransition.set(
      transition,
      add({ id: `t${transition + 1}`, to, kind: 'go', label: label.join(' · '), chooser: way.chooser }),
    )
  }
  const id = `o${index + 1}`
  if (step.outcome !== undefined)
    add({ id, to: end(OUTCOME_TITLE[step.outcome]), kind: 'go', label: '', chooser: null })
  else if (step.impliedEnd)
    add({ id, to: end('ends, nobody says how'), kind: 'go', label: '', chooser: null })
}

/** One box for each way a playbook ends. */
function endBox({ id, boxes, ends }: Group, title: string): string {
  const known = ends.get(title)
  if (known !== undefined) return known
  const made: Box = { id: `${id}e${ends.size + 1}`, shape: 'end', title, acts: [], findings: [] }
  ends.set(title, made.id)
  boxes.push(made)
  return made.id
}

function noteOf({ severity, rule, message }: Finding, number: number): Note {
  const words = shortly(message, MOST_MESSAGE)
  return { id: `f${number}`, number, severity, rule: safeText(rule), message: words, route: [] }
}
