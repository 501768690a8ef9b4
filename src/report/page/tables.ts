// The parts of the page beside the findings: the table of grades, the flow in words, what was not read.
import type { LintResult } from '../../model/finding.ts'
import type { Flow } from '../../model/flow.ts'
import type { EntryGrade } from '../../model/grade.ts'
import { choiceName, titleOfStep, wayOn, wayRemarks } from '../flow-words.ts'
import { notesOf, turns } from '../grade.ts'
import { OUTCOME_TITLE, placeOf } from '../wording.ts'
import { element, type Markup } from './markup.ts'

const HEADS = ['entry', 'grade', 'at best', 'for sure', 'at worst', 'what it hangs on'] as const

/** Who can get out, as `wayout grade` tells it. */
export function gradeTable(grades: readonly EntryGrade[]): Markup {
  const asked = grades.filter(entry => entry.asked)
  if (asked.length === 0)
    return element(
      'p',
      { class: 'none' },
      'No request to cancel was recognised at any entry, so there is nothing to grade.',
    )
  const rows = asked.map(entry =>
    element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        entry.channel ? `${entry.title} (${entry.channel})` : entry.title,
        ' ',
        element('span', { class: 'place' }, placeOf(entry.path, entry.line)),
      ),
      element(
        'td',
        {},
        element('span', { class: `grade ${entry.grade}` }, `${entry.grade}${entry.certain ? '' : ' ?'}`),
      ),
      [entry.best, entry.guaranteed, entry.worst].map(number =>
        element('td', { class: 'number' }, number === null ? never() : turns(number)),
      ),
      element('td', {}, notesOf(entry).join('; ')),
    ),
  )
  return element(
    'div',
    { class: 'wide', role: 'region', tabindex: '0', 'aria-label': 'grades, a wide table' },
    element(
      'table',
      {},
      element(
        'caption',
        {},
        'Turns the customer needs until the cancellation; ∞ is without end, or not at all',
      ),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          HEADS.map(head => element('th', { scope: 'col' }, head)),
        ),
      ),
      element('tbody', {}, rows),
    ),
  )
}

const never = () => element('span', { role: 'img', 'aria-label': 'never' }, '∞')

/** The flow of one file as text: what the picture shows, for whoever does not see it. */
export function inWords(flow: Flow, path: string): Markup {
  const items = flow.steps.flatMap(({ playbook, step, acts, transitions }, index) => {
    if (flow.playbooks[playbook]!.path !== path) return []
    const shown = acts.filter(({ evidence }) => evidence !== 'hint').map(({ act }) => act)
    const ways = transitions.map(number => {
      const way = flow.transitions[number]!
      const remarks = wayRemarks(way)
      const aside = remarks.length === 0 ? '' : ` (${remarks.join('; ')})`
      return element('li', {}, `${choiceName(way)} → ${wayOn(flow, way)}${aside}`)
    })
    const end = step.outcome === undefined ? null : element('li', {}, `→ end: ${OUTCOME_TITLE[step.outcome]}`)
    return [
      element(
        'li',
        {},
        element('b', {}, titleOfStep(flow, index)),
        ' ',
        element('span', { class: 'place' }, `line ${step.range.start.line}`),
        shown.length === 0 ? null : [' ', element('span', { class: 'acts' }, [...new Set(shown)].join(', '))],
        ways.length === 0 && end === null ? null : element('ul', {}, ways, end),
      ),
    ]
  })
  return element(
    'details',
    { class: 'words' },
    element('summary', {}, 'the same in words'),
    element('ol', {}, items),
  )
}

/** Files that were not read: nothing that was left out goes untold. */
export function leftOut({ notRead }: LintResult): Markup[] {
  const failed = notRead.filter(file => !file.passedOver)
  if (failed.length === 0) return []
  const items = failed.map(({ path, reason }) => element('li', {}, element('code', {}, path), `: ${reason}`))
  return [element('h2', {}, 'Not read'), element('ul', {}, items)]
}
