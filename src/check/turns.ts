// Brings an unfolding into turns: where several parties decide in one step, they do so one after the other (theory.md §1).

import { COMPANY, CUSTOMER, type Game, WORLD } from '../flow/game.ts'
import { degree, graphOf } from '../flow/graph.ts'
import type { FlowTransition } from '../model/flow.ts'
import type { View } from './view.ts'

/** A game over an unfolding. Vertices below the unfolding's size are its own; further ones are later turns of a step. */
export type Turns = Game & {
  /** Game vertex → vertex of the unfolding. */
  origin: Int32Array
}

export type TurnOptions = {
  /** Only options the customer is told about count. */
  offeredOnly: boolean
  /** Vertices of the unfolding at which all is lost: they are left without a way on. */
  avoid?: Uint8Array
}

/** Facts are settled first, then circumstances, then the company decides, then the customer; an interrupt comes before all. */
const INTERRUPT = 0
const FACT = 1
const CIRCUMSTANCE = 2
const FIRM = 3
const CUSTOMERS = 4

/**
 * Company before customer is the conservative reading. In the suspicious stance an unknown chooser is the company,
 * in the trusting one the customer. O(n + m).
 */
export function turnsOf(view: View, { offeredOnly, avoid }: TurnOptions): Turns {
  const { flow, unfolding } = view
  const { graph, event } = unfolding
  const steps = flow.steps.length
  const owner: number[] = new Array(graph.size).fill(COMPANY)
  const origin: number[] = Array.from({ length: graph.size }, (_, v) => v)
  const from: number[] = []
  const to: number[] = []
  const groups: number[][] = [[], [], [], [], []]
  for (let v = 0; v < graph.size; v++) {
    if (avoid?.[v]) continue
    const { starts, targets } = graph.out
    if (degree(graph.out, v) === 1 && view.passable(targets[starts[v]!]!)) {
      from.push(v)
      to.push(targets[starts[v]!]!)
      continue
    }
    for (const group of groups) group.length = 0
    for (let e = starts[v]!; e < starts[v + 1]!; e++) {
      const u = targets[e]!
      if (!view.passable(u)) continue
      const t = event[u]! >= steps ? flow.transitions[event[u]! - steps]! : undefined
      groups[t ? groupOf(t) : FIRM]!.push(u)
    }
    let at = v
    let first = true
    for (const [g, group] of groups.entries()) {
      if (group.length === 0) continue
      if (!first) {
        // A later turn: reached where none of the earlier choices is made.
        const turn = owner.length
        owner.push(COMPANY)
        origin.push(v)
        from.push(at)
        to.push(turn)
        at = turn
      }
      first = false
      owner[at] = g === CUSTOMERS || g === INTERRUPT ? CUSTOMER : g === CIRCUMSTANCE ? WORLD : COMPANY
      for (const u of group) {
        if (owner[at] === CUSTOMER && !mayChoose(flow.transitions[event[u]! - steps]!, u)) continue
        from.push(at)
        to.push(u)
      }
    }
  }
  return {
    graph: graphOf(owner.length, from, to),
    owner: Uint8Array.from(owner),
    origin: Int32Array.from(origin),
  }

  function groupOf(t: FlowTransition): number {
    const sure = t.chooserEvidence === 'declared' || t.chooserEvidence === 'recognised'
    const chooser = sure ? t.chooser : 'unknown'
    if (t.transition.interrupt && (chooser === 'customer' || view.stance === 'trusting')) return INTERRUPT
    switch (chooser) {
      case 'fact':
        return FACT
      case 'world':
        return CIRCUMSTANCE
      case 'customer':
        return CUSTOMERS
      case 'unknown':
        // Who decides is not known: read for the company, or against it.
        return view.stance === 'suspicious' ? FIRM : CUSTOMERS
      default:
        return FIRM
    }
  }

  /** The customer cannot count on options nobody tells them about, nor on ways that were only guessed. */
  function mayChoose(t: FlowTransition, u: number): boolean {
    if (offeredOnly && t.told === 'unprompted') return false
    return view.stance === 'trusting' || !unfolding.uncertain[u]
  }
}
