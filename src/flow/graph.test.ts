// Holds the graph questions against slow and obvious answers on random small graphs.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { components, costsTo, cyclic, degree, distances, type Graph, graphOf, shortestPath } from './graph.ts'

/** How many random graphs each law is tried on; WAYOUT_RUNS asks for more of them. */
const numRuns = Number(process.env.WAYOUT_RUNS ?? 600)
const settings = { seed: 1976, numRuns }

type Edges = { size: number; edges: [number, number][] }

const anyGraph: fc.Arbitrary<Edges> = fc.integer({ min: 1, max: 8 }).chain(size => {
  const vertex = fc.nat(size - 1)
  return fc.record({ size: fc.constant(size), edges: fc.array(fc.tuple(vertex, vertex), { maxLength: 14 }) })
})

/** A graph, and for each vertex whether it is blocked, and what it costs. */
const anyMarked = anyGraph.chain(g =>
  fc.record({
    g: fc.constant(g),
    source: fc.nat(g.size - 1),
    blocked: fc.array(fc.boolean(), { minLength: g.size, maxLength: g.size }),
    cost: fc.array(fc.constantFrom<0 | 1>(0, 1), { minLength: g.size, maxLength: g.size }),
  }),
)

const build = ({ size, edges }: Edges): Graph =>
  graphOf(
    size,
    edges.map(e => e[0]),
    edges.map(e => e[1]),
  )

/** Floyd and Warshall: the length of the shortest way between any two vertices that are open. */
function naiveDistances({ size, edges }: Edges, open: (v: number) => boolean = () => true): number[][] {
  const d = Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (i === j && open(i) ? 0 : Infinity)),
  )
  for (const [a, b] of edges) if (open(a) && open(b) && a !== b) d[a]![b] = 1
  for (let k = 0; k < size; k++)
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++) d[i]![j] = Math.min(d[i]![j]!, d[i]![k]! + d[k]![j]!)
  return d
}

describe('a graph', () => {
  test('keeps the edges in their order, both ways', () => {
    fc.assert(
      fc.property(anyGraph, g => {
        const graph = build(g)
        for (let v = 0; v < g.size; v++) {
          const { out, in: back } = graph
          const successors = [...out.targets.subarray(out.starts[v], out.starts[v + 1])]
          const predecessors = [...back.targets.subarray(back.starts[v], back.starts[v + 1])]
          expect(successors).toEqual(g.edges.filter(e => e[0] === v).map(e => e[1]))
          expect(predecessors).toEqual(g.edges.filter(e => e[1] === v).map(e => e[0]))
          expect(degree(out, v)).toBe(successors.length)
        }
      }),
      settings,
    )
  })

  test('knows the distance of everything, around what is blocked', () => {
    fc.assert(
      fc.property(anyMarked, ({ g, source, blocked }) => {
        const naive = naiveDistances(g, v => !blocked[v])
        const found = distances(g.size, build(g).out, [source], v => blocked[v]!)
        expect([...found]).toEqual(naive[source]!.map(d => (d === Infinity ? -1 : d)))
      }),
      settings,
    )
  })

  test('knows what it costs to get to the nearest source', () => {
    fc.assert(
      fc.property(anyMarked, fc.nat(7), ({ g, source, blocked, cost }, other) => {
        const sources = [source, other % g.size]
        // A source may be blocked: one gets there all the same, but not through it to another one.
        const naive = Array.from({ length: g.size }, (_, v) =>
          Math.min(...sources.map(s => bellmanFord(g, s, v, blocked, cost))),
        )
        const found = costsTo(
          build(g),
          sources,
          v => cost[v]!,
          v => blocked[v]!,
        )
        expect([...found]).toEqual(naive.map(d => (d === Infinity ? -1 : d)))
      }),
      settings,
    )
  })

  test('falls into components in reverse topological order', () => {
    fc.assert(
      fc.property(anyGraph, g => {
        const graph = build(g)
        const { count, of } = components(g.size, graph.out)
        const naive = naiveDistances(g)
        for (let a = 0; a < g.size; a++)
          for (let b = 0; b < g.size; b++)
            expect(of[a] === of[b]).toBe(naive[a]![b]! < Infinity && naive[b]![a]! < Infinity)
        for (const [a, b] of g.edges) expect(of[a]!).toBeGreaterThanOrEqual(of[b]!)
        expect([...new Set(of)].sort()).toEqual(Array.from({ length: count }, (_, i) => i))
        const loops = cyclic(g.size, graph.out, { count, of })
        for (let v = 0; v < g.size; v++) {
          const back = g.edges.some(([a, b]) => a === v && naive[b]![v]! < Infinity)
          expect(loops[of[v]!] === 1).toBe(
            back || g.edges.some(([a, b]) => of[a] === of[v] && of[b] === of[v]),
          )
        }
      }),
      settings,
    )
  })

  test('finds a shortest path, and the same one every time', () => {
    fc.assert(
      fc.property(anyMarked, fc.nat(7), ({ g, source, blocked }, goal) => {
        const to = goal % g.size
        const mayEnter = (v: number) => !blocked[v]
        const find = () => shortestPath(g.size, build(g).out, [source], v => v === to, mayEnter)
        const path = find()
        const naive = naiveDistances(g, v => v === source || !blocked[v])[source]![to]!
        if (path === null) expect(naive).toBe(Infinity)
        else {
          expect(path.length - 1).toBe(naive)
          expect([path[0], path[path.length - 1]]).toEqual([source, to])
          for (const [i, v] of path.entries()) {
            if (i === 0) continue
            expect(mayEnter(v)).toBe(true)
            expect(g.edges).toContainEqual([path[i - 1], v])
          }
        }
        expect(find()).toEqual(path)
      }),
      settings,
    )
  })

  test('may be a chain as long as one likes', () => {
    const size = 200_000
    const graph = build({ size, edges: Array.from({ length: size - 1 }, (_, i) => [i, i + 1]) })
    expect(components(size, graph.out).count).toBe(size)
    expect(distances(size, graph.out, [0])[size - 1]).toBe(size - 1)
    expect(shortestPath(size, graph.out, [0], v => v === size - 1)).toHaveLength(size)
  })
})

/** The cheapest way from `v` to `source`, by relaxing all edges often enough; blocked vertices are not passed. */
function bellmanFord(
  { size, edges }: Edges,
  source: number,
  v: number,
  blocked: boolean[],
  cost: (0 | 1)[],
): number {
  const best = new Array<number>(size).fill(Infinity)
  best[source] = 0
  for (let round = 0; round < size; round++)
    for (const [a, b] of edges) {
      if (a === source || blocked[a]) continue
      best[a] = Math.min(best[a]!, best[b]! + cost[b]!)
    }
  return best[v]!
}

test('without anything blocked all ways are taken', () => {
  const graph = graphOf(4, [0, 1, 0, 2], [1, 3, 2, 3])
  expect([...costsTo(graph, [3], v => (v === 1 ? 1 : 0))]).toEqual([0, 0, 0, 0])
  expect([...costsTo(graph, [3], () => 1)]).toEqual([2, 1, 1, 0])
  expect([...distances(4, graph.out, [0, 0])]).toEqual([0, 1, 1, 2])
  expect(shortestPath(4, graph.out, [0, 0], v => v === 3)).toEqual([0, 1, 3])
})
