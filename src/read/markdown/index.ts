// Markdown as people write playbooks in it → Document: the whole way from text to playbooks, problems and anchors.
import type { Document, Playbook, Problem, Start, Step, Unread } from '../../model/playbook.ts'
import type { Root } from '../../model/roots.ts'
import { promoteBoldLines } from './bold-headings.ts'
import type { Compiler } from './compile.ts'
import { type Head, readHead } from './head.ts'
import { normal } from './labels.ts'
import { collectLeads } from './leads.ts'
import { tellLeftover } from './leftover.ts'
import { mask } from './mask.ts'
import { mermaidPlaybook } from './mermaid.ts'
import { outline, type Section } from './outline.ts'
import { parse } from './parse.ts'
import { Places } from './places.ts'
import { compilePlan, namesReferredTo, readPlan } from './plan.ts'
import type { PlanContext } from './plan-context.ts'
import { planOf } from './playbooks.ts'
import { resolve } from './resolve.ts'
import { detectLanguage, vocabularyOf } from './words.ts'

export type MarkdownOptions = {
  /** Names of acts that a config or lexicon adds to the known ones. */
  acts?: Iterable<string>
  /** Where links of the team's own site lead; other links to a site are not followed. */
  roots?: readonly Root[]
}

/**
 * Reads a Markdown file. `path` is as shown to the user, with `/`; it names the document and is what links are seen
 * from. Never throws; what could not be read is in `unread`, `problems` or `failure`. Linear in the text.
 */
export function readMarkdown(path: string, text: string, options: MarkdownOptions = {}): Document {
  const document: Document = {
    path,
    format: 'markdown',
    playbooks: [],
    problems: [],
    unread: [],
    anchors: new Map(),
    comments: [],
  }
  const masked = mask(text)
  const source = parse(masked.text)
  if (!source) {
    document.failure = { kind: 'syntax', message: 'nested too deeply to be read' }
    return document
  }
  const page = outline(source)
  const known = new Set(options.acts ?? [])
  const head = page.head ? readHead(page.head.value, page.head.line, document.problems) : null
  const words = vocabularyOf(head?.language ?? detectLanguage(text))
  promoteBoldLines(page, masked.text, words)
  const places = new Places(page.sections, words, path, options.roots)
  collectLeads(page, places)
  document.comments = page.comments
  const compilers: { compiler: Compiler; playbook: Playbook; sections: Section[] }[] = []
  const diagrams: Playbook[] = []
  const context: PlanContext = {
    page,
    head,
    words,
    places,
    problems: document.problems,
    unread: document.unread,
    leftOut: new Set(),
    known,
    states: new Map(),
    details: masked.details,
    path,
    diagrams,
    mermaid: mermaidPlaybook,
  }
  const plans = planOf(page, head, words, places).map(plan => readPlan(plan, context))
  const referred = namesReferredTo(plans)
  for (const plan of plans) {
    const compiled = compilePlan(plan, compilers.length, referred, context)
    if (compiled) compilers.push(compiled)
  }
  document.playbooks = [...compilers.map(({ playbook }) => playbook), ...diagrams]
  resolve(compilers, page, places.named, document)
  applyHead(document, head, places)
  if (head?.bot) for (const { compiler } of compilers) compiler.book.automate()
  tellLeftover(
    page,
    new Set(compilers.flatMap(({ compiler }) => compiler.book.heeded)),
    context.leftOut,
    document,
  )
  if (document.playbooks.every(playbook => playbook.steps.length === 0)) {
    document.playbooks = []
    const empty = text.trim() === ''
    document.failure = {
      kind: empty ? 'empty' : 'no-steps',
      message: empty ? 'the file is empty' : 'no step of a playbook was found in it',
    }
  }
  sortByPlace(document.unread)
  sortByPlace(document.problems)
  return document
}

function sortByPlace(list: (Unread | Problem)[]): void {
  list.sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column)
}

/** The keys of the front matter belong to the first playbook; language and channels to all of the page. */
function applyHead(document: Document, head: Head | null, places: Places): void {
  if (!head) return
  for (const playbook of document.playbooks) {
    if (head.language !== undefined) playbook.language = head.language
    playbook.channels = [...head.channels]
    if (head.entry !== undefined) playbook.entry = head.entry
  }
  const first = document.playbooks[0]
  if (!first) return
  if (head.title !== undefined && head.ours) first.title = head.title
  first.facts = head.facts
  const starts: Start[] = []
  for (const { name, channel, range } of head.starts) {
    const step = stepCalled(document, first, name, places)
    if (step) starts.push({ step: step.id, ...(channel ? { channel } : {}) })
    else
      document.problems.push({
        rule: 'links-resolve',
        message: `"start" names "${name}", but no step or heading is called that`,
        range,
      })
  }
  if (starts.length > 0) first.starts = starts
}

/** By its anchor, its id, or the words of its heading or its own, with or without a number in front. */
function stepCalled(document: Document, playbook: Playbook, name: string, places: Places): Step | undefined {
  const place = places.titled(name)
  const anchor = place?.kind === 'section' ? place.section.anchors[0] : undefined
  const ids = [name.replace(/^#/, ''), anchor].map(key =>
    key === undefined ? undefined : (document.anchors.get(key)?.step ?? key),
  )
  const title = normal(name)
  return (
    playbook.steps.find(step => ids.includes(step.id)) ??
    playbook.steps.find(step => normal(step.title) === title)
  )
}
