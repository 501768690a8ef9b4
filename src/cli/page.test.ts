// The page in a real browser: it runs under its own policy, walks paths, filters, fits a phone; hostile words do nothing.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM, openPage, type Page } from './chromium.test-data.ts'
import { main } from './main.ts'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wayout-page-')))

const GYM = `playbook: Stay in the gym
channel: phone
steps:
  greeting:
    say: Iron Hall, how can I help?
    acts: greeting
    next:
      - customer: I want to cancel my membership
        acts: cancel-request
        go: offer
      - otherwise: anything else
        go: other
  offer:
    say: Stay for half the price!
    acts: retention-offer
    next:
      - customer: "No"
        acts: offer-declined
        go: offer
      - customer: "Yes"
        acts: offer-accepted
        end: kept
  other:
    say: Let me see.
    end: resolved
`
const HOSTILE =
  '</script><script>window.owned=1</script><img src=//evil.test/x onerror=window.owned=1> &quot; \\" \\N'
const EVIL = GYM.replaceAll('Stay in the gym', `'${HOSTILE}'`)
  .replaceAll('Stay for half the price!', `'${HOSTILE}'`)
  .replaceAll('customer: "No"', `customer: '${HOSTILE}'`)

/** Runs the command line; returns what it wrote to standard output. */
async function run(...words: string[]): Promise<string> {
  let out = ''
  let err = ''
  await main(words, {
    stdin: (async function* () {})(),
    stdout: { write: text => (out += text) },
    stderr: { write: text => (err += text) },
    env: {},
    cwd: folder,
  })
  expect(err).toBe('')
  return out
}

beforeAll(() => {
  writeFileSync(join(folder, 'gym.yaml'), GYM)
  writeFileSync(join(folder, 'evil.yaml'), EVIL)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('pictures without a browser', () => {
  test('svg: one drawing, the same bytes twice, hostile words escaped', async () => {
    const svg = await run('graph', 'gym.yaml', '--format', 'svg')
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
    expect(svg).toContain('retention&#45;offer')
    expect(await run('graph', 'gym.yaml', '--format', 'svg')).toBe(svg)
    const evil = await run('graph', 'evil.yaml', '--format', 'svg')
    const names = new Set([...evil.matchAll(/<([a-z!?]+)/gi)].map(match => match[1]))
    expect([...names].sort()).toEqual(['ellipse', 'g', 'path', 'polygon', 'polyline', 'svg', 'text'])
  })

  test('html: `graph` and `lint` write the same page, the same bytes twice', async () => {
    const page = await run('graph', 'gym.yaml', '--format', 'html')
    expect(await run('graph', 'gym.yaml', '--format', 'html')).toBe(page)
    expect(await run('lint', 'gym.yaml', '--format', 'html')).toBe(page)
  })
})

test('what is too large to draw is told in words on the page', async () => {
  const steps = Array.from(
    { length: 220 },
    (_, i) =>
      `  s${i}:\n    say: Pedal\n    next:\n      - customer: more\n        go: s${(i + 1) % 220}\n      - otherwise: less\n        go: s0\n`,
  )
  writeFileSync(
    join(folder, 'marathon.yaml'),
    `playbook: Marathon\nchannel: phone\nsteps:\n${steps.join('')}`,
  )
  const page = await run('graph', 'marathon.yaml', '--format', 'html')
  rmSync(join(folder, 'marathon.yaml'))
  expect(page).toContain('Not drawn')
  expect(page).not.toContain('<svg')
  expect(page).toContain('the same in words')
})

describe.skipIf(CHROMIUM === undefined)('in Chromium', () => {
  let page: Page
  const address = (name: string) => pathToFileURL(join(folder, name)).href
  beforeAll(async () => {
    await run('lint', '.', '--format', 'html=page.html')
    page = await openPage()
    await page.look(1400, 900)
  })
  afterAll(() => page?.close())

  const here = () => page.ask<string>(`document.querySelector('.canvas .box.here')?.id ?? ''`)
  const told = () => page.ask<string>(`document.querySelector('#told .number')?.textContent ?? ''`)
  const choose = (rule: string) =>
    page.ask(`document.querySelector('[data-rule="${rule}"][data-file="gym.yaml"] .choose').click()`)

  test('asks for nothing but itself, complains of nothing, and runs no word of a playbook', async () => {
    await page.open(address('page.html'))
    expect(page.requests).toEqual([address('page.html')])
    expect(page.complaints).toEqual([])
    expect(await page.ask('String(window.owned)')).toBe('undefined')
    expect(await page.ask(`document.querySelectorAll('img, script').length`)).toBe(1)
    expect(await page.ask(`document.body.textContent.includes('<script>window.owned=1</script>')`)).toBe(true)
  })

  test('walks a path by keys, round the loop, and closes it', async () => {
    await page.open(address('page.html'))
    await choose('no-retention-loop')
    const first = await here()
    expect(first).not.toBe('')
    expect(await told()).toMatch(/^step 1 of \d+$/)
    await page.key('ArrowRight')
    expect(await told()).toMatch(/^step 2 of /)
    expect(await here()).not.toBe(first)
    expect(await page.ask(`document.querySelectorAll('.canvas .arrow.walked').length`)).toBe(1)
    expect(await page.ask(`document.querySelector('[aria-current=step] .stop').textContent`)).toBe('2')
    for (let i = 0; i < 9; i++) await page.key('ArrowRight')
    expect(await told()).toContain('again')
    await page.key('ArrowLeft')
    await page.key('Escape')
    expect(await page.ask(`document.querySelector('.walker').hidden`)).toBe(true)
    expect(await page.ask(`document.activeElement.className`)).toBe('choose')
  })

  test('every step of every path is found in a picture', async () => {
    await page.open(address('page.html'))
    const missing = `[...document.querySelectorAll('.path > li')].filter(({ dataset }) =>
      !document.getElementById(dataset.picture + '-' + dataset.box)).length`
    expect(await page.ask(missing)).toBe(0)
    expect(await page.ask(`document.querySelectorAll('.path > li').length`)).toBeGreaterThan(5)
  })

  test('filters by rule and file, and says how many are left', async () => {
    await page.open(address('page.html'))
    const all = await page.ask<number>(`document.querySelectorAll('.finding').length`)
    await page.ask(`{ const select = document.querySelector('[data-filter=file]'); select.value = 'gym.yaml';
      select.dispatchEvent(new Event('change')) }`)
    const left = await page.ask<number>(`document.querySelectorAll('.finding:not([hidden])').length`)
    expect(left).toBeLessThan(all)
    expect(await page.ask(`document.querySelector('.count').textContent`)).toBe(`${left} of ${all} shown`)
  })

  test('a finding has an address', async () => {
    await page.open(`${address('page.html')}#f2`)
    expect(await page.ask(`document.querySelector('.chosen').id`)).toBe('f2')
  })

  test('everything can be named and reached: landmarks, labels, focus', async () => {
    await page.open(address('page.html'))
    const nameless = `[...document.querySelectorAll('button, select, a, section')].filter(one =>
      !one.textContent.trim() && !one.getAttribute('aria-label') && !one.labels?.length).length`
    expect(await page.ask(nameless)).toBe(0)
    expect(await page.ask(`document.querySelectorAll('main, header, footer, h1').length`)).toBe(4)
    expect(
      await page.ask(`new Set([...document.querySelectorAll('[id]')].map(({ id }) => id)).size ===
      document.querySelectorAll('[id]').length`),
    ).toBe(true)
    await page.key('Tab')
    expect(await page.ask(`getComputedStyle(document.activeElement).outlineStyle`)).toBe('solid')
  })

  test('fits a phone, and is dark where one wants it dark', async () => {
    await page.look(390, 844)
    await page.open(address('page.html'))
    await choose('no-retention-loop')
    expect(await page.ask('document.documentElement.scrollWidth')).toBe(390)
    const paper = () => page.ask<string>('getComputedStyle(document.body).backgroundColor')
    const light = await paper()
    await page.look(390, 844, { 'prefers-color-scheme': 'dark' })
    expect(await paper()).not.toBe(light)
  })
})
