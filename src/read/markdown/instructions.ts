// Is a sentence an instruction, a prohibition, a question or a mere statement? English verbs decide; other languages by form.

import { type Line, lowOf, memoOf } from './line.ts'
import {
  AGENT_SUBJECT,
  CUSTOMER_SUBJECT,
  FINITE,
  HAPPENS,
  LEAD_INS,
  MODAL,
  MORE_NOUNISH_VERBS,
  NOUNISH,
  OBJECT_WORDS,
  PASSIVE,
  VERBS,
} from './verbs.ts'
import { firstWord, leads, type Vocabulary } from './words.ts'

/**
 * `imperative`: "Check the account". `duty`: "you should check", "the agent must", "the order should be closed".
 * `forbidden`: "do not offer". `reference`: "see X". `statement`: everything else that is said of something. `fragment`: no verb was seen.
 */
export type Form = 'imperative' | 'duty' | 'forbidden' | 'question' | 'reference' | 'statement'

const IMPERATIVES = new Set([...VERBS, ...MORE_NOUNISH_VERBS])
const SOMETIMES_NOUNS = new Set([...NOUNISH, ...MORE_NOUNISH_VERBS])
const LEADING = new Set(LEAD_INS)
/** Clauses that say when or what for, before the instruction: "To transfer, first …", "Once confirmed, …". */
const PREFACE =
  /^(?:to|in order to|once|after|before|as soon as|during|while|until|at|on|in|by|from|with|within|upon|for|since|because|as|based on|depending on|using|next to|prior to|following|where|when)\b/
/** "From the left menu click on …": where, then what, without a comma. */
const PLACED =
  /^(?:from|in|on|under|at|within|inside|using|via|after|once|to) [^,.:;?]{3,70} (?:click|select|open|choose|go to|navigate|press|check|enter|type|search|add|ask|set|change|run|scroll|copy|paste) (?:on|the|a|an|for|your|any|all|to|into|that|if|`|\*|")/
/** "You can find …": tells where something is, not what to do. */
const LOOKUPS = new Set([
  'find',
  'see',
  'receive',
  'get',
  'notice',
  'hear',
  'know',
  'help',
  'support',
  'assist',
  'handle',
  'read',
  'learn',
  'view',
  'be',
  'expect',
  'assume',
  'happen',
  'take',
  'result',
  'mean',
  'vary',
  'include',
  'require',
  'depend',
  'cause',
  'occur',
  'want',
  'need',
  'think',
  'notice',
  'imagine',
])

/** Nounish verbs that command even with a bare noun: "Reset password". */
const PLAIN = new Set([
  'check',
  'reset',
  'update',
  'restart',
  'close',
  'open',
  'save',
  'send',
  'submit',
  'clear',
  'switch',
  'repeat',
  'set',
  'run',
  'edit',
  'copy',
  'mark',
  'reply',
  'force',
  'issue',
  'start',
  'stop',
  'log',
  'store',
  'sort',
  'filter',
  'pause',
  'add',
])
/** Nouns that stand before other nouns more often than they command: "support engineer", "contact details". */
const COMPOUNDS = new Set([
  'support',
  'contact',
  'email',
  'phone',
  'call',
  'order',
  'request',
  'issue',
  'process',
  'sign',
  'test',
  'purchase',
  'return',
  'transfer',
  'record',
  'report',
  'share',
  'help',
  'plan',
  'claim',
  'change',
  'question',
  'access',
  'price',
  'benefit',
  'refund',
  'release',
  'charge',
])
const HEADS =
  /^ (?:engineers?|teams?|agents?|managers?|tickets?|desks?|staff|pages?|cent(?:er|re)s?|polic(?:y|ies)|plans?|forms?|numbers?|address(?:es)?|details|information|types?|status(?:es)?|levels?|settings|options|history|codes?|names?|rates?|requests?|process(?:es)?|channels?|hours|ids?|period|owner|holders?|workflow|log|record|reason|reasons|amount|date)\b/

/** "Refer to the billing guide", "See the section below": where to read, not what to do. */
const LOOK =
  /^\W*(?:please )?(?:refer(?: back)? to|see|read more|for more|check out|have a look at|take a look at)\b(?! (?:if|whether|the customer|a manager|a supervisor|your))/

/** The form of a line, found out once. */
export function formOfLine(line: Line, words: Vocabulary): Form {
  const memo = memoOf(line)
  memo.form ??= formOf(lowOf(line), words)
  return memo.form as Form
}

/** `text` is plain (see words.ts), a sentence without its condition. O(length). */
export function formOf(whole: string, words: Vocabulary): Form {
  const aside = /^\W*\([^()]{0,60}\)\s*/.exec(whole)
  const text = aside ? whole.slice(aside[0].length) : whole
  if (LOOK.test(text)) return 'reference'
  const at = skipMarks(text, 0)
  if (leads(words.forbidden, text, at) > 0) return 'forbidden'
  if (isImperative(text, words)) return 'imperative'
  if (text.trimEnd().endsWith('?')) return 'question'
  if (isDuty(text.slice(at), words)) return 'duty'
  if (PLACED.test(text.slice(at, at + 160))) return 'imperative'
  const comma = text.indexOf(', ', at)
  if (comma > 0 && comma < 200 && PREFACE.test(text.slice(at))) {
    const rest = text.slice(comma + 2)
    if (leads(words.forbidden, rest) > 0) return 'forbidden'
    if (isImperative(rest, words)) return 'imperative'
    if (isDuty(rest, words)) return 'duty'
  }
  return 'statement'
}

/** Does an instruction stand at the start of this plain text? */
export function isImperative(text: string, words: Vocabulary): boolean {
  let at = skipMarks(text, 0)
  for (let i = 0; i < 4; i++) {
    const word = firstWord(text, at)
    if (!LEADING.has(word) && !(word.endsWith('ly') && word.length > 4)) break
    const next = skipMarks(text, at + word.length)
    if (IMPERATIVES.has(word) && !IMPERATIVES.has(firstWord(text, next))) break
    at = next
  }
  if (leads(words.go, text, at) > 0 || leads(words.end, text, at) > 0) return true
  if (words.language !== 'en' && words.language !== 'other' && leads(words.say, text, at) > 0) return true
  let verb = firstWord(text, at)
  if (text[at + verb.length] === '-') {
    const whole = /^[a-z]+(?:-[a-z]+)+/.exec(text.slice(at, at + 40))?.[0]
    if (whole && IMPERATIVES.has(whole)) verb = whole
    else if (whole && !/^(?:cc|double|re|de|pre|un|co)-/.test(whole)) return false
  }
  if (verb === 'not' || (leads(words.step, text, at) > 0 && /^ ?#?\d/.test(text.slice(at + verb.length))))
    return false
  if (verb === "let's") return true
  if (!IMPERATIVES.has(verb)) return false
  if (COMPOUNDS.has(verb) && HEADS.test(text.slice(at + verb.length, at + verb.length + 24))) return false
  const after = text.slice(at + verb.length, at + verb.length + 60)
  const next = firstWord(after, skipMarks(after, 0))
  if (FINITE.has(next) || (next === 'of' && !/^(?:think|dispose|beware|speak|hear)$/.test(verb))) return false
  if (/^\s*[:,]/.test(after) && SOMETIMES_NOUNS.has(verb)) return false
  if (!SOMETIMES_NOUNS.has(verb)) return true
  if (OBJECT_WORDS.has(next) || /^\d/.test(next) || /^\s*["'“`*<{[(@#/]/.test(after)) return true
  // A noun would need a finite verb or stand alone; an instruction has an object and goes on.
  const tail = text.slice(at + verb.length)
  if (tail.split(/\s+/, 3).filter(Boolean).length === 0) return false
  if (PLAIN.has(verb) && /^\s+[a-z-]+[.\s]*$/.test(tail)) return true
  return (
    !/^\s+(?:[\w-]+\s+){0,3}(?:is|are|was|were|has|have|had|will|can|could|may|must|should|does|do|did|includes?|means?|refers?)\b/.test(
      tail,
    ) && /\s\S+\s\S+/.test(tail)
  )
}

/** Third person: "Spins up the situation room", as the items of a role's checklist are written. */
export function isThirdPerson(text: string): boolean {
  const word = firstWord(text, skipMarks(text, 0))
  if (!word.endsWith('s') || word.length < 4) return false
  const stems = [word.slice(0, -1), word.slice(0, -2), `${word.slice(0, -3)}y`]
  return (
    stems.some(stem => IMPERATIVES.has(stem)) && /^\s+\S+/.test(text.slice(text.indexOf(word) + word.length))
  )
}

function isDuty(text: string, words: Vocabulary): boolean {
  const subject = AGENT_SUBJECT.exec(text) ?? CUSTOMER_SUBJECT.exec(text)
  if (subject) {
    const modal = MODAL.exec(text.slice(subject[0].length).trimStart())
    if (modal) {
      const weak = /^(?:\w+ )*(?:may|can|could|will(?! need| have)|'ll|are able|is able)\b/.test(modal[0])
      if (!weak) return true
      return (
        !CUSTOMER_SUBJECT.test(text) &&
        !text.startsWith('they') &&
        IMPERATIVES.has(modal[1]!) &&
        !LOOKUPS.has(modal[1]!)
      )
    }
  }
  if (words.language !== 'en' || /^(?:if|whether|why|how|what|which|who|where|that|when)\b/.test(text))
    return HAPPENS.test(text.slice(0, 300))
  return (
    PASSIVE.test(text.slice(0, 300)) ||
    HAPPENS.test(text.slice(0, 300)) ||
    /, (?:and|so|then) (?:you|agents?|the agent) (?:must|should|need to|have to) (?!not)/.test(
      text.slice(0, 400),
    )
  )
}

/** White space, opening quotes, stars, check boxes and emoji before the first word. */
export function skipMarks(text: string, from: number): number {
  let at = from
  while (at < text.length && at < from + 60) {
    const code = text.charCodeAt(at)
    const letter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57)
    if (letter || text[at] === '#' || text[at] === '@' || text[at] === '`' || text[at] === '{') break
    if (code > 127 && /[\p{L}\p{N}]/u.test(text.slice(at, at + 2))) break
    at++
  }
  return at
}
