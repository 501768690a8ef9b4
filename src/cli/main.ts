// The command line as a function: arguments and streams in, exit code out. Loads only what the command needs.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { nearest } from '../model/nearest.ts'
import { COMMANDS, commandNamed, splitCommand } from './commands.ts'
import { EXIT, type ExitCode, isUsageError, usageError } from './exit.ts'
import { type Streams, talk } from './streams.ts'
import { version } from './version.ts'

/** Runs one command. Never throws; data goes to `stdout`, talk to `stderr`. */
export async function main(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  try {
    return (await answerAtOnce(argv, streams)) ? EXIT.ok : await runCommand(argv, streams)
  } catch (fault) {
    if (isUsageError(fault)) {
      talk(streams, fault.message)
      return EXIT.usage
    }
    const told = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)
    talk(
      streams,
      `${told}\nthis is a fault of wayout, not of the playbook; please report it with the lines above`,
    )
    return EXIT.fault
  }
}

/** Version and help, without loading the parser of arguments. */
async function answerAtOnce(argv: readonly string[], { stdout }: Streams): Promise<boolean> {
  const flags = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length)
  if (flags.includes('--version') || flags.includes('-V')) {
    stdout.write(`${version()}\n`)
    return true
  }
  const asked = argv[0] === 'help'
  if (!asked && !flags.includes('--help') && !flags.includes('-h')) return false
  const { helpOf, overview } = await import('./help.ts')
  const command = asked ? commandNamed(argv[1] ?? '') : splitCommand(argv).command
  stdout.write(command ? helpOf(command) : overview())
  return true
}

async function runCommand(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  const { parseArguments } = await import('./arguments.ts')
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
