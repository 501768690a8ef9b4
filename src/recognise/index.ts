// What the rest of wayout uses of recognition.
export { compile, compileLexicon } from './compile.ts'
export { baseLanguage, languagesOf, type Recognised, recognise, recognisedIn } from './flow.ts'
export { type Detected, detectLanguage } from './language.ts'
export { type CompiledLexicon, type Lexicon, openLexicon, patternIds } from './lexicon.ts'
export { areOpposite } from './opposites.ts'
export { extendLexicon, type LexiconSource } from './source.ts'
