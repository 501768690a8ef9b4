// Whole runs over a project of many files: against the bare parser, against reading alone, and against other linters.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { markdownPlaybook, yamlPlaybook } from './generate.js'
import { row, table } from './measure.js'
import { peers } from './peers.js'

const FORMATS = [
  { name: 'Markdown', write: markdownPlaybook, ending: 'md', bar: 1.25, barOfTwo: 0.7 },
  { name: 'YAML', write: yamlPlaybook, ending: 'yaml', bar: 1.4 },
]

/** `count` playbooks of each format. `root` is the repository, `folder` is for what is written. */
export function files(root, folder, count, runs) {
  const wayout = join(root, 'bin/wayout.js')
  for (const { name, write, ending, bar, barOfTwo } of FORMATS) {
    const here = projectOf(join(folder, name), count, write, ending)
    const tenth = projectOf(join(folder, `${name}-tenth`), Math.ceil(count / 10), write, ending)
    const lint = (where, ...more) => [wayout, 'lint', where, '--format', 'json', ...more]
    // One that is empty in every run.
    const cache = run => ['--cache', '--cache-location', join(folder, `${name}-cache-${run}`)]
    const others = ending === 'md' ? peers(here, join(folder, 'peers')) : { rows: [], missing: [] }
    const measured = table(
      `${count} ${name} playbooks (× the bare parser in a process of its own)`,
      [
        { what: 'bare parser', args: [join(root, 'bench/bare.js'), here] },
        { what: 'read and hash', args: [join(root, 'bench/hash.js'), here] },
        { what: 'wayout steps, one thread', args: [wayout, 'steps', here, '--format', 'json'] },
        { what: 'wayout lint, one thread', args: lint(here, '--jobs', '1'), bar },
        { what: 'wayout lint, two threads', args: lint(here, '--jobs', '2'), bar: barOfTwo, by: 'wall' },
        { what: 'the same, keeping a cache', args: run => lint(here, '--jobs', '2', ...cache(run)) },
        { what: 'nothing changed (× read and hash)', args: run => lint(here, ...cache(run)), bar: 2, of: 'read and hash' },
        { what: 'a tenth of the files, one thread', args: lint(tenth, '--jobs', '1') },
        ...others.rows,
      ],
      runs,
      folder,
    )
    const [all, few] = [measured[3].cpu / count, measured[7].cpu / Math.ceil(count / 10)]
    row('a file of all ÷ a file of a tenth', `${(all / few).toFixed(2)} ×`)
    for (const what of others.missing) row(what, 'not installed')
    console.log()
  }
}

function projectOf(folder, count, write, ending) {
  mkdirSync(folder)
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `${i}.${ending}`), write(i))
  return folder
}
