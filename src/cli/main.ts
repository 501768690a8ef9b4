// The command line as a function: arguments and streams in, exit code out. Loads only what the command needs.
import { commandNamed, splitCommand } from './commands.ts'
import { EXIT, type ExitCode, isUsageError } from './exit.ts'
import { type Streams, talk } from './streams.ts'
import { version } from './version.ts'

/** Runs one command. Never throws; data goes to `stdout`, talk to `stderr`. */
export async function main(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  try {
    return (await answerAtOnce(argv, streams)) ? EXIT.ok : await run(argv, streams)
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

/** Any other command. */
async function run(argv: readonly string[], streams: Streams): Promise<ExitCode> {
  const { runCommand } = await import('./dispatch.ts')
  return runCommand(argv, streams)
}
