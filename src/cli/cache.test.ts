// `--cache` and `--jobs` change when a result is there, never what it is: every input that matters is looked at.
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { reporters } from '../report/index.ts'
import { folderWith, GYM, put, run } from './gym.test-data.ts'

const FORMATS = Object.keys(reporters)
const edit = (path: string, from: string, to: string) => (folder: string) => {
  const text = readFileSync(join(folder, path), 'utf8')
  expect(text).toContain(from)
  writeFileSync(join(folder, path), text.replace(from, to))
}

test('the repository of the gym has findings, exceptions, a broken file and rules that differ by file', async () => {
  const { code, out, err } = await run(folderWith(GYM), 'lint --format json')
  const { findings, suppressed, notRead } = JSON.parse(out)
  expect([code, err]).toEqual([3, expect.stringContaining('front/broken.yaml')])
  expect(findings.length).toBeGreaterThan(3)
  expect(suppressed.length).toBeGreaterThan(0)
  expect(notRead).toHaveLength(1)
})

test.each(FORMATS)('the same bytes cold, warm and with other threads: %s', async format => {
  const cwd = folderWith(GYM)
  const words = `lint --format ${format}`
  const expected = await run(cwd, words)
  for (const more of ['--cache', '--cache', '--cache --jobs 2', '--jobs 2', '--jobs 3']) {
    expect(await run(cwd, `${words} ${more}`), more).toEqual(expected)
  }
})

/** What somebody does between two runs, and with which words they run. */
const CHANGES: [what: string, change: (folder: string) => void, words?: string, today?: string][] = [
  ['nothing', () => {}],
  ['the text of a playbook', edit('calls.yaml', 'go: free-month', 'end: cancelled')],
  ['the text of a playbook that is only called', edit('front/survey.yaml', 'How did we do?', 'Goodbye')],
  ['a playbook moves', folder => put(folder, 'back/desk.md', GYM['front/desk.md']!)],
  [
    'a playbook comes',
    folder => put(folder, 'news.yaml', GYM['front/survey.yaml']!.replace('false', 'true')),
  ],
  ['a playbook goes', folder => rmSync(join(folder, 'front/desk.md'))],
  ['a file that is led to goes', folder => rmSync(join(folder, 'front/survey.yaml')), 'calls.yaml'],
  ['a file that is led to changes', edit('front/desk.md', '8 minutes', '4 hours'), 'calls.yaml'],
  ['a file that is led to breaks', edit('front/survey.yaml', 'How did we do?', '['), 'calls.yaml'],
  [
    'a file that is led to is a folder',
    folder => {
      rmSync(join(folder, 'front/survey.yaml'))
      put(folder, 'front/survey.yaml/x.md', 'x')
    },
    'calls.yaml',
  ],
  ['a severity', edit('wayout.yaml', 'rules: {', 'rules: {cancellation-reachable: info, ')],
  ['a parameter', edit('wayout.yaml', 'max: 3 min', 'max: 30 min')],
  ['a parameter for some files', edit('wayout.yaml', 'max: 10 min', 'max: 2 min')],
  ['a rule turned off for some files', edit('wayout.yaml', 'feedback-asked: off', 'links-resolve: off')],
  ['a pack', edit('wayout.yaml', 'recommended, pedantic', 'recommended')],
  ['a phrase of an own act', edit('wayout.yaml', 'win a towel', 'half price')],
  ['an own rule', edit('wayout.yaml', 'acts:', 'extends: house.yaml\nacts:')],
  ['the level that fails', edit('wayout.yaml', 'acts:', 'fail-on: warning\nacts:')],
  ['a suppression in the configuration', edit('wayout.yaml', '[hold-bounded]', '[hold-bounded, no-blame]')],
  ['a suppression in a playbook', edit('calls.yaml', 'hold-bounded --', 'no-blame --')],
  ['the day on which a suppression ends', () => {}, '', '2026-12-31'],
  ['the day after', () => {}, '', '2027-01-01'],
  [
    'the baseline',
    folder => put(folder, 'known', 'hold-bounded\tcalls.yaml\tqueue\t0123456789abcdef\n'),
    '--baseline known',
  ],
  ['a flag', () => {}, '--rule hold-bounded=off'],
  ['a root of the site', edit('wayout.yaml', 'acts:', 'roots: {/help/: front}\nacts:')],
  ['named instead of found', () => {}, 'calls.yaml front/broken.yaml'],
  ['proofs', () => {}, '--prove'],
  ['certificates', () => {}, '--verify'],
]

test.each(CHANGES)('is noticed: %s', async (_, change, words = '', today = '2026-11-22') => {
  const cwd = folderWith({ ...GYM, 'house.yaml': HOUSE })
  const line = (more: string) => `lint ${words.replace('--baseline known', '')} --format json --cache ${more}`
  await run(cwd, line(''))
  await run(cwd, 'lint --cache --quiet')
  change(cwd)
  const wanted = await run(cwd, `lint ${words} --format json`, { today })
  expect(await run(cwd, `lint ${words} --format json --cache`, { today })).toEqual(wanted)
  expect(await run(cwd, `lint ${words} --format json --cache`, { today })).toEqual(wanted)
})

const HOUSE = `rules:
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

describe('what was kept', () => {
  const kept = async (cwd: string, more = '') =>
    /cache .*/.exec((await run(cwd, `lint --cache --stats ${more}`)).err)?.[0]

  test('is the whole run, or the files that did not change', async () => {
    const cwd = folderWith(GYM)
    expect(await kept(cwd)).toBe('cache ".wayout-cache": 0 files kept, 5 read')
    expect(await kept(cwd)).toBe('cache ".wayout-cache": the whole run was kept')
    put(cwd, 'calls.yaml', GYM['calls.yaml']!.replace('towel', 'bag'))
    expect(await kept(cwd)).toBe('cache ".wayout-cache": 4 files kept, 1 read')
    expect(await kept(cwd, '--rule hold-bounded=error')).toBe('cache ".wayout-cache": 5 files kept, 0 read')
  })

  test('lies beside the configuration, wherever one stands, or where one says', async () => {
    const cwd = folderWith(GYM)
    expect(await kept(join(cwd, 'front'))).toMatch(/^cache "\.\.\/\.wayout-cache"/)
    expect(await kept(cwd, '--cache-location front/kept')).toMatch(/^cache "front\/kept"/)
    expect(readdirSync(join(cwd, 'front'))).toContain('kept')
  })

  test('is no playbook: a search does not look into it, nor counts it', async () => {
    const cwd = folderWith({ ...GYM, '.gitignore': '.wayout-cache/\nkept/\n' })
    const before = (await run(cwd, 'lint --stats')).err.split('\n')[0]
    for (const more of ['--cache', '--cache-location kept']) {
      await run(cwd, `lint ${more}`)
      expect((await run(cwd, `lint --stats ${more}`)).err).toContain(before)
    }
  })

  test('cut off anywhere, it is read anew', async () => {
    const cwd = folderWith(GYM)
    const expected = await run(cwd, 'lint --cache')
    const folder = join(cwd, '.wayout-cache')
    for (const name of readdirSync(folder)) truncateSync(join(folder, name), name.length)
    expect(await kept(cwd)).toBe('cache ".wayout-cache": 0 files kept, 5 read')
    expect(await run(cwd, 'lint --cache')).toEqual(expected)
  })
})

describe('a cache that cannot be', () => {
  test('a file in its place: the right result, and one line', async () => {
    const cwd = folderWith({ ...GYM, '.wayout-cache': 'a file' })
    const expected = await run(cwd, 'lint --format json')
    const { err, ...rest } = await run(cwd, 'lint --format json --cache')
    expect(rest).toEqual({ code: expected.code, out: expected.out })
    expect(err.replace(expected.err, '')).toBe(
      'the cache ".wayout-cache" is of no use: it is no folder; checked without it\n',
    )
  })

  test.each([
    [
      '--cache-location front',
      /^the folder "front" for the cache holds other files \("\w+\.\w+"\); name one of/,
    ],
    ['--cache-location=', /^"--cache-location" names no folder/],
    ['--jobs 0', /^"--jobs 0" is no number of threads; expected 1 or more, or auto/],
    ['--jobs two', /^"--jobs two" is no number of threads/],
  ])('wrong usage: %s', async (words, message) => {
    const { code, out, err } = await run(folderWith(GYM), `lint ${words}`)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
  })
})
