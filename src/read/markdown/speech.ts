// Who speaks: words said to the customer, words of the customer, instructions; and macros whose words stand elsewhere.
import type { Text, Voice } from '../../model/playbook.ts'
import { skipMarks } from './instructions.ts'
import { cut, flat, type Line, lowOf, textOf } from './line.ts'
import { firstWord, leads, plain, type Vocabulary } from './words.ts'

/** "Say:", "Reply to the user:", "**Use when:** …": what follows in the next block is said. */
export function announcesSpeech(line: Line, words: Vocabulary): boolean {
  const low = lowOf(line)
  if (!low.includes(':') && !low.includes('：') && !/use when|following|below|this/.test(low)) return false
  const open = /[:：]["'*_\s]*$/.test(low)
  const last = low.slice(Math.max(0, low.lastIndexOf('. ') + 1)).trimStart()
  const from = skipMarks(last, 0)
  if (/^(?:\W*)use when\b/.test(low)) return true
  if (
    !open &&
    !/\b(?:the )?(?:following|this|below) (?:message|reply|response|text|template|script|wording|email|e-mail|note to the customer)\b/.test(
      low,
    )
  )
    return false
  if (leads(words.say, last, from) > 0) return true
  if (
    /\b(?:say|ask|tell|reply|respond|response|inform|message|script|template|wording|macro|send|write|email|explain|text|read|answer|greet|offer|apologi[sz]e|thank|repl(?:y|ies) with)\b/.test(
      last,
    )
  )
    return true
  return false
}

/** Begins like something that is said: a quotation mark or a greeting. */
export function soundsSaid(line: Line, words: Vocabulary): boolean {
  if (/^\s*["“„«‘']/.test(line.text)) return true
  const low = lowOf(line)
  if (leads(words.greeting, low, skipMarks(low, 0)) > 0) return true
  if (line.text.length > 40 && /\bi(?:'m|'ll|'ve|'d)?\b/.test(low) && /\byou(?:r|'re|'ll|'ve)?\b/.test(low))
    return true
  // Placeholders, or somebody who speaks for himself to somebody else.
  if (/\{[\w ,/'-]{2,60}\}/.test(low.slice(0, 400)) && /\b(?:you|your|we|our|i|we're|you're|i'm)\b/.test(low))
    return true
  return (
    /^\W*(?:thanks|thank you|unfortunately|i'm|i am|i've|i have|i can|we've|we have|we're|good news|quick update|just)\b/.test(
      low,
    ) && /\byou(?:r|'re|'ll|'ve)?\b/.test(low)
  )
}

/** "Note:", "**Important:**" …: not said, and no step. */
export function isNote(line: Line, words: Vocabulary): boolean {
  const low = lowOf(line)
  const from = skipMarks(low, 0)
  const length = leads(words.note, low, from)
  if (length === 0) return false
  return (
    /^\s*(?:\([^)]{0,40}\)\s*)?[:!–—-]|^\s*$|^\s+that\b/.test(low.slice(from + length)) ||
    low.startsWith('please note', from)
  )
}

const SPEAKER = /^\s*(?:\*\*)?([\p{L} ]{2,25}?)(?: says| asks| speaks)?\s*[:：]\s*/u

const MACHINE =
  /^(?:bot|chat ?bot|voice ?bot|assistant|(?:virtual|digital|automated|ai|voice) (?:assistant|agent)|ivr|system|phone menu|voice menu|recording|automated (?:message|voice|system))$/

/** `Agent: …`, `Bot: …`, `Customer: …` at the start of a line. */
export function speakerOf(
  line: Line,
  words: Vocabulary,
): { voice: 'say' | 'hear'; who?: 'agent' | 'bot'; rest: Line } | null {
  const match = SPEAKER.exec(line.text.slice(0, 60))
  if (!match) return null
  const name = plain(match[1]!).trim()
  const rest = cut(line, match[0].length)
  if (MACHINE.test(name)) return { voice: 'say', who: 'bot', rest }
  if (/^(?:agent|agents|representative|rep|you|advis[eo]r|operator|support|csr|host)$/.test(name))
    return { voice: 'say', who: 'agent', rest }
  if (/^(?:they|contact|person)$/.test(name)) return null
  const whole = leads(words.customer, name)
  if (whole === name.length && whole > 0) return { voice: 'hear', rest }
  const agent = leads(words.agent, name)
  if (agent === name.length && words.language !== 'en' && name.length > 2)
    return { voice: 'say', who: 'agent', rest }
  return null
}

const QUOTES: [string, string][] = [
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['«', '»'],
]
const SHORTEST = 12

/**
 * The texts of an instruction: quoted sentences after a word like "say" are speech, the rest is instruction.
 * `said`: the whole line is speech.
 */
export function textsOf(line: Line, words: Vocabulary, said = false): Text[] {
  if (line.text === '') return []
  if (said) return [textOf(unquoted(line), 'say')]
  if (line.text.length < 100 && isBareCue(line.text, words)) return []
  const low = lowOf(line)
  const from = skipMarks(low, 0)
  const speaks =
    leads(words.say, low, from) > 0 ||
    /\b(?:say|says|saying|tell|ask|asks|asking|inform|reply|respond|message|explain|text|read|answer|state|mention|remind|along the lines of|something like|such as)\b/.test(
      low,
    )
  if (!speaks && !isQuoted(line.text)) return [textOf(line, 'do')]
  for (const [opening, closing] of QUOTES) {
    const start = line.text.indexOf(opening)
    if (start < 0) continue
    const end = line.text.indexOf(closing, start + 1)
    const inner = line.text.slice(start + 1, end)
    if (
      end - start - 1 < SHORTEST ||
      !/\s/.test(inner.trim()) ||
      !(TELLS.test(low.slice(0, start)) || isQuoted(line.text))
    )
      continue
    const before = cut(line, 0, start)
    const after = cut(line, end + 1)
    const texts: Text[] = []
    if (/[\p{L}\p{N}]/u.test(before.text) && !isBareCue(before.text, words)) texts.push(textOf(before, 'do'))
    texts.push(textOf(cut(line, start + 1, end), 'say'))
    if (/[\p{L}\p{N}]{2}/u.test(after.text)) texts.push(...textsOf(after, words))
    return texts
  }
  const single = /(?:^|\s)['‘](?=\S)([^'‘’]{25,400})['’](?=[\s.,;:!?)]|$)/.exec(line.text)
  if (single && TELLS_BRIEFLY.test(low.slice(0, single.index + 1))) {
    const start = single.index + single[0].indexOf(single[1]!)
    return [textOf(line, 'do'), textOf(cut(line, start, start + single[1]!.length), 'say')]
  }
  const colon = /^[^:]{1,60}[:：]\s+/.exec(line.text)
  if (colon && isBareCue(colon[0], words)) return [textOf(cut(line, colon[0].length), 'say')]
  return [textOf(line, 'do')]
}

/** Just before a quotation: somebody says it. */
const TELLS =
  /(?:\b(?:say|says|saying|ask|asks|asking|tell|telling|message|reply|replying|respond|responding|text|with|like|along the lines of|such as|read|reads|reading|state|stating|announce|inform\w*|explain\w*|answer\w*|mention\w*|remind\w*|offer\w*|greet\w*|confirm\w*|thank\w*|apologi\w*|write|writing|send|sending|add|script|phrase|e\.g\.|example)\b[^"“'‘.!?]{0,40}|[:,—–-]\s*|^\W*)$/
const TELLS_BRIEFLY =
  /\b(?:say|says|saying|message|reply|respond|ask|tell \w+(?: \w+)?|text|announce|state|like|read|phrase)\b[ :,]*$/

/** "Say:", "Reply:" and nothing else. */
function isBareCue(text: string, words: Vocabulary): boolean {
  const low = plain(text)
  const from = skipMarks(low, 0)
  const length = leads(words.say, low, from)
  if (length === 0) return false
  return /^(?: (?:the |your )?(?:customer|user|caller|client|member|them|to them|something like|with|reply|response|script))*\s*[:：,–—-]?\s*$/.test(
    low.slice(from + length),
  )
}

export function isQuoted(text: string): boolean {
  const trimmed = text.trim()
  return /^["“„«]/.test(trimmed) && /["”“»][.!?]?$/.test(trimmed) && trimmed.length > 3
}

/** Without the quotation marks around the whole. */
export function unquoted(line: Line): Line {
  if (!isQuoted(line.text) || /["”»]/.test(line.text.slice(1, -2))) return line
  const end = /["”“»][.!?]?$/.exec(line.text)!.index
  return cut(line, 1, end)
}

const MACRO =
  /\b(?:use|using|uses|send|sending|apply|applying|with|via|select|insert|choose|pick|trigger)\b[^.!?;]{0,70}\b(?:macros?|templates?|canned (?:response|reply|message)|snippet|saved repl(?:y|ies)|auto-?reply)\b/
const MACRO_NAMED = /\b(?:macro|template|snippet)\s*[:：]?\s*["“`*[]/

/** The name of the macro or template an instruction tells to use, whose words are not in the text. */
export function macroIn(line: Line): string | undefined {
  const low = lowOf(line)
  if (!/macro|template|canned|snippet|saved repl|auto-?repl/.test(low)) return undefined
  const match = MACRO.exec(low) ?? MACRO_NAMED.exec(low)
  if (!match) return undefined
  const from = match.index
  const to = Math.min(low.length, match.index + match[0].length + 60)
  const span = line.spans.find(
    span =>
      (span.kind === 'code' || span.kind === 'link' || span.kind === 'strong') &&
      span.from >= from &&
      span.to <= to,
  )
  if (span) return flat(line).slice(span.from, span.to).trim()
  const quoted = /["“'‘]([^"”'’]{2,80})["”'’]/.exec(line.text.slice(from, to))
  if (quoted) return quoted[1]!
  return flat(line)
    .slice(from, from + match[0].length)
    .trim()
}

export function voiceOf(said: boolean): Voice {
  return said ? 'say' : 'do'
}

export function firstWordOf(line: Line): string {
  const low = lowOf(line)
  return firstWord(low, skipMarks(low, 0))
}
