// Every rule is tested by its own examples: what is marked must be found, there and nowhere else, with a path that proves it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Linted, lint } from './index.ts'
import type { Finding, WitnessStep } from './model/finding.ts'
import type { Flow } from './model/flow.ts'
import type { Example, Rule } from './model/rule.ts'
import { validateRule } from './ruleset/validate.ts'

const folder = join(import.meta.dirname, '..', 'rules')

const rules: Rule[] = readdirSync(folder)
  .filter(name => name.endsWith('.yaml'))
  .map(name => {
    const { rule, problems } = validateRule(parse(readFileSync(join(folder, name), 'utf8')), name)
    expect(problems).toEqual([])
    return rule!
  })

const packs = ['recommended', 'pedantic'].map(
  name =>
    parse(readFileSync(join(folder, 'packs', `${name}.yaml`), 'utf8')) as { rules: Record<string, string> },
)
const on = rules.filter(rule => packs.some(pack => rule.id in pack.rules))

/** Rules about the notation, or about several playbooks of one file: their bad examples are in one format only. */
const ONE_FORMAT = new Set([
  'unread-text',
  'diagram-agrees',
  'ends-declared',
  'syntax',
  'steps-unique',
  'same-case-same-remedy',
  'cancelling-as-easy-as-joining',
  'complaint-procedure-exists',
])
/** Rules whose findings stand for themselves: there is no path that would prove them. */
const WITHOUT_WITNESS = new Set([
  'syntax',
  'links-resolve',
  'steps-unique',
  'nothing-to-check',
  'unread-text',
  'diagram-agrees',
  'complaint-procedure-exists',
  'suppressions-valid',
])

const results = new Map<Example, Promise<Linted>>()

/** Lints an example with all rules, once. */
function linted(example: Example): Promise<Linted> {
  const known = results.get(example)
  if (known) return known
  const result = lintText(example, example.playbook)
  results.set(example, result)
  return result
}

function lintText({ format }: Example, text: string): Promise<Linted> {
  const path = format === 'markdown' ? 'example.md' : 'example.yaml'
  return lint([{ path, text, named: true }], { rules: on })
}

/** The lines that an example marks, counted from 1. */
function marked({ playbook }: Example): number[] {
  return playbook
    .split('\n')
    .flatMap((line, i) => (/(?:# <-|<!-- <- -->\s*\|?)\s*$/.test(line) ? [i + 1] : []))
}

const linesOf = (findings: readonly Finding[]) =>
  [...new Set(findings.map(f => f.range.start.line))].sort((a, b) => a - b)

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  test('has bad and good examples, in both formats', () => {
    for (const examples of [rule.examples.bad, rule.examples.good]) {
      expect(examples.length).toBeGreaterThanOrEqual(2)
      if (!ONE_FORMAT.has(id)) expect(new Set(examples.map(e => e.format ?? 'yaml')).size).toBe(2)
    }
    expect(rule.examples.good.flatMap(marked)).toEqual([])
  })

  test.each(rule.examples.bad.map(e => [e.title, e] as const))('bad: %s', async (_, example) => {
    const { result, flow, faults } = await linted(example)
    const findings = result.findings.filter(f => f.rule === id)
    expect(faults).toEqual([])
    expect(result.notRead).toEqual([])
    expect(linesOf(findings)).toEqual(marked(example))
    expect(new Set(findings.map(f => f.verdict))).toEqual(new Set([example.verdict ?? 'violated']))
    for (const finding of findings) {
      readsWell(finding)
      if (!WITHOUT_WITNESS.has(id)) proves(finding, flow)
    }
    if (id !== 'syntax') expect(result.findings.filter(f => f.rule === 'syntax')).toEqual([])
  })

  test.each(rule.examples.good.map(e => [e.title, e] as const))('good: %s', async (_, example) => {
    const { result, faults } = await linted(example)
    expect(faults).toEqual([])
    expect(result.notRead).toEqual([])
    expect(result.findings.filter(f => f.rule === id || f.rule === 'syntax')).toEqual([])
  })
})

/** One line, lower case, no full stop, nothing left to fill in. */
function readsWell({ message, fix, why, confirm }: Finding): void {
  for (const text of [message, fix, why, confirm ?? '-']) {
    expect(text.trim()).toBe(text)
    expect(text).not.toBe('')
    expect(text).not.toMatch(/[\n\r\t]|undefined|\[object|NaN/)
  }
  expect(message).not.toMatch(/\{\w+\}/)
  expect(message).toMatch(/^["\p{Ll}\d]/u)
  expect(message).not.toMatch(/\.$/)
  expect(message.length).toBeLessThan(300)
}

/** The witness begins where customers come in, and every step of it leads to the next. */
function proves({ witness, loopsTo, rule }: Finding, flow: Flow): void {
  expect(witness.length).toBeGreaterThan(0)
  const steps = witness.map(w => indexOf(flow, w))
  if (rule !== 'steps-reachable' && rule !== 'ends-declared' && rule !== 'choices-complete')
    expect(flow.entries.map(e => e.step)).toContain(steps[0])
  for (const [i, step] of steps.entries()) {
    const { choice, chooser } = witness[i]!
    const ways = flow.steps[step]!.transitions.map(t => flow.transitions[t]!)
    if (chooser !== null) expect(ways.map(w => w.chooser)).toContain(chooser)
    if (choice)
      expect(ways.some(w => w.transition.otherwise || choice === w.transition.when?.text)).toBe(true)
    if (i > 0) expect(leadsTo(flow, steps[i - 1]!, step, witness[i]!)).toBe(true)
  }
  if (loopsTo !== undefined)
    expect(leadsTo(flow, steps[steps.length - 1]!, steps[loopsTo]!, witness[loopsTo]!)).toBe(true)
}

function indexOf(flow: Flow, { path, step }: WitnessStep): number {
  const index = flow.steps.findIndex(s => s.step.id === step && flow.playbooks[s.playbook]!.path === path)
  expect(index).toBeGreaterThanOrEqual(0)
  return index
}

function leadsTo(flow: Flow, from: number, to: number, { note }: WitnessStep): boolean {
  if (note?.includes('back from the call')) return flow.steps[to]!.call !== null
  const { call, transitions } = flow.steps[from]!
  return call === to || transitions.some(t => flow.transitions[t]!.to === to)
}

const bad = rules.flatMap(rule => rule.examples.bad)
const everything = rules.flatMap(rule => [...rule.examples.bad, ...rule.examples.good])

test('every rule of the packs fires', async () => {
  const fired = new Set<string>()
  for (const example of bad) for (const { rule } of (await linted(example)).result.findings) fired.add(rule)
  expect(on.map(rule => rule.id).filter(id => !fired.has(id))).toEqual([])
})

test('every rule of the catalogue is in a pack', () => {
  expect(rules.filter(rule => !on.includes(rule)).map(rule => rule.id)).toEqual([])
})

test('a result is plain data, and the same every time', async () => {
  for (const [i, example] of everything.entries()) {
    const { result } = await linted(example)
    const text = JSON.stringify(result)
    expect(JSON.parse(text)).toEqual(result)
    if (i % 6 === 0) expect(JSON.stringify((await lintText(example, example.playbook)).result)).toBe(text)
  }
})

test('what a step is called does not matter', async () => {
  const suffix = '-qq'
  for (const [i, example] of bad.entries()) {
    if (i % 2 === 1 || example.format === 'markdown') continue
    const { result, flow } = await linted(example)
    let text = example.playbook
    for (const id of new Set(flow.steps.map(s => s.step.id))) {
      text = text
        .replace(new RegExp(`^  ${id}:`, 'gm'), `  ${id}${suffix}:`)
        .replace(
          new RegExp(`\\b(go|next|call|phone|chat|web): ("?#?)${id}(?=["},]|$| # <-)`, 'gm'),
          `$1: $2${id}${suffix}`,
        )
    }
    const renamed = (await lintText(example, text)).result
    const plain = (findings: readonly Finding[]) =>
      // "Did you mean" is about names.
      findings
        .filter(f => f.rule !== 'links-resolve')
        .map(({ fingerprint: _, range, witness, ...rest }) =>
          JSON.parse(
            JSON.stringify({
              ...rest,
              line: range.start.line,
              witness: witness.map(w => [w.step, w.line, w.chooser, w.choice, w.note]),
            }).replaceAll(suffix, ''),
          ),
        )
    expect(plain(renamed.findings)).toEqual(plain(result.findings))
  }
})
