// Whatever is found in a step can be suppressed by a comment right above its line, and nothing else goes with it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lint } from '../index.ts'
import { builtInRules } from '../ruleset/load.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'fixtures', 'playbooks')
const MOST = 3

const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter(path => /\.(?:md|yaml)$/.test(path) && !path.includes('repaired'))
  .sort()

async function linted(path: string, text: string) {
  return (await lint([{ path, text, named: true }], { rules: builtInRules() })).result
}

test.each(files)('%s', async path => {
  const text = readFileSync(join(FOLDER, path), 'utf8')
  const before = await linted(path, text)
  const inSteps = before.findings.filter(({ step, rule }) => step !== null && rule !== 'syntax')
  for (const { rule, range } of inSteps.slice(0, MOST)) {
    const lines = text.split('\n')
    const above = range.start.line - 1
    const indent = /^ */.exec(lines[above]!)![0]
    const words = `wayout-disable-next-step ${rule} -- agreed with the team`
    const comment = path.endsWith('.md') ? `<!-- ${words} -->` : `# ${words}`
    const after = await linted(path, lines.toSpliced(above, 0, indent + comment).join('\n'))
    expect(after.suppressed.map(({ finding }) => finding.rule)).toContain(rule)
    const rules = [...after.findings, ...after.suppressed.map(({ finding }) => finding)].map(one => one.rule)
    expect(rules.sort()).toEqual(before.findings.map(one => one.rule).sort())
  }
})

test('a file full of suppressions is settled in one go', async () => {
  const marks = '  # wayout-disable-next-step no-blame, hold-bounded -- old\n'.repeat(20_000)
  const steps = Array.from(
    { length: 2000 },
    (_, i) => `  s${i}:\n    say: Hello.\n    next: s${i + 1}\n`,
  ).join('')
  const text = `playbook: Gym\nsteps:\n${marks}${steps}  s2000:\n    say: Bye.\n    end: resolved\n`
  const rules = builtInRules().filter(({ id }) => ['no-blame', 'suppressions-valid'].includes(id))
  const { result, register } = await lint([{ path: 'gym.yaml', text, named: true }], { rules })
  expect(register).toHaveLength(40_000)
  expect(result.findings).toHaveLength(20_000)
})
