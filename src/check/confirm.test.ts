// What a possible finding asks to confirm: declarations that keep what stands beside the doubt, and nothing left unexplained.
import { describe, expect, test } from 'vitest'
import { flowOf } from '../flow/sketch.test-data.ts'
import type { Act } from '../model/act.ts'
import { builtInRules } from '../ruleset/load.ts'
import { confirmOf } from './confirm.ts'

const rule = (id: string) => builtInRules().find(one => one.id === id)!

/** A step with these acts, as a playbook of the format has it. */
function stepWith(acts: Partial<Act>[], format: 'yaml' | 'markdown' | 'amazon-connect' = 'yaml') {
  const flow = flowOf({ playbooks: [[{ end: 'resolved' }]] })
  flow.documents[0]!.format = format
  const range = { start: { line: 3, column: 1 }, end: { line: 3, column: 2 } }
  flow.steps[0]!.acts = acts.map(
    act => ({ by: 'company', attributes: {}, evidence: 'recognised', range, ...act }) as Act,
  )
  return flow
}

describe('the declaration to write', () => {
  const beside: Partial<Act>[] = [
    { act: 'apology' },
    { act: 'hold', attributes: { max: '3 min' } },
    { act: 'retention-offer', evidence: 'suspected', phrase: 'a little something' },
  ]

  test('names what stands beside it, so that nothing is lost', () => {
    const yaml = confirmOf(stepWith(beside), rule('retention-offers-bounded'), 0, [0])
    expect(yaml).toContain('write acts: [apology, {hold: {max: 3 min}}, retention-offer] if it is')
    expect(yaml).toContain('acts: [apology, {hold: {max: 3 min}}] if not')
    const markdown = confirmOf(stepWith(beside, 'markdown'), rule('retention-offers-bounded'), 0, [0])
    expect(markdown).toContain('<!-- wayout: apology, hold max="3 min", retention-offer --> if it is')
    expect(markdown).toContain('<!-- wayout: apology, hold max="3 min" --> if not')
  })

  test('is left out where the format has no place for it', () => {
    const exported = confirmOf(stepWith(beside, 'amazon-connect'), rule('retention-offers-bounded'), 0, [0])
    expect(exported).toBe('whether "a little something" (line 3) is a retention offer')
  })

  test('is empty only where there is nothing else', () => {
    const alone = confirmOf(stepWith(beside.slice(2)), rule('retention-offers-bounded'), 0, [0])
    expect(alone).toContain('write acts: retention-offer if it is, acts: [] if not')
  })

  test('tells what an act may say in words that were not understood', () => {
    const flow = stepWith([{ act: 'referral', phrase: 'ask the returns desk' }])
    expect(confirmOf(flow, rule('contact-given'), 0, [0])).toBe(
      'the "contact" of sending the customer elsewhere (line 3): write acts: [{referral: {contact: "…"}}]',
    )
  })

  test('asks who decides where that is in doubt, also beside the path', () => {
    const flow = flowOf({
      playbooks: [
        [
          {
            ways: [
              { to: 0, by: 'customer', when: 'once more' },
              { to: 'kept', by: 'unknown', when: 'it is late' },
            ],
          },
        ],
      ],
    })
    expect(confirmOf(flow, rule('cancellation-forceable'), 0, [0, 1])).toContain('who decides "it is late"')
  })
})

test('no doubt about a path is left unexplained', () => {
  const flow = stepWith([])
  for (const one of builtInRules()) {
    const asks = ['reachable', 'can_force', 'response', 'precedence', 'existence'].includes(one.check)
    if (asks) expect(confirmOf(flow, one, 0, [0])).toContain('write acts: ')
  }
})
