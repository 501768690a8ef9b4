// Which steps one can come back to: by ways on, by calls that return, not by calls that end the conversation.
import { expect, test } from 'vitest'
import type { Outcome } from '../model/act.ts'
import { isFinal, loopsOf } from './loops.ts'
import { flowOf, type StepSketch, type WaySketch } from './sketch.test-data.ts'

const again = (...playbooks: StepSketch[][]) => [...loopsOf(flowOf({ playbooks })).again]
const to = (...ends: (number | Outcome)[]): WaySketch[] => ends.map(end => ({ to: end }))

test('a loop of ways on, and what is before and behind it', () => {
  expect(again([{ ways: to(1) }, { ways: to(2) }, { ways: to(1, 3) }, { end: 'kept' }])).toEqual([0, 1, 1, 0])
  expect(again([{ ways: to(0) }])).toEqual([1])
})

test.each<[string, StepSketch, number]>([
  ['an end that is not final', { end: 'resolved' }, 1],
  ['a final end', { end: 'cancelled' }, 0],
  ['a text that stops', { stops: true }, 1],
  ['no end at all', {}, 0],
  ['one way that returns', { ways: to('abandoned', 'kept') }, 1],
  ['only ways that are final', { ways: to('abandoned', 'cancelled') }, 0],
])('a called playbook with %s', (_, called, back) => {
  // The caller goes on when the call returns: the two of them are then a loop.
  expect(again([{ call: 1, ways: to('resolved') }], [called])[0]).toBe(back)
})

test('playbooks that lead into each other end together', () => {
  // 0 calls 1, which goes on in another playbook: its end is the return of the call.
  expect(again([{ call: 1, ways: to('kept') }], [{ ways: to(2) }], [{ end: 'resolved' }])[0]).toBe(1)
  expect(again([{ call: 1, ways: to('kept') }], [{ ways: to(2) }], [{ end: 'cancelled' }])[0]).toBe(0)
})

test('a call without a way on returns what it called', () => {
  expect(again([{ call: 1, ways: to('kept') }], [{ call: 2 }], [{ end: 'resolved' }])).toEqual([1, 1, 1])
})

test('cancelled and abandoned end the whole conversation', () => {
  const outcomes: Outcome[] = ['cancelled', 'kept', 'resolved', 'refused', 'handed-off', 'abandoned']
  expect(outcomes.filter(isFinal)).toEqual(['cancelled', 'abandoned'])
})
