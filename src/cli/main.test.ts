// The command line as a whole, through main(argv, streams): exit codes, messages, what goes to which stream.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { reporters } from '../report/index.ts'
import { builtInPacks } from '../ruleset/load.ts'
import { COMMANDS } from './commands.ts'
import { main } from './main.ts'
import type { Streams } from './streams.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A temporary folder with these files; returns its real path. */
function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wayout-cli-')))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

type Ran = { code: number; out: string; err: string }

/** Runs the command line in a folder; `words` are split at blanks. */
async function run(cwd: string, words: string | string[], more: Partial<Streams> = {}): Promise<Ran> {
  const ran = { code: 0, out: '', err: '' }
  const streams: Streams = {
    stdin: (async function* () {})(),
    stdout: { write: text => (ran.out += text) },
    stderr: { write: text => (ran.err += text) },
    env: {},
    cwd,
    ...more,
  }
  ran.code = await main(typeof words === 'string' ? words.split(' ').filter(Boolean) : words, streams)
  return ran
}

/** A gym that lets its members go, and one that does not. */
const good = `playbook: Leave the gym
channel: phone
steps:
  greeting:
    say: Iron Hall, how can I help?
    acts: greeting
    next:
      - customer: I want to cancel my membership
        acts: cancel-request
        go: done
      - customer: I want to speak to a manager
        acts: human-request
        go: manager
      - otherwise: anything else
        go: manager
  manager:
    say: I will put you through to my manager.
    acts: supervisor-escalation
    end: handed-off
  done:
    say: Your membership is cancelled. You have the confirmation by e-mail.
    acts: [cancellation-processed, cancellation-confirmed]
    end: cancelled
`
const bad = `playbook: Stay in the gym
channel: phone
steps:
  greeting:
    say: Iron Hall, how can I help?
    acts: greeting
    next:
      - customer: I want to cancel my membership
        acts: cancel-request
        go: offer
      - otherwise: anything else
        go: manager
  offer:
    say: Half price for three months?
    acts: retention-offer
    next:
      - customer: accepts
        acts: cancel-withdrawn
        end: kept
      - customer: declines
        acts: offer-declined
        go: offer
  manager:
    say: I will put you through to my manager.
    acts: supervisor-escalation
    end: handed-off
`

describe('exit codes', () => {
  test('0: everything was read and nothing fails', async () => {
    const cwd = folderWith({ 'gym.yaml': good })
    expect(await run(cwd, 'lint gym.yaml')).toMatchObject({ code: 0, err: '' })
    expect(await run(cwd, '')).toMatchObject({ code: 0, err: '' })
    expect((await run(cwd, 'gym.yaml')).out).toBe((await run(cwd, 'lint')).out)
  })

  test('1: findings at or above the level that fails', async () => {
    const cwd = folderWith({ 'gym.yaml': bad })
    const ran = await run(cwd, 'lint')
    expect(ran).toMatchObject({ code: 1, err: '' })
    expect(ran.out).toContain('retention-offers-bounded')
  })

  test('--fail-on says what fails', async () => {
    const cwd = folderWith({ 'gym.yaml': bad })
    const off = rulesButOne('retention-offers-bounded')
    const codes: Record<string, number> = {}
    for (const severity of ['error', 'warning', 'info']) {
      for (const level of ['error', 'warning', 'info', 'never']) {
        const rule = ['--rule', `retention-offers-bounded=${severity}`]
        codes[`${severity} on ${level}`] = (
          await run(cwd, ['lint', ...off, ...rule, '--fail-on', level])
        ).code
      }
    }
    expect(codes).toEqual({
      'error on error': 1,
      'error on warning': 1,
      'error on info': 1,
      'error on never': 0,
      'warning on error': 0,
      'warning on warning': 1,
      'warning on info': 1,
      'warning on never': 0,
      'info on error': 0,
      'info on warning': 0,
      'info on info': 1,
      'info on never': 0,
    })
  })

  test('--max-warnings counts warnings, whatever --fail-on says', async () => {
    const cwd = folderWith({
      'gym.yaml': bad,
      'wayout.yaml': 'packs: []\nrules: {retention-offers-bounded: warning}\n',
    })
    expect((await run(cwd, 'lint')).code).toBe(0)
    expect((await run(cwd, 'lint --max-warnings 1')).code).toBe(0)
    expect((await run(cwd, 'lint --max-warnings 0')).code).toBe(1)
    expect((await run(cwd, 'lint --max-warnings 0 --fail-on never')).code).toBe(1)
  })

  test('3: a path that does not exist, with the rest still linted', async () => {
    const cwd = folderWith({ 'gym.yaml': bad })
    const ran = await run(cwd, 'lint gone.md gym.yaml')
    expect(ran.code).toBe(3)
    expect(ran.out).toContain('retention-offers-bounded')
    expect(ran.out).toContain('gone.md: no such file or folder')
  })

  test('3 is told on standard error where the report is for machines', async () => {
    const cwd = folderWith({ 'gym.yaml': good })
    const ran = await run(cwd, 'lint gone.md gym.yaml --format json')
    expect(ran).toMatchObject({ code: 3, err: 'gone.md: no such file or folder\n' })
    expect(JSON.parse(ran.out).playbooks).toHaveLength(1)
  })

  test('3: nothing but a path that does not exist; machines still get a document', async () => {
    const cwd = folderWith({})
    expect(await run(cwd, 'lint gone.md')).toEqual({
      code: 3,
      out: '',
      err: 'gone.md: no such file or folder\n',
    })
    expect(JSON.parse((await run(cwd, 'lint gone.md --format json')).out)).toMatchObject({
      playbooks: [],
      findings: [],
    })
  })

  test('3: nothing to lint', async () => {
    const cwd = folderWith({ 'notes.txt': 'hello', 'drafts/a.md': '# A', '.gitignore': 'drafts/' })
    expect(await run(cwd, 'lint')).toEqual({
      code: 3,
      out: '',
      err: 'nothing to lint in this folder: looked for .md, .markdown, .yaml, .yml, .json; left out: 1 ignored by .gitignore or the configuration\n',
    })
    expect((await run(cwd, 'lint drafts/../notes.txt')).code).toBe(3)
  })

  test('3: text in UTF-16, and a file that may not be read', async () => {
    const cwd = folderWith({ 'a.md': Buffer.from('\ufeff# Cancel', 'utf16le'), 'gym.yaml': good })
    const ran = await run(cwd, 'lint')
    expect(ran.code).toBe(3)
    expect(ran.out).toContain('is UTF-16 (little endian) text; save it as UTF-8')
  })

  test('3: an unknown shape where it is named; passed over and counted where it is found', async () => {
    const cwd = folderWith({ 'settings.json': '{"colour": "red"}', 'gym.yaml': good })
    expect((await run(cwd, 'lint settings.json')).code).toBe(3)
    expect((await run(cwd, 'lint gym.yaml settings.json')).code).toBe(3)
    expect((await run(cwd, 'lint')).code).toBe(0)
    rmSync(join(cwd, 'gym.yaml'))
    const ran = await run(cwd, 'lint')
    expect(ran.code).toBe(3)
    expect(ran.err).toMatch(
      /^nothing to lint in this folder: .*left out: 1 of no form that wayout knows \(settings.json: .*colour/,
    )
  })

  test('2 comes before 3 and 1, 3 before 1', async () => {
    const cwd = folderWith({ 'gym.yaml': bad })
    expect((await run(cwd, 'lint gym.yaml gone.md --rule nonsense=off')).code).toBe(2)
    expect((await run(cwd, 'lint gym.yaml gone.md')).code).toBe(3)
    expect((await run(cwd, 'lint gym.yaml')).code).toBe(1)
  })
})

/** Flags that turn off everything in the recommended pack but one rule. */
function rulesButOne(id: string): string[] {
  const recommended = builtInPacks().find(pack => pack.id === 'recommended')!
  const others = Object.keys(recommended.rules).filter(name => name !== id)
  return others.flatMap(name => ['--rule', `${name}=off`])
}

describe('wrong usage is told with the nearest right name', () => {
  test.each([
    ['lnt', 'unknown command "lnt"; did you mean "lint"?'],
    ['stpes .', 'unknown command "stpes"; did you mean "steps"?'],
    ['lint --formt json', 'unknown option "--formt"; did you mean "--format"?'],
    ['lint --fast', 'unknown option "--fast"; see wayout lint --help'],
    ['lint -x', 'unknown option "-x"; see wayout lint --help'],
    [
      'steps --fail-on error',
      '"wayout steps" has no option "--fail-on"; it belongs to "wayout lint", "wayout merge"',
    ],
    ['lint --config', '"--config" needs a value: --config FILE'],
    ['lint --config gone.yaml', 'configuration "gone.yaml": no such file or folder'],
    ['lint --config a --config b', '"--config" is given 2 times; it has one value'],
    ['lint --fail-on errors', '"--fail-on errors" is no level; did you mean "error"?'],
    ['lint --fail-on always', '"--fail-on always" is no level; expected error, warning, info or never'],
    ['lint --max-warnings -1', '"--max-warnings -1" is no number of warnings; expected 0 or more'],
    ['lint --rule no-blaim=off', '--rule: unknown rule "no-blaim"; did you mean "no-blame"?'],
    ['lint --rule steps-unic=off', '--rule: unknown rule "steps-unic"; did you mean "steps-unique"?'],
    [
      'lint --rule steps-unique',
      '"--rule steps-unique" is not ID=LEVEL, as in "--rule hold-bounded=warning"',
    ],
    ['lint --rule steps-unique=eror', '--rule: "eror" is no severity; did you mean "error"?'],
    ['lint --pack recomended', 'unknown pack "recomended"; did you mean "recommended"?'],
    ['lint --format jsn', 'unknown format "jsn"; did you mean "json"?'],
    ['lint --format json=', '"--format json=" names no file'],
    ['explain', '"wayout explain" needs a name: wayout explain <rule>'],
    ['explain a b', '"b" is one too many for "wayout explain"; usage: wayout explain <rule>'],
    ['explain steps-unic', 'unknown rule "steps-unic"; did you mean "steps-unique"?'],
    ['rules all', '"all" is one too many for "wayout rules"; usage: wayout rules'],
    ['graph --format pdf', '"pdf" is no format of "wayout graph"; expected mermaid, dot, svg or html'],
    ['graph --format mermade', '"mermade" is no format of "wayout graph"; did you mean "mermaid"?'],
  ])('wayout %s', async (words, expected) => {
    const ran = await run(folderWith({ 'gym.yaml': good }), words)
    expect(ran).toEqual({ code: 2, out: '', err: `${expected}\n` })
  })

  test('two formats cannot share standard output', async () => {
    const ran = await run(folderWith({ 'gym.yaml': good }), 'lint --format json --format json')
    expect(ran.code).toBe(2)
    expect(ran.err).toContain('cannot both go to standard output; give one a file: --format json=FILE')
  })

  test('a report that cannot be written', async () => {
    const ran = await run(folderWith({ 'gym.yaml': good }), 'lint --format json=gym.yaml/report.json')
    expect(ran.code).toBe(2)
    expect(ran.err).toMatch(/^cannot write "gym.yaml\/report.json": /)
  })

  test('a folder of the name of a command is reached by "./", a file that is missing is no misspelt command', async () => {
    const cwd = folderWith({ 'lint/gym.yaml': good, 'lnt/gym.yaml': good })
    expect((await run(cwd, './lint')).code).toBe(0)
    expect((await run(cwd, 'lnt')).code).toBe(0)
    expect((await run(cwd, 'lintt.md')).code).toBe(3)
  })
})

describe('configuration', () => {
  test('everything wrong in it is told at once, with its place', async () => {
    const cwd = folderWith({
      'gym.yaml': good,
      'wayout.yaml':
        'packs: [recomended]\nrulez: {}\nrules:\n  steps-unique: eror\n  retention-offers-bounded: {mx: 2}\n',
    })
    expect(await run(cwd, ['lint', '--rule', 'nonsense=off'])).toEqual({
      code: 2,
      out: '',
      err: [
        'wayout.yaml:1:9: unknown pack "recomended"; did you mean "recommended"?',
        'wayout.yaml:2:1: unknown key "rulez"; did you mean "rules"?',
        'wayout.yaml:4:17: "eror" is no severity; did you mean "error"?',
        'wayout.yaml:5:30: rule "retention-offers-bounded" has no parameter "mx"; did you mean "max"?',
        '--rule: unknown rule "nonsense"; "wayout rules" lists them',
        '',
      ].join('\n'),
    })
    for (const command of ['steps', 'graph', 'rules', 'explain steps-unique']) {
      expect([command, (await run(cwd, command)).code]).toEqual([command, 2])
    }
  })

  test('is found upwards, and its folder is the root', async () => {
    const cwd = folderWith({ 'wayout.yaml': 'fail-on: never\n', 'desk/gym.yaml': bad })
    expect((await run(join(cwd, 'desk'), 'lint')).code).toBe(0)
    expect((await run(join(cwd, 'desk'), 'lint --fail-on error')).code).toBe(1)
  })

  test('is not looked for above the root of the repository', async () => {
    const cwd = folderWith({ 'wayout.yaml': 'fail-on: never\n', 'repo/.git/HEAD': '', 'repo/gym.yaml': bad })
    expect((await run(join(cwd, 'repo'), 'lint')).code).toBe(1)
  })

  test('may stand in package.json', async () => {
    const cwd = folderWith({
      'package.json': '{"name": "wayout", "wayout": {"fail-on": "never", "x": 1}}',
      'gym.yaml': bad,
    })
    expect((await run(cwd, 'lint')).err).toMatch(/^package.json:1:51: unknown key "x"; expected extends, /)
    writeFileSync(join(cwd, 'package.json'), '{"wayout": {"fail-on": "never"}}')
    expect((await run(cwd, 'lint')).code).toBe(0)
  })

  test('stands in one file only', async () => {
    const cwd = folderWith({ 'wayout.yaml': '', 'wayout.yml': '', 'gym.yaml': good })
    expect(await run(cwd, 'lint')).toMatchObject({
      code: 2,
      err: 'two configurations in one folder, "wayout.yaml" and "wayout.yml": keep one of them\n',
    })
  })

  test('extends other files, whose settings it may change', async () => {
    const cwd = folderWith({
      'wayout.yaml': 'extends: house/strict.yaml\nrules: {retention-offers-bounded: {max: 9}}\n',
      'house/strict.yaml': 'extends: base.yaml\nfail-on: warning\n',
      'house/base.yaml': 'fail-on: never\npacks: []\nrules: {steps-unique: warning}\n',
      'gym.yaml': good,
    })
    const rules = JSON.parse((await run(cwd, 'rules --format json')).out)
    expect(JSON.stringify(rules)).toContain('steps-unique')
    writeFileSync(join(cwd, 'house/base.yaml'), 'extends: [gone.yaml, "@acme/rules", /etc/passwd]\n')
    expect((await run(cwd, 'lint')).err).toBe(
      [
        'house/base.yaml:1:11: cannot extend "gone.yaml": there is no such file here, and no package "gone.yaml" is installed',
        'house/base.yaml:1:22: cannot extend "@acme/rules": there is no such file here, and no package "@acme/rules" is installed (npm install --save-dev @acme/rules)',
        'house/base.yaml:1:37: cannot extend "/etc/passwd": only files by relative path and packages can be extended',
        '',
      ].join('\n'),
    )
  })

  test('says what is linted and what is left out', async () => {
    const cwd = folderWith({
      'conf/wayout.yaml': 'root: ..\npaths: [../desk]\nignore: [../x]\n',
      'desk/gym.yaml': bad,
      'elsewhere/gym.yaml': bad,
    })
    const ran = await run(cwd, 'lint --config conf/wayout.yaml --format json')
    expect(JSON.parse(ran.out).playbooks.map((one: { path: string }) => one.path)).toEqual(['desk/gym.yaml'])
    writeFileSync(join(cwd, 'wayout.yaml'), 'ignore: /desk/\n')
    const other = await run(cwd, 'lint --format json')
    expect(JSON.parse(other.out).playbooks.map((one: { path: string }) => one.path)).toEqual([
      'elsewhere/gym.yaml',
    ])
  })

  test('links are followed inside the root, which a configuration that is named does not move', async () => {
    const leads = (to: string) => good.replace('go: manager\n  manager', `go: ${to}\n  manager`)
    const cwd = folderWith({
      'repo/.git/HEAD': '',
      'repo/ci/wayout.yaml': '',
      'repo/desk/gym.yaml': leads('../shared/other.yaml#greeting'),
      'repo/shared/other.yaml': good,
      'repo/desk/out.yaml': leads('../../outside.yaml#greeting'),
      'outside.yaml': good,
    })
    const lint = async (words: string) => {
      const { playbooks, findings } = JSON.parse(
        (await run(join(cwd, 'repo'), `lint --format json ${words}`)).out,
      )
      const broken = findings.filter((one: { rule: string }) => one.rule === 'links-resolve').length
      return [playbooks.map((one: { path: string }) => one.path), broken]
    }
    const both = ['desk/gym.yaml', 'shared/other.yaml']
    expect(await lint('desk/gym.yaml')).toEqual([both, 0])
    expect(await lint('desk/gym.yaml --config ci/wayout.yaml')).toEqual([both, 0])
    expect(await lint('desk/out.yaml')).toEqual([['desk/out.yaml'], 1])
    writeFileSync(join(cwd, 'repo/ci/wayout.yaml'), 'root: ../desk')
    expect(await lint('desk/gym.yaml --config ci/wayout.yaml')).toEqual([['desk/gym.yaml'], 1])
    writeFileSync(join(cwd, 'repo/ci/wayout.yaml'), 'root: ../dusk')
    expect((await run(join(cwd, 'repo'), 'lint --config ci/wayout.yaml')).err).toBe(
      'ci/wayout.yaml: "root" names no folder: "../dusk"\n',
    )
  })

  test('overrides change severities and parameters for some files', async () => {
    const config = (rules: string) =>
      `packs: []\nrules: {retention-offers-bounded: error}\noverrides: [{files: drafts/, rules: {${rules}}}]\n`
    const once = bad.replace('        go: offer\n  manager', '        go: manager\n  manager')
    const cwd = folderWith({
      'wayout.yaml': '',
      'drafts/a.yaml': bad,
      'drafts/b.yaml': once,
      'c.yaml': bad,
      'd.yaml': once,
    })
    const lint = async (rules: string) => {
      writeFileSync(join(cwd, 'wayout.yaml'), config(rules))
      const { findings, rules: verdicts } = JSON.parse((await run(cwd, 'lint --format json')).out)
      const judged = verdicts.map((one: { entry: string; verdict: string }) => `${one.entry} ${one.verdict}`)
      return [
        findings.map((one: { path: string; severity: string }) => `${one.path} ${one.severity}`),
        judged,
      ]
    }
    const all = ['c.yaml#greeting violated', 'd.yaml#greeting holds', 'drafts/a.yaml#greeting violated']
    expect(await lint('retention-offers-bounded: info')).toEqual([
      ['c.yaml error', 'drafts/a.yaml info'],
      [...all, 'drafts/b.yaml#greeting holds'],
    ])
    expect(await lint('retention-offers-bounded: off')).toEqual([['c.yaml error'], all.slice(0, 2)])
    expect(await lint('retention-offers-bounded: {max: 0}')).toEqual([
      ['c.yaml error', 'drafts/a.yaml error', 'drafts/b.yaml error'],
      [...all, 'drafts/b.yaml#greeting violated'],
    ])
  })

  test('a team has its own rules and acts', async () => {
    const cwd = folderWith({
      'wayout.yaml': [
        'packs: []',
        'acts: {free-towel: {title: handing out a towel, by: company}}',
        'rules:',
        '  - id: no-towels',
        '    title: No towels for those who leave',
        '    why: They never come back.',
        '    story: S0',
        '    severity: error',
        '    check: absence',
        '    of: free-towel',
        '    message: a towel in {step}',
        '    fix: keep the towel',
        '    law: []',
        '    examples: {bad: [], good: []}',
        '',
      ].join('\n'),
      'gym.yaml': good.replace('acts: greeting\n', 'acts: [greeting, free-towel]\n'),
    })
    const ran = await run(cwd, 'lint --format json')
    expect(ran.err).toBe('')
    expect(JSON.parse(ran.out).findings).toMatchObject([{ rule: 'no-towels', path: 'gym.yaml' }])
  })
})

describe('streams', () => {
  const colour = /\u001b\[/

  test('colour on a terminal only, NO_COLOR and FORCE_COLOR respected', async () => {
    const cwd = folderWith({ 'gym.yaml': bad })
    const coloured = async (words: string, more: Partial<Streams>) =>
      colour.test((await run(cwd, words, more)).out)
    expect(await coloured('lint', {})).toBe(false)
    expect(await coloured('lint', { isTTY: true })).toBe(true)
    expect(await coloured('lint --no-color', { isTTY: true })).toBe(false)
    expect(await coloured('lint', { isTTY: true, env: { NO_COLOR: '1' } })).toBe(false)
    expect(await coloured('lint', { isTTY: true, env: { NO_COLOR: '' } })).toBe(true)
    expect(await coloured('lint', { isTTY: true, env: { TERM: 'dumb' } })).toBe(false)
    expect(await coloured('lint', { env: { FORCE_COLOR: '1' } })).toBe(true)
    expect(await coloured('lint', { isTTY: true, env: { FORCE_COLOR: '0' } })).toBe(false)
    expect(await coloured('lint --no-color', { env: { FORCE_COLOR: '1' } })).toBe(false)
  })

  test('a report in a file has no colours, and standard output stays empty', async () => {
    const cwd = folderWith({ 'gym.yaml': bad })
    const ran = await run(cwd, 'lint --format pretty=out/report.txt', { isTTY: true })
    expect(ran).toMatchObject({ code: 1, out: '', err: '' })
    const report = readFileSync(join(cwd, 'out/report.txt'), 'utf8')
    expect(report).toContain('retention-offers-bounded')
    expect(report).not.toMatch(colour)
  })

  test('several reports of one run', async () => {
    const cwd = folderWith({ 'gym.yaml': bad })
    const ran = await run(cwd, 'lint --format pretty --format json=report.json')
    expect(ran.out).toContain('retention-offers-bounded')
    expect(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).summary.playbooks).toBe(1)
  })

  test('"-" is standard input, named by --stdin-path', async () => {
    const stdin = () =>
      (async function* () {
        yield Buffer.from(bad)
      })()
    const cwd = folderWith({})
    const ran = await run(cwd, 'lint - --stdin-path desk/gym.yaml --format json', { stdin: stdin() })
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.out).playbooks[0].path).toBe('desk/gym.yaml')
    expect((await run(cwd, '-', { stdin: stdin() })).code).toBe(1)
  })

  test('--quiet shows errors only', async () => {
    const cwd = folderWith({ 'gym.yaml': bad })
    const warned = ['lint', '--rule', 'retention-offers-bounded=warning']
    expect((await run(cwd, warned)).out).toContain('  retention-offers-bounded\n')
    const quiet = await run(cwd, [...warned, '--quiet'])
    expect(quiet.code).toBe(1)
    expect(quiet.out).toContain('  cancellation-reachable\n')
    expect(quiet.out).not.toContain('  retention-offers-bounded\n')
  })

  test('--stats talks on standard error', async () => {
    const ran = await run(folderWith({ 'gym.yaml': good }), 'lint --format json --stats')
    expect(() => JSON.parse(ran.out)).not.toThrow()
    expect(ran.err).toMatch(/^files 1 .*\nplaybooks 1, steps 3, transitions 3\n/)
    for (const stage of [
      'configuration',
      'find and read files',
      'read',
      'link',
      'recognise',
      'check',
      'report',
    ]) {
      expect(ran.err).toMatch(new RegExp(`^${stage} +\\d+\\.\\d ms$`, 'm'))
    }
  })

  test('control characters in names do not reach the terminal', async () => {
    const ran = await run(folderWith({}), ['lint', 'x\u001b[2Jy.md'])
    expect(ran.code).toBe(3)
    expect(ran.err).not.toMatch(/\u001b/)
  })
})

test('a thousand playbooks: one is bad, one cannot be read, the others are fine; any order of arguments gives the same', async () => {
  const files: Record<string, string | Uint8Array> = {}
  for (let i = 0; i < 1000; i++)
    files[`desk-${i % 10}/gym-${i}.yaml`] = good.replace('Leave the gym', `Leave gym ${i}`)
  files['desk-3/gym-33.yaml'] = bad
  files['desk-7/latin.md'] = Buffer.from('# K\xfcndigung', 'latin1')
  const cwd = folderWith(files)
  const folders = Array.from({ length: 10 }, (_, i) => `desk-${i}`)
  const ran = await run(cwd, ['lint', ...folders, '--format', 'json'])
  expect(ran.code).toBe(3)
  const { playbooks, findings } = JSON.parse(ran.out)
  expect(playbooks).toHaveLength(1000)
  expect(
    new Set(
      findings
        .filter((one: { severity: string }) => one.severity === 'error')
        .map((one: { path: string }) => one.path),
    ),
  ).toEqual(new Set(['desk-3/gym-33.yaml']))
  expect(await run(cwd, ['lint', ...folders.toReversed(), '--format', 'json'])).toEqual(ran)
})

describe('help', () => {
  const texts = async () => {
    const asked = ['--help', ...COMMANDS.map(({ name }) => `${name} --help`)]
    return Promise.all(asked.map(async words => (await run('/', words)).out))
  }

  test('the overview', async () => {
    const ran = await run('/', '--help')
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).toMatchInlineSnapshot(`
      "wayout checks customer-support playbooks: can a customer who asks to cancel
      really get out? Every finding shows the path that proves it.

      Usage:
        wayout [paths…]                check playbooks (short for "wayout lint")
        wayout <command> [options]

      Commands:
        lint [paths…]          check playbooks; every finding shows the path that
                               proves it
        grade [paths…]         can a customer force the way out, and in how many turns
        steps [paths…]         how wayout read them: steps, acts, who decides, what is
                               unread
        graph [paths…]         the playbooks as a picture: SVG, a page, Mermaid,
                               Graphviz
        rules                  all rules, and how strict each is here
        explain <rule>         one rule: why, law, parameters, a bad and a good
                               example
        test [files…]          run the examples of your own rules
        annotate [paths…]      write what was recognised into the playbooks, as
                               declarations
        suppressions [paths…]  the register of suppressions: what is hidden, why, by
                               whom, until when
        baseline [paths…]      write the findings of today into a file, so that only
                               new ones fail
        merge <reports…>       join the reports of the parts of a run ("lint --shard")
                               into one
        init                   begin here: a configuration, an example, a job for pull
                               requests
        completion <shell>     completion of commands and options for bash, zsh or
                               fish

      Options:
        -h, --help     show this help
        -V, --version  show the version
        The options of a command: wayout <command> --help

      Examples:
        $ wayout playbooks/                 check a folder
        $ wayout steps cancel.md            see how a playbook was read
        $ wayout explain no-retention-loop  what a rule wants, and why

      Exit codes:
        0  everything was read, nothing at or above the level that fails
        1  findings at or above that level (--fail-on, by default error)
        2  wrong usage or configuration
        3  nothing to lint, or something that could not be read
        4  a fault of wayout itself
      "
    `)
    for (const words of ['-h', 'help', 'help nonsense']) expect((await run('/', words)).out).toBe(ran.out)
  })

  test('of a command, however it is asked for', async () => {
    const ran = await run('/', 'lint --help')
    expect(ran.out).toMatch(/^Usage: wayout lint \[paths…\] \[options\]\n/)
    for (const format of Object.keys(reporters)) expect(ran.out).toContain(format)
    for (const words of ['help lint', '--help lint', 'lint -h x.md --config y'])
      expect((await run('/', words)).out).toBe(ran.out)
  })

  test('fits into 80 columns and names every option and nothing else', async () => {
    for (const text of await texts())
      for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    for (const { name, options } of COMMANDS) {
      const { out } = await run('/', `${name} --help`)
      expect([...out.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(match => match[1])).toEqual(
        options.map(option => option.flag),
      )
    }
  })

  test('--version is that of package.json', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
    for (const words of ['--version', '-V', 'lint --version']) {
      expect(await run('/', words)).toEqual({ code: 0, out: `${version}\n`, err: '' })
    }
  })
})

describe('links of the own site', () => {
  const page =
    '# Leave\n\nWhen a member wants to cancel:\n\n1. Ask for the card.\n2. Follow the [closing workflow](/help/close.html).\n'
  const close = '# Close\n\n1. Cancel the membership.\n2. Confirm it by mail.\n'
  const json = async (folder: string) => (await run(folder, 'lint pages/desk --format json')).out

  test('are followed to the folder that "roots" names, seen from the configuration', async () => {
    const files = { 'team/pages/desk/a.md': page, 'team/pages/close.html.md': close }
    const folder = folderWith({ ...files, 'team/wayout.yaml': 'roots: {/help/: pages/}\n' })
    expect(await json(join(folder, 'team'))).toContain('"pages/close.html.md"')
    const bare = folderWith({ ...files, 'team/wayout.yaml': 'root: .\n' })
    expect(await json(join(bare, 'team'))).not.toMatch(/close\.html|links-resolve","severity/)
  })

  test('never lead out of the project', async () => {
    const folder = folderWith({
      'team/pages/desk/a.md': page.replace('/help/', '/help/../../secret/'),
      'secret/close.html.md': close,
      'team/wayout.yaml': 'roots: {/help/: pages/}\n',
    })
    const out = await json(join(folder, 'team'))
    expect(out).not.toContain('Confirm it by mail')
    expect(out).toContain('does not exist')
  })

  test('need a folder inside the project', async () => {
    const folder = folderWith({ 'pages/desk/a.md': page, 'wayout.yaml': 'roots: {/help/: .., /x/: nope/}\n' })
    const { code, err } = await run(folder, 'lint')
    expect(code).toBe(2)
    expect(err).toContain('the folder ".." for "/help/" lies outside of "."')
    expect(err).toContain('the folder "nope/" for "/x/" does not exist')
  })
})
