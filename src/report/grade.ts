// `wayout grade`: who can get out, how, and on whom it hangs; as a table for people and as the JSON of design §8.
import type { Chooser } from '../model/act.ts'
import { type EntryGrade, GRADES, type Grade } from '../model/grade.ts'
import type { ReportContext } from './context.ts'
import { clip, hang, pad, width, wrap } from './layout.ts'
import { printed, safeJson, safeText } from './safe.ts'
import { chooserName, placeOf, quoted } from './wording.ts'

const MEANING: Readonly<Record<Grade, string>> = {
  guaranteed: 'whatever agent, system and circumstances do, the customer gets out',
  eventual: 'whatever the company does; only queues and checks must come to an end',
  discretionary: 'only if somebody at the company wants it',
  sealed: 'no way out at all',
}

/** Turns as people read them. */
export function turns(number: number | null): string {
  return number === null ? '∞' : String(number)
}

/** A table of entries, then for each that hangs on somebody what decides, then what the words mean. */
export function gradeText(
  entries: readonly EntryGrade[],
  { colour, columns }: Pick<ReportContext, 'colour' | 'columns'>,
): string {
  const asked = entries.filter(entry => entry.asked)
  const lines: string[] = []
  const paint = {
    guaranteed: colour.green,
    eventual: colour.green,
    discretionary: colour.yellow,
    sealed: colour.red,
  }
  const room = Math.max(16, Math.min(columns, 100) - 36)
  if (asked.length > 0) {
    lines.push(colour.bold(`${pad('entry', room)}  ${pad('grade', 14)} best  sure  worst`))
    for (const entry of asked) lines.push(...rowOf(entry))
    lines.push('')
    lines.push(
      ...wrap(
        [
          {
            text: 'Turns of the customer until the cancellation: at best, as far as they can make sure of it (queues and checks pass at the first try), and at worst for one who keeps asking. ∞: without end, or not at all.',
            paint: colour.dim,
          },
        ],
        columns,
      ),
    )
    for (const grade of GRADES) {
      if (asked.some(entry => entry.grade === grade))
        lines.push(...hang(`${pad(grade, 14)} `, wrap([{ text: MEANING[grade] }], columns - 15)))
    }
  }
  const silent = entries.length - asked.length
  if (silent > 0) {
    const text =
      asked.length === 0
        ? 'no request to cancel was recognised at any entry, so there is nothing to grade'
        : `${silent} more ${silent === 1 ? 'entry' : 'entries'} without a recognised request to cancel: not graded`
    if (lines.length > 0) lines.push('')
    lines.push(...wrap([{ text }], columns))
  }
  return printed(lines)

  function rowOf(entry: EntryGrade): string[] {
    const channel = entry.channel ? ` (${entry.channel})` : ''
    const title = clip(safeText(entry.title) + channel, room)
    const numbers = [turns(entry.best), turns(entry.guaranteed), turns(entry.worst)].map((n, i) =>
      n.padStart([4, 6, 7][i]! - (width(n) - n.length)),
    )
    const grade = `${entry.grade}${entry.certain ? '' : ' ?'}`
    const row = [
      `${pad(title, room)}  ${paint[entry.grade](pad(grade, 14))} ${numbers.join('')}`,
      `  ${colour.dim(placeOf(safeText(entry.path), entry.line))}`,
    ]
    for (const note of notesOf(entry)) row.push(...hang('  ', wrap([{ text: note }], columns - 2)))
    return row
  }
}

/** What a support lead wants to know of a grade, in sentences. */
export function notesOf(entry: EntryGrade): string[] {
  const notes: string[] = []
  if (entry.decisive) {
    const { chooser, title, path, line } = entry.decisive
    notes.push(`hangs on ${whom(chooser)} in ${quoted(safeText(title))} (${placeOf(safeText(path), line)})`)
  }
  if (entry.grade === 'sealed')
    notes.push('nothing that anybody can say or do here leads to the cancellation')
  if (entry.hidden) notes.push('hidden: worse if the customer only uses ways they are told about')
  if (entry.elsewhere !== null)
    notes.push(`completed elsewhere${entry.elsewhere === '' ? '' : `: ${safeText(entry.elsewhere)}`}`)
  if (!entry.certain) notes.push('not certain: some acts or choosers were only guessed (see "wayout steps")')
  return notes
}

function whom(chooser: Chooser): string {
  switch (chooser) {
    case 'world':
      return 'circumstances'
    case 'fact':
      return 'a fact about the customer'
    case 'unknown':
      return 'somebody the script does not name'
    default:
      return `the ${chooserName(chooser)}`
  }
}

/** The JSON of design §8, with what else is known of each entry. */
export function gradeJson(entries: readonly EntryGrade[]): string {
  return `${safeJson({ version: 1, entries: entries.map(ordered) })}\n`
}

/** The keys of the contract in their order; keys that came later stand at the end. */
const KEYS = [
  'path',
  'entry',
  'channel',
  'grade',
  'hidden',
  'best',
  'guaranteed',
  'worst',
  'decisive',
  'certain',
  'title',
  'line',
  'asked',
  'elsewhere',
] as const satisfies readonly (keyof EntryGrade)[]

function ordered(entry: EntryGrade): object {
  return Object.fromEntries(KEYS.map(key => [key, entry[key]]))
}
