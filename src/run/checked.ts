// A run up to what every exception is settled against: playbooks, findings, verdicts, as plain data that can be kept.
import { checkPart, joined, type Part } from '../check/index.ts'
import { withRepairs } from '../edit/repair.ts'
import { ACTS } from '../model/act.ts'
import type { Finding, NotRead, PlaybookSummary, RuleVerdict } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import type { Proofs } from '../model/proof.ts'
import type { Rule } from '../model/rule.ts'
import { areOpposite, baseLanguage } from '../recognise/index.ts'
import { isDirective } from '../record/directive.ts'
import type { FileOnRecord } from '../record/target.ts'
import { builtInRules } from '../ruleset/load.ts'
import { recognised } from './recognised.ts'
import type { CheckedSettings, Source } from './settings.ts'

/** A rule that could not be run: never a pass (exit code 4). */
export type LintFault = { rule: string; entry: string; error: unknown }

/** With `verify`: how many verdicts a certificate proves, and how many have none, by primitive. */
export type ProofCounts = { proved: number; without: ReadonlyMap<string, number> }

/** What the rules found, before severities by file, suppressions and the baseline. */
export type CheckedRun = {
  playbooks: PlaybookSummary[]
  findings: Finding[]
  rules: RuleVerdict[]
  notRead: NotRead[]
  faults: LintFault[]
  files: FileOnRecord[]
  proofs?: Proofs
  proved?: ProofCounts
  /** Of a run of some entries: what is needed to put it together with the others. */
  part?: Part
}

/** Reads, links, recognises and checks. The result does not depend on the order of the sources. */
export async function checked(
  sources: readonly Source[],
  settings: CheckedSettings,
): Promise<{ run: CheckedRun; flow: Flow }> {
  const { flow, notRead, lexicons } = await recognised(sources, settings)
  settings.onStage?.('check')
  const acts = settings.acts ? { ...Object.fromEntries(settings.acts), ...ACTS } : ACTS
  const rules = withSyntax(settings.rules)
  const proving =
    settings.verify || settings.prove ? (await import('../check/prover.ts')).prover(acts) : undefined
  const { slice } = settings
  const judged = checkPart(flow, {
    rules,
    acts,
    ...(proving && { prover: proving }),
    ...(slice && { slice }),
    ...(settings.onProgress && { onEntry: settings.onProgress }),
    opposite(a, b, language) {
      const lexicon = lexicons.get(baseLanguage(language))
      return lexicon !== undefined && areOpposite(a, b, lexicon)
    },
    canRead: language => lexicons.has(baseLanguage(language)),
  })
  const part = repaired(judged, flow, rules, textsOf(sources, settings))
  const run: CheckedRun = {
    playbooks: summaries(flow),
    ...joined([part]),
    notRead,
    files: filesOnRecord(flow),
    ...(slice && { part }),
  }
  // It is about the flow as a whole, like all that the last part tells.
  if (settings.prove && (!slice || slice.index === slice.of))
    run.proofs = (await import('../check/prove.ts')).prove(flow, rules, acts)
  if (proving) {
    run.faults.push(...proving.certify(run.rules))
    if (settings.verify) run.proved = proving.counts
  }
  return { run, flow }
}

function repaired(part: Part, ...from: [Flow, readonly Rule[], (path: string) => string | undefined]): Part {
  const { found, others } = part
  const findings = withRepairs([...found.map(({ finding }) => finding), ...others], ...from)
  return {
    ...part,
    found: found.map((one, i) => ({ ...one, finding: findings[i]! })),
    others: findings.slice(found.length),
  }
}

/** The text of a file that was named, or that one of these leads to. */
function textsOf(
  sources: readonly Source[],
  { load }: CheckedSettings,
): (path: string) => string | undefined {
  const texts = new Map(sources.map(({ path, text }) => [path, text]))
  return path => {
    const own = texts.get(path)
    if (own !== undefined) return own
    const loaded = load?.(path)
    return loaded && 'text' in loaded ? loaded.text : undefined
  }
}

/** What cannot be read cannot be checked: that is told whatever rules are on. */
function withSyntax(rules: readonly Rule[]): readonly Rule[] {
  if (rules.some(rule => rule.id === 'syntax')) return rules
  return [...rules, ...builtInRules().filter(rule => rule.id === 'syntax')]
}

/** Of a file without suppressions only its path is needed. */
function filesOnRecord(flow: Flow): FileOnRecord[] {
  const linked = new Set(flow.playbooks.filter(({ linked }) => linked).map(({ path }) => path))
  return flow.documents.map(({ path, format, comments, playbooks }) => {
    const written = comments.filter(({ text }) => isDirective(text))
    const outline = playbooks.map(({ steps }) => ({
      steps: steps.map(({ id, title, range, transitions }) => ({
        id,
        title,
        range,
        transitions: transitions.map(transition => ({ range: transition.range })),
      })),
    }))
    return {
      path,
      format,
      linked: linked.has(path),
      comments: written,
      playbooks: written.length > 0 ? outline : [],
    }
  })
}

function summaries(flow: Flow): PlaybookSummary[] {
  const seen = new Set<number>()
  return flow.playbooks.map(({ path, playbook, document, linked, language, languageFrom }) => {
    const { format, unread } = flow.documents[document]!
    // What was not read belongs to the file: it is listed once, with its first playbook.
    const first = !seen.has(document)
    seen.add(document)
    return {
      path,
      title: playbook.title,
      language,
      languageFrom,
      format,
      channels: playbook.channels,
      steps: playbook.steps.length,
      transitions: playbook.steps.reduce((sum, step) => sum + step.transitions.length, 0),
      unread: first ? unread : [],
      linked,
    }
  })
}
