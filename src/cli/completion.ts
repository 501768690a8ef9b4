// `wayout completion bash|zsh|fish`: scripts that complete commands, options and their values, made from the table of commands.
import { didYouMean } from '../model/nearest.ts'
import { builtInPacks, builtInRules } from '../ruleset/load.ts'
import { COMMANDS, type Command, commandNamed, GLOBAL_OPTIONS, type Option } from './commands.ts'
import { EXIT, type ExitCode, usageError } from './exit.ts'
import type { Streams } from './streams.ts'

const SHELLS: Readonly<Record<string, () => string>> = { bash, zsh, fish }

/** Prints the script; throws a usage error for another shell. */
export function runCompletion(shell: string, { stdout }: Streams): ExitCode {
  if (!Object.hasOwn(SHELLS, shell)) {
    const names = Object.keys(SHELLS)
    throw usageError(
      `no completion for "${shell}"${didYouMean(shell, names) || `; there is ${names.join(', ')}`}`,
    )
  }
  stdout.write(SHELLS[shell]!())
  return EXIT.ok
}

const NAMES = COMMANDS.map(command => command.name)
const LINT = commandNamed('lint')!

/** What may stand after an option, as far as it is known; undefined for a file or anything else. */
function valuesOf(option: Option): readonly string[] | undefined {
  if (option.flag === '--pack') return [...builtInPacks().map(({ id }) => id)]
  return option.among
}

/** What a command takes besides options; undefined for files, empty for nothing. */
function operandsOf({ name, takes }: Command): readonly string[] | undefined {
  if (name === 'explain') return builtInRules().map(({ id }) => id)
  if (name === 'completion') return Object.keys(SHELLS)
  return takes === 'none' ? [] : undefined
}

const flagsOf = ({ options }: Command) =>
  options.flatMap(({ flag, short }) => (short ? [flag, short] : [flag]))

function bash(): string {
  const values = COMMANDS.flatMap(command =>
    command.options.flatMap(option => {
      const list = valuesOf(option)
      const names =
        command === LINT
          ? [`${command.name}/${option.flag}`, `/${option.flag}`]
          : [`${command.name}/${option.flag}`]
      return list ? [`    ${names.join('|')}) words='${list.join(' ')}' ;;`] : []
    }),
  )
  const files = [
    ...new Set(
      COMMANDS.flatMap(({ options }) =>
        options.filter(one => one.value && !valuesOf(one)).map(({ flag }) => flag),
      ),
    ),
  ]
  return `# Completion of wayout for bash; made by "wayout completion bash".
_wayout() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in ${NAMES.join('|')}) command=$word; break ;; esac
  done
  COMPREPLY=()
  case $command/$before in
${values.join('\n')}
    ${files.map(flag => `*/${flag}`).join('|')}) return ;;
  esac
  if [[ -z $words && $current == -* ]]; then
    case $command in
${COMMANDS.map(command => `      ${command.name}) words='${flagsOf(command).join(' ')}' ;;`).join('\n')}
      *) words='${[...flagsOf(LINT), ...GLOBAL_OPTIONS.map(({ flag }) => flag)].join(' ')}' ;;
    esac
  elif [[ -z $words ]]; then
    case $command in
      '') words='${[...NAMES, 'help'].join(' ')}' ;;
${COMMANDS.flatMap(command => {
  const list = operandsOf(command)
  return list?.length ? [`      ${command.name}) words='${list.join(' ')}' ;;`] : []
}).join('\n')}
    esac
  fi
  while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -W "$words" -- "$current")
}
complete -o default -F _wayout wayout
`
}

function zsh(): string {
  const command = (one: Command) => {
    const list = operandsOf(one)
    const operand =
      list === undefined ? "'*:path:_files'" : list.length > 0 ? `'1:name:(${list.join(' ')})'` : ''
    const lines = [...one.options.flatMap(zshOption), ...(operand ? [operand] : [])]
    return `    ${one.name})\n      _arguments -s \\\n        ${lines.join(' \\\n        ')}\n      ;;`
  }
  return `#compdef wayout
# Completion of wayout for zsh; made by "wayout completion zsh".
_wayout() {
  local command=\${words[(r)(${NAMES.join('|')})]}
  if [[ -z $command && $PREFIX != -* && \${words[CURRENT-1]} != -* ]]; then
    local -a commands=(
${COMMANDS.map(({ name, summary }) => `      '${name}:${single(summary)}'`).join('\n')}
    )
    _describe command commands
    _files
    return
  fi
  [[ -n $command ]] && { words[(r)$command]=(); (( CURRENT-- )) }
  case \${command:-lint} in
${COMMANDS.map(command).join('\n')}
  esac
}
if [[ $funcstack[1] == _wayout ]]; then _wayout "$@"; else compdef _wayout wayout; fi
`
}

function zshOption({ flag, short, value, repeat, about, ...option }: Option): string[] {
  const list = valuesOf({ flag, about, ...option })
  const action = list ? `(${list.join(' ')})` : '_files'
  const after = value === undefined ? '' : `:${value.replace(/[:[\]]/g, '')}:${action}`
  const words = single(about.replace(/[[\]:\\]/g, '\\$&'))
  return [flag, ...(short ? [short] : [])].map(name => `'${repeat ? '*' : ''}${name}[${words}]${after}'`)
}

function fish(): string {
  const none = `not __fish_seen_subcommand_from ${NAMES.join(' ')}`
  const lines = COMMANDS.flatMap(command => {
    const inside = `__fish_seen_subcommand_from ${command.name}`
    const list = operandsOf(command)
    return [
      `complete -c wayout -n '${none}' -a ${command.name} -d '${single(command.summary)}'`,
      ...(list
        ? [`complete -c wayout -n '${inside}' -f${list.length > 0 ? ` -a '${list.join(' ')}'` : ''}`]
        : []),
      ...command.options.flatMap(option => [
        fishOption(option, inside),
        ...(command === LINT ? [fishOption(option, none)] : []),
      ]),
    ]
  })
  return `# Completion of wayout for fish; made by "wayout completion fish".\n${[...new Set(lines)].join('\n')}\n`
}

function fishOption(option: Option, when: string): string {
  const list = valuesOf(option)
  const parts = [
    `complete -c wayout -n '${when}' -l ${option.flag.slice(2)}`,
    ...(option.short ? [`-s ${option.short.slice(1)}`] : []),
    ...(option.value === undefined ? [] : list ? [`-x -a '${list.join(' ')}'`] : ['-r']),
    `-d '${single(option.about).replaceAll('\\', '\\\\')}'`,
  ]
  return parts.join(' ')
}

/** Within single quotes, in a way that all three shells read. */
function single(text: string): string {
  return text.replaceAll("'", '’')
}
