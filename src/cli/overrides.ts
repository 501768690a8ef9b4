// Lints where the rules differ by file: severities in one go, and once more for each other choice of parameters.
import type { Linted, LintSettings, Source } from '../index.ts'
import type { RuleVerdict } from '../model/finding.ts'
import type { Rule } from '../model/rule.ts'
import { byPath } from './files.ts'
import type { RulesHere } from './rules-here.ts'

/**
 * As `lint` with the rules that hold here. A finding is judged by the rules of the file it stands in, a verdict by
 * those of its entry's file. Without overrides that change parameters for some file, everything is read once.
 */
export async function lintHere(
  lint: (sources: readonly Source[], settings: LintSettings) => Promise<Linted>,
  sources: readonly Source[],
  settings: Omit<LintSettings, 'rules' | 'rulesFor'>,
  here: RulesHere,
): Promise<Linted> {
  if (!here.differByFile) return lint(sources, { ...settings, rules: here.rules })
  const standard = new Map(here.all.map(rule => [rule.id, rule]))
  const variantOf = (path: string) => variant(here.rulesFor(path), standard)
  const run = async (of: string, rules: readonly Rule[]): Promise<Linted> => {
    const isHere = (path: string) => variantOf(path) === of
    const linted = await lint(sources, {
      ...settings,
      record: 'later',
      rules,
      rulesFor: path => (isHere(path) ? here.rulesFor(path) : []),
    })
    const isJudged = ({ id, entry }: RuleVerdict) => {
      if (entry === '*') return of === ''
      const path = entry.slice(0, entry.lastIndexOf('#'))
      return isHere(path) && here.rulesFor(path).some(rule => rule.id === id)
    }
    return { ...linted, result: { ...linted.result, rules: linted.result.rules.filter(isJudged) } }
  }

  const first = await run('', here.all)
  const others = new Map(first.result.playbooks.map(({ path }) => [variantOf(path), here.rulesFor(path)]))
  others.delete('')
  for (const [name, rules] of others) {
    const other = await run(name, rules)
    first.result.findings.push(...other.result.findings)
    first.result.rules.push(...other.result.rules)
    first.faults.push(...other.faults)
  }
  // All findings of a file come from one run, in order already.
  first.result.findings.sort(byPath)
  const { settledRun } = await import('../index.ts')
  const record = settings.record ?? {}
  return settledRun(first, { rules: here.all, rulesFor: here.rulesFor, record })
}

/** Names what is set differently from the standard, severities aside; empty if nothing is. */
function variant(rules: readonly Rule[], standard: ReadonlyMap<string, Rule>): string {
  const text = (rule: Rule | undefined) => JSON.stringify({ ...rule, severity: null })
  return rules
    .map(text)
    .filter((one, i) => one !== text(standard.get(rules[i]!.id)))
    .join()
}
