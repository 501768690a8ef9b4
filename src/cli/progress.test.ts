// The line about progress: late, not too often, erased, and on a terminal only.
import { expect, test } from 'vitest'
import { progressOf } from './progress.ts'
import type { Streams } from './streams.ts'

const ERASE = '\r\u001b[2K'

/** What is written while the clock stands at each of these milliseconds for one more file. */
function written(times: readonly number[], { isTTY = true, env = {} as Streams['env'] } = {}) {
  const texts: string[] = []
  let clock = 0
  const stderr = { isTTY, write: (text: string) => texts.push(text) }
  const progress = progressOf({ stderr, env } as unknown as Streams, () => clock)
  progress.stage('read')
  for (const [i, time] of times.entries()) {
    clock = time
    progress.step(i, times.length)
  }
  progress.end()
  return texts
}

test('comes after a second, ten times a second at most, and goes', () => {
  expect(written([10, 990, 1000, 1050, 1099, 1100, 5000])).toEqual([
    `${ERASE}reading 2 of 7 files`,
    `${ERASE}reading 5 of 7 files`,
    `${ERASE}reading 6 of 7 files`,
    ERASE,
  ])
})

test('a short run writes nothing, not even what erases', () => expect(written([1, 500, 999])).toEqual([]))

test.each([{ isTTY: false }, { env: { CI: 'true' } }, { env: { TERM: 'dumb' } }])(
  'nor does one where nobody looks: %o',
  where => expect(written([2000, 4000], where)).toEqual([]),
)

test('stages that have no number show nothing', () => {
  const texts: string[] = []
  let clock = 0
  const stderr = { isTTY: true, write: (text: string) => texts.push(text) }
  const progress = progressOf({ stderr, env: {} } as unknown as Streams, () => clock)
  clock = 3000
  progress.stage('check')
  progress.step(3, 9)
  progress.stage('report')
  progress.step(4, 9)
  progress.end()
  expect(texts).toEqual([`${ERASE}checking 3 of 9 entries`, ERASE])
})
