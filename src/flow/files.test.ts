// Links between pages as sites write them: from the root of the site, by its address, without the endings of sources.
import { describe, expect, test } from 'vitest'
import { lint, type Source } from '../index.ts'
import type { Target } from '../model/playbook.ts'
import type { Root } from '../model/roots.ts'
import { builtInRules } from '../ruleset/load.ts'
import { filesOf } from './files.ts'

const roots: Root[] = [
  { prefix: '/help/', folder: 'pages' },
  { prefix: '/help/print', folder: 'print/pages' },
  { prefix: 'https://gym.example/help/', folder: 'pages' },
]

const nowhere = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }
const target = (path: string): Target => ({ text: path, range: nowhere, path })
const written = (path: string, known = roots) => filesOf(target(path), 'pages/desk/a.md', known)?.written
const files = (path: string) => filesOf(target(path), 'pages/desk/a.md', roots)?.files.join(' ')

describe('the files a target may mean', () => {
  test('stand at the root that fits best, in whole parts', () => {
    expect(written('/help/leave.html')).toBe('pages/leave.html')
    expect(written('/help')).toBe('pages/')
    expect(written('/help/print/leave.html')).toBe('print/pages/leave.html')
    expect(written('/help/printer.html')).toBe('pages/printer.html')
    expect(written('HTTPS://Gym.example/help/x/../leave.md')).toBe('pages/leave.md')
  })

  test.each([
    '/helpers/leave.html',
    '/',
    '//gym.example/help/leave.html',
    'https://gym.example.evil/help/leave.html',
    'https://gym.example/helpful.html',
  ])('are none for %s, a link to a site without a root here', path => {
    expect(filesOf(target(path), 'a.md', roots)).toBeNull()
  })

  test('a root of the whole site is not one of other hosts', () => {
    const all = [{ prefix: '/', folder: 'site' }]
    expect(written('/a.md', all)).toBe('site/a.md')
    expect(written('//host.example/a.md', all)).toBeUndefined()
  })

  test('have the names that sources of pages have', () => {
    const templates = 'pages/x.html.md.erb pages/x/index.html.md.erb'
    const sources = `pages/x.html.md pages/x.md pages/x/index.html.md pages/x/index.md ${templates}`
    expect(files('/help/x.html')).toBe(`${sources} pages/x.html`)
    expect(files('../x')).toBe(`${sources} pages/x`)
    expect(files('/help/x/')).toBe(sources)
    expect(files('../x.md')).toBe(
      `pages/x.md pages/x.html.md pages/x/index.html.md pages/x/index.md ${templates}`,
    )
    expect(files('../x.yaml')).toBe('pages/x.yaml')
    // A dot inside a name is no ending.
    expect(files('../prices.2026-spring')).toContain('pages/prices.2026-spring.md')
    expect(files('..')).toContain('pages/index.md')
  })

  test('stay in their file without a path', () => {
    expect(filesOf({ text: 'x', range: nowhere, fragment: 'x' }, 'a.md', roots)).toBeUndefined()
  })
})

const from = (link: string): Source => ({
  path: 'pages/desk/leave.md',
  named: true,
  text: `# Leave the gym\n\nWhen a member wants to cancel:\n\n1. Ask for the card.\n2. Follow the [closing workflow](${link}).\n3. Say goodbye and close the ticket.\n`,
})
const close = '# Close\n\n## The card\n\n1. Cancel the membership.\n2. Confirm it by mail.\n'

/** What a page that links so is told about its link, and which other files were read. */
async function told(link: string, there: Record<string, string>, known?: readonly Root[]) {
  const asked: string[] = []
  const { result } = await lint([from(link)], {
    rules: builtInRules().filter(rule => rule.id === 'links-resolve'),
    load(path) {
      asked.push(path)
      return Object.hasOwn(there, path) ? { path, text: there[path]! } : null
    },
    ...(known && { roots: known }),
  })
  const read = result.playbooks.filter(book => book.linked).map(book => book.path)
  return {
    messages: result.findings.map(finding => finding.message).join('\n'),
    read: [...new Set(read)],
    asked,
  }
}

describe('a page', () => {
  test.each([
    ['/help/close.html', 'pages/close.html.md'],
    ['/help/close.html#the-card', 'pages/close.md'],
    ['/help/close/', 'pages/close/index.html.md'],
    ['/help/close?from=desk', 'pages/close/index.md'],
    ['https://gym.example/help/close.html', 'pages/close.md'],
    ['../close.html', 'pages/close.html.md'],
    ['../close', 'pages/close/index.md'],
  ])('finds %s in %s', async (link, path) => {
    expect(await told(link, { [path]: close }, roots)).toMatchObject({ messages: '', read: [path] })
  })

  test('is told where a link of its own site leads nowhere', async () => {
    expect((await told('/help/closed.html', {}, roots)).messages).toContain('pages/closed.html')
    expect((await told('https://gym.example/help/closed.html', {}, roots)).messages).not.toBe('')
    const wrong = await told('/help/close.html#the-crad', { 'pages/close.md': close }, roots)
    expect(wrong.messages).toContain('did you mean "the-card"')
  })

  test.each([
    '/help/close.html',
    '/pages/close.html',
    '/close',
    '//gym.example/help/close.html',
    'https://gym.example/help/close.html',
    'mailto:desk@gym.example',
  ])('is told nothing about %s without roots', async link => {
    expect((await told(link, {})).messages).toBe('')
  })

  test('is told nothing about other sites and pictures with roots', async () => {
    for (const link of ['https://bank.example/help/x.html', '/shop/x.html', '/help/card.png'])
      expect(await told(link, {}, roots)).toEqual({ messages: '', read: [], asked: [] })
  })

  test('in YAML is told nothing about a link from the root of a site, and finds it with one', async () => {
    const text =
      'playbook: Leave\nchannel: phone\nsteps:\n  a:\n    say: Hello\n    next:\n      - go: /help/close.md\n'
    const source = { path: 'leave.yaml', text, named: true }
    const rules = builtInRules().filter(rule => rule.id === 'links-resolve')
    const load = (path: string) => (path === 'pages/close.md' ? { path, text: close } : null)
    expect((await lint([source], { rules, load })).result.findings).toEqual([])
    const { result } = await lint([source], { rules, load, roots })
    expect(result.playbooks.map(book => book.path)).toContain('pages/close.md')
  })
})
