// Which files a run reads: what a search finds and leaves out, what cannot be read, and what links may reach.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type Collected, collect, loader, type Request } from './files.ts'
import { patternsOf } from './ignored.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A temporary folder with these files; returns its real path. */
function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wayout-files-')))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

function collectIn(cwd: string, paths: string[], more: Partial<Request> = {}): Promise<Collected> {
  const stdin = (async function* () {})()
  return collect({ paths, cwd, top: cwd, ignore: [], skip: new Set(), stdin, stdinPath: '<stdin>', ...more })
}

const pathsOf = (collected: Collected) => collected.sources.map(source => source.path)
const untold = (collected: Collected) => collected.notRead.map(one => `${one.path}: ${one.reason}`)

describe('a search', () => {
  test('finds the known endings below a folder, in code-unit order', async () => {
    const cwd = folderWith({
      'b.md': '',
      'B.markdown': '',
      'a/z.yaml': '',
      'a/y.YML': '',
      'a/x.json': '',
      'notes.txt': '',
      noending: '',
    })
    expect(pathsOf(await collectIn(cwd, ['.']))).toEqual([
      'B.markdown',
      'a/x.json',
      'a/y.YML',
      'a/z.yaml',
      'b.md',
    ])
  })

  test('gives the same files in the same order for any order of arguments, each once', async () => {
    const cwd = folderWith({ 'gym/a.md': '', 'gym/b.md': '', 'paper/c.md': '' })
    const one = await collectIn(cwd, ['paper', 'gym/b.md', 'gym', './gym/../gym'])
    const other = await collectIn(cwd, ['./gym/b.md', 'gym', 'paper/c.md', 'paper'])
    expect(pathsOf(one)).toEqual(['gym/a.md', 'gym/b.md', 'paper/c.md'])
    expect(pathsOf(other)).toEqual(pathsOf(one))
    expect(one.sources.map(source => source.named)).toEqual([false, true, false])
  })

  test('passes over node_modules, .git, configuration files and symbolic links', async () => {
    const cwd = folderWith({
      'node_modules/x/readme.md': '',
      'deep/node_modules/y.md': '',
      '.git/description.md': '',
      'wayout.yaml': '',
      'package.json': '{}',
      'house-rules.yaml': '',
      'kept.md': '',
    })
    symlinkSync(join(cwd, 'kept.md'), join(cwd, 'again.md'))
    symlinkSync(cwd, join(cwd, 'round-and-round'))
    const found = await collectIn(cwd, ['.'], { skip: new Set([join(cwd, 'house-rules.yaml')]) })
    expect(pathsOf(found)).toEqual(['kept.md'])
    expect(found.links).toBe(2)
  })

  test('respects .gitignore at every level, the inner one last', async () => {
    const cwd = folderWith({
      '.gitignore': 'drafts/\n*.old.md\n/only-here.md\n',
      'drafts/a.md': '',
      'b.old.md': '',
      'only-here.md': '',
      'phone/only-here.md': '',
      'phone/.gitignore': '!c.old.md\nprivate.md\n',
      'phone/c.old.md': '',
      'phone/private.md': '',
      'private.md': '',
      'Drafts/kept.md': '',
    })
    const found = await collectIn(cwd, ['.'])
    expect(pathsOf(found)).toEqual(['Drafts/kept.md', 'phone/c.old.md', 'phone/only-here.md', 'private.md'])
    expect(found.ignored).toBe(4)
  })

  test('knows the .gitignore files above the folder it searches, up to the root of the repository', async () => {
    const cwd = folderWith({
      '.gitignore': 'private.md\n',
      'repo/.gitignore': 'b.md',
      'repo/phone/a.md': '',
      'repo/phone/b.md': '',
      'repo/phone/private.md': '',
    })
    const found = await collectIn(cwd, ['repo/phone'], { top: join(cwd, 'repo') })
    expect(pathsOf(found)).toEqual(['repo/phone/a.md', 'repo/phone/private.md'])
  })

  test('looks into an ignored folder, and at an ignored file, that is named', async () => {
    const cwd = folderWith({ '.gitignore': 'build/\n*.out.md\n', 'build/a.md': '', 'b.out.md': '' })
    expect(pathsOf(await collectIn(cwd, ['build', 'b.out.md']))).toEqual(['b.out.md', 'build/a.md'])
  })

  test('leaves out what the configuration ignores, relative to its folder', async () => {
    const cwd = folderWith({ 'desk/drafts/a.md': '', 'desk/b.md': '', 'drafts/c.md': '' })
    const ignore = [patternsOf(join(cwd, 'desk'), ['/drafts/'])]
    expect(pathsOf(await collectIn(cwd, ['.'], { ignore }))).toEqual(['desk/b.md', 'drafts/c.md'])
  })

  test('goes down a thousand folders', async () => {
    const cwd = folderWith({ [`${'d/'.repeat(1000)}a.md`]: '' })
    expect(pathsOf(await collectIn(cwd, ['.']))).toHaveLength(1)
  })

  test('shows paths relative to where one stands', async () => {
    const cwd = folderWith({ 'phone/a.md': '', 'chat/b.md': '' })
    expect(pathsOf(await collectIn(join(cwd, 'phone'), ['../chat', join(cwd, 'phone')]))).toEqual([
      '../chat/b.md',
      'a.md',
    ])
  })
})

describe('what cannot be read is told, the rest is read', () => {
  test('a path that does not exist, once', async () => {
    const found = await collectIn(folderWith({ 'a.md': '' }), ['gone.md', 'a.md', './gone.md', 'a.md/b.md'])
    expect(pathsOf(found)).toEqual(['a.md'])
    expect(untold(found)).toEqual(['a.md/b.md: no such file or folder', 'gone.md: no such file or folder'])
    expect(found.notRead[0]?.passedOver).toBe(false)
  })

  test('a pattern that the shell did not fill in', async () => {
    expect(untold(await collectIn(folderWith({}), ['phone/*.md']))).toEqual([
      'phone/*.md: no such file or folder; a pattern is for the shell to fill in: name the folder instead',
    ])
  })

  test('a pipe and a device', async () => {
    const cwd = folderWith({})
    execFileSync('mkfifo', [join(cwd, 'pipe.md')])
    const found = await collectIn(cwd, ['pipe.md', '/dev/null'])
    expect(untold(found).map(line => line.replace(/^.*\/dev/, '/dev'))).toEqual([
      '/dev/null: is a device or socket, not a file',
      'pipe.md: is a pipe, not a file; to read standard input write "-"',
    ])
  })

  test('bytes that are not UTF-8, and UTF-16 by name', async () => {
    const utf16 = Buffer.from('# Cancel\n', 'utf16le')
    const found = await collectIn(
      folderWith({
        'latin.md': Buffer.from('# Cancel\nK\xfcndigung\n', 'latin1'),
        'little.md': Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
        'unmarked.md': utf16,
        'big.md': Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
      }),
      ['.'],
    )
    expect(untold(found)).toEqual([
      'big.md: is UTF-16 (big endian) text; save it as UTF-8',
      'latin.md: is not UTF-8 text (line 2); save it as UTF-8',
      'little.md: is UTF-16 (little endian) text; save it as UTF-8',
      'unmarked.md: is UTF-16 (little endian) text; save it as UTF-8',
    ])
  })

  test('a byte order mark is no part of the text', async () => {
    const found = await collectIn(folderWith({ 'a.md': '\ufeff# Cancel' }), ['a.md'])
    expect(found.sources[0]?.text).toBe('# Cancel')
  })
})

describe('standard input', () => {
  const stdin = async function* () {
    yield Buffer.from('# K\xc3', 'latin1')
    yield Buffer.from('\xbcndigung', 'latin1')
  }

  test('is read whole, under the name it is given, in place of the file of that name', async () => {
    const cwd = folderWith({ 'a.md': 'on disk' })
    const found = await collectIn(cwd, ['.', '-'], { stdin: stdin(), stdinPath: 'a.md' })
    expect(found.sources).toEqual([{ path: 'a.md', text: '# Kündigung', named: true }])
  })
})

describe('the files that playbooks lead to', () => {
  test('are read inside the root only', () => {
    const outer = folderWith({
      'secret.md': 'secret',
      'root/a.md': 'a',
      'root/sub/b.md': 'b',
      'root-too/c.md': 'c',
    })
    const root = join(outer, 'root')
    symlinkSync(join(outer, 'secret.md'), join(root, 'escape.md'))
    symlinkSync(join(root, 'a.md'), join(root, 'sub', 'inner.md'))
    const load = loader(join(root, 'sub'), root)
    expect(load('b.md')).toEqual({ path: 'b.md', text: 'b' })
    expect(load('../a.md')).toEqual({ path: '../a.md', text: 'a' })
    expect(load('inner.md')).toEqual({ path: 'inner.md', text: 'a' })
    const refused = [
      '../escape.md',
      '../../secret.md',
      '../../root-too/c.md',
      join(root, 'a.md'),
      'https://example.org/a.md',
      'file:a.md',
      '//host/a.md',
      '',
      'gone.md',
      'a\0.md',
    ]
    for (const path of refused) expect([path, load(path)]).toEqual([path, null])
    expect(load('..')).toEqual({ error: 'is a folder' })
  })
})
