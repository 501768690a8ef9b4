// The formats of `wayout lint`, each loaded only when it is asked for. A new one is one file and one line here.
import type { Reporter } from './context.ts'

export const reporters: Record<string, () => Promise<{ report: Reporter }>> = {
  pretty: () => import('./pretty.ts'),
  json: () => import('./json.ts'),
  sarif: () => import('./sarif.ts'),
  github: () => import('./github.ts'),
}
