// Where a key can be added to a step or choice of a YAML (or JSON) playbook without touching what stands there.
import type { Edit } from '../model/edit.ts'
import type { Point, Range } from '../model/position.ts'
import { type Editable, insertion, lineEnd } from './text.ts'

/** A key and its value, in YAML and in JSON. */
export type Key = { name: string; yaml: string; json: string }

const BRACES = /^(?:"(?:[^"\\]|\\.)*"\s*|'[^']*'\s*|[^"'{:][^{:]*):\s*(?:[&!]\S+\s+)*(?=[{[])/

/** Where the mapping of a step begins: its brace or its first key; null where it has neither. `range`: the step's. */
export function mappingOf({ lines }: Editable, { start, end }: Range): Point | null {
  const head = lines[start.line - 1]!.slice(start.column - 1)
  const braces = BRACES.exec(head)
  if (braces) return { line: start.line, column: start.column + braces[0].length }
  for (let l = start.line; l < Math.min(lines.length, end.line); l++) {
    const line = lines[l]!
    const trimmed = line.trimStart()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const indent = line.length - trimmed.length
    return indent > start.column - 1 || trimmed.startsWith('{') ? { line: l + 1, column: indent + 1 } : null
  }
  return null
}

/** A key in front of the others of the mapping that begins at a point. */
export function keyInFront(text: Editable, at: Point, { name, yaml, json }: Key): Edit {
  const line = text.lines[at.line - 1]!
  if (line[at.column - 1] !== '{')
    return insertion(at, `${name}: ${yaml}${lineEnd(text.text)}${' '.repeat(at.column - 1)}`)
  const space = /^\s*/.exec(line.slice(at.column))![0]
  const isJson =
    text.text[text.offset(at) + 1 + space.length] === '"' || space.length === line.length - at.column
  const key = isJson ? `${JSON.stringify(name)}: ${json}` : `${name}: ${yaml}`
  return insertion({ line: at.line, column: at.column + 1 }, `${space}${key},${space === '' ? ' ' : ''}`)
}

/** A key behind the last line of a step; in braces, in front of the others. Null where the step has no keys. */
export function keyBehind(text: Editable, range: Range, key: Key): Edit | null {
  const at = mappingOf(text, range)
  if (!at) return null
  if (text.lines[at.line - 1]![at.column - 1] === '{') return keyInFront(text, at, key)
  const { line } = range.end
  const point = { line, column: text.lines[line - 1]!.length + 1 }
  return insertion(point, `${lineEnd(text.text)}${' '.repeat(at.column - 1)}${key.name}: ${key.yaml}`)
}
