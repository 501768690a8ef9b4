// `--print-config`: what holds for a file, each with the place that said it, and the same as what is then applied.
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { effectiveRules } from '../ruleset/effective.ts'
import { originsOf } from '../ruleset/origins.ts'
import { folderWith, GYM, run } from './gym.test-data.ts'
import { findProject } from './project.ts'
import { rulesHere } from './rules-here.ts'

const FILES = {
  ...GYM,
  'wayout.yaml': `extends: iron
packs: [recommended, pedantic]
fail-on: warning
rules:
  hold-bounded: {severity: warning, max: 3 min}
  no-blame: off
overrides:
  - files: [front/]
    rules:
      hold-bounded: {max: 10 min}
      no-blame: info
suppressions:
  - {files: [front/], rules: [hold-bounded], reason: the new script comes in spring, until: 2027-03-31}
ignore: [drafts/]
`,
  'node_modules/iron/package.json': '{}',
  'node_modules/iron/wayout.yaml':
    'fail-on: never\nrules: {feedback-asked: error}\nunsuppressable: [no-retention-loop]\n',
}

test('is what a person reads', async () => {
  const { code, out, err } = await run(
    folderWith(FILES),
    'lint --print-config front/desk.md --rule steps-unique=off',
  )
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain(`front/desk.md
from           node_modules/iron/wayout.yaml, wayout.yaml
searched       true  no pattern matches
packs          recommended, pedantic  wayout.yaml:2:9, wayout.yaml:2:22
fail-on        warning  wayout.yaml:3:1
paths          .  by default
root           .  by default
ignore         drafts/  wayout.yaml:14:1
unsuppressable no-retention-loop  node_modules/iron/wayout.yaml:3:1
suppressed     hold-bounded: the new script comes in spring (until 2027-03-31)
               wayout.yaml:13:5
`)
  expect(out).toMatch(/^warning {2}hold-bounded +wayout.yaml:5:3\n {11}max: 10 min +wayout.yaml:10:22$/m)
  expect(out).toMatch(/^info {5}no-blame +wayout.yaml:11:7$/m)
  expect(out).toMatch(/^error {4}feedback-asked +node_modules\/iron\/wayout.yaml:2:9$/m)
  expect(out).toMatch(/^off {6}steps-unique +--rule$/m)

  for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
})

test('is JSON for machines', async () => {
  const { out } = await run(folderWith(FILES), 'lint --print-config drafts/x.md --format json')
  const { settings, rules, file } = JSON.parse(out)
  expect(file).toBe('drafts/x.md')
  expect(settings.searched).toEqual({ value: false, from: 'wayout.yaml:14:1' })
  expect(settings.baseline).toEqual({ value: null, from: 'by default' })
  const rule = rules.find(({ id }: { id: string }) => id === 'hold-bounded')
  expect(rule).toMatchObject({
    severity: 'warning',
    parameters: { max: { value: '3 min', from: 'wayout.yaml:5:37' } },
  })
})

test('without a configuration it says so', async () => {
  const { out } = await run(folderWith({ 'a.md': '' }), 'lint --print-config a.md')
  expect(out).toMatch(/^a.md\nfrom {5}no configuration\n.*\npacks {4}recommended {2}by default\n/)
  expect(out).toMatch(/\noff, in no pack that is on: [a-z]/)
})

test.each([['front/desk.md'], ['calls.yaml']])('what is shown for %s is what holds there', async path => {
  const cwd = folderWith(FILES)
  const here = await rulesHere(await findProject(cwd), cwd, {
    pack: ['pedantic'],
    rule: ['steps-unique=info'],
  })
  const shown = originsOf(here.catalogue, here.decisions(path)).filter(
    ({ severity }) => severity.value !== 'off',
  )
  const holding = here.rulesFor(path)
  expect(shown.map(({ id, severity }) => [id, severity.value])).toEqual(
    holding.map(({ id, severity }) => [id, severity]),
  )
  for (const [i, { parameters }] of shown.entries())
    for (const [name, { value }] of parameters) expect(holding[i]).toHaveProperty(name, value)
})

test('a rule that is turned off and on again begins anew, as it does where it is applied', async () => {
  const cwd = folderWith({})
  const { catalogue } = await rulesHere(await findProject(cwd), cwd, {})
  const at = { line: 1, column: 1 }
  const set = (severity: 'off' | undefined, max?: string) =>
    new Map([
      [
        'hold-bounded',
        { ...(severity && { severity }), parameters: max ? [{ name: 'max', value: max, at }] : [], at },
      ],
    ])
  const settings = [set(undefined, '1 min'), set('off'), set(undefined)]
  const [rule] = effectiveRules(catalogue, { packs: [], settings })
  const shown = originsOf(catalogue, {
    packs: [],
    settings: settings.map(one => ({ settings: one, from: () => 'here' })),
  })
  const origin = shown.find(({ id }) => id === 'hold-bounded')!
  expect(rule).toMatchObject({ id: 'hold-bounded', max: '5 min', severity: origin.severity.value })
  expect(origin.parameters.get('max')).toEqual({ value: '5 min', from: 'the rule itself' })
})

describe('refused', () => {
  test.each([
    ['--print-config=', '"--print-config" names no file'],
    ['--print-config a.md --format sarif', '"--print-config" prints text or json, not "sarif"'],
    [
      '--print-config a.md --rule hold-bound=off',
      '--rule: unknown rule "hold-bound"; did you mean "hold-bounded"?',
    ],
    ['--print-config a.md --fail-on eror', '"--fail-on eror" is no level; did you mean "error"?'],
  ])('%s', async (words, message) => {
    expect(await run(folderWith({}), `lint ${words}`)).toEqual({ code: 2, out: '', err: `${message}\n` })
  })

  test('a configuration with an unknown name', async () => {
    const cwd = folderWith({ 'wayout.yaml': 'rulez: {}\n' })
    const { code, err } = await run(join(cwd), 'lint --print-config a.md')
    expect([code, err]).toEqual([2, 'wayout.yaml:1:1: unknown key "rulez"; did you mean "rules"?\n'])
  })
})
