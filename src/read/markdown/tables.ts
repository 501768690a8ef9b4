// Tables of cases: a column of conditions next to a column of actions is a branch for each row; others are background.

import { titleOf } from './actions.ts'
import type { Block } from './blocks.ts'
import { choiceOf } from './choices.ts'
import { piecesOf } from './clauses.ts'
import { conditional } from './conditions.ts'
import { cut, flat, type Line, lowOf, textOf } from './line.ts'
import type { Mode } from './mode.ts'
import type { Do, Piece } from './pieces.ts'
import type { Reading } from './reading.ts'
import { leads } from './words.ts'

const CASE =
  /^(?:if|when|condition|conditions|situation|scenario|case|cases|customer says|customer asks|customer said|the customer says|the customer|customer|customer wants|request|reason|issue|problem|symptom|cause|possible cause|probable cause|likely cause|error|error message|trigger|question|answer|response|objection|status|event|circumstance|type of request|type of issue|what they say|if the customer.*|if you see|if they say|reason for (?:leaving|cancelling|calling)|inquiry|outcome|result|wenn|fall|situation|hvis|situatsioon|kui|если|ситуация|nếu|trường hợp|si|cas|caso)\b/
const ACTION =
  /^(?:then|do|action|actions|what to do|next step|next steps|next|response|reply|respond|resolution|handling|check|checks|what to check|fix|how to fix|measure|countermeasure|say|what to say|script|go to|solution|steps|procedure|escalate to|you do|agent says|agent|agent action|we do|offer|remedy|answer|how to handle|required action|recommended action|dann|aktion|schritt|handling|gør|trin|tegevus|tee|тогда|действие|шаг|thì|hành động|bước|alors|action|étape|acción|paso)\b/
const SPOKEN = /^(?:say|what to say|script|reply|response|respond|agent says|wording|template|answer)\b/

/** What was done, once: a report, however much its columns look like cases and actions. */
const REPORT = /\b(?:taken|done|performed|root cause|resolved (?:by|on|at)|date)\b/
const REPORTS = /^\W*(?:summary|history|change ?log|report|results?|incident log|review)\b/

/** Each row becomes a branch; a table of another kind is listed as not read. */
export function readTable(block: Block & { kind: 'table' }, reading: Reading, mode: Mode): Piece[] {
  const headers = block.header.map(cell =>
    lowOf(cell)
      .replace(/[*_:?]+/g, '')
      .trim(),
  )
  const from = headers.findIndex(header => CASE.test(header))
  const to = headers.map((header, i) => (i !== from && ACTION.test(header) ? i : -1)).filter(i => i >= 0)
  const report = headers.some(header => REPORT.test(header)) || REPORTS.test(lowOf(reading.section.title))
  if (from < 0 || to.length === 0 || report) {
    for (const state of statesOf(block, headers))
      for (const name of state.names) if (!reading.states.has(name)) reading.states.set(name, state)
    const text = block.header.map(flat).join(' | ').slice(0, 80)
    reading.unread.push({
      range: block.range,
      reason: report
        ? 'a table of what was done, not of what to do'
        : 'a table without a column of cases and one of actions',
      text,
    })
    return []
  }
  void mode
  return block.rows.flatMap(row => {
    const cell = row[from]
    if (!cell || cell.text === '') return []
    const body = to.flatMap(column =>
      row[column] && row[column].text !== ''
        ? cellPieces(row[column], SPOKEN.test(headers[column]!), reading)
        : [],
    )
    const low = lowOf(cell)
    const otherwise = leads(reading.words.otherwise, low) > 0
    const found = conditional(cell, reading.words)
    const when = found?.when && !found.action ? found.when : cell
    return [
      choiceOf(
        rowLine(row, cell),
        { when: otherwise && low.length < 20 ? null : when, otherwise },
        body,
        undefined,
        { alternative: true },
      ),
    ]
  })
}

const NUMBERED = /^(?:#|no|nr|number|sequence|state|stage|step|phase|status|id)\b/

/** Rows numbered "# 1", "2", "State 3": the states of a thing, which the text may send to by number. */
function statesOf(block: Block & { kind: 'table' }, headers: readonly string[]): Do[] {
  if (!NUMBERED.test(headers[0] ?? '') && headers[0] !== '#' && headers[0] !== '') return []
  const noun = /^(?:state|stage|step|phase)\b/.exec(headers[0] ?? '')?.[0]
  const states = block.rows.flatMap((row): Do[] => {
    const number = /^\W*(?:(?:state|stage|step|phase) )?(\d{1,3})\b/i.exec(row[0]?.text ?? '')
    if (!number || !row[1]) return []
    const texts = row
      .slice(1)
      .filter(cell => cell.text !== '')
      .map(cell => textOf(cell, 'do'))
    const names = [...new Set([noun ?? 'state', 'state', 'stage', 'number'])].map(
      name => `${name} ${number[1]}`,
    )
    const range = { start: row[0]!.range.start, end: row.at(-1)!.range.end }
    const rest = row[0]!.text.slice(number.index + number[0].length).trim()
    const title = rest.length > 2 ? rest : titleOf(row[1])
    return [
      { kind: 'do', range, title, texts, quiet: false, references: [], names: [...names, title], body: [] },
    ]
  })
  return states.length < block.rows.length / 2 ? [] : states
}

function cellPieces(cell: Line, spoken: boolean, reading: Reading): Piece[] {
  const read = piecesOf(cell, reading, { firm: true })
  const jumps = read.some(piece => piece.kind === 'go' || piece.kind === 'end')
  if (spoken && !jumps) return piecesOf(cell, reading, { said: true })
  return read
}

function rowLine(row: readonly Line[], cell: Line): Line {
  const last = row.at(-1)!
  return { ...cut(cell, 0), range: { start: row[0]!.range.start, end: last.range.end } }
}
