// The path of a finding on a terminal: its steps one below the other, a bracket around the loop.
import type { Finding } from '../model/finding.ts'
import type { Colour } from './context.ts'
import {
  decision,
  hasPath,
  loopNumber,
  type Scene,
  type Shown,
  saidIn,
  scenes,
  type Told,
  titleOf,
  toldBefore,
} from './dialogue.ts'
import { INDENT } from './label.ts'
import { hang, type Span, wrap } from './layout.ts'
import { safeText } from './safe.ts'
import { placeOf } from './wording.ts'

/** Columns of the number of a step; in front of it stands the bracket. */
const NUMBER = 4
const MOST_STEPS = 9
const MOST_AGAIN = 7

/**
 * The dialogue, begun by an empty line; nothing if there is no path worth telling. What findings before have told
 * is told by the titles of its steps.
 */
export function pathLines(finding: Finding, told: Told, columns: number, colour: Colour): string[] {
  if (!hasPath(finding)) return []
  const room = columns - INDENT
  const loop = loopNumber(finding) ?? Number.POSITIVE_INFINITY
  const lines = ['']
  let next = 1
  for (const scene of scenes(finding, MOST_STEPS, toldBefore(told, finding.witness))) {
    const number = 'elided' in scene ? '' : String(next)
    for (const [index, line] of bodyOf(scene, finding.path, room, colour).entries()) {
      const mark = next < loop ? ' ' : next === loop && index === 0 ? '┌' : '│'
      const first = index === 0 ? colour.dim(number.padStart(NUMBER)) : ' '.repeat(NUMBER)
      lines.push(`  ${colour.magenta(mark)}${first}  ${line}`)
    }
    next += 'elided' in scene ? scene.elided : 'again' in scene ? scene.again.length : 1
  }
  return [...lines, ...loopLines(finding, room, colour)]
}

/** `path` is that of the finding: places in the same file are told by their lines. */
function bodyOf(scene: Scene, path: string, room: number, colour: Colour): string[] {
  if ('elided' in scene) return [colour.dim(`… ${scene.elided} more steps`)]
  if ('number' in scene) return sceneLines(scene, room, colour)
  const titles = scene.again.map(
    ({ step }) => `${titleOf(step)} ${step.path === path ? `:${step.line}` : placeOf(step.path, step.line)}`,
  )
  const named = titles.length <= MOST_AGAIN ? titles : [...titles.slice(0, 3), '…', ...titles.slice(-2)]
  return wrap([{ text: named.join(' → ') }, { text: '(as above)', paint: colour.dim }], room)
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
