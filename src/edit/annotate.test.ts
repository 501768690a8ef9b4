// Declarations written into playbooks: the same flow as before, now declared; comments and layout stay.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readFlow } from '../index.ts'
import { annotationsFor, insertInto } from './annotate.ts'
import { difference } from './same.ts'

const FOLDER = new URL('../../fixtures/playbooks/', import.meta.url)

for (const path of ['endless-offers/two-offers.yaml', 'aol/cancel-by-phone.yaml', 'five-minutes/gym.yaml']) {
  test(`${path} reads the same with its declarations`, async () => {
    const text = readFileSync(new URL(path, FOLDER), 'utf8')
    const { flow } = await readFlow([{ path, text, named: true }])
    const insertions = annotationsFor(flow, 0, text)
    expect(insertions.length).toBeGreaterThan(0)
    const written = insertInto(text, insertions)
    const again = (await readFlow([{ path, text: written, named: true }])).flow
    expect(difference(flow, again)).toBeNull()
    const declared = [...again.steps, ...again.transitions]
      .flatMap(x => x.acts)
      .filter(a => a.evidence === 'declared')
    expect(declared.length).toBeGreaterThanOrEqual(insertions.length)
    // Nothing was taken out: without the additions it is the text as it was.
    let rest = written
    for (const { text: added } of insertions) rest = rest.replace(added, '')
    expect(rest).toBe(text)
  })
}

test('a step in which something is only suspected is left to people', async () => {
  const text =
    'playbook: Gym\nsteps:\n  offer:\n    say: We could give you half price for three months.\n    next:\n      - customer: takes it and stays\n        end: kept\n      - customer: declines the offer\n        end: cancelled\n'
  const { flow } = await readFlow([{ path: 'gym.yaml', text, named: true }])
  const doubtful = flow.transitions.filter(t => t.acts.some(a => a.evidence === 'suspected'))
  const lines = annotationsFor(flow, 0, text).map(i => i.at.line)
  for (const { transition } of doubtful) expect(lines).not.toContain(transition.range.start.line)
})

test('another reading is told', async () => {
  const [one, other] = await Promise.all(
    ['end: kept', 'end: cancelled'].map(async end => {
      const text = `playbook: Gym\nsteps:\n  bye:\n    say: Goodbye.\n    ${end}\n`
      return (await readFlow([{ path: 'gym.yaml', text, named: true }])).flow
    }),
  )
  expect(difference(one!, other!)).toContain('bye')
})
