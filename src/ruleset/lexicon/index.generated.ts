// Generated from rules/lexicon/ by `npm run gen`. Do not edit.

export const lexicons: Readonly<Record<string, () => Promise<{ lexicon: string }>>> = {
  da: () => import('./da.generated.ts'),
  de: () => import('./de.generated.ts'),
  en: () => import('./en.generated.ts'),
  es: () => import('./es.generated.ts'),
  et: () => import('./et.generated.ts'),
  fr: () => import('./fr.generated.ts'),
  ru: () => import('./ru.generated.ts'),
  vi: () => import('./vi.generated.ts'),
}

export const compiled: Readonly<Record<string, () => Promise<{ lexicon: string }>>> = {
  da: () => import('./da.compiled.generated.ts'),
  de: () => import('./de.compiled.generated.ts'),
  en: () => import('./en.compiled.generated.ts'),
  es: () => import('./es.compiled.generated.ts'),
  et: () => import('./et.compiled.generated.ts'),
  fr: () => import('./fr.compiled.generated.ts'),
  ru: () => import('./ru.compiled.generated.ts'),
  vi: () => import('./vi.compiled.generated.ts'),
}
