// Sets findings against what is on record: suppressed ones aside with their reason, and bad suppressions among the findings.
import type { Finding, Suppressed } from '../model/finding.ts'
import { comparePoints } from '../model/position.ts'
import type { Rule } from '../model/rule.ts'
import type { SuppressionEntry } from '../model/suppression.ts'
import { asStale, type Configured, configuredEntries, entriesOf, inOrder, type Limits } from './register.ts'
import { type FileOnRecord, linesFor, type Outline, outlineOf } from './target.ts'
import { findingAbout, VALID } from './told.ts'

export type Checked = {
  findings: readonly Finding[]
  /** Not all that could be found in linked ones was looked for. */
  files: readonly FileOnRecord[]
  /** Ids of rules that failed to run, and the rules that are on for a file. */
  failed: ReadonlySet<string>
  rulesFor(path: string): readonly Rule[]
}

/** `isPart`: the findings are some of all, so that no suppression can be called stale. */
export type Suppressions = { configured: readonly Configured[]; limits: Limits; isPart: boolean }

export type Settled = { findings: Finding[]; suppressed: Suppressed[]; register: SuppressionEntry[] }

/** The entries that may hold for the findings of one file. */
type OfFile = { outline: Outline; byRule: Map<string, OfRule> }
type OfRule = { forFile: SuppressionEntry[]; byLine: Map<number, SuppressionEntry[]> }

/**
 * Each finding is hidden by the narrowest suppression that holds for it: of the step, else of the file, else of the
 * configuration. The order of the findings is kept; findings about suppressions come behind them, in order of place.
 * O(findings · suppressions of the same rule and file).
 */
export function settle(checked: Checked, { configured: written, limits, isPart }: Suppressions): Settled {
  const files = new Map<string, OfFile>()
  const register: SuppressionEntry[] = []
  const linked = new Set(checked.files.filter(file => file.linked).map(({ path }) => path))
  for (const file of checked.files) {
    if (file.comments.length === 0) continue
    const outline = outlineOf(file)
    const byRule = new Map<string, OfRule>()
    for (const { entry, lines } of entriesOf(file, outline, limits)) {
      register.push(entry)
      if (!mayHold(entry)) continue
      const ofRule = ensured(byRule, entry.rule, () => ({ forFile: [], byLine: new Map() }))
      if (lines === null) ofRule.forFile.push(entry)
      else for (const line of lines) ensured(ofRule.byLine, line, () => []).push(entry)
    }
    files.set(file.path, { outline, byRule })
  }
  const configured = configuredEntries(written, limits)
  register.push(...configured.map(({ entry }) => entry))

  const findings: Finding[] = []
  const suppressed: Suppressed[] = []
  for (const finding of checked.findings) {
    const holding = [
      ...holdingInFile(finding, files.get(finding.path)),
      ...configured
        .filter(
          ({ entry, holdsFor }) => entry.rule === finding.rule && mayHold(entry) && holdsFor(finding.path),
        )
        .map(({ entry }) => entry),
    ]
    for (const entry of holding) entry.hides.push(finding)
    if (holding[0]) suppressed.push(suppressedBy(holding[0], finding))
    else findings.push(finding)
  }

  const isOn = (rule: string, path: string) =>
    !checked.failed.has(rule) && checked.rulesFor(path).some(({ id }) => id === rule)
  const paths = checked.files.map(({ path }) => path).filter(path => !linked.has(path))
  const covered = new Map(
    configured.map(({ entry, holdsFor, isCovered }) => [
      entry,
      isCovered && paths.filter(holdsFor).every(path => isOn(entry.rule, path)),
    ]),
  )
  for (const entry of register) {
    if (!mayHold(entry)) continue
    const { path } = entry.place
    if (entry.hides.length > 0) entry.state = 'active'
    else if (isPart) continue
    else if (covered.get(entry) ?? (!linked.has(path) && isOn(entry.rule, path))) asStale(entry)
  }
  register.sort(inOrder)
  for (const { problem, place, rule } of register) {
    const told = problem && checked.rulesFor(place.path).find(({ id }) => id === VALID)
    if (told) findings.push(findingAbout(told, place, rule, problem))
  }
  return { findings, suppressed, register }
}

/** Until it is known what an entry hides, those that nothing keeps from holding have no problem. */
const mayHold = (entry: SuppressionEntry) => entry.problem === null

function holdingInFile({ rule, step, range }: Finding, file: OfFile | undefined): SuppressionEntry[] {
  const ofRule = file?.byRule.get(rule)
  if (!file || !ofRule) return []
  const lines = [...linesFor(file.outline, step, range.start)]
  const near = [...new Set(lines.flatMap(line => ofRule.byLine.get(line) ?? []))].filter(
    ({ place }) => step !== null || comparePoints(place.range.end, range.start) <= 0,
  )
  return [...near, ...ofRule.forFile]
}

function ensured<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function suppressedBy(
  { reason, place, scope, until, owner, ticket }: SuppressionEntry,
  finding: Finding,
): Suppressed {
  return {
    finding,
    reason,
    place,
    scope,
    ...(until !== null && { until }),
    ...(owner !== null && { owner }),
    ...(ticket !== null && { ticket }),
  }
}
