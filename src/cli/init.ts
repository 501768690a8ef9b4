// `wayout init`: writes a configuration, an example and a job for pull requests; never over a file that is there.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { didYouMean } from '../model/nearest.ts'
import { safeText } from '../report/safe.ts'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode, usageError } from './exit.ts'
import { ENDINGS, shownPath } from './files.ts'
import { CI_FILES, type Ci, configText, EXAMPLE } from './init-files.ts'
import { findProject } from './project.ts'
import type { Streams } from './streams.ts'
import { reason } from './text.ts'

const CIS: readonly Ci[] = ['github', 'gitlab', 'none']

/** Asks (on a terminal) or takes what fits (`--yes`), then writes. Throws a usage error where it can do neither. */
export async function runInit(options: Options, streams: Streams): Promise<ExitCode> {
  const { cwd } = streams
  const known = ciNamed(options.ci)
  const asks = !options.yes
  if (asks && !(streams.isTTY && streams.stdin.isTTY)) {
    throw usageError('"wayout init" asks on a terminal only; elsewhere say wayout init --yes')
  }
  const project = await findProject(cwd)
  const ask = asks ? asker(streams) : undefined
  const folder = folderNamed(await answer(ask, 'where are the playbooks?', 'playbooks'))
  const ci =
    known ?? ciNamed(await answer(ask, 'check pull requests with github, gitlab or none?', guessedCi(cwd)))!
  const isEmpty = !hasPlaybooks(join(cwd, folder))
  const wanted = await answer(ask, 'write an example playbook?', isEmpty ? 'yes' : 'no')
  await ask?.close()

  const files: [path: string, text: string][] = []
  const [config] = project.files
  if (config === undefined) files.push(['wayout.yaml', configText(folder)])
  else streams.stdout.write(`kept     ${safeText(shownPath(config, cwd))}, the configuration that is there\n`)
  if (/^y/i.test(wanted)) files.push([join(folder, 'cancel-membership.md'), EXAMPLE])
  if (ci !== 'none') files.push(CI_FILES[ci](path => existsSync(join(cwd, path))))
  for (const [path, text] of files) streams.stdout.write(`${written(cwd, path, text)} ${safeText(path)}\n`)
  streams.stdout.write('\nnext: wayout lint\n')
  if (ci === 'gitlab' && files.at(-1)![0] !== '.gitlab-ci.yml') {
    streams.stdout.write('and in .gitlab-ci.yml:\n  include:\n    - local: /wayout.gitlab-ci.yml\n')
  }
  if (ci !== 'none' && !isDependency(cwd)) streams.stdout.write(TO_INSTALL)
  return EXIT.ok
}

const TO_INSTALL = `
The job runs the wayout that package.json names, and here it names none yet:
install it (npm install --save-dev, from where you have it), then commit
package.json and package-lock.json.
`

function isDependency(cwd: string): boolean {
  try {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))
    return 'wayout' in { ...dependencies, ...devDependencies }
  } catch {
    return false
  }
}

/** Made only if it is not there, even if it appears this moment. */
function written(cwd: string, path: string, text: string): 'wrote   ' | 'kept    ' {
  try {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text, { flag: 'wx' })
    return 'wrote   '
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(join(cwd, path))) return 'kept    '
    throw usageError(`cannot write "${path}": ${reason(fault)}`)
  }
}

function ciNamed(name: string | undefined): Ci | undefined {
  const known = CIS.find(ci => ci === name?.trim().toLowerCase())
  if (name === undefined || known) return known
  throw usageError(
    `"${name}" is no job wayout can write${didYouMean(name, CIS) || '; expected github, gitlab or none'}`,
  )
}

function guessedCi(cwd: string): Ci {
  if (existsSync(join(cwd, '.gitlab-ci.yml'))) return 'gitlab'
  return existsSync(join(cwd, '.github')) || existsSync(join(cwd, '.git')) ? 'github' : 'none'
}

/** A folder below this one, with `/`. */
function folderNamed(name: string): string {
  const folder = normalize(name).replaceAll('\\', '/').replace(/\/+$/, '')
  if (!isAbsolute(folder) && folder !== '..' && !folder.startsWith('../') && folder !== '') return folder
  throw usageError(`"${name}" does not lie in this folder; expected a folder such as "playbooks"`)
}

function hasPlaybooks(folder: string): boolean {
  if (!existsSync(folder)) return false
  return readdirSync(folder).some(name => ENDINGS.some(ending => name.toLowerCase().endsWith(ending)))
}

type Asker = { (question: string): Promise<string>; close(): Promise<void> }

async function answer(ask: Asker | undefined, question: string, preset: string): Promise<string> {
  return (await ask?.(`${question} [${preset}] `)) || preset
}

/** Asks on standard output, reads lines from standard input; an input that ends answers nothing. */
function asker({ stdin, stdout }: Streams): Asker {
  const chunks = stdin[Symbol.asyncIterator]()
  const decoder = new TextDecoder()
  let rest = ''
  let ended = false
  const ask = async (question: string) => {
    stdout.write(question)
    while (!rest.includes('\n') && !ended) {
      const { value, done } = await chunks.next()
      ended = done === true
      if (!ended) rest += typeof value === 'string' ? value : decoder.decode(value, { stream: true })
    }
    const end = rest.includes('\n') ? rest.indexOf('\n') : rest.length
    const line = rest.slice(0, end).trim()
    rest = rest.slice(end + 1)
    return line
  }
  const close = async () => {
    await chunks.return?.()
  }
  return Object.assign(ask, { close })
}
