// The words behind "--": the reason, and at its end until when it holds, whose it is and which ticket it belongs to.
import { DATE, isDate } from '../model/date.ts'

export type Details = { reason: string; until?: string; owner?: string; ticket?: string }

/** Words that begin no name: "the owner of the gym" names nobody. */
const NO_NAME = new Set(
  'a agreed also and are as asked at decides for had has in is knows may must of on or said says the to wants was who will with'.split(
    ' ',
  ),
)
const MOST_WORDS_OF_A_NAME = 4

/**
 * Takes a reason apart. A date counts wherever it stands; `owner` and `ticket` only at the end, so that a reason may
 * speak of owners and tickets. What looks like a date and is none is a problem: a suppression must not outlive it.
 */
export function detailsOf(text: string): Details | { problem: string } {
  const words = text.split(/\s+/).filter(word => word !== '')
  const dates: string[] = []
  const kept: string[] = []
  for (let i = 0; i < words.length; i++) {
    if (!isKey(words[i]!, 'until')) {
      kept.push(words[i]!)
      continue
    }
    const date = bare(words[i + 1] ?? '')
    if (DATE.test(date)) {
      if (!isDate(date)) return { problem: `there is no day "${date}" for the suppression to end on` }
      dates.push(date)
      i++
    } else if (i + 1 === words.length || words.slice(i + 1, i + 4).some(looksLikeDate)) {
      const end = words.slice(i + 1, i + 4).join(' ')
      return { problem: `"${`until ${end}`.trim()}" is no date; expected "until YYYY-MM-DD"` }
    } else kept.push(words[i]!)
  }
  if (dates.length > 1) return { problem: `the suppression ends on two days, ${dates.join(' and ')}` }
  const { reason, owner, ticket } = ofTail(kept)
  if (!/\p{L}/u.test(reason)) return { problem: 'the suppression gives no reason behind "--"' }
  return {
    reason,
    ...(dates[0] !== undefined && { until: dates[0] }),
    ...(owner !== undefined && { owner }),
    ...(ticket !== undefined && { ticket }),
  }
}

/** Owner and ticket, in any order, as long as nothing else follows them. */
function ofTail(words: string[]): { reason: string; owner?: string; ticket?: string } {
  const found: { owner?: string; ticket?: string } = {}
  let end = words.length
  for (let i = end - 1; i > 0 && end - i <= MOST_WORDS_OF_A_NAME + 1; i--) {
    const value = words.slice(i + 1, end).map(bare)
    if (isKey(words[i]!, 'ticket') && found.ticket === undefined && value.length === 1 && isTicket(value[0]!))
      found.ticket = value[0]!
    else if (isKey(words[i]!, 'owner') && found.owner === undefined && isName(value))
      found.owner = value.join(' ')
    else continue
    end = i
  }
  const reason = words.slice(0, end).join(' ')
  return { reason: end < words.length ? reason.replace(/[,;(]$/, '') : reason, ...found }
}

const isKey = (word: string, key: string) => word.toLowerCase() === key || word.toLowerCase() === `${key}:`
const isTicket = (word: string) => /\d|:\/\//.test(word)
const isName = (words: string[]) =>
  words.length > 0 &&
  words.length <= MOST_WORDS_OF_A_NAME &&
  /[\p{L}\d]/u.test(words[0]!) &&
  !NO_NAME.has(words[0]!)

/** A year, or numbers with something between them. */
const looksLikeDate = (word: string) =>
  /^(?:19|20)\d\d$|^\d{1,4}[-./]\d{1,2}(?:[-./]\d{0,4})?$/.test(bare(word))

/** Without the punctuation that a sentence puts behind a word, or brackets around it. */
function bare(word: string): string {
  return word.replace(/^[("]/, '').replace(/[.,;:)"]{1,3}$/, '')
}
