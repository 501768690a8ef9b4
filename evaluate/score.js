// Counts what was found against what is labelled: per group (a language, a public set), act and level of evidence.
import { ACTS } from '../dist/model/act.js'

/** From the surest down. What is found on a level or above it makes the figures of that level; a hint is no act. */
export const LEVELS = ['recognised', 'suspected', 'hint']

/**
 * The score: `groups` by name with their number of `sentences` and a tally for each act; `misses` and `mistakes` (found,
 * but not there), by group and act, the most frequent first. Hints are counted, and are neither. `notJudged`: how many
 * acts were found of which a sentence's labels say nothing.
 *
 * A kind of a labelled act counts as that act ("verify-identity" where "collect-info" is labelled); the more general act,
 * and one that only satisfies the labelled one, are neither right nor wrong; nor is what somebody labelled as arguable.
 */
export function scoreOf(sentences, found) {
  const groups = new Map()
  const misses = new Map()
  const mistakes = new Map()
  let notJudged = 0
  for (const sentence of sentences) {
    const group = at(groups, sentence.group, () => ({ sentences: 0, denied: 0, broken: 0, acts: new Map() }))
    group.sentences++
    const all = found.get(sentence)
    const acts = all.filter(({ act }) => isJudged(act, sentence.judged))
    notJudged += all.length - acts.length
    for (const label of sentence.asserted) {
      const tally = at(group.acts, label, newTally)
      tally.labelled++
      const level = surest(acts.filter(({ act }) => means(act, label)))
      if (level !== null) tally.found[level]++
      if (level === null || level === 'hint')
        note(misses, sentence, label, level === 'hint' ? 'only a hint' : undefined)
    }
    for (const { act, evidence, phrase } of acts) {
      const labels = [...sentence.asserted].filter(label => means(act, label))
      for (const label of labels) at(group.acts, label, newTally).right[evidence]++
      if (labels.length > 0 || isArguable(act, sentence)) continue
      at(group.acts, act, newTally).wrong[evidence]++
      if (evidence !== 'hint') note(mistakes, sentence, act, `${evidence} because of "${phrase}"`)
    }
    for (const label of sentence.denied) {
      group.denied++
      if (acts.some(({ act, evidence }) => evidence !== 'hint' && means(act, label))) group.broken++
    }
  }
  return { groups, notJudged, misses: mostFrequent(misses), mistakes: mostFrequent(mistakes) }
}

/** Precision and recall of tallies taken together, on a level and above it; null where there is nothing to divide by. */
export function rates(tallies, level) {
  const levels = LEVELS.slice(0, LEVELS.indexOf(level) + 1)
  const sum = count =>
    tallies.reduce((all, tally) => all + levels.reduce((n, name) => n + count(tally)[name], 0), 0)
  const labelled = tallies.reduce((all, tally) => all + tally.labelled, 0)
  const found = sum(tally => tally.found)
  const right = sum(tally => tally.right)
  const wrong = sum(tally => tally.wrong)
  return {
    labelled,
    found,
    right,
    wrong,
    precision: right + wrong === 0 ? null : right / (right + wrong),
    recall: labelled === 0 ? null : found / labelled,
  }
}

/** Acts without the choosers of conditions, or only these. */
export function talliesOf(group, part = 'acts') {
  return [...group.acts]
    .filter(([act]) => act.startsWith('chooser:') === (part === 'choosers'))
    .map(([, tally]) => tally)
}

const none = () => ({ recognised: 0, suspected: 0, hint: 0 })
const newTally = () => ({ labelled: 0, found: none(), right: none(), wrong: none() })

/** Whether an act is the labelled one or a kind of it. */
function means(act, label) {
  return act === label || ACTS[act]?.kindOf === label
}

function isArguable(act, { asserted, arguable }) {
  const near = label =>
    means(act, label) || means(label, act) || ACTS[act]?.satisfies === label || ACTS[label]?.satisfies === act
  return [...arguable].some(near) || [...asserted].some(near)
}

function isJudged(act, judged) {
  return judged === null || [...judged].some(label => means(act, label))
}

function surest(acts) {
  return LEVELS.find(level => acts.some(({ evidence }) => evidence === level)) ?? null
}

function note(table, sentence, act, remark) {
  const { path, line, column, text, voice, group } = sentence
  at(table, `${group}\t${act}`, () => ({ group, act, places: [] })).places.push({
    path,
    line,
    column,
    voice,
    text,
    ...(remark && { remark }),
  })
}

/** The most frequent first; of equals in the order of the names. */
function mostFrequent(table) {
  return [...table.entries()]
    .sort(([a, one], [b, other]) => other.places.length - one.places.length || (a < b ? -1 : 1))
    .map(([, entry]) => entry)
}

function at(map, key, make) {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}
