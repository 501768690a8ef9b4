// The picture of a flow as a mermaid flowchart, which GitHub and most wikis draw.
import type { Chooser } from '../model/act.ts'
import type { LintResult } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import { wrap } from './layout.ts'
import { type PictureOptions, pictureOf } from './picture.ts'
import type { Arrow, Box, Group, Note, Picture } from './picture-data.ts'
import { safeText } from './safe.ts'

/** Beyond these, mermaid (and with it GitHub) refuses to draw. */
const MOST_ARROWS = 500
const MOST_CHARACTERS = 50_000
const COLUMNS = 30

const STROKE: Readonly<Record<Chooser, string>> = {
  customer: '#1f6feb',
  agent: '#bf5b00',
  system: '#bf5b00',
  world: '#6e7781',
  fact: '#6e7781',
  unknown: '#a40e9a',
}

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

function groupLines({ id, title, path, boxes }: Group): string[] {
  return [
    `  subgraph ${id}["${mermaidText(`${title} (${safeText(path)})`)}"]`,
    ...boxes.map(box => `    ${boxText(box)}`),
    '  end',
  ]
}

function boxText(box: Box): string {
  const marks = box.findings.map(number => `⚠${number}`).join(' ')
  const lines = [
    ...wrapped(`${marks} ${box.title}`.trim()),
    ...box.acts.flatMap(act => wrapped(act).map(line => `<i>${line}</i>`)),
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

function arrowText({ from, to, kind, label, passes }: Arrow): string {
  const text = [passes.map(pass => `⚠${pass}`).join(' '), label].filter(part => part !== '').join(' ')
  const line = passes.length > 0 ? '==>' : kind === 'call' ? '-.->' : '-->'
  return `${from} ${line}${text === '' ? '' : `|"${wrapped(text).join('<br/>')}"|`} ${to}`
}

function noteLines(notes: readonly Note[]): string[] {
  if (notes.length === 0) return []
  const boxes = notes.map(({ id, number, severity, rule, message }) => {
    const lines = [`⚠${number} ${severity}, ${rule}`, message].flatMap(wrapped)
    return `    ${id}["${lines.join('<br/>')}"]:::${severity}`
  })
  return ['  subgraph findings["findings"]', ...boxes, '  end']
}

/** Lines of a label; escaped after wrapping, so that no entity is cut. */
function wrapped(text: string): string[] {
  return wrap([{ text }], COLUMNS).map(mermaidText)
}

function linkStyles(arrows: readonly Arrow[]): string[] {
  const lines = (Object.keys(STROKE) as Chooser[]).flatMap(chooser => {
    const own = indices(arrows, arrow => arrow.chooser === chooser && arrow.passes.length === 0)
    return own === '' ? [] : [`  linkStyle ${own} stroke:${STROKE[chooser]}`]
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
