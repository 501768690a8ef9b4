// Whether a package.json carries settings of wayout.
import { existsSync, readFileSync } from 'node:fs'

/** False too where the file cannot be read: then it is nobody's configuration. */
export function hasConfigKey(file: string): boolean {
  if (!existsSync(file)) return false
  try {
    const text = readFileSync(file, 'utf8')
    return text.includes('"wayout"') && Object.hasOwn(JSON.parse(text), 'wayout')
  } catch {
    return false
  }
}
