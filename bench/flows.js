// The stages by themselves: recognition in megabytes a second, checks on flows of growing size.
import { join } from 'node:path'
import { least, row } from './measure.js'

/** Sentences of one language, said and done, over and over, as one text of many. */
export async function recogniser(root) {
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
    const seconds = least(() => recognise(flow, lexicons), 3) / 1000
    row(language, `${((text.length * flow.steps.length) / 1e6 / seconds).toFixed(1)} MB/s`)
  }
  console.log()
}

export async function flows(root, power) {
  const { check } = await import(join(root, 'dist/check/index.js'))
  const { link } = await import(join(root, 'dist/flow/link.js'))
  const { builtInRules } = await import(join(root, 'dist/ruleset/load.js'))
  const kinds = [...new Set(builtInRules().map(rule => rule.check))].sort()
  console.log('Checks on one flow of n steps, acts declared: ns of processor time a step and rule; it must not grow with n (bar 1000)')
  const sizes = Array.from({ length: power - 2 }, (_, i) => 10 ** (i + 3))
  console.log(`${''.padEnd(24)}${sizes.map(n => `n = ${n}`.padStart(14)).join('')}`)
  const flowsOf = sizes.map(n => withChoosers(link([bigDocument(n)])))
  for (const kind of kinds) {
    const rules = builtInRules().filter(rule => rule.check === kind)
    const cells = flowsOf.map(flow => {
      const work = () => check(flow, { rules, opposite: () => true, canRead: () => true })
      return ((least(work, 3) * 1e6) / flow.steps.length / rules.length).toFixed(0)
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
