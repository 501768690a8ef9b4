// What changed between two texts, as a unified diff: what `git diff` shows and `git apply` takes.

/** Lines of context around a change. */
const CONTEXT = 3
/** How far ahead the next line that both texts have is looked for. */
const AHEAD = 60

type Line = { mark: ' ' | '-' | '+'; text: string; old: number; new: number }

/** The diff of a file, line by line; empty if nothing changed. Linear for texts that differ in few places. */
export function patchOf(path: string, before: string, after: string): string[] {
  if (before === after) return []
  const lines = compared(linesOf(before), linesOf(after))
  const hunks: Line[][] = []
  let end = -1
  for (const [i, { mark }] of lines.entries()) {
    if (mark === ' ') continue
    const from = Math.max(end, i - CONTEXT, 0)
    const last = hunks.at(-1)
    if (last && from <= end) last.push(...lines.slice(end, i + 1))
    else hunks.push(lines.slice(from, i + 1))
    end = i + 1
    const next = lines.slice(end, end + CONTEXT)
    const more = next.findIndex(line => line.mark !== ' ')
    const context = more < 0 ? next : next.slice(0, more)
    hunks.at(-1)!.push(...context)
    end += context.length
  }
  return [`--- a/${path}`, `+++ b/${path}`, ...hunks.flatMap(hunk => [headOf(hunk), ...hunk.flatMap(shown)])]
}

/** With what ends them; only the last may have nothing. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function shown({ mark, text }: Line): string[] {
  if (text.endsWith('\n')) return [mark + text.slice(0, -1)]
  return [mark + text, '\\ No newline at end of file']
}

function headOf(hunk: readonly Line[]): string {
  const first = hunk[0]!
  const old = hunk.filter(({ mark }) => mark !== '+').length
  const now = hunk.filter(({ mark }) => mark !== '-').length
  return `@@ -${first.old + 1},${old} +${first.new + 1},${now} @@`
}

/** All lines of both texts. Where they differ, the nearest pair of equal lines ahead ends the difference. */
function compared(before: readonly string[], after: readonly string[]): Line[] {
  const lines: Line[] = []
  let i = 0
  let j = 0
  const take = (mark: Line['mark'], text: string) => lines.push({ mark, text, old: i, new: j })
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      take(' ', before[i]!)
      i++
      j++
      continue
    }
    const [gone, added] = nextEqual(before, after, i, j)
    for (let k = 0; k < gone; k++, i++) take('-', before[i]!)
    for (let k = 0; k < added; k++, j++) take('+', after[j]!)
  }
  return lines
}

function nextEqual(
  before: readonly string[],
  after: readonly string[],
  i: number,
  j: number,
): [gone: number, added: number] {
  for (let sum = 1; sum <= AHEAD; sum++) {
    for (let gone = 0; gone <= sum; gone++) {
      const [a, b] = [i + gone, j + sum - gone]
      if (a < before.length && b < after.length && before[a] === after[b]) return [gone, sum - gone]
    }
  }
  return [before.length - i, after.length - j]
}
