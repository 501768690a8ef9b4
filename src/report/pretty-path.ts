// The path of a finding on a terminal: its steps one below the other, a bracket around the loop.
import type { Finding } from '../model/finding.ts'
import type { Colour } from './context.ts'
import { decision, hasPath, loopNumber, type Shown, saidIn, scenes, titleOf } from './dialogue.ts'
import { INDENT } from './label.ts'
import { hang, type Span, wrap } from './layout.ts'
import { safeText } from './safe.ts'
import { placeOf } from './wording.ts'

/** Columns of the number of a step; in front of it stands the bracket. */
const NUMBER = 4

/** The dialogue, begun by an empty line; nothing if there is no path worth telling. */
export function pathLines(finding: Finding, columns: number, colour: Colour): string[] {
  if (!hasPath(finding)) return []
  const room = columns - INDENT
  const loop = loopNumber(finding) ?? Number.POSITIVE_INFINITY
  const lines = ['']
  let last = 0
  for (const scene of scenes(finding)) {
    const shown = 'number' in scene
    const body = shown ? sceneLines(scene, room, colour) : [colour.dim(`… ${scene.elided} more steps`)]
    const number = shown ? String(scene.number).padStart(NUMBER) : ' '.repeat(NUMBER)
    body.forEach((line, index) => {
      const mark =
        last + 1 < loop && !(shown && scene.number === loop)
          ? ' '
          : shown && scene.number === loop && index === 0
            ? '┌'
            : '│'
      lines.push(`  ${colour.magenta(mark)}${index === 0 ? colour.dim(number) : ' '.repeat(NUMBER)}  ${line}`)
    })
    last = shown ? scene.number : last + scene.elided
  }
  return [...lines, ...loopLines(finding, room, colour)]
}

function loopLines(finding: Finding, room: number, colour: Colour): string[] {
  const back = loopNumber(finding)
  if (back === undefined) return []
  const title = titleOf(finding.witness[back - 1]!)
  const text = `↺ back to ${back} "${title}", and so on for ever`
  return hang(
    `  ${colour.magenta('└')}${' '.repeat(NUMBER)}  `,
    wrap([{ text, paint: colour.magenta }], room),
    ' '.repeat(INDENT),
  )
}

function sceneLines({ step, acts, choiceActs }: Shown, room: number, colour: Colour): string[] {
  const head = [
    { text: titleOf(step), paint: colour.bold },
    { text: placeOf(step.path, step.line), paint: colour.dim, apart: true },
  ]
  const lines = wrap(head, room)
  lines.push(...wrap([{ text: saidIn(step) }, ...actSpans(acts, colour)], room))
  const decided = decision(step)
  const choice = [...(decided === '' ? [] : [{ text: decided }]), ...actSpans(choiceActs, colour)]
  lines.push(...hang('→ ', wrap(choice, room - 2)))
  if (step.note)
    lines.push(...hang('◂ ', wrap([{ text: safeText(step.note), paint: colour.yellow }], room - 2)))
  return lines
}

function actSpans(acts: readonly string[], colour: Colour): Span[] {
  return acts.length === 0 ? [] : [{ text: `(${acts.map(safeText).join(', ')})`, paint: colour.dim }]
}
