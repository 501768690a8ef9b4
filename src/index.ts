// The Node API: lint(sources, settings) → result. Reads, links, recognises and checks; has no effects of its own.
import { check } from './check/index.ts'
import { ABSENT } from './flow/files.ts'
import { filesLinkedFrom, link } from './flow/link.ts'
import { ACTS, type By } from './model/act.ts'
import {
  compareFindings,
  type Finding,
  type LintResult,
  type NotRead,
  type PlaybookSummary,
  type Severity,
} from './model/finding.ts'
import type { Flow } from './model/flow.ts'
import type { EntryGrade } from './model/grade.ts'
import type { Document } from './model/playbook.ts'
import type { Root } from './model/roots.ts'
import type { Rule } from './model/rule.ts'
import type { SuppressionEntry } from './model/suppression.ts'
import { read } from './read/index.ts'
import {
  areOpposite,
  baseLanguage,
  type CompiledLexicon,
  compileLexicon,
  extendLexicon,
  type Lexicon,
  type LexiconSource,
  languagesOf,
  openLexicon,
  recognise,
} from './recognise/index.ts'
import { type OnRecord, settled } from './record/linted.ts'
import { compiledLexicon, lexiconSource } from './ruleset/lexicons.ts'
import { builtInRules } from './ruleset/load.ts'

export type * from './model/act.ts'
export type * from './model/certificate.ts'
export type * from './model/finding.ts'
export type * from './model/flow.ts'
export type * from './model/grade.ts'
export type * from './model/playbook.ts'
export type * from './model/position.ts'
export type * from './model/proof.ts'
export type * from './model/roots.ts'
export type * from './model/rule.ts'
export type * from './model/suppression.ts'

/** A file to lint. `path` as it is to be shown, with `/`; `named: false` if it was found by searching a folder. */
export type Source = { path: string; text: string; named: boolean }

export type ReadSettings = {
  /** A team's own acts by name; `phrases` are patterns of the lexicons, tried in every language. */
  acts?: ReadonlyMap<string, { by: By; phrases: readonly string[] }>
  /**
   * Reads a file that a playbook leads to: its text; `error`, why it could not be read; null if it does not exist or
   * lies outside the project. Without it, nothing but the sources is read.
   */
  load?: (path: string) => { path: string; text: string } | { error: string } | null
  /** Where links of the team's own site lead; without, links that begin with `/` or a scheme are not followed. */
  roots?: readonly Root[]
  /** Called before each stage, for timing. */
  onStage?: (stage: 'read' | 'link' | 'recognise' | 'check') => void
}

export type LintSettings = ReadSettings & {
  /** The rules that are on, with their severity and parameters. */
  rules: readonly Rule[]
  /** The rules for findings in one file, where they differ by file. Default: `rules` everywhere. */
  rulesFor?: (path: string) => readonly Rule[]
  /** Makes a certificate for each verdict and checks it; one that proves nothing is a fault. */
  verify?: boolean
  /** Works out what is there, too (`result.proofs`): the shortest ways, and what no rule looks at. */
  prove?: boolean
  /** Exceptions beside those written in the playbooks; `later`: the caller settles them (`settledRun`). */
  record?: OnRecord | 'later'
}

/** A rule that could not be run: never a pass (exit code 4). */
export type LintFault = { rule: string; entry: string; error: unknown }

/** `register`: the suppressions on record and whether they hold. */
export type Linted = {
  result: LintResult
  flow: Flow
  faults: LintFault[]
  register: SuppressionEntry[]
  /** With `verify`: how many verdicts a certificate proves, and how many have none, by primitive. */
  proved?: { proved: number; without: ReadonlyMap<string, number> }
}

/** Reads, links and recognises playbooks, without checking any rule. */
export async function readFlow(
  sources: readonly Source[],
  settings: ReadSettings = {},
): Promise<{ flow: Flow; notRead: NotRead[] }> {
  const { flow, notRead } = await recognised(sources, settings)
  return { flow, notRead }
}

/** Lints playbooks. The result does not depend on the order of the sources. */
export async function lint(sources: readonly Source[], settings: LintSettings): Promise<Linted> {
  const { flow, notRead, lexicons } = await recognised(sources, settings)
  settings.onStage?.('check')
  const acts = settings.acts ? { ...ACTS, ...Object.fromEntries(settings.acts) } : ACTS
  const rules = withSyntax(settings.rules)
  const proving =
    settings.verify || settings.prove ? (await import('./check/prover.ts')).prover(acts) : undefined
  const checked = check(flow, {
    rules,
    acts,
    ...(proving && { prover: proving }),
    opposite(a, b, language) {
      const lexicon = lexicons.get(baseLanguage(language))
      return lexicon !== undefined && areOpposite(a, b, lexicon)
    },
    canRead: language => lexicons.has(baseLanguage(language)),
  })
  const findings = (settings.rulesFor ? perFile(checked.findings, settings.rulesFor) : checked.findings).sort(
    compareFindings,
  )
  const result: LintResult = {
    playbooks: summaries(flow),
    findings,
    rules: checked.rules,
    suppressed: [],
    notRead,
  }
  if (settings.prove) result.proofs = (await import('./check/prove.ts')).prove(flow, rules, acts)
  const linted: Linted = { result, flow, faults: checked.faults, register: [] }
  if (proving) {
    linted.faults.push(...proving.certify(result.rules))
    linted.proved = proving.counts
  }
  return settings.record === 'later' ? linted : settledRun(linted, settings)
}

/** A run whose exceptions were left for later, with them: what they hide set aside, those that do not hold reported. */
export function settledRun(
  run: Linted,
  { rules, rulesFor, record }: Pick<LintSettings, 'rules' | 'rulesFor' | 'record'>,
): Linted {
  const onRecord = record === 'later' ? {} : (record ?? {})
  return settled(run, rulesFor ?? (() => rules), onRecord, builtInRules)
}

/** Grades every entry: can a customer who comes in here get a cancellation, and at what effort. */
export async function grade(
  sources: readonly Source[],
  settings: ReadSettings = {},
): Promise<{ entries: EntryGrade[]; flow: Flow; notRead: NotRead[] }> {
  const { flow, notRead } = await recognised(sources, settings)
  return { entries: await gradesOf(flow), flow, notRead }
}

/** Grades the entries of a flow that is read already. */
export async function gradesOf(flow: Flow): Promise<EntryGrade[]> {
  const { grades } = await import('./check/grade.ts')
  return grades(flow)
}

/** What cannot be read cannot be checked: that is told whatever rules are on. */
function withSyntax(rules: readonly Rule[]): readonly Rule[] {
  if (rules.some(rule => rule.id === 'syntax')) return rules
  return [...rules, ...builtInRules().filter(rule => rule.id === 'syntax')]
}

async function recognised(
  sources: readonly Source[],
  settings: ReadSettings,
): Promise<{ flow: Flow; notRead: NotRead[]; lexicons: Map<string, Lexicon> }> {
  settings.onStage?.('read')
  const { documents, linked, notRead, missing } = await readAll(sources, settings)
  settings.onStage?.('link')
  const flow = link(documents, { linked, notRead: missing, roots: settings.roots ?? [] })
  settings.onStage?.('recognise')
  const lexicons = new Map<string, Lexicon>()
  for (const language of languagesOf(flow)) {
    const lexicon = await lexiconOf(language, settings)
    if (lexicon) lexicons.set(language, lexicon)
  }
  return { flow: recognise(flow, lexicons), notRead, lexicons }
}

async function lexiconOf(language: string, { acts }: ReadSettings): Promise<Lexicon | null> {
  const own = [...(acts ?? [])].filter(([, { phrases }]) => phrases.length > 0)
  if (own.length === 0) {
    const compiled = await compiledLexicon(language)
    return compiled === null ? null : openLexicon(compiled as CompiledLexicon)
  }
  const source = await lexiconSource(language)
  if (source === null) return null
  // A team's own acts as a lexicon: their phrases may be said, done or heard.
  const phrases = own.map(([name, { by, phrases }]) => [name, { by, any: [{ p: phrases, strong: true }] }])
  const extra = { lang: language, acts: Object.fromEntries(phrases) } as LexiconSource
  return compileLexicon(extendLexicon(source as LexiconSource, extra))
}

type ReadResult = {
  documents: Document[]
  linked: Set<string>
  notRead: NotRead[]
  missing: Map<string, string>
}

/** Reads the sources and everything they lead to, in order of their paths; each file once. */
async function readAll(sources: readonly Source[], settings: ReadSettings): Promise<ReadResult> {
  const documents: Document[] = []
  const linked = new Set<string>()
  const notRead: NotRead[] = []
  /** Why a file that something leads to is not part of the flow; empty: it exists, but is no playbook. */
  const missing = new Map<string, string>()
  const byPath = new Map(sources.map(source => [source.path, source]))
  const waiting: (Source & { isLinked: boolean })[] = [...byPath.values()]
    .sort((a, b) => compare(a.path, b.path))
    .map(source => ({ ...source, isLinked: false }))
  for (let i = 0; i < waiting.length; i++) {
    const { path, text, named, isLinked } = waiting[i]!
    const acts = settings.acts?.keys() ?? []
    const document = await read(path, text, { acts, roots: settings.roots ?? [] })
    if (document.failure) {
      const { kind, message, range } = document.failure
      missing.set(path, '')
      const passedOver = !named && (kind === 'shape' || kind === 'no-steps' || kind === 'empty')
      if (!isLinked) notRead.push({ path, reason: message, passedOver, ...(range && { range }) })
      continue
    }
    documents.push(document)
    if (isLinked) linked.add(path)
    for (const files of filesLinkedFrom(document, settings.roots)) {
      for (const file of files) {
        if (byPath.has(file)) break
        const loaded = missing.has(file) ? null : (settings.load?.(file) ?? null)
        if (loaded && 'text' in loaded) {
          waiting.push({ path: file, text: loaded.text, named: false, isLinked: true })
          byPath.set(file, waiting.at(-1)!)
        } else if (!missing.has(file)) missing.set(file, loaded?.error ?? ABSENT)
        if (missing.get(file) !== ABSENT) break
      }
    }
  }
  documents.sort((a, b) => compare(a.path, b.path))
  return { documents: await withOffers(documents), linked, notRead, missing }
}

/** Puts words that one file keeps for others (the domain of an assistant) where they are used. */
async function withOffers(documents: Document[]): Promise<Document[]> {
  if (!documents.some(document => document.offers)) return documents
  const { withDomain } = await import('./read/dialects/index.ts')
  return withDomain(documents)
}

/** Drops findings of rules that are off for their file, and gives the others the severity they have there. */
function perFile(findings: readonly Finding[], rulesFor: (path: string) => readonly Rule[]): Finding[] {
  const severities = new Map<readonly Rule[], Map<string, Severity>>()
  return findings.flatMap(finding => {
    const rules = rulesFor(finding.path)
    let known = severities.get(rules)
    if (!known) {
      known = new Map(rules.map(rule => [rule.id, rule.severity]))
      severities.set(rules, known)
    }
    const severity = known.get(finding.rule)
    if (severity === undefined) return finding.rule === 'syntax' ? [finding] : []
    return [
      {
        ...finding,
        severity: finding.verdict === 'possible' && severity === 'error' ? ('warning' as const) : severity,
      },
    ]
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

/** By code units: the same in every locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
