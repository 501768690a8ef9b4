// The `suppressions:` of a configuration: exceptions for files that patterns name, each with its reason.
import { isSeq } from 'yaml'
import { isDate } from '../model/date.ts'
import { didYouMean } from '../model/nearest.ts'
import type { Point } from '../model/position.ts'
import { entries, type Named, type Reading, strings, text } from './nodes.ts'

/** An exception for the files that its patterns name. `until` is `YYYY-MM-DD`, the last day on which it holds. */
export type ConfiguredSuppression = {
  at: Point
  /** Patterns as in .gitignore, relative to the folder of the configuration. */
  files: string[]
  rules: Named[]
  reason: string
  until?: string
  owner?: string
  ticket?: string
}

const KEYS = ['files', 'rules', 'reason', 'until', 'owner', 'ticket']

/** Reads the list. An exception that says not enough is told and left out. */
export function readSuppressions(node: unknown, reading: Reading): ConfiguredSuppression[] {
  const list = reading.resolve(node)
  if (!isSeq(list)) {
    reading.tell(node, '"suppressions" is a list of "files", "rules" and "reason"')
    return []
  }
  return list.items.flatMap(item => {
    const found: ConfiguredSuppression = { at: reading.at(item), files: [], rules: [], reason: '' }
    for (const { name, key, value } of entries(item, 'a suppression', reading)) {
      if (name === 'files')
        found.files = strings(value, name, 'patterns as in .gitignore', reading).map(one => one.name)
      else if (name === 'rules') found.rules = strings(value, name, 'rules', reading)
      else if (name === 'reason') found.reason = text(value, name, 'a sentence', reading) ?? ''
      else if (name === 'owner' || name === 'ticket') {
        const given = reading.value(value)
        if (typeof given === 'number') found[name] = String(given)
        else {
          const words = text(value, name, name === 'owner' ? 'a name' : 'the name of a ticket', reading)
          if (words) found[name] = words
        }
      } else if (name === 'until') {
        const day = text(value, name, 'a day such as 2027-03-31', reading)
        if (day !== undefined && isDate(day)) found.until = day
        else if (day !== undefined) reading.tell(value, `"${day}" is no day; expected YYYY-MM-DD`)
      } else {
        const hint = didYouMean(name, KEYS) || `; expected ${KEYS.join(', ')}`
        reading.tell(key, `unknown key "${name}" in a suppression${hint}`)
      }
    }
    const missing = lacks(found)
    if (missing) reading.tell(item, missing)
    return missing ? [] : [found]
  })
}

function lacks({ files, rules, reason }: ConfiguredSuppression): string | undefined {
  if (files.length === 0) return 'a suppression needs "files": for which files it holds'
  if (rules.length === 0) return 'a suppression needs "rules": what it hides'
  if (!/\p{L}/u.test(reason)) return 'a suppression needs a "reason"'
  return undefined
}
