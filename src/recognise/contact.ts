// A telephone number, e-mail address, web address or placeholder in a text: where the customer can turn to.
import { DIGIT, kindOf } from './characters.ts'

/** Contacts stand in the first part of a text; longer ones are not searched. */
const LONGEST_TEXT = 2000
const LONGEST = 80
/** Fewer digits are no telephone number. */
const FEWEST_DIGITS = 5
const TOP_LEVEL = new Set(
  'com org net io co example gov edu info eu de ee dk vn ru fr es uk us app ch at fi se no'.split(' '),
)

/** The first contact in a text, as written; undefined if there is none. Linear. */
export function contactIn(whole: string): string | undefined {
  const text = whole.slice(0, LONGEST_TEXT)
  let best: { at: number; contact: string } | undefined
  const take = (at: number, contact: string | undefined): void => {
    if (contact !== undefined && (best === undefined || at < best.at)) best = { at, contact }
  }
  let at = 0
  for (const word of text.split(/(\s+)/)) {
    take(at, addressIn(word))
    at += word.length
  }
  const phone = phoneIn(text)
  if (phone) take(phone.at, phone.contact)
  return best?.contact
}

/** An e-mail address, a web address or a placeholder for a contact that makes up a word. */
function addressIn(word: string): string | undefined {
  if (word.length < 4 || word.length > LONGEST) return undefined
  const bare = word.replace(/^[("'<[«“]+|[)"'>\].,;:!?»”]+$/g, '')
  if (/^(?:https?:|www\.|mailto:|tel:)/i.test(bare)) return bare
  if (/^\{+[^{}]*(?:phone|number|link|url|email|mail|contact|line)[^{}]*\}*$/i.test(bare)) return bare
  const [host = '', ...path] = (bare.split('@').at(-1) ?? '').split('/')
  const labels = host.split('.')
  const isHost = labels.length >= 2 && labels.every(label => /^[\p{L}\p{N}-]+$/u.test(label))
  if (!isHost) return undefined
  return bare.includes('@') || path.length > 0 || TOP_LEVEL.has(labels.at(-1)!.toLowerCase())
    ? bare
    : undefined
}

/** A run of digits, blanks and the signs of telephone numbers with enough digits in it. */
function phoneIn(text: string): { at: number; contact: string } | undefined {
  let start = -1
  let digits = 0
  let end = 0
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i)
    if (i < text.length && kindOf(code) === DIGIT) {
      if (start < 0) start = text[i - 1] === '+' ? i - 1 : i
      digits++
      end = i + 1
      continue
    }
    const joins = i < text.length && ' -()/\u00a0'.includes(text[i]!) && i - end < 2
    if (start >= 0 && !joins) {
      if (digits >= FEWEST_DIGITS && !/[$€£]\s?$/.test(text.slice(Math.max(0, start - 2), start))) {
        return { at: start, contact: text.slice(start, end) }
      }
      start = -1
      digits = 0
    }
  }
  return undefined
}
