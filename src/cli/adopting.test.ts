// docs/adopting.md, run: each command of the page in a new repository, with what the page says it prints; and the files for CI.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CI_FILES } from './init-files.ts'
import { version } from './version.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')
const PAGE = read('docs/adopting.md')

/** The blocks of the page: commands with what they print, and files by the name behind the language. */
type Block = { language: string; name: string; text: string }
const BLOCKS: Block[] = [...PAGE.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(match => ({
  language: match[1]!,
  name: match[2] ?? '',
  text: match[3]!,
}))

let folder = ''
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'wayout-adopting-')))
  mkdirSync(join(folder, 'bin'))
  mkdirSync(join(folder, 'repository'))
  // The released package is this one, as it is built.
  writeFileSync(
    join(folder, 'bin/npx'),
    `#!/bin/sh\n[ "$1" != --no ] || shift 2; [ "$1" = wayout ] || exit 9\nshift\nexec "${process.execPath}" "${ROOT}bin/wayout.js" "$@"\n`,
  )
  chmodSync(join(folder, 'bin/npx'), 0o755)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The commands of a block, each with the lines below it. */
function commandsOf(text: string): { command: string; printed: string[] }[] {
  return text
    .split(/^\$ /m)
    .filter(part => part !== '')
    .map(part => {
      const [command, ...printed] = part.replace(/\n$/, '').split('\n')
      return { command: command!, printed }
    })
}

/** What the page shows as a pattern: a line `…` is any lines, `…` at the end of a line any rest of it. */
function pattern(printed: readonly string[]): RegExp {
  const lines = printed.map(line => {
    if (line === '…') return '(?:.*\\n)*?'
    const escaped = line.replace(/…$/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return `${escaped}${line.endsWith('…') ? '.*' : ''}\\n`
  })
  return new RegExp(`^${lines.join('')}$`)
}

test('the page has commands and files', () => {
  expect(BLOCKS.filter(({ language }) => language === 'console').length).toBeGreaterThan(4)
})

test.skipIf(process.platform === 'win32')('every command prints what the page says', () => {
  const cwd = join(folder, 'repository')
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, HOME: folder }
  let status = 0
  for (const { language, name, text } of BLOCKS) {
    if (name !== '') writeFileSync(join(cwd, name), text)
    if (language !== 'console') continue
    for (const { command, printed } of commandsOf(text)) {
      const ran = spawnSync('bash', ['--norc', '-c', `exec 2>&1; (exit ${status}); ${command}`], {
        cwd,
        env,
        encoding: 'utf8',
      })
      status = ran.status ?? 99
      expect(ran.stdout, command).toMatch(pattern(printed))
    }
  }
  expect(existsSync(join(cwd, 'wayout.html'))).toBe(true)
})

describe('the files for CI', () => {
  test('docs/gitlab-ci.yml is what init writes', () => {
    expect(read('docs/gitlab-ci.yml')).toBe(CI_FILES.gitlab(() => false)[1])
  })

  test('the action: inputs reach the program as they are, never as code', () => {
    const action = parse(read('action.yml'))
    const [build, lint] = action.runs.steps
    for (const { run } of [build, lint]) expect(run).not.toContain('${{')
    expect(Object.keys(lint.env)).toHaveLength(Object.keys(action.inputs).length - 1)

    const cwd = join(folder, 'action')
    mkdirSync(join(cwd, 'bin'), { recursive: true })
    writeFileSync(join(cwd, 'bin/wayout.js'), 'console.log(JSON.stringify(process.argv.slice(2)))')
    const hostile = '$(touch owned) `touch owned`; touch owned #'
    const given = {
      WAYOUT_PATHS: `a b\n\n${hostile}\n`,
      WAYOUT_FAIL_ON: hostile,
      WAYOUT_HTML: 'out file.html',
    }
    const empty = Object.fromEntries(Object.keys(lint.env).map(name => [name, '']))
    const env = { ...empty, ...given, PATH: process.env['PATH'], GITHUB_ACTION_PATH: cwd }
    const ran = execFileSync('bash', ['--norc', '-euo', 'pipefail', '-c', lint.run], {
      cwd,
      env,
      encoding: 'utf8',
    })
    expect(JSON.parse(ran)).toEqual([
      ...[
        'lint',
        '--format',
        'github',
        '--fail-on',
        hostile,
        '--format',
        'html=out file.html',
        '--',
        'a b',
        hostile,
      ],
    ])
    expect(existsSync(join(cwd, 'owned'))).toBe(false)
  })

  test('the hook names a program there is', () => {
    const [hook] = parse(read('.pre-commit-hooks.yaml'))
    expect(hook).toMatchObject({ id: 'wayout', language: 'node', pass_filenames: false })
    expect(JSON.parse(read('package.json')).bin).toHaveProperty(hook.entry.split(' ')[0])
  })

  test('the image: what is copied is there, and the program runs from there through a link', () => {
    const copied = [...read('Dockerfile').matchAll(/--from=build (.*) \S+$/gm)].flatMap(match =>
      match[1]!.split(' '),
    )
    for (const path of copied) expect(existsSync(join(ROOT, path.replace('/wayout/', ''))), path).toBe(true)
    symlinkSync(join(ROOT, 'bin/wayout.js'), join(folder, 'bin/wayout'))
    const ran = spawnSync(join(folder, 'bin/wayout'), ['--version'], { encoding: 'utf8' })
    expect(ran.stdout).toBe(`${version()}\n`)
  })
})
