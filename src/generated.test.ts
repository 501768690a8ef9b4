// Holds everything generated from `rules/` against its source; `npm run gen` rewrites it, CI fails when it is stale.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Rule } from './model/rule.ts'
import { validateRule } from './ruleset/validate.ts'

const root = new URL('../rules/', import.meta.url).pathname

function yamlFiles(folder: string): { id: string; value: unknown }[] {
  return readdirSync(join(root, folder))
    .filter(name => name.endsWith('.yaml'))
    .sort()
    .map(name => ({ id: name.replace('.yaml', ''), value: parse(readFileSync(join(root, folder, name), 'utf8')) }))
}

/** One JSON text a line, so that a change of one rule is a change of one line. */
function listOf(name: string, values: unknown[]): string {
  const lines = values.map(value => `  ${JSON.stringify(JSON.stringify(value))},\n`)
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

test('lexicons in src/recognise/generated are current (npm run gen)', async () => {
  const lexicons = yamlFiles('lexicon')
  for (const { id, value } of lexicons) {
    const text = `// Generated from rules/lexicon/${id}.yaml by \`npm run gen\`. Do not edit.\nexport const lexicon: string = ${JSON.stringify(JSON.stringify(value))}\n`
    await expect(text).toMatchFileSnapshot(`./ruleset/lexicon/${id}.generated.ts`)
  }
  const index = [
    '// Generated from rules/lexicon/ by `npm run gen`. Do not edit.\n',
    'export const lexicons: Readonly<Record<string, () => Promise<{ lexicon: string }>>> = {',
    ...lexicons.map(({ id }) => `  ${id}: () => import('./${id}.generated.ts'),`),
    '}\n',
  ].join('\n')
  await expect(index).toMatchFileSnapshot('./ruleset/lexicon/index.generated.ts')
})
