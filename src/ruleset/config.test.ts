// The configuration: what it may say, and that every mistake in it is told where it stands.
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { CONFIG_KEYS, parseConfig } from './config.ts'

const complete = `
extends: ./house/base.yaml
packs: [recommended, us-ca]
rules:
  hold-bounded: {severity: warning, max: 3 min}
  customer-named: off
ignore: [drafts/, "*.old.md"]
paths: [playbooks]
overrides:
  - files: ivr/**
    rules: {human-reachable: {within: 2}}
acts:
  goodwill-voucher:
    title: handing out a voucher
    by: company
    phrases: [voucher for a free month, one on the house]
  retention-offer: {phrases: [skip a box], remove: [en/retention-offer/1]}
root: ..
roots: {/help/: pages/, 'https://gym.example/help/': pages/}
fail-on: warning
`

/** One mistake (or more) a case, and where it is told. */
const mistakes: [title: string, text: string, told: string[]][] = [
  ['a key nobody knows', 'rulez: {}', ['1:1 unknown key "rulez"; did you mean "rules"?']],
  [
    'a key like none',
    'colour: red',
    [
      '1:1 unknown key "colour"; expected extends, packs, rules, ignore, paths, overrides, acts, root, roots, fail-on, suppressions, unsuppressable or baseline',
    ],
  ],
  [
    'a severity nobody knows',
    'rules:\n  hold-bounded: warn\n',
    ['2:17 "warn" is no severity; expected error, warning, info or off'],
  ],
  [
    'a misspelt severity',
    'rules:\n  hold-bounded: {severity: eror}',
    ['2:28 "eror" is no severity; did you mean "error"?'],
  ],
  [
    'a number as severity',
    'rules: {hold-bounded: 2}',
    ['1:23 2 is no severity; expected error, warning, info or off'],
  ],
  ['text for a mapping', 'rules: strict', ['1:8 rules must be a mapping ("key: value"), not "strict"']],
  ['a list at the top', '- rules', ['1:1 the configuration must be a mapping ("key: value"), not a list']],
  [
    'a rule in a list by name alone',
    'rules:\n  - hold-bounded',
    ['2:5 a list under "rules" holds whole rules; to tune rules write "id: severity" without the dash'],
  ],
  ['numbers for packs', 'packs: [1]', ['1:9 "packs" is a list of packs, not 1']],
  ['nothing for paths', 'paths:\n', ['1:7 "paths" is a list of paths, not nothing']],
  ['one thing twice', 'root: a\nroot: b', ['2:1 "root" stands here twice']],
  [
    'a level to fail on that nobody knows',
    'fail-on: errors',
    ['1:10 "errors" is no level for "fail-on"; did you mean "error"?'],
  ],
  [
    'overrides without a list',
    'overrides: {files: a}',
    ['1:12 "overrides" is a list of "files" and "rules"'],
  ],
  [
    'an override for no file',
    'overrides:\n  - rules: {hold-bounded: off}',
    ['2:5 an override needs "files": for which files it holds'],
  ],
  [
    'a misspelt key in an override',
    'overrides: [{file: x}]',
    [
      '1:14 unknown key "file" in an override; did you mean "files"?',
      '1:13 an override needs "files": for which files it holds',
    ],
  ],
  [
    'an act that exists',
    'acts: {hold: {title: waiting}}',
    ['1:15 "title" is nothing to say of "hold", which wayout knows; expected phrases or remove'],
  ],
  [
    'an act with an odd name',
    'acts: {Gift Card: {}}',
    ['1:8 "Gift Card" is no name for an act: small letters, digits and "-"'],
  ],
  [
    'a root for what begins no link',
    'roots: {help: pages}',
    ['1:9 "help" is no beginning of a link; expected "/…/" or "https://…/"'],
  ],
  ['a root that is no folder', 'roots: {/help/: [pages]}', ['1:17 "/help/" is a folder, not a list']],
  ['roots without beginnings', 'roots: pages', ['1:8 roots must be a mapping ("key: value"), not "pages"']],
  [
    'an act by nobody',
    'acts: {gift: {by: agent}}',
    ['1:19 "agent" performs no acts; expected customer or company'],
  ],
  [
    'suppressions that say too little, or what cannot be',
    [
      'suppressions:',
      '  - files: old/',
      '    rules: hold-bounded',
      '  - rules: hold-bounded',
      '    reason: old pages',
      '  - {files: old/, reason: old pages}',
      '  - {files: old/, rules: [no-blame], reason: old, until: 2027-02-30, onwer: Jo}',
      'unsuppressable: {no-blame: true}',
      'baseline: [a]',
    ].join('\n'),
    [
      '2:5 a suppression needs a "reason"',
      '4:5 a suppression needs "files": for which files it holds',
      '6:5 a suppression needs "rules": what it hides',
      '7:58 "2027-02-30" is no day; expected YYYY-MM-DD',
      '7:70 unknown key "onwer" in a suppression; did you mean "owner"?',
      '8:17 "unsuppressable" is a list of rules, not a mapping',
      '9:11 "baseline" is a file, such as ".wayout-baseline", not a list',
    ],
  ],
  [
    'several mistakes at once',
    'rulez: {}\nroot: 3\nfail-on: no\n',
    [
      '1:1 unknown key "rulez"; did you mean "rules"?',
      '2:7 "root" is a folder, not 3',
      '3:10 "no" is no level for "fail-on"; expected error, warning, info or never',
    ],
  ],
]

const told = (text: string, key?: string) =>
  parseConfig(text, 'wayout.yaml', key).problems.map(
    ({ at, message }) => `${at.line}:${at.column} ${message}`,
  )

describe('parseConfig', () => {
  test('reads everything that a configuration may say', () => {
    const { config, problems } = parseConfig(complete, 'wayout.yaml')
    expect(problems).toEqual([])
    expect(config.extends.map(one => one.name)).toEqual(['./house/base.yaml'])
    expect(config.packs).toEqual([
      { name: 'recommended', at: { line: 3, column: 9 } },
      { name: 'us-ca', at: { line: 3, column: 22 } },
    ])
    expect(config.rules.get('hold-bounded')).toEqual({
      severity: 'warning',
      parameters: [{ name: 'max', value: '3 min', at: { line: 5, column: 37 } }],
      at: { line: 5, column: 3 },
    })
    expect(config.rules.get('customer-named')?.severity).toBe('off')
    expect(config.ignore).toEqual(['drafts/', '*.old.md'])
    expect(config.paths).toEqual(['playbooks'])
    expect(config.overrides[0]?.files).toEqual(['ivr/**'])
    expect(config.overrides[0]?.rules.get('human-reachable')?.parameters[0]?.value).toBe(2)
    expect(config.acts.get('goodwill-voucher')).toEqual({
      title: 'handing out a voucher',
      by: 'company',
      phrases: ['voucher for a free month', 'one on the house'],
      remove: [],
    })
    expect(config.acts.get('retention-offer')).toMatchObject({
      by: 'company',
      phrases: ['skip a box'],
      remove: ['en/retention-offer/1'],
    })
    expect(config.actWords.removed).toEqual([{ name: 'en/retention-offer/1', at: { line: 17, column: 53 } }])
    expect(config.root).toBe('..')
    expect(config.failOn).toBe('warning')
  })

  test.each(mistakes)('tells %s', (_, text, expected) => expect(told(text)).toEqual(expected))

  test('reads exceptions', () => {
    const text = [
      'baseline: .wayout-baseline',
      'unsuppressable: cancellation-forceable',
      'suppressions:',
      '  - files: [old/, /a.md]',
      '    rules: [no-blame, hold-bounded]',
      '    reason: replaced in spring',
      '    until: 2027-03-31',
      '    owner: Jo Reyes',
      '    ticket: 12',
    ].join('\n')
    const { config, problems } = parseConfig(text, 'wayout.yaml')
    expect(problems).toEqual([])
    expect(config.baseline).toEqual({ name: '.wayout-baseline', at: { line: 1, column: 11 } })
    expect(config.unsuppressable).toEqual([{ name: 'cancellation-forceable', at: { line: 2, column: 17 } }])
    expect(config.suppressions).toEqual([
      {
        at: { line: 4, column: 5 },
        files: ['old/', '/a.md'],
        rules: [
          { name: 'no-blame', at: { line: 5, column: 13 } },
          { name: 'hold-bounded', at: { line: 5, column: 23 } },
        ],
        reason: 'replaced in spring',
        until: '2027-03-31',
        owner: 'Jo Reyes',
        ticket: '12',
      },
    ])
  })

  test('reads whole rules from a list, with their place', () => {
    const { config, problems } = parseConfig('rules:\n  - id: no-gifts\n    check: absence\n', 'wayout.yaml')
    expect(problems).toEqual([])
    expect(config.ownRules).toEqual([
      { value: { id: 'no-gifts', check: 'absence' }, at: { line: 2, column: 5 } },
    ])
  })

  test('an empty file says nothing, which is fine', () => {
    for (const text of ['', '# later\n', '---\n', 'rules:\n']) expect(told(text)).toEqual([])
  })

  test('a syntax error is told where it is', () => {
    expect(told('rules: {hold-bounded: off\nfail-on: error\n')[0]).toMatch(/^[12]:\d+ \S/)
  })

  test('anchors and aliases are followed', () => {
    const { config } = parseConfig('packs: &mine [pedantic]\npaths: *mine\n', 'wayout.yaml')
    expect(config.paths).toEqual(['pedantic'])
  })

  test('reads the "wayout" key of package.json, also where it is indented by tabs', () => {
    const text =
      '{\n\t"name": "gym-desk",\n\t"wayout": {\n\t\t"packs": ["pedantic"],\n\t\t"rulez": 1\n\t}\n}\n'
    const { config, problems } = parseConfig(text, 'package.json', 'wayout')
    expect(config.packs?.map(pack => pack.name)).toEqual(['pedantic'])
    expect(problems.map(problem => problem.at)).toEqual([{ line: 5, column: 3 }])
  })

  test('any text is read or told, nothing throws', () => {
    const words = fc.constantFrom(
      ...CONFIG_KEYS,
      ':',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&a',
      '*a',
      '"',
      "'",
      '!!x',
      '<<',
      '\t',
      '?',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words).map(parts => parts.join('')),
    )
    fc.assert(
      fc.property(text, written => {
        for (const { at } of parseConfig(written, 'wayout.yaml').problems) {
          expect(at.line).toBeGreaterThan(0)
          expect(at.column).toBeGreaterThan(0)
        }
      }),
      { seed: 7, numRuns: 500 },
    )
  })
})

describe('schema/config.schema.json', () => {
  const schema = JSON.parse(readFileSync(new URL('../../schema/config.schema.json', import.meta.url), 'utf8'))
  const valid = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema)

  test('knows exactly the keys that the parser knows', () => {
    expect(Object.keys(schema.properties).sort()).toEqual([...CONFIG_KEYS].sort())
  })

  test('accepts what the parser accepts', () => {
    for (const text of [complete, 'rules:\n', 'rules: [{id: no-gifts, check: absence}]', 'packs: pedantic']) {
      expect([valid(parse(text)), valid.errors]).toEqual([true, null])
    }
  })

  // What YAML itself finds (a key twice) and what only wayout knows (its acts) no schema can say.
  const beyond = ['one thing twice', 'an act that exists']
  test.each(mistakes.filter(([title]) => !beyond.includes(title)))('refuses %s', (_, text) => {
    expect(valid(parse(text))).toBe(false)
  })
})
