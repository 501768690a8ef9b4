// Measures wayout against its floor: the bare interpreter, the bare parsers, and flows of growing size. Prints ratios.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { markdownPlaybook, yamlPlaybook } from './generate.js'

const FILES = Number(process.env.FILES ?? 300)
const root = new URL('..', import.meta.url).pathname
const wayout = join(root, 'bin/wayout.js')

const folder = mkdtempSync(join(tmpdir(), 'wayout-bench-'))
try {
  startUp()
  files()
  await flows()
} finally {
  rmSync(folder, { recursive: true })
}

/** Median wall time of whole processes, in milliseconds. */
function time(args, runs = 5) {
  const times = []
  for (let i = 0; i < runs; i++) {
    const before = performance.now()
    try {
      execFileSync(process.execPath, args, { cwd: folder, stdio: 'ignore' })
    } catch (error) {
      if (error.status === null || error.status > 1) throw error
    }
    times.push(performance.now() - before)
  }
  return times.sort((a, b) => a - b)[times.length >> 1]
}

function row(what, ms, floor) {
  console.log(`${what.padEnd(58)}${ms.toFixed(0).padStart(8)} ms${floor ? `${(ms / floor).toFixed(2).padStart(8)} ×` : ''}`)
}

function startUp() {
  console.log('Start-up (× bare node)')
  const bare = time(['-e', '0'])
  row('node -e 0', bare, bare)
  row('wayout --version', time([wayout, '--version']), bare)
  row('wayout --help', time([wayout, '--help']), bare)
  writeFileSync(join(folder, 'one.yaml'), yamlPlaybook(1))
  row('wayout lint one.yaml', time([wayout, 'lint', 'one.yaml']), bare)
  rmSync(join(folder, 'one.yaml'))
}

function files() {
  for (const [name, write, ending] of [['Markdown', markdownPlaybook, 'md'], ['YAML', yamlPlaybook, 'yaml']]) {
    console.log(`\n${FILES} ${name} playbooks, cold (× bare parser in its own process)`)
    const here = join(folder, name)
    mkdirSync(here)
    for (let i = 0; i < FILES; i++) writeFileSync(join(here, `${i}.${ending}`), write(i))
    const bare = time([join(root, 'bench/bare.js'), here], 3)
    row('bare parser', bare, bare)
    row('wayout lint', time([wayout, 'lint', here, '--format', 'json'], 3), bare)
  }
}

async function flows() {
  const { check } = await import(join(root, 'dist/check/index.js'))
  const { link } = await import(join(root, 'dist/flow/link.js'))
  const { builtInRules } = await import(join(root, 'dist/ruleset/load.js'))
  console.log('\nChecks on one flow of n steps, acts declared (all rules; time per step must not grow)')
  for (const n of [1_000, 10_000, 100_000]) {
    const flow = withChoosers(link([bigDocument(n)]))
    const before = performance.now()
    const { findings } = check(flow, { rules: builtInRules(), opposite: () => true, canRead: () => true })
    const ms = performance.now() - before
    console.log(`${`n = ${n}, ${findings.length} findings`.padEnd(58)}${ms.toFixed(0).padStart(8)} ms${((ms * 1e6) / n).toFixed(0).padStart(8)} ns a step`)
  }
}

/** A ring of offers, questions and holds with a way out at its end. */
function bigDocument(n) {
  const at = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }
  const acts = ['retention-offer', 'collect-info', 'hold', 'complaint', 'acknowledgement', 'refusal', 'remedy']
  const steps = Array.from({ length: n }, (_, i) => ({
    id: `s${i}`,
    title: `Step ${i}`,
    range: at,
    texts: [],
    declaredActs: [{ act: i === 0 ? 'cancel-request' : i === n - 1 ? 'cancellation-processed' : acts[i % acts.length], attributes: {}, range: at }],
    transitions:
      i === n - 1
        ? []
        : [
            { range: at, kind: 'go', chooser: 'customer', when: { text: 'no', marks: [] }, to: { text: `s${i + 1}`, step: `s${i + 1}`, range: at } },
            { range: at, kind: 'go', chooser: 'agent', when: { text: 'again', marks: [] }, to: { text: `s${Math.max(0, i - 3)}`, step: `s${Math.max(0, i - 3)}`, range: at } },
          ],
    ...(i === n - 1 && { outcome: 'cancelled' }),
  }))
  return { path: 'big.yaml', format: 'yaml', playbooks: [{ title: 'Big', range: at, channels: ['phone'], starts: [], facts: new Map(), steps }], problems: [], unread: [], anchors: new Map(), comments: [] }
}

function withChoosers(flow) {
  for (const step of flow.steps) step.acts = step.step.declaredActs.map(a => ({ ...a, evidence: 'declared', by: 'company' }))
  return flow
}
