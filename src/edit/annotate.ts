// Turns what was recognised into declarations written into the text, so that a person can review them in a diff.
import type { Act } from '../model/act.ts'
import { isCertain } from '../model/act.ts'
import type { Flow } from '../model/flow.ts'
import type { Point } from '../model/position.ts'

/** Text put in at a point of a file; nothing is ever taken out. */
export type Insertion = { at: Point; text: string; why: string }

/**
 * What to write into one document of a flow: for every step and choice without a declaration the acts that were
 * recognised for certain. What was only suspected is left to people. Formats other than YAML and Markdown have no place for declarations.
 */
export function annotationsFor(flow: Flow, document: number, text: string): Insertion[] {
  const { format } = flow.documents[document]!
  const lines = text.split('\n')
  const insertions: Insertion[] = []
  const add = (insertion: Insertion | null) => {
    if (insertion) insertions.push(insertion)
  }
  const isHere = (step: number) => flow.playbooks[flow.steps[step]!.playbook]!.document === document
  for (const [s, { step, acts }] of flow.steps.entries()) {
    if (!isHere(s) || step.declaredActs) continue
    const certain = frozen(acts)
    if (certain.length === 0) continue
    const why = reason(certain)
    if (format === 'yaml') add(inYamlStep(lines, step.range.start, certain, why))
    else if (format === 'markdown') add(inMarkdown(lines, step.range.start.line, certain, why))
  }
  for (const { from, transition, acts } of flow.transitions) {
    if (!isHere(from) || transition.declaredActs) continue
    const certain = frozen(acts)
    if (certain.length === 0) continue
    const why = reason(certain)
    if (format === 'yaml')
      add({
        at: transition.range.start,
        text: `acts: ${yamlActs(certain)}\n${' '.repeat(transition.range.start.column - 1)}`,
        why,
      })
    else if (format === 'markdown') {
      const { line, column } = transition.range.end
      add({ at: { line, column }, text: ` ${comment(certain)}`, why })
    }
  }
  return insertions.sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column)
}

/**
 * The acts to declare: none where something is only suspected beside them, for a declaration would rule that out
 * without anybody having looked.
 */
function frozen(acts: readonly Act[]): Act[] {
  return acts.some(act => act.evidence === 'suspected') ? [] : acts.filter(act => isCertain(act.evidence))
}

/** The text with all insertions made. Linear. */
export function insertInto(text: string, insertions: readonly Insertion[]): string {
  const starts = [0]
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
  const parts: string[] = []
  let from = 0
  for (const { at, text: added } of insertions) {
    const offset = starts[at.line - 1]! + at.column - 1
    parts.push(text.slice(from, offset), added)
    from = offset
  }
  parts.push(text.slice(from))
  return parts.join('')
}

/** Before the first key of the step's mapping; null where it is written in one line. */
function inYamlStep(
  lines: readonly string[],
  start: Point,
  acts: readonly Act[],
  why: string,
): Insertion | null {
  const own = start.column - 1
  for (let l = start.line; l < lines.length; l++) {
    const line = lines[l]!
    const indent = line.length - line.trimStart().length
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue
    if (indent <= own) return null
    return {
      at: { line: l + 1, column: indent + 1 },
      text: `acts: ${yamlActs(acts)}\n${' '.repeat(indent)}`,
      why,
    }
  }
  return null
}

/** Behind a heading on a line of its own; behind other text at the end of its first line. */
function inMarkdown(lines: readonly string[], line: number, acts: readonly Act[], why: string): Insertion {
  const text = (lines[line - 1] ?? '').replace(/\r$/, '')
  const at = { line, column: text.length + 1 }
  return { at, text: /^ {0,3}#/.test(text) ? `\n\n${comment(acts)}` : ` ${comment(acts)}`, why }
}

function comment(acts: readonly Act[]): string {
  return `<!-- wayout: ${acts.map(markdownAct).join(', ')} -->`
}

function markdownAct({ act, attributes }: Act): string {
  const words = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${String(value).replaceAll('"', "'").replaceAll('--', '—')}"`,
  )
  return act + words.join('')
}

function yamlActs(acts: readonly Act[]): string {
  const names = acts.map(({ act, attributes }) => {
    const words = Object.entries(attributes).map(
      ([name, value]) =>
        `${name}: ${typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(String(value))}`,
    )
    return words.length === 0 ? act : `{${act}: {${words.join(', ')}}}`
  })
  return names.length === 1 && !names[0]!.startsWith('{') ? names[0]! : `[${names.join(', ')}]`
}

function reason(acts: readonly Act[]): string {
  return acts
    .map(({ act, phrase }) => (phrase ? `${act} because of "${phrase.replace(/\s+/g, ' ')}"` : act))
    .join(', ')
}
