// Parts of a run, merged, are the run: the same bytes in every format, the same exit code; what is no whole is refused.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { reporters } from '../report/index.ts'
import { folderWith, GYM, put, run } from './gym.test-data.ts'

const FIXTURES = join(import.meta.dirname, '../../fixtures/playbooks')

/** Checks in parts and joins them, named in no order. */
async function merged(cwd: string, of: number, words: string, more: string) {
  const files = Array.from({ length: of }, (_, i) => `part-${i + 1}.report`)
  const codes: number[] = []
  for (const [i, file] of files.entries()) {
    const { code, err } = await run(cwd, `lint ${words} --shard ${i + 1}/${of} --format json=${file}`)
    expect(err).toContain(`part ${i + 1} of ${of}: `)
    codes.push(code)
  }
  const { code, out, err } = await run(cwd, `merge ${files.reverse().join(' ')} ${more}`)
  return { ran: { code, out, err }, codes }
}

test.each(Object.keys(reporters))('two parts, merged, are the run: %s', async format => {
  const cwd = folderWith(GYM)
  const expected = await run(cwd, `lint --format ${format}`)
  expect((await merged(cwd, 2, '', `--format ${format}`)).ran).toEqual(expected)
})

test.each([1, 3, 7])('all playbooks of the fixtures in %i parts', async of => {
  const cwd = folderWith({})
  const words = `${FIXTURES} --config ${join(cwd, 'wayout.yaml')}`
  put(cwd, 'wayout.yaml', 'packs: [recommended, pedantic]\n')
  const expected = await run(cwd, `lint ${words} --format json`)
  const { findings, rules } = JSON.parse(expected.out)
  expect(findings.length).toBeGreaterThan(20)
  expect(rules.length).toBeGreaterThan(500)
  const { ran } = await merged(cwd, of, words, `--format json --config ${join(cwd, 'wayout.yaml')}`)
  expect(ran).toEqual(expected)
})

test.each([
  ['certificates', '--verify', ''],
  ['proofs', '--prove', ''],
  ['a baseline', '--baseline known', '--baseline known'],
  ['another level', '', '--fail-on info --max-warnings 0'],
  ['from the cache', '--cache', ''],
  ['named files', 'calls.yaml', ''],
])('with %s', async (_, words, more) => {
  const cwd = folderWith(GYM)
  await run(cwd, 'baseline --baseline known --rule hold-bounded=off')
  put(
    cwd,
    'known',
    `${readFileSync(join(cwd, 'known'), 'utf8')}no-blame\tcalls.yaml\thello\t0123456789abcdef\n`,
  )
  const expected = await run(cwd, `lint ${more} ${words.replace(more, '')} --format json`)
  for (const of of [2, 3])
    expect((await merged(cwd, of, words, `${more} --format json`)).ran).toEqual(expected)
})

test('a part judges by what it found, and calls no exception stale that another part may need', async () => {
  const cwd = folderWith(GYM)
  const { codes } = await merged(cwd, 3, 'calls.yaml front/desk.md back', '')
  expect(new Set(codes)).toEqual(new Set([0, 1]))
  for (const i of [1, 2, 3]) {
    const { findings, shard } = JSON.parse(readFileSync(join(cwd, `part-${i}.report`), 'utf8'))
    expect(findings.filter(({ rule }: { rule: string }) => rule === 'suppressions-valid')).toEqual([])
    expect(shard).toMatchObject({ index: i, of: 3 })
  }
})

describe('refused', () => {
  const refused = async (words: string, change: (cwd: string) => void = () => {}) => {
    const cwd = folderWith(GYM)
    await merged(cwd, 2, '', '')
    change(cwd)
    const { code, out, err } = await run(cwd, `merge ${words}`)
    expect([code, out]).toEqual([2, ''])
    return err
  }

  test('a part that is missing, or there twice', async () => {
    expect(await refused('part-2.report')).toBe('part 1 of 2 is missing: what it would say is not known\n')
    expect(await refused('part-1.report ./part-1.report')).toBe(
      '"part-1.report" and "./part-1.report" are both part 1 of 2\n',
    )
    expect(await refused('')).toMatch(/^"wayout merge" needs reports/)
  })

  test('what is no part of this run', async () => {
    const other = (cwd: string) => put(cwd, 'other', '{"version": 1, "findings": []}')
    expect(await refused('other part-1.report', other)).toMatch(
      /^"other" is no part of a run; expected a report of/,
    )
    expect(await refused('calls.yaml')).toMatch(/^"calls.yaml" is no JSON/)
    const edited = (from: RegExp, to: string) => (cwd: string) => {
      const file = join(cwd, 'part-2.report')
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to))
    }
    const both = 'part-1.report part-2.report'
    expect(await refused(both, edited(/("texts": ")./, '$1x'))).toMatch(
      /no parts of one run: they have other playbooks/,
    )
    expect(await refused(both, edited(/("shard"[\s\S]*"of": )2/, '$13'))).toMatch(
      /they have other number of parts/,
    )
    expect(await refused(both, edited(/("shard"[\s\S]*"version": ")/, '$19.'))).toMatch(
      /was made by wayout 9\.\d/,
    )
  })

  test('other rules than those of the parts; pictures of other playbooks', async () => {
    expect(await refused('part-1.report part-2.report --rule hold-bounded=off')).toMatch(
      /checked by other rules/,
    )
    const changed = (cwd: string) => put(cwd, 'calls.yaml', `${GYM['calls.yaml']}# more\n`)
    expect(await refused('part-1.report part-2.report --format html', changed)).toMatch(
      /nothing can be drawn/,
    )
  })

  test.each(['0/2', '3/2', '2', 'a/b', '1/0', '-1/2'])('--shard %s', async value => {
    const { code, err } = await run(folderWith(GYM), `lint --shard=${value}`)
    expect([code, err]).toEqual([2, expect.stringMatching(/is no part of a run; expected I\/N/)])
  })

  test('a report that is not there is an input that could not be read', async () => {
    expect(await run(folderWith(GYM), 'merge gone.json')).toEqual({
      code: 3,
      out: '',
      err: 'gone.json: no such file or folder\n',
    })
  })
})
