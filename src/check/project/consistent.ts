// `consistent`: the same situation is answered in the same way, whoever one reaches and in whichever playbook.
import type { Act } from '../../model/act.ts'
import type { ProjectFailure, ProjectPrimitive } from '../failure.ts'
import { pathInUnfolding } from '../product.ts'
import type { View } from '../view.ts'

type Answer = { look: number; vertex: number; values: string; words: string }

export const consistent: ProjectPrimitive<'consistent'> = (looks, check) => {
  /** Situation → the answers of each entry. */
  const bySituation = new Map<string, Answer[]>()
  for (const [look, { view }] of looks.entries()) {
    const matched = view.meets(check.match, 'trigger')
    if (!matched.includes(1)) continue
    const situations = situationsOf(view)
    for (let v = 0; v < matched.length; v++) {
      const situation = situations[v]
      if (!matched[v] || situation === undefined || situation === '') continue
      for (const act of actsAt(view, v)) {
        const attributes = check.then_same.filter(name => act.attributes[name] !== undefined)
        if (attributes.length === 0) continue
        const values = attributes.map(name => String(act.attributes[name])).join(', ')
        const key = `${situation}\n${act.act}`
        bySituation.set(key, [
          ...(bySituation.get(key) ?? []),
          { look, vertex: v, values, words: act.phrase ?? values },
        ])
      }
    }
  }
  const failures: ProjectFailure[] = []
  let compared = false
  for (const answers of bySituation.values()) {
    const setOf = (look: number) =>
      [...new Set(answers.filter(a => a.look === look).map(a => a.values))].sort().join(' | ')
    const first = answers[0]!
    const seen = new Set([first.look])
    for (const other of answers) {
      if (seen.has(other.look)) continue
      seen.add(other.look)
      compared = true
      if (setOf(other.look) === setOf(first.look)) continue
      const { view } = looks[other.look]!
      const there = looks[first.look]!.view
      const event = there.unfolding.event[first.vertex]!
      const { flow } = there
      const step =
        flow.steps[event < flow.steps.length ? event : flow.transitions[event - flow.steps.length]!.from]!
      failures.push({
        look: other.look,
        culprit: other.vertex,
        path: pathInUnfolding(view, other.vertex) ?? [other.vertex],
        notes: new Map(),
        values: {
          here: setOf(other.look),
          there: setOf(first.look),
          elsewhere: `"${step.step.title}" (${flow.playbooks[step.playbook]!.path}:${step.step.range.start.line})`,
        },
      })
    }
  }
  return { triggered: compared, failures }
}

function actsAt({ flow, unfolding }: View, v: number): Act[] {
  const e = unfolding.event[v]!
  return e < flow.steps.length ? flow.steps[e]!.acts : flow.transitions[e - flow.steps.length]!.acts
}

/**
 * What has certainly happened on every path to a vertex: facts, the customer's choices, complaints and faults of ours,
 * as words, sorted; undefined where paths differ in it (then nothing can be compared). Forward data flow to a fixpoint;
 * sets only shrink, so each vertex is visited at most as often as it has tokens.
 */
function situationsOf(view: View): (string | undefined)[] {
  const { unfolding, flow } = view
  const { graph, event, start } = unfolding
  const tokensAt = (v: number): string[] => {
    const e = event[v]!
    const acts = actsAt(view, v)
      .filter(a => a.act === 'complaint' || a.act === 'company-fault')
      .map(a => `act ${a.act}`)
    if (e < flow.steps.length) return acts
    const t = flow.transitions[e - flow.steps.length]!
    if (t.chooser !== 'customer' && t.chooser !== 'fact') return acts
    const words = t.transition.fact
      ? [...t.transition.fact].map(([k, x]) => `${k}=${x}`).join()
      : (t.transition.when?.text ?? '')
    return [
      ...acts,
      words
        .normalize('NFC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}=]+/gu, ' ')
        .trim(),
    ]
  }
  const must: (Set<string> | undefined)[] = new Array(graph.size)
  const may: Set<string>[] = Array.from({ length: graph.size }, () => new Set())
  must[start] = new Set(tokensAt(start))
  may[start] = new Set(must[start])
  const queue = [start]
  for (let i = 0; i < queue.length; i++) {
    const v = queue[i]!
    for (let e = graph.out.starts[v]!; e < graph.out.starts[v + 1]!; e++) {
      const u = graph.out.targets[e]!
      const own = tokensAt(u)
      const before = must[u]
      const arriving = new Set([...must[v]!, ...own])
      const now = before ? new Set([...before].filter(t => arriving.has(t))) : arriving
      const grown = may[u]!.size
      for (const t of [...may[v]!, ...own]) may[u]!.add(t)
      if (before && now.size === before.size && may[u]!.size === grown) continue
      must[u] = now
      queue.push(u)
    }
  }
  return must.map((set, v) => (set && set.size === may[v]!.size ? [...set].sort().join('; ') : undefined))
}
