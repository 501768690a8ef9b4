// `wayout lint --fix` on files: what is written, what is told, which code; and `wayout annotate --write` on the same.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, describe, expect, test } from 'vitest'
import { main } from './main.ts'
import type { Streams } from './streams.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function folderWith(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wayout-fix-')))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

type Ran = { code: number; out: string; err: string }

async function run(cwd: string, words: string, more: Partial<Streams> = {}): Promise<Ran> {
  const ran = { code: 0, out: '', err: '' }
  const streams: Streams = {
    stdin: (async function* () {})(),
    stdout: { write: text => (ran.out += text) },
    stderr: { write: text => (ran.err += text) },
    env: {},
    cwd,
    ...more,
  }
  ran.code = await main(words.split(' '), streams)
  return ran
}

const read = (...path: string[]) => readFileSync(join(...path), 'utf8')

/** Only what is about to be repaired is looked for. */
const config = 'packs: []\nrules:\n  links-resolve: error\n  ends-declared: error\n'

const gym = (target: string, ending = 'cancelled') => `# How members leave
playbook: Leave the gym
channel: phone
steps:
  hello:
    say: Iron Hall, how can I help?
    next:
      - customer: I want to cancel my membership
        go: ${target} # the way out
      - otherwise: anything else
        go: hello
  done:
    say: Good bye.
    end: ${ending}
`

describe('wayout lint --fix', () => {
  test('repairs, says so, and a second time has nothing to do', async () => {
    const cwd = folderWith({ 'wayout.yaml': config, 'gym.yaml': gym('doen', 'canceled') })
    const before = await run(cwd, 'lint')
    expect(before.code).toBe(1)
    expect(before.out).toContain('--fix    would write "cancelled" for "canceled"')
    expect(before.out).toContain('fixable with --fix')
    const first = await run(cwd, 'lint --fix')
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toContain('fixed    gym.yaml:9: write "done" for "doen"')
    expect(first.out).toContain('fixed    gym.yaml:14: write "cancelled" for "canceled"')
    expect(read(cwd, 'gym.yaml')).toBe(gym('done', 'cancelled'))
    expect(readdirSync(cwd).sort()).toEqual(['gym.yaml', 'wayout.yaml'])
    const second = await run(cwd, 'lint --fix')
    expect(second.code).toBe(0)
    expect(second.out).not.toContain('fixed')
    expect(read(cwd, 'gym.yaml')).toBe(gym('done', 'cancelled'))
  })

  test('exits by what is left, and says that it is for people', async () => {
    const cwd = folderWith({ 'wayout.yaml': config, 'gym.yaml': gym('out', 'canceled') })
    const { code, out } = await run(cwd, 'lint --fix')
    expect(code).toBe(1)
    expect(out).toContain('fixed    gym.yaml:14')
    expect(out).toContain('left     1 finding: nothing that is safe to do without a person')
    expect(out).toContain('step "out" does not exist')
    expect(read(cwd, 'gym.yaml')).toBe(gym('out', 'cancelled'))
  })

  test('keeps the byte order mark, the ends of lines and the rights', async () => {
    const cwd = folderWith({ 'wayout.yaml': config })
    const text = `\ufeff${gym('doen')}`.replaceAll('\n', '\r\n')
    writeFileSync(join(cwd, 'gym.yaml'), text, { mode: 0o640 })
    expect((await run(cwd, 'lint --fix gym.yaml')).code).toBe(0)
    expect(read(cwd, 'gym.yaml')).toBe(text.replace('doen', 'done'))
    expect(statSync(join(cwd, 'gym.yaml')).mode & 0o777).toBe(0o640)
  })

  test('works from another folder', async () => {
    const cwd = folderWith({ 'wayout.yaml': config, 'desk/gym.yaml': gym('doen'), 'night/notes.txt': '' })
    const { code, out } = await run(join(cwd, 'night'), 'lint --fix ../desk')
    expect(code).toBe(0)
    expect(out).toContain('../desk/gym.yaml:9: write "done" for "doen"')
    expect(read(cwd, 'desk/gym.yaml')).toBe(gym('done'))
  })

  test('leaves alone what may not be written, or was not named, and says why', async () => {
    const outside = folderWith({ 'gym.yaml': gym('doen') })
    const cwd = folderWith({
      'wayout.yaml': config,
      'gym.yaml': gym('desk/cancel.yaml'),
      'fixed.yaml': gym('doen'),
      'desk/cancel.yaml': gym('doen'),
    })
    chmodSync(join(cwd, 'fixed.yaml'), 0o444)
    symlinkSync(join(outside, 'gym.yaml'), join(cwd, 'link.yaml'))
    const { code, out, err } = await run(cwd, 'lint --fix gym.yaml fixed.yaml link.yaml --format json')
    expect(code).toBe(1)
    expect(JSON.parse(out).repaired).toMatchObject({
      done: [],
      left: [
        { path: 'desk/cancel.yaml', reason: expect.stringContaining('only because another leads there') },
        { path: 'fixed.yaml', reason: 'it is read-only' },
        {
          path: 'link.yaml',
          reason: expect.stringContaining('a symbolic link that leads out of the project'),
        },
      ],
    })
    expect(err).toContain('fixed.yaml:9:13: left: write "done" for "doen": it is read-only')
    for (const file of [join(cwd, 'fixed.yaml'), join(cwd, 'desk/cancel.yaml'), join(outside, 'gym.yaml')])
      expect(read(file)).toBe(gym('doen'))
  })

  test('writes through a symbolic link within the project, which stays one', async () => {
    const cwd = folderWith({ 'wayout.yaml': config, 'desk/gym.yaml': gym('doen') })
    symlinkSync('desk/gym.yaml', join(cwd, 'gym.yaml'))
    expect((await run(cwd, 'lint --fix gym.yaml')).code).toBe(0)
    expect(read(cwd, 'desk/gym.yaml')).toBe(gym('done'))
    expect(readdirSync(cwd).sort()).toEqual(['desk', 'gym.yaml', 'wayout.yaml'])
  })

  test('repairs nothing that is suppressed', async () => {
    const text = gym('doen').replace(
      '  hello:',
      '  # wayout-disable-next-step links-resolve -- the step comes with the spring edition\n  hello:',
    )
    const cwd = folderWith({ 'wayout.yaml': config, 'gym.yaml': text })
    expect((await run(cwd, 'lint --fix')).code).toBe(0)
    expect(read(cwd, 'gym.yaml')).toBe(text)
  })

  test('as JSON says what was repaired and what could be', async () => {
    const schema = JSON.parse(readFileSync(new URL('../../schema/lint.schema.json', import.meta.url), 'utf8'))
    const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema)
    const cwd = folderWith({ 'wayout.yaml': config, 'gym.yaml': gym('doen', 'canceled') })
    const before = JSON.parse((await run(cwd, 'lint --format json')).out)
    expect(validate(before) ? [] : validate.errors).toEqual([])
    expect(before.summary.fixable).toBe(2)
    expect(before.findings[0].repair).toEqual({
      description: 'write "done" for "doen"',
      edits: [{ range: { start: { line: 9, column: 13 }, end: { line: 9, column: 17 } }, text: 'done' }],
    })
    const { out, err } = await run(cwd, 'lint --fix --format json')
    const after = JSON.parse(out)
    expect(validate(after) ? [] : validate.errors).toEqual([])
    expect(after.findings).toEqual([])
    expect(after.repaired).toEqual({
      done: [
        {
          rule: 'links-resolve',
          path: 'gym.yaml',
          line: 9,
          column: 13,
          description: 'write "done" for "doen"',
        },
        {
          rule: 'syntax',
          path: 'gym.yaml',
          line: 14,
          column: 10,
          description: 'write "cancelled" for "canceled"',
        },
      ],
      left: [],
    })
    expect(err).toContain('gym.yaml:9:13: fixed: write "done" for "doen"')
  })

  test('as SARIF offers the repair', async () => {
    const cwd = folderWith({ 'wayout.yaml': config, 'gym.yaml': gym('doen') })
    const { results } = JSON.parse((await run(cwd, 'lint --format sarif')).out).runs[0]
    expect(results[0].fixes).toEqual([
      {
        description: { text: 'write "done" for "doen"' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'gym.yaml', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 9, startColumn: 13, endLine: 9, endColumn: 17 },
                insertedContent: { text: 'done' },
              },
            ],
          },
        ],
      },
    ])
  })

  describe('from a pipe', () => {
    const stdin = (text: string) => ({
      stdin: (async function* () {
        yield text
      })(),
    })

    test('gives the repaired text, and the report on standard error', async () => {
      const cwd = folderWith({ 'wayout.yaml': config })
      const { code, out, err } = await run(cwd, 'lint --fix - --stdin-path desk/gym.yaml', stdin(gym('doen')))
      expect([code, out]).toEqual([0, gym('done')])
      expect(err).toContain('fixed    desk/gym.yaml:9: write "done" for "doen"')
      expect(readdirSync(cwd)).toEqual(['wayout.yaml'])
    })

    test('gives the text as it was where nothing can be repaired', async () => {
      const cwd = folderWith({ 'wayout.yaml': config })
      expect(await run(cwd, 'lint --fix -', stdin(gym('out')))).toMatchObject({ code: 1, out: gym('out') })
      expect(await run(cwd, 'lint --fix -', stdin('no: playbook\n'))).toMatchObject({
        code: 3,
        out: 'no: playbook\n',
      })
    })

    test.each([
      ['lint --fix - gym.yaml', 'either standard input ("-") or files'],
      ['lint --fix - --format json', 'give the report a file: --format json=FILE'],
      ['lint --fix --fix-dry-run', 'expected one of them'],
    ])('wayout %s is refused', async (words, told) => {
      const { code, out, err } = await run(folderWith({ 'gym.yaml': gym('done') }), words, stdin(gym('doen')))
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain(told)
    })
  })
})

describe('wayout lint --fix-dry-run', () => {
  test('shows a diff and the findings as they stand, and writes nothing', async () => {
    const cwd = folderWith({ 'wayout.yaml': config, 'gym.yaml': gym('doen', 'canceled') })
    const { code, out, err } = await run(cwd, 'lint --fix-dry-run')
    expect(code).toBe(1)
    expect(out).toMatch(
      /^--- a\/gym.yaml\n\+\+\+ b\/gym.yaml\n@@ -6,9 \+6,9 @@\n(?: .*\n){3}- {8}go: doen # the way out\n\+ {8}go: done # the way out\n(?: .*\n){4}- {4}end: canceled\n\+ {4}end: cancelled\n\n/,
    )
    expect(out).toContain('step "doen" does not exist')
    expect(err).toContain('nothing written; --fix does it')
    expect(read(cwd, 'gym.yaml')).toBe(gym('doen', 'canceled'))
  })

  test('leaves standard output to a machine, and says if there is nothing to do', async () => {
    const cwd = folderWith({ 'wayout.yaml': config, 'gym.yaml': gym('doen') })
    const { out, err } = await run(cwd, 'lint --fix-dry-run --format json')
    expect(JSON.parse(out).findings).toHaveLength(1)
    expect(err).toContain('+        go: done')
    writeFileSync(join(cwd, 'gym.yaml'), gym('done'))
    expect(await run(cwd, 'lint --fix-dry-run')).toMatchObject({
      code: 0,
      err: 'nothing that --fix could repair\n',
    })
  })
})

describe('wayout annotate --write', () => {
  test('keeps the byte order mark and the ends of lines, and leaves what is read-only', async () => {
    const cwd = folderWith({})
    const text = `\ufeff${gym('done')}`.replaceAll('\n', '\r\n')
    for (const name of ['gym.yaml', 'fixed.yaml']) writeFileSync(join(cwd, name), text)
    chmodSync(join(cwd, 'fixed.yaml'), 0o444)
    const { code, out, err } = await run(cwd, 'annotate --write gym.yaml fixed.yaml')
    expect(code).toBe(2)
    expect(err).toContain('fixed.yaml: left as it is: it is read-only')
    expect(out).toContain('gym.yaml:8: cancel-request because of "')
    expect(read(cwd, 'fixed.yaml')).toBe(text)
    const now = read(cwd, 'gym.yaml')
    expect(now).toContain('- acts: cancel-request\r\n        customer: I want')
    expect(now.startsWith('\ufeff#')).toBe(true)
    expect(now.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  test('names what it leaves out', async () => {
    const page =
      '# Leaving\n\nAsk why they want to leave.\n\nIf they take the offer, say thanks. If they still want to cancel, say you understand and\nend the membership.\n'
    const cwd = folderWith({ 'gym.md': page })
    const { code, err } = await run(cwd, 'annotate gym.md')
    expect(code).toBe(0)
    const told = err.split('\n').filter(line => line.includes(': left out: '))
    expect(err).toContain(`gym.md: ${told.length} declaration left out: otherwise `)
    expect(told.length).toBeGreaterThan(0)
    for (const line of told) expect(line).toMatch(/^gym\.md:\d+: left out: [a-z-]+ because of "/)
  })

  test('writes who decides, once', async () => {
    const page =
      '# Leaving\n\n1. Greet the member.\n2. If the member declines the offer, cancel the membership.\n'
    const cwd = folderWith({ 'gym.md': page })
    await run(cwd, 'annotate --write gym.md')
    const once = read(cwd, 'gym.md')
    expect(once).toContain('2. If [customer] the member declines the offer, ')
    await run(cwd, 'annotate --write gym.md')
    expect(read(cwd, 'gym.md')).toBe(once)
  })
})
