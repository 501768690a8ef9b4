// Hands the arguments to the command that they name; each command is loaded when it is asked for.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { nearest } from '../model/nearest.ts'
import { parseArguments } from './arguments.ts'
import { COMMANDS } from './commands.ts'
import { type ExitCode, usageError } from './exit.ts'
import type { Streams } from './streams.ts'

/** What the threads of `--jobs` do: in the bundle, they run the same file as the commands. */
export { readFile } from '../run/read.ts'

/** Parses the arguments and runs the command. Throws usage errors. */
export async function runCommand(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  const { command, assumed, operands, options } = parseArguments(argv)
  if (assumed) refuseMisspelt(operands[0], streams.cwd)
  switch (command.name) {
    case 'steps':
      return (await import('./show.ts')).runSteps(operands, options, streams)
    case 'annotate':
      return (await import('./annotate.ts')).runAnnotate(operands, options, streams)
    case 'baseline':
      return (await import('./baseline.ts')).runBaseline(operands, options, streams)
    case 'suppressions':
      return (await import('./suppressions.ts')).runSuppressions(operands, options, streams)
    case 'grade':
      return (await import('./show.ts')).runGrade(operands, options, streams)
    case 'graph':
      return (await import('./show.ts')).runGraph(operands, options, streams)
    case 'merge':
      return (await import('./merge.ts')).runMerge(operands, options, streams)
    case 'test':
      return (await import('./test.ts')).runTest(operands, options, streams)
    case 'rules':
      return (await import('./rules.ts')).runRules(options, streams)
    case 'explain':
      return (await import('./rules.ts')).runExplain(operands[0]!, options, streams)
    case 'init':
      return (await import('./init.ts')).runInit(options, streams)
    case 'completion':
      return (await import('./completion.ts')).runCompletion(operands[0]!, streams)
    default:
      if (options.watch) return (await import('./watch.ts')).runWatch(operands, options, streams)
      return (await import('./lint.ts')).runLint(operands, options, streams)
  }
}

/** `wayout lnt` is a misspelt command, not a file that is missing. */
function refuseMisspelt(word: string | undefined, cwd: string): void {
  if (word === undefined || !/^[a-z]+$/i.test(word) || existsSync(resolve(cwd, word))) return
  const near = nearest(word, [...COMMANDS.map(command => command.name), 'help'])
  if (near === undefined) return
  throw usageError(`unknown command "${word}"; did you mean "${near}"?`)
}
