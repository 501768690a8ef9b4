// Splits a line into its sentences, never inside quotation marks or brackets.
import { cut, type Line, lowOf, memoOf } from './line.ts'
import { leads, type Vocabulary } from './words.ts'

/** Their full stop never ends a sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:e\.g|i\.e|vs|mr|mrs|ms|dr|approx|incl|excl|resp|cf|fig|est|ca|z\.b|bzw|d\.h|u\.a|[b-z]|т\.е|bl\.a|f\.eks|nt|vol|ext|tel)\.$/
/** "…, and if X, do Y": a second thought in the same sentence. */
const JOINED = /^ (?:and|but) if /

const CLOSERS = '"\'”’)]*_»'

/** Linear in the line. Every character but white space belongs to exactly one sentence. */
export function sentencesOf(line: Line, words: Vocabulary): readonly Line[] {
  const memo = memoOf(line)
  memo.sentences ??= split(line, words)
  return memo.sentences
}

function split(line: Line, words: Vocabulary): Line[] {
  const text = line.text
  const low = lowOf(line)
  const skip = enclosed(text)
  let pair = 0
  const found: Line[] = []
  let from = 0
  const end = (at: number) => {
    if (text.slice(from, at).trim() !== '') found.push(cut(line, from, at))
    from = at
  }
  for (let i = 0; i < text.length; i++) {
    if (i === skip[pair]) {
      const past = skip[pair + 1]!
      pair += 2
      i = past
      // A quoted sentence that ends the sentence around it.
      if (/[.!?]/.test(text[past - 1] ?? '') && startsSentence(text, past + 1) && /["”»]/.test(text[past]!))
        end(past + 1)
      continue
    }
    const c = text[i]!
    if (c === '\n') {
      if (breaksLine(text, low, i, words)) end(i)
      continue
    }
    if (
      c === ' ' &&
      JOINED.test(low.slice(i, i + 9)) &&
      !/^\W*(?:if|when|unless|whether)\b/.test(low.slice(from, from + 12))
    ) {
      end(i + 1)
      continue
    }
    if (c === ';' && text[i + 1] === ' ') {
      const next = i + 2
      if (
        leads(words.if, low, next) ||
        leads(words.otherwise, low, next) ||
        leads(words.unless, low, next) ||
        leads(words.when, low, next)
      )
        end(i + 1)
      continue
    }
    if (c !== '.' && c !== '!' && c !== '?' && c !== '…' && c !== '。') continue
    if (c === '.' && ABBREVIATION.test(low.slice(Math.max(0, i - 8), i + 1))) continue
    if (c === '?' && isDoubt(low, from, i, words)) continue
    let next = i + 1
    while (
      next < text.length &&
      (CLOSERS.includes(text[next]!) || text[next] === '.' || text[next] === '!' || text[next] === '?')
    )
      next++
    if (next < text.length && /\s/.test(text[next]!) && startsSentence(text, next, low, words)) {
      end(next)
      i = next - 1
    } else if (c === '。') end(next)
  }
  end(text.length)
  return found
}

/** "Not sure? Ask Rita." is one sentence in two. */
function isDoubt(low: string, from: number, to: number, words: Vocabulary): boolean {
  const start = from + /^\s*/.exec(low.slice(from, from + 20))![0].length
  return start < to && leads(words.unsure, low, start) === to - start
}

function startsSentence(text: string, at: number, low?: string, words?: Vocabulary): boolean {
  let i = at
  while (i < text.length && /\s/.test(text[i]!)) i++
  if (i === text.length) return true
  if (low && words && (leads(words.if, low, i) || leads(words.otherwise, low, i))) return true
  return !/^\p{Ll}/u.test(text.slice(i, i + 2))
}

/** A line break ends a sentence where the next line begins a new thought: a condition, a label, after a colon. */
function breaksLine(text: string, low: string, at: number, words: Vocabulary): boolean {
  let before = at - 1
  while (before >= 0 && (text[before] === ' ' || CLOSERS.includes(text[before]!))) before--
  const last = text[before] ?? ''
  let next = at + 1
  while (text[next] === ' ') next++
  const upper = /^[\p{Lu}\p{N}"“*_•–—-]/u.test(text.slice(next, next + 2))
  if (/[.!?:…]/.test(last)) return upper || leads(words.if, low, next) > 0
  if (!upper) return false
  if (/[,;(]/.test(last)) return false
  if (leads(words.if, low, next) || leads(words.otherwise, low, next)) return true
  return (
    /^[•–—-]\s/.test(text.slice(next, next + 2)) || /^[A-Z][\w ]{1,25}:\s/.test(text.slice(next, next + 30))
  )
}

/** A quotation in single marks, which are apostrophes elsewhere. */
const SINGLE = /^['‘](?=\S)(?:[^'‘’\n]|['’](?=\p{L}))*?\S['’](?=[\s.,;:!?)]|$)/u

const PAIRS: Record<string, string> = { '"': '"', '“': '”', '«': '»', '„': '“', '(': ')', '[': ']' }

/** Where quotations and brackets open and close, in turn; those that never close are left out. */
function enclosed(text: string): number[] {
  const found: number[] = []
  if (!/["“«„([‘']/.test(text)) return found
  const none = new Set<string>()
  for (let i = 0; i < text.length; i++) {
    if ((text[i] === "'" || text[i] === '‘') && /[\s(:]|^$/.test(text[i - 1] ?? '')) {
      const quoted = SINGLE.exec(text.slice(i, i + 300))
      if (quoted) {
        found.push(i, i + quoted[0].length - 1)
        i += quoted[0].length - 1
      }
      continue
    }
    const closing = PAIRS[text[i]!]
    if (closing === undefined || none.has(closing)) continue
    if (text[i] === '"' && /\w/.test(text[i - 1] ?? ' ')) continue
    const length = text.slice(i + 1, i + 1500).indexOf(closing)
    if (length < 0) {
      if (i + 1500 >= text.length) none.add(closing)
    } else {
      found.push(i, i + 1 + length)
      i += 1 + length
    }
  }
  return found
}
