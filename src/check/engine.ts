// Findings about reading itself: malformed text, playbooks with nothing to check, text that was not read (catalogue section F).
import type { Finding } from '../model/finding.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { Flow, FlowPlaybook } from '../model/flow.ts'
import type { Problem, Unread } from '../model/playbook.ts'
import type { Point, Range } from '../model/position.ts'
import type { EngineDemand, Rule } from '../model/rule.ts'
import { type Conditions, SUSPECTED } from './condition.ts'
import { disagreements } from './diagram.ts'
import { fill, severityOf } from './finding.ts'

/** All findings that need no path: problems of readers and linker, and what honesty demands to be said. */
export function engineFindings(
  flow: Flow,
  rules: readonly Rule[],
  conditions: Conditions,
  canRead: (language: string) => boolean,
  isAt: (rule: Rule, path: string, line: number) => boolean = () => true,
): Finding[] {
  const byId = new Map(rules.map(rule => [rule.id, rule]))
  const findings: Finding[] = []
  const problem = (path: string, p: Problem) => {
    const rule = byId.get(p.rule)
    if (rule && isAt(rule, path, p.range.start.line))
      findings.push(
        plainFinding(
          rule,
          p.possible ? 'possible' : 'violated',
          path,
          p.range,
          p.message,
          p.step ?? null,
          p.fix,
        ),
      )
  }
  for (const { path, problems } of flow.documents) for (const p of problems) problem(path, p)
  for (const p of flow.problems) problem(p.path, p)

  const demanded = (demand: EngineDemand) => rules.find(r => r.check === 'engine' && r.require === demand)
  const nothing = demanded('nothing-to-check')
  if (nothing) {
    // One finding a file: a handbook page can hold dozens of procedures.
    for (const books of byFile(withoutRequest(flow, conditions)))
      findings.push(nothingToCheck(nothing, books, canRead))
  }
  const diagram = demanded('diagram-agrees')
  if (diagram) {
    for (const { transition, message } of disagreements(flow)) {
      const { from, transition: way } = flow.transitions[transition]!
      const { step, playbook } = flow.steps[from]!
      findings.push(
        plainFinding(diagram, 'possible', flow.playbooks[playbook]!.path, way.range, message, step.id),
      )
    }
  }
  const unread = demanded('unread-text')
  if (unread) {
    for (const { path, unread: all } of flow.documents) {
      // Background text is no part of any flow: it is counted in the summary and listed by `wayout steps`.
      const passages = all.filter(({ reason }) => !reason.startsWith('background'))
      if (passages.length > 0) findings.push(unreadText(unread, path, passages))
    }
  }
  return findings
}

/** Playbooks that customers enter and in which no request to cancel occurs, nor behind them. */
function withoutRequest(flow: Flow, conditions: Conditions): FlowPlaybook[] {
  const request = conditions('cancel-request', 'trigger')
  const has = flow.playbooks.map(() => false)
  for (const [s, { playbook, transitions }] of flow.steps.entries()) {
    if (request[s]! >= SUSPECTED || transitions.some(t => request[flow.steps.length + t]! >= SUSPECTED))
      has[playbook] = true
  }
  // A playbook that leads to one with a request has one too; spread against the links until nothing changes.
  const leadsTo = flow.playbooks.map(() => new Set<number>())
  for (const { playbook, call } of flow.steps)
    if (call !== null) leadsTo[flow.steps[call]!.playbook]!.add(playbook)
  for (const { from, to } of flow.transitions)
    if (to !== null) leadsTo[flow.steps[to]!.playbook]!.add(flow.steps[from]!.playbook)
  const queue = [...has.keys()].filter(i => has[i])
  for (let i = 0; i < queue.length; i++) {
    for (const before of leadsTo[queue[i]!]!) {
      if (has[before]) continue
      has[before] = true
      queue.push(before)
    }
  }
  const entered = new Set(flow.entries.map(e => e.playbook))
  return [...entered]
    .filter(i => !has[i])
    .sort((a, b) => a - b)
    .map(i => flow.playbooks[i]!)
}

function byFile(playbooks: FlowPlaybook[]): FlowPlaybook[][] {
  const files = new Map<string, FlowPlaybook[]>()
  for (const playbook of playbooks) {
    const known = files.get(playbook.path)
    if (known) known.push(playbook)
    else files.set(playbook.path, [playbook])
  }
  return [...files.values()]
}

function nothingToCheck(rule: Rule, books: FlowPlaybook[], canRead: (language: string) => boolean): Finding {
  const { path, playbook, language } = books[0]!
  const more = books.length - 1
  const others =
    more === 0 ? '' : ` and in ${more} more ${more === 1 ? 'playbook' : 'playbooks'} of this file`
  const reason = canRead(language)
    ? ''
    : ` (nothing can be recognised in this language: it looks like "${language}"; declare the acts, or language: if that is wrong)`
  const message = fill(rule.message, { playbook: `"${playbook.title}"${others}`, reason })
  return plainFinding(
    rule,
    'possible',
    path,
    line(playbook.range.start),
    message,
    playbook.steps[0]?.id ?? null,
  )
}

function unreadText(rule: Rule, path: string, passages: Unread[]): Finding {
  const first = passages[0]!
  const message = fill(rule.message, {
    count: passages.length === 1 ? 'one passage' : `${passages.length} passages`,
    first: first.reason,
  })
  return plainFinding(rule, 'possible', path, first.range, message, null)
}

function line(start: Point): Range {
  return { start, end: start }
}

function plainFinding(
  rule: Rule,
  verdict: 'violated' | 'possible',
  path: string,
  range: Range,
  message: string,
  step: string | null,
  fix = rule.fix,
): Finding {
  return {
    rule: rule.id,
    severity: severityOf(rule, verdict),
    verdict,
    message,
    fix,
    why: rule.why,
    path,
    range,
    step,
    witness: [],
    because: [],
    law: rule.law,
    fingerprint: fingerprint([rule.id, path, step ?? '', message]),
  }
}
