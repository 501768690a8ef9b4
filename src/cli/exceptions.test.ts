// Exceptions on record through the command line: suppressions, their register, and the baseline.
import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { main } from './main.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function folderWith(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wayout-exceptions-')))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) write(folder, path, content)
  return folder
}

function write(folder: string, path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

async function run(cwd: string, words: string, today = '2026-11-22') {
  const ran = { code: 0, out: '', err: '' }
  ran.code = await main(words.split(' '), {
    stdin: (async function* () {})(),
    stdout: { write: text => (ran.out += text) },
    stderr: { write: text => (ran.err += text) },
    env: {},
    cwd,
    today,
  })
  return ran
}

type Json = {
  findings: {
    rule: string
    path: string
    message: string
    step: string | null
    range: { start: { line: number } }
  }[]
  suppressed: {
    reason: string
    scope: string
    owner: string | null
    finding: { rule: string; step: string }
  }[]
  baseline: { findings: { rule: string; step: string }[]; stale: number } | null
  summary: Record<string, number>
}

/** What a run with `--format json` says, with rules but those under test off. */
async function json(cwd: string, words: string, today?: string): Promise<Json & { code: number }> {
  const { code, out, err } = await run(cwd, `${words} --format json`, today)
  expect(err).toBe('')
  return { ...JSON.parse(out), code }
}

const CONFIG = 'packs: []\nrules: {hold-bounded: error, no-blame: error, suppressions-valid: warning}\n'

/** A gym with two holds without a limit; `{…}` marks are replaced by suppressions. */
const gym = (marks: Partial<Record<'head' | 'queue' | 'choice' | 'desk', string>> = {}) =>
  [
    ...(marks.head ? [`# ${marks.head}`] : []),
    'playbook: Leaving Ironworks Gym',
    'channel: phone',
    'steps:',
    ...(marks.queue ? [`  # ${marks.queue}`] : []),
    '  queue:',
    '    say: Ironworks Gym, please hold the line.',
    '    acts: [{hold: {max: 20 min}}]',
    '    next:',
    ...(marks.choice ? [`      # ${marks.choice}`] : []),
    '      - customer: wants to leave',
    '        go: desk',
    '      - otherwise: anything else',
    '        end: handed-off',
    ...(marks.desk ? [`  # ${marks.desk}`] : []),
    '  desk:',
    '    say: One moment, I put you on hold.',
    '    acts: [{hold: {max: 20 min}}]',
    '    end: handed-off',
    '',
  ].join('\n')

const paper = (item: string, mark = '') =>
  `# Stopping the Valley Courier\n\nWhen a subscriber wants to cancel:\n\n1. Say hello.\n${mark}2. ${item}\n3. Cancel the subscription.\n`

const holds = ({ findings }: Json) => findings.filter(one => one.rule === 'hold-bounded').map(one => one.step)
const about = ({ findings }: Json) =>
  findings
    .filter(one => one.rule === 'suppressions-valid')
    .map(one => `${one.path}:${one.range.start.line} ${one.message}`)

const NEXT = 'wayout-disable-next-step hold-bounded -- the queue is that of the chain'

describe('a suppression', () => {
  test('hides what is found in the next step, and says so', async () => {
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'gym.yaml': gym({ queue: `${NEXT} owner Jo Reyes` }) })
    const result = await json(cwd, 'lint gym.yaml')
    expect(holds(result)).toEqual(['desk'])
    expect(about(result)).toEqual([])
    expect(result.suppressed).toMatchObject([
      {
        reason: 'the queue is that of the chain',
        scope: 'next-step',
        owner: 'Jo Reyes',
        finding: { step: 'queue' },
      },
    ])
    expect(result.summary).toMatchObject({ errors: 1, suppressed: 1 })
    const both = gym({ queue: NEXT, desk: NEXT })
    write(cwd, 'gym.yaml', both)
    expect((await run(cwd, 'lint gym.yaml')).code).toBe(0)
  })

  test('holds for a step of a list in prose, and one of its lines', async () => {
    const hold = 'Put them on hold for 20 minutes.'
    const mark = '<!-- wayout-disable-next-step hold-bounded -- the carrier is slow -->\n'
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'paper.md': paper(hold) })
    expect(holds(await json(cwd, 'lint paper.md'))).toHaveLength(1)
    write(cwd, 'paper.md', paper(hold, mark))
    const result = await json(cwd, 'lint paper.md')
    expect(result.findings).toEqual([])
    expect(result.suppressed).toHaveLength(1)
  })

  test('for the file stands at its head', async () => {
    const mark = 'wayout-disable-file hold-bounded -- old page'
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'gym.yaml': gym({ head: mark }) })
    const result = await json(cwd, 'lint gym.yaml')
    expect(result.findings).toEqual([])
    expect(result.suppressed.map(one => [one.scope, one.finding.step])).toEqual([
      ['file', 'queue'],
      ['file', 'desk'],
    ])
    write(cwd, 'gym.yaml', gym({ desk: mark }))
    const late = await json(cwd, 'lint gym.yaml')
    expect(holds(late)).toEqual(['queue', 'desk'])
    expect(about(late)).toEqual([
      'gym.yaml:12 a suppression for the file stands at its head, before the first step',
    ])
  })

  test.each([
    [
      'without a reason',
      'wayout-disable-next-step hold-bounded',
      'the suppression gives no reason; write it behind the rules, after "--"',
    ],
    [
      'of an unknown rule',
      NEXT.replace('bounded', 'bonded'),
      'unknown rule "hold-bonded" in a suppression; did you mean "hold-bounded"?',
    ],
    [
      'that has expired',
      `${NEXT} until 2026-11-21`,
      'the suppression of "hold-bounded" has expired, it held until 2026-11-21',
    ],
    [
      'with a date that is none',
      `${NEXT} until 31.12.2026`,
      '"until 31.12.2026" is no date; expected "until YYYY-MM-DD"',
    ],
    [
      'of what nobody may suppress',
      'wayout-disable-next-step syntax -- well meant',
      '"syntax" cannot be suppressed',
    ],
    [
      'that is misspelt',
      NEXT.replace('next-step', 'nextstep'),
      'unknown suppression "wayout-disable-nextstep"; did you mean "wayout-disable-next-step"?',
    ],
  ])('%s is a finding and hides nothing', async (_, mark, message) => {
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'gym.yaml': gym({ queue: mark }) })
    const result = await json(cwd, 'lint gym.yaml')
    expect(about(result)).toEqual([`gym.yaml:4 ${message}`])
    expect(holds(result)).toEqual(['queue', 'desk'])
    expect(result.suppressed).toEqual([])
  })

  test('holds on its last day', async () => {
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'gym.yaml': gym({ queue: `${NEXT} until 2026-11-22` }) })
    expect(holds(await json(cwd, 'lint gym.yaml', '2026-11-22'))).toEqual(['desk'])
    expect(holds(await json(cwd, 'lint gym.yaml', '2026-11-23'))).toEqual(['queue', 'desk'])
  })

  test('that hides nothing is a finding; of a rule that is off, nobody can know', async () => {
    const mark = NEXT.replace('hold-bounded', 'no-blame')
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'gym.yaml': gym({ queue: mark }) })
    expect(about(await json(cwd, 'lint gym.yaml'))).toEqual([
      'gym.yaml:4 the suppression of "no-blame" hides nothing: the rule finds nothing in "queue"',
    ])
    expect(about(await json(cwd, 'lint gym.yaml --rule no-blame=off'))).toEqual([])
  })

  test('is settled once where rules differ by file', async () => {
    const config = `${CONFIG}overrides:\n  - files: ivr/\n    rules: {hold-bounded: {max: 1 min}}\n`
    const cwd = folderWith({
      'wayout.yaml': config,
      'gym.yaml': gym({ queue: NEXT }),
      'ivr/gym.yaml': gym({ desk: NEXT }),
    })
    const result = await json(cwd, 'lint .')
    expect(about(result)).toEqual([])
    expect(result.suppressed).toHaveLength(2)
    expect(holds(result)).toEqual(['desk', 'queue'])
  })
})

describe('the configuration', () => {
  const suppression = (files: string, more = '') =>
    `${CONFIG}suppressions:\n  - files: ${files}\n    rules: hold-bounded\n    reason: replaced in spring\n${more}`

  test('suppresses by pattern', async () => {
    const cwd = folderWith({ 'wayout.yaml': suppression('old/'), 'old/gym.yaml': gym(), 'gym.yaml': gym() })
    const result = await json(cwd, 'lint .')
    expect(result.suppressed.map(one => one.scope)).toEqual(['files', 'files'])
    expect(result.findings.map(one => one.path)).toEqual(['gym.yaml', 'gym.yaml'])
    expect((await run(cwd, 'lint old')).code).toBe(0)
  })

  test('tells a suppression that has expired or hides nothing, but only if all its files were looked at', async () => {
    const config = suppression('old/', '    until: 2026-01-01\n').replace('old/\n', 'old/\n')
    const cwd = folderWith({
      'wayout.yaml': config,
      'old/gym.yaml': gym(),
      'gym.yaml': gym({ head: NEXT.replace('next-step', 'file') }),
    })
    expect(about(await json(cwd, 'lint .'))).toEqual([
      'wayout.yaml:4 the suppression of "hold-bounded" has expired, it held until 2026-01-01',
    ])
    write(cwd, 'wayout.yaml', suppression('/new/'))
    expect(about(await json(cwd, 'lint .'))).toEqual([
      'wayout.yaml:4 the suppression of "hold-bounded" hides nothing: the rule finds nothing in these files',
    ])
    expect(about(await json(cwd, 'lint gym.yaml'))).toEqual([])
  })

  test('names rules that nothing may suppress', async () => {
    const cwd = folderWith({
      'wayout.yaml': `extends: ./house.yaml\n${suppression('old/')}`,
      'house.yaml': 'unsuppressable: hold-bounded\n',
      'old/gym.yaml': gym({ queue: NEXT }),
    })
    const result = await json(cwd, 'lint .')
    expect(result.suppressed).toEqual([])
    expect(about(result)).toEqual([
      'old/gym.yaml:4 "hold-bounded" cannot be suppressed: it falls under "unsuppressable" of the configuration',
      'wayout.yaml:5 "hold-bounded" cannot be suppressed: it falls under "unsuppressable" of the configuration',
    ])
    const { out, err } = await run(cwd, 'baseline')
    expect(out).toBe('.wayout-baseline: 0 findings, 0 of them new, 0 gone\n')
    expect(err).toContain('2 findings left out: the rule may not be suppressed\n')
  })

  test('lets nobody suppress what says the same of a rule that it protects', async () => {
    const mark = 'wayout-disable-file cancellation-reachable -- they may write'
    const text = gym({ head: mark }).replace('wants to leave', 'wants to cancel')
    const cwd = folderWith({
      'wayout.yaml': 'packs: []\nrules: {cancellation-reachable: error, cancellation-forceable: error}\n',
      'gym.yaml': text.replace('        go: desk', '        acts: cancel-request\n        go: desk'),
    })
    const rules = (result: Json) => result.findings.map(one => one.rule)
    expect(rules(await json(cwd, 'lint'))).toEqual([])
    write(
      cwd,
      'wayout.yaml',
      `${readFileSync(join(cwd, 'wayout.yaml'), 'utf8')}unsuppressable: cancellation-forceable\n`,
    )
    expect(rules(await json(cwd, 'lint'))).toEqual(['cancellation-reachable'])
  })

  test('with rules that do not exist is wrong', async () => {
    const text = `${suppression('old/')}unsuppressable: [no-blam]\n`.replace(
      'rules: hold-bounded',
      'rules: hold-bonded',
    )
    const cwd = folderWith({ 'wayout.yaml': text, 'gym.yaml': gym() })
    expect(await run(cwd, 'lint')).toEqual({
      code: 2,
      out: '',
      err: 'wayout.yaml:5:12: unknown rule "hold-bonded"; did you mean "hold-bounded"?\nwayout.yaml:7:18: unknown rule "no-blam"; did you mean "no-blame"?\n',
    })
  })
})

describe('wayout suppressions', () => {
  test('prints the register', async () => {
    const cwd = folderWith({
      'wayout.yaml': CONFIG,
      'gym.yaml': gym({
        queue: `${NEXT} until 2027-03-31 owner Jo Reyes ticket GYM-12`,
        desk: 'wayout-disable-next-step hold-bounded',
      }),
    })
    const { code, out } = await run(cwd, 'suppressions gym.yaml')
    expect(code).toBe(0)
    expect(out).toMatchInlineSnapshot(`
      "hold-bounded  active
      at       gym.yaml:4
      for      the step "queue"
      reason   the queue is that of the chain
      owner    Jo Reyes
      ticket   GYM-12
      until    2027-03-31
      hides    gym.yaml:5 the customer is put on hold without a limit of at most 5
               min, in "queue"

      a suppression  malformed
      at       gym.yaml:13
      problem  the suppression gives no reason; write it behind the rules, after "--"

      2 suppressions in 1 file: 1 active, 1 malformed
      "
    `)
    const { suppressions } = JSON.parse((await run(cwd, 'suppressions --format json')).out)
    expect(suppressions).toMatchObject([
      {
        rule: 'hold-bounded',
        state: 'active',
        owner: 'Jo Reyes',
        ticket: 'GYM-12',
        until: '2027-03-31',
        hides: [{ step: 'queue' }],
      },
      { rule: '', state: 'malformed', hides: [] },
    ])
    expect((await run(cwd, 'suppressions --format csv')).out.split('\n')[1]).toMatch(
      /^hold-bounded,active,gym\.yaml,4,next-step,queue,/,
    )
    expect((await run(cwd, 'suppressions --format xml')).code).toBe(2)
  })

  test('says where there is nothing to look through', async () => {
    const { code, err } = await run(folderWith({}), 'suppressions')
    expect(code).toBe(3)
    expect(err).toContain('nothing to look through in this folder')
  })
})

describe('wayout baseline', () => {
  const lines = (cwd: string, file = '.wayout-baseline') =>
    readFileSync(join(cwd, file), 'utf8')
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => line.split('\t').slice(0, 3).join(' '))

  test('makes known findings pass, and new ones fail', async () => {
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'gym.yaml': gym({ desk: NEXT }) })
    const { code, out, err } = await run(cwd, 'baseline')
    expect([code, out]).toEqual([0, '.wayout-baseline: 1 finding, 1 of them new, 0 gone\n'])
    expect(err).toBe(
      'use it with "wayout lint --baseline .wayout-baseline", or "baseline: .wayout-baseline" in wayout.yaml\n',
    )
    expect(lines(cwd)).toEqual(['hold-bounded gym.yaml queue'])
    expect((await run(cwd, 'lint')).code).toBe(1)
    const known = await json(cwd, 'lint --baseline .wayout-baseline')
    expect(known.code).toBe(0)
    expect(known.baseline?.findings.map(one => one.step)).toEqual(['queue'])
    write(cwd, 'gym.yaml', `\n\n${gym()}`)
    const result = await json(cwd, 'lint --baseline .wayout-baseline')
    expect([result.code, holds(result), result.summary['baselined']]).toEqual([1, ['desk'], 1])
  })

  test('never hides a new finding behind one that is repaired, and tells the stale line', async () => {
    const hold = 'Put them on hold for 20 minutes.'
    const cwd = folderWith({
      'wayout.yaml': `${CONFIG.replace('valid: warning', 'valid: info')}baseline: .wayout-baseline\nfail-on: warning\n`,
      'paper.md': paper(hold),
    })
    expect((await run(cwd, 'baseline')).err).toBe('')
    expect((await run(cwd, 'lint')).code).toBe(0)
    write(cwd, 'paper.md', paper('Put the caller on hold for an hour and a half.'))
    const result = await json(cwd, 'lint')
    expect([result.code, holds(result).length]).toEqual([1, 1])
    expect(result.baseline).toMatchObject({ findings: [], stale: 1 })
    expect(about(result)[0]).toMatch(
      /^\.wayout-baseline:3 the baseline knows of a finding of "hold-bounded" in step ".*" of "paper\.md" that is no longer there$/,
    )
  })

  test('keeps what was not looked at, what people wrote, and drops what is gone', async () => {
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'a/gym.yaml': gym(), 'b/gym.yaml': gym() })
    await run(cwd, 'baseline')
    expect(lines(cwd)).toHaveLength(4)
    const file = join(cwd, '.wayout-baseline')
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('hold-bounded\tb', '# Jo looks at this\nhold-bounded\tb'),
    )
    write(cwd, 'a/gym.yaml', gym({ desk: NEXT }))
    expect((await json(cwd, 'lint b --baseline .wayout-baseline')).findings).toEqual([])
    expect((await run(cwd, 'baseline a')).out).toBe('.wayout-baseline: 3 findings, 0 of them new, 1 gone\n')
    expect(lines(cwd)).toEqual([
      'hold-bounded a/gym.yaml queue',
      'hold-bounded b/gym.yaml desk',
      'hold-bounded b/gym.yaml queue',
    ])
    expect(readFileSync(file, 'utf8')).toContain('# Jo looks at this\nhold-bounded\tb')
    rmSync(join(cwd, 'b'), { recursive: true })
    expect(about(await json(cwd, 'lint . --baseline .wayout-baseline'))).toHaveLength(2)
  })

  test('--prune adds nothing', async () => {
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'gym.yaml': gym({ desk: NEXT }) })
    await run(cwd, 'baseline')
    write(cwd, 'gym.yaml', gym({ queue: NEXT }))
    expect((await run(cwd, 'baseline --prune')).out).toBe(
      '.wayout-baseline: 0 findings, 1 new ones left out, 1 gone\n',
    )
    expect(lines(cwd)).toEqual([])
  })

  test('holds from whatever folder it is used in', async () => {
    const cwd = folderWith({ 'wayout.yaml': `${CONFIG}baseline: known/list\n`, 'a/b/gym.yaml': gym() })
    mkdirSync(join(cwd, 'known'))
    await run(cwd, 'baseline')
    expect(lines(cwd, 'known/list')).toEqual([
      'hold-bounded ../a/b/gym.yaml desk',
      'hold-bounded ../a/b/gym.yaml queue',
    ])
    expect((await run(cwd, 'lint')).code).toBe(0)
    expect((await json(join(cwd, 'a'), 'lint b')).findings).toEqual([])
    expect((await run(join(cwd, 'a/b'), 'baseline')).out).toContain('2 findings, 0 of them new, 0 gone')
  })

  test('is written as a whole, through a link, and leaves nothing beside', async () => {
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'gym.yaml': gym(), 'real/list': '' })
    symlinkSync('real/list', join(cwd, '.wayout-baseline'))
    await run(cwd, 'baseline')
    expect(lines(cwd, 'real/list')).toHaveLength(2)
    expect(readdirSync(join(cwd, 'real'))).toEqual(['list'])
    const bytes = readFileSync(join(cwd, 'real/list'))
    await run(cwd, 'baseline')
    expect(readFileSync(join(cwd, 'real/list'))).toEqual(bytes)
    const { code, err } = await run(cwd, 'baseline --baseline nowhere/list')
    expect([code, err]).toEqual([2, 'cannot write "nowhere/list": no such file or folder\n'])
  })

  test('that is missing or no baseline is told', async () => {
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'gym.yaml': gym(), list: 'all of it\n' })
    expect(await run(cwd, 'lint --baseline lst')).toMatchObject({
      code: 2,
      err: 'baseline "lst": no such file; "wayout baseline" writes it\n',
    })
    expect(await run(cwd, 'lint --baseline list')).toMatchObject({
      code: 2,
      err: 'list:1: no line of a baseline; expected rule, playbook, step and shape with tabs between them\n',
    })
  })

  test('of two branches merges without a conflict', async () => {
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'a.yaml': gym({ desk: NEXT }) })
    const written = async (files: Record<string, string>) => {
      for (const [path, text] of Object.entries(files)) write(cwd, path, text)
      await run(cwd, 'baseline')
      const text = readFileSync(join(cwd, '.wayout-baseline'), 'utf8')
      for (const path of Object.keys(files)) rmSync(join(cwd, path))
      return text
    }
    const base = await written({})
    write(cwd, 'base', base)
    write(cwd, 'ours', await written({ 'b.yaml': gym() }))
    write(cwd, '.wayout-baseline', base)
    write(cwd, 'theirs', await written({ 'c.yaml': gym() }))
    execFileSync('git', ['merge-file', '--union', 'ours', 'base', 'theirs'], { cwd })
    for (const path of ['b.yaml', 'c.yaml']) write(cwd, path, gym())
    const merged = await json(cwd, 'lint --baseline ours')
    expect([merged.findings, merged.summary['baselined']]).toEqual([[], 5])
  })

  test('marks SARIF, new and known', async () => {
    const cwd = folderWith({ 'wayout.yaml': CONFIG, 'gym.yaml': gym({ desk: NEXT }) })
    await run(cwd, 'baseline')
    write(cwd, 'gym.yaml', gym())
    const { out } = await run(cwd, 'lint --baseline .wayout-baseline --format sarif')
    const { results } = JSON.parse(out).runs[0]
    expect(results.map((one: { baselineState: string }) => one.baselineState)).toEqual(['new', 'unchanged'])
  })
})
