// The findings on the page, those that an exception hides among them, marked: each with its path told step by step, every step naming its box and arrow in the picture.
import type { Finding, Law, LintResult, WitnessStep } from '../../model/finding.ts'
import { decision, loopNumber, saidIn, titleOf } from '../dialogue.ts'
import type { Stop } from '../picture-data.ts'
import { becauseText, count, lawText, placeOf } from '../wording.ts'
import { element, lines, type Markup } from './markup.ts'

/** `routes`: where the paths pass, by finding; `ids`: what the names in the picture of a file begin with. */
export type Places = { routes: readonly (readonly Stop[])[]; ids: ReadonlyMap<string, string> }

/** `aside`: why it does not count; absent where it does. */
export type Listed = { finding: Finding; state: 'open' | 'known' | 'suppressed'; aside?: string }

/** The findings shown, then those in the baseline, then those suppressed; without a result only the first. */
export function listed(shown: readonly Finding[], result?: LintResult): Listed[] {
  const { baseline, suppressed = [] } = result ?? {}
  return [
    ...shown.map((finding): Listed => ({ finding, state: 'open' })),
    ...(baseline?.findings ?? []).map((finding): Listed => {
      return { finding, state: 'known', aside: `known: it stands in the baseline ${baseline!.path}` }
    }),
    ...suppressed.map(({ finding, reason, place, until, owner, ticket }): Listed => {
      const terms = [until && `until ${until}`, owner && `by ${owner}`, ticket].filter(Boolean)
      const more = terms.length > 0 ? ` (${terms.join(', ')})` : ''
      const where = placeOf(place.path, place.range.start.line)
      return { finding, state: 'suppressed', aside: `suppressed: ${reason}${more}, ${where}` }
    }),
  ]
}

/** All of them, under the sentence that none counts where none does. Linear in the witnesses. */
export function findingList(findings: readonly Listed[], places: Places, none: string): Markup[] {
  const items = findings.map((finding, index) => findingItem(finding, index + 1, places))
  return [
    ...(findings.some(({ state }) => state === 'open') ? [] : [element('p', { class: 'none' }, none)]),
    ...(items.length === 0 ? [] : [element('div', { class: 'list' }, items)]),
  ]
}

function findingItem({ finding, state, aside }: Listed, number: number, { routes, ids }: Places): Markup {
  const { rule, severity, verdict, message, path, range, witness, fix, why, confirm, because, law, repair } =
    finding
  const id = `f${number}`
  const loop = loopNumber(finding)
  const route = routes[number - 1] ?? []
  const steps = witness.map((step, index) => stepItem(step, index + 1, route[index], ids, path))
  return element(
    'article',
    {
      class: `finding ${severity}${aside === undefined ? '' : ' aside'}`,
      id,
      'data-rule': rule,
      'data-file': path,
      'data-severity': severity,
      'data-state': state,
      'data-picture': ids.get(path) ?? null,
      'data-loop': loop ?? null,
      'aria-labelledby': `${id}-name`,
    },
    element(
      'h3',
      {},
      element(
        'button',
        {
          type: 'button',
          class: 'choose',
          id: `${id}-name`,
          'aria-expanded': 'false',
          'aria-controls': `${id}-more`,
        },
        element('span', { class: 'badge' }, `${number} ${severity}`),
        ' ',
        element('span', { class: 'message' }, message),
      ),
    ),
    element(
      'p',
      { class: 'meta' },
      element('code', {}, rule),
      ' ',
      element('span', { class: 'place' }, placeOf(path, range.start.line, range.start.column)),
      verdict === 'possible' ? ' possible, not certain' : null,
    ),
    aside === undefined ? null : element('p', { class: 'meta' }, aside),
    element(
      'div',
      { class: 'more', id: `${id}-more` },
      steps.length === 0
        ? null
        : element('button', { type: 'button', class: 'walk' }, 'walk this path on the picture'),
      steps.length === 0
        ? null
        : element('ol', { class: 'path', 'aria-label': `the path, ${count(steps.length, 'step')}` }, steps),
      loop === undefined
        ? null
        : element('p', { class: 'loop' }, `↺ back to step ${loop}, and so on for ever`),
      element(
        'dl',
        {},
        part('why', why),
        because.length === 0
          ? null
          : part(
              'because',
              element(
                'ul',
                {},
                because.map(one => element('li', {}, becauseText(one))),
              ),
            ),
        fix === '' ? null : part('repair', element('pre', {}, lines(fix))),
        repair === undefined ? null : part('--fix', `would ${repair.description}`),
        confirm === undefined ? null : part('to confirm', element('pre', {}, lines(confirm))),
        law.length === 0 ? null : part('law', element('ul', {}, law.map(lawItem))),
      ),
    ),
  )
}

function stepItem(
  step: WitnessStep,
  number: number,
  stop: Stop | undefined,
  ids: Places['ids'],
  path: string,
): Markup {
  const said = saidIn(step)
  const decided = decision(step)
  return element(
    'li',
    {
      'data-picture': ids.get(step.path) ?? null,
      'data-box': stop?.box ?? null,
      'data-arrow': stop?.arrow ?? null,
    },
    element(
      'button',
      { type: 'button', class: 'stop', 'aria-label': `step ${number} on the picture` },
      number,
    ),
    element(
      'div',
      { class: 'told' },
      element('b', {}, titleOf(step)),
      ' ',
      element(
        'span',
        { class: 'place' },
        step.path === path ? `line ${step.line}` : placeOf(step.path, step.line),
      ),
      said === '' ? null : element('p', { class: 'said' }, said),
      step.acts.length === 0
        ? null
        : element(
            'p',
            { class: 'acts' },
            step.acts.flatMap(act => [element('code', {}, act), ' ']),
          ),
      decided === '' ? null : element('p', { class: `decided ${step.chooser ?? 'nobody'}` }, `→ ${decided}`),
      step.note === null ? null : element('p', { class: 'note' }, step.note),
    ),
  )
}

/** What is known of a finding, under its name. */
const part = (name: string, content: Markup | string) => [element('dt', {}, name), element('dd', {}, content)]

/** The address is shown, and a link only where it is one of the web. */
function lawItem(law: Law): Markup {
  const { url } = law
  const isWeb = url !== undefined && /^https?:\/\/[^\s]+$/i.test(url)
  return element(
    'li',
    {},
    lawText(law),
    isWeb ? [' ', element('a', { href: url, rel: 'noreferrer noopener' }, url)] : null,
    law.note ? ` ${law.note}` : null,
  )
}
