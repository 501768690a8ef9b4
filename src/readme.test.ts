// Runs what the README shows: every `$ wayout …` block must print the lines below it, and the commands it names exist.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { COMMANDS } from './cli/commands.ts'
import { main } from './cli/main.ts'

const root = new URL('..', import.meta.url).pathname
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

async function run(argv: string[]): Promise<string> {
  let out = ''
  const sink = { write: (text: string) => (out += text) }
  const stdin = Object.assign((async function* () {})(), { isTTY: false })
  await main(argv, { stdin, stdout: sink, stderr: { write: () => true }, env: {}, cwd: root, columns: 80 })
  return out
}

const examples = [...readme.matchAll(/```\n\$ wayout ([^\n]+)\n([\s\S]*?)```/g)]

test('there is an example', () => expect(examples.length).toBeGreaterThan(0))

for (const [, command, output] of examples) {
  test(`wayout ${command} prints what the README shows`, async () => {
    expect(await run(command!.split(' '))).toContain(output!.trimEnd())
  })
}

test('every command the README names exists', () => {
  const names = COMMANDS.map(c => c.name)
  const named = [...readme.matchAll(/`wayout ([a-z]+)/g)].map(m => m[1]!).filter(n => n !== 'help')
  for (const name of new Set(named)) expect(names).toContain(name)
})

test('the playbook it quotes is the fixture', () => {
  const quoted = /```yaml\n( {2}smaller-plan:[\s\S]*?)```/.exec(readme)![1]!
  expect(readFileSync(`${root}fixtures/playbooks/endless-offers/two-offers.yaml`, 'utf8')).toContain(
    quoted.trimEnd(),
  )
})
