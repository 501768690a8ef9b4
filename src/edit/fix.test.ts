// What `--fix` repairs and what it leaves alone: one right name, nothing else changed, comments and layout kept.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lint, readFlow, type Source } from '../index.ts'
import type { Finding } from '../model/finding.ts'
import { builtInRules } from '../ruleset/load.ts'
import { fix } from './fix.ts'

const RULES = builtInRules().filter(({ id }) => ['links-resolve', 'syntax', 'ends-declared'].includes(id))

type Ran = { texts: Map<string, string>; done: string[]; left: string[]; findings: Finding[] }

/** Repairs these files. */
async function fixed(
  files: Record<string, string>,
  refusal: (path: string) => string | null = () => null,
): Promise<Ran> {
  const sources = (texts: ReadonlyMap<string, string>): Source[] =>
    Object.entries(files).map(([path, text]) => ({ path, text: texts.get(path) ?? text, named: true }))
  const { last, texts, repaired } = await fix({
    lint: now => lint(sources(now), { rules: RULES }),
    read: async now => (await readFlow(sources(now))).flow,
    textOf: path => files[path],
    refusal,
  })
  return {
    texts,
    done: repaired.done.map(({ path, line, description }) => `${path}:${line} ${description}`),
    left: repaired.left.map(({ path, description, reason }) => `${path} ${description}: ${reason}`),
    findings: last.result.findings,
  }
}

/** One file; what it becomes. */
async function become(path: string, text: string): Promise<string> {
  const { texts } = await fixed({ [path]: text })
  const now = texts.get(path) ?? text
  // What was repaired stays so: a second time changes nothing.
  expect((await fixed({ [path]: now })).texts.size).toBe(0)
  return now
}

const head = 'playbook: Leaving the gym\nsteps:\n'
const ways = (target: string) => `${head}  hello:
    say: Iron Hall, hello. # as on the phone
    next:
      - customer: wants to cancel
        go: ${target}   # the way out
      - otherwise: else
        go: hello
  cancelled:
    end: cancelled
  offer-1:
    end: kept
  offer-2:
    end: kept
`

describe('a misspelt step in YAML', () => {
  test.each([
    ['canceled', 'cancelled'],
    ['"canceled"', '"cancelled"'],
    ["'canceled'", "'cancelled'"],
    ['"#canceled"', '"#cancelled"'],
    ['gym.yaml#canceled', 'gym.yaml#cancelled'],
    ['ofer-2', 'offer-2'],
    ['&out canceled', '&out cancelled'],
  ])('%s becomes %s, and nothing else changes', async (wrong, right) => {
    expect(await become('gym.yaml', ways(wrong))).toBe(ways(right))
  })

  test('keeps the ends of lines', async () => {
    const text = ways('canceled').replaceAll('\n', '\r\n')
    expect(await become('gym.yaml', text)).toBe(ways('cancelled').replaceAll('\n', '\r\n'))
  })

  test('is left where several can be meant, or another thing', async () => {
    for (const target of ['offer', 'offer-3', 'uncancelled', 'supervisor', '*canceled', '"\\x63anceled"'])
      expect((await fixed({ 'gym.yaml': ways(target) })).texts.size).toBe(0)
  })

  test('of another playbook of the file gets its "#"', async () => {
    const text = `${ways('pause')}---\nplaybook: Pause\nsteps:\n  pause:\n    end: kept\n`
    expect(await become('gym.yaml', text)).toBe(text.replace('go: pause', 'go: "#pause"'))
  })

  test('is quoted where it would not be a name', async () => {
    const text = ways('"desk: night"').replace('cancelled:\n', '"desk: nights":\n')
    // A name with a colon and a blank in it is for a person to write.
    expect(await become('gym.yaml', text)).toBe(text)
  })
})

describe('a misspelt word of ours', () => {
  test.each([
    ['a key', `${head}  hello:\n    sya: Hello.\n    end: kept\n`, 'sya', 'say'],
    [
      'a key of people',
      `${head}  hello:\n    say: Hi.\n    next: {goto: bye}\n  bye:\n    end: kept\n`,
      'goto',
      'go',
    ],
    [
      'an act',
      `${head}  hello:\n    acts: [{ofer-permission: {}}, "apollogy"]\n    end: kept\n`,
      'apollogy',
      'apology',
    ],
    ['a start', `start: {phone: helo}\n${head}  hello:\n    end: kept\n`, 'helo', 'hello'],
    ['an outcome', `${head}  hello:\n    say: Hi.\n    end: resolvd\n`, 'resolvd', 'resolved'],
    ['a channel', `channel: [phone, emial]\n${head}  hello:\n    end: kept\n`, 'emial', 'email'],
  ])('%s', async (_, text, wrong, right) => {
    const now = await become('gym.yaml', text)
    expect(now).toBe(text.replace(wrong, right).replace('ofer-permission', 'offer-permission'))
  })

  test('in JSON', async () => {
    const text =
      '{"playbook": "Gym",\n "steps": {"hello": {"say": "Hi", "nxt": "by"},\n  "bye": {"edn": "kept"}}}\n'
    // "by" has fewer than four letters: that is no slip.
    expect(await become('gym.json', text)).toBe(text.replace('nxt', 'next').replace('edn', 'end'))
  })
})

describe('a misspelt heading or word in Markdown', () => {
  const page = (link: string, more = '') => `# Leaving the gym

## Front desk

Greet the member.

- If the member wants to cancel, go to ${link}.
- Otherwise, thank them. <!-- wayout: end resolved -->

## Cancel membership

Cancel the membership. <!-- wayout: end cancelled -->
${more}`

  test.each([
    ['[Cancel](#cancel-membershp)', '[Cancel](#cancel-membership)'],
    ['[**Cancel**](<#cancel-membershp> "out")', '[**Cancel**](<#cancel-membership> "out")'],
    ['[Cancel](gym.md#cancel-membershp)', '[Cancel](gym.md#cancel-membership)'],
  ])('%s becomes %s', async (wrong, right) => {
    expect(await become('gym.md', page(wrong))).toBe(page(right))
  })

  test('in the definition of a link', async () => {
    const text = page('[Cancel][out]', '\n[out]: #cancel-membershp "the way out"\n')
    expect(await become('gym.md', text)).toBe(text.replace('membershp', 'membership'))
  })

  test('in a comment', async () => {
    const text = page('[Cancel](#cancel-membership)').replace(
      'end cancelled',
      'cancelation-processed, end canceled',
    )
    const now = await become('gym.md', text)
    expect(now).toContain('<!-- wayout: cancellation-processed, end canceled -->')
  })

  test('in the front matter, with the ends of its lines', async () => {
    const text = `---\r\nchannel: phnoe\r\nlanguge: en\r\n---\r\n${page('the desk').replaceAll('\n', '\r\n')}`
    const now = await become('gym.md', text)
    expect(now).toBe(text.replace('phnoe', 'phone').replace('languge:', 'language:'))
    const twice = text.replace('languge: en', 'chanel: chat')
    expect(await become('gym.md', twice)).toBe(twice.replace('phnoe', 'phone'))
  })

  test('is left where it is no address: what is said is nobody’s to change', async () => {
    const { texts, left } = await fixed({ 'gym.md': page('step 4') })
    expect([texts.size, left]).toEqual([0, []])
  })
})

describe('an end that is not declared', () => {
  const end = (step: string) => `${head}  hello:\n    say: Hello.\n    next: last\n${step}`

  test('is added where what is done leaves no doubt', async () => {
    const text = end(
      '  last:\n    # the last words\n    say: Your membership is cancelled. # thanks\n  \n# end of file\n',
    )
    const { texts, done } = await fixed({ 'gym.yaml': text })
    expect(texts.get('gym.yaml')).toBe(text.replace('# thanks\n', '# thanks\n    end: cancelled\n'))
    expect(done).toEqual(['gym.yaml:6 add "end: cancelled" because of "membership is cancelled"'])
  })

  test.each([
    [
      'declared',
      '  last:\n    acts: supervisor-escalation\n',
      '    acts: supervisor-escalation\n    end: handed-off\n',
    ],
    ['in braces', '  last: {acts: transfer}\n', '  last: {end: handed-off, acts: transfer}\n'],
    [
      'at the end of a text',
      '  last:\n    acts: transfer\n    say: |\n      One moment.\n',
      'One moment.\n    end: handed-off\n',
    ],
    ['at the end of the file', '  last:\n    acts: transfer', 'acts: transfer\n    end: handed-off'],
  ])('%s', async (_, step, written) => {
    expect(await become('gym.yaml', end(step))).toContain(written)
  })

  test.each([
    ['nothing says how', '  last:\n    say: Good bye.\n'],
    ['two things are done', '  last:\n    acts: [cancellation-processed, transfer]\n'],
    ['there are no keys', '  last:\n'],
  ])('is left to people where %s', async (_, step) => {
    expect((await fixed({ 'gym.yaml': end(step) })).texts.size).toBe(0)
  })
})

describe('what else would change', () => {
  test('is looked at: of repairs that cannot be made together, those are made that can', async () => {
    // With its name corrected the section is excluded, and with it a step: that is not what a typing error asks for.
    const text =
      '# Gym\n\n## Hello\n\nGreet the member. <!-- wayout: greting -->\n\n## Notes\n\n<!-- wayout: not-a-stp -->\n\nCall them back.\n'
    const { texts, done, left } = await fixed({ 'gym.md': text })
    expect(texts.get('gym.md')).toBe(text.replace('greting', 'greeting'))
    expect(done).toEqual(['gym.md:5 write "greeting" for "greting"'])
    expect(left).toEqual([
      expect.stringMatching(/^gym\.md write "not-a-step" for "not-a-stp": with it .*read/),
    ])
  })

  test('what may not be changed is told once, and the others are repaired', async () => {
    const { texts, left, findings } = await fixed(
      { 'a.yaml': ways('canceled'), 'b.yaml': ways('canceled') },
      path => (path === 'a.yaml' ? 'it is read-only' : null),
    )
    expect([...texts.keys()]).toEqual(['b.yaml'])
    expect(left).toEqual(['a.yaml write "cancelled" for "canceled": it is read-only'])
    expect(findings.map(({ path, rule }) => `${path} ${rule}`)).toEqual(['a.yaml links-resolve'])
  })

  test('many slips take one pass', async () => {
    let runs = 0
    const text = `${head}${Array.from({ length: 200 }, (_, i) => `  step-${i}:\n    sya: Hello.\n    nxt: step-${(i + 1) % 200}\n`).join('')}`
    const { texts } = await fix({
      lint: now => {
        runs++
        return lint([{ path: 'gym.yaml', text: now.get('gym.yaml') ?? text, named: true }], { rules: RULES })
      },
      read: async now =>
        (await readFlow([{ path: 'gym.yaml', text: now.get('gym.yaml') ?? text, named: true }])).flow,
      textOf: () => text,
      refusal: () => null,
    })
    expect(texts.get('gym.yaml')).toBe(text.replaceAll('sya', 'say').replaceAll('nxt', 'next'))
    expect(runs).toBe(2)
  })
})

describe('a slip of the pen in a playbook of the fixtures', () => {
  const folder = new URL('../../fixtures/playbooks/', import.meta.url)
  const words: Record<string, RegExp> = {
    // Targets, outcomes, acts and keys.
    'endless-offers/two-offers.yaml':
      /(?<=\b(?:go|next|end|acts): )[a-z-]{3,}|\b(?:say|next|customer|title)(?=:)/g,
    'aol/cancel-by-phone.yaml':
      /(?<=\b(?:go|next|end|acts): )[a-z-]{3,}|\b(?:say|next|customer|otherwise)(?=:)/g,
    'endless-offers/two-offers.md': /(?<=\]\(#)[a-z-]+|(?<=wayout: end )[a-z-]+/g,
  }
  const slips: ((word: string, at: number) => string)[] = [
    (word, at) => word.slice(0, at) + word.slice(at + 1),
    (word, at) => word.slice(0, at) + word[at]! + word.slice(at),
    (word, at) => word.slice(0, at) + (word[at + 1] ?? '') + word[at]! + word.slice(at + 2),
    (word, at) => `${word.slice(0, at)}x${word.slice(at + 1)}`,
  ]

  test.each(Object.keys(words))('in %s is put right, or left: never made another word', async path => {
    const text = readFileSync(new URL(path, folder), 'utf8')
    const places = [...text.matchAll(words[path]!)]
    expect(places.length).toBeGreaterThan(5)
    let right = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), fc.constantFrom(...slips), async (which, at, slip) => {
        const { 0: word, index } = places[which % places.length]!
        const wrong = text.slice(0, index) + slip(word, at % word.length) + text.slice(index + word.length)
        const { texts } = await fixed({ [path]: wrong })
        const now = texts.get(path) ?? wrong
        expect([text, wrong]).toContain(now)
        if (now === text) right++
      }),
      { seed: 1789, numRuns: 60 },
    )
    expect(right).toBeGreaterThan(30)
  })
})
