// The trace primitives against SPIN: the published patterns in temporal logic, on random flows written out in Promela.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { conditionsOf } from '../dist/check/condition.js'
import { PUBLISHED } from '../dist/check/ltlf.test-data.js'
import { primitiveOf } from '../dist/check/primitives.js'
import { viewOf } from '../dist/check/view.js'
import { flowOf } from '../dist/flow/sketch.test-data.js'
import { unfolder } from '../dist/flow/unfold.js'

const SCOPES = {
  global: undefined,
  before: { before: 'r' },
  after: { after: 'q' },
  between: { after: 'q', and_later: 'r' },
  'after-until': { after: 'q', until: 'r' },
}
const PATTERNS = {
  absence: { check: 'absence', of: 'p' },
  existence: { check: 'existence', of: 'p' },
  precedence: { check: 'precedence', first: 's', before: 'p' },
  response: { check: 'response', to: 'p', then: ['s'] },
  chain: { check: 'response', to: 'p', then: ['s', 't'] },
}

/** Every published formula with the check that says the same. */
const QUESTIONS = Object.entries(PUBLISHED).flatMap(([name, formulas]) => {
  const [pattern, each] = name.split(' ')
  return Object.entries(formulas)
    .filter(([scope]) => PATTERNS[pattern].check !== 'response' || scope === 'global')
    .map(([scope, formula]) => ({
      name: `${name}, ${scope}`,
      formula,
      check: {
        ...PATTERNS[pattern],
        ...(SCOPES[scope] && { scope: { ...SCOPES[scope], ...(each && { reopen: 'each' }) } }),
      },
    }))
})

/**
 * Flows that go forward and end, or go round in a circle without a way out at the end: there SPIN's reading of paths
 * (every infinite one) and ours (one that nobody can leave) are the same. Where `loops`, they go anywhere: for what is
 * forbidden, the readings never differ.
 */
const flows = loops =>
  fc.integer({ min: 3, max: 7 }).chain(count => {
    const acts = fc.uniqueArray(fc.constantFrom('p', 'p', 's', 'q', 'r', 't'), { maxLength: 2 })
    const steps = Array.from({ length: count }, (_, i) => {
      const to = loops ? fc.nat(count - 1) : fc.integer({ min: Math.min(i + 1, count - 1), max: count - 1 })
      const way = fc.record({ to, acts })
      if (i < count - 1) return fc.record({ acts, ways: fc.array(way, { minLength: 1, maxLength: 2 }) })
      return fc.oneof(fc.record({ acts, end: fc.constant('resolved') }), fc.record({ acts, ways: fc.tuple(way) }))
    })
    return fc.tuple(...steps).map(playbook => ({ playbooks: [playbook] }))
  })

function written(f) {
  if (typeof f === 'string') return f
  const [op, ...parts] = f
  const [a, b] = parts.map(written)
  switch (op) {
    case 'not':
      return `(!${a})`
    case 'and':
      return `(${parts.map(written).join(' && ')})`
    case 'or':
      return `(${parts.map(written).join(' || ')})`
    case 'implies':
      return `(${a} -> ${b})`
    case 'F':
      return `(<> ${a})`
    case 'G':
      return `([] ${a})`
    default:
      return `(${a} ${op} ${b})`
  }
}

/** The unfolding as a process; ends go on for ever in a place without letters. */
function promela({ graph, event }, flow, questions) {
  const lettersAt = v => {
    const e = event[v]
    return (e < flow.steps.length ? flow.steps[e] : flow.transitions[e - flow.steps.length]).acts.map(a => a.act)
  }
  const over = graph.size
  const places = [...event.keys()]
  const lines = ['byte v = 0;']
  for (const letter of 'pqrst') {
    const where = places.filter(v => lettersAt(v).includes(letter)).map(v => `v == ${v}`)
    lines.push(`#define ${letter} (${where.join(' || ') || 'false'})`)
  }
  lines.push('active proctype talk() { do')
  for (const v of places) {
    const next = [...graph.out.targets.subarray(graph.out.starts[v], graph.out.starts[v + 1])]
    for (const u of next.length > 0 ? next : [over]) lines.push(`:: atomic { v == ${v} -> v = ${u} }`)
  }
  lines.push(`:: atomic { v == ${over} -> v = ${over} }`, 'od }')
  for (const [i, { formula }] of questions.entries()) lines.push(`ltl f${i} { ${written(formula)} }`)
  return lines.join('\n')
}

function command(folder, ...words) {
  const { stdout, status, stderr } = spawnSync(words[0], words.slice(1), { cwd: folder, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${words.join(' ')}: ${stderr || stdout}`)
  return stdout
}

function holdsBySpin(model, count) {
  const folder = mkdtempSync(join(tmpdir(), 'wayout-spin-'))
  try {
    writeFileSync(join(folder, 'm.pml'), model)
    command(folder, 'spin', '-a', 'm.pml')
    command(folder, 'gcc', '-O0', '-w', '-DNOREDUCE', '-o', 'pan', 'pan.c')
    return Array.from({ length: count }, (_, i) => {
      return command(folder, './pan', '-a', '-N', `f${i}`).includes('errors: 0')
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Compiling a model takes a second or more: one in fifty of the flows asked for, each with every formula. */
export function paths({ runs, seed }) {
  const models = Math.max(2, Math.round(runs / 50))
  const results = []
  for (const loops of [false, true]) {
    const questions = QUESTIONS.filter(({ check }) => !loops || ['absence', 'precedence'].includes(check.check))
    const what = loops ? 'what is forbidden, with loops' : 'what is forbidden or must come'
    const result = { question: what, asked: 0, yes: 0, different: [] }
    for (const sketch of fc.sample(flows(loops), { numRuns: models, seed })) {
      const flow = flowOf(sketch)
      const unfolding = unfolder(flow)(0)
      const conditions = conditionsOf(flow)
      const view = viewOf(flow, unfolding, conditions, 'suspicious')
      const answers = holdsBySpin(promela(unfolding, flow, questions), questions.length)
      const goesRound = sketch.playbooks[0].at(-1).ways !== undefined
      for (const [i, { check, name }] of questions.entries()) {
        // Known: in a circle without a way out that asks again and again, a chain of answers counts as never complete.
        if (goesRound && name.startsWith('chain')) continue
        const holds = primitiveOf(check.check)(view, check, conditions).failures.length === 0
        result.asked++
        if (answers[i]) result.yes++
        if (answers[i] !== holds) result.different.push({ question: name, spin: answers[i], sketch })
      }
    }
    results.push(result)
  }
  return results
}
