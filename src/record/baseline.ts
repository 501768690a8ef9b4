// The baseline: findings that were there when it was written, one line each, known by what they are and not by line or number.
import type { Finding } from '../model/finding.ts'
import { fingerprint } from '../model/fingerprint.ts'
import type { Rule } from '../model/rule.ts'
import { findingAbout, VALID } from './told.ts'

/** A finding by its identity. `path` is relative to the folder of the baseline file, so that it holds from anywhere. */
export type Known = { rule: string; path: string; step: string; shape: string }

/** `line` in the file, from 1; `remarks`: the comment lines right above it. */
export type BaselineLine = Known & { line: number; remarks: string[] }

const HEAD = [
  '# Findings that wayout knew of when this was written: they do not fail. Written by "wayout baseline".',
  '# Rule, playbook, step and shape of the path. Keep merges free of conflicts: .gitattributes, "merge=union".',
]

/**
 * Reads a baseline. Lines may be in any order and stand there twice, as after a merge; what is no such line is a
 * problem, as is a marker of an unfinished merge.
 */
export function parseBaseline(text: string): {
  lines: BaselineLine[]
  problems: { line: number; message: string }[]
} {
  const lines: BaselineLine[] = []
  const problems: { line: number; message: string }[] = []
  let remarks: string[] = []
  for (const [i, raw] of text.split(/\r?\n/).entries()) {
    if (raw.startsWith('#')) {
      if (!HEAD.includes(raw)) remarks.push(raw)
      continue
    }
    if (raw.trim() === '') {
      remarks = []
      continue
    }
    const parts = raw.split('\t').map(unescaped)
    const [rule, path, step, shape] = parts
    if (parts.length === 4 && /^[0-9a-f]{16}(?:-\d+)?$/.test(shape!))
      lines.push({ rule: rule!, path: path!, step: step!, shape: shape!, line: i + 1, remarks })
    else problems.push({ line: i + 1, message: messageFor(raw) })
    remarks = []
  }
  return { lines, problems }
}

function messageFor(raw: string): string {
  if (/^(?:<{7}|={7}|>{7}|\|{7})/.test(raw))
    return 'an unfinished merge; delete the marker and keep both sides, or run "wayout baseline" again'
  return 'no line of a baseline; expected rule, playbook, step and shape with tabs between them'
}

/** The text of a baseline: sorted, each finding once, ending in a line break. */
export function formatBaseline(known: readonly (Known & { remarks?: readonly string[] })[]): string {
  const lines = new Map<string, readonly string[]>()
  for (const one of known) {
    const line = lineOf(one)
    lines.set(line, [...new Set([...(lines.get(line) ?? []), ...(one.remarks ?? [])])])
  }
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1))
  return `${[...HEAD, ...sorted.flatMap(([line, remarks]) => [...remarks, line])].join('\n')}\n`
}

/** A finding's identity as it stands in the file. */
export function lineOf({ rule, path, step, shape }: Known): string {
  return [rule, path, step, shape].map(escaped).join('\t')
}

/**
 * The identities of findings, in their order. The shape hashes the words and the choice it stands at, the steps of its
 * path and where it turns back; without a path, its message (not the line numbers in it). Of several that agree in
 * everything, the second and later have a number behind them: one of them cannot hide another.
 */
export function identities(findings: readonly Finding[], relative: (path: string) => string): Known[] {
  const seen = new Map<string, number>()
  return findings.map(finding => {
    const { rule, step, witness, message } = finding
    const path = relative(finding.path)
    const shape =
      witness.length > 0
        ? fingerprint(shapeOf(finding, relative))
        : fingerprint([message.replace(/\blines? \d+/g, 'line')])
    const known = { rule, path, step: step ?? '', shape }
    const key = lineOf(known)
    const number = (seen.get(key) ?? 0) + 1
    seen.set(key, number)
    return number === 1 ? known : { ...known, shape: `${shape}-${number}` }
  })
}

/** Steps of prose are named by their number: only with the words they are about is one told from its successor. */
function shapeOf(finding: Finding, relative: (path: string) => string): (string | number)[] {
  const { step, path, range, witness, because, loopsTo } = finding
  const here = witness.findLast(one => one.step === step && one.path === path)
  const isHere = ({ line }: { line: number }) => range.start.line <= line && line <= range.end.line
  const words = because.filter(one => one.path === path && isHere(one)).map(one => one.phrase ?? one.act)
  const steps = witness.flatMap(one => [relative(one.path), one.step])
  return [here?.title ?? '', here?.choice ?? '', words.length, ...words, ...steps, loopsTo ?? -1]
}

export type InUse = {
  /** As shown to the user. */
  path: string
  lines: readonly BaselineLine[]
  /** A path as findings have it → relative to the folder of the baseline. */
  relative(path: string): string
  /** Whether a finding of this rule in this playbook (path as in the baseline) would have been found now. */
  isLookedAt(rule: string, path: string): boolean
}

export type Compared = { fresh: Finding[]; known: Finding[]; stale: BaselineLine[] }

/**
 * Tells new findings from known ones. `aside` are findings that are suppressed: lines that name them are not stale.
 * O(findings + lines).
 */
export function againstBaseline(
  findings: readonly Finding[],
  aside: readonly Finding[],
  { lines, relative, isLookedAt }: Omit<InUse, 'path'>,
  unsuppressable: ReadonlySet<string>,
): Compared {
  const onRecord = new Set(lines.map(lineOf))
  const there = new Set<string>()
  const compared: Compared = { fresh: [], known: [], stale: [] }
  for (const [i, known] of identities(findings, relative).entries()) {
    const line = lineOf(known)
    const holds = isBaselined(known.rule, unsuppressable) && onRecord.has(line)
    if (holds) there.add(line)
    compared[holds ? 'known' : 'fresh'].push(findings[i]!)
  }
  for (const known of identities(aside, relative)) there.add(lineOf(known))
  const told = new Set<string>()
  for (const line of lines) {
    const text = lineOf(line)
    const isStale = !there.has(text) && isLookedAt(line.rule, line.path) && !told.has(text)
    if (isStale) compared.stale.push(line)
    told.add(text)
  }
  return compared
}

/** Whether findings of a rule may be taken into a baseline. */
export function isBaselined(rule: string, unsuppressable: ReadonlySet<string>): boolean {
  return rule !== VALID && !unsuppressable.has(rule)
}

/** A line whose finding is gone, as a finding. */
export function staleFinding(
  valid: Rule,
  path: string,
  { rule, path: playbook, step, line, ...rest }: BaselineLine,
): Finding {
  const end = lineOf({ rule, path: playbook, step, shape: rest.shape }).length + 1
  const where = step === '' ? `"${playbook}"` : `step "${step}" of "${playbook}"`
  return findingAbout(
    valid,
    { path, range: { start: { line, column: 1 }, end: { line, column: end } } },
    `${rule} ${rest.shape}`,
    {
      message: `the baseline knows of a finding of "${rule}" in ${where} that is no longer there`,
      fix: 'delete the line, or run "wayout baseline --prune", so that it cannot hide what comes later',
    },
  )
}

const ESCAPES: readonly (readonly [string, string])[] = [
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
]

function escaped(text: string): string {
  return ESCAPES.reduce((all, [plain, written]) => all.replaceAll(plain, written), text)
}

function unescaped(text: string): string {
  return text.replace(/\\([\\tnr])/g, (_, mark: string) => ({ t: '\t', n: '\n', r: '\r' })[mark] ?? mark)
}
