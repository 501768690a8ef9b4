// The help texts, made from the table of commands; 80 columns, and short enough to be read.
import { COMMANDS, type Command, GLOBAL_OPTIONS, type Option } from './commands.ts'

const WIDTH = 80

/** `wayout --help`. */
export function overview(): string {
  return `${lines(
    'wayout checks customer-support playbooks: can a customer who asks to cancel',
    'really get out? Every finding shows the path that proves it.',
    '',
    'Usage:',
    '  wayout [paths…]                check playbooks (short for "wayout lint")',
    '  wayout <command> [options]',
    '',
    'Commands:',
    table(COMMANDS.map(command => [`${command.name} ${command.operands}`.trim(), command.summary])),
    '',
    'Options:',
    table(GLOBAL_OPTIONS.map(option => [flagsOf(option), option.about])),
    '  The options of a command: wayout <command> --help',
    '',
    'Examples:',
    examples([
      ['wayout playbooks/', 'check a folder'],
      ['wayout steps cancel.md', 'see how a playbook was read'],
      ['wayout explain no-retention-loop', 'what a rule wants, and why'],
    ]),
    '',
    ...exitCodes,
  )}\n`
}

/** `wayout COMMAND --help`. */
export function helpOf(command: Command): string {
  const usage = `Usage: wayout ${command.name} ${command.operands}`.trimEnd()
  return `${lines(
    command.options.length > 0 ? `${usage} [options]` : usage,
    '',
    ...command.about.flatMap(paragraph => [...wrap(paragraph, WIDTH), '']),
    'Options:',
    table(command.options.map(option => [flagsOf(option), option.about])),
    '',
    'Examples:',
    examples(command.examples),
    '',
    ...(command.name === 'lint' ? exitCodes : ['All commands: wayout --help']),
  )}\n`
}

const exitCodes = [
  'Exit codes:',
  '  0  everything was read, nothing at or above the level that fails',
  '  1  findings at or above that level (--fail-on, by default error)',
  '  2  wrong usage or configuration',
  '  3  nothing to lint, or something that could not be read',
  '  4  a fault of wayout itself',
]

function flagsOf(option: Option): string {
  const flag = option.value === undefined ? option.flag : `${option.flag} ${option.value}`
  return option.short === undefined ? flag : `${option.short}, ${flag}`
}

/** Two columns; the second is wrapped and starts below itself. */
function table(rows: readonly (readonly [string, string])[]): string {
  const left = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows
    .map(([name, about]) => {
      const wrapped = wrap(about, WIDTH - 2 - left)
      return wrapped.map((line, i) => `  ${(i === 0 ? name : '').padEnd(left)}${line}`).join('\n')
    })
    .join('\n')
}

/** Commands with a word on each, beside it where there is room, else above. */
function examples(rows: readonly (readonly [string, string])[]): string {
  const left = Math.max(...rows.map(([command]) => command.length)) + 2
  const beside = rows.every(([, about]) => 4 + left + about.length <= WIDTH)
  return rows
    .map(([command, about]) =>
      beside ? `  $ ${command.padEnd(left)}${about}` : `  # ${about}\n  $ ${command}`,
    )
    .join('\n')
}

function wrap(text: string, width: number): string[] {
  const wrapped: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      wrapped.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...wrapped, line]
}

const lines = (...parts: string[]) => parts.join('\n')
