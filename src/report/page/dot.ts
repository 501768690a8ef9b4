// The pictures of the page in the language of Graphviz: one a file, its boxes and arrows named so that style and script find them.
import { boxLabel, dotText } from '../graph-dot.ts'
import type { Arrow, Box, Picture } from '../picture-data.ts'
import { wrapped } from '../picture-look.ts'
import { safeText } from '../safe.ts'

/** `size`: boxes and arrows, which say how long Graphviz will take. `id`: what the names in the picture begin with. */
export type FileDot = { path: string; id: string; dot: string; size: number }

/** The names of the files in the picture: what ids on the page begin with. Linear. */
export function fileIds({ groups }: Picture): Map<string, string> {
  const ids = new Map<string, string>()
  for (const { path } of groups) if (!ids.has(path)) ids.set(path, `d${ids.size + 1}`)
  return ids
}

/** One picture a file; steps of other files that it leads to stand in it as boxes of their own. Linear. */
export function pageDots(picture: Picture): FileDot[] {
  const boxes = new Map<string, { box: Box; path: string | undefined }>()
  for (const box of picture.loose) boxes.set(box.id, { box, path: undefined })
  for (const group of picture.groups)
    for (const box of group.boxes) boxes.set(box.id, { box, path: group.path })
  const arrows = byPath(picture.arrows, ({ from }) => boxes.get(from)?.path)
  const groups = byPath(picture.groups, ({ path }) => path)
  return [...fileIds(picture)].map(([path, id]) => {
    const own = arrows.get(path) ?? []
    const inside = groups.get(path)!
    const outside = new Set(
      own.flatMap(({ from, to }) => [from, to]).filter(box => boxes.get(box)?.path !== path),
    )
    const lines = [
      'digraph wayout {',
      `  graph [id="${id}", rankdir=TB, bgcolor=transparent, fontname="Helvetica", ranksep=0.4]`,
      '  node [shape=box, style="rounded,filled", fillcolor="#ffffff", fontname="Helvetica"]',
      '  edge [fontname="Helvetica", fontsize=12]',
      ...inside.flatMap(group => [
        `  subgraph cluster_${group.id} {`,
        `    id="${id}-${group.id}"`,
        `    label=${dotText([group.title])}`,
        ...group.boxes.map(box => `    ${boxLine(box, id)}`),
        '  }',
      ]),
      ...[...outside].map(box => `  ${boxLine(elsewhere(boxes.get(box)!), id)}`),
      ...own.map(arrow => `  ${arrowLine(arrow, id)}`),
      '}',
    ]
    const size = own.length + inside.reduce((sum, group) => sum + group.boxes.length, outside.size)
    return { path, id, dot: `${lines.join('\n')}\n`, size }
  })
}

function byPath<T>(
  items: readonly T[],
  pathOf: (item: T) => string | undefined,
): Map<string | undefined, T[]> {
  const lists = new Map<string | undefined, T[]>()
  for (const item of items) {
    const path = pathOf(item)
    const known = lists.get(path)
    if (known) known.push(item)
    else lists.set(path, [item])
  }
  return lists
}

function elsewhere({ box, path }: { box: Box; path: string | undefined }): Box {
  if (path === undefined) return box
  return { id: box.id, shape: 'elsewhere', title: `${box.title} (${safeText(path)})`, acts: [], findings: [] }
}

/** Colours are left to the style sheet of the page, which knows light, dark and print. */
function boxLine(box: Box, file: string): string {
  const { id, shape, worst } = box
  const look = shape === 'entry' ? ', peripheries=2' : shape === 'end' ? ', shape=oval' : ''
  const dashed = shape === 'missing' || shape === 'elsewhere' ? ', style="rounded,filled,dashed"' : ''
  const names = ['box', shape, ...(worst ? [worst] : [])].join(' ')
  return `${id} [id="${file}-${id}", class="${names}", label=${dotText(boxLabel(box))}${look}${dashed}]`
}

function arrowLine({ id, from, to, kind, label, chooser }: Arrow, file: string): string {
  const words = label === '' ? '' : `, label=${dotText(wrapped(label))}`
  const dashed = kind === 'go' ? '' : ', style=dashed'
  return `${from} -> ${to} [id="${file}-${id}", class="arrow ${chooser ?? 'nobody'}"${words}${dashed}]`
}

/**
 * The SVG of Graphviz as it may stand inside of a page: without prolog, comments and the titles that would show the
 * names of boxes as tooltips.
 */
export function inlineSvg(svg: string): string {
  const from = svg.indexOf('<svg')
  return svg
    .slice(Math.max(from, 0))
    .replace(/<!--[^>]*-->\n?/g, '')
    .replace(/<title>[^<]*<\/title>\n?/g, '')
    .trim()
}
