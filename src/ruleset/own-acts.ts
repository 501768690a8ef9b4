// The `acts:` of a configuration: acts of a team's own, and how it recognises those that wayout knows.
import { ACTS, type By } from '../model/act.ts'
import { didYouMean } from '../model/nearest.ts'
import { entries, type Named, type Reading, strings, text } from './nodes.ts'
import { listed } from './words.ts'

/**
 * An act of a team's own; or what a team changes of an act that wayout knows: further `phrases`, and the ids of
 * patterns that shall no longer count.
 */
export type OwnAct = { title: string; by: By; phrases: string[]; remove: string[] }

export type OwnActs = {
  acts: Map<string, OwnAct>
  /** All phrases and all ids of removed patterns, each with its place: whether they hold only the lexicons can say. */
  phrases: Named[]
  removed: Named[]
}

const KEYS = { own: ['title', 'by', 'phrases'], known: ['phrases', 'remove'] } as const

/** Reads the value of `acts:`; what is wrong is told. */
export function readActs(node: unknown, reading: Reading): OwnActs {
  const found: OwnActs = { acts: new Map(), phrases: [], removed: [] }
  for (const { name, key, value } of entries(node, 'acts', reading)) {
    const known = Object.hasOwn(ACTS, name) ? ACTS[name]! : undefined
    const act: OwnAct = { title: name, by: known?.by ?? 'company', phrases: [], remove: [] }
    if (!known && !/^[a-z][a-z0-9-]*$/.test(name))
      reading.tell(key, `"${name}" is no name for an act: small letters, digits and "-"`)
    const keys: readonly string[] = known ? KEYS.known : KEYS.own
    for (const part of entries(value, `act "${name}"`, reading)) {
      if (!keys.includes(part.name)) {
        const why = known ? `is nothing to say of "${name}", which wayout knows` : 'in an act'
        reading.tell(
          part.key,
          `${known ? '' : 'unknown key '}"${part.name}" ${why}${didYouMean(part.name, keys) || `; expected ${listed(keys)}`}`,
        )
      } else if (part.name === 'title') act.title = text(part.value, 'title', 'a phrase', reading) ?? name
      else if (part.name === 'phrases') {
        const phrases = strings(part.value, 'phrases', 'phrases', reading)
        act.phrases = phrases.map(phrase => phrase.name)
        found.phrases.push(...phrases)
      } else if (part.name === 'remove') {
        const removed = strings(part.value, 'remove', 'ids of patterns', reading)
        act.remove = removed.map(id => id.name)
        found.removed.push(...removed)
      } else {
        const by = text(part.value, 'by', 'customer or company', reading)
        if (by === 'customer' || by === 'company') act.by = by
        else if (by !== undefined)
          reading.tell(part.value, `"${by}" performs no acts; expected customer or company`)
      }
    }
    found.acts.set(name, act)
  }
  return found
}

/** The acts of several configurations: of an act that more than one speaks of, the phrases and ids of all count. */
export function joinedActs(all: readonly ReadonlyMap<string, OwnAct>[]): Map<string, OwnAct> {
  const joined = new Map<string, OwnAct>()
  for (const [name, act] of all.flatMap(acts => [...acts])) {
    const before = joined.get(name)
    joined.set(name, {
      ...act,
      phrases: [...(before?.phrases ?? []), ...act.phrases],
      remove: [...(before?.remove ?? []), ...act.remove],
    })
  }
  return joined
}
