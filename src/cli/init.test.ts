// `wayout init`, `completion` and `--watch`: what they write, ask and refuse; the scripts run in their shells where there are any.
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { COMMANDS } from './commands.ts'
import { main } from './main.ts'
import type { Streams } from './streams.ts'
import { runWatch } from './watch.ts'

let cwd = ''
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'wayout-init-')))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

const read = (path: string) => readFileSync(join(cwd, path), 'utf8')

async function run(words: string, more: Partial<Streams> = {}) {
  const ran = { code: 0, out: '', err: '' }
  ran.code = await main(words.split(' '), {
    stdin: (async function* () {})(),
    stdout: { write: text => (ran.out += text) },
    stderr: { write: text => (ran.err += text) },
    env: {},
    cwd,
    ...more,
  })
  return ran
}

/** A terminal on which these lines are typed, cut into pieces as they may come. */
function typed(...pieces: string[]): Partial<Streams> {
  const stdin = (async function* () {
    yield* pieces
  })()
  return { stdin: Object.assign(stdin, { isTTY: true }), isTTY: true }
}

describe('init', () => {
  test('--yes writes what fits, and all of it passes', async () => {
    mkdirSync(join(cwd, '.git'))
    writeFileSync(join(cwd, 'package.json'), '{"devDependencies": {"wayout": "file:wayout.tgz"}}')
    expect(await run('init --yes')).toEqual({
      code: 0,
      err: '',
      out: [
        'wrote    wayout.yaml',
        'wrote    playbooks/cancel-membership.md',
        'wrote    .github/workflows/wayout.yml',
        '',
        'next: wayout lint\n',
      ].join('\n'),
    })
    const linted = await run('lint --fail-on info')
    expect(linted).toMatchObject({ code: 0, err: '' })
    expect(linted.out).toContain('no findings')
    expect(parse(read('.github/workflows/wayout.yml')).jobs.wayout.steps).toHaveLength(5)
  })

  test('nothing that is there is changed, nor joined by a second configuration', async () => {
    mkdirSync(join(cwd, 'playbooks'))
    for (const path of ['package.json', '.gitlab-ci.yml', 'playbooks/gym.yaml'])
      writeFileSync(join(cwd, path), path.endsWith('json') ? '{"wayout": {}}' : '# mine\n')
    const ran = await run('init --yes')
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).toBe(
      'kept     package.json, the configuration that is there\nwrote    wayout.gitlab-ci.yml\n\nnext: wayout lint\n' +
        'and in .gitlab-ci.yml:\n  include:\n    - local: /wayout.gitlab-ci.yml\n\n' +
        'The job runs the wayout that package.json names, and here it names none yet:\n' +
        'install it (npm install --save-dev, from where you have it), then commit\n' +
        'package.json and package-lock.json.\n',
    )
    expect(read('.gitlab-ci.yml')).toBe('# mine\n')
    writeFileSync(join(cwd, 'wayout.gitlab-ci.yml'), '# mine too\n')
    expect((await run('init --yes')).out).toContain('kept     wayout.gitlab-ci.yml\n')
    expect(read('wayout.gitlab-ci.yml')).toBe('# mine too\n')
  })

  test('asks on a terminal, takes an empty answer for the one in brackets', async () => {
    const ran = await run('init', typed('scri', 'pts/gym\ngit', 'lab\n\n'))
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).toContain('where are the playbooks? [playbooks] ')
    expect(read('scripts/gym/cancel-membership.md')).toContain('Iron Hall')
    expect(parse(read('wayout.yaml'))).toEqual({
      paths: ['scripts/gym'],
      packs: ['recommended'],
      'fail-on': 'error',
    })
    expect(parse(read('.gitlab-ci.yml')).wayout.artifacts.reports.codequality).toBe(
      'gl-code-quality-report.json',
    )
  })

  test('an input that ends answers nothing', async () => {
    expect(await run('init', typed('here'))).toMatchObject({ code: 0 })
    expect(existsSync(join(cwd, 'here/cancel-membership.md'))).toBe(true)
  })

  test.each([
    ['init', {}, '"wayout init" asks on a terminal only; elsewhere say wayout init --yes\n'],
    ['init --yes --ci githb', {}, '"githb" is no job wayout can write; did you mean "github"?\n'],
    [
      'init',
      typed('../up\n'),
      '"../up" does not lie in this folder; expected a folder such as "playbooks"\n',
    ],
  ])('refuses %s', async (words, more, err) => {
    expect(await run(words, more)).toMatchObject({ code: 2, err })
    expect(existsSync(join(cwd, 'wayout.yaml'))).toBe(false)
  })
})

describe('completion', () => {
  const has = (shell: string) => spawnSync(shell, ['--version']).status === 0
  const script = async (shell: string) => {
    const { code, out } = await run(`completion ${shell}`)
    expect(code).toBe(0)
    return out
  }
  /** What bash would offer for the words of a line, the last of which is being typed. */
  const offered = async (...words: string[]) => {
    const line = `${await script('bash')}\nCOMP_WORDS=(wayout "$@"); COMP_CWORD=$#; _wayout; printf '%s\\n' "\${COMPREPLY[@]}"`
    return spawnSync('bash', ['-c', line, 'bash', ...words], { encoding: 'utf8' })
      .stdout.split('\n')
      .filter(Boolean)
  }

  test('another shell is refused', async () => {
    expect(await run('completion fishy')).toMatchObject({
      code: 2,
      err: 'no completion for "fishy"; did you mean "fish"?\n',
    })
  })

  test.each(['bash', 'zsh', 'fish'])(
    '%s: knows every command and option, and is read by its shell',
    async shell => {
      const text = await script(shell)
      for (const { name, options } of COMMANDS) {
        expect(text).toContain(name)
        for (const { flag } of options)
          expect(text).toContain(shell === 'fish' ? `-l ${flag.slice(2)}` : flag)
      }
      const file = join(cwd, `wayout.${shell}`)
      writeFileSync(file, text)
      if (has(shell)) expect(spawnSync(shell, ['-n', file], { encoding: 'utf8' }).stderr).toBe('')
    },
  )

  test.skipIf(!has('bash'))('bash: commands, options, values, names of rules', async () => {
    expect(await offered('gr')).toEqual(['grade', 'graph'])
    expect(await offered('graph', '--format', '')).toEqual(['mermaid', 'dot', 'svg', 'html'])
    expect(await offered('--fail-on', 'w')).toEqual(['warning'])
    expect(await offered('lint', '--max')).toEqual(['--max-warnings'])
    expect(await offered('explain', 'no-ret')).toEqual(['no-retention-loop'])
    expect(await offered('lint', '--config', '')).toEqual([])
    expect(await offered('--pack', 'recom')).toEqual(['recommended'])
  })

  test.skipIf(!has('fish'))('fish: commands and values', async () => {
    writeFileSync(join(cwd, 'wayout.fish'), await script('fish'))
    const ask = (line: string) =>
      spawnSync('fish', ['-c', `source ${cwd}/wayout.fish; complete -C '${line}'`], { encoding: 'utf8' })
        .stdout
    expect(ask('wayout gra')).toMatch(/^grade\t.*\ngraph\t/)
    expect(ask('wayout graph --format s')).toContain('svg')
  })
})

describe('--watch', () => {
  test('checks again after a change, and ends with the code of the last run', async () => {
    await run('init --yes --ci none')
    const written: string[] = []
    let wake = () => {}
    const line = (stop: string) =>
      new Promise<void>(done => {
        wake = () => written.join('').includes(stop) && done()
        wake()
      })
    const streams: Streams = {
      stdin: (async function* () {})(),
      stdout: { write: text => written.push(text) && wake() },
      stderr: { write: text => written.push(text) && wake() },
      env: {},
      cwd,
    }
    let end = () => {}
    const until = new Promise<void>(done => {
      end = done
    })
    const watching = runWatch([], { watch: true, format: ['html=page.html', 'pretty'] }, streams, until)
    await line('watching for changes')
    expect(written.join('')).toContain('no findings')
    const path = 'playbooks/cancel-membership.md'
    writeFileSync(join(cwd, path), read(path).replaceAll('go to [Cancelled](#cancelled)', 'End: kept'))
    await line('request-ends-in-cancellation')
    end()
    expect(await watching).toBe(1)
    // Not a terminal: nothing is cleared.
    expect(written.join('')).not.toContain('\u001b')
  })
})
