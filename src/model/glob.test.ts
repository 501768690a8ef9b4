// Patterns for paths and names, against what people expect of them.
import { expect, test } from 'vitest'
import { matchesGlob, matchesName } from './glob.ts'

test.each([
  ['billing/**', 'billing/cancel.md', true],
  ['billing/**', 'billing/eu/cancel.md', true],
  ['billing/**', 'sales/billing.md', false],
  ['billing/', 'billing/eu/cancel.md', true],
  ['billing', 'desks/billing/cancel.md', true],
  ['/billing', 'desks/billing/cancel.md', false],
  ['*.yaml', 'a/b/cancel.yaml', true],
  ['a/*.yaml', 'a/b/cancel.yaml', false],
  ['a/**/cancel.*', 'a/cancel.yaml', true],
  ['a/**/cancel.*', 'a/b/c/cancel.md', true],
  ['./a/cancel.md', 'a/cancel.md', true],
  ['cancel.md', 'a/cancel.mdx', false],
  ['step-?.md', 'step-1.md', true],
  ['step-?.md', 'step-10.md', false],
  ['**', 'any/where.md', true],
])('the pattern %s and the path %s', (pattern, path, expected) => {
  expect(matchesGlob(pattern, path)).toBe(expected)
})

test('names match whatever their case and spaces', () => {
  expect(matchesName('cancel by  Phone', 'Cancel by phone')).toBe(true)
  expect(matchesName('Cancel *', 'Cancel by phone')).toBe(true)
  expect(matchesName('Cancel', 'Cancel by phone')).toBe(false)
})

test('a hostile pattern takes no longer than its length times that of the path', () => {
  const stars = `${'*a'.repeat(5_000)}b`
  expect(matchesGlob(stars, 'a'.repeat(20_000))).toBe(false)
  expect(matchesGlob('**/'.repeat(500), `${'a/'.repeat(2_000)}b`)).toBe(true)
})
