// The page: self-contained, every word of a playbook escaped, each step of a path with its place in the picture.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { LintResult } from '../model/finding.ts'
import type { Drawn } from './context.ts'
import { HOSTILE, HOSTILE_CONTEXT, hostileResult } from './hostile.test-data.ts'
import { report } from './html.ts'
import { fileIds, inlineSvg, pageDots } from './page/dot.ts'
import { element, lines } from './page/markup.ts'
import { pictureOf } from './picture.ts'
import { GYM_FLOW, hostileFlow } from './sample-flow.test-data.ts'
import { CLEAN, CONTEXT, FINDINGS, RESULT, witnessStep } from './samples.test-data.ts'

/** A picture that names what the real one does, without Graphviz. */
function drawnOf(flow: Drawn['flow'], result: LintResult): Drawn {
  const dots = pageDots(pictureOf(flow, result))
  return {
    flow,
    grades: [],
    pictures: new Map(dots.map(({ path }) => [path, '<svg viewBox="0 0 9 9"></svg>'])),
  }
}

/** What stands in the page outside of its own style and script. */
const body = (page: string) => page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')

test('style and script are those that the policy knows; nothing else may run, and nothing is fetched', () => {
  const page = report(RESULT, { ...CONTEXT, drawn: drawnOf(GYM_FLOW, RESULT) })
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'")
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'/,
  )
  for (const name of ['style', 'script']) {
    const text = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(page)![1]!
    expect(policy).toContain(`${name}-src 'sha256-${createHash('sha256').update(text).digest('base64')}'`)
  }
  expect(page.match(/<script/g)).toHaveLength(1)
  expect(body(page)).not.toMatch(/ (?:src|style|on[a-z]+)="/)
  expect(page).not.toMatch(/@import|url\(/)
})

test('what an exception hides is there, marked with why, and counts nowhere', () => {
  const [known, hidden, open] = FINDINGS
  const place = { path: 'gym.yaml', range: known!.range }
  const result: LintResult = {
    ...RESULT,
    findings: [open!],
    baseline: { path: '.wayout-baseline', findings: [known!], stale: 0 },
    suppressed: [
      { finding: hidden!, reason: 'until <b>spring</b>', place, until: '2027-03-31', owner: 'Jo' },
    ],
  }
  const page = report(result, { ...CONTEXT, drawn: drawnOf(GYM_FLOW, result) })
  const states = [...page.matchAll(/class="finding (\w+ ?\w*)"[^>]* data-state="(\w+)"/g)].map(m => [
    m[1],
    m[2],
  ])
  expect(states).toEqual([
    [open!.severity, 'open'],
    [`${known!.severity} aside`, 'known'],
    [`${hidden!.severity} aside`, 'suppressed'],
  ])
  expect(page).toContain('known: it stands in the baseline .wayout-baseline')
  expect(page).toMatch(
    /suppressed: until &lt;b&gt;spring&lt;\/b&gt; \(until 2027-03-31, by Jo\), gym.yaml:\d+</,
  )
  expect(page).toMatch(/<select data-filter="state">.*known.*open.*suppressed/)
  expect(/<h1>.*?<\/h1>/.exec(page)![0]).toContain(`1 ${open!.severity}`)
  expect(report(result, { ...CONTEXT, quiet: true })).not.toContain('data-state="known"')
  expect(report({ ...result, findings: [] }, CONTEXT)).toMatch(/No findings\..*data-state="known"/)
})

test('every finding is told, with its path, law and repair', () => {
  const page = report(RESULT, { ...CONTEXT, drawn: drawnOf(GYM_FLOW, RESULT) })
  const all = [...RESULT.findings, ...RESULT.suppressed.map(({ finding }) => finding)]
  expect(page.match(/<article /g)).toHaveLength(all.length)
  const steps = all.reduce((sum, { witness }) => sum + witness.length, 0)
  expect(page.match(/class="stop"/g)).toHaveLength(steps)
  expect(page).toContain(FINDINGS[0]!.rule)
  expect(page).toContain('<html lang="en">')
})

test('a step of a path names its box and the arrow it leaves by, in the picture of its file', () => {
  const witness = [
    witnessStep('offer', 'First offer', 12, { chooser: 'customer', choice: 'declines' }),
    witnessStep('reason', 'Reason', 22),
  ]
  const { loopsTo: _, ...finding } = { ...FINDINGS[0]!, step: 'offer', witness }
  const result = { ...CLEAN, findings: [finding] }
  const picture = pictureOf(GYM_FLOW, result)
  const page = report(result, { ...CONTEXT, drawn: drawnOf(GYM_FLOW, result) })
  const { box, arrow } = picture.notes[0]!.route[0]!
  expect(box).toMatch(/^n\d+$/)
  expect(arrow).toMatch(/^t\d+$/)
  const file = fileIds(picture).get('playbooks/gym.yaml')!
  expect(page).toContain(`data-picture="${file}" data-box="${box}" data-arrow="${arrow}"`)
  const dot = pageDots(picture).find(({ id }) => id === file)!.dot
  for (const id of [box, arrow]) expect(dot).toContain(`id="${file}-${id}"`)
})

test('a playbook is called by its title alone, whatever its file is called', () => {
  const [book, ...others] = GYM_FLOW.playbooks
  const flow = { ...GYM_FLOW, playbooks: [{ ...book!, path: 'gym (old).yaml' }, ...others] }
  expect(pageDots(pictureOf(flow, CLEAN))[0]!.dot).toContain('label="Leave Iron Hall"\n')
})

test('without a picture the page tells in words', () => {
  expect(report(RESULT, CONTEXT)).not.toContain('id="picture"')
  expect(report(CLEAN, CONTEXT)).toContain('No findings.')
})

test('hostile words stay words: in text, attributes, titles and the picture', () => {
  for (const words of [
    HOSTILE,
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '<!-- ',
    ']]>',
  ]) {
    const result = hostileResult(words)
    for (const context of [
      HOSTILE_CONTEXT,
      { ...HOSTILE_CONTEXT, drawn: drawnOf(hostileFlow(words), result) },
    ]) {
      const page = body(report(result, context))
      expect(page).not.toMatch(/<img|<script>a|alert\(1\)<\/script|<!--/)
      const names = new Set([...page.matchAll(/<\/?([a-z0-9!]+)/gi)].map(match => match[1]!.toLowerCase()))
      for (const name of names) expect(OWN).toContain(name)
    }
  }
})

const OWN = (
  '!doctype html head meta title body header main footer section h1 h2 h3 p a div span article button code ol ul li b ' +
  'dl dt dd pre label select option figure figcaption svg table caption thead tbody tr th td details summary'
).split(' ')

test('markup: only what was built is markup', () => {
  expect(element('p', { title: '"><x' }, '<b>', element('b', {}, "it's `x`")).markup).toBe(
    '<p title="&quot;&gt;&lt;x">&lt;b&gt;<b>it&#39;s &#96;x&#96;</b></p>',
  )
  expect(element('option', { value: '', hidden: true, id: null }, ' a\u202eb ').markup).toBe(
    '<option value="" hidden> ab </option>',
  )
  expect(lines('a:\n  - <b>\u001b[31m\n').markup).toBe('a:\n  - &lt;b&gt;')
})

test('of the SVG of Graphviz only the drawing is kept', () => {
  const svg =
    '<?xml version="1.0"?>\n<!DOCTYPE svg>\n<!-- n1 -->\n<svg><g><title>n1&#45;&gt;n2</title>\n<text>a</text></g></svg>\n'
  expect(inlineSvg(svg)).toBe('<svg><g><text>a</text></g></svg>')
})
