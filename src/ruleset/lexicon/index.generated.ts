// Generated from rules/lexicon/ by `npm run gen`. Do not edit.

export const lexicons: Readonly<Record<string, () => Promise<{ lexicon: string }>>> = {
  en: () => import('./en.generated.ts'),
}

export const compiled: Readonly<Record<string, () => Promise<{ lexicon: string }>>> = {
  en: () => import('./en.compiled.generated.ts'),
}
