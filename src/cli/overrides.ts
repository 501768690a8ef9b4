// Lints where the rules differ by file: severities in one go, and once more for each other choice of parameters.
import type { Linted } from '../index.ts'
import type { Rule } from '../model/rule.ts'
import type { OnRecord } from '../record/linted.ts'
import type { CheckedRun } from '../run/checked.ts'
import { type Finished, finished } from '../run/finished.ts'
import type { CheckedSettings, Source } from '../run/settings.ts'
import type { RulesHere } from './rules-here.ts'

type Settings = Omit<CheckedSettings, 'rules'> & { record?: OnRecord }

/** Checks and finishes in one go, without keeping anything. */
export async function lintHere(
  sources: readonly Source[],
  { record = {}, ...settings }: Settings,
  here: RulesHere,
): Promise<Linted> {
  const { checked } = await import('../index.ts')
  const flows: Linted['flow'][] = []
  const runs = await checkHere(async rules => {
    const { run, flow } = await checked(sources, { ...settings, rules })
    flows.push(flow)
    return run
  }, here)
  return { ...finishHere(runs, here, record), flow: flows[0]! }
}

/** The run with the rules that hold for most, and one for each other choice of parameters that some file has. */
export async function checkHere(
  check: (rules: readonly Rule[]) => Promise<CheckedRun>,
  here: RulesHere,
): Promise<CheckedRun[]> {
  const first = await check(here.differByFile ? here.all : here.rules)
  const runs = [first]
  for (const rules of variantsOf(first, here).slice(1)) runs.push(await check(rules))
  return runs
}

/** A finding is judged by the rules of the file it stands in, a verdict by those of its entry's file. */
export function finishHere(runs: readonly CheckedRun[], here: RulesHere, record: OnRecord): Finished {
  const [first] = runs as [CheckedRun]
  if (!here.differByFile) return finished(first, { rules: here.rules, record })
  const names = variantsOf(first, here).map(rules => nameOf(rules, here))
  const isHere = (path: string, i: number) => nameOf(here.rulesFor(path), here) === names[i]
  const joined: CheckedRun = {
    ...first,
    findings: runs.flatMap(({ findings }, i) => findings.filter(({ path }) => isHere(path, i))),
    rules: runs.flatMap(({ rules }, i) =>
      rules.filter(({ id, entry }) => {
        if (entry === '*') return i === 0
        const path = entry.slice(0, entry.lastIndexOf('#'))
        return isHere(path, i) && here.rulesFor(path).some(rule => rule.id === id)
      }),
    ),
    faults: runs.flatMap(({ faults }) => faults),
  }
  return finished(joined, { rules: here.all, rulesFor: here.rulesFor, record })
}

/** The choices of parameters: that of most files first, then in the order of the files that have another. */
function variantsOf({ files }: CheckedRun, here: RulesHere): (readonly Rule[])[] {
  if (!here.differByFile) return [here.rules]
  const variants = new Map<string, readonly Rule[]>([['', here.all]])
  for (const { path } of files) {
    const rules = here.rulesFor(path)
    const name = nameOf(rules, here)
    if (!variants.has(name)) variants.set(name, rules)
  }
  return [...variants.values()]
}

/** Names what is set differently from the standard, severities aside; empty if nothing is. */
function nameOf(rules: readonly Rule[], { all }: RulesHere): string {
  const known = names.get(rules)
  if (known !== undefined) return known
  const text = (rule: Rule | undefined) => JSON.stringify({ ...rule, severity: null })
  const standard = new Map(all.map(rule => [rule.id, text(rule)]))
  const name = rules
    .filter(rule => text(rule) !== standard.get(rule.id))
    .map(text)
    .join()
  names.set(rules, name)
  return name
}

/** Files with the same overrides share their list of rules. */
const names = new WeakMap<readonly Rule[], string>()
