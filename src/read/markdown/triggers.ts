// When a procedure applies: "When a customer wishes to cancel …" as its first words, or a heading such as "Cancellations".
import type { Block } from './blocks.ts'
import { conditional } from './conditions.ts'
import { cut, type Line, lowOf } from './line.ts'
import type { Reading } from './reading.ts'
import { sentencesOf } from './sentences.ts'
import { CUSTOMER_SUBJECT } from './verbs.ts'
import { leads, type Vocabulary } from './words.ts'

const WISHES =
  /\b(?:wish(?:es)?|wants?|would like|requests?|requested|asks?|asking|needs?|contacts?|calls?|reports?|complains?|says?|submits?|writes?|emails?|is unhappy|decides?|intends?|reaches out|opens a ticket|raises|inquires?|tells us|has requested|is asking|disputes?|cancels?)\b/

/** "Use when: …" above a macro. */
export const USE_WHEN = /^\W*use (?:this )?(?:when|if|for)\b[\s:*_]*/i

/** "Follow this", "use the script below": points at the text, nothing that is done. */
export const FOLLOW =
  /\b(?:follow|use|read|work through|go through|stick to) (?:this|these|the|our) ?(?:$|[.:!,]|(?:steps?|script|guide|page|procedure|playbook|process|instructions|sections?|parts?|order)\b)|\b(?:as follows|in this order|in the order below|the steps below)\b/

/**
 * Takes the trigger sentence out of the first paragraph of a section and gives it back; the rest of the section is not
 * guarded by it. `blocks` is changed in place.
 */
export function opensWithTrigger(blocks: Block[], reading: Reading): Line[] {
  const at = blocks.findIndex(block => block.kind !== 'comment')
  const first = blocks[at]
  if (first?.kind !== 'paragraph' || first.line.text === '') return []
  const use = USE_WHEN.exec(first.line.text)
  if (use) {
    blocks.splice(at, 1)
    return [cut(first.line, use[0].length)]
  }
  const sentence = sentencesOf(first.line, reading.words)[0]
  const found = sentence ? conditional(sentence, reading.words) : null
  if (
    !sentence ||
    !found?.when ||
    found.trailing ||
    found.otherwise ||
    !isTrigger(lowOf(found.when), reading.words)
  )
    return []
  // Several such sentences are cases to tell apart, not the trigger of the whole.
  const others = blocks
    .slice(at + 1)
    .some(block => block.kind === 'paragraph' && startsCase(block.line, reading.words))
  const rest = found.action
    ? cut(first.line, first.line.text.indexOf(found.action.text))
    : cut(first.line, sentence.text.length)
  if (others || startsCase(rest, reading.words)) return []
  if (rest.text === '' || rest.text === ':' || (rest.text.length < 60 && FOLLOW.test(lowOf(rest))))
    blocks.splice(at, 1)
  else blocks[at] = { ...first, line: rest, range: rest.range }
  return [found.when]
}

function startsCase(line: Line, words: Vocabulary): boolean {
  const low = lowOf(line)
  return leads(words.if, low) > 0 || leads(words.when, low) > 0 || leads(words.otherwise, low) > 0
}

/** Do these words say that a customer comes with a wish? */
export function isTrigger(low: string, words: Vocabulary): boolean {
  const lead = leads(words.if, low) || leads(words.when, low)
  const rest = low.slice(lead).trimStart()
  if (words.language !== 'en') return leads(words.customer, rest) > 0
  return CUSTOMER_SUBJECT.test(rest) && WISHES.test(rest.slice(0, 120))
}
