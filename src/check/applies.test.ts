// Rules that apply in certain files and playbooks only, and the names of entries.
import { describe, expect, test } from 'vitest'
import { lint } from '../index.ts'
import { builtInRules } from '../ruleset/load.ts'
import { validateRule } from '../ruleset/validate.ts'

const book = (title: string) => `playbook: ${title}
channel: phone
steps:
  hello:
    say: Larkfield Gym, hello.
    acts: hold
    next: bye
  bye:
    say: Goodbye.
    end: resolved
`
const sources = [
  { path: 'gym/leave.yaml', text: `${book('Leaving')}---\n${book('Joining')}`, named: true },
  { path: 'shop/leave.yaml', text: book('Leaving the shop'), named: true },
]

async function run(applies: object, check: object = { check: 'absence', of: 'hold' }) {
  const { rule, problems } = validateRule(
    { id: 'acme/x', title: 'X', message: 'x', applies, ...check },
    'here',
  )
  expect(problems).toEqual([])
  const { result, faults } = await lint(sources, { rules: [rule!] })
  expect(faults).toEqual([])
  const rules = result.rules.filter(({ id }) => id === 'acme/x')
  return {
    verdicts: rules.map(({ entry, verdict }) => `${entry} ${verdict}`),
    notes: rules.map(({ note }) => note),
    places: result.findings.map(({ path, range }) => `${path}:${range.start.line}`),
  }
}

describe('a rule speaks of', () => {
  test('files, and of playbooks', async () => {
    expect(await run({ paths: ['gym/**'], playbooks: ['leaving*'] })).toEqual({
      verdicts: [
        'gym/leave.yaml#hello violated',
        'gym/leave.yaml#hello (line 15) not-applicable',
        'shop/leave.yaml#hello not-applicable',
      ],
      notes: [null, ...Array(2).fill('speaks of files gym/** and playbooks "leaving*" only')],
      places: ['gym/leave.yaml:4'],
    })
    expect((await run({ playbooks: ['Leaving', 'Joining'] })).places).toEqual([
      'gym/leave.yaml:4',
      'gym/leave.yaml:15',
    ])
    expect((await run({ paths: ['*.yaml'] })).places).toHaveLength(3)
    expect((await run({ channels: ['chat'], paths: ['*.yaml'] })).places).toEqual([])
  })

  test('the structure of some playbooks, and of what is compared or must exist in them', async () => {
    const ends = { check: 'structure', require: 'steps-reachable' }
    expect((await run({ paths: ['none/**'] }, ends)).verdicts).toEqual(['* not-applicable'])
    expect((await run({ paths: ['gym/**'] }, ends)).verdicts).toEqual(['* holds'])
    const there = { check: 'existence', of: 'hold', in: 'project' }
    expect((await run({ playbooks: ['Joining'] }, there)).verdicts).toEqual(['* holds'])
    const none = await run({ paths: ['shop/'] }, { ...there, of: 'remedy' })
    expect(none).toMatchObject({ verdicts: ['* violated'], places: ['shop/leave.yaml:1'] })
  })
})

test('every entry has a name of its own, and the first keeps the plain one', async () => {
  const { result } = await lint(sources, { rules: builtInRules(), verify: true })
  const names = new Set(result.rules.map(({ id, entry }) => `${id} ${entry}`))
  expect(names.size).toBe(result.rules.length)
  expect(result.rules.some(({ entry }) => entry === 'gym/leave.yaml#hello')).toBe(true)
})
