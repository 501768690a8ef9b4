// Patterns for paths and names: `*` for anything within a folder, `**` for any folders, `?` for one character.

/**
 * Whether a path matches, or lies in a folder that does. A pattern without `/` (but at its end) may match in any folder,
 * as in `.gitignore`. O(pattern · path).
 */
export function matchesGlob(pattern: string, path: string): boolean {
  const parts = pattern
    .replace(/^\.?\//, '')
    .replace(/\/+$/, '')
    .split('/')
  const isAnchored = parts.length > 1 || pattern.startsWith('/') || pattern.startsWith('./')
  const wanted = isAnchored ? parts : ['**', ...parts]
  const folders = path.replace(/^\.\//, '').split('/')
  /** `open[i]`: the first i parts of the pattern match what was read so far. */
  let open = closed(wanted, [true, ...wanted.map(() => false)])
  for (const folder of folders) {
    // All of the pattern matches a folder of the path: all that is in there.
    if (open[wanted.length] && wanted.at(-1) !== '**') return true
    const next = wanted.map((part, i) => (part === '**' ? open[i]! : open[i]! && matchesWords(part, folder)))
    open = closed(
      wanted,
      [false, ...next].map((is, i) => is || (wanted[i] === '**' && open[i]!)),
    )
  }
  return open[wanted.length]!
}

/** `**` may also stand for no folder at all. */
function closed(wanted: readonly string[], open: boolean[]): boolean[] {
  for (const [i, part] of wanted.entries()) if (part === '**' && open[i]) open[i + 1] = true
  return open
}

/** Whether a name matches, whatever its case and its spaces. */
export function matchesName(pattern: string, name: string): boolean {
  const plain = (text: string) => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()
  return matchesWords(plain(pattern), plain(name))
}

/** `*` and `?` within one word or name: goes back to the last `*` only, so that it takes no more than pattern · text. */
function matchesWords(pattern: string, text: string): boolean {
  let [p, t, star, from] = [0, 0, -1, 0]
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++
      from = t
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p++
      t++
    } else if (star !== -1) {
      p = star + 1
      t = ++from
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}
