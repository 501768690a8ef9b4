// Real processes: nothing around a run changes its bytes, runs beside each other share a cache, and a killed one harms nobody.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { reporters } from '../report/index.ts'
import { folderWith, GYM, put } from './gym.test-data.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const BIN = join(ROOT, 'bin/wayout.js')

type Ran = { status: number | null; stdout: string; stderr: string }

function run(cwd: string, words: string, env: Record<string, string> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...words.split(' ').filter(Boolean)], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    encoding: 'utf8',
    input: '',
    maxBuffer: 100_000_000,
  })
  return { status, stdout, stderr }
}

const running = (cwd: string, words: string) => {
  const child = spawn(process.execPath, [BIN, ...words.split(' ')], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ran = { status: null as number | null, stdout: '', stderr: '' }
  child.stdout.on('data', text => (ran.stdout += text))
  child.stderr.on('data', text => (ran.stderr += text))
  const ended = new Promise<Ran>(done => child.on('close', status => done({ ...ran, status })))
  return { child, ended }
}

/** The gym, with enough playbooks beside it to be read for a while. */
const MANY = 6
let cwd = ''
let expected: Ran
beforeAll(() => {
  cwd = folderWith(GYM)
  for (let i = 0; i < MANY; i++)
    put(cwd, `more/calls-${i}.yaml`, GYM['calls.yaml']!.replaceAll('front/', '../front/'))
  expected = run(cwd, 'lint --format json')
  expect(expected.status).toBe(3)
  expect(JSON.parse(expected.stdout).playbooks.length).toBeGreaterThan(MANY)
})

describe('nothing around a run changes its bytes', () => {
  test.each([
    [
      'Turkish, where I is no capital i, and tomorrow already',
      { LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' },
    ],
    ['no language, still yesterday, a service that builds', { LC_ALL: 'C', TZ: 'Pacific/Niue', CI: 'true' }],
  ])('%s', (_, env) => {
    expect(run(cwd, 'lint --format json', env)).toEqual(expected)
  })

  test.each(['--jobs 1', '--jobs 3'])('%s', words => {
    expect(run(cwd, `lint --format json ${words}`)).toEqual(expected)
  })

  test('the order of the arguments, and naming a folder or all that is in it', () => {
    const names = ['calls.yaml', 'front', 'back', 'more']
    const ran = run(cwd, `lint ${names.join(' ')} --format json`)
    expect(run(cwd, `lint --format json ${names.toReversed().join(' ')} front calls.yaml`)).toEqual(ran)
  })

  test('where one stands: paths are told from there, all else is the same', () => {
    const above = JSON.parse(run(cwd, 'lint back --format json').stdout)
    const inside = run(join(cwd, 'back'), 'lint . --format json').stdout
    expect(JSON.parse(inside.replaceAll('"typo.yaml', '"back/typo.yaml')).rules).toEqual(above.rules)
  })

  test('when it is run: twice gives the same in every format', () => {
    const files = (to: string) => Object.keys(reporters).map(name => `--format ${name}=${to}/${name}`)
    for (const to of ['one', 'two'])
      run(cwd, `lint calls.yaml front ${files(join('..', to)).join(' ')}`, {
        TZ: to === 'one' ? 'UTC' : 'Asia/Tokyo',
      })
    for (const name of Object.keys(reporters)) {
      const same = spawnSync('cmp', [join(cwd, '..', 'one', name), join(cwd, '..', 'two', name)], {
        encoding: 'utf8',
      })
      expect(same.stdout + same.stderr, name).toBe('')
    }
    execFileSync('rm', ['-r', join(cwd, '..', 'one'), join(cwd, '..', 'two')])
  })
})

describe('one cache', () => {
  test('for twenty runs at the same time, some of them killed: what is left is right', async () => {
    const words = 'lint --format json --cache-location .kept'
    const all = Array.from({ length: 20 }, () => running(cwd, words))
    const killed = all.slice(0, 4)
    // Each at another moment of its life, and wherever it is then.
    for (const [i, { child }] of killed.entries()) setTimeout(() => child.kill('SIGKILL'), 100 * (i + 1) ** 2)
    const ended = await Promise.all(all.map(one => one.ended))
    for (const ran of ended.slice(killed.length)) expect(ran).toEqual(expected)
    expect(run(cwd, words)).toEqual(expected)
    expect(run(cwd, `${words} --stats`).stderr).toContain('the whole run was kept')
  }, 300_000)

  test('killed while it is written: the next run is right, and does not trip over what was left', async () => {
    const words = 'lint --format json --cache-location .torn'
    const { child, ended } = running(cwd, words)
    const isBegun = () => existsSync(join(cwd, '.torn')) && readdirSync(join(cwd, '.torn')).length > 4
    for (let i = 0; i < 2000 && !isBegun() && child.exitCode === null; i++)
      await new Promise(done => setTimeout(done, 2))
    child.kill('SIGKILL')
    await ended
    for (let i = 0; i < 2; i++) expect(run(cwd, words)).toEqual(expected)
  })

  test('in a file, or on a full disk: the right result, and one line', () => {
    writeFileSync(join(cwd, 'taken'), '')
    const { stderr, ...rest } = run(cwd, 'lint --format json --cache-location taken')
    expect(rest).toEqual({ status: expected.status, stdout: expected.stdout })
    expect(stderr).toBe(
      `${expected.stderr}the cache "taken" is of no use: it is no folder; checked without it\n`,
    )
    const full = run(cwd, 'lint --format json --cache-location /dev/full')
    expect([full.status, full.stdout]).toEqual([expected.status, expected.stdout])
    expect(full.stderr.replace(expected.stderr, '')).toBe(
      'the cache "/dev/full" is of no use: it is no folder; checked without it\n'.replace(
        '"/dev/full"',
        JSON.stringify(join('..', '..', 'dev', 'full')),
      ),
    )
  })

  test.skipIf(process.getuid?.() === 0)('in a folder that may not be written', () => {
    mkdirSync(join(cwd, 'locked'))
    chmodSync(join(cwd, 'locked'), 0o555)
    const { stderr, ...rest } = run(cwd, 'lint --format json --cache-location locked')
    expect(rest).toEqual({ status: expected.status, stdout: expected.stdout })
    expect(stderr).toContain('may not be written (permission denied)')
  })
})

describe('threads', () => {
  const dying = (how: string) => {
    put(
      cwd,
      'die.mjs',
      `import { isMainThread, parentPort } from 'node:worker_threads'\nif (!isMainThread) ${how}\n`,
    )
    const result = run(cwd, 'lint --format json --jobs 2', {
      NODE_OPTIONS: `--import=${join(cwd, 'die.mjs')}`,
    })
    return result
  }

  test.each([
    [
      'ends',
      'process.exit(7)',
      /a thread that reads files died: it ended with code 7; "--jobs 1" reads them without/,
    ],
    ['throws', "throw new RangeError('out of chalk')", /a thread that reads files died: out of chalk/],
    [
      'ends late',
      'setTimeout(() => process.exit(0), 30)',
      /a thread that reads files died: it ended with code 0/,
    ],
  ])('one that %s is a fault of wayout, never a pass', (_, how, message) => {
    const { status, stdout, stderr } = dying(how)
    expect([status, stdout]).toEqual([4, ''])
    expect(stderr).toMatch(message)
    expect(stderr).toContain('this is a fault of wayout')
  })
})

describe('installed', () => {
  test('the package holds what runs, and no tests', () => {
    const out = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const files: string[] = JSON.parse(out)[0].files.map(({ path }: { path: string }) => path)
    for (const path of [
      'bin/wayout.js',
      'dist/bundle/main.js',
      'dist/bundle/worker.js',
      'dist/index.d.ts',
      'schema/config.schema.json',
    ])
      expect(files).toContain(path)
    expect(files.filter(path => /\.test(-data)?\.|\.snap$/.test(path))).toEqual([])
  })

  test('it runs from node_modules/.bin, with threads', () => {
    const there = folderWith(GYM)
    mkdirSync(join(there, 'node_modules/.bin'), { recursive: true })
    symlinkSync(ROOT, join(there, 'node_modules/wayout'))
    symlinkSync('../wayout/bin/wayout.js', join(there, 'node_modules/.bin/wayout'))
    const ran = spawnSync(
      join(there, 'node_modules/.bin/wayout'),
      ['lint', '--jobs', '2', '--format', 'json'],
      { cwd: there, encoding: 'utf8' },
    )
    expect(ran.stdout).toBe(run(there, 'lint --format json').stdout)
    expect(ran.status).toBe(3)
  })
})
