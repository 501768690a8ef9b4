// The folder behind `--cache`: an entry is whole or not there, and the folder does not grow without bound.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from './gym.test-data.ts'
import { nameOf, openStore } from './store.ts'

const WORDS = new TextEncoder().encode('the gym is open')
const open = () => openStore(join(folderWith({}), 'cache'), 'cache')
const NAME = nameOf('gym')

describe('an entry', () => {
  test('is there as it was put, under its name and of its kind', () => {
    const store = open()
    expect(store.get(NAME, 'file')).toBeUndefined()
    store.put(NAME, 'file', WORDS)
    expect(Buffer.from(store.get(NAME, 'file')!)).toEqual(Buffer.from(WORDS))
    expect(store.get(NAME, 'run')).toBeUndefined()
    expect(store.problem()).toBeUndefined()
  })

  test('that is cut off or changed anywhere, or stands under another name, is not there', () => {
    const store = open()
    store.put(NAME, 'file', WORDS)
    const file = join(store.folder, `${NAME}.file`)
    const whole = readFileSync(file)
    for (let i = 0; i < whole.length; i++) {
      writeFileSync(file, whole.subarray(0, i))
      expect(store.get(NAME, 'file'), `cut off at ${i}`).toBeUndefined()
      writeFileSync(file, whole.with(i, whole[i]! ^ 1))
      expect(store.get(NAME, 'file'), `changed at ${i}`).toBeUndefined()
    }
    writeFileSync(file, whole)
    const other = nameOf('phone')
    renameSync(file, join(store.folder, `${other}.file`))
    expect(store.get(other, 'file')).toBeUndefined()
    store.put(other, 'file', WORDS)
    expect(store.get(other, 'file')).toBeDefined()
  })

  test('names keep apart what reads the same when joined', () => {
    expect(nameOf('ab', 'c')).not.toBe(nameOf('a', 'bc'))
  })
})

describe('the folder', () => {
  test('hides itself from git and from backups', () => {
    const store = open()
    store.put(NAME, 'file', WORDS)
    expect(readFileSync(join(store.folder, '.gitignore'), 'utf8')).toBe('*\n')
    expect(readFileSync(join(store.folder, 'CACHEDIR.TAG'), 'utf8')).toMatch(
      /^Signature: 8a477f597d28d172789f06886806bc55\n/,
    )
  })

  test('that holds other files is refused, and left as it is', () => {
    const folder = folderWith({ 'notes.md': 'mine' })
    expect(() => openStore(folder, 'here')).toThrow(/"here" for the cache holds other files \("notes.md"\)/)
    expect(readdirSync(folder)).toEqual(['notes.md'])
  })

  test('that is a file, or becomes one, is of no use and throws nothing', () => {
    const folder = join(folderWith({ cache: 'a file' }), 'cache')
    const store = openStore(folder, 'cache')
    store.put(NAME, 'file', WORDS)
    expect(store.problem()).toMatchObject({ code: expect.stringMatching(/ENOTDIR|EEXIST/) })
    expect(store.get(NAME, 'file')).toBeUndefined()
    store.tidy()
    expect(readFileSync(folder, 'utf8')).toBe('a file')
  })

  test('is made anew if somebody removes it between two runs', () => {
    const store = open()
    store.put(NAME, 'file', WORDS)
    rmSync(store.folder, { recursive: true })
    const again = openStore(store.folder, 'cache')
    again.put(NAME, 'file', WORDS)
    expect(again.get(NAME, 'file')).toBeDefined()
  })
})

describe('tidying', () => {
  const NOW = 1_800_000_000_000
  const HOUR = 3_600_000
  const LIMITS = { now: NOW, age: 100 * HOUR, bytes: 1_000_000, runs: 2 }

  function aged(hours: Readonly<Record<string, number>>) {
    const store = open()
    store.put(nameOf('new'), 'file', WORDS)
    for (const [name, age] of Object.entries(hours)) {
      const file = join(store.folder, name)
      if (!existsSync(file)) writeFileSync(file, 'x'.repeat(1000))
      utimesSync(file, new Date(NOW - age * HOUR), new Date(NOW - age * HOUR))
    }
    return store
  }
  const left = (folder: string, names: readonly string[]) =>
    names.filter(name => existsSync(join(folder, name)))

  test('drops what was not used for long, and what a killed run left behind', () => {
    const [old, young] = [`${nameOf('a')}.file`, `${nameOf('b')}.file`]
    const [part, writing] = [`${'0'.repeat(36)}.part`, `${'1'.repeat(36)}.part`]
    const store = aged({ [old]: 101, [young]: 99, [part]: 2, [writing]: 0.5 })
    store.tidy(LIMITS)
    expect(left(store.folder, [old, young, part, writing])).toEqual([young, writing])
    expect(left(store.folder, ['.gitignore', 'CACHEDIR.TAG'])).toHaveLength(2)
  })

  test('keeps the newest runs, and the newest entries that have room', () => {
    const runs = [1, 2, 3].map(i => `${nameOf(`run ${i}`)}.run`)
    const files = [4, 5, 6, 7].map(i => `${nameOf(`file ${i}`)}.file`)
    const store = aged(Object.fromEntries([...runs, ...files].map((name, i) => [name, i + 1])))
    store.tidy({ ...LIMITS, bytes: 4_500 })
    expect(left(store.folder, [...runs, ...files])).toEqual([runs[0], runs[1], files[0], files[1]])
  })

  test('touches no file that is not ours', () => {
    const store = aged({})
    writeFileSync(join(store.folder, 'notes.md'), 'mine')
    utimesSync(join(store.folder, 'notes.md'), 1, 1)
    store.tidy(LIMITS)
    expect(left(store.folder, ['notes.md'])).toHaveLength(1)
  })
})
