// `npm run bench -- primitives`: every primitive on flows of 10³ to 10⁵ (`POWER=6`: 10⁶) steps, in microseconds a step; linear is flat.
import { check } from '../dist/check/index.js'
import { link } from '../dist/flow/link.js'
import { ACTS } from '../dist/model/act.js'

const CHECKS = {
  structure: { check: 'structure', require: 'option-to-complete' },
  'structure, choices': { check: 'structure', require: 'choices-complete' },
  'structure, unreachable': { check: 'structure', require: 'steps-reachable' },
  absence: { check: 'absence', of: 'refusal', scope: { after: 'cancel-request', until: 'cancellation-processed' } },
  existence: { check: 'existence', of: 'greeting', scope: { after: 'cancel-request' } },
  'existence, at an end': { check: 'existence', of: 'greeting', at: { outcome: 'cancelled' } },
  bound: { check: 'bound', of: 'retention-offer', max: 2, scope: { after: 'cancel-request' } },
  'bound, per item': { check: 'bound', of: 'collect-info', max: 1, per: 'items' },
  precedence: { check: 'precedence', first: 'acknowledgement', before: 'remedy', scope: { after: 'complaint' } },
  'precedence, later': { check: 'precedence', first: 'apology', before: 'remedy', only_where: { later: 'refusal', passed: 'complaint' } },
  response: { check: 'response', to: 'complaint', then: ['acknowledgement', 'remedy', 'greeting'] },
  'response, within': { check: 'response', to: 'refusal', then: ['remedy'], within: 2 },
  reachable: { check: 'reachable', from: '@step', to: 'cancellation-processed', within: 5, count: 'customer-facing' },
  can_force: { check: 'can_force', from: 'cancel-request', to: 'cancellation-processed' },
  'can_force, for certain': { check: 'can_force', from: '@step', to: 'cancellation-processed', strength: 'guaranteed' },
  'can_force, at most': { check: 'can_force', from: 'cancel-request', to: 'cancellation-processed', at_most: { 'retention-offer': 1 } },
  cycle: { check: 'cycle', through: 'retention-offer', need: 'customer-exit', to: 'cancellation-processed' },
  'cycle, same team': { check: 'cycle', through: 'transfer', need: 'forbidden', same: 'team' },
  attribute: { check: 'attribute', on: 'hold', require: { max: { at_most: '5 min' } } },
  measure: {
    check: 'measure',
    flow: { from: 'cancel-request', to: 'cancellation-processed' },
    not_more_than: { from: 'complaint', to: 'remedy' },
    metrics: ['turns', 'items', 'channels', 'words'],
  },
  consistent: { check: 'consistent', match: 'remedy', same: ['situation'], then_same: ['kind'] },
}

const SHAPES = {
  // Forward, and a few steps back now and then.
  chain: (i, n) => [Math.min(n - 1, i + 1), Math.max(0, i - 3)],
  // One circle through everything.
  ring: (i, n) => [i + 1 === n - 1 && i % 2 ? n - 1 : (i + 1) % (n - 1), i > n - 4 ? n - 1 : Math.min(n - 1, i + 2)],
}

const ACTS_HERE = ['retention-offer', 'collect-info', 'hold', 'complaint', 'acknowledgement', 'refusal', 'remedy', 'transfer']
const ATTRIBUTES = {
  'collect-info': i => ({ items: [`item ${i % 40}`] }),
  hold: i => ({ max: i % 2 ? '3 min' : '10 min' }),
  remedy: i => ({ kind: i % 3 ? 'refund' : 'credit' }),
  transfer: i => ({ team: `team ${i % 9}` }),
}

function flowOf(n, waysOf) {
  const range = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } }
  const choosers = ['customer', 'agent', 'world']
  const steps = Array.from({ length: n }, (_, i) => {
    const act = i === 0 ? 'cancel-request' : i === n - 1 ? 'cancellation-processed' : ACTS_HERE[i % ACTS_HERE.length]
    const way = (to, k) => ({
      range,
      kind: 'go',
      chooser: choosers[(i + k) % 3],
      when: { text: k ? 'no' : 'yes', marks: [] },
      to: { text: `s${to}`, step: `s${to}`, range },
    })
    return {
      id: `s${i}`,
      title: `Step ${i}`,
      range,
      texts: [],
      declaredActs: [{ act, attributes: ATTRIBUTES[act]?.(i) ?? {}, range }],
      transitions: i === n - 1 ? [] : waysOf(i, n).map(way),
      ...(i === n - 1 && { outcome: 'cancelled' }),
    }
  })
  const playbook = { title: 'Big', range, channels: ['phone'], starts: [], facts: new Map(), steps }
  const flow = link([{ path: 'big.yaml', format: 'yaml', playbooks: [playbook], problems: [], unread: [], anchors: new Map(), comments: [] }])
  for (const step of flow.steps)
    step.acts = step.step.declaredActs.map(act => ({ ...act, evidence: 'declared', by: ACTS[act.act].by }))
  return flow
}

const common = { id: 'bench', title: '', why: '', story: '', severity: 'error', message: '', fix: '', law: [], examples: { bad: [], good: [] } }
const settings = rules => ({ rules, opposite: (a, b) => a !== b, canRead: () => true })

/** Prints a table for each shape, up to 10 to this power of steps; a primitive that fails to run (an overflow, say) ends it with an error. */
export function primitives(power) {
  for (const [shape, waysOf] of Object.entries(SHAPES)) {
    const sizes = Array.from({ length: power - 2 }, (_, i) => 10 ** (i + 3))
    console.log(`\nPrimitives on a ${shape} of steps, in µs a step (linear: the same in every column)`)
    console.log(''.padEnd(26) + sizes.map(size => size.toLocaleString('en').padStart(12)).join(''))
    const table = Object.fromEntries(Object.keys(CHECKS).map(name => [name, []]))
    for (const size of sizes) {
      const flow = flowOf(size, waysOf)
      check(flow, settings([]))
      for (const [name, demand] of Object.entries(CHECKS)) {
        const rules = [{ ...common, ...demand }]
        let least = Number.POSITIVE_INFINITY
        for (let run = 0; run < (size < 100_000 ? 5 : 1); run++) {
          const before = performance.now()
          const { faults } = check(flow, settings(rules))
          least = Math.min(least, performance.now() - before)
          if (faults.length > 0) throw faults[0].error
        }
        table[name].push((least * 1000) / size)
      }
    }
    for (const [name, times] of Object.entries(table))
      console.log(name.padEnd(26) + times.map(time => time.toFixed(2).padStart(12)).join(''))
  }
}
