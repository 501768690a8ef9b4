// Runs of parts of the entries, put together to the run that would have been had of all at once.
import { joined } from '../check/index.ts'
import type { CheckedRun, ProofCounts } from './checked.ts'

/** All parts of one run, in their order. */
export function joinedRuns(runs: readonly CheckedRun[]): CheckedRun {
  const { part: _, proved: __, ...last } = runs.at(-1)!
  const proved = runs.flatMap(run => run.proved ?? [])
  return {
    ...last,
    ...joined(runs.flatMap(({ part }) => part ?? [])),
    faults: runs.flatMap(({ faults }) => faults),
    ...(proved.length > 0 && { proved: summed(proved) }),
  }
}

function summed(counts: readonly ProofCounts[]): ProofCounts {
  const without = new Map<string, number>()
  for (const one of counts) {
    for (const [check, number] of one.without) without.set(check, (without.get(check) ?? 0) + number)
  }
  return { proved: counts.reduce((sum, { proved }) => sum + proved, 0), without }
}
