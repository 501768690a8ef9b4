// The lexicons as generated from `rules/lexicon/`, loaded one language at a time.
import { lexicons } from './lexicon/index.generated.ts'

/** The languages that can be recognised. */
export const LANGUAGES: readonly string[] = Object.keys(lexicons)

/** The source of a language's lexicon, or null if there is none. */
export async function lexiconSource(language: string): Promise<unknown> {
  const load = Object.hasOwn(lexicons, language) ? lexicons[language] : undefined
  return load ? JSON.parse((await load()).lexicon) : null
}
