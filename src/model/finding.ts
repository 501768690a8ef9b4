// What checking yields: verdicts, findings and the witnesses that prove them. Mirrors design §8 (`lint --format json`).
import type { Evidence } from './act.ts'
import type { Certificate } from './certificate.ts'
import type { Repair } from './edit.ts'
import type { Channel, Format, Unread } from './playbook.ts'
import { comparePoints, type Place, type Range } from './position.ts'
import type { Proofs } from './proof.ts'
import type { WitnessStep } from './witness.ts'

export type { WitnessStep } from './witness.ts'

export type Severity = 'error' | 'warning' | 'info'
export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info']

export type Verdict = 'violated' | 'possible' | 'holds' | 'vacuous' | 'not-applicable'

export type Finding = {
  rule: string
  severity: Severity
  verdict: 'violated' | 'possible'
  /** One line, lower case, the broken promise with the user's words in quotes. */
  message: string
  fix: string
  why: string
  path: string
  range: Range
  /** Id of the step it stands in; null for findings about a file or the project. */
  step: string | null
  witness: WitnessStep[]
  /** Index into `witness` of the step the last one leads back to. */
  loopsTo?: number
  because: Because[]
  /** For a *possible* finding: the smallest thing to confirm or declare. */
  confirm?: string
  law: Law[]
  /** What `--fix` would do about it, where that is mechanical and safe. `fix` is advice for people. */
  repair?: Repair
  /** Stays the same when lines move: rule, playbook, step and the shape of the witness, hashed. */
  fingerprint: string
}

export type Because = { act: string; evidence: Evidence; phrase: string | null; path: string; line: number }

export type Law = {
  ref: string
  jurisdiction: string
  status: 'in-force' | 'adopted' | 'proposed' | 'vacated' | 'repealed' | 'guidance' | 'case' | 'voluntary'
  effective?: string
  checked?: string
  url?: string
  note?: string
}

/** `entry` is `PATH#STEP`, with ` (CHANNEL)` where a playbook has an entry a channel; `*` for the project as a whole. */
export type RuleVerdict = {
  id: string
  entry: string
  verdict: Verdict
  note: string | null
  /** Only where it was asked for, and where there is one (not every primitive makes one). */
  certificate?: Certificate
}

export type PlaybookSummary = {
  path: string
  title: string
  language: string
  languageFrom: 'declared' | 'detected' | 'default'
  format: Format
  channels: Channel[]
  steps: number
  transitions: number
  unread: Unread[]
  linked: boolean
}

/** A file that could not be read as a playbook, or not at all. `passedOver`: found in a searched folder and of no known shape. */
export type NotRead = { path: string; reason: string; range?: Range; passedOver: boolean }

/** A finding that a suppression on record hides. `place` is where the suppression stands. */
export type Suppressed = {
  finding: Finding
  reason: string
  place: Place
  /** For the next step, for the file, or for the files that a pattern of the configuration names. */
  scope?: 'next-step' | 'file' | 'files'
  /** The last day on which it holds, `YYYY-MM-DD`. */
  until?: string
  owner?: string
  ticket?: string
}

/** Findings that were there when the baseline was written: counted and shown, but they do not fail. */
export type Baselined = {
  /** The baseline file. */
  path: string
  findings: Finding[]
  /** Lines of it that name a finding which is no longer there. */
  stale: number
}

/** What `--fix` did, in the order it was done, and where it did nothing although it could have. */
export type Repaired = {
  done: RepairedPlace[]
  left: (RepairedPlace & { reason: string })[]
}
/** `line` and `column` as they were before anything was repaired in the same pass. */
export type RepairedPlace = { rule: string; path: string; line: number; column: number; description: string }

export type LintResult = {
  playbooks: PlaybookSummary[]
  findings: Finding[]
  rules: RuleVerdict[]
  suppressed: Suppressed[]
  /** Only where a baseline is in use; `findings` are then the new ones. */
  baseline?: Baselined
  notRead: NotRead[]
  /** Only where repairs were asked for. */
  repaired?: Repaired
  /** Only where they were asked for. */
  proofs?: Proofs
  /** Only with `--verify`: how many verdicts of checks a certificate proves, and how many have none, by primitive. */
  verified?: { proved: number; without: Record<string, number> }
  /** Only of a run of some entries (`--shard`): what `wayout merge` puts together; reports only hand it on. */
  shard?: { index: number; of: number; [more: string]: unknown }
}

/** The order in which findings are told: path, line, column, rule; by code units, the same in every locale. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareWords(a.path, b.path) ||
    comparePoints(a.range.start, b.range.start) ||
    compareWords(a.rule, b.rule) ||
    compareWords(a.message, b.message)
  )
}

const compareWords = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
