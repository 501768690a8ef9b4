// What a project as a whole must have: a procedure for complaints, one for returns and refunds.
import type { Finding } from '../../model/finding.ts'
import { fingerprint } from '../../model/fingerprint.ts'
import type { Flow } from '../../model/flow.ts'
import type { Rule } from '../../model/rule.ts'
import { type Conditions, HINT } from '../condition.ts'
import { severityOf } from '../finding.ts'

type ProjectRule = Extract<Rule, { check: 'existence' }>

export function isOfProject(rule: Rule): rule is ProjectRule {
  return rule.check === 'existence' && rule.in === 'project'
}

/** Whether one of these playbooks has it; with `named`, one whose title or first choices speak of it. O(steps + transitions). */
export function existsInProject(
  flow: Flow,
  conditions: Conditions,
  rule: Rule,
  playbooks: readonly number[],
): boolean {
  if (!isOfProject(rule)) return true
  const levels = conditions(rule.of, 'demand')
  const judged = new Set(playbooks)
  const speaks = flow.playbooks.map(
    (_, i) => judged.has(i) && (rule.named === undefined || names(flow, i, rule.named)),
  )
  return flow.steps.some(({ playbook, transitions }, s) => {
    if (!speaks[playbook]) return false
    return levels[s]! >= HINT || transitions.some(t => levels[flow.steps.length + t]! >= HINT)
  })
}

function names(flow: Flow, playbook: number, words: readonly string[]): boolean {
  const { playbook: book, firstStep } = flow.playbooks[playbook]!
  const first =
    flow.steps[firstStep]?.transitions.map(t => flow.transitions[t]!.transition.when?.text ?? '') ?? []
  const text = [book.title, ...first].join('\n').toLowerCase()
  return words.some(word => text.includes(word))
}

/** Stands at line 1 of the first of these playbooks (design §11.22). */
export function missingInProject(flow: Flow, rule: Rule, playbooks: readonly number[]): Finding {
  const { path } = flow.playbooks[playbooks[0]!]!
  const at = { line: 1, column: 1 }
  return {
    rule: rule.id,
    severity: severityOf(rule, 'violated'),
    verdict: 'violated',
    message: rule.message,
    fix: rule.fix,
    why: rule.why,
    path,
    range: { start: at, end: at },
    step: null,
    witness: [],
    because: [],
    law: rule.law,
    fingerprint: fingerprint([rule.id, rule.message]),
  }
}
