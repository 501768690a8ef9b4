// Brings an unfolding into turns: where several parties decide in one step, they do so one after the other (theory.md §1).

import { COMPANY, CUSTOMER, type Game, WORLD } from '../flow/game.ts'
import { graphOf } from '../flow/graph.ts'
import type { Chooser } from '../model/act.ts'
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
  /**
   * Which ways there are. By default those that matter to who wins: against the script a way that was only guessed is
   * nothing to count on, but one the company may take; for it, one that may be had. `counted`: only what can be counted
   * on (for what is possible if everybody is kind). `walked`: whatever a conversation may go over.
   */
  ways?: 'counted' | 'walked'
}

/** Facts are settled first, then circumstances, then the company decides, then the customer; an interrupt comes before all. */
const INTERRUPT = 0
/** Against the script, the company decides before all whether ways are there that were only guessed. */
const DOUBT = 1
const FACT = 2
const CIRCUMSTANCE = 3
const FIRM = 4
const CUSTOMERS = 5
const NOBODY = -1

/**
 * Company before customer is the conservative reading. In the suspicious stance an unknown chooser is the company,
 * in the trusting one the customer. O(n + m).
 */
export function turnsOf(view: View, { offeredOnly, avoid, ways }: TurnOptions): Turns {
  const { flow, unfolding } = view
  const { graph, event, uncertain } = unfolding
  const steps = flow.steps.length
  const suspicious = view.stance === 'suspicious'
  const owner: number[] = new Array(graph.size).fill(COMPANY)
  const origin: number[] = Array.from({ length: graph.size }, (_, v) => v)
  const from: number[] = []
  const to: number[] = []
  const groups: number[][] = [[], [], [], [], [], []]
  const laterTurn = (v: number): number => {
    origin.push(v)
    return owner.push(COMPANY) - 1
  }
  for (let v = 0; v < graph.size; v++) {
    if (avoid?.[v]) continue
    const { starts, targets } = graph.out
    const [first, end] = [starts[v]!, starts[v + 1]!]
    if (first === end) continue
    if (end === first + 1 && isGiven(targets[first]!)) {
      if (isCustomersTurn(usualGroup(targets[first]!))) owner[v] = CUSTOMER
      from.push(v)
      to.push(targets[first]!)
      continue
    }
    for (const group of groups) group.length = 0
    let customerIs = false
    let companyIs = false
    for (let e = first; e < end; e++) {
      if (!isGiven(targets[e]!)) continue
      const group = usualGroup(targets[e]!)
      customerIs ||= isCustomersTurn(group)
      companyIs ||= group === FIRM || group === FACT
    }
    for (let e = first; e < end; e++) {
      const group = groupAt(targets[e]!, customerIs, companyIs)
      if (group !== NOBODY) groups[group]!.push(targets[e]!)
    }
    let at = -1
    let last = NOBODY
    for (const [g, group] of groups.entries()) {
      if (group.length === 0) continue
      // A later turn is reached where none of the earlier choices is made.
      const turn = at === -1 ? v : laterTurn(v)
      if (at !== -1) {
        from.push(at)
        to.push(turn)
      }
      at = turn
      last = g
      owner[at] = isCustomersTurn(g) ? CUSTOMER : g === CIRCUMSTANCE ? WORLD : COMPANY
      for (const u of group) {
        if (owner[at] === CUSTOMER && !mayChoose(u)) continue
        from.push(at)
        to.push(u)
      }
    }
    if (last === DOUBT) {
      // It may be that nothing leads on. A turn without a way on is lost.
      from.push(at)
      to.push(laterTurn(v))
    }
  }
  return {
    graph: graphOf(owner.length, from, to),
    owner: Uint8Array.from(owner),
    origin: Int32Array.from(origin),
  }

  function choiceAt(u: number): FlowTransition | undefined {
    return event[u]! >= steps ? flow.transitions[event[u]! - steps]! : undefined
  }

  /** Whether it is there for certain, and not only for a customer who knows of it by themselves. */
  function isGiven(u: number): boolean {
    return !uncertain[u] && !isHidden(u)
  }

  function isHidden(u: number): boolean {
    const t = choiceAt(u)
    if (!offeredOnly || t?.told !== 'unprompted') return false
    return isCustomers(t) || (suspicious && chooserOf(t) === 'unknown')
  }

  /**
   * Whose turn it is to go there, if the way can be gone at all; `customerIs`, `companyIs`: some way on from the same
   * place is certain that the customer, or the company, can choose.
   */
  function groupAt(u: number, customerIs: boolean, companyIs: boolean): number {
    const group = usualGroup(u)
    if (ways === 'walked') return uncertain[u] && !suspicious ? NOBODY : group
    if (suspicious) {
      if (isGiven(u) || (!uncertain[u] && isCustomersTurn(group))) return group
      if (uncertain[u] && ways === 'counted') return NOBODY
      return customerIs && isCustomersTurn(group) ? NOBODY : DOUBT
    }
    if (!uncertain[u]) return group
    // For the script it may be had, unless the company can do something else all the same.
    const isCompanys = group === FIRM || group === FACT
    return isCompanys && companyIs && ways !== 'counted' ? NOBODY : INTERRUPT
  }

  function usualGroup(u: number): number {
    const t = choiceAt(u)
    if (!t) return FIRM
    if (t.transition.interrupt && (isCustomers(t) || !suspicious)) return INTERRUPT
    switch (chooserOf(t)) {
      case 'fact':
        return FACT
      case 'world':
        return CIRCUMSTANCE
      case 'customer':
        return CUSTOMERS
      case 'unknown':
        // Who decides is not known: read for the company, or against it.
        return suspicious ? FIRM : CUSTOMERS
      default:
        return FIRM
    }
  }

  /** The customer cannot count on options nobody tells them about, nor on ways that were only guessed. */
  function mayChoose(u: number): boolean {
    if (ways === 'walked') return true
    return !isHidden(u) && (!suspicious || !uncertain[u])
  }
}

function chooserOf({ chooser, chooserEvidence }: FlowTransition): Chooser | null {
  return chooserEvidence === 'declared' || chooserEvidence === 'recognised' ? chooser : 'unknown'
}

function isCustomersTurn(group: number): boolean {
  return group === INTERRUPT || group === CUSTOMERS
}

function isCustomers(t: FlowTransition): boolean {
  return chooserOf(t) === 'customer'
}
