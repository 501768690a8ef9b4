// `npm run oracle`: holds the engine against tools that share nothing with it, on thousands of random flows. Exits with 1 on any difference.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { games } from './clingo.js'
import { paths } from './spin.js'

const runs = Number(process.env.WAYOUT_RUNS ?? 1000)
const seed = Number(process.env.WAYOUT_SEED ?? Date.now() % 1_000_000)
console.log(`seed ${seed} (WAYOUT_SEED), ${runs} flows a question (WAYOUT_RUNS)`)

let differences = 0
for (const [tool, ask] of [
  ['clingo', games],
  ['spin', paths],
]) {
  if (spawnSync(tool, [tool === 'spin' ? '-V' : '--version']).error) {
    console.log(`${tool}: not installed, left out (apt-get install ${tool === 'spin' ? 'spin' : 'gringo'})`)
    continue
  }
  for (const { question, asked, yes, different } of await ask({ runs, seed })) {
    console.log(`${tool}: ${question}: ${asked} asked, ${yes} times yes, ${different.length} differences`)
    for (const one of different.slice(0, 3)) console.log(JSON.stringify(one))
    differences += different.length
  }
}

// The enumerations of the suite (paths, words, strategies, certificates), with more flows.
const suites = ['flow/game', 'flow/unfold', 'check/monitor', 'check/primitives', 'check/can-force', 'check/cycle', 'check/verify']
const root = fileURLToPath(new URL('..', import.meta.url))
const { status } = spawnSync('npx', ['vitest', 'run', ...suites.map(name => `src/${name}.test.ts`)], {
  cwd: root,
  env: { ...process.env, WAYOUT_RUNS: String(runs * 3) },
  stdio: 'inherit',
})
if (status !== 0) console.log(`enumeration: the suite failed with ${runs * 3} flows a law`)
else console.log(`enumeration: ${runs * 3} flows a law, no difference`)
process.exitCode = differences > 0 || status !== 0 ? 1 : 0
