// `wayout test`, `lint --prove` and `lint --verify` through main(argv, streams): what they print and how they exit.
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { main } from './main.ts'
import type { Streams } from './streams.ts'

const folders: string[] = []
afterEach(() => {
  vi.doUnmock('../check/prover.ts')
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** Runs the command line in a temporary folder with these files. */
async function run(
  files: Record<string, string>,
  words: string,
): Promise<{ code: number; out: string; err: string }> {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'wayout-test-')))
  folders.push(cwd)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), content)
  }
  const ran = { code: 0, out: '', err: '' }
  const streams: Streams = {
    stdin: (async function* () {})(),
    stdout: { write: text => (ran.out += text) },
    stderr: { write: text => (ran.err += text) },
    env: {},
    cwd,
  }
  ran.code = await main(words.split(' '), streams)
  return ran
}

/** A rule of a team about an act of its own; `more` goes below its examples. */
const rule = (bad: string, good = bad) => `id: acme/no-fax
title: Nobody is asked to send a fax
check: absence
of: fax-demanded
message: "a customer is asked for a fax in {step}"
examples:
  bad:
    - title: Fax only
      playbook: |
        playbook: Leaving Larkfield
        channel: phone
        steps:
          ask:
            say: Larkfield, hello.
            next: fax
          ${bad}
  good:
    - title: By phone
      playbook: |
        playbook: Leaving Larkfield
        channel: phone
        steps:
          ask:
            say: Larkfield, hello.
            next: fax
          ${good}
`
const demands = (mark = '') => `fax:${mark}
            say: Please send us a fax.
            acts: fax-demanded
            end: refused`
const settles = `fax:
            say: All done.
            acts: []
            end: resolved`
const acts = 'acts:\n  fax-demanded: {title: asking for a fax, by: company, phrases: ["send us a fax"]}\n'
/** A configuration with the rule in its list. */
const configured = (text: string) =>
  `${acts}rules:\n${text.trimEnd().replace(/^/gm, '    ').replace('    id', '  - id')}\n`

test('the examples of a rule for certain files are judged as if they stood there', async () => {
  const scoped = rule(
    'fax: # <-\n            acts: fax-demanded\n            end: refused',
    'fax:\n            end: resolved',
  )
  const where = 'applies: {paths: ["billing/**"], playbooks: ["Leaving*"]}\n'
  const files = {
    'own.yaml': `acts: {fax-demanded: {title: A fax, by: company}}\nrules:\n  - ${(where + scoped).split('\n').join('\n    ')}`,
  }
  const { code, out, err } = await run(files, 'test own.yaml')
  expect(err + out).toContain('acme/no-fax')
  expect(code).toBe(0)
  const wrong = await run({ 'own.yaml': files['own.yaml'].replace('paths:', 'path:') }, 'test own.yaml')
  expect(wrong.code).toBe(2)
  expect(wrong.err).toContain('did you mean "paths"?')
})

describe('wayout test', () => {
  test('0: examples behave as marked', async () => {
    const { code, out, err } = await run(
      { 'wayout.yaml': configured(rule(demands(' # <-'), settles)) },
      'test',
    )
    expect(err).toBe('')
    expect(out).toContain('ok       acme/no-fax 2 examples')
    expect(out).toContain('1 rule, 2 examples: 0 not as marked; 0 rules that no example fires')
    expect(code).toBe(0)
  })

  test('0: a page of the site is a way on, as in every other command', async () => {
    const elsewhere = settles.replace('end: resolved', 'next: https://larkfield.example/help/fax.html')
    const config = configured(rule(demands(' # <-'), elsewhere))
    const alone = await run({ 'wayout.yaml': config }, 'test')
    expect(alone.out.replace(/\s+/g, ' ')).toContain('leads to a web address that no "roots"')
    expect(alone.code).toBe(1)
    const root = 'roots: {"https://larkfield.example/help/": pages/}\n'
    const { code, out } = await run({ 'wayout.yaml': root + config, 'pages/fax.md': '# Fax\n' }, 'test')
    expect(out).toContain('2 examples: 0 not as marked')
    expect(code).toBe(0)
  })

  test('1: what is marked is not found, and what is found is not marked', async () => {
    const { code, out } = await run(
      { 'wayout.yaml': configured(rule(settles.replace('fax:', 'fax: # <-'), demands())) },
      'test',
    )
    expect(out).toContain('fails    acme/no-fax')
    expect(out).toContain('bad example "Fax only": nothing is found in line 7, which is marked')
    expect(out).toMatch(/good example "By phone": line 7 is not marked, but: a customer is asked/)
    expect(out).toContain('no example makes it find anything')
    expect(out).toContain('2 not as marked; 1 rule that no example fires')
    expect(code).toBe(1)
  })

  test('1: a bad example without a mark', async () => {
    const { code, out } = await run({ 'wayout.yaml': configured(rule(demands(), settles)) }, 'test')
    expect(out.replace(/\s+/g, ' ')).toContain(
      'no line is marked; end the line on which a finding is due in "# <-"',
    )
    expect(code).toBe(1)
  })

  test('files of rules: one rule, a list, a configuration; as JSON', async () => {
    const text = rule(demands(' # <-'), settles)
    const list = `${text.trimEnd().replace(/^/gm, '  ').replace('  id: acme/no-fax', '- id: acme/no-fax-either')}\n`
    const files = {
      'wayout.yaml': acts,
      'one.yaml': text,
      'list.yaml': list,
      'house.yaml': configured(text.replace('acme/no-fax', 'acme/third')),
    }
    const { code, out, err } = await run(files, 'test one.yaml list.yaml house.yaml --format json')
    expect(err).toBe('')
    const { rules, summary } = JSON.parse(out)
    expect(rules.map((r: { id: string; path: string; line: number }) => [r.id, r.path, r.line])).toEqual([
      ['acme/no-fax', 'one.yaml', 1],
      ['acme/no-fax-either', 'list.yaml', 1],
      ['acme/third', 'house.yaml', 4],
    ])
    expect(summary).toEqual({ rules: 3, examples: 6, wrong: 0, silent: 0 })
    expect(code).toBe(0)
  })

  test('2: a file that is no rule, with the nearest right name', async () => {
    const wrong = rule(demands(' # <-'), settles).replace('check: absence', 'check: absense')
    const { code, err } = await run({ 'one.yaml': wrong, 'wayout.yaml': acts }, 'test one.yaml')
    expect(err).toContain('one.yaml:1:1: ')
    expect(err).toContain('did you mean "absence"?')
    expect(code).toBe(2)
  })

  test('3: no rules of one’s own, or a file that is not there', async () => {
    const none = await run({}, 'test')
    expect(none).toMatchObject({ code: 3, out: '' })
    expect(none.err).toContain('nothing to test: no rules of your own')
    const missing = await run({}, 'test nowhere.yaml')
    expect(missing.code).toBe(3)
    expect(missing.err).toContain('nowhere.yaml: ')
    expect(missing.err).not.toContain('nothing to test')
  })
})

const FIXTURE = readFileSync(new URL('../../fixtures/check/river-gym.yaml', import.meta.url), 'utf8')

describe('lint --prove', () => {
  test('shows the shortest ways out, and what no rule looks at', async () => {
    const { code, out } = await run({ 'gym.yaml': FIXTURE }, 'lint gym.yaml --prove --fail-on never')
    const text = out.replace(/\s+/g, ' ')
    expect(text).toContain('from ask (phone) gym.yaml:5')
    expect(text).toContain('out ask :5 [customer: "wants to cancel"] → verify :13')
    expect(text).toContain(
      '[agent: "it is hopeless"] → supervisor :75 → queue :79 [world: "she is free"] → done :87',
    )
    expect(text).toContain('upwards ask :5')
    expect(text).toContain('outage no outage is announced')
    expect(text).toContain('of 12 steps with an act')
    expect(text).toContain('no rule would notice if these vanished: "not-verified" (gym.yaml:21)')
    expect(code).toBe(0)
  })

  test('as JSON it keeps to the schema, with the certificates', async () => {
    const { out } = await run({ 'gym.yaml': FIXTURE }, 'lint gym.yaml --prove --format json --fail-on never')
    const schema = JSON.parse(readFileSync(new URL('../../schema/lint.schema.json', import.meta.url), 'utf8'))
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(schema)
    const json = JSON.parse(out)
    expect(validate(json) ? [] : validate.errors).toEqual([])
    const forced = json.rules.find((r: { id: string }) => r.id === 'cancellation-forceable')
    expect(forced.certificate.proofs[0]).toMatchObject({
      check: 0,
      verdict: 'violated',
      proof: { by: 'path' },
    })
    expect(json.proofs.entries[0].ways.map((way: { to: string }) => way.to)).toEqual([
      'cancellation',
      'supervisor',
      'outage-notice',
    ])
    expect(json.proofs.coverage.steps).toBe(12)
    const plain = await run({ 'gym.yaml': FIXTURE }, 'lint gym.yaml --format json --fail-on never')
    expect(plain.out).not.toContain('"certificate"')
    expect(JSON.parse(plain.out)).not.toHaveProperty('proofs')
  })
})

describe('lint --verify', () => {
  test('says how many verdicts it verified; the result is the same', async () => {
    const { code, err, out } = await run({ 'gym.yaml': FIXTURE }, 'lint gym.yaml --verify')
    expect(err).toMatch(/^verified: \d+ verdicts by their certificates/)
    const plain = await run({ 'gym.yaml': FIXTURE }, 'lint gym.yaml')
    expect([code, out]).toEqual([plain.code, plain.out])
  })

  test('4: a verdict that its certificate does not prove', async () => {
    vi.doMock('../check/prover.ts', async importOriginal => {
      const { prover } = await importOriginal<typeof import('../check/prover.ts')>()
      return {
        prover: () => {
          const proving = prover()
          const judged: typeof proving.judged = one => {
            // An engine that takes a broken rule for one that holds.
            proving.judged(one.failures.length > 0 ? { ...one, verdict: 'holds', failures: [] } : one)
          }
          return { ...proving, judged }
        },
      }
    })
    const { code, err } = await run({ 'gym.yaml': FIXTURE }, 'lint gym.yaml --verify')
    expect(err).toContain('the certificate does not prove the verdict')
    expect(code).toBe(4)
  })
})
