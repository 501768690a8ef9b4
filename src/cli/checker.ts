// Checks the files of a run, with a store of earlier runs and with threads where these help; the result is the same without.
import { readFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import type { Flow } from '../model/flow.ts'
import type { Rule } from '../model/rule.ts'
import type { CheckedRun } from '../run/checked.ts'
import type { Finished } from '../run/finished.ts'
import type { CheckedSettings, ReadOptions, Source } from '../run/settings.ts'
import { type Reading, startReading } from './reading.ts'
import { nameOf, type Store } from './store.ts'
import { version } from './version.ts'

export type Checker = {
  check(rules: readonly Rule[]): Promise<CheckedRun>
  /** The flow, for what is drawn; read now if the run was kept. */
  flow(): Promise<Flow>
  /** For `--stats`, once all is checked. `whole`: the run itself was kept, and no file had to be looked at. */
  used(): { threads: number; hits: number; misses: number; whole: boolean }
  close(): Promise<void>
}

/** A finished run, and its flow if it is wanted. */
export type Checked = { linted: Finished; flow: Checker['flow'] }

type Settings = Omit<CheckedSettings, 'rules' | 'readFile'>
type Means = { store?: Store | undefined; jobs: number | undefined }

/** What a playbook led to when the run was made: the name of the text, or what stood in its way. */
type Loaded = [path: string, outcome: string]
type Kept = { run: CheckedRun; loaded: Loaded[] }

/** `sources` in their order. Close it whatever happens. */
export function checkerOf(
  sources: readonly Source[],
  settings: Settings,
  { store: given, jobs }: Means,
): Checker {
  // Evidence is worked out afresh: it is asked for by those who do not take our word for it.
  const store = settings.prove || settings.verify ? undefined : given
  const base = baseName(settings)
  let reading: Promise<Reading> | undefined
  let begun: Reading | undefined
  let flow: Flow | undefined
  let whole = store !== undefined
  const read = () => {
    reading ??= startReading(sources, optionsOf(settings), { store: given, base, jobs }).then(one => {
      begun = one
      return one
    })
    return reading
  }

  return {
    async check(rules) {
      const name = store && nameOfRun(rules)
      const kept = name && store && runIn(store, name)
      if (kept) return kept
      whole = false
      settings.onStage?.('read')
      const loaded = new Map<string, string>()
      const load: Settings['load'] = path => {
        const found = settings.load?.(path) ?? null
        loaded.set(path, outcomeOf(found))
        return found
      }
      const { readFile } = await read()
      const { checked } = await import('../index.ts')
      const found = await checked(sources, { ...settings, load, rules, ...(readFile && { readFile }) })
      flow = found.flow
      // A fault is told by those who meet it, not from hearsay.
      if (store && name && found.run.faults.length === 0) {
        const kept: Kept = { run: found.run, loaded: [...loaded] }
        store.put(name, 'run', serialize(kept))
      }
      return found.run
    },
    async flow() {
      if (flow) return flow
      const { readFile } = await read()
      const { readFlow } = await import('../index.ts')
      flow = (await readFlow(sources, { ...settings, ...(readFile && { readFile }) })).flow
      return flow
    },
    used() {
      const { threads = 1, hits = 0, misses = 0 } = begun ?? {}
      return whole
        ? { threads, hits: sources.length, misses: 0, whole: true }
        : { threads, hits, misses, whole: false }
    },
    async close() {
      await (await reading?.catch(() => undefined))?.close()
      given?.tidy()
    },
  }

  function nameOfRun(rules: readonly Rule[]): string {
    const files = sources.flatMap(({ path, text, named }) => [path, nameOf(text), String(named)])
    return nameOf(base, JSON.stringify(settings.slice ?? null), JSON.stringify(rules), ...files)
  }

  /** A kept run holds as long as everything that it led to is as it was. */
  function runIn(store: Store, name: string): CheckedRun | undefined {
    const bytes = store.get(name, 'run')
    if (!bytes) return undefined
    const { run, loaded } = deserialize(bytes) as Kept
    const isSame = ([path, outcome]: Loaded) => outcomeOf(settings.load?.(path) ?? null) === outcome
    return loaded.every(isSame) ? run : undefined
  }
}

const optionsOf = ({ acts, roots }: Settings): ReadOptions => ({
  ...(acts && { acts }),
  ...(roots && { roots }),
})

function outcomeOf(found: ReturnType<NonNullable<Settings['load']>>): string {
  if (found === null) return 'none'
  return 'text' in found ? nameOf('text', found.text) : nameOf('error', found.error)
}

/** Everything but texts and rules that decides what is read and found. */
function baseName({ acts, roots }: Settings): string {
  return nameOf(
    version(),
    build(),
    process.version,
    JSON.stringify([...(acts ?? [])]),
    JSON.stringify(roots ?? []),
  )
}

/** The bundle names all its parts by what is in them, and its first file names them all. */
function build(): string {
  try {
    return readFileSync(new URL('./main.js', import.meta.url), 'utf8')
  } catch {
    return 'from its sources'
  }
}
