// Runs rules over a recognised flow: every rule on every entry, twice where doubt matters; faults are kept apart from verdicts.

import { MOST_VERTICES, type Unfolding, unfolder } from '../flow/unfold.ts'
import type { Finding, RuleVerdict, Verdict } from '../model/finding.ts'
import type { Entry, Flow } from '../model/flow.ts'
import type { Rule } from '../model/rule.ts'
import { applying } from './applies.ts'
import { collecting } from './collect.ts'
import { conditionsOf, SUSPECTED } from './condition.ts'
import { engineFindings } from './engine.ts'
import { entryNames } from './entry-names.ts'
import { type Failure, type Judgement, type Look, NOTHING } from './failure.ts'
import { findingOf } from './finding.ts'
import {
  type Checked,
  type Fault,
  joined,
  type Marked,
  markOf,
  type Part,
  type Slice,
  sliceOf,
} from './part.ts'
import { primitiveOf, projectPrimitiveOf } from './primitives.ts'
import { existsInProject, isOfProject, missingInProject } from './project/existence.ts'
import type { Judged } from './prover.ts'
import { flawsOf } from './structure.ts'
import { type Stance, type View, viewOf } from './view.ts'

export type CheckSettings = {
  rules: readonly Rule[]
  /** Whether two conditions answer each other ("accepts", "declines") in a language. */
  opposite(a: string, b: string, language: string): boolean
  /** Whether anything can be recognised in a language. */
  canRead(language: string): boolean
  /** A team's own acts, beside those of the model. */
  acts?: Parameters<typeof conditionsOf>[1]
  /** Hears of every verdict on paths, to prove it. */
  prover?: { judged(judged: Judged): void; unproved(rule: Rule): void }
  /** Which of the entries to judge; all without it. */
  slice?: Slice
  /** Called before each entry that is judged. */
  onEntry?: (done: number, of: number) => void
}

export { type Checked, type Fault, joined, type Part, type Slice } from './part.ts'

/** Of the verdicts of several checks of one rule the gravest counts. */
const GRAVITY: readonly Verdict[] = ['violated', 'possible', 'holds', 'vacuous', 'not-applicable']

/** A rule and its further checks, each as a rule of its own that goes by the same name. */
function checksOf(rule: Rule): Rule[] {
  const { id, title, why, story, severity, applies, fix, law, examples } = rule
  const common = { id, title, why, story, severity, fix, law, examples, ...(applies && { applies }) }
  return [rule, ...(rule.also ?? []).map(check => ({ ...common, ...check }))]
}

/** Judges a flow. Pure and deterministic; linear in the product of each entry's unfolding with each rule's monitor. */
export function check(flow: Flow, settings: CheckSettings): Checked {
  return joined([checkPart(flow, settings)])
}

/** Judges the entries of one part; what is about no entry or about all is judged with the last part. */
export function checkPart(flow: Flow, settings: CheckSettings): Part {
  const conditions = conditionsOf(flow, settings.acts)
  const unfoldFrom = unfolder(flow)
  /** The views of the unfolding at hand, shared by all rules. */
  let views: { unfolding?: Unfolding; suspicious?: View; trusting?: View } = {}
  const lookAt = (unfolding: Unfolding, stance: Stance): View => {
    if (views.unfolding !== unfolding) views = { unfolding }
    views[stance] ??= viewOf(flow, unfolding, conditions, stance)
    return views[stance]
  }
  const { found, addFailure, addFlaw } = collecting()
  const verdicts: RuleVerdict[] = []
  const faults: Fault[] = []
  const guarded = <T>(rule: Rule, entry: string, run: () => T, otherwise: T): T => {
    try {
      return run()
    } catch (error) {
      faults.push({ rule: rule.id, entry, error })
      return otherwise
    }
  }

  const names = entryNames(flow)
  const where = applying(flow)
  let last: { step: number; unfolding: Unfolding } | undefined
  const checksOfRule = new Map(settings.rules.map(rule => [rule, checksOf(rule)]))
  const compared = settings.rules.filter(rule => projectPrimitiveOf(rule.check))
  const looks: Look[] = []
  const projectFindings: Finding[] = []
  const { from, to, isLast } = sliceOf(flow.entries, settings.slice)
  for (const [i, entry] of flow.entries.entries()) {
    const isMine = i >= from && i < to
    const isCompared = isLast && compared.length > 0
    if (!isMine && !isCompared) continue
    const name = names(entry)
    // Entries of one playbook that differ only in their channel share an unfolding.
    if (last?.step !== entry.step) last = { step: entry.step, unfolding: unfoldFrom(entry.step) }
    const { unfolding } = last
    if (isCompared && looks[looks.length - 1]?.entry.step !== entry.step) {
      looks.push({ entry, view: lookAt(unfolding, 'trusting') })
    }
    if (!isMine) continue
    settings.onEntry?.(i - from, to - from)
    for (const rule of settings.rules) {
      for (const [number, part] of checksOfRule.get(rule)!.entries()) {
        if (!primitiveOf(part.check) || isOfProject(part)) continue
        const failed = { verdict: 'not-applicable' as Verdict, note: 'failed to run' }
        const failures: Judged['failures'][number][] = []
        const verdict = guarded(rule, name, () => judge(part, entry, unfolding, failures), failed)
        const look: Judged['look'] = stance => lookAt(unfolding, stance)
        const judged = { rule: part, check: number, entry: name, verdict: verdict.verdict, failures, look }
        guarded(rule, name, () => settings.prover?.judged(judged), undefined)
        const before = verdicts[verdicts.length - 1]
        if (part === rule || before?.id !== rule.id || before.entry !== name)
          verdicts.push({ id: rule.id, entry: name, ...verdict })
        else if (GRAVITY.indexOf(verdict.verdict) < GRAVITY.indexOf(before.verdict))
          Object.assign(before, verdict)
      }
    }
  }
  const proved = verdicts.length
  if (!isLast) return { found: marked(), others: [], rules: verdicts, faults }
  for (const rule of settings.rules) {
    const parts = checksOfRule.get(rule)!.filter(isOfProject)
    if (parts.length === 0) continue
    const missing = parts.filter(part =>
      guarded(rule, '*', () => !existsInProject(flow, conditions, part, where.judged(rule)), false),
    )
    if (!where.anywhere(rule)) {
      verdicts.push({ id: rule.id, entry: '*', verdict: 'not-applicable', note: where.only(rule) })
      continue
    }
    const playbooks = where.judged(rule)
    projectFindings.push(
      ...missing.slice(0, playbooks.length).map(part => missingInProject(flow, part, playbooks)),
    )
    verdicts.push({ id: rule.id, entry: '*', verdict: missing.length > 0 ? 'violated' : 'holds', note: null })
  }
  for (const rule of compared) {
    const { triggered, failures } = guarded(
      rule,
      '*',
      () => projectPrimitiveOf(rule.check)!(looksOf(rule), rule),
      {
        triggered: false,
        failures: [],
      },
    )
    for (const failure of failures) {
      const { entry, view } = looksOf(rule)[failure.look]!
      addFailure(rule, 'violated', failure, entry, view.unfolding)
    }
    if (!where.anywhere(rule)) {
      verdicts.push({ id: rule.id, entry: '*', verdict: 'not-applicable', note: where.only(rule) })
      continue
    }
    const verdict = failures.length > 0 ? 'violated' : triggered ? 'holds' : 'vacuous'
    verdicts.push({
      id: rule.id,
      entry: '*',
      verdict,
      note: verdict === 'vacuous' ? 'there is nothing to compare' : null,
    })
  }
  for (const rule of settings.rules) {
    if (rule.check !== 'structure') continue
    if (!where.anywhere(rule)) {
      verdicts.push({ id: rule.id, entry: '*', verdict: 'not-applicable', note: where.only(rule) })
      continue
    }
    const all = guarded(rule, '*', () => flawsOf(flow, rule.require, settings.opposite, unfoldFrom), [])
    const flaws = all.filter(({ step }) => where.isIn(rule, flow.steps[step]!.playbook))
    for (const flaw of flaws) addFlaw(rule, flaw)
    const problems =
      flow.problems.some(p => p.rule === rule.id && where.isAt(rule, p.path, p.range.start.line)) ||
      flow.documents.some(d =>
        d.problems.some(p => p.rule === rule.id && where.isAt(rule, d.path, p.range.start.line)),
      )
    verdicts.push({
      id: rule.id,
      entry: '*',
      verdict: flaws.length > 0 || problems ? 'violated' : 'holds',
      note: null,
    })
  }
  for (const { id, verdict } of verdicts.slice(proved))
    if (verdict !== 'not-applicable') settings.prover?.unproved(settings.rules.find(rule => rule.id === id)!)
  const others = projectFindings.concat(
    engineFindings(flow, settings.rules, conditions, settings.canRead, where.isAt),
  )
  return { found: marked(), others, rules: verdicts, faults }

  function marked(): Marked[] {
    return [...found.values()].map(one => ({ finding: findingOf(flow, one), mark: markOf(one) }))
  }

  function judge(
    rule: Rule,
    entry: Entry,
    unfolding: Unfolding,
    failed: Judged['failures'][number][],
  ): { verdict: Verdict; note: string | null } {
    const fails = (verdict: 'violated' | 'possible', failure: Failure, confirm?: string) => {
      failed.push({ verdict, failure })
      addFailure(rule, verdict, failure, entry, unfolding, confirm)
    }
    const channels = rule.applies?.channels
    const elsewhere = where.elsewhere(rule, entry)
    if (elsewhere !== null) return { verdict: 'not-applicable', note: elsewhere }
    const run = primitiveOf(rule.check)!
    const suspicious = run(lookAt(unfolding, 'suspicious'), rule, conditions)
    const merged = unfolding.merged || suspicious.merged === true
    if (suspicious.failures.length === 0 && doubtfulScope(rule, unfolding)) {
      // Where a scope opens or closes cuts both ways: a doubtful one can hide what the certain one would show.
      const { failures } = run(lookAt(unfolding, 'trusting'), rule, conditions)
      for (const failure of failures) fails('possible', failure)
      if (failures.length > 0) return { verdict: 'possible', note: null }
    }
    if (suspicious.failures.length === 0)
      return suspicious.triggered
        ? merged
          ? { verdict: 'possible', note: TOO_MANY }
          : { verdict: 'holds', note: null }
        : { verdict: 'vacuous', note: 'what it speaks of does not occur' }
    // Prose that does not say its channel may not be what the rule speaks of.
    const unknownChannel = channels !== undefined && entry.channel === null && isProse(entry)
    const otherChannel = unknownChannel
      ? `whether this is for ${channels.join(', ')}: say so with "channel:" in the front matter`
      : undefined
    const trusting: Judgement =
      unfolding.merged || unknownChannel ? NOTHING : run(lookAt(unfolding, 'trusting'), rule, conditions)
    for (const failure of trusting.failures) fails('violated', failure)
    for (const failure of suspicious.failures)
      if (!trusting.culprits.has(failure.culprit)) fails('possible', failure, otherChannel)
    const left = suspicious.culprits.size - suspicious.failures.length
    const note = left > 0 ? `and in ${left} more places, too many to work out` : merged ? TOO_MANY : null
    return { verdict: trusting.culprits.size > 0 ? 'violated' : 'possible', note }
  }

  /** What a rule that compares entries may look at. */
  function looksOf(rule: Rule): Look[] {
    return rule.applies ? looks.filter(({ entry }) => where.elsewhere(rule, entry) === null) : looks
  }

  function isProse({ playbook }: Entry): boolean {
    return flow.documents[flow.playbooks[playbook]!.document]!.format === 'markdown'
  }

  function doubtfulScope(rule: Rule, { event }: Unfolding): boolean {
    const { after, until, and_later, before } = ('scope' in rule && rule.scope) || {}
    return [after, until, and_later, before].some(condition => {
      if (condition === undefined || (typeof condition !== 'string' && 'again' in condition)) return false
      const levels = conditions(condition, 'trigger')
      return event.some(e => levels[e] === SUSPECTED)
    })
  }
}

const TOO_MANY = `more than ${MOST_VERTICES.toLocaleString('en')} places once calls, facts and limits ("max") are kept apart, so it was judged as if they did not matter, and is at most possible; to be sure, split the playbook, or test fewer facts and set fewer limits in it`
