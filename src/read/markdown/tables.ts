// Tables of cases: a column of conditions next to a column of actions is a branch for each row; others are background.
import type { Block } from './blocks.ts'
import { choiceOf, piecesOf, type Reading } from './clauses.ts'
import { conditional } from './conditions.ts'
import { cut, flat, type Line } from './line.ts'
import type { Piece } from './pieces.ts'
import type { Mode } from './section.ts'
import { leads, plain } from './words.ts'

const CASE =
  /^(?:if|when|condition|conditions|situation|scenario|case|cases|customer says|customer asks|customer said|the customer says|the customer|customer|customer wants|request|reason|issue|problem|symptom|trigger|question|answer|response|objection|status|event|circumstance|type of request|type of issue|what they say|if the customer.*|if you see|if they say|reason for (?:leaving|cancelling|calling)|inquiry|outcome|result|wenn|fall|situation|hvis|situatsioon|kui|если|ситуация|nếu|trường hợp|si|cas|caso)\b/
const ACTION =
  /^(?:then|do|action|actions|what to do|next step|next steps|next|response|reply|respond|resolution|handling|say|what to say|script|go to|solution|steps|procedure|escalate to|you do|agent says|agent|agent action|we do|offer|remedy|answer|how to handle|required action|recommended action|dann|aktion|schritt|handling|gør|trin|tegevus|tee|тогда|действие|шаг|thì|hành động|bước|alors|action|étape|acción|paso)\b/
const SPOKEN = /^(?:say|what to say|script|reply|response|respond|agent says|wording|template|answer)\b/

/** Each row becomes a branch; a table of another kind is listed as not read. */
export function readTable(block: Block & { kind: 'table' }, reading: Reading, mode: Mode): Piece[] {
  const headers = block.header.map(cell =>
    plain(cell.text)
      .replace(/[*_:?]+/g, '')
      .trim(),
  )
  const from = headers.findIndex(header => CASE.test(header))
  const to = headers.map((header, i) => (i !== from && ACTION.test(header) ? i : -1)).filter(i => i >= 0)
  if (from < 0 || to.length === 0) {
    const text = block.header.map(flat).join(' | ').slice(0, 80)
    reading.unread.push({
      range: block.range,
      reason: 'a table without a column of cases and one of actions',
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
    const low = plain(cell.text)
    const otherwise = leads(reading.words.otherwise, low) > 0
    const found = conditional(cell, reading.words)
    const when = found?.when && !found.action ? found.when : cell
    return [
      choiceOf(
        rowLine(row, cell),
        otherwise && low.length < 20 ? null : when,
        otherwise,
        body,
        reading,
        undefined,
        { alternative: true },
      ),
    ]
  })
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
