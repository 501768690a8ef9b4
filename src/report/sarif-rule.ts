// The rules of a run as SARIF descriptors: the whole catalogue, and whatever else a finding names.
import type { LintResult } from '../model/finding.ts'
import type { Rule } from '../model/rule.ts'
import type { ReportContext } from './context.ts'
import { LEVEL } from './sarif-result.ts'
import { sarifText, shortened } from './sarif-text.ts'
import { lawText } from './wording.ts'

const MOST_TEXT = 1000

export function descriptors(result: LintResult, context: ReportContext) {
  const known = context.rules.map(rule => ({ id: rule.id, descriptor: ofRule(rule, context) }))
  const index = new Map(known.map(({ id }, position) => [id, position]))
  const rules: object[] = known.map(({ descriptor }) => descriptor)
  for (const { rule } of [...result.findings, ...result.suppressed.map(({ finding }) => finding)]) {
    if (index.has(rule)) continue
    index.set(rule, rules.length)
    rules.push({ id: rule })
  }
  return { rules, indexOf: (id: string) => index.get(id)! }
}

function ofRule(rule: Rule, context: ReportContext) {
  const helpUri = context.ruleUri?.(rule.id)
  const law = rule.law.map(one => `law: ${lawText(one)}${one.url ? ` ${one.url}` : ''}`)
  const help = [rule.title, rule.why, `fix: ${rule.fix}`, ...law].join('\n\n')
  return {
    id: rule.id,
    shortDescription: { text: shortened(sarifText(rule.title), MOST_TEXT) },
    fullDescription: { text: shortened(sarifText(rule.why), MOST_TEXT) },
    help: { text: sarifText(help), markdown: markdown(help) },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: LEVEL[rule.severity] },
    properties: {
      tags: [rule.check, ...(rule.story ? [rule.story] : [])],
      'problem.severity': rule.severity === 'info' ? 'recommendation' : rule.severity,
      precision: 'high',
    },
  }
}

/** The same text as Markdown: nothing in it is markup. */
function markdown(text: string): string {
  return sarifText(text).replace(/[`*_<>#|!&~[\]\\]/g, mark => `\\${mark}`)
}
