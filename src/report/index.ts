// The formats of `wayout lint`, each loaded only when it is asked for. A new one is one file and one line here.
import type { Reporter } from './context.ts'

export const reporters: Record<string, () => Promise<{ report: Reporter }>> = {
  pretty: () => import('./pretty.ts'),
  json: () => import('./json.ts'),
  jsonl: () => import('./jsonl.ts'),
  sarif: () => import('./sarif.ts'),
  github: () => import('./github.ts'),
  gitlab: () => import('./gitlab.ts'),
  junit: () => import('./junit.ts'),
  checkstyle: () => import('./checkstyle.ts'),
  markdown: () => import('./markdown.ts'),
  html: () => import('./html.ts'),
}
