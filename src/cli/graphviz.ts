// Graphviz, compiled to WebAssembly: from its language to SVG. The only place that loads it.

/**
 * Boxes and arrows up to which a picture is drawn with curves, and at all. Graphviz takes a tenth of a second for a
 * playbook as people write them; one of this size in which every step leads far away takes seven, twice that minutes.
 */
const CURVED = 200
export const LARGEST = 600

/** SVG for a graph of this many boxes and arrows, the same bytes every time; undefined if it is too large. */
export async function svgOf(dot: string, size: number): Promise<string | undefined> {
  if (size > LARGEST) return undefined
  const { instance } = await import('@viz-js/viz')
  // One for each picture: what one leaves behind in memory must not change the next.
  const viz = await instance()
  const quick = { splines: 'line', nslimit: 0.1, nslimit1: 0.1, mclimit: 0.1 }
  return viz.renderString(dot, { format: 'svg', engine: 'dot', graphAttributes: size > CURVED ? quick : {} })
}
