// Text in columns: how wide it is on a terminal, cutting it to a width, wrapping painted words.
import type { Paint } from './context.ts'

/**
 * A stretch of text in one colour. An `apart` span is never broken and stands two blanks off what comes before it, so
 * that places and ids can be told from words without colour.
 */
export type Span = { text: string; paint?: Paint; apart?: boolean }

/** The columns a text takes: 2 for wide letters and emoji, 0 for marks that join the letter before. */
export function width(text: string): number {
  if (NARROW.test(text)) return text.length
  let sum = 0
  for (const character of text) sum += widthOf(character)
  return sum
}

/** The text, or as much of it as fits followed by "…", cut between words where one is near. */
export function clip(text: string, columns: number): string {
  if (text.length <= columns && width(text) <= columns) return text
  let used = 0
  let cut = 0
  for (const character of text) {
    const wide = widthOf(character)
    if (used + wide > columns - 1) break
    used += wide
    cut += character.length
  }
  const head = text.slice(0, cut)
  const blank = head.lastIndexOf(' ')
  const atWord = text[cut] === ' ' || blank < cut * 0.6 ? head : head.slice(0, blank)
  return `${atWord.trimEnd()}…`
}

/** Fills up with blanks on the right. */
export function pad(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)))
}

/** Stands for a blank at which no line is broken. */
export const NO_BREAK = '\u00a0'

/** Lines no wider than `columns`, broken at blanks; a single word that is wider stays whole unless it is of wide letters. */
export function wrap(spans: readonly Span[], columns: number): string[] {
  const room = Math.max(columns, 16)
  const lines: string[] = []
  let line: Piece[] = []
  let used = 0
  for (const { text, paint, gap } of wordsOf(spans, room)) {
    const wide = width(text)
    if (used > 0 && used + gap + wide > room) {
      lines.push(painted(line))
      line = []
      used = 0
    } else if (used > 0 && gap > 0) {
      append(line, BLANKS[gap]!, line.at(-1)?.paint === paint ? paint : undefined)
      used += gap
    }
    append(line, text, paint)
    used += wide
  }
  if (line.length > 0) lines.push(painted(line))
  return lines
}

/** Puts `first` before the first line and as many blanks (or `rest`) before the others. */
export function hang(first: string, lines: readonly string[], rest = ' '.repeat(width(first))): string[] {
  return lines.map((line, index) => (index === 0 ? first : rest) + line)
}

type Piece = { text: string; paint: Paint | undefined }
/** `gap`: blanks in front of it where it does not begin a line. */
type Word = Piece & { gap: 0 | 1 | 2 }

const BLANKS = ['', ' ', '  ']

function wordsOf(spans: readonly Span[], room: number): Word[] {
  const words: Word[] = []
  for (const { text, paint, apart } of spans) {
    if (apart) {
      if (text !== '') words.push({ text, paint, gap: 2 })
      continue
    }
    let gap: 0 | 1 = /^[.,;:)!?]/.test(text) ? 0 : 1
    for (const word of text.split(' ')) {
      if (word === '') continue
      for (const piece of broken(word, room)) {
        words.push({ text: piece.replaceAll(NO_BREAK, ' '), paint, gap })
        gap = 0
      }
      gap = 1
    }
  }
  return words
}

/** A word of wide letters (which are written without blanks) in pieces that fit, or the word itself. */
function broken(word: string, room: number): string[] {
  if (word.length <= room / 2 || width(word) <= room || width(word) === word.length) return [word]
  const pieces: string[] = []
  let piece = ''
  let used = 0
  for (const character of word) {
    const wide = widthOf(character)
    if (used + wide > room) {
      pieces.push(piece)
      piece = ''
      used = 0
    }
    piece += character
    used += wide
  }
  return [...pieces, piece]
}

function append(line: Piece[], text: string, paint: Paint | undefined): void {
  const last = line.at(-1)
  if (last && last.paint === paint) last.text += text
  else line.push({ text, paint })
}

function painted(line: readonly Piece[]): string {
  return line.map(({ text, paint }) => (paint ? paint(text) : text)).join('')
}

/** Text of which every letter takes one column: most of it. */
const NARROW = /^[\u0020-\u02ff]*$/
const MARK = /^\p{M}$/u
const EMOJI = /^\p{Emoji_Presentation}$/u

function widthOf(character: string): number {
  const code = character.codePointAt(0)!
  if (code < 0x300) return 1
  if (MARK.test(character) || (code >= 0x200b && code <= 0x200f)) return 0
  if (code >= 0x1100 && isWide(code)) return 2
  return EMOJI.test(character) ? 2 : 1
}

function isWide(code: number): boolean {
  return (
    code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1f64f) ||
    (code >= 0x1f900 && code <= 0x1f9ff) ||
    (code >= 0x20000 && code <= 0x3fffd)
  )
}
