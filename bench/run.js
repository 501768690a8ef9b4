// Measures wayout against its floors: the bare interpreter, the bare parsers, reading alone, other linters. Prints ratios.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { files } from './files.js'
import { flows, recogniser } from './flows.js'
import { yamlPlaybook } from './generate.js'
import { table } from './measure.js'
import { primitives } from './primitives.js'

const FILES = Number(process.env.FILES ?? 500)
const RUNS = Number(process.env.RUNS ?? 3)
/** The largest flow to check: 10 to this power of steps. */
const POWER = Number(process.env.POWER ?? 5)
/** Which parts to measure; all of them by default. */
const ONLY = process.argv.slice(2)
const root = new URL('..', import.meta.url).pathname

const parts = {
  start: () => startUp(),
  files: () => files(root, folder, FILES, RUNS),
  recogniser: () => recogniser(root),
  flows: () => flows(root, POWER),
  primitives: () => primitives(POWER),
}
const folder = mkdtempSync(join(tmpdir(), 'wayout-bench-'))
try {
  const load = loadavg()[0].toFixed(1)
  console.log(`Node ${process.version}, ${cpus().length} processors, load ${load}, least of the runs; "!" misses its bar`)
  console.log('Trust the ratios within one table, not the seconds\n')
  for (const [name, part] of Object.entries(parts)) if (ONLY.length === 0 || ONLY.includes(name)) await part()
} finally {
  rmSync(folder, { recursive: true })
}

function startUp() {
  const wayout = join(root, 'bin/wayout.js')
  writeFileSync(join(folder, 'one.yaml'), yamlPlaybook(1))
  table(
    'Start-up (× bare node)',
    [
      { what: 'node -e 0', args: ['-e', '0'] },
      { what: 'wayout --version', args: [wayout, '--version'], bar: 1.4 },
      { what: 'wayout --help', args: [wayout, '--help'], bar: 1.4 },
      { what: 'wayout lint one.yaml', args: [wayout, 'lint', 'one.yaml'], bar: 2.2 },
    ],
    RUNS * 5,
    folder,
  )
  rmSync(join(folder, 'one.yaml'))
}
