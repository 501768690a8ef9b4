// Which reports were asked for and where each goes; writes them.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { LintResult } from '../model/finding.ts'
import { didYouMean } from '../model/nearest.ts'
import { type Colour, plain, type ReportContext } from '../report/context.ts'
import { reporters } from '../report/index.ts'
import type { Options } from './arguments.ts'
import { usageError } from './exit.ts'
import { colourLevel, type Streams } from './streams.ts'
import { reason } from './text.ts'

/** A format, and the file it goes into; without a file it goes to standard output. */
export type Output = { format: string; file?: string }

/** The format for people; the default. */
export const PEOPLES_FORMAT = 'pretty'

/** Reads `--format NAME[=FILE]`, as many as there are. */
export function outputsOf(flags: readonly string[] = []): Output[] {
  const outputs = flags.map(flag => {
    const at = flag.indexOf('=')
    const output: Output = at < 0 ? { format: flag } : { format: flag.slice(0, at), file: flag.slice(at + 1) }
    const { format, file } = output
    if (!Object.hasOwn(reporters, format)) {
      const names = Object.keys(reporters).sort().join(', ')
      throw usageError(
        `unknown format "${format}"${didYouMean(format, Object.keys(reporters)) || `; there are ${names}`}`,
      )
    }
    if (file === '') throw usageError(`"--format ${flag}" names no file`)
    return output
  })
  const printed = outputs.filter(output => output.file === undefined)
  if (printed.length > 1) {
    const [first, second] = printed.map(output => output.format)
    throw usageError(
      `"${first}" and "${second}" cannot both go to standard output; give one a file: --format ${second}=FILE`,
    )
  }
  return outputs.length > 0 ? outputs : [{ format: PEOPLES_FORMAT }]
}

/** The format asked for of those that a command has; the first is the default. */
export function formatAmong(command: string, options: Options, formats: readonly string[]): string {
  const format = [options.format ?? []].flat()[0] ?? formats[0]!
  if (formats.includes(format)) return format
  const hint =
    didYouMean(format, formats) || `; expected ${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}`
  throw usageError(`"${format}" is no format of "wayout ${command}"${hint}`)
}

/** Writes every report; a file gets no colours. Throws a usage error where a file cannot be written. */
export async function writeReports(
  outputs: readonly Output[],
  result: LintResult,
  context: Omit<ReportContext, 'colour' | 'columns'>,
  streams: Streams,
  noColor = false,
): Promise<void> {
  for (const { format, file } of outputs) {
    const { report } = await reporters[format]!()
    if (file === undefined) {
      const colour = await colours(streams, noColor)
      streams.stdout.write(report(result, { ...context, colour, columns: columnsOf(streams) }))
      continue
    }
    const path = resolve(streams.cwd, file)
    const text = report(result, { ...context, colour: plain, columns: WIDTH })
    try {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    } catch (fault) {
      throw usageError(`cannot write "${file}": ${reason(fault)}`)
    }
  }
}

/** Width of what is written into files and pipes. */
const WIDTH = 80

/** The width of the terminal, within what can be read. */
export function columnsOf({ columns, isTTY }: Streams): number {
  return isTTY && columns ? Math.min(Math.max(columns, 40), 120) : WIDTH
}

/** The colours that the output takes; chalk is loaded only where it takes any. */
export async function colours(streams: Streams, noColor = false): Promise<Colour> {
  if (colourLevel(streams, noColor) === 0) return plain
  const { Chalk } = await import('chalk')
  return new Chalk({ level: 1 })
}
