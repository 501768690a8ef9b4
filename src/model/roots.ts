// The roots of a site: which folder of the project the links that begin in some way lead to.

/** `prefix` as links are written (`/help/`, `https://gym.example/help/`); `folder` seen from where paths are seen from. */
export type Root = { prefix: string; folder: string }

/** A link that does not start from the file it stands in, but from a site: `/help/x`, `//host/x`, `https://host/x`. */
export function isSiteLink(link: string): boolean {
  return link.startsWith('/') || /^[a-z][a-z0-9+.-]*:\/\//i.test(link)
}

/**
 * The path in the project that a link of a site leads to (not normalised), by the longest prefix that fits; null if
 * none does. A prefix fits whole parts of a link only: `/help` fits `/help/x` and `/help`, not `/helpers`.
 */
export function underRoot(link: string, roots: readonly Root[]): string | null {
  let found: string | null = null
  let longest = -1
  for (const { prefix, folder } of roots) {
    const start = prefix.replace(/\/$/, '')
    if (start.length <= longest || !beginsWith(link, start)) continue
    longest = start.length
    found = `${folder}/${link.slice(start.length + 1)}`
  }
  return found
}

/** Hosts are the same in capitals; so are, to be lenient, the parts of a prefix. */
function beginsWith(link: string, start: string): boolean {
  if (start === '' && link.startsWith('//')) return false
  if (link.slice(0, start.length).toLowerCase() !== start.toLowerCase()) return false
  return link.length === start.length || link[start.length] === '/'
}
