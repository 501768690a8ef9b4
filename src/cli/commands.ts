// What the command line understands, as data: commands, their options, their help. Longer than other files: it is one table.
import { reporters } from '../report/index.ts'

export type Option = {
  /** `--format`; its key among the parsed options is the name without the dashes. */
  flag: `--${string}`
  short?: string
  /** What its value is called in the help; absent: a switch. */
  value?: string
  /** May be given several times; the value is then a list. */
  repeat?: true
  /** The values there are, for completion; absent: any. */
  among?: readonly string[]
  about: string
}

export type Command = {
  name: string
  /** Operands as the usage line shows them; `one` wants exactly one, `many` any number, `none` none. */
  operands: string
  takes: 'none' | 'one' | 'many'
  /** One line, for the list of commands. */
  summary: string
  /** What it does, for its own help; paragraphs. */
  about: readonly string[]
  options: readonly Option[]
  examples: readonly (readonly [command: string, about: string])[]
}

const config: Option = {
  flag: '--config',
  value: 'FILE',
  about: 'use this configuration instead of the wayout.yaml found from here upwards',
}
const stdinPath: Option = {
  flag: '--stdin-path',
  value: 'PATH',
  about: 'what standard input ("-") is called: its ending says its format',
}
const noColor: Option = {
  flag: '--no-color',
  about: 'no colours (they are off anyway where the output is no terminal)',
}
const help: Option = { flag: '--help', short: '-h', about: 'show this help' }
const pack: Option = {
  flag: '--pack',
  value: 'NAME',
  repeat: true,
  about: 'add a pack of rules (may be repeated)',
}
const rule: Option = {
  flag: '--rule',
  value: 'ID=LEVEL',
  repeat: true,
  about: 'set one rule to off, info, warning or error (may be repeated)',
}
const baseline: Option = {
  flag: '--baseline',
  value: 'FILE',
  about: 'findings that stand in this file are known and do not fail',
}
const textOrJson: Option = {
  flag: '--format',
  value: 'NAME',
  among: ['text', 'json'],
  about: 'text (the default) or json',
}

/** Only their names are loaded, not the reporters. */
const formats = Object.keys(reporters).join(', ').replace('pretty', 'pretty (the default)')

const reports: readonly Option[] = [
  {
    flag: '--format',
    value: 'NAME[=FILE]',
    repeat: true,
    among: Object.keys(reporters),
    about: `${formats}; to standard output, or into FILE (may be repeated)`,
  },
  {
    flag: '--fail-on',
    value: 'LEVEL',
    among: ['error', 'warning', 'info', 'never'],
    about: 'exit with 1 on findings of this severity or above: error (the default), warning, info, or never',
  },
  { flag: '--max-warnings', value: 'N', about: 'exit with 1 on more than N warnings' },
]

const WHERE =
  'A folder is searched for .md, .markdown, .yaml, .yml and .json, without what .gitignore or "ignore:" leave out. ' +
  'Without paths: the paths of wayout.yaml, else this folder. "-" is standard input.'

export const COMMANDS: readonly Command[] = [
  {
    name: 'lint',
    operands: '[paths…]',
    takes: 'many',
    summary: 'check playbooks; every finding shows the path that proves it',
    about: [
      'Reads playbooks, follows every way through them, and reports where a customer who asks to cancel is stuck, ' +
        'put off or left alone. "wayout [paths…]" is the same.',
      WHERE,
    ],
    options: [
      ...reports,
      rule,
      pack,
      config,
      baseline,
      {
        flag: '--fix',
        about:
          'repair what is mechanical and safe (a misspelt name with one right one, an end that leaves no doubt) and report what is left; with "-", the repaired text goes to standard output',
      },
      {
        flag: '--fix-dry-run',
        about: 'show what --fix would change as a diff, and write nothing',
      },
      {
        flag: '--prove',
        about: 'show what is there, too: the shortest ways out, and the steps that no rule looks at',
      },
      {
        flag: '--verify',
        about: 'have a second, independent checker verify every verdict; exit with 4 if one does not hold',
      },
      { flag: '--quiet', about: 'report errors only' },
      stdinPath,
      noColor,
      { flag: '--cache', about: 'keep what was read and checked, and begin from it the next time' },
      {
        flag: '--cache-location',
        value: 'DIR',
        about: 'keep it in this folder instead of .wayout-cache beside wayout.yaml (implies --cache)',
      },
      {
        flag: '--jobs',
        value: 'N',
        among: ['auto', '1', '2', '4'],
        about: 'how many threads read files; by default as many as pay for so many files',
      },
      {
        flag: '--shard',
        value: 'I/N',
        about:
          'read all, but judge only the I-th of N parts of the entries; "wayout merge" joins the JSON reports',
      },
      {
        flag: '--print-config',
        value: 'FILE',
        about:
          'show the settings that hold for a file and where each was said (--format json too), and check nothing',
      },
      { flag: '--watch', about: 'check again whenever a file changes, until interrupted' },
      {
        flag: '--stats',
        about:
          'say on standard error how much was read, what was kept from earlier runs, how long each stage took',
      },
      help,
    ],
    examples: [
      ['wayout lint playbooks/', 'check a folder'],
      ['wayout lint --pack pedantic --rule hold-bounded=off', 'with other rules'],
      ['wayout lint --format pretty --format json=report.json', 'for people and for machines'],
      ['wayout lint --cache', 'again and again, only what changed is read'],
      ['wayout lint --fix', 'repair what is safe to, report the rest'],
      ['cat cancel.md | wayout lint - --stdin-path cancel.md', 'from a pipe'],
    ],
  },
  {
    name: 'grade',
    operands: '[paths…]',
    takes: 'many',
    summary: 'can a customer force the way out, and in how many turns',
    about: [
      'Plays customer against company: for each entry whether a customer who asks to cancel gets it done whatever agent and system choose, at what effort, and on whom it hangs.',
      WHERE,
    ],
    options: [textOrJson, config, stdinPath, noColor, help],
    examples: [
      ['wayout grade playbooks/', 'the table'],
      ['wayout grade cancel.md --format json', 'for machines'],
    ],
  },
  {
    name: 'steps',
    operands: '[paths…]',
    takes: 'many',
    summary: 'how wayout read them: steps, acts, who decides, what is unread',
    about: [
      'Shows what wayout made of the text: each step with its acts and why they are believed, who decides where it goes on, and what was not understood.',
      WHERE,
    ],
    options: [textOrJson, config, stdinPath, noColor, help],
    examples: [
      ['wayout steps cancel.md', 'one playbook'],
      ['wayout steps playbooks/ --format json', 'for machines'],
    ],
  },
  {
    name: 'graph',
    operands: '[paths…]',
    takes: 'many',
    summary: 'the playbooks as a picture: SVG, a page, Mermaid, Graphviz',
    about: [
      'Draws the flow of the playbooks with the paths of the findings in it: as SVG, as a page on which every finding is walked step by step, or as text that Mermaid (GitHub, GitLab, many wikis) or Graphviz turn into a picture.',
      WHERE,
    ],
    options: [
      {
        flag: '--format',
        value: 'NAME',
        among: ['mermaid', 'dot', 'svg', 'html'],
        about: 'mermaid (the default), dot, svg or html',
      },
      rule,
      pack,
      config,
      stdinPath,
      noColor,
      help,
    ],
    examples: [
      ['wayout graph cancel.md', 'a Mermaid flowchart'],
      ['wayout graph cancel.md --format svg > cancel.svg', 'a picture'],
      ['wayout graph playbooks/ --format html > flow.html', 'a page'],
    ],
  },
  {
    name: 'rules',
    operands: '',
    takes: 'none',
    summary: 'all rules, and how strict each is here',
    about: ['Lists the rules with what they demand and their severity under the configuration found here.'],
    options: [textOrJson, rule, pack, config, noColor, help],
    examples: [
      ['wayout rules', 'the list'],
      ['wayout rules --pack pedantic --format json', 'for machines'],
    ],
  },
  {
    name: 'explain',
    operands: '<rule>',
    takes: 'one',
    summary: 'one rule: why, law, parameters, a bad and a good example',
    about: [
      'Explains one rule: what it demands and why, what can be tuned, how to repair what it finds, and an example of both.',
    ],
    options: [textOrJson, config, noColor, help],
    examples: [['wayout explain cancellation-forceable', 'why the customer must be able to force it']],
  },
  {
    name: 'test',
    operands: '[files…]',
    takes: 'many',
    summary: 'run the examples of your own rules',
    about: [
      'Runs the examples of your own rules: what a bad example marks must be found, there and nowhere else, and nothing in a good one. Says which rules no example fires.',
      'Without files: the rules of wayout.yaml. A file holds one rule, a list of rules, or a configuration with rules.',
    ],
    options: [textOrJson, config, noColor, help],
    examples: [
      ['wayout test', 'the rules of wayout.yaml'],
      ['wayout test house-rules/*.yaml', 'files of rules'],
    ],
  },
  {
    name: 'annotate',
    operands: '[paths…]',
    takes: 'many',
    summary: 'write what was recognised into the playbooks, as declarations',
    about: [
      'Shows which acts were recognised for certain and where they would be declared; with --write it writes them into the files, for a person to review in a diff. A file that would then read differently is left as it is.',
      WHERE,
    ],
    options: [{ flag: '--write', about: 'write into the files' }, config, noColor, help],
    examples: [
      ['wayout annotate cancel.md', 'show what would be declared'],
      ['wayout annotate playbooks/ --write', 'write it'],
    ],
  },
  {
    name: 'suppressions',
    operands: '[paths…]',
    takes: 'many',
    summary: 'the register of suppressions: what is hidden, why, by whom, until when',
    about: [
      'Lists every suppression in the playbooks and in wayout.yaml with its reason, owner, ticket and last day, whether it holds, and what it hides.',
      WHERE,
    ],
    options: [
      { flag: '--format', value: 'NAME', about: 'text (the default), json or csv' },
      rule,
      pack,
      config,
      stdinPath,
      noColor,
      help,
    ],
    examples: [
      ['wayout suppressions', 'all of them'],
      ['wayout suppressions --format csv > register.csv', 'for an audit'],
    ],
  },
  {
    name: 'baseline',
    operands: '[paths…]',
    takes: 'many',
    summary: 'write the findings of today into a file, so that only new ones fail',
    about: [
      'Writes one line for each finding into .wayout-baseline: rule, playbook, step and the shape of its path, no line numbers. "wayout lint --baseline FILE", or "baseline: FILE" in wayout.yaml, then tells new findings from known ones. Lines about playbooks that are not looked at stay.',
      WHERE,
    ],
    options: [
      { flag: '--baseline', value: 'FILE', about: 'write this file instead of .wayout-baseline' },
      { flag: '--prune', about: 'only drop the lines whose findings are gone, add none' },
      rule,
      pack,
      config,
      stdinPath,
      noColor,
      help,
    ],
    examples: [
      ['wayout baseline', 'take all findings as known'],
      ['wayout baseline --prune', 'forget those that are repaired'],
    ],
  },
  {
    name: 'merge',
    operands: '<reports…>',
    takes: 'many',
    summary: 'join the reports of the parts of a run ("lint --shard") into one',
    about: [
      'Takes the JSON reports of all parts of one run ("wayout lint --shard I/N --format json=FILE") and reports what one run would have, with the same exit code. Suppressions and the baseline are settled here, where all findings are known.',
      'Give it the same configuration, rules and folder as the parts; the lines that findings show are read from the playbooks.',
    ],
    options: [
      ...reports,
      rule,
      pack,
      config,
      baseline,
      { flag: '--quiet', about: 'report errors only' },
      noColor,
      help,
    ],
    examples: [
      ['wayout lint --shard 1/2 --format json=1.json', 'on one machine'],
      ['wayout lint --shard 2/2 --format json=2.json', 'on another'],
      ['wayout merge 1.json 2.json', 'the whole'],
    ],
  },
  {
    name: 'init',
    operands: '',
    takes: 'none',
    summary: 'begin here: a configuration, an example, a job for pull requests',
    about: [
      'Writes a commented wayout.yaml, an example playbook and a job that checks every pull request. Asks a few questions on a terminal; nothing that is there already is changed.',
    ],
    options: [
      { flag: '--yes', short: '-y', about: 'ask nothing, take what fits this folder' },
      {
        flag: '--ci',
        value: 'NAME',
        among: ['github', 'gitlab', 'none'],
        about: 'the job to write: github, gitlab or none',
      },
      help,
    ],
    examples: [
      ['wayout init', 'with questions'],
      ['wayout init --yes --ci gitlab', 'without'],
    ],
  },
  {
    name: 'completion',
    operands: '<shell>',
    takes: 'one',
    summary: 'completion of commands and options for bash, zsh or fish',
    about: ['Prints a script that teaches the shell the commands, options and formats of wayout.'],
    options: [help],
    examples: [
      ['source <(wayout completion bash)', 'in ~/.bashrc'],
      ['wayout completion zsh > ~/.zfunc/_wayout', 'a folder of your fpath'],
      ['wayout completion fish > ~/.config/fish/completions/wayout.fish', 'for fish'],
    ],
  },
]

/** What stands beside the commands. */
export const GLOBAL_OPTIONS: readonly Option[] = [
  help,
  { flag: '--version', short: '-V', about: 'show the version' },
]

export function commandNamed(name: string): Command | undefined {
  return COMMANDS.find(command => command.name === name)
}

/** The command that an argv names (its first operand; options may stand before it) and the rest without it. */
export function splitCommand(argv: readonly string[]): { command: Command | undefined; rest: string[] } {
  const known = new Map<string, Option>(
    COMMANDS.flatMap(({ options }) => options.map(option => [option.flag, option])),
  )
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!
    if (word === '--') break
    if (word.startsWith('-') && word !== '-') {
      if (known.get(word)?.value !== undefined) i++
      continue
    }
    const command = commandNamed(word)
    return command ? { command, rest: argv.toSpliced(i, 1) } : { command, rest: [...argv] }
  }
  return { command: undefined, rest: [...argv] }
}
