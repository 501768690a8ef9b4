// Measures wayout against its floor: the bare interpreter, the bare parsers, and flows of growing size. Prints ratios.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { markdownPlaybook, yamlPlaybook } from './generate.js'

const FILES = Number(process.env.FILES ?? 300)
/** The largest flow to check: 10 to this power of steps. */
const POWER = Number(process.env.POWER ?? 5)
const root = new URL('..', import.meta.url).pathname
const wayout = join(root, 'bin/wayout.js')

const folder = mkdtempSync(join(tmpdir(), 'wayout-bench-'))
try {
  console.log(`Node ${process.version}, ${cpus().length} cores; trust the ratios within one run, not the seconds\n`)
  startUp()
  files()
  await recogniser()
  await flows()
} finally {
  rmSync(folder, { recursive: true })
}

/**
 * Wall time of whole processes in milliseconds, each the median of its runs. All take turns, so that a machine that is
 * busy for a while slows them alike.
 */
function times(commands, runs) {
  const measured = commands.map(() => [])
  for (let run = 0; run < runs; run++) {
    for (const [i, args] of commands.entries()) {
      const before = performance.now()
      try {
        execFileSync(process.execPath, args, { cwd: folder, stdio: 'ignore' })
      } catch (error) {
        // Findings are what is expected here.
        if (error.status !== 1) throw error
      }
      measured[i].push(performance.now() - before)
    }
  }
  return measured.map(all => all.sort((a, b) => a - b)[all.length >> 1])
}

function row(what, amount, ratio) {
  console.log(`${what.padEnd(52)}${amount.padStart(14)}${ratio === undefined ? '' : ratio.padStart(16)}`)
}

/** A title and what was measured under it, each against the first, the floor; `bar` is the ratio to reach. */
function table(title, runs, rows) {
  console.log(title)
  const measured = times(rows.map(([, args]) => args), runs)
  for (const [i, [what, , bar]] of rows.entries()) {
    const ratio = (measured[i] / measured[0]).toFixed(2)
    row(what, `${measured[i].toFixed(0)} ms`, bar === undefined ? `${ratio} ×` : `${ratio} × (${bar})`)
  }
  console.log()
}

function startUp() {
  writeFileSync(join(folder, 'one.yaml'), yamlPlaybook(1))
  table('Start-up (× bare node; in brackets the bar)', 15, [
    ['node -e 0', ['-e', '0']],
    ['wayout --version', [wayout, '--version'], 1.4],
    ['wayout --help', [wayout, '--help'], 1.4],
    ['wayout lint one.yaml', [wayout, 'lint', 'one.yaml'], 2.2],
  ])
  rmSync(join(folder, 'one.yaml'))
}

function files() {
  for (const [name, write, ending, bar] of [
    ['Markdown', markdownPlaybook, 'md', 1.25],
    ['YAML', yamlPlaybook, 'yaml', 1.4],
  ]) {
    const here = join(folder, name)
    mkdirSync(here)
    for (let i = 0; i < FILES; i++) writeFileSync(join(here, `${i}.${ending}`), write(i))
    table(`${FILES} ${name} playbooks, cold (× the bare parser in its own process)`, 3, [
      ['bare parser', [join(root, 'bench/bare.js'), here]],
      ['read and hash only', [join(root, 'bench/hash.js'), here]],
      ['wayout steps (no checks)', [wayout, 'steps', here, '--format', 'json']],
      ['wayout lint', [wayout, 'lint', here, '--format', 'json'], bar],
    ])
  }
}

/** Sentences of one language, said and done, over and over, as one text of many. */
async function recogniser() {
  const { openLexicon, recognise } = await import(join(root, 'dist/recognise/index.js'))
  const { compiledLexicon, LANGUAGES, lexiconSource } = await import(join(root, 'dist/ruleset/lexicons.js'))
  const { link } = await import(join(root, 'dist/flow/link.js'))
  console.log('Recogniser on the examples of its own lexicon, in steps of 40 sentences (bar 10 MB/s)')
  for (const language of LANGUAGES) {
    const { acts } = await lexiconSource(language)
    const examples = Object.values(acts).flatMap(({ examples = {} }) => Object.values(examples).flat())
    const text = Array.from({ length: 40 }, (_, i) => examples[(i * 7) % examples.length]).join('. ')
    const document = bigDocument(1_000)
    for (const step of document.playbooks[0].steps) {
      delete step.declaredActs
      step.texts = [{ voice: 'say', text, marks: [{ at: 0, line: 1, column: 1 }] }]
    }
    const flow = link([{ ...document, playbooks: [{ ...document.playbooks[0], language }] }])
    const lexicons = new Map([[language, openLexicon(await compiledLexicon(language))]])
    recognise(flow, lexicons)
    const before = performance.now()
    recognise(flow, lexicons)
    const seconds = (performance.now() - before) / 1000
    row(language, `${((text.length * flow.steps.length) / 1e6 / seconds).toFixed(1)} MB/s`)
  }
  console.log()
}

async function flows() {
  const { check } = await import(join(root, 'dist/check/index.js'))
  const { link } = await import(join(root, 'dist/flow/link.js'))
  const { builtInRules } = await import(join(root, 'dist/ruleset/load.js'))
  const kinds = [...new Set(builtInRules().map(rule => rule.check))].sort()
  console.log('Checks on one flow of n steps, acts declared: ns a step and rule; it must not grow with n (bar 1000)')
  const sizes = Array.from({ length: POWER - 2 }, (_, i) => 10 ** (i + 3))
  console.log(`${''.padEnd(24)}${sizes.map(n => `n = ${n}`.padStart(14)).join('')}`)
  const flowsOf = sizes.map(n => withChoosers(link([bigDocument(n)])))
  for (const kind of kinds) {
    const rules = builtInRules().filter(rule => rule.check === kind)
    const cells = flowsOf.map(flow => {
      const before = performance.now()
      check(flow, { rules, opposite: () => true, canRead: () => true })
      return (((performance.now() - before) * 1e6) / flow.steps.length / rules.length).toFixed(0)
    })
    console.log(`${kind.padEnd(24)}${cells.map(cell => cell.padStart(14)).join('')}`)
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
