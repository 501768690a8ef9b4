// The catalogue of rules for people and machines: `wayout rules` lists it, `wayout explain` tells one rule in full.
import type { Severity } from '../model/finding.ts'
import type { Example, Rule } from '../model/rule.ts'
import { actsNamed } from './condition-words.ts'
import type { Colour } from './context.ts'
import { labelled, pasted, readable, severityPaint } from './label.ts'
import { hang, pad, wrap } from './layout.ts'
import { checkSentences } from './rule-words.ts'
import { printed, safeJson, safeLines, safeText } from './safe.ts'
import { storyOf, storyTitle } from './story.ts'
import { count, lawText, list } from './wording.ts'

/** `severities`: what holds here, where it is not the rule's own; a rule that is not in it is off. */
export type RulesSettings = {
  colour: Colour
  columns: number
  severities?: ReadonlyMap<string, Severity | 'off'>
}

/** The table of `wayout rules`, grouped by the story that asks for a rule. */
export function rulesText(rules: readonly Rule[], settings: RulesSettings): string {
  const { colour } = settings
  const columns = readable(settings.columns)
  const groups = new Map<string, Rule[]>()
  for (const rule of rules) groups.set(storyOf(rule), [...(groups.get(storyOf(rule)) ?? []), rule])
  const idWidth = Math.min(
    32,
    rules.reduce((most, { id }) => Math.max(most, id.length), 0),
  )
  const lines: string[] = []
  for (const story of [...groups.keys()].sort(storyOrder)) {
    lines.push(...wrap([{ text: storyTitle(story), paint: colour.bold }], columns), '')
    for (const rule of groups.get(story)!)
      lines.push(...ruleLines(rule, severityHere(rule, settings), idWidth, columns, colour))
    lines.push('')
  }
  const off = rules.filter(rule => severityHere(rule, settings) === 'off').length
  lines.push(
    `${count(rules.length, 'rule')}${off > 0 ? `, ${off} of them off` : ''}; "wayout explain ID" tells one in full`,
  )
  return printed(lines)
}

/** `wayout explain ID`. */
export function explainText(rule: Rule, { colour, columns: width, severities }: RulesSettings): string {
  const columns = readable(width)
  const severity = severityHere(rule, { severities })
  const label = (name: string, text: string) =>
    text === '' ? [] : labelled(name, [{ text }], columns, colour.cyan)
  const laws = rule.law.flatMap(law => {
    const details = [law.note, law.checked === undefined ? undefined : `checked ${law.checked}`].filter(
      part => part !== undefined,
    )
    const address = law.url ? [{ text: safeText(law.url), paint: colour.dim, apart: true }] : []
    return labelled(
      'law',
      [{ text: [lawText(law), ...details.map(safeText)].join('; ') }, ...address],
      columns,
      colour.cyan,
    )
  })
  const head = [
    { text: safeText(rule.id), paint: colour.bold },
    { text: severity, paint: severityColour(severity, colour), apart: true },
  ]
  return printed([
    ...wrap(head, columns),
    ...wrap([{ text: safeText(rule.title) }], columns),
    '',
    ...label('why', safeText(rule.why)),
    ...label('story', storyTitle(storyOf(rule))),
    ...(laws.length > 0 ? laws : label('law', 'none: a demand of quality')),
    ...checkSentences(rule).flatMap((text, index) => label(index === 0 ? 'checks' : '', text)),
    ...label('acts', list(actsNamed(checked(rule)), 12)),
    ...label('set', list(tunable(rule))),
    ...label('says', safeText(rule.message)),
    ...pasted('fix', rule.fix, columns, colour.green),
    ...rule.examples.bad.flatMap(example => exampleLines('bad', example, columns, colour)),
    ...rule.examples.good.flatMap(example => exampleLines('good', example, columns, colour)),
  ])
}

/** `wayout rules --format json`. */
export function rulesJson(
  rules: readonly Rule[],
  version: string,
  severities?: RulesSettings['severities'],
): string {
  return `${safeJson({
    version: 1,
    tool: { name: 'wayout', version },
    rules: rules.map(rule => ({
      id: rule.id,
      title: rule.title,
      severity: severityHere(rule, { severities }),
      check: rule.check,
      story: rule.story || null,
      why: rule.why,
      law: rule.law,
    })),
  })}\n`
}

/** `wayout explain ID --format json`: the rule as it stands, with the sentences of `explain`. */
export function explainJson(rule: Rule, version: string, severities?: RulesSettings['severities']): string {
  const severity = severityHere(rule, { severities })
  return `${safeJson({ version: 1, tool: { name: 'wayout', version }, rule: { ...rule, severity }, checks: checkSentences(rule) })}\n`
}

function severityHere(
  rule: Rule,
  { severities }: Pick<RulesSettings, 'severities'> | { severities: undefined },
): Severity | 'off' {
  return severities === undefined ? rule.severity : (severities.get(rule.id) ?? 'off')
}

function severityColour(severity: Severity | 'off', colour: Colour) {
  return severity === 'off' ? colour.dim : severityPaint(severity, colour)
}

function ruleLines(
  rule: Rule,
  severity: Severity | 'off',
  idWidth: number,
  columns: number,
  colour: Colour,
): string[] {
  const id = safeText(rule.id)
  const first = `  ${severityColour(severity, colour)(pad(severity, 8))} ${pad(id, idWidth)}  `
  const indent = 2 + 8 + 1 + idWidth + 2
  const title = wrap(
    [{ text: safeText(rule.title), ...(severity === 'off' && { paint: colour.dim }) }],
    columns - indent,
  )
  // A long id, or a narrow terminal: the title gets a line of its own.
  if (id.length > idWidth || columns - indent < 24) {
    return [first.trimEnd(), ...hang(' '.repeat(11), wrap([{ text: safeText(rule.title) }], columns - 11))]
  }
  return hang(first, title, ' '.repeat(indent))
}

function exampleLines(
  label: string,
  { title, playbook }: Example,
  columns: number,
  colour: Colour,
): string[] {
  const paint = label === 'bad' ? colour.red : colour.green
  const text = safeLines(playbook.trimEnd()).map(line => {
    const isMarked = /(?:#|<!--)\s*<-/.test(line)
    return `         ${colour.dim('│')} ${isMarked ? paint(line) : line}`
  })
  return ['', ...labelled(label, [{ text: safeText(title) }], columns, paint), ...text]
}

/** The limits and switches of a rule that a configuration may set, with their values. */
function tunable(rule: Rule): string[] {
  return Object.entries(rule)
    .filter(
      ([key, value]) =>
        typeof value === 'number' ||
        typeof value === 'boolean' ||
        (key === 'max' && typeof value === 'string'),
    )
    .map(([key, value]) => `${key}: ${safeText(String(value))}`)
}

/** The parts of a rule that say what is checked. */
function checked({
  id: _,
  title: _t,
  why: _w,
  message: _m,
  fix: _f,
  law: _l,
  examples: _e,
  story: _s,
  ...rest
}: Rule): object {
  return rest
}

function storyOrder(a: string, b: string): number {
  return (a === '' ? 1 : 0) - (b === '' ? 1 : 0) || (a < b ? -1 : a > b ? 1 : 0)
}
