// Bullets that answer or name a case: "Yes: …", "**Customer says no** → Offer 2", "Customer accepts → end (kept)".
import { conditional } from './conditions.ts'
import { endIn, handOffIn } from './ends.ts'
import { isImperative, skipMarks } from './instructions.ts'
import { type Context, jumpIn } from './jumps.ts'
import { cut, type Line, lowOf } from './line.ts'
import { tagAt } from './tags.ts'
import { leads } from './words.ts'

export type Answer = { when: Line; action: Line; otherwise: boolean }

const SEPARATOR = /\s*(?:→|⇒|➡️?|➔|->|=>|👉)\s*|[:：]["”*_]*\s+|[:：]["”*_]*$|\s+[–—-]\s+/g

/**
 * The case and what to do in it; null if the line is none of these. `among`: the items around it are answers
 * (they follow a question, or one of them is a clear answer), so that a bare label is enough.
 */
export function answerIn(line: Line, context: Context, among: boolean): Answer | null {
  const { words } = context
  const low = lowOf(line)
  const start = skipMarks(low, 0)
  const tag = tagAt(low)?.length ?? 0
  const first = skipMarks(low, tag)
  // A sentence with a condition is read as one.
  if (leads(words.if, low, first) || leads(words.when, low, first) || leads(words.unless, low, first))
    return null
  for (const match of low.slice(0, 200).matchAll(SEPARATOR)) {
    if (match.index <= start || match.index < tag) continue
    const arrow = /[→⇒➡➔👉>]/u.test(match[0])
    const head = low.slice(start, match.index).trim()
    if (head.length > 120 || /["“][^"”]*$/.test(head)) return null
    const after = cut(line, match.index + match[0].length)
    const whole = arrow ? cut(line, match.index) : after
    const jumps = jumpIn(whole, context) !== null
    const action = jumps && jumpIn(after, context) === null ? whole : after
    const rest = lowOf(after)
    const otherwise = leads(words.otherwise, head) === head.length && head.length > 0
    const when = cut(line, line.text.startsWith('[', start - 1) ? start - 1 : start, match.index)
    const stripped = unmark(when)
    const sends = jumps || endIn(after, words)?.firm === true
    const answer = isAnswer(head, context)
    const actionable =
      sends ||
      isImperative(rest, words) ||
      handOffIn(after, words) !== null ||
      rest === '' ||
      (among && conditional(after, words)?.action !== undefined)
    const said = /[“"]/.test(after.text.slice(0, 1))
    if (
      otherwise ||
      (arrow &&
        !isInstruction(head, context) &&
        (sends ||
          (actionable && rest !== '' && !isMenu(line, match.index, match.index + match[0].length)))) ||
      (answer && (actionable || said || among)) ||
      (sends && !isInstruction(head, context)) ||
      (among && (actionable || said) && head.split(' ').length <= 8 && !isInstruction(head, context))
    ) {
      return { when: stripped, action, otherwise }
    }
    if (!/^\s*[–—-]/.test(match[0])) return null
  }
  // "Yes", "Customer agrees" with what to do in a sub-list.
  if (low.length < 80 && among && isAnswer(low.slice(start).replace(/[.:]$/, ''), context))
    return { when: unmark(line), action: cut(line, line.text.length), otherwise: false }
  return null
}

/** "yes", "no", "the customer says …", "[world] …". */
function isAnswer(head: string, { words }: Context): boolean {
  const low = head.replace(/^["“'‘*_]+|["”'’*_.,]+$/g, '')
  for (const list of [words.yes, words.no]) {
    const length = leads(list, low)
    if (length > 0 && (length === low.length || /^[\s,;(–—-]/.test(low.slice(length)))) return true
  }
  if (
    /^(?:customer|agent|system|world|fact)\]/.test(low) ||
    /^\[(?:customer|agent|system|world|fact)\]/.test(low)
  )
    return true
  const at = /^(?:if |when |the |a |an |der |die |das |le |la |el )*/.exec(low)![0].length
  const who = leads(words.customer, low, at) || leads(words.customer, low)
  return (
    who > 0 &&
    /^['’]?s?\s+\S/.test(low.slice((leads(words.customer, low, at) ? at : 0) + who)) &&
    !/^\S*\s+(?:support|service|success|care|experience|data|details|information|name|id|account|engineer|facing|communication|slack|team)\b/.test(
      low.slice(at),
    )
  )
}

function isInstruction(head: string, { words }: Context): boolean {
  return (
    isImperative(head, words) &&
    !/^(?:cancel|refund|return|exchange|complaint|upgrade|downgrade|order|question|change)\b/.test(head)
  )
}

/** `Admin -> Dashboard`, "from `Licenses` -> `Validate`": a way through menus. */
function isMenu(line: Line, from: number, to: number): boolean {
  const beside = line.spans.filter(
    span =>
      (span.kind === 'code' || span.kind === 'strong') &&
      (Math.abs(span.to - from) <= 1 || Math.abs(span.from - to) <= 1),
  )
  if (beside.length > 1 || beside[0]?.kind === 'code') return true
  const parts = line.text.split(/\s*(?:→|->|=>|⇒)\s*/)
  return (
    parts.length > 1 &&
    parts.every(part => /^[\s`*"“]*[A-Z][^.!?]{0,40}$/.test(part) && part.trim().split(/\s+/).length <= 4)
  )
}

function unmark(line: Line): Line {
  const from = /^[\s"“*_]*/.exec(line.text)![0].length
  const to = line.text.length - /[\s"”*_:,]*$/.exec(line.text.slice(-40))![0].length
  const inner = cut(line, from, Math.max(from, to))
  const lead = /^(?:if|when) /i.exec(inner.text)
  return lead ? cut(inner, lead[0].length) : inner
}
