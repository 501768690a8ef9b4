// `cycle`: circles through something are forbidden, or need an exit, or one that is the customer's own.
import { components, cyclic, type Graph } from '../../flow/graph.ts'
import { exitsOf, without } from '../exits.ts'
import { any, blaming, NOTHING, type Primitive } from '../failure.ts'
import { pathInUnfolding } from '../product.ts'
import { returns } from '../returns.ts'
import { closeLoop } from '../trap.ts'

export const cycle: Primitive<'cycle'> = (view, check) => {
  const through = view.meets(check.through, 'trigger')
  if (!any(through)) return NOTHING
  if (check.same !== undefined) return returns(view, through, check.same)
  const { graph } = view.unfolding
  // Exits only open circles: where none goes through it, there is no need to look for them.
  if (!circles(graph, view.passable).pass(through)) return blaming().judgement(true)
  const { around, isExit } = exitsOf(view, check.need, through, check.to)
  // A circle is bad if it is still one without the places at which one can leave it.
  const kept = (v: number) => (v >= graph.size || view.passable(v)) && !isExit[v]
  const { rest, parts, loops } = circles(around, kept)
  const found = blaming()
  for (let v = 0; v < graph.size; v++) {
    const part = parts.of[v]!
    if (!through[v] || !kept(v) || !loops[part]) continue
    const failure = () => {
      const path = pathInUnfolding(view, v)
      if (!path) return null
      const loop = closeLoop(rest, path, path.length - 1, u => parts.of[u] === part)
      if (!loop) return { culprit: v, path, notes: new Map(), values: {} }
      // Later turns of a step are the step itself.
      const round = loop.path.filter(u => u < graph.size)
      return { culprit: v, path: round, loopsTo: loop.loopsTo, notes: new Map(), values: {} }
    }
    found.blame(v, failure, part)
  }
  return found.judgement(true)
}

/** The circles among the vertices that are kept. */
function circles(graph: Graph, kept: (v: number) => boolean) {
  const rest = without(graph, kept)
  const parts = components(rest.size, rest.out)
  const loops = cyclic(rest.size, rest.out, parts)
  const pass = (through: Uint8Array): boolean => through.some((bit, v) => bit && loops[parts.of[v]!])
  return { rest, parts, loops, pass }
}
