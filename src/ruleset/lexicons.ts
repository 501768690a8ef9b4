// The lexicons as generated from `rules/lexicon/`, loaded one language at a time.
import { compiled, lexicons } from './lexicon/index.generated.ts'

/** The languages that can be recognised. */
export const LANGUAGES: readonly string[] = Object.keys(lexicons)

/** The source of a language's lexicon, or null if there is none. */
export async function lexiconSource(language: string): Promise<unknown> {
  return loaded(lexicons, language)
}

/** The same with its patterns compiled: what is needed unless it is to be extended. */
export async function compiledLexicon(language: string): Promise<unknown> {
  return loaded(compiled, language)
}

async function loaded(table: typeof lexicons, language: string): Promise<unknown> {
  const load = Object.hasOwn(table, language) ? table[language] : undefined
  return load ? JSON.parse((await load()).lexicon) : null
}
