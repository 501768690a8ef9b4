// Public sets on this machine: fetched once, kept outside the repository, said clearly if they cannot be had.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'

/** Where files of public sets are kept: `WAYOUT_EVALUATE_CACHE`, or a folder of the user's cache. */
export function cacheFolder(env) {
  return env.WAYOUT_EVALUATE_CACHE ?? join(env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'wayout-evaluate')
}

/** The text of a file of a set, from the cache or else from the network; or why it is missing, and what would help. */
export async function fetched(set, file, folder, load = fetch) {
  const kept = join(folder, `${set.repository}@${set.commit}`, file)
  if (existsSync(kept)) return { text: readFileSync(kept, 'utf8') }
  const url = `https://raw.githubusercontent.com/${set.repository}/${set.commit}/${file}`
  try {
    const answer = await load(url, { signal: AbortSignal.timeout(60_000) })
    if (!answer.ok) return missing(url, kept, `the answer was ${answer.status}`)
    const text = await answer.text()
    mkdirSync(dirname(kept), { recursive: true })
    // In one piece: who is interrupted must not keep half a set.
    writeFileSync(`${kept}.part`, text)
    renameSync(`${kept}.part`, kept)
    return { text }
  } catch (fault) {
    return missing(url, kept, fault.cause?.message ?? fault.message)
  }
}

function missing(url, kept, why) {
  return { missing: `${url} could not be fetched (${why}); it would be kept as ${kept}` }
}
