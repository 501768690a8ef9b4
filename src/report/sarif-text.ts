// Text in SARIF messages, where single braces are placeholders and `[words](target)` is a link (§3.11.5, §3.11.6).
import { safeLines } from './safe.ts'

/** Plain text of several lines, made harmless: braces doubled, links taken apart by a blank (viewers differ in escapes). */
export function sarifText(text: string): string {
  return safeLines(text)
    .join('\n')
    .trim()
    .replace(/[{}]/g, brace => brace + brace)
    .replaceAll('](', '] (')
}

export function sarifMessage(text: string): { text: string } {
  return { text: sarifText(text) || '-' }
}

/** At most `length` characters: longer texts make an upload fail, or are cut by the viewer. */
export function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`
}
