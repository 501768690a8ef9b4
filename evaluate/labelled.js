// Reads labelled sentences: tab-separated lines under a heading that names the columns (the form: docs/evaluate.md).
import { ACTS, CHOOSERS } from '../dist/model/act.js'
import { didYouMean } from '../dist/model/nearest.js'
import { LANGUAGES } from '../dist/ruleset/lexicons.js'

export const VOICES = ['say', 'do', 'hear', 'when', 'any']

/** What the columns may be called. `src` and `cond` are for people. */
const COLUMNS = ['lang', 'src', 'voice', 'labels', 'act', 'expected', 'cond', 'text']

const EXPECTED = ['assert', 'neg', 'none']

/** Names that sentences labelled for the first prototype use. */
const FORMER = {
  'ask-cancel-reason': 'ask-reason',
  'blame-customer': 'blame',
  'cancellation-refused': 'cancellation-refusal',
  empathy: 'acknowledgement',
  'end-of-call': 'farewell',
  'exception-clause': 'exception',
  'feedback-asked': 'feedback-request',
  'hold-wait': 'hold',
  'listen-ask-solution': 'ask-preferred-solution',
  'policy-statement': 'policy',
  'right-to-cancel': 'cancel-right-notice',
}

const LABELS = new Set([
  ...Object.keys(ACTS),
  ...CHOOSERS.filter(name => name !== 'unknown').map(name => `chooser:${name}`),
])

/**
 * The sentences of a file, and what is wrong with it (`message` with 1-based `line` and `column`). A line with a
 * mistake is left out. A sentence: where it stands, `voice`, `text`, the labels that are `asserted`, `denied` (named,
 * but forbidden or not so) and `arguable`, and `judged`: the labels it says anything about, or null for all.
 */
export function readLabelled(path, text) {
  const sentences = []
  const problems = []
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  const columns = columnsOf(lines[0], problems)
  for (let i = 1; columns && i < lines.length; i++) {
    if (lines[i].trim() === '' || lines[i].startsWith('#')) continue
    const before = problems.length
    const sentence = sentenceOf(lines[i], i + 1, columns, problems)
    if (problems.length === before) sentences.push({ path, ...sentence })
  }
  if (columns && sentences.length === 0 && problems.length === 0)
    problems.push({ line: 1, column: 1, message: 'no sentence below the heading' })
  return { sentences, problems }
}

function columnsOf(heading, problems) {
  const example = 'expected a heading such as "# lang voice labels text", separated by tabs'
  if (!heading.startsWith('#')) {
    problems.push({ line: 1, column: 1, message: example })
    return null
  }
  const columns = []
  for (const cell of cellsOf(heading.replace(/^#\t?/, ' '))) {
    // What stands in brackets is a remark.
    const name = cell.text.replace(/\(.*/, '').trim()
    if (name === '' && cell.text !== '') continue
    if (!COLUMNS.includes(name))
      problems.push({
        line: 1,
        column: cell.column,
        message:
          name === '' ? 'a column without a name' : `unknown column "${name}"${didYouMean(name, COLUMNS)}`,
      })
    columns.push(name)
  }
  const hasTruth = columns.includes('labels') || (columns.includes('act') && columns.includes('expected'))
  if (problems.length === 0 && !(hasTruth && columns.includes('voice') && columns.includes('text')))
    problems.push({
      line: 1,
      column: 1,
      message: `${example} (there must be voice, text, and labels or act and expected)`,
    })
  return problems.length === 0 ? columns : null
}

/** The cells of a line with the column of their first character that is no space. */
function cellsOf(line) {
  let column = 1
  return line.split('\t').map(raw => {
    const at = column + (raw.length - raw.trimStart().length)
    column += raw.length + 1
    return { text: raw.trim(), column: at }
  })
}

function sentenceOf(line, number, columns, problems) {
  const cells = cellsOf(line)
  const at = name => cells[columns.indexOf(name)] ?? { text: '', column: line.length + 1 }
  const wrong = (column, message) => problems.push({ line: number, column, message })
  const text = at('text')
  if (text.text === '') {
    wrong(text.column, `no text: expected ${columns.length} cells separated by tabs, found ${cells.length}`)
    return null
  }
  if (cells.length > columns.length)
    wrong(cells[columns.length].column, `expected ${columns.length} cells, found ${cells.length}`)
  const voice = named(at('voice'), VOICES, 'voice', wrong)
  const language = columns.includes('lang') ? named(at('lang'), LANGUAGES, 'language', wrong) : 'en'
  const truth = columns.includes('labels')
    ? labelled(at('labels'), voice, wrong)
    : oneAct(at('act'), at('expected'), voice, wrong)
  return { line: number, column: text.column, language, voice, text: text.text, ...truth }
}

function named({ text, column }, names, what, wrong) {
  if (!names.includes(text))
    wrong(column, `unknown ${what} "${text}"${didYouMean(text, names) || `; one of ${names.join(', ')}`}`)
  return text
}

function labelled(cell, voice, wrong) {
  const truth = { asserted: new Set(), denied: new Set(), arguable: new Set(), judged: null }
  for (const { 0: word, index } of cell.text.matchAll(/[^\s,]+/g)) {
    const name = labelOf(word.replace(/^[-?]+|\?$/g, ''), voice, cell.column + index, wrong)
    if (/^-?\?|\?$/.test(word)) truth.arguable.add(name)
    else if (word.startsWith('-')) truth.denied.add(name)
    else truth.asserted.add(name)
  }
  return truth
}

/** A line that asks about one act only. */
function oneAct(act, expected, voice, wrong) {
  const name = labelOf(act.text, voice, act.column, wrong)
  named(expected, EXPECTED, 'expectation', wrong)
  const asserted = expected.text === 'assert' ? [name] : []
  return {
    asserted: new Set(asserted),
    denied: new Set(asserted.length === 0 ? [name] : []),
    arguable: new Set(),
    judged: new Set([name]),
  }
}

function labelOf(word, voice, column, wrong) {
  // The first prototype had one name for a person who is asked for and one who is fetched.
  if (word === 'human-agent' && voice === 'hear') return 'human-request'
  const name = Object.hasOwn(FORMER, word) ? FORMER[word] : word
  if (!LABELS.has(name)) wrong(column, `unknown label "${word}"${didYouMean(word, LABELS)}`)
  return name
}
