// What a team may say of acts: its phrases count, what it removes no longer does, and what cannot be is told.
import { describe, expect, it } from 'vitest'
import { readFlow } from '../index.ts'
import { wrongPatternId, wrongPhrase } from './phrases.ts'

const playbook =
  'playbook: Leaving\nsteps:\n  a: {say: "Log the complaint, and skip a box."}\n  b: {do: Log the complaint.}\n'
const actsOf = async (
  acts: Map<string, { by: 'customer' | 'company'; phrases: string[]; remove?: string[] }>,
) => {
  const { flow } = await readFlow([{ path: 'a.yaml', text: playbook, named: true }], { acts })
  return flow.steps.map(({ acts }) => acts.map(({ act, pattern, evidence }) => ({ act, pattern, evidence })))
}

describe('what a team says of acts that wayout knows', () => {
  it('adds phrases and takes patterns away, which keep their ids', async () => {
    const [, plain] = await actsOf(new Map())
    const logged = plain!.find(({ act }) => act === 'complaint-logged')!.pattern!
    const [said, done] = await actsOf(
      new Map([
        ['retention-offer', { by: 'company', phrases: ['skip a box'] }],
        ['complaint-logged', { by: 'company', phrases: [], remove: [logged] }],
      ]),
    )
    expect(said).toContainEqual({
      act: 'retention-offer',
      pattern: 'own/retention-offer',
      evidence: 'recognised',
    })
    expect(done!.map(({ pattern }) => pattern)).not.toContain(logged)
  })
})

it('tells a phrase that is no pattern', () => {
  expect(wrongPhrase('send us (a|one) ..2 fax*')).toBe(null)
  expect(wrongPhrase('send us (a fax')).toBe(
    'pattern "send us (a fax": a bracket is not closed; see docs/lexicon.md',
  )
  expect(wrongPhrase('<thing> is over')).toMatch(/there is no class "thing"/)
})

it('tells an id that is none', async () => {
  expect(await wrongPatternId('en/complaint-logged/1')).toBe(null)
  expect(await wrongPatternId('complaint-logged/1')).toMatch(/an id begins with a language/)
  expect(await wrongPatternId('en/complaint-logged/1111')).toMatch(/there is no pattern .*; it has \d+/)
  expect(await wrongPatternId('en/complaint-loged/1')).toMatch(/there is no act "complaint-loged"/)
})
