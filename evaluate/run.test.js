// `npm run evaluate` as a process, on the small labelled set and on what is wrong with files; as built by `npm test`.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fetched } from './cache.js'
import { parseCsv } from './csv.js'
import { readLabelled } from './labelled.js'
import { PUBLIC_SETS, sentencesOf } from './public.js'
import { rates, scoreOf } from './score.js'

const RUN = join(import.meta.dirname, 'run.js')

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wayout-evaluate-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const run = (...words) => spawnSync(process.execPath, [RUN, ...words], { cwd: folder, encoding: 'utf8' })

describe('the small set', () => {
  test('is counted exactly', () => {
    const { status, stdout, stderr } = run('--format', 'json')
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const score = JSON.parse(stdout)
    const counts = score.groups.map(({ group, sentences, denied, deniedButFound, acts, choosers }) => [
      group,
      sentences,
      acts.suspected.labelled,
      acts.suspected.found,
      acts.suspected.wrong,
      `${choosers.suspected.found} of ${choosers.suspected.labelled}`,
      `${deniedButFound} of ${denied}`,
    ])
    expect(counts).toEqual([
      ['da', 9, 7, 7, 0, '1 of 1', '0 of 1'],
      ['de', 9, 7, 7, 0, '1 of 1', '0 of 1'],
      ['en', 12, 8, 7, 0, '2 of 2', '0 of 1'],
      ['es', 9, 7, 7, 0, '1 of 1', '0 of 1'],
      ['et', 9, 7, 7, 0, '1 of 1', '0 of 1'],
      ['fr', 9, 7, 7, 0, '1 of 1', '0 of 1'],
      ['ru', 9, 7, 7, 0, '1 of 1', '0 of 1'],
      ['vi', 9, 7, 7, 0, '1 of 1', '0 of 1'],
    ])
    // Nobody's words for it: what cannot be told from words is missed, and said to be.
    expect(score.misses).toMatchObject([
      { group: 'en', act: 'cancel-request', places: [{ line: 12, column: 24, voice: 'hear' }] },
    ])
    expect(score.mistakes).toEqual([])
    expect(score.groups[2].byAct['cancel-request'].recognised).toMatchObject({
      labelled: 2,
      found: 1,
      precision: 1,
      recall: 0.5,
    })
  })

  test('is shown as tables of at most 80 columns', () => {
    const { status, stdout } = run('--language', 'en')
    expect(status).toBe(0)
    const tables = stdout.split('\n').filter(line => !line.includes('fixtures/'))
    expect(Math.max(...tables.map(line => line.length))).toBeLessThanOrEqual(80)
    expect(tables[2]).toBe('en                12   1.00    .88    1.00    .88    1.00    .50*       0 of 1')
    expect(stdout).toContain('missed most often (1 of 1 kinds, 1 in all)\n    1  en  cancel-request\n')
    expect(stdout).toMatch(/en\.tsv:12:24 {2}I think the two of us have reached the end of the road\./)
  })
})

describe('what is wrong with labelled files', () => {
  const problemsIn = text =>
    readLabelled('gym.tsv', text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`)

  test('is said with line and column', () => {
    const text = `# lang\tvoice\tlabels\ttext
en\tsay\tapolgy\tI am sorry.
en\tshout\tapology\tOh no!\tagain
xx\tdo\thold -\tPlease wait.
en\tdo\thold
`
    expect(problemsIn(text)).toEqual([
      '2:8 unknown label "apolgy"; did you mean "apology"?',
      '3:25 expected 4 cells, found 5',
      '3:4 unknown voice "shout"; one of say, do, hear, when, any',
      '4:1 unknown language "xx"; one of da, de, en, es, et, fr, ru, vi',
      '4:12 unknown label ""',
      '5:11 no text: expected 4 cells separated by tabs, found 3',
    ])
    expect(problemsIn('en\tsay\t\tHello')).toEqual([
      expect.stringMatching(/^1:1 expected a heading such as "# lang voice labels text"/),
    ])
    expect(problemsIn('# lang\tvoise\tlabels\ttext\n')).toEqual([
      '1:8 unknown column "voise"; did you mean "voice"?',
    ])
    expect(problemsIn('# voice\tlabels\ttext\n')).toEqual(['1:1 no sentence below the heading'])
  })

  test('does not keep the rest from being measured, and the exit code tells', () => {
    writeFileSync(
      join(folder, 'gym.tsv'),
      '# voice\tlabels\ttext\nsay\tapology\tI am so sorry.\nsay\tapologies\tSorry!\n',
    )
    const { status, stdout, stderr } = run('gym.tsv', 'tennis.tsv', '--top', '0')
    expect(status).toBe(3)
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'gym.tsv:3:5: unknown label "apologies"; did you mean "apology"?',
      expect.stringMatching(/^tennis\.tsv: /),
    ])
    expect(stdout).toMatch(/^en {17}1 {3}1\.00/m)
  })

  test('a wrong option is refused', () => {
    expect(run('--pubic')).toMatchObject({ status: 2, stdout: '' })
    expect(run('--top', 'ten').stderr).toBe('--top expects a number, not "ten"\n')
    expect(run('--language', 'en', '--format', 'xml').status).toBe(2)
  })
})

describe('labels', () => {
  test('say what is there, what is not, and what is arguable', () => {
    const text =
      '# voice\tlabels\ttext\tsrc\nsay\tempathy -hold ?remedy refusal?\tI see\tmade up\n# a remark\n\nhear\thuman-agent\tA person, please\t\n'
    const [one, other] = readLabelled('gym.tsv', text).sentences
    expect(one).toMatchObject({ line: 2, column: 36, language: 'en', judged: null })
    expect([...one.asserted, '/', ...one.denied, '/', ...one.arguable]).toEqual([
      'acknowledgement',
      '/',
      'hold',
      '/',
      'remedy',
      'refusal',
    ])
    expect([...other.asserted]).toEqual(['human-request'])
  })

  test('a line may ask about one act only', () => {
    const text =
      '# voice\tact\texpected(assert|neg|none)\ttext\ndo\tremedy\tneg\tDo not refund it.\ndo\tapology\tassert\tApologise.\n'
    const [one, other] = readLabelled('gym.tsv', text).sentences
    expect([[...one.denied], [...one.judged]]).toEqual([['remedy'], ['remedy']])
    expect([...other.asserted]).toEqual(['apology'])
  })
})

describe('the score', () => {
  const sentence = more => ({
    path: 'gym.tsv',
    line: 1,
    column: 1,
    voice: 'say',
    text: 'Hello',
    group: 'en',
    judged: null,
    asserted: new Set(),
    denied: new Set(),
    arguable: new Set(),
    ...more,
  })
  const scored = (truth, acts) => {
    const one = sentence(truth)
    return scoreOf(
      [one],
      new Map([[one, acts.map(([act, evidence]) => ({ act, evidence, phrase: 'Hello' }))]]),
    )
  }
  const tally = (score, act, level) => rates([score.groups.get('en').acts.get(act)], level)

  test('adds up the levels from the surest down', () => {
    const score = scored({ asserted: new Set(['apology', 'hold']) }, [
      ['apology', 'suspected'],
      ['hold', 'hint'],
      ['remedy', 'recognised'],
    ])
    expect(tally(score, 'apology', 'recognised')).toMatchObject({ found: 0, precision: null, recall: 0 })
    expect(tally(score, 'apology', 'suspected')).toMatchObject({ found: 1, precision: 1, recall: 1 })
    expect(tally(score, 'hold', 'suspected')).toMatchObject({ found: 0, precision: null, recall: 0 })
    expect(tally(score, 'remedy', 'recognised')).toMatchObject({ wrong: 1, precision: 0, recall: null })
    expect(score.misses).toMatchObject([{ act: 'hold', places: [{ remark: 'only a hint' }] }])
    expect(score.mistakes).toMatchObject([
      { act: 'remedy', places: [{ remark: 'recognised because of "Hello"' }] },
    ])
  })

  test('a kind counts as the act, the act not as its kind, and neither is a mistake', () => {
    const kind = scored({ asserted: new Set(['collect-info']) }, [['verify-identity', 'recognised']])
    expect(tally(kind, 'collect-info', 'recognised')).toMatchObject({ found: 1, right: 1, wrong: 0 })
    const general = scored({ asserted: new Set(['verify-identity']) }, [['collect-info', 'recognised']])
    expect(tally(general, 'verify-identity', 'recognised')).toMatchObject({ found: 0, right: 0, wrong: 0 })
    expect(general.mistakes).toEqual([])
  })

  test('what is denied must not be found; what nobody judged is counted apart', () => {
    const denied = scored({ denied: new Set(['transfer']) }, [['supervisor-escalation', 'suspected']])
    expect(denied.groups.get('en')).toMatchObject({ denied: 1, broken: 1 })
    const judged = scored({ judged: new Set(['apology']) }, [['remedy', 'recognised']])
    expect([judged.notJudged, judged.mistakes]).toEqual([1, []])
  })
})

describe('public sets', () => {
  test('that cannot be had are named with what would help', () => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [RUN, '--public'], {
      cwd: folder,
      encoding: 'utf8',
      // No network in tests: every request fails before it is sent.
      env: {
        ...process.env,
        WAYOUT_EVALUATE_CACHE: folder,
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent("globalThis.fetch = async () => { throw new Error('no network') }")}`,
      },
    })
    expect({ status, stdout }).toEqual({ status: 3, stdout: '' })
    expect(stderr).toContain(
      `public set banking77: 1 of 1 files are missing: https://raw.githubusercontent.com/PolyAI-LDN/task-specific-datasets/57ec275d8078/banking_data/train.csv could not be fetched (no network); it would be kept as ${join(folder, 'PolyAI-LDN/task-specific-datasets@57ec275d8078/banking_data/train.csv')}\n`,
    )
    expect(stderr.split('\n').filter(line => line.startsWith('public set '))).toHaveLength(PUBLIC_SETS.length)
    expect(stderr).toMatch(/no sentence to measure with\n$/)
  })

  test('are fetched once', async () => {
    const set = { repository: 'gym/talk', commit: 'abc' }
    let asked = 0
    const load = async () => ({ ok: ++asked === 1, status: 404, text: async () => 'text,category\n' })
    expect(await fetched(set, 'a/b.csv', folder, load)).toEqual({ text: 'text,category\n' })
    expect(await fetched(set, 'a/b.csv', folder, load)).toEqual({ text: 'text,category\n' })
    expect(asked).toBe(1)
    expect(await fetched(set, 'c.csv', folder, load)).toMatchObject({
      missing: expect.stringContaining('(the answer was 404)'),
    })
  })

  test('are read in their own forms', () => {
    const texts = {
      bitext:
        'flags,utterance,category,intent\nB,"stop, it",A,cancel_order\nB,who are you,B,delivery_period\n',
      clinc150: JSON.stringify({
        train: [
          ['drop my table', 'cancel_reservation'],
          ['never mind', 'cancel'],
        ],
      }),
      banking77: 'text,category\nLet me leave,terminate_account\n"Hi\nthere",card_arrival\n',
      nlupp: JSON.stringify([
        { text: 'Close it', intents: ['cancel_close_leave_freeze', 'account'] },
        { text: 'Freeze', intents: ['cancel_close_leave_freeze'] },
      ]),
      'ec-darkpattern':
        'page_id\ttext\tlabel\tPattern Category\n2\tNo, I like to pay\t1\tMisdirection\n3\tNo way\t1\tMisdirection\n4\tTowels\t0\tNot Dark Pattern\n',
      'justdelete.me': JSON.stringify([
        { notes: 'Never.', difficulty: 'impossible' },
        { difficulty: 'easy' },
      ]),
    }
    const read = PUBLIC_SETS.flatMap(set => sentencesOf(set, set.files[0], texts[set.name]))
    expect(
      read.map(({ group, line, text, asserted, arguable }) => [
        group,
        line,
        text,
        ...asserted,
        ...[...arguable].map(act => `?${act}`),
      ]),
    ).toEqual([
      ['bitext', 2, 'stop, it', 'cancel-request'],
      ['bitext', 3, 'who are you'],
      ['clinc150', 1, 'drop my table', 'cancel-request'],
      ['clinc150', 2, 'never mind'],
      ['banking77', 2, 'Let me leave', 'cancel-request'],
      ['banking77', 3, 'Hi\nthere'],
      ['nlupp', 1, 'Close it', 'cancel-request'],
      ['nlupp', 2, 'Freeze', '?cancel-request'],
      ['ec-darkpattern', 2, 'No, I like to pay', 'confirmshaming'],
      ['ec-darkpattern', 4, 'Towels'],
      ['justdelete.me', 1, 'Never.', 'cancellation-refusal'],
    ])
  })

  test('separated values: quotes, empty cells, line ends', () => {
    expect(parseCsv('a,b\r\n"x ""y""",\r\n\r\n,z\n', ',')).toEqual([
      { line: 2, cells: { a: 'x "y"', b: '' } },
      { line: 4, cells: { a: '', b: 'z' } },
    ])
  })
})

test('a folder of nothing but other files is named', () => {
  const path = join(folder, 'deep/notes.md')
  mkdirSync(dirname(path))
  writeFileSync(path, 'hello')
  expect(run('deep')).toMatchObject({
    status: 3,
    stdout: '',
    stderr: 'deep: no .tsv file in this folder\nno sentence to measure with\n',
  })
})
