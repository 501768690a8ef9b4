// What the rest of wayout uses of recognition.
export { baseLanguage, languagesOf, recognise } from './flow.ts'
export { type Detected, detectLanguage } from './language.ts'
export { compileLexicon, type Lexicon } from './lexicon.ts'
export { areOpposite } from './opposites.ts'
export { extendLexicon, type LexiconSource } from './source.ts'
