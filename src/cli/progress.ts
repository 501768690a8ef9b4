// One line on a terminal that says how far a long run is, and is gone when it ends. Never in a pipe, never in CI.
import type { Streams } from './streams.ts'

export type Progress = {
  /** What is done now: "read", "check". */
  stage(name: string): void
  step(done: number, of: number): void
  /** Erases the line; for before anything else is written. */
  end(): void
}

/** Who waits shorter than this needs no line. Milliseconds. */
const PATIENCE = 1000
/** A line that changes more often cannot be read. */
const PAUSE = 100
const ERASE = '\r\u001b[2K'
const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  read: ['reading', 'files'],
  check: ['checking', 'entries'],
}

/** `now` in milliseconds, from any beginning. */
export function progressOf({ stderr, env }: Streams, now: () => number = () => performance.now()): Progress {
  const isShown = stderr.isTTY === true && !env['CI'] && env['TERM'] !== 'dumb'
  const begun = now()
  let words: readonly [string, string] | undefined
  let last = Number.NEGATIVE_INFINITY
  let isThere = false
  const end = () => {
    if (isThere) stderr.write(ERASE)
    isThere = false
  }
  return {
    stage(name) {
      words = WORDS[name]
      if (words === undefined) end()
    },
    step(done, of) {
      if (!isShown || words === undefined) return
      const at = now()
      if (at - begun < PATIENCE || at - last < PAUSE) return
      last = at
      isThere = true
      stderr.write(`${ERASE}${words[0]} ${done} of ${of} ${words[1]}`)
    },
    end,
  }
}
