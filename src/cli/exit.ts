// The exit codes, and the error that carries one: thrown where the user has to mend something, told without a stack.

/** Design §8. Where several apply: fault, then usage, then notRead, then findings (§11.26). */
export const EXIT = {
  /** Everything was read, every rule ran, nothing at or above the level that fails. */
  ok: 0,
  /** Findings at or above the level that fails. */
  findings: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** Nothing to lint, or an input that could not be read. */
  notRead: 3,
  /** A fault of wayout itself. */
  fault: 4,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export type UsageError = Error & { exit: typeof EXIT.usage }

/** What to throw when the command line or the configuration is wrong; one line a mistake. */
export function usageError(...lines: string[]): UsageError {
  return Object.assign(new Error(lines.join('\n')), { exit: EXIT.usage })
}

export function isUsageError(fault: unknown): fault is UsageError {
  return fault instanceof Error && (fault as Partial<UsageError>).exit === EXIT.usage
}
