// Whether a diagram and the prose beside it tell the same story (`diagram-agrees`).
import type { Flow } from '../model/flow.ts'

/** A way that one of the two has and the other lacks. `transition` is an index into the flow. */
export type Disagreement = { transition: number; message: string }

/** Words that say nothing about which step is meant. */
const EMPTY = new Set(
  'a an and are as at be by do for from has have if in is it its of on or that the their them then this to with you your'.split(
    ' ',
  ),
)
/** From this share of common words on, two titles mean the same step. */
const SAME = 0.6
/** Nobody reads more about one diagram. */
const MOST = 10

/**
 * Compares every diagram of a document with the prose of the same document. They are taken for twins if at least three
 * boxes, and half of all, have a counterpart in the text by their words; then each way between counterparts, over
 * whatever lies between, must be in both. O(boxes · steps) in the words, linear in the ways.
 */
export function disagreements(flow: Flow): Disagreement[] {
  const found: Disagreement[] = []
  for (const [i, { playbook, document }] of flow.playbooks.entries()) {
    if (!playbook.diagram) continue
    const prose = stepsWhere(
      flow,
      p => flow.playbooks[p]!.document === document && !flow.playbooks[p]!.playbook.diagram,
    )
    const boxes = stepsWhere(flow, p => p === i)
    const twins = pairs(flow, boxes, prose)
    if (twins.size < 3 || twins.size * 2 < boxes.length) continue
    const back = new Map([...twins].map(([box, step]) => [step, box]))
    const own: Disagreement[] = []
    compare(
      flow,
      new Set(twins.keys()),
      s => twins.get(s),
      new Set(back.keys()),
      'the diagram',
      'the text',
      own,
    )
    compare(
      flow,
      new Set(back.keys()),
      s => back.get(s),
      new Set(twins.keys()),
      'the text',
      'the diagram',
      own,
    )
    found.push(...own.slice(0, MOST))
  }
  return found
}

function stepsWhere(flow: Flow, wanted: (playbook: number) => boolean): number[] {
  return [...flow.steps.keys()].filter(s => wanted(flow.steps[s]!.playbook))
}

/** Each box with the step whose words are most like its own, each step for one box only; the first of equals. */
function pairs(flow: Flow, boxes: readonly number[], steps: readonly number[]): Map<number, number> {
  const words = new Map(steps.map(s => [s, wordsOf(flow, s)]))
  const taken = new Set<number>()
  const result = new Map<number, number>()
  for (const box of boxes) {
    const own = wordsOf(flow, box)
    let best = -1
    let most = SAME
    for (const step of steps) {
      if (taken.has(step)) continue
      const likeness = likenessOf(own, words.get(step)!)
      if (likeness > most || (likeness === most && best === -1)) [best, most] = [step, likeness]
    }
    if (best === -1) continue
    taken.add(best)
    result.set(box, best)
  }
  return result
}

function wordsOf(flow: Flow, s: number): Set<string> {
  const { title } = flow.steps[s]!.step
  const all = title.toLowerCase().split(/[^\p{L}\p{N}]+/u)
  return new Set(all.filter(word => word !== '' && !EMPTY.has(word)).slice(0, 20))
}

/** The share of the shorter title's words that the other has too, if it is not a single word that fits anywhere. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  if (small.size === 0) return 0
  const common = [...small].filter(word => large.has(word)).length
  return small.size === 1 ? (large.size <= 2 ? common : 0) : common / small.size
}

/** Reports each way between marked steps of one side that the other side lacks. */
function compare(
  flow: Flow,
  marked: ReadonlySet<number>,
  twinOf: (s: number) => number | undefined,
  otherMarked: ReadonlySet<number>,
  here: string,
  there: string,
  found: Disagreement[],
): void {
  for (const from of marked) {
    const other = new Set(nextMarked(flow, twinOf(from)!, otherMarked).keys())
    for (const [to, transition] of nextMarked(flow, from, marked)) {
      const twin = twinOf(to)!
      if (to === from || other.has(twin)) continue
      const [a, b] = [from, to].map(s => `"${flow.steps[s]!.step.title}"`)
      found.push({ transition, message: `${here} leads from ${a} to ${b}, ${there} does not` })
    }
  }
}

/** The marked steps one comes to next, over any number of unmarked ones, with the way one leaves by. */
function nextMarked(flow: Flow, from: number, marked: ReadonlySet<number>): Map<number, number> {
  const result = new Map<number, number>()
  const seen = new Set<number>()
  const queue = flow.steps[from]!.transitions.map(first => ({ first, t: first }))
  for (const { first, t } of queue) {
    const { to } = flow.transitions[t]!
    if (to === null) continue
    if (marked.has(to)) {
      if (!result.has(to)) result.set(to, first)
    } else if (!seen.has(to)) {
      seen.add(to)
      for (const next of flow.steps[to]!.transitions) queue.push({ first, t: next })
    }
  }
  return result
}
