// `extends` of packages: found as Node finds packages from the file that names them, read as data, never run.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith, run } from './gym.test-data.ts'

const HOUSE = `packs: []
acts:
  raffle: {title: a raffle, by: company, phrases: [win a towel]}
rules:
  - id: no-raffle
    title: Nothing is raffled
    why: A raffle is no reason to stay.
    story: S0
    severity: error
    check: absence
    of: raffle
    message: "a raffle in {step}"
    fix: Take it out.
    law: []
    examples: {bad: [], good: []}
`
const PLAYBOOK = `playbook: Leaving Iron Hall
steps:
  hello: {say: Stay and win a towel., end: kept}
`
const manifest = (more = {}) => JSON.stringify({ name: 'x', version: '1.0.0', ...more })

/** The findings of a project, as `PATH RULE SEVERITY`; its one playbook is raffle.yaml. */
async function findings(files: Record<string, string>, from = '.'): Promise<string[]> {
  const cwd = join(folderWith({ 'raffle.yaml': PLAYBOOK, ...files }), from)
  const { code, out, err } = await run(cwd, 'lint --format json')
  if (code === 2) return err.trimEnd().split('\n')
  return JSON.parse(out).findings.map(
    ({ path, rule, severity }: Record<string, string>) => `${path} ${rule} ${severity}`,
  )
}

const RAFFLED = ['raffle.yaml no-raffle error']

describe('a package', () => {
  test('gives its rules, acts and settings', async () => {
    const files = {
      'wayout.yaml': 'extends: wayout-config-gym\n',
      'node_modules/wayout-config-gym/package.json': manifest(),
      'node_modules/wayout-config-gym/wayout.yaml': HOUSE,
    }
    expect(await findings(files)).toEqual(RAFFLED)
    const milder = 'extends: [wayout-config-gym, ./mild.yaml]\n'
    expect(
      await findings({ ...files, 'wayout.yaml': milder, 'mild.yaml': 'rules: {no-raffle: info}\n' }),
    ).toEqual(['raffle.yaml no-raffle info'])
  })

  test('may have an owner, and keep its settings in package.json or export them', async () => {
    const key = { wayout: { extends: './house.yaml' } }
    for (const [more, file] of [
      [key, 'house.yaml'],
      [{ exports: './data/strict.yaml' }, 'data/strict.yaml'],
      [{ main: 'strict.yml' }, 'strict.yml'],
    ] as const) {
      const files = {
        'wayout.yaml': 'extends: "@iron/hall"\n',
        'node_modules/@iron/hall/package.json': manifest(more),
        [`node_modules/@iron/hall/${file}`]: HOUSE,
      }
      expect(await findings(files), file).toEqual(RAFFLED)
    }
  })

  test('may hold several, named by their path in it, as far as it exports them', async () => {
    const files = (name: string, more = {}) => ({
      'wayout.yaml': `extends: "@iron/hall/${name}"\n`,
      'node_modules/@iron/hall/package.json': manifest(more),
      'node_modules/@iron/hall/strict.yaml': HOUSE,
      'node_modules/@iron/hall/code.js': 'require("fs").writeFileSync("owned", "")',
    })
    for (const name of ['strict', 'strict.yaml']) expect(await findings(files(name))).toEqual(RAFFLED)
    const exported = { exports: { './strict': './strict.yaml' } }
    expect(await findings(files('strict', exported))).toEqual(RAFFLED)
    expect(await findings(files('strict.yaml', exported))).toEqual([
      'wayout.yaml:1:10: cannot extend "@iron/hall/strict.yaml": the package "@iron/hall" has no file "strict.yaml", or does not export it',
    ])
    expect(await findings(files('code.js'))).toEqual([
      'wayout.yaml:1:10: cannot extend "@iron/hall/code.js": "code.js" of the package "@iron/hall" is no data: settings are YAML or JSON, and code is not run',
    ])
    expect(await findings(files('../gone.yaml'))).toEqual([expect.stringContaining('leads nowhere else')])
    expect(existsSync('owned')).toBe(false)
  })

  test('is looked for from the file that names it upwards, and may extend others and itself', async () => {
    const files = {
      'house/wayout.yaml': 'extends: a\npaths: [..]\nroot: ..\n',
      'node_modules/a/package.json': manifest(),
      'node_modules/a/wayout.yaml': 'extends: [b, ./more.yaml]\n',
      'node_modules/a/more.yaml': 'extends: a\nrules: {no-raffle: warning}\n',
      'node_modules/a/node_modules/b/package.json': manifest(),
      'node_modules/a/node_modules/b/wayout.yaml': HOUSE,
    }
    expect(await findings(files, 'house')).toEqual(['../raffle.yaml no-raffle warning'])
  })

  test('speaks of the files of the project that extends it', async () => {
    const files = {
      'wayout.yaml': 'extends: gym\n',
      'node_modules/gym/package.json': manifest(),
      'node_modules/gym/wayout.yaml': `${HOUSE}ignore: [old/]
overrides: [{files: [drafts/], rules: {no-raffle: info}}]
suppressions: [{files: [spring.yaml], rules: [no-raffle], reason: until the lot is drawn}]
`,
      'old/raffle.yaml': PLAYBOOK,
      'drafts/raffle.yaml': PLAYBOOK,
      'spring.yaml': PLAYBOOK,
    }
    expect(await findings(files)).toEqual(['drafts/raffle.yaml no-raffle info', ...RAFFLED])
  })

  test('that is not installed, or holds nothing, is told with what to do', async () => {
    expect(await findings({ 'wayout.yaml': 'packs: []\nextends: wayout-config-gym\n' })).toEqual([
      'wayout.yaml:2:10: cannot extend "wayout-config-gym": there is no such file here, and no package "wayout-config-gym" is installed (npm install --save-dev wayout-config-gym)',
    ])
    const empty = {
      'wayout.yaml': 'extends: gym',
      'node_modules/gym/package.json': manifest({ main: 'x.js' }),
    }
    expect(await findings({ ...empty, 'node_modules/gym/x.js': 'throw 1' })).toEqual([
      'wayout.yaml:1:10: cannot extend "gym": the package "gym" holds no settings of wayout: expected wayout.yaml in it',
    ])
    expect(await findings({ 'wayout.yaml': 'extends: "a b"' })).toEqual([
      'wayout.yaml:1:10: cannot extend "a b": no such file or folder, and no name of a package',
    ])
  })

  test('is told by its own file where something in it is wrong', async () => {
    const files = {
      'wayout.yaml': 'extends: gym\n',
      'node_modules/gym/package.json': manifest(),
      'node_modules/gym/wayout.yaml': 'rules: {hold-bound: off}\n',
    }
    expect(await findings(files)).toEqual([
      'node_modules/gym/wayout.yaml:1:9: unknown rule "hold-bound"; did you mean "hold-bounded"?',
    ])
  })
})
