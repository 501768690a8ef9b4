// The version of wayout, as package.json has it.
import { readFileSync } from 'node:fs'

/** package.json lies two folders up both from `src/cli` and from `dist/cli` or `dist/bundle`. */
export function version(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
