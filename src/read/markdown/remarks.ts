// Remarks that hold at any time: "If you are not sure, ask Rita" is no case to tell apart from others.
import { skipJoins } from './conditions.ts'
import { type Line, lowOf } from './line.ts'
import { find, leads, type Vocabulary } from './words.ts'

const NOBODY_WHO_KNOWS = /^(?:for|if|whether|what|which|why|when|how|them|their|customer)\b/

/** "Read this before your first call", "everybody please use this script from Monday": about the text, not the call. */
const ABOUT_TEXT =
  /^\W*(?:(?:please|always|everybody|everyone|all|new|staff|team|agents?|on|the|desk|members?|you|we|should|must|also|and|then|only) ){0,8}(?:(?:re-?)?read|study|learn|memori[sz]e|print(?: out)?|bookmark|keep|use|follow|share|review|save|stick to|work from) (?:(?:this|these) (?:page|guide|script|playbook|document|handbook|instructions?|sheet|manual|runbook|text)s?\b|(?:this|these|it|them) (?:(?:carefully|first|through|once|twice|in full|at least once|again)\b|before (?:you|your|the first|every|each|taking|answering|calling)|at hand|handy|nearby|in mind|next to (?:you|the)|by (?:your|the) (?:desk|phone)|up[ -]to[ -]date|from (?:now|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|next|\d)|as (?:a|your) (?:guide|reference)|for (?:all|every|each) (?:calls?|chats?)))/

/** Is a sentence about the document itself? */
export function isAboutText(line: Line): boolean {
  return ABOUT_TEXT.test(lowOf(line).slice(0, 200))
}

/** Does a sentence tell the agent whom to ask when unsure, in whatever order? Linear in the sentence. */
export function isRemark(line: Line, words: Vocabulary): boolean {
  const low = lowOf(line)
  const start = skipJoins(low)
  const lead = leads(words.if, low, start) || leads(words.when, low, start)
  const doubt = doubtAt(low, start + lead, words)
  if (doubt > 0) {
    // "Unsure: ask Rita", "Not sure? Ask Rita": without an "if" nothing but the doubt stands in front.
    if (lead === 0 && !/^\s*[?,:–—-]/.test(low.slice(doubt))) return false
    return asks(low, doubt, low.length, words)
  }
  if (!asks(low, start, start + 40, words)) return false
  for (let at = start; ; ) {
    const next = find(words.if, low, at)
    const when = find(words.when, low, at, next.at < 0 ? low.length : next.at)
    const found = when.at >= 0 ? when : next
    if (found.at < 0) return false
    if (doubtAt(low, found.at + found.length, words) > 0) return true
    at = found.at + found.length
  }
}

/** Somebody who knows is asked, not the customer for what is missing. */
function asks(low: string, from: number, to: number, words: Vocabulary): boolean {
  const found = find(words.ask, low, from, to)
  if (found.at < 0) return false
  const whom = found.at + found.length + /^\s+(?:the )?|^/.exec(low.slice(found.at + found.length))![0].length
  return !NOBODY_WHO_KNOWS.test(low.slice(whom, whom + 12)) && leads(words.customer, low, whom) === 0
}

/** Where a phrase of doubt ends that begins at `at`, white space aside; 0 if there is none. */
function doubtAt(low: string, at: number, words: Vocabulary): number {
  const from = at + /^\s*/.exec(low.slice(at, at + 20))![0].length
  const length = leads(words.unsure, low, from)
  return length > 0 ? from + length : 0
}
