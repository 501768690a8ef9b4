// `can_force`: can the customer get there whatever agent and system choose? Findings *blocked* and *trapdoor* (theory.md §6).
import { CUSTOMER, cooperative } from '../../flow/game.ts'
import { shortestPath } from '../../flow/graph.ts'
import type { Check, Scope } from '../../model/rule.ts'
import { any, blaming, type Failure, type Judgement, NOTHING, type Primitive } from '../failure.ts'
import { solve, targetsOf } from '../goal.ts'
import { limited } from '../limit.ts'
import { watching } from '../monitor.ts'
import { openingOf, pathTo, productOf } from '../product.ts'
import { scoped } from '../scope.ts'
import { closeLoop } from '../trap.ts'
import { turnsOf } from '../turns.ts'
import type { View } from '../view.ts'

export const canForce: Primitive<'can_force'> = (view, check, conditions) => {
  if (!check.at_most) return judge(view, check)
  const { view: counted, origin } = limited(view, check.at_most, scopeOf(check), conditions)
  const { triggered, failures, culprits } = judge(counted, check)
  // Places that differ only in their counts are one place, and one finding.
  const blamed = new Set<number>()
  return {
    triggered,
    ...(counted.unfolding.merged && { merged: true as const }),
    failures: failures
      .map(f => ({ ...f, culprit: origin[f.culprit]!, path: f.path.map(v => origin[v]!) }))
      .filter(f => !blamed.has(f.culprit) && blamed.add(f.culprit)),
    culprits: new Set([...culprits].map(v => origin[v]!)),
  }
}

/** The duty lasts from the request until it is met, or the customer releases the company from it. */
function scopeOf({ from, to, released_by }: Extract<Check, { check: 'can_force' }>): Scope {
  return { after: from, until: released_by === undefined ? to : { any: [to, released_by] } }
}

function judge(view: View, check: Extract<Check, { check: 'can_force' }>): Judgement {
  const requests = view.meets(check.from, 'trigger')
  if (!any(requests)) return NOTHING
  const targets = targetsOf(
    view,
    check.excused_by === undefined ? check.to : { any: [check.to, check.excused_by] },
  )
  const avoid = check.avoiding === undefined ? undefined : view.meets(check.avoiding, 'trigger')
  const options = { offeredOnly: check.knowing === 'offered', ...(avoid && { avoid }) }
  const counted = turnsOf(view, { ...options, ways: 'counted' })
  const turns = check.strength === 'discretionary' ? counted : turnsOf(view, options)
  const isTarget = new Set(targets)
  const rank = solve(turns, targets, check.strength)
  const wins = (v: number) => rank[v] !== -1
  const kind = cooperative(counted, targets)
  /** Behind this choice there is no way any more, though there was one before it. */
  const givesUp = (before: number, v: number) =>
    check.strength === 'discretionary'
      ? wins(before) && !wins(v)
      : isCustomers(v) && ((wins(before) && !wins(v)) || (kind[before] !== -1 && kind[v] === -1))

  // "From every step after the request" holds iff the requests win and no unexcused choice of the customer leaves the
  // winning set inside the scope: nobody but the customer can leave it (theory.md §6.5, facts 1 and 2).
  const { monitor, letters } = scoped(view, scopeOf(check), watching, [])
  const product = productOf(view, monitor, letters)
  const released = check.released_by === undefined ? undefined : view.meets(check.released_by, 'demand')
  const accepted = view.meets('offer-accepted', 'trigger')
  const found = blaming()
  for (let id = 0; id < product.graph.size; id++) {
    const v = product.vertex[id]!
    if (!monitor.open(product.state[id]!)) continue
    const before = product.parent[id]!
    const outside = before === -1 ? undefined : comesFromOutside(id)
    const opensHere = before === -1 || outside !== undefined
    const way = () => (outside === undefined ? pathTo(product, id) : [...pathTo(product, outside), id])
    if (opensHere && !wins(v)) found.blame(v, () => blocked(way().map(p => product.vertex[p]!)))
    else if (!opensHere && !released?.[v] && givesUp(product.vertex[before]!, v)) {
      found.blame(v, () => {
        const ids = way()
        const path = ids.map(p => product.vertex[p]!)
        // If all are kind only the customer can be so unkind as to give it up; otherwise anybody can.
        return isCustomers(v) ? trapdoor(path, openingOf(product, monitor, ids)) : blocked(path)
      })
    }
  }
  return found.judgement(true)

  /** A state before this one in which nothing was asked for yet, or not any more. */
  function comesFromOutside(id: number): number | undefined {
    const { starts, targets } = product.graph.in
    return targets.subarray(starts[id], starts[id + 1]).find(p => !monitor.open(product.state[p]!))
  }

  /** The company (or circumstances) can keep the customer in from the request on. */
  function blocked(path: number[]): Failure {
    const last = path[path.length - 1]!
    const notes = new Map([[path.length - 1, 'from here on']])
    const route = shortestPath(turns.graph.size, turns.graph.out, [last], v => isTarget.has(v))
    if (!route) {
      const onward = spoil(path, last)
      return {
        culprit: last,
        ...onward,
        hopeless: true,
        notes,
        values: { how: 'there is no way to it at all', decider: 'nobody', decisive: 'anywhere' },
      }
    }
    // The last vertex outside the winning set is never the customer's: there the way out hangs on somebody else.
    let at = route.length - 1
    while (wins(route[at]!)) at--
    const decisive = turns.origin[route[at]!]!
    const decider = deciderAt(route[at]!)
    const stem = [...path, ...originals(route.slice(1, at + 1))]
    notes.set(stem.length - 1, `here it hangs on ${decider}`)
    const onward = spoil(stem, route[at]!)
    const hurdles = hurdlesOf(last)
    return {
      culprit: last,
      ...onward,
      notes,
      values: { how: `it hangs on ${decider} in ${title(decisive)}`, decider, decisive: title(decisive) },
      ...(hurdles.length > 0 && {
        fix: `let the customer decide, or leave no choice, in ${hurdles.join(' and in ')}`,
      }),
    }
  }

  /** An answer that nobody marked as a wish to stay forfeits the way out. */
  function trapdoor(path: number[], opened: number): Failure {
    const last = path[path.length - 1]!
    const onward = spoil(path, last)
    const notes = new Map([
      [opened, 'from here on'],
      [path.length - 1, 'from here the way out is lost'],
    ])
    return {
      culprit: last,
      ...onward,
      notes,
      values: {
        how: `the answer ${title(last)} silently gives it up`,
        decider: 'the customer',
        decisive: title(last),
      },
    }
  }

  /** From a vertex outside the winning set on to a lost end or a loop, never entering the winning set. */
  function spoil(stem: number[], from: number): { path: number[]; loopsTo?: number } {
    // A customer who accepts, or chooses to stay, spoils nothing: show one who keeps asking.
    const outside = (v: number) => !wins(v) && !released?.[turns.origin[v]!] && !accepted[turns.origin[v]!]
    const toEnd = shortestPath(
      turns.graph.size,
      turns.graph.out,
      [from],
      v => turns.graph.out.starts[v] === turns.graph.out.starts[v + 1],
      outside,
    )
    const loop = closeLoop(turns.graph, [from], 0, outside)
    if (loop && (!toEnd || loop.path.length < toEnd.length)) {
      return lasso(stem, originals(loop.path.slice(1)))
    }
    if (toEnd) return { path: [...stem, ...originals(toEnd.slice(1))] }
    // All that can be reached goes round in circles further on.
    const inward = shortestPath(
      turns.graph.size,
      turns.graph.out,
      [from],
      v => closeLoop(turns.graph, [v], 0, outside) !== null,
      outside,
    )
    if (!inward) return { path: stem }
    const circle = closeLoop(turns.graph, [inward[inward.length - 1]!], 0, outside)!
    return lasso([...stem, ...originals(inward.slice(1))], originals(circle.path.slice(1)))
  }

  /** A way that goes round from its last vertex. A circle from a later turn of a step comes back to the step itself. */
  function lasso(stem: number[], round: number[]): { path: number[]; loopsTo: number } {
    const loopsTo = stem.length - 1
    if (round[round.length - 1] === stem[loopsTo]) round.pop()
    return { path: [...stem, ...round], loopsTo }
  }

  /** Vertices of the unfolding along a way in the game: later turns of a step are the step itself. */
  function originals(way: number[]): number[] {
    return way.filter(v => v < view.unfolding.graph.size)
  }

  function isCustomers(v: number): boolean {
    const event = view.unfolding.event[v]! - view.flow.steps.length
    return event >= 0 && view.flow.transitions[event]!.chooser === 'customer'
  }

  function deciderAt(v: number): string {
    const choosers = new Set<string>()
    for (let e = turns.graph.out.starts[v]!; e < turns.graph.out.starts[v + 1]!; e++) {
      const u = turns.graph.out.targets[e]!
      const event = view.unfolding.event[turns.origin[u]!]!
      if (u < view.unfolding.graph.size && event >= view.flow.steps.length)
        choosers.add(view.flow.transitions[event - view.flow.steps.length]!.chooser ?? 'unknown')
    }
    if (choosers.has('world')) return 'circumstances'
    if (choosers.has('fact')) return 'a fact about the customer'
    if (choosers.has('agent')) return 'the agent'
    if (choosers.has('system')) return 'the system'
    return 'somebody the script does not name'
  }

  function title(v: number): string {
    const event = view.unfolding.event[v]!
    const { flow } = view
    if (event < flow.steps.length) return `"${flow.steps[event]!.step.title}"`
    const t = flow.transitions[event - flow.steps.length]!
    const words = t.transition.when?.text.replace(/\s+/g, ' ').trim()
    const step = `"${flow.steps[t.from]!.step.title}"`
    return words ? `"${words}" in ${step}` : step
  }

  /**
   * The repair list: hand the decisive step to the customer, solve again, until the request wins. As many rounds as the
   * route has steps of others at most (theory.md §6.5, fact 3); long lists are cut.
   */
  function hurdlesOf(request: number): string[] {
    const owner = turns.owner.slice()
    const patched = { ...turns, owner }
    const names: string[] = []
    for (let round = 0; round < 5; round++) {
      const won = solve(patched, targets, check.strength)
      if (won[request] !== -1) return names
      const route = shortestPath(turns.graph.size, turns.graph.out, [request], v => isTarget.has(v))
      if (!route) return []
      let at = route.length - 1
      while (at >= 0 && won[route[at]!] !== -1) at--
      if (at < 0 || owner[route[at]!] === CUSTOMER) return names
      owner[route[at]!] = CUSTOMER
      names.push(title(turns.origin[route[at]!]!))
    }
    return names
  }
}
