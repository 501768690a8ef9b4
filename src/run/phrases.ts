// Whether the phrases of a team can be read, and the patterns it removes exist: what only the lexicons can say.
import { didYouMean } from '../model/nearest.ts'
import { type CompiledLexicon, compile, patternIds } from '../recognise/index.ts'
import { compiledLexicon, LANGUAGES } from '../ruleset/lexicons.ts'

/** What is wrong with a phrase, or null: it is a pattern as in docs/lexicon.md, without classes. */
export function wrongPhrase(phrase: string): string | null {
  try {
    compile({ lang: 'any', acts: { phrase: { any: [phrase] } } })
    return null
  } catch (error) {
    return `${(error as Error).message}; see docs/lexicon.md`
  }
}

/** What is wrong with the id of a pattern that shall no longer count for an act, or null. */
export async function wrongPatternId(id: string): Promise<string | null> {
  const [language = '', act = ''] = id.split('/')
  if (!LANGUAGES.includes(language))
    return `"${id}" is no pattern: an id begins with a language (${LANGUAGES.join(', ')}), as in "en/apology/1"`
  const ids = patternIds((await compiledLexicon(language)) as CompiledLexicon)
  if (ids.has(id)) return null
  const near = [...ids].filter(one => one.startsWith(`${language}/${act}/`))
  const count = near.length === 0 ? `there is no act "${act}"` : `it has ${near.length}`
  return `there is no pattern "${id}"${didYouMean(id, near)}; ${count}, and "wayout steps --format json" names each that was found`
}
