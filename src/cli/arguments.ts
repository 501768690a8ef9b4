// From argv to a command with its operands and options; what is wrong is told with the nearest right name.
import { CommanderError, Command as Parser, Option as ParserOption } from 'commander'
import { nearest } from '../model/nearest.ts'
import {
  COMMANDS,
  type Command,
  commandNamed,
  GLOBAL_OPTIONS,
  type Option,
  splitCommand,
} from './commands.ts'
import { usageError } from './exit.ts'

export type Arguments = {
  command: Command
  /** The command was left out (`wayout playbooks/`): its first operand may be a misspelt command. */
  assumed: boolean
  operands: string[]
  options: Options
}

/** Values by the name of the flag without its dashes (`no-color`: true if given). */
export type Options = {
  config?: string
  format?: string | string[]
  'fail-on'?: string
  'max-warnings'?: string
  rule?: string[]
  pack?: string[]
  quiet?: boolean
  'stdin-path'?: string
  'no-color'?: boolean
  stats?: boolean
  write?: boolean
  fix?: boolean
  'fix-dry-run'?: boolean
  prove?: boolean
  verify?: boolean
  baseline?: string
  prune?: boolean
  watch?: boolean
  cache?: boolean
  'cache-location'?: string
  jobs?: string
  shard?: string
  'print-config'?: string
  yes?: boolean
  ci?: string
}

/** Parses the arguments after the program's name. Throws a usage error. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { command: named, rest } = splitCommand(argv)
  const command = named ?? commandNamed('lint')!
  const parser = new Parser(command.name)
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .argument('[operands...]')
  for (const option of command.options) parser.addOption(parserOption(option))
  try {
    parser.parse(rest, { from: 'user' })
  } catch (fault) {
    throw fault instanceof CommanderError ? usageError(explained(fault, command)) : fault
  }
  const values = new Map(command.options.map(option => [option, parser.getOptionValue(option.flag.slice(2))]))
  const options = Object.fromEntries([...values].map(([option, value]) => [option.flag.slice(2), value]))
  for (const [option, value] of values) {
    if (Array.isArray(value) && !option.repeat && value.length > 1) {
      throw usageError(`"${option.flag}" is given ${value.length} times; it has one value`)
    }
    if (Array.isArray(value) && !option.repeat) options[option.flag.slice(2)] = value[0]
  }
  checkOperands(command, parser.args)
  return { command, assumed: named === undefined, operands: parser.args, options }
}

/** All values are collected, so that one given twice can be told. `--no-color` is a name, not a negation. */
function parserOption(option: Option): ParserOption {
  const flags = option.value === undefined ? option.flag : `${option.flag} <value>`
  const made = new ParserOption(option.short === undefined ? flags : `${option.short}, ${flags}`)
  made.negate = false
  made.attributeName = () => option.flag.slice(2)
  if (option.value !== undefined) {
    made.argParser((value: string, before: string[] | undefined) => [...(before ?? []), value])
  }
  return made
}

function explained(fault: CommanderError, command: Command): string {
  const named = /'([^']*)'/.exec(fault.message)?.[1] ?? ''
  if (fault.code === 'commander.unknownOption') return unknownOption(named.split('=')[0]!, command)
  if (fault.code === 'commander.optionMissingArgument') {
    const flag = named.split(/[ ,<]+/).find(word => word.startsWith('--')) ?? named
    const value = command.options.find(option => option.flag === flag)?.value
    return `"${flag}" needs a value: ${flag} ${value}`
  }
  return fault.message.replace(/^error: /, '')
}

function unknownOption(flag: string, command: Command): string {
  const has = (other: Command) => other.options.some(option => option.flag === flag || option.short === flag)
  const elsewhere = COMMANDS.filter(has).map(other => `"wayout ${other.name}"`)
  if (elsewhere.length > 0)
    return `"wayout ${command.name}" has no option "${flag}"; it belongs to ${elsewhere.join(', ')}`
  const near = nearest(
    flag,
    [...command.options, ...GLOBAL_OPTIONS].map(option => option.flag),
  )
  const hint = near === undefined ? `see wayout ${command.name} --help` : `did you mean "${near}"?`
  return `unknown option "${flag}"; ${hint}`
}

function checkOperands(command: Command, operands: readonly string[]): void {
  const { takes, name, operands: wanted } = command
  if (takes === 'one' && operands.length === 0)
    throw usageError(`"wayout ${name}" needs a name: wayout ${name} ${wanted}`)
  const most = takes === 'none' ? 0 : takes === 'one' ? 1 : Number.POSITIVE_INFINITY
  if (operands.length > most) {
    throw usageError(
      `"${operands[most]}" is one too many for "wayout ${name}"; usage: wayout ${name} ${wanted}`.trimEnd(),
    )
  }
}
