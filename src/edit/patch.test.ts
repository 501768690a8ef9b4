// A diff says everything that changed, in the form that other programs take.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patchOf } from './patch.ts'

/** What a program does that applies a patch, without any leniency. */
function applied(before: string, patch: readonly string[]): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const out: string[] = []
  let at = 0
  for (const [i, line] of patch.entries()) {
    const head = /^@@ -(\d+),(\d+) \+(\d+),(\d+) @@$/.exec(line)
    if (head) {
      // A hunk that takes no line stands behind the line it names.
      const from = Number(head[2]) === 0 && old.length > 0 ? Number(head[1]) : Number(head[1]) - 1
      out.push(...old.slice(at, Math.max(at, from)))
      at = Math.max(at, from)
      continue
    }
    if (i < 2 || line.startsWith('\\')) continue
    const text = patch[i + 1]?.startsWith('\\ No') ? line.slice(1) : `${line.slice(1)}\n`
    if (line[0] !== '+') expect(old[at++]).toBe(text)
    if (line[0] !== '-') out.push(text)
  }
  return [...out, ...old.slice(at)].join('')
}

test('shows the lines around a change, near changes together', () => {
  const before = `${Array.from({ length: 20 }, (_, i) => `line ${i + 1}`).join('\n')}\n`
  const after = before
    .replace('line 3\n', 'line three\n')
    .replace('line 6\n', 'line 6\nline 6a\n')
    .replace('line 18\n', '')
  expect(patchOf('desk/gym.yaml', before, after)).toEqual([
    '--- a/desk/gym.yaml',
    '+++ b/desk/gym.yaml',
    '@@ -1,9 +1,10 @@',
    ' line 1',
    ' line 2',
    '-line 3',
    '+line three',
    ' line 4',
    ' line 5',
    ' line 6',
    '+line 6a',
    ' line 7',
    ' line 8',
    ' line 9',
    '@@ -15,6 +16,5 @@',
    ' line 15',
    ' line 16',
    ' line 17',
    '-line 18',
    ' line 19',
    ' line 20',
  ])
})

test('is empty where nothing changed', () => {
  expect(patchOf('gym.yaml', 'a\n', 'a\n')).toEqual([])
})

test('says where no line break ends the file', () => {
  expect(patchOf('gym.yaml', 'a\nb', 'a\nb\nc\n').slice(2)).toEqual([
    '@@ -1,2 +1,3 @@',
    ' a',
    '-b',
    '\\ No newline at end of file',
    '+b',
    '+c',
  ])
})

const line = fc.constantFrom('a', 'b', '  c', '', 'next: offer', 'd\r')
const text = fc
  .tuple(fc.array(line, { maxLength: 40 }), fc.boolean())
  .map(([lines, ends]) => lines.join('\n') + (ends && lines.length > 0 ? '\n' : ''))

test('leads from the one text to the other', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(applied(before, patchOf('gym.yaml', before, after))).toBe(after)
    }),
    { numRuns: 500, seed: 20 },
  )
})
