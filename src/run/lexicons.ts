// Opens the lexicons of the languages at hand, with a team's own acts in them.
import { ACTS } from '../model/act.ts'
import {
  type CompiledLexicon,
  compileLexicon,
  extendLexicon,
  type Lexicon,
  type LexiconSource,
  openLexicon,
} from '../recognise/index.ts'
import { compiledLexicon, lexiconSource } from '../ruleset/lexicons.ts'
import type { ReadOptions } from './settings.ts'

/** By language; those there is no lexicon for are left out. A lexicon is opened once for the same acts. */
export async function lexiconsFor(
  languages: readonly string[],
  { acts }: ReadOptions,
): Promise<Map<string, Lexicon>> {
  const lexicons = new Map<string, Lexicon>()
  for (const language of languages) {
    const opened = openedFor(acts)
    const lexicon = opened.get(language) ?? lexiconOf(language, acts)
    opened.set(language, lexicon)
    const found = await lexicon
    if (found) lexicons.set(language, found)
  }
  return lexicons
}

type Opened = Map<string, Promise<Lexicon | null>>
const NONE: NonNullable<ReadOptions['acts']> = new Map()
const openedByActs = new WeakMap<object, Opened>()

function openedFor(acts: ReadOptions['acts'] = NONE): Opened {
  const key = acts.size === 0 ? NONE : acts
  const opened = openedByActs.get(key) ?? new Map()
  openedByActs.set(key, opened)
  return opened
}

async function lexiconOf(language: string, acts: ReadOptions['acts']): Promise<Lexicon | null> {
  const own = [...(acts ?? [])].filter(([, { phrases, remove = [] }]) => phrases.length + remove.length > 0)
  if (own.length === 0) {
    const compiled = await compiledLexicon(language)
    return compiled === null ? null : openLexicon(compiled as CompiledLexicon)
  }
  const source = await lexiconSource(language)
  if (source === null) return null
  // What the team says as a lexicon: its phrases may be said, done or heard.
  const added = own.map(([name, { by, phrases, remove }]) => [
    name,
    {
      ...(name in ACTS ? {} : { by }),
      any: phrases.length > 0 ? [{ p: phrases, strong: true, id: `own/${name}` }] : [],
      ...(remove && { remove }),
    },
  ])
  const extra = { lang: language, acts: Object.fromEntries(added) } as LexiconSource
  return compileLexicon(extendLexicon(source as LexiconSource, extra))
}
