// The score as a table for people or as JSON.
import { LEVELS, rates, talliesOf } from './score.js'

/** What to reach on text that nobody tuned on: precision of what is recognised, then of all that is inferred. */
const BARS = {
  recognised: 0.95,
  en: { precision: 0.7, recall: 0.7 },
  other: { precision: 0.85, recall: 0.65 },
  request: { precision: 0.8, recall: 0.85 },
}

const LANGUAGE = /^[a-z]{2}$/

/** The score for people, 80 columns wide. `top`: how many kinds of misses and mistakes are listed. */
export function asText(score, top) {
  const lines = [...overview(score), '', ...actsTable(score)]
  lines.push(
    '',
    ...kinds('missed most often', score.misses, top),
    '',
    ...kinds('found where they are not', score.mistakes, top),
  )
  return `${lines.map(line => line.trimEnd()).join('\n')}\n`
}

function overview({ groups, notJudged }) {
  const lines = [
    '                         recognised     and suspected  cancel request  forbidden',
    'group      sentences     P      R       P      R       P      R        asserted',
  ]
  for (const [name, group] of [...groups].sort(byName)) {
    const acts = talliesOf(group)
    const request = group.acts.get('cancel-request')
    const bar = LANGUAGE.test(name) ? (BARS[name] ?? BARS.other) : {}
    const sure = rates(acts, 'recognised')
    const all = rates(acts, 'suspected')
    const asked = rates(request ? [request] : [], 'suspected')
    lines.push(
      name.padEnd(15) +
        String(group.sentences).padStart(5) +
        share(sure.precision, LANGUAGE.test(name) ? BARS.recognised : 0).padStart(8) +
        share(sure.recall).padStart(7) +
        share(all.precision, bar.precision).padStart(8) +
        share(all.recall, bar.recall).padStart(7) +
        share(asked.precision, LANGUAGE.test(name) ? BARS.request.precision : 0).padStart(8) +
        share(asked.recall, LANGUAGE.test(name) ? BARS.request.recall : 0).padStart(7) +
        (group.denied > 0 ? `${group.broken} of ${group.denied}` : '').padStart(13),
    )
  }
  lines.push('* below what it should reach (docs/evaluate.md)')
  if (notJudged > 0)
    lines.push(`${notJudged} acts found of which the labels of their folder or set say nothing: not counted`)
  return lines
}

/** Acts and choosers over all groups. */
function actsTable({ groups }) {
  const tallies = new Map()
  for (const { acts } of groups.values())
    for (const [act, tally] of acts) {
      const known = tallies.get(act)
      if (known) known.push(tally)
      else tallies.set(act, [tally])
    }
  const lines = ['act                      labelled  recognised  P      R      suspected  P      R']
  for (const [act, all] of [...tallies].sort(byName)) {
    const sure = rates(all, 'recognised')
    const more = rates(all, 'suspected')
    lines.push(
      act.padEnd(25) +
        String(sure.labelled).padStart(8) +
        String(sure.right + sure.wrong).padStart(9) +
        share(sure.precision).padStart(8) +
        share(sure.recall).padStart(7) +
        String(more.right + more.wrong - sure.right - sure.wrong).padStart(8) +
        share(more.precision).padStart(8) +
        share(more.recall).padStart(7),
    )
  }
  return [...lines, 'P and R behind "suspected" are those of recognised and suspected together']
}

function kinds(title, entries, top) {
  if (entries.length === 0) return [`${title}: nothing`]
  const total = entries.reduce((n, { places }) => n + places.length, 0)
  const lines = [`${title} (${Math.min(top, entries.length)} of ${entries.length} kinds, ${total} in all)`]
  for (const { group, act, places } of entries.slice(0, top)) {
    const [{ path, line, column, text, remark }] = places
    lines.push(`${String(places.length).padStart(5)}  ${group}  ${act}${remark ? `  (${remark})` : ''}`)
    lines.push(`       ${path}:${line}:${column}  ${text}`)
  }
  return lines
}

function byName([a], [b]) {
  return a < b ? -1 : 1
}

/** `.97`, `1.00`; behind it a star if it is below the bar. */
function share(value, bar = 0) {
  if (value === null) return '–'
  const text = value.toFixed(2).replace(/^0/, '')
  return value < bar ? `${text}*` : `${text} `
}

/** The score with nothing left out: per group and act, every level, every miss and mistake with its place. */
export function asJson(score) {
  const groups = [...score.groups].sort(byName).map(([group, { sentences, denied, broken, acts }]) => ({
    group,
    sentences,
    denied,
    deniedButFound: broken,
    acts: levelsOf(talliesOf({ acts })),
    choosers: levelsOf(talliesOf({ acts }, 'choosers')),
    byAct: Object.fromEntries([...acts].sort(byName).map(([act, tally]) => [act, levelsOf([tally])])),
  }))
  return `${JSON.stringify({ version: 1, groups, notJudged: score.notJudged, misses: score.misses, mistakes: score.mistakes }, null, 2)}\n`
}

function levelsOf(tallies) {
  return Object.fromEntries(LEVELS.map(level => [level, rates(tallies, level)]))
}
