// Strict JSON as a tree with places: a hundred times as fast as YAML, and of any depth, for it keeps its own stack.
import type { ListTree, MapTree, ScalarTree, Tree } from './tree.ts'

type Cursor = { readonly text: string; pos: number }
/** A collection that is not closed yet; of a mapping also the key whose value comes next. */
type Open = { tree: MapTree | ListTree; key?: ScalarTree }

/** The tree of a JSON text; undefined if it is not strict JSON. Of keys that stand twice the last counts. Linear. */
export function parseJson(text: string): Tree | undefined {
  const cursor: Cursor = { text, pos: 0 }
  const stack: Open[] = []
  for (;;) {
    skipSpace(cursor)
    let done: Tree | undefined
    const c = text[cursor.pos]
    if (c === '{' || c === '[') {
      const open: Open = { tree: collection(c, cursor.pos++) }
      stack.push(open)
      skipSpace(cursor)
      if (text[cursor.pos] !== closer(open)) {
        if (!readKey(cursor, open)) return undefined
        continue
      }
      done = close(cursor, stack)
    } else done = scalar(cursor)

    // What is done is put where it belongs; that may be done then too.
    for (;;) {
      if (!done) return undefined
      const open = stack.at(-1)
      skipSpace(cursor)
      if (!open) return cursor.pos === text.length ? done : undefined
      if (open.tree.kind === 'list') open.tree.items.push(done)
      else open.tree.entries.set(open.key!.text, { key: open.key!, value: done })
      if (text[cursor.pos] === ',') {
        cursor.pos++
        if (!readKey(cursor, open)) return undefined
        break
      }
      if (text[cursor.pos] !== closer(open)) return undefined
      done = close(cursor, stack)
    }
  }
}

function collection(bracket: '{' | '[', start: number): MapTree | ListTree {
  if (bracket === '{') return { kind: 'map', start, end: start, entries: new Map() }
  return { kind: 'list', start, end: start, items: [] }
}

function closer({ tree }: Open): string {
  return tree.kind === 'map' ? '}' : ']'
}

function close(cursor: Cursor, stack: Open[]): Tree {
  const { tree } = stack.pop()!
  tree.end = ++cursor.pos
  return tree
}

/** Reads `"key":` if one is due; false if there is something else. */
function readKey(cursor: Cursor, open: Open): boolean {
  if (open.tree.kind === 'list') return true
  skipSpace(cursor)
  const key = cursor.text[cursor.pos] === '"' ? scalar(cursor) : undefined
  skipSpace(cursor)
  if (!key || cursor.text[cursor.pos] !== ':') return false
  cursor.pos++
  open.key = key
  return true
}

function skipSpace(cursor: Cursor): void {
  while (/[ \t\r\n\uFEFF]/.test(cursor.text[cursor.pos] ?? '')) cursor.pos++
}

const OTHER = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/y

function scalar(cursor: Cursor): ScalarTree | undefined {
  const { text, pos: start } = cursor
  if (text[start] === '"') {
    const end = afterString(text, start)
    const string = stringOf(text.slice(start, end))
    if (string === undefined) return undefined
    cursor.pos = end
    return { kind: 'scalar', start, end, value: string, text: string }
  }
  OTHER.lastIndex = start
  const raw = OTHER.exec(text)?.[0]
  if (raw === undefined) return undefined
  cursor.pos += raw.length
  return { kind: 'scalar', start, end: cursor.pos, value: JSON.parse(raw), text: raw }
}

/** The offset behind the closing quotation mark, the end of the text if there is none. */
function afterString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text[end - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return end + 1
  }
  return text.length
}

function stringOf(raw: string): string | undefined {
  if (!/[\u0000-\u001f\\]/.test(raw))
    return raw.length > 1 && raw.endsWith('"') ? raw.slice(1, -1) : undefined
  try {
    return JSON.parse(raw) as string
  } catch {
    return undefined
  }
}
