// The entries of a flow judged in parts, and the parts put together as if they had been judged in one go.
import type { Finding, RuleVerdict } from '../model/finding.ts'
import type { Entry } from '../model/flow.ts'
import type { Found } from './finding.ts'

/** A rule that failed to run, not a rule that failed: exit code 4. */
export type Fault = { rule: string; entry: string; error: unknown }

export type Checked = { findings: Finding[]; rules: RuleVerdict[]; faults: Fault[] }

/** The `index`-th (from 1) of `of` parts. */
export type Slice = { index: number; of: number }

/** What decides between findings of several entries: where the flaw lies, by which entry it was found, whether all is lost there. */
export type Mark = { culprit: number; entry: number; hopeless?: true; yieldsTo?: string }
export type Marked = { finding: Finding; mark: Mark }

/** `found` lies on paths from entries, each flaw once; `others` needs no entry. */
export type Part = { found: Marked[]; others: Finding[]; rules: RuleVerdict[]; faults: Fault[] }

/** Which entries belong to a part: a run of them, so that parts one behind the other are the whole. Entries of one step stay together. */
export function sliceOf(
  entries: readonly Entry[],
  { index, of }: Slice = { index: 1, of: 1 },
): { from: number; to: number; isLast: boolean } {
  const boundary = (part: number) => {
    let at = Math.floor((entries.length * part) / of)
    while (at > 0 && at < entries.length && entries[at]!.step === entries[at - 1]!.step) at++
    return at
  }
  return { from: boundary(index - 1), to: boundary(index), isLast: index === of }
}

export function markOf({ culprit, entry, hopeless, rule }: Found): Mark {
  return {
    culprit,
    entry,
    ...(hopeless && { hopeless }),
    ...(rule.yields_to !== undefined && { yieldsTo: rule.yields_to }),
  }
}

/** All parts of a flow, in their order. One flaw, one finding a rule: a certain one before a possible one, the first entry before others. */
export function joined(parts: readonly Part[]): Checked {
  const found = new Map<string, Marked>()
  for (const one of parts.flatMap(part => part.found)) {
    const key = `${one.finding.rule} ${one.mark.culprit}`
    const before = found.get(key)
    const isSurer = before?.finding.verdict === 'possible' && one.finding.verdict === 'violated'
    if (!before || isSurer) found.set(key, one)
  }
  return {
    findings: [...withoutEchoes([...found.values()]), ...parts.flatMap(part => part.others)],
    rules: parts.flatMap(part => part.rules),
    faults: parts.flatMap(part => part.faults),
  }
}

/** One root cause, one finding: what another rule says better of the same entry is left to it (its verdict stays). */
function withoutEchoes(found: readonly Marked[]): Finding[] {
  const said = new Set(found.map(({ finding, mark }) => `${finding.rule} ${mark.entry} ${finding.verdict}`))
  const isSaid = (rule: string, { finding, mark }: Marked) =>
    said.has(`${rule} ${mark.entry} violated`) || said.has(`${rule} ${mark.entry} ${finding.verdict}`)
  return found
    .filter(one => {
      const { hopeless, yieldsTo } = one.mark
      return !(hopeless && yieldsTo !== undefined && isSaid(yieldsTo, one))
    })
    .map(({ finding }) => finding)
}
