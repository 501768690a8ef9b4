// The picture of a flow in the language of Graphviz.
import type { LintResult, Severity } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import { type PictureOptions, pictureOf } from './picture.ts'
import type { Arrow, Box, Group, Note, Shape } from './picture-data.ts'
import { arrowWords, boxWords, COLOUR, groupWords, noteWords, wrapped } from './picture-look.ts'
import { safeText } from './safe.ts'

const FILL: Readonly<Record<Severity, string>> = { error: '#ffd7d5', warning: '#fff3c4', info: '#ddf4ff' }
const EDGE: Readonly<Record<Severity, string>> = { error: '#cf222e', warning: '#9a6700', info: '#0969da' }
const LOOK: Readonly<Record<Shape, string>> = {
  step: '',
  entry: 'peripheries=2',
  end: 'shape=oval, fillcolor="#eaeef2"',
  missing: 'style="filled,dashed", color="#cf222e"',
  elsewhere: 'style="rounded,filled,dashed", color="#8c959f", fillcolor="#f6f8fa"',
}

/** `wayout graph --format dot`. Without a result, the flow alone. */
export function graphDot(flow: Flow, result: LintResult | null, options: PictureOptions = {}): string {
  const { groups, loose, arrows, notes } = pictureOf(flow, result, options)
  const lines = [
    'digraph wayout {',
    '  graph [rankdir=TB, fontname="Helvetica", compound=true]',
    '  node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#57606a", fontname="Helvetica"]',
    '  edge [fontname="Helvetica", fontsize=10, color="#57606a"]',
    ...groups.flatMap(groupLines),
    ...loose.map(box => `  ${boxText(box)}`),
    ...noteLines(notes),
    ...arrows.map(arrow => `  ${arrowText(arrow)}`),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

/**
 * A quoted string: quotes and backslashes escaped (`\N` would be the name of the node), `&` as an entity (labels are
 * read for entities). A line break becomes `\n`.
 */
export function dotText(lines: readonly string[]): string {
  const escaped = lines.map(line =>
    safeText(line).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('&', '&amp;'),
  )
  return `"${escaped.join('\\n')}"`
}

function groupLines(group: Group): string[] {
  const { id, boxes } = group
  return [
    `  subgraph cluster_${id} {`,
    `    label=${dotText([groupWords(group)])}`,
    '    color="#d0d7de"',
    ...boxes.map(box => `    ${boxText(box)}`),
    '  }',
  ]
}

/** What a box says, line by line: the numbers of its findings, its title, its acts. */
export function boxLabel(box: Box): string[] {
  return [...wrapped(boxWords(box)), ...box.acts.flatMap(act => wrapped(`• ${act}`))]
}

function boxText(box: Box): string {
  const { id, shape, worst } = box
  const finding = worst ? `fillcolor="${FILL[worst]}", color="${EDGE[worst]}", penwidth=3` : ''
  const parts = [`label=${dotText(boxLabel(box))}`, LOOK[shape], finding].filter(part => part !== '')
  return `${id} [${parts.join(', ')}]`
}

function arrowText(arrow: Arrow): string {
  const { from, to, kind, chooser, passes } = arrow
  const text = arrowWords(arrow)
  const parts = [
    ...(text === '' ? [] : [`label=${dotText(wrapped(text))}`]),
    ...(kind === 'go' ? [] : ['style=dashed']),
    ...(passes.length > 0
      ? ['color="#cf222e"', 'penwidth=4']
      : chooser === null
        ? []
        : [`color="${COLOUR[chooser]}"`]),
  ]
  return `${from} -> ${to}${parts.length === 0 ? '' : ` [${parts.join(', ')}]`}`
}

function noteLines(notes: readonly Note[]): string[] {
  if (notes.length === 0) return []
  const boxes = notes.map(note => {
    const { id, severity } = note
    return `    ${id} [shape=note, style=filled, label=${dotText(noteWords(note))}, fillcolor="${FILL[severity]}", color="${EDGE[severity]}"]`
  })
  // Below each other in columns, not all in one row as boxes without arrows would be.
  const columns = Math.ceil(Math.sqrt(notes.length / 2))
  const below = notes.slice(columns).map(({ id }, index) => `    ${notes[index]!.id} -> ${id} [style=invis]`)
  return [
    '  subgraph cluster_findings {',
    '    label="findings"',
    '    color="#d0d7de"',
    ...boxes,
    ...below,
    '  }',
  ]
}
