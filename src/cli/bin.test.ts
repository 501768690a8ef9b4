// The program as a process: bin/wayout.js with real streams and exit codes, as built by `npm test`.
import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const BIN = fileURLToPath(new URL('../../bin/wayout.js', import.meta.url))
const BUILT = fileURLToPath(new URL('../../dist/bundle/main.js', import.meta.url))

let cwd = ''
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'wayout-bin-')))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const run = (words: string[], input = '') =>
  spawnSync(process.execPath, [BIN, ...words], { cwd, input, encoding: 'utf8' })

const playbook = `playbook: Leave the gym
steps:
  greeting:
    say: Hello
    acts: greeting
    next: nowhere
`

test('the program is built', () => expect(existsSync(BUILT)).toBe(true))

describe('bin/wayout.js', () => {
  test('hands on streams and exit codes', () => {
    expect(run(['--version'])).toMatchObject({ status: 0, stderr: '' })
    expect(run(['lnt'])).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'unknown command "lnt"; did you mean "lint"?\n',
    })
    expect(run(['lint', '-', '--stdin-path', 'gym.yaml'], playbook)).toMatchObject({ status: 1, stderr: '' })
    expect(run(['lint'])).toMatchObject({ status: 3, stdout: '' })
  })

  test('a reader that closes the pipe early is no fault, and changes no exit code', async () => {
    for (let i = 0; i < 300; i++) writeFileSync(join(cwd, `gym-${i}.yaml`), playbook)
    const child = spawn(process.execPath, [BIN, 'lint', '--format', 'json'], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let talk = ''
    child.stderr.on('data', chunk => (talk += chunk))
    child.stdout.once('data', () => child.stdout.destroy())
    const status = await new Promise(done => child.once('close', done))
    expect([status, talk]).toEqual([1, ''])
  })
})

describe('the code kept by the build', () => {
  const bundle = join(BUILT, '..')
  const commands = join(bundle, readdirSync(bundle).find(name => /^dispatch-.*\.cjs$/.test(name)) ?? '')

  test('fits the Node that built it', () => {
    const taken = `import { readFileSync } from 'node:fs'
      import { codeFile, scriptOf } from ${JSON.stringify(new URL('../../bin/cached.js', import.meta.url))}
      const file = ${JSON.stringify(commands)}
      console.log(scriptOf(file, readFileSync(codeFile(file))).cachedDataRejected)`
    const told = spawnSync(process.execPath, ['--input-type=module', '-e', taken], { encoding: 'utf8' })
    expect(told).toMatchObject({ stderr: '', stdout: 'false\n' })
  })

  test('changes nothing where it does not fit or is not there', () => {
    const wanted = run(['lint', '-', '--stdin-path', 'gym.yaml'], playbook)
    expect(wanted.stdout).toContain('nowhere')
    // What V8 is told to do with code is part of what must fit.
    const unfit = spawnSync(process.execPath, ['--no-lazy', BIN, 'lint', '-', '--stdin-path', 'gym.yaml'], {
      cwd,
      input: playbook,
      encoding: 'utf8',
    })
    expect(unfit).toMatchObject({ status: 1, stderr: '', stdout: wanted.stdout })

    const copy = join(cwd, 'copy')
    for (const name of ['bin', 'package.json'])
      cpSync(join(BIN, '../..', name), join(copy, name), { recursive: true })
    cpSync(bundle, join(copy, 'dist/bundle'), { recursive: true, filter: name => !name.endsWith('.code') })
    const without = spawnSync(
      process.execPath,
      [join(copy, 'bin/wayout.js'), 'lint', '-', '--stdin-path', 'gym.yaml'],
      {
        cwd,
        input: playbook,
        encoding: 'utf8',
      },
    )
    expect(without).toMatchObject({ status: 1, stderr: '', stdout: wanted.stdout })
  })
})

describe('--version and --help', () => {
  test.each([['--version'], ['--help'], ['lint', '--help']])(
    'load no parser, no reporter and no package: %s %s',
    (...words) => {
      const trace = join(cwd, 'trace.mjs')
      writeFileSync(
        trace,
        "import { register } from 'node:module'\nregister(new URL('./hook.mjs', import.meta.url))\n",
      )
      writeFileSync(
        join(cwd, 'hook.mjs'),
        "import { writeSync } from 'node:fs'\nexport async function load(url, context, next) { if (url.startsWith('file:')) writeSync(2, url + '\\n'); return next(url, context) }\n",
      )
      const { stderr } = spawnSync(process.execPath, ['--import', trace, BIN, ...words], {
        cwd,
        encoding: 'utf8',
      })
      const loaded = stderr.split('\n').filter(Boolean)
      expect(loaded).toContain(pathToFileURL(BUILT).href)
      expect(loaded.filter(url => url.includes('node_modules'))).toEqual([])
      // Any parser, and the rules, are larger than all of this.
      const size = loaded.reduce((sum, url) => sum + statSync(new URL(url)).size, 0)
      expect(size).toBeLessThan(32_000)
    },
  )
})
