// Holds everything generated from `rules/` against its source; `npm run gen` rewrites it, CI fails when it is stale.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Example, Rule } from './model/rule.ts'
import { compile, type LexiconSource } from './recognise/index.ts'
import { checkSentences } from './report/rule-words.ts'
import { storyOf, storyTitle } from './report/story.ts'
import { lawText } from './report/wording.ts'
import { OWN_PLACEHOLDERS, PARAMETERS, PLACEHOLDERS } from './ruleset/parameters.ts'
import { validateRule } from './ruleset/validate.ts'

const root = new URL('../rules/', import.meta.url).pathname

function yamlFiles(folder: string): { id: string; value: unknown }[] {
  return readdirSync(join(root, folder))
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => ({ id: name.replace('.yaml', ''), value: parse(readFileSync(join(root, folder, name), 'utf8')) }))
}

/** JSON in ASCII: a string of such letters alone takes half the memory, and is parsed in half the time. */
function plainJson(value: unknown): string {
  const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, escaped)
}

/** One JSON text a line, so that a change of one rule is a change of one line. */
function listOf(name: string, values: unknown[]): string {
  const lines = values.map(value => `  ${JSON.stringify(plainJson(value))},\n`)
  return `export const ${name}: readonly string[] = [\n${lines.join('')}]\n`
}

const rules = yamlFiles('.')
const packs = yamlFiles('packs')

test('every rule file is a valid rule named like its file', () => {
  for (const { id, value } of rules) {
    expect(validateRule(value, id).problems).toEqual([])
    expect((value as Rule).id).toBe(id)
  }
})

test('src/ruleset/generated.ts is current (npm run gen)', async () => {
  const text = [
    '// Generated from rules/ by `npm run gen`. Do not edit: change the YAML and generate again.\n',
    listOf('rules', rules.map(r => r.value)),
    listOf('packs', packs.map(p => p.value)),
  ].join('\n')
  await expect(text).toMatchFileSnapshot('./ruleset/generated.ts')
})

/** Nobody who runs wayout needs what only the tests read. */
function withoutExamples(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExamples)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !/^(examples|counter)$|(Examples|Counter)$/.test(key))
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutExamples(part)]))
}

test('lexicons in src/ruleset/lexicon are current, with their patterns compiled (npm run gen)', async () => {
  const lexicons = yamlFiles('lexicon')
  const write = async (id: string, file: string, value: unknown) => {
    const text = `// Generated from rules/lexicon/${id}.yaml by \`npm run gen\`. Do not edit.\nexport const lexicon: string = ${JSON.stringify(plainJson(value))}\n`
    await expect(text).toMatchFileSnapshot(`./ruleset/lexicon/${file}.generated.ts`)
  }
  for (const { id, value } of lexicons) {
    await write(id, id, withoutExamples(value))
    await write(id, `${id}.compiled`, compile(value as LexiconSource))
  }
  const table = (name: string, ending: string) => [
    `export const ${name}: Readonly<Record<string, () => Promise<{ lexicon: string }>>> = {`,
    ...lexicons.map(({ id }) => `  ${id}: () => import('./${id}${ending}.generated.ts'),`),
    '}\n',
  ]
  const index = [
    '// Generated from rules/lexicon/ by `npm run gen`. Do not edit.\n',
    ...table('lexicons', ''),
    ...table('compiled', '.compiled'),
  ].join('\n')
  await expect(index).toMatchFileSnapshot('./ruleset/lexicon/index.generated.ts')
})

/** The sections of the catalogue, each with its rules in the order in which they are told. */
const SECTIONS: readonly [title: string, rules: readonly string[]][] = [
  [
    'The way out',
    [
      'cancellation-reachable',
      'cancellation-forceable',
      'request-ends-in-cancellation',
      'cancellation-not-refused',
      'retention-offers-bounded',
      'no-offer-after-decline',
      'no-retention-loop',
      'cancellation-confirmed',
      'reason-optional',
      'cancelling-as-easy-as-joining',
      'no-obstruction-instruction',
      'no-pressure-wording',
    ],
  ],
  [
    'People who can help',
    [
      'supervisor-escalation-exists',
      'human-reachable',
      'transfers-bounded',
      'no-repeated-questions',
      'hold-bounded',
      'callback-keeps-place',
      'first-agent-can-remedy',
      'refusal-explained',
      'refusal-escalates',
      'unsure-means-ask',
    ],
  ],
  [
    'Honesty',
    [
      'outage-stated-up-front',
      'fees-before-commitment',
      'exceptions-documented',
      'same-case-same-remedy',
      'links-resolve',
      'contact-given',
    ],
  ],
  [
    'Complaints',
    [
      'complaint-procedure-exists',
      'complaint-acknowledged-first',
      'no-blame',
      'customer-asked-for-solution',
      'complaint-logged',
      'complaint-closed-with-promise',
      'apology-then-remedy',
      'feedback-asked',
      'feedback-not-in-the-way',
      'feedback-not-paid',
      'customer-named',
    ],
  ],
  [
    'Soundness of the flow',
    ['steps-reachable', 'ends-declared', 'option-to-complete', 'choices-complete', 'steps-unique'],
  ],
  ['Honesty of the linter itself', ['syntax', 'nothing-to-check', 'unread-text', 'diagram-agrees', 'suppressions-valid']],
]

const ruleOf = new Map(rules.map(({ id, value }) => [id, value as Rule]))
const packsOf = (id: string): string[] =>
  packs.flatMap(({ id: pack, value }) => (id in (value as { rules: object }).rules ? [pack] : []))

test('every rule is told in one section of docs/rules.md', () => {
  expect(SECTIONS.flatMap(([, ids]) => ids).sort()).toEqual(rules.map(r => r.id).sort())
})

test('docs/rules.md is current (npm run gen)', async () => {
  const text = [
    '<!-- Generated from rules/ by `npm run gen`. Do not edit: change the YAML and generate again. -->',
    '# Rules',
    'What wayout demands of a playbook. `wayout rules` lists them, `wayout explain RULE` tells one in the terminal. Each is a file in [`rules/`](../rules), which is its check, this page and its tests at once.',
    'A rule that is certainly broken is **violated** and has the severity below. What fails only if every doubt is read against the script is **possible**, at most a warning, and says what to confirm. A rule whose subject never comes up is **vacuous**, not passed. Severities and limits are set in `wayout.yaml`: `rules: {retention-offers-bounded: {severity: warning, max: 2}}`.',
    '## Overview',
    ...SECTIONS.flatMap(([title, ids]) => [`**${title}**`, table(ids)]),
    ...SECTIONS.flatMap(([title, ids]) => [`## ${title}`, ...ids.flatMap(id => pageOf(ruleOf.get(id)!))]),
    ...ownRules(),
  ].join('\n\n')
  await expect(`${text}\n`).toMatchFileSnapshot('../docs/rules.md')
})

function table(ids: readonly string[]): string {
  const rows = ids.map(id => {
    const { title, severity, check, story } = ruleOf.get(id)!
    const pack = packsOf(id).includes('recommended') ? '' : ` (${packsOf(id).join(', ')})`
    return `| [\`${id}\`](#${id}) | ${cell(title)} | ${severity}${pack} | ${check} | ${story ?? ''} |`
  })
  return ['| rule | the promise | severity | check | story |', '| --- | --- | --- | --- | --- |', ...rows].join('\n')
}

function pageOf(rule: Rule): string[] {
  const { id, title, why, fix, law, severity, examples, message } = rule
  const told = [message, ...(rule.also ?? []).map(check => check.message)]
  const story = storyOf(rule)
  return [
    `### \`${id}\``,
    `**${title}.** ${why}`,
    [
      `- **severity** ${severity}, in the pack ${packsOf(id).join(', ')}`,
      ...(story === '' ? [] : [`- **story** ${storyTitle(story)}`]),
      ...checkSentences(rule).map((sentence, i) => `- **${i === 0 ? 'checks' : 'and'}** ${sentence}`),
      ...parametersOf(rule),
      ...told.map(text => `- **says** ${text}`),
      `- **fix** ${fix}`,
      ...law.map(each => `- **law** ${lawText(each)}`),
    ].join('\n'),
    ...example('Bad', examples.bad[0]!),
    ...example('Good', examples.good[0]!),
  ]
}

/** The parameters that a configuration is likely to change, with their values. */
function parametersOf(rule: Rule): string[] {
  return Object.entries(rule)
    .filter(([key, value]) => key === 'max' || typeof value === 'number' || ['strength', 'knowing'].includes(key))
    .map(([key, value]) => `- **parameter** \`${key}: ${value}\``)
}

function example(kind: string, { title, format = 'yaml', playbook }: Example): string[] {
  const fence = playbook.includes('```') ? '````' : '```'
  return [`${kind}: ${title}`, `${fence}${format}\n${playbook.trimEnd()}\n${fence}`]
}

/** What somebody who writes a rule needs to look up: the primitives with their parameters, and the placeholders. */
function ownRules(): string[] {
  const schema = JSON.parse(readFileSync(new URL('../schema/rules.schema.json', import.meta.url), 'utf8'))
  const primitives = schema.$defs.checks.allOf.map(
    ({ if: given, then }: { if: { properties: { check: { const: string } } }; then: Described }) => {
      const name = given.properties.check.const as keyof typeof PARAMETERS
      const names = Object.keys(PARAMETERS[name] ?? {})
      const parameters = names.map(key => {
        const needed = key.endsWith('!')
        const plain = key.replace('!', '')
        return `\`${plain}\`${needed ? '' : '?'} ${then.properties[plain]!.description}`
      })
      return `| \`${name}\` | ${cell(then.description)} | ${cell(parameters.join('<br>'))} |`
    },
  )
  const placeholders = Object.entries(OWN_PLACEHOLDERS).map(
    ([name, own]) => `| ${name} | ${(own ?? []).map(p => `\`{${p}}\``).join(' ')} |`,
  )
  return [
    '## Rules of your own',
    'A rule of yours is written as these are, under `rules:` in `wayout.yaml` or in a file that it `extends`, and uses nothing that these do not. `wayout test` runs its examples: every line of a bad one that ends in `# <-` (in Markdown `<!-- <- -->`) must have a finding, and no other line. [`schema/rules.schema.json`](../schema/rules.schema.json) helps your editor.',
    '### Checks',
    ['| check | demands | parameters (? may be left out) |', '| --- | --- | --- |', ...primitives].join('\n'),
    '### Placeholders of messages',
    `Every message of a rule about paths may name ${PLACEHOLDERS.map(p => `\`{${p}}\``).join(' ')}; beside them:`,
    ['| check | placeholders |', '| --- | --- |', ...placeholders].join('\n'),
  ]
}

type Described = { description: string; properties: Record<string, { description: string }> }

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ')
}

test('src/report/page/generated.ts is current (npm run gen)', async () => {
  const page = new URL('./report/page/', import.meta.url).pathname
  const parts = [
    ['SCRIPT', 'page.js'],
    ['STYLE', 'page.css'],
  ].map(([name, file]) => {
    const text = readFileSync(join(page, file!), 'utf8')
    const hash = createHash('sha256').update(text).digest('base64')
    return `export const ${name}: string = ${JSON.stringify(text)}\nexport const ${name}_HASH = 'sha256-${hash}'\n`
  })
  const text = ['// Generated from page.js and page.css by `npm run gen`. Do not edit.\n', ...parts].join('')
  await expect(text).toMatchFileSnapshot('./report/page/generated.ts')
})
