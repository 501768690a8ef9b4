// Where customers come in: the starts of playbooks that are not only reached from others.
import type { Entry, Flow, FlowPlaybook } from '../model/flow.ts'
import { didYouMean, misspelt } from '../model/nearest.ts'
import { components, graphOf } from './graph.ts'
import type { Targets } from './targets.ts'

/**
 * The starts of playbooks in named files are entries, unless the playbook is only reached from others;
 * `entry: true|false` overrides. Playbooks that only lead to each other in a circle are all entries:
 * somebody must come in somewhere.
 */
export function findEntries(flow: Flow, targets: Targets): void {
  const from: number[] = []
  const to: number[] = []
  const leads = (playbook: number, step: number | null) => {
    if (step === null) return
    from.push(playbook)
    to.push(flow.steps[step]!.playbook)
  }
  for (const step of flow.steps) leads(step.playbook, step.call)
  for (const t of flow.transitions) leads(flow.steps[t.from]!.playbook, t.to)
  const graph = graphOf(flow.playbooks.length, from, to)
  const parts = components(graph.size, graph.out)
  const comesFromOutside = new Uint8Array(parts.count)
  for (let e = 0; e < from.length; e++)
    if (parts.of[from[e]!] !== parts.of[to[e]!]) comesFromOutside[parts.of[to[e]!]!] = 1

  for (const [i, book] of flow.playbooks.entries()) {
    reportUnknownStarts(flow, targets, i, book)
    const isEntry = book.playbook.entry ?? !comesFromOutside[parts.of[i]!]
    if (!isEntry || book.linked) continue
    for (const entry of entriesOf(targets, i, book)) flow.entries.push(entry)
  }
}

function entriesOf(targets: Targets, playbook: number, { playbook: p }: FlowPlaybook): Entry[] {
  const entries: Entry[] = []
  const known = new Set<string>()
  const add = (step: number | null | undefined, channel: Entry['channel']) => {
    if (step === null || step === undefined) return
    const key = `${step} ${channel}`
    if (known.has(key)) return
    known.add(key)
    entries.push({ step, channel, playbook })
  }
  for (const start of p.starts) {
    const step = targets.step(playbook, start.step)
    if (start.channel) add(step, start.channel)
    else if (p.channels.length === 0) add(step, null)
    else for (const channel of p.channels) add(step, channel)
  }
  if (entries.length > 0) return entries
  for (const channel of p.channels.length > 0 ? p.channels : [null]) add(targets.startOf(playbook), channel)
  return entries
}

function reportUnknownStarts(
  flow: Flow,
  targets: Targets,
  i: number,
  { path, playbook }: FlowPlaybook,
): void {
  for (const { step, range } of playbook.starts) {
    if (targets.step(i, step) !== undefined || playbook.steps.length === 0) continue
    flow.problems.push({
      rule: 'links-resolve',
      path,
      message: `the playbook starts with "${step}", but has no such step${didYouMean(step, targets.ids(i))}`,
      fix: 'let start: name a step of this playbook',
      range: range ?? playbook.range,
      ...(range && { instead: { word: step, names: misspelt(step, targets.ids(i)) } }),
    })
  }
}
