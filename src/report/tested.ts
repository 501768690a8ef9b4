// `wayout test`: what the examples of a team's own rules showed, for people and for machines.
import type { TestedRule } from '../model/tested.ts'
import type { ReportContext } from './context.ts'
import { labelled, readable } from './label.ts'
import { printed, safeJson, safeText } from './safe.ts'
import { count, placeOf } from './wording.ts'

const isFine = ({ fires, examples }: TestedRule) => fires && examples.every(({ wrong }) => wrong.length === 0)

export function testedText(
  rules: readonly TestedRule[],
  { colour, columns }: Pick<ReportContext, 'colour' | 'columns'>,
): string {
  const room = readable(columns)
  const lines = rules.flatMap(rule => {
    const fine = isFine(rule)
    const { id, path, line, fires, examples } = rule
    const place = { text: placeOf(safeText(path), line), paint: colour.dim, apart: true }
    const many = { text: count(examples.length, 'example'), paint: colour.dim }
    const told = labelled(
      fine ? 'ok' : 'fails',
      [{ text: safeText(id), paint: colour.bold }, many, place],
      room,
      fine ? colour.green : colour.red,
    )
    for (const { kind, title, wrong } of examples)
      for (const one of wrong)
        told.push(...labelled('', [{ text: `${kind} example "${safeText(title)}": ${safeText(one)}` }], room))
    if (!fires)
      told.push(...labelled('', [{ text: 'no example makes it find anything', paint: colour.yellow }], room))
    return told
  })
  const { examples, wrong, silent } = sums(rules)
  lines.push(
    '',
    `${count(rules.length, 'rule')}, ${count(examples, 'example')}: ${wrong} not as marked; ${count(silent, 'rule')} that no example fires`,
  )
  return printed(lines)
}

export function testedJson(rules: readonly TestedRule[], version: string): string {
  const { examples, wrong, silent } = sums(rules)
  const summary = { rules: rules.length, examples, wrong, silent }
  return `${safeJson({ version: 1, tool: { name: 'wayout', version }, rules, summary })}\n`
}

function sums(rules: readonly TestedRule[]): { examples: number; wrong: number; silent: number } {
  const all = rules.flatMap(rule => rule.examples)
  return {
    examples: all.length,
    wrong: all.filter(({ wrong }) => wrong.length > 0).length,
    silent: rules.filter(({ fires }) => !fires).length,
  }
}
