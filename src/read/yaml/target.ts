// Where a transition or call leads, as written: a step, a file, a part of a file.
import type { Target } from '../../model/playbook.ts'
import { isSiteLink, underRoot } from '../../model/roots.ts'
import type { Entry } from './mapping.ts'
import { placeOf, type Reading, report } from './reading.ts'
import { rangeAt } from './span.ts'
import { readWord } from './texts.ts'

/** Endings that make a word a file; any other word is a step, dots and all. */
const FILE = /\.(?:ya?ml|json|md|markdown|mdx|erb|html?|mmd|mermaid|topic|txt)$/i

/**
 * The target under a key: `step`, `file.yaml`, `file.md#part` or `#part`. Undefined (and reported) if it is not a
 * single word. Whether the target exists is for the linker to say.
 */
export function readTarget(reading: Reading, entry: Entry): Target | undefined {
  const text = readWord(reading, entry, 'a step, or a file such as billing.yaml#start')
  if (text === undefined) return undefined
  const span = placeOf(reading, entry.written, entry.keySpan)
  const hash = text.indexOf('#')
  const page = hash === -1 ? text : text.slice(0, hash)
  const isOfSite = isSiteLink(page) && underRoot(page, reading.roots) !== null
  if (!isOfSite && /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    report(
      reading,
      span,
      () =>
        `"${entry.key}" leads to a web address that no "roots" in wayout.yaml names; expected a step, or a file such as billing.yaml#start`,
    )
    return undefined
  }
  const range = rangeAt(reading.source, span)
  const before = page.replaceAll('\\', '/')
  const fragment = hash === -1 ? {} : { fragment: text.slice(hash + 1) }
  if (hash === 0) return { text, range, ...fragment }
  if (isOfSite || hash > 0 || FILE.test(before) || before.startsWith('./') || before.startsWith('../'))
    return { text, range, path: before, ...fragment }
  return { text, range, step: text }
}
