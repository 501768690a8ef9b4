// What formats that draw need beside the result: the flow, its pictures, the grades of its entries.
import type { LintResult } from '../model/finding.ts'
import type { Flow } from '../model/flow.ts'
import type { Drawn, ReportContext } from '../report/context.ts'
import { usageError } from './exit.ts'
import { LARGEST, svgOf } from './graphviz.ts'

/** Boxes and arrows on one page: more take long to draw and to show. Files with findings come first. */
const MOST_DRAWN = 12_000

/** Draws every file of the flow with the findings that are shown. */
export async function drawnFor(
  flow: Flow,
  result: LintResult,
  context: Pick<ReportContext, 'quiet' | 'failOn'>,
): Promise<Drawn> {
  const [{ gradesOf }, { pictureOf }, { pageDots }, { shownFindings }] = await Promise.all([
    import('../index.ts'),
    import('../report/picture.ts'),
    import('../report/page/dot.ts'),
    import('../report/wording.ts'),
  ])
  const findings = shownFindings(result, context)
  const blamed = new Set(findings.map(({ path }) => path))
  const dots = pageDots(pictureOf(flow, { ...result, findings }))
  const first = [
    ...dots.filter(({ path }) => blamed.has(path)),
    ...dots.filter(({ path }) => !blamed.has(path)),
  ]
  const pictures = new Map<string, string>()
  let room = MOST_DRAWN
  for (const { path, dot, size } of first) {
    if (size > room) continue
    const svg = await svgOf(dot, size)
    if (svg === undefined) continue
    pictures.set(path, svg)
    room -= size
  }
  return { flow, pictures, grades: await gradesOf(flow) }
}

/** `wayout graph --format svg`. Throws a usage error if the flow is too large for one picture. */
export async function svgPicture(flow: Flow, result: LintResult): Promise<string> {
  const [{ pictureOf }, { graphDot }, { inlineSvg }] = await Promise.all([
    import('../report/picture.ts'),
    import('../report/graph-dot.ts'),
    import('../report/page/dot.ts'),
  ])
  const { groups, loose, arrows, notes } = pictureOf(flow, result)
  const size =
    arrows.length + loose.length + notes.length + groups.reduce((sum, { boxes }) => sum + boxes.length, 0)
  const svg = await svgOf(graphDot(flow, result), size)
  if (svg !== undefined) return `${inlineSvg(svg)}\n`
  throw usageError(
    `${size} boxes and arrows are too many for one picture (at most ${LARGEST}); name fewer files, or use --format html, which draws one a file, or dot`,
  )
}
