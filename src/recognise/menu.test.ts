// What a telephone menu offers is not done by offering it; what is said beside it is.
import { expect, test } from 'vitest'
import { lint, readFlow } from '../index.ts'
import { builtInRules } from '../ruleset/load.ts'

async function actsIn(say: string, language = 'en'): Promise<string[]> {
  const text = `playbook: Larkfield Gym\nlanguage: ${language}\nchannel: ivr\nsteps:\n  menu:\n    say: ${JSON.stringify(say)}\n    end: resolved\n`
  const { flow } = await readFlow([{ path: 'menu.yaml', text, named: true }])
  return flow.steps[0]!.acts.filter(
    ({ evidence, act, attributes }) =>
      evidence !== 'hint' && act !== 'automated-diagnostics' && !attributes.offered,
  ).map(({ act }) => act)
}

test.each([
  ['Press 0 to speak with a customer service representative.', []],
  ['To make a payment, press 2. To be transferred to our sales team, press 3.', []],
  ['For a new card press 1, or press the star key * to talk to an agent.', []],
  ['I will transfer you to our sales team now.', ['transfer']],
  ['Press 1 for opening hours. I am transferring you to a colleague.', ['human-agent']],
])('%s', async (say, acts) => {
  expect(await actsIn(say)).toEqual(acts)
})

test('also in other languages', async () => {
  expect(await actsIn('Drücken Sie die 1, um mit einem Mitarbeiter zu sprechen.', 'de')).toEqual([])
  expect(await actsIn('Нажмите 1, чтобы поговорить с оператором.', 'ru')).toEqual([])
})

test('a bot that reads its menu again has transferred nobody', async () => {
  const menu = (next: string) => `    say: Press 1 for opening hours. Press 0 to speak with a representative.
    next:
      - customer: 0
        go: person
      - otherwise: anything else
        go: ${next}
`
  const text = `playbook: Larkfield Gym
channel: ivr
steps:
  first:
${menu('second')}  second:
${menu('third')}  third:
${menu('first')}  person:
    say: One moment, please.
    acts: [human-agent, {hold: {max: 1 min}}]
    end: handed-off
`
  const { result } = await lint([{ path: 'menu.yaml', text, named: true }], { rules: builtInRules() })
  const about = result.findings.filter(
    ({ rule }) => rule === 'transfers-bounded' || rule === 'human-reachable',
  )
  expect(about).toEqual([])
})
