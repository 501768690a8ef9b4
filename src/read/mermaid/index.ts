// Reads mermaid flowcharts and state diagrams, as a block inside a document or as a file of their own.
import { didYouMean } from '../../model/nearest.ts'
import type { Comment, Document, Failure, Playbook, Problem, Unread } from '../../model/playbook.ts'
import type { Point } from '../../model/position.ts'
import { rangeIn, type Source, sourceOf } from '../../model/source.ts'
import { complain, emptyDiagram } from './diagram.ts'
import { parseFlowchart } from './flowchart.ts'
import { playbookOf } from './playbook.ts'
import { parseStates } from './state.ts'

const FLOWS = ['graph', 'flowchart', 'flowchart-elk', 'stateDiagram', 'stateDiagram-v2']
/** Diagrams of mermaid that show something else than a flow of steps. */
const OTHERS = [
  ...[
    'sequenceDiagram',
    'classDiagram',
    'classDiagram-v2',
    'erDiagram',
    'gantt',
    'pie',
    'journey',
    'gitGraph',
  ],
  ...[
    'mindmap',
    'timeline',
    'quadrantChart',
    'requirementDiagram',
    'C4Context',
    'C4Container',
    'C4Component',
  ],
  ...['sankey-beta', 'xychart-beta', 'xychart', 'block-beta', 'block', 'packet-beta', 'packet', 'kanban'],
  ...['architecture-beta', 'radar-beta', 'treemap-beta', 'treemap', 'zenuml', 'info', 'sankey', 'swimlane'],
]

const LONGEST_FRONT = 5_000

export type MermaidBlock = {
  /** Null if the block shows no flow; then `problems` or `unread` say why. */
  playbook: Playbook | null
  problems: Problem[]
  unread: Unread[]
}

/**
 * Reads the code of one fence; its first character stands at `first` in the document, and its further lines are
 * taken to begin in the same column. `title` is used if the diagram has none of its own. Never throws; linear.
 */
export function readMermaidBlock(code: string, first: Point, title?: string): MermaidBlock {
  return read(sourceOf(code, first), title)
}

/** Reads a `.mmd` or `.mermaid` file. Without a title of its own the playbook is named after the file. */
export function readMermaid(path: string, text: string): Document {
  const source = sourceOf(text)
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
  const { playbook, problems, unread } = read(source, name)
  const document: Document = {
    path,
    format: 'mermaid',
    playbooks: playbook ? [playbook] : [],
    problems,
    unread,
    anchors: new Map(),
    comments: commentsOf(source),
  }
  if (!playbook) document.failure = failureOf(text, problems, unread)
  return document
}

function read(source: Source, title: string | undefined): MermaidBlock {
  const { text } = source
  const head = headOf(text)
  const word = /^[\w-]{1,40}/.exec(text.slice(head.end, head.end + 40))?.[0] ?? ''
  const diagram = emptyDiagram(source, word.startsWith('state') ? 'state' : 'flowchart')
  if (head.title !== undefined) diagram.title = head.title
  const { problems, unread } = diagram
  const bodyFrom = head.end + word.length
  if (OTHERS.includes(word)) {
    const reason = `a mermaid diagram of the kind "${word}" shows no flow of steps`
    unread.push({ range: rangeIn(source, head.end, bodyFrom), reason, text: word })
    return { playbook: null, problems, unread }
  }
  if (!FLOWS.includes(word)) {
    if (head.end >= text.length) return { playbook: null, problems, unread }
    const hint = didYouMean(word, [...FLOWS, ...OTHERS])
    const message = `a mermaid diagram begins with flowchart, graph or stateDiagram-v2, not with "${word}"${hint}`
    complain(diagram, message, head.end, Math.max(bodyFrom, head.end + 1))
    return { playbook: null, problems, unread }
  }
  if (diagram.kind === 'state') parseStates(diagram, bodyFrom)
  else {
    const direction = /^[ \t]*(?:TB|TD|BT|LR|RL|BR|[<>^v])(?=[\s;]|$)/.exec(
      text.slice(bodyFrom, bodyFrom + 40),
    )
    parseFlowchart(diagram, bodyFrom + (direction?.[0].length ?? 0))
  }
  return { playbook: playbookOf(diagram, title), problems, unread }
}

/** Where the diagram itself begins: behind front matter (which may hold a title), directives and comments. */
function headOf(text: string): { end: number; title?: string } {
  let at = blanks(text, 0)
  let title: string | undefined
  const front = /^---[ \t]*\r?\n/.exec(text.slice(at, at + 80))
  const close = front ? /\n[ \t]{0,20}---/.exec(text.slice(at, at + LONGEST_FRONT)) : null
  if (close) {
    const line = /^[ \t]{0,20}title:[ \t]*(.+)$/m.exec(text.slice(at, at + close.index))
    title = line?.[1]?.trim().replace(/^(["'])(.*)\1$/, '$2')
    at += close.index + close[0].length
  }
  for (at = blanks(text, at); text.startsWith('%%', at); at = blanks(text, at)) {
    const directive = text.startsWith('%%{', at) ? text.indexOf('}%%', at) : -1
    const newline = text.indexOf('\n', at)
    at = directive >= 0 ? directive + 3 : newline < 0 ? text.length : newline
  }
  return title ? { end: at, title } : { end: at }
}

function blanks(text: string, from: number): number {
  let i = from
  while (i < text.length && /\s/.test(text[i]!)) i++
  return i
}

/** `%% wayout-disable-file …` */
function commentsOf(source: Source): Comment[] {
  const comments: Comment[] = []
  for (const found of source.text.matchAll(/%%[ \t]*(wayout\b[^\n]*)/g)) {
    const from = found.index + found[0].length - found[1]!.length
    const words = found[1]!.trimEnd()
    comments.push({ text: words, range: rangeIn(source, from, from + words.length) })
  }
  return comments
}

function failureOf(text: string, problems: Problem[], unread: Unread[]): Failure {
  if (text.trim() === '') return { kind: 'empty', message: 'the file is empty' }
  const [problem] = problems
  if (problem) return { kind: 'syntax', message: problem.message, range: problem.range }
  const [first] = unread
  if (first) return { kind: 'shape', message: first.reason, range: first.range }
  return { kind: 'no-steps', message: 'the diagram has no nodes' }
}
