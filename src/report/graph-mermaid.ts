// The picture of a flow as a mermaid flowchart, which GitHub and most wikis draw.
import type { Chooser } from '../model/act.ts'
import type { LintResult } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import { type PictureOptions, pictureOf } from './picture.ts'
import type { Arrow, Box, Group, Note, Picture } from './picture-data.ts'
import { arrowWords, boxWords, COLOUR, groupWords, noteWords, wrapped } from './picture-look.ts'

/** Beyond these, mermaid (and with it GitHub) refuses to draw. */
const MOST_ARROWS = 500
const MOST_CHARACTERS = 50_000

const CLASSES = [
  'classDef entry stroke:#1a7f37,stroke-width:3px',
  'classDef finish fill:#eaeef2,stroke:#57606a,color:#24292f',
  'classDef missing fill:#fff,stroke:#cf222e,stroke-dasharray:4 3,color:#24292f',
  'classDef elsewhere fill:#f6f8fa,stroke:#8c959f,stroke-dasharray:4 3,color:#24292f',
  'classDef error fill:#ffd7d5,stroke:#cf222e,stroke-width:3px,color:#24292f',
  'classDef warning fill:#fff3c4,stroke:#9a6700,stroke-width:3px,color:#24292f',
  'classDef info fill:#ddf4ff,stroke:#0969da,stroke-width:2px,color:#24292f',
]

/** `wayout graph --format mermaid`. Without a result, the flow alone. */
export function graphMermaid(flow: Flow, result: LintResult | null, options: PictureOptions = {}): string {
  const picture = pictureOf(flow, result, options)
  const lines = [
    'flowchart TD',
    ...picture.groups.flatMap(groupLines),
    ...picture.loose.map(box => `  ${boxText(box)}`),
    ...noteLines(picture.notes),
    ...picture.arrows.map(arrow => `  ${arrowText(arrow)}`),
    ...CLASSES.map(line => `  ${line}`),
    ...linkStyles(picture.arrows),
  ]
  return `${[...tooLarge(picture, lines), ...lines].join('\n')}\n`
}

/**
 * Text of a playbook inside a quoted label: letters, digits and a few harmless marks stay, everything else becomes an
 * entity (`#34;`), so that neither quotes, tags, comments, Markdown nor keywords of the syntax are left.
 */
export function mermaidText(text: string): string {
  const escaped = [...text]
    .map(character => (HARMLESS.test(character) ? character : `#${character.codePointAt(0)};`))
    .join('')
  // A line with "direction TB" in it is read as a direction, a leading "1." or "-" as a list, whatever the quotes say.
  return escaped
    .replace(/direction/gi, word => `#${word.charCodeAt(0)};${word.slice(1)}`)
    .replace(/^(\d+)\./, '$1#46;')
    .replace(/^-/, '#45;')
}

const HARMLESS = /^[\p{L}\p{N}\p{M} .,!?'()/=…·→↺⚠–—-]$/u

function groupLines(group: Group): string[] {
  const { id, boxes } = group
  const title = mermaidText(groupWords(group))
  return [`  subgraph ${id}["${title}"]`, ...boxes.map(box => `    ${boxText(box)}`), '  end']
}

function boxText(box: Box): string {
  const lines = [
    ...escaped(wrapped(boxWords(box))),
    ...box.acts.flatMap(act => escaped(wrapped(act)).map(line => `<i>${line}</i>`)),
  ]
  const label = `"${lines.join('<br/>') || ' '}"`
  const styled = `:::${classOf(box)}`
  if (box.shape === 'entry' || box.shape === 'elsewhere') return `${box.id}([${label}])${styled}`
  if (box.shape === 'end') return `${box.id}(((${label})))${styled}`
  return `${box.id}[${label}]${box.shape === 'step' && box.worst === undefined ? '' : styled}`
}

function classOf({ shape, worst }: Box): string {
  return worst ?? (shape === 'end' ? 'finish' : shape)
}

function arrowText(arrow: Arrow): string {
  const { from, to, kind, passes } = arrow
  const text = escaped(wrapped(arrowWords(arrow))).join('<br/>')
  const line = passes.length > 0 ? '==>' : kind === 'call' ? '-.->' : '-->'
  return `${from} ${line}${text === '' ? '' : `|"${text}"|`} ${to}`
}

function noteLines(notes: readonly Note[]): string[] {
  if (notes.length === 0) return []
  const boxes = notes.map(
    note => `    ${note.id}["${escaped(noteWords(note)).join('<br/>')}"]:::${note.severity}`,
  )
  return ['  subgraph findings["findings"]', ...boxes, '  end']
}

/** Lines of a label: escaped after wrapping, so that no entity is cut. */
function escaped(lines: readonly string[]): string[] {
  return lines.map(mermaidText)
}

function linkStyles(arrows: readonly Arrow[]): string[] {
  const lines = (Object.keys(COLOUR) as Chooser[]).flatMap(chooser => {
    const own = indices(arrows, arrow => arrow.chooser === chooser && arrow.passes.length === 0)
    return own === '' ? [] : [`  linkStyle ${own} stroke:${COLOUR[chooser]}`]
  })
  const passed = indices(arrows, arrow => arrow.passes.length > 0)
  return passed === '' ? lines : [...lines, `  linkStyle ${passed} stroke:#cf222e,stroke-width:4px`]
}

function indices(arrows: readonly Arrow[], test: (arrow: Arrow) => boolean): string {
  return arrows.flatMap((arrow, index) => (test(arrow) ? [index] : [])).join(',')
}

function tooLarge({ arrows }: Picture, lines: readonly string[]): string[] {
  const characters = lines.reduce((sum, line) => sum + line.length + 1, 0)
  if (arrows.length <= MOST_ARROWS && characters <= MOST_CHARACTERS) return []
  return [
    `%% ${arrows.length} arrows and ${characters} characters: many viewers draw no more than ${MOST_ARROWS} and ${MOST_CHARACTERS}`,
    '%% draw one playbook at a time, or use the format "dot"',
  ]
}
