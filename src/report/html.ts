// Format `html`: one self-contained page with the flow drawn and every finding walked step by step; no network, no data in it.
import type { LintResult } from '../model/finding.ts'
import type { ReportContext, Reporter } from './context.ts'
import { plain } from './context.ts'
import { inlineSvg, pageDots } from './page/dot.ts'
import { findingList, type Listed, listed } from './page/findings.ts'
import { SCRIPT, SCRIPT_HASH, STYLE, STYLE_HASH } from './page/generated.ts'
import { element, lines, type Markup, trusted } from './page/markup.ts'
import { gradeTable, inWords, leftOut } from './page/tables.ts'
import { pictureOf } from './picture.ts'
import type { Stop } from './picture-data.ts'
import { summaryLines } from './pretty-summary.ts'
import { severityCounts, shownFindings } from './wording.ts'

/** Only this page's own style and script, known by their hashes; nothing is fetched, framed or sent. */
const POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; script-src '${SCRIPT_HASH}'; base-uri 'none'; form-action 'none'`

export const report: Reporter = (result, context) => {
  const findings = shownFindings(result, context)
  const { drawn } = context
  const all = listed(findings, context.quiet ? undefined : result)
  const picture = drawn && pictureOf(drawn.flow, { ...result, findings: all.map(({ finding }) => finding) })
  const files = picture ? pageDots(picture) : []
  const ids = new Map(files.map(({ path, id }) => [path, id]))
  const routes: Stop[][] = picture?.notes.map(note => note.route) ?? []
  const summary = severityCounts(findings)
  const page = [
    element(
      'header',
      {},
      element('a', { class: 'skip', href: '#findings' }, 'to the findings'),
      element('h1', {}, 'wayout: ', element('span', {}, summary)),
      element(
        'p',
        {},
        'Can a customer who asks to cancel really get out? Each finding is walked on the picture, step by step.',
      ),
    ),
    element(
      'main',
      {},
      element(
        'div',
        { class: 'panes' },
        element(
          'section',
          { id: 'findings', 'aria-labelledby': 'findings-name' },
          element('h2', { id: 'findings-name' }, 'Findings'),
          all.length > 0 ? filters(all) : null,
          findingList(all, { routes, ids }, nothingFound(result)),
        ),
        drawn === undefined
          ? null
          : element(
              'section',
              { id: 'picture', 'aria-labelledby': 'picture-name' },
              element('h2', { id: 'picture-name' }, 'Picture'),
              toolbar(files),
              walker(),
              element(
                'div',
                {
                  class: 'canvas',
                  tabindex: '0',
                  role: 'region',
                  'aria-label': 'the picture; arrow keys walk the chosen path',
                },
                files.map(({ path, id }) => figure(path, id, drawn.pictures.get(path))),
              ),
              legend(),
              files.map(({ path, id }) =>
                element(
                  'div',
                  { 'data-words': id },
                  element('p', { class: 'of' }, element('code', {}, path)),
                  inWords(drawn.flow, path),
                ),
              ),
            ),
      ),
      drawn === undefined
        ? null
        : element(
            'section',
            { 'aria-labelledby': 'grades-name' },
            element('h2', { id: 'grades-name' }, 'Grades'),
            gradeTable(drawn.grades),
          ),
      element(
        'section',
        { 'aria-label': 'What was checked' },
        leftOut(result),
        element('h2', {}, 'What was checked'),
        element('pre', { class: 'summary', tabindex: '0' }, lines(checked(result, context))),
      ),
    ),
    element('footer', {}, `wayout ${context.version}`),
  ]
  return `<!doctype html>\n${element('html', { lang: 'en' }, head(`wayout: ${summary}`), element('body', {}, page, script())).markup}\n`
}

function head(title: string): Markup {
  return element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('meta', { name: 'referrer', content: 'no-referrer' }),
    element('title', {}, title),
    element('style', {}, trusted(STYLE)),
  )
}

const script = () => element('script', {}, trusted(SCRIPT))

/** By what the list can be narrowed; hidden until the script is there to do it. */
function filters(all: readonly Listed[]): Markup {
  const findings = all.map(({ finding }) => finding)
  const states = [...new Set(all.map(({ state }) => state))]
  const select = (name: 'rule' | 'file' | 'severity' | 'state', values: readonly string[]) =>
    element(
      'label',
      {},
      `${name} `,
      element(
        'select',
        { 'data-filter': name },
        element('option', { value: '' }, 'all'),
        [...new Set(values)].sort().map(value => element('option', { value }, value)),
      ),
    )
  return element(
    'div',
    { class: 'filters', role: 'search', 'aria-label': 'filter the findings' },
    select(
      'severity',
      findings.map(({ severity }) => severity),
    ),
    select(
      'rule',
      findings.map(({ rule }) => rule),
    ),
    select(
      'file',
      findings.map(({ path }) => path),
    ),
    states.length > 1 ? select('state', states) : null,
    element('p', { class: 'count', role: 'status', 'aria-live': 'polite' }),
  )
}

function toolbar(files: readonly { path: string; id: string }[]): Markup {
  return element(
    'div',
    { class: 'toolbar' },
    element(
      'label',
      {},
      'playbook ',
      element(
        'select',
        { id: 'shown' },
        files.map(({ path, id }) => element('option', { value: id }, path)),
      ),
    ),
    element('button', { type: 'button', id: 'smaller', 'aria-label': 'smaller' }, '−'),
    element('button', { type: 'button', id: 'larger', 'aria-label': 'larger' }, '+'),
    element('button', { type: 'button', id: 'fit' }, 'fit'),
  )
}

function walker(): Markup {
  return element(
    'div',
    { class: 'walker', role: 'group', 'aria-label': 'walk the path of a finding', hidden: true },
    element('button', { type: 'button', id: 'back', 'aria-keyshortcuts': 'ArrowLeft' }, '← back'),
    element('button', { type: 'button', id: 'on', 'aria-keyshortcuts': 'ArrowRight' }, 'on →'),
    element('a', { id: 'home', href: '#findings' }, 'to the finding'),
    element('div', { id: 'told', 'aria-live': 'polite', 'aria-atomic': 'true' }),
  )
}

function figure(path: string, id: string, svg: string | undefined): Markup {
  return element(
    'figure',
    { 'data-picture': id },
    element('figcaption', {}, element('code', {}, path)),
    svg === undefined
      ? element(
          'p',
          { class: 'none' },
          'Not drawn: too large for a picture that anybody could read, or one of too many files.',
        )
      : element(
          'div',
          { role: 'img', 'aria-label': `the flow of ${path}; the same is told in words below` },
          trusted(inlineSvg(svg)),
        ),
  )
}

function legend(): Markup {
  const item = (name: string, words: string) => element('li', { class: name }, words)
  return element(
    'ul',
    { class: 'legend', 'aria-label': 'who decides' },
    item('customer', 'the customer decides'),
    item('agent', 'agent or system decide'),
    item('world', 'circumstances or facts decide'),
    item('unknown', 'nobody says who decides'),
    item('twice', 'double frame: here customers come in'),
  )
}

function nothingFound(result: LintResult): string {
  return result.playbooks.length === 0 ? 'No playbook was read, so nothing was checked.' : 'No findings.'
}

function checked(result: LintResult, context: ReportContext): string {
  return summaryLines(result, { ...context, colour: plain }, 100)
    .join('\n')
    .trimStart()
}
