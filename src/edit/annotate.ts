// Turns what was recognised into declarations written into the text, so that a person can review them in a diff.
import type { Act, Chooser } from '../model/act.ts'
import { isCertain } from '../model/act.ts'
import type { Edit } from '../model/edit.ts'
import type { Flow, FlowTransition } from '../model/flow.ts'
import type { Point } from '../model/position.ts'
import { type Editable, editable, inOrder, insertion, lineEnd } from './text.ts'
import { type Key, keyInFront, mappingOf } from './yaml.ts'

/** A declaration to write: at which line of the text as it is, and because of which words. */
export type Declaration = Edit & { why: string }

/**
 * What to write into one document of a flow: for every step and choice without a declaration the acts that were
 * recognised for certain, and for every choice of which the words alone say who decides, who that is. What was only
 * suspected is left to people. Formats other than YAML and Markdown have no place for declarations.
 */
export function declarationsFor(flow: Flow, document: number, text: string): Declaration[] {
  const { format } = flow.documents[document]!
  if (format !== 'yaml' && format !== 'markdown') return []
  const page = editable(text)
  const declarations: Declaration[] = []
  const add = (edit: Edit | null, why: string) => {
    if (edit) declarations.push({ ...edit, why })
  }
  const isHere = (step: number) => flow.playbooks[flow.steps[step]!.playbook]!.document === document
  for (const [s, { step, acts }] of flow.steps.entries()) {
    if (!isHere(s) || step.declaredActs) continue
    const certain = frozen(acts)
    if (certain.length === 0) continue
    const at = format === 'yaml' ? mappingOf(page, step.range) : null
    if (format === 'markdown') add(behindLine(page, step.range.start.line, certain), reason(certain))
    else if (at) add(keyInFront(page, at, actsKey(certain)), reason(certain))
  }
  for (const way of flow.transitions) {
    if (!isHere(way.from)) continue
    const { transition } = way
    const { start, end } = transition.range
    const certain = transition.declaredActs ? [] : frozen(way.acts)
    if (certain.length > 0)
      add(
        format === 'yaml'
          ? keyInFront(page, start, actsKey(certain))
          : insertion(end, ` ${comment(certain)}`),
        reason(certain),
      )
    const named = namedChooser(way)
    if (named)
      add(
        format === 'yaml' ? chooserKey(page, way, named.chooser) : marked(page, way, named.chooser),
        named.why,
      )
  }
  // Ways on that share a condition share its declaration.
  return inOrder(declarations)
}

/**
 * The acts to declare: none where something is only suspected beside them, for a declaration would rule that out
 * without anybody having looked.
 */
function frozen(acts: readonly Act[]): Act[] {
  return acts.some(act => act.evidence === 'suspected') ? [] : acts.filter(act => isCertain(act.evidence))
}

/** Who decides, where no declaration but the words of this very choice say so, and leave no doubt. */
function namedChooser({ transition, ...way }: FlowTransition): { chooser: Chooser; why: string } | null {
  if (!transition.when || transition.otherwise) return null
  const open = transition.chooser === undefined && way.chooserEvidence === 'recognised'
  const named = open ? { chooser: way.chooser, phrase: way.chooserPhrase } : way.named
  if (!named || named.chooser === null || named.chooser === 'unknown') return null
  const { chooser, phrase } = named
  return {
    chooser,
    why: phrase ? `${chooser} decides because of "${onOneLine(phrase)}"` : `${chooser} decides`,
  }
}

/** The key `when` says that nobody knows who decides: it becomes the key of who does. */
function chooserKey(page: Editable, { transition }: FlowTransition, chooser: Chooser): Edit | null {
  const from = page.offset(transition.range.start)
  const here = page.text.slice(from, page.offset(transition.range.end))
  const key = /(?:^|[\n,{])\s*(["']?)when\1\s*:/.exec(here)
  if (!key) return null
  const at = from + key.index + key[0].lastIndexOf('when')
  const start = pointOf(page, transition.range.start, from, at)
  return { range: { start, end: { line: start.line, column: start.column + 'when'.length } }, text: chooser }
}

function pointOf({ text }: Editable, start: Point, from: number, at: number): Point {
  const between = text.slice(from, at)
  const breaks = between.split('\n').length - 1
  const column = breaks === 0 ? start.column + between.length : between.length - between.lastIndexOf('\n')
  return { line: start.line + breaks, column }
}

/** `[customer]` at the start of the condition; not in a heading, whose words are its address. */
function marked({ lines }: Editable, { transition }: FlowTransition, chooser: Chooser): Edit | null {
  const mark = transition.when!.marks[0]
  if (!mark) return null
  const isHeading =
    /^ {0,3}#/.test(lines[mark.line - 1]!) || /^ {0,3}(?:=+|-+)\s*$/.test(lines[mark.line] ?? '')
  return isHeading ? null : insertion({ line: mark.line, column: mark.column }, `[${chooser}] `)
}

/** Behind a heading on a line of its own; behind other text at the end of its first line. */
function behindLine({ text, lines }: Editable, line: number, acts: readonly Act[]): Edit {
  const here = lines[line - 1] ?? ''
  const end = lineEnd(text)
  const at = { line, column: here.length + 1 }
  return insertion(at, /^ {0,3}#/.test(here) ? `${end}${end}${comment(acts)}` : ` ${comment(acts)}`)
}

function comment(acts: readonly Act[]): string {
  return `<!-- wayout: ${acts.map(markdownAct).join(', ')} -->`
}

function markdownAct({ act, attributes }: Act): string {
  const plain = (value: unknown) => String(value).replaceAll('"', "'").replaceAll('--', '—')
  const words = Object.entries(attributes).map(([name, value]) =>
    Array.isArray(value) ? ` ${name}=[${value.map(plain).join(', ')}]` : ` ${name}="${plain(value)}"`,
  )
  return act + words.join('')
}

function actsKey(acts: readonly Act[]): Key {
  return { name: 'acts', yaml: yamlActs(acts), json: jsonActs(acts) }
}

function yamlActs(acts: readonly Act[]): string {
  const names = acts.map(({ act, attributes }) => {
    const words = Object.entries(attributes).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    return words.length === 0 ? act : `{${act}: {${words.join(', ')}}}`
  })
  return names.length === 1 && !names[0]!.startsWith('{') ? names[0]! : `[${names.join(', ')}]`
}

function jsonActs(acts: readonly Act[]): string {
  return JSON.stringify(
    acts.map(({ act, attributes }) => (Object.keys(attributes).length > 0 ? { [act]: attributes } : act)),
  )
}

function reason(acts: readonly Act[]): string {
  return acts.map(({ act, phrase }) => (phrase ? `${act} because of "${onOneLine(phrase)}"` : act)).join(', ')
}

function onOneLine(phrase: string): string {
  return phrase.replace(/\s+/g, ' ')
}
