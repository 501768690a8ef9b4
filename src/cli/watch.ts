// `wayout lint --watch`: checks again whenever a playbook or a setting changes, until it is interrupted.
import { type FSWatcher, watch } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { Options } from './arguments.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { ENDINGS } from './files.ts'
import { runLint } from './lint.ts'
import { outputsOf } from './reports.ts'
import { type Streams, talk } from './streams.ts'
import { reason } from './text.ts'

/** An editor writes a file in several goes; they count as one change. Milliseconds. */
const PAUSE = 100
const CLEAR = '\u001b[2J\u001b[3J\u001b[H'
const SKIPPED = /(?:^|[\\/])(?:\.git|node_modules|\.wayout-cache)(?:[\\/]|$)/

/** Runs once and then after every change; `until` ends it (else only a signal does) with the code of the last run. */
export async function runWatch(
  operands: readonly string[],
  options: Options,
  streams: Streams,
  until: Promise<unknown> = new Promise(() => {}),
): Promise<ExitCode> {
  const { watch: _, ...once } = options
  const written = new Set(
    (await outputsOf([options.format ?? []].flat())).flatMap(({ file }) =>
      file === undefined ? [] : [resolve(streams.cwd, file)],
    ),
  )
  let code: ExitCode = EXIT.ok
  let running = Promise.resolve()
  const again = () => {
    running = running.then(async () => {
      if (streams.isTTY) streams.stdout.write(CLEAR)
      // A configuration that is wrong for a moment ends nothing.
      code = await runLint(operands, once, streams).catch(fault => {
        talk(streams, reason(fault))
        return EXIT.usage
      })
      talk(streams, 'watching for changes; stop with ctrl-c')
    })
    return running
  }
  let timer: NodeJS.Timeout | undefined
  const folders = new Set([
    streams.cwd,
    ...operands.filter(path => path !== '-').map(path => resolve(streams.cwd, path)),
  ])
  const watchers = [...folders].flatMap(folder =>
    watcherOf(
      folder,
      file => {
        if (written.has(file) || !counts(file)) return
        clearTimeout(timer)
        timer = setTimeout(again, PAUSE)
      },
      streams,
    ),
  )
  await again()
  await until
  clearTimeout(timer)
  for (const watcher of watchers) watcher.close()
  await running
  return code
}

function watcherOf(folder: string, changed: (file: string) => void, streams: Streams): FSWatcher[] {
  try {
    const watcher = watch(folder, { recursive: true }, (_, name) =>
      changed(name === null ? folder : join(folder, name)),
    )
    watcher.on('error', fault => talk(streams, `cannot watch "${folder}": ${reason(fault)}`))
    return [watcher]
  } catch (fault) {
    talk(streams, `cannot watch "${folder}": ${reason(fault)}`)
    return []
  }
}

/** Whether a file can change what is found. */
function counts(file: string): boolean {
  if (SKIPPED.test(file)) return false
  return basename(file) === '.gitignore' || ENDINGS.some(ending => file.toLowerCase().endsWith(ending))
}
