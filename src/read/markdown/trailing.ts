// Conditions behind their instruction: "do Y if X", "do Y unless X", "escalate if any of these:".
import { enclosed } from './clause-end.ts'
import type { Conditional } from './conditional.ts'
import { formOf } from './instructions.ts'
import { cut, has, type Line } from './line.ts'
import { lastTag } from './tags.ts'
import { AGENT_SUBJECT } from './verbs.ts'
import { IF, leads, UNLESS, type Vocabulary, WHEN } from './words.ts'

/** Verbs after which "if" means "whether", directly or behind whom one asks. */
const WHETHER =
  /\b(?:check|see|ask|verify|confirm|determine|know|sure|wonder|decide|tell|unclear|clear|doubt|validate|identify|assess|understand|inquire|enquire|question|look|evaluate|investigate|note|indicate|specify|discover|establish|say|consider|double-check|learn|inform|advise|state|show|find)(?:s|es|ing|ed)?(?:\s+(?:out|first|to see|with|me|us|you|him|her|them|back|about it|whether or not|(?:(?:with )?(?:the|your|our|their|a|an|any|each) )?(?:[\w-]+ )?(?:customers?|users?|callers?|clients?|members?|tenants?|teams?|status|engineers?|managers?|person|requester|agents?|teammates|colleagues)))*$/
/** Verbs that ask, whatever stands between them and "if". */
const ASKS =
  /\b(?:ask|asks|asking|see|seeing|determine|determines|know|let (?:\w+ ){1,3}know|find out|decide|wonder|investigate)(?:\s+(?!and\b|then\b|or\b|so\b)[\w'’-]+){0,5}$/
/** What is told may hold a condition of its own: "tell them to call back if it fails". */
const TELLING =
  /^\W*(?:please |then |also |and )?(?:tell|inform|ask|explain|remind|advise|let|say|reply|respond|notify|instruct|mention|note|remember|encourage|recommend|suggest|warn|thank|reassure|state|confirm)\b/
const NOT_HERE = /\b(?:as|even|what|except|like)$/

/** "… if:", "… when any of these is true:": the list below says what. */
const OPEN =
  /^(?:if|when)\b(?: (?:any|all|one|either|both|at least one))?(?: of (?:the following|these))?(?: [\w-]+){0,5}\s*:\s*$/

/** Null if there is none. Linear in the sentence. */
export function trailing(line: Line, low: string, words: Vocabulary): Conditional | null {
  if (words.language === 'other' || !has(line, IF | UNLESS | WHEN, words)) return null
  const skip = enclosed(low, 0)
  let pair = 0
  for (let i = 1; i < low.length; i++) {
    if (i === skip[pair]) {
      i = skip[pair + 1]!
      pair += 2
      continue
    }
    // Skipping over a bracket may have passed the place where the next would begin.
    while (pair < skip.length && skip[pair]! < i) pair += 2
    if (low[i - 1] !== ' ') continue
    const unless = leads(words.unless, low, i)
    const open = (low.startsWith('if', i) || low.startsWith('when', i)) && OPEN.test(low.slice(i, i + 120))
    const length = unless || leads(words.if, low, i) || (open ? 'when'.length : 0)
    if (length === 0 || /^(?:where|should the|provided|assuming)\b/.test(low.slice(i, i + 12))) continue
    const inner = low.slice(i + length).trimStart()
    if (isOptional(inner, words) || (inner.length < 3 && !open)) continue
    const before = low
      .slice(Math.max(0, i - 160), i)
      .trimEnd()
      .replace(/,$/, '')
    if (low.startsWith('even if', i) || NOT_HERE.test(before)) continue
    const only = /\bonly$/.test(before)
    if (!only && !open && (WHETHER.test(before) || ASKS.test(before))) continue
    if (TELLING.test(low) && / (?:that|to|when|how|why)(?: |$)/.test(before)) continue
    // "either A, or B if X": the condition is about a part of it.
    if (!only && !open && / (?:or|either) /.test(before)) continue
    const tag = lastTag(low.slice(0, i))
    const main = low.slice(0, tag?.at ?? i).replace(/[\s,]*(?:\bbut)?(?:\s*\bonly)?\s*$/, '')
    const form = formOf(main, words)
    if (form !== 'imperative' && !(form === 'duty' && AGENT_SUBJECT.test(main))) return null
    const from = unless ? i : i + length
    const end = low.length - /[.!\s]*$/.exec(low.slice(-5))![0].length
    return {
      when: cut(line, from, end),
      otherwise: false,
      ...(tag ? { chooser: tag.chooser } : {}),
      action: cut(line, 0, main.length),
      trailing: true,
      open,
    }
  }
  return null
}

/** "if needed", "if applicable": may be left out, but nothing branches there. */
export function isOptional(inner: string, words: Vocabulary): boolean {
  const length = leads(words.optional, inner)
  return length > 0 && !/^\s*[\p{L}\p{N}]/u.test(inner.slice(length))
}
