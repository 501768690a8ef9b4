// Where a run reads from and writes to, and whether it may use colours.
import { printed, safeLines } from '../report/safe.ts'

/** What a process has; tests hand in their own. `isTTY` and `columns` are those of `stdout`. */
export type Streams = {
  stdin: AsyncIterable<Uint8Array | string> & { isTTY?: boolean }
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown; isTTY?: boolean }
  env: Record<string, string | undefined>
  cwd: string
  isTTY?: boolean | undefined
  /** The day, `YYYY-MM-DD`; without it, that of the clock (UTC). */
  today?: string
  columns?: number | undefined
}

/**
 * Level of colour as chalk counts it (0 none, 1 sixteen colours). `--no-color` wins, then FORCE_COLOR, then
 * NO_COLOR (both count when not empty), then whether the output is a terminal.
 */
export function colourLevel({ env, isTTY }: Streams, noColor = false): 0 | 1 {
  if (noColor) return 0
  const forced = env['FORCE_COLOR']
  if (forced !== undefined && forced !== '') return forced === '0' || forced === 'false' ? 0 : 1
  if (env['NO_COLOR']) return 0
  return isTTY && env['TERM'] !== 'dumb' ? 1 : 0
}

/** Lines for people, on standard error. File names and playbook words in them are hostile: made harmless. */
export function talk({ stderr }: Streams, text: string): void {
  stderr.write(printed(safeLines(text)))
}
