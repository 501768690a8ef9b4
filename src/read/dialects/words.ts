// Words out of what flow tools write: names become words, speech markup is taken off, long texts become titles.
import type { Text, Voice } from '../../model/playbook.ts'
import type { Excerpt } from '../../model/position.ts'
import { joined, part, trimmed } from '../../model/source.ts'

/** `deliveryFailure`, `cancel_subscription`, `cancel-subscription` → `delivery failure` and so on, each at its place. */
export function wordsOf(name: Excerpt): Excerpt {
  const { text } = name
  const pieces: Excerpt[] = []
  let start = 0
  let isHumped = false
  for (let i = 0; i <= text.length; i++) {
    const seam = i === text.length || /[_\-\s.]/.test(text[i]!)
    const hump = !seam && i > 0 && /\p{Ll}|\d/u.test(text[i - 1]!) && /\p{Lu}/u.test(text[i]!)
    if (!seam && !hump) continue
    const piece = part(name, start, i)
    if (isHumped && /^\p{Lu}\p{Ll}*$/u.test(piece.text)) piece.text = lowered(piece.text)
    start = seam ? i + 1 : i
    isHumped = hump
    if (piece.text === '') continue
    if (pieces.length > 0) pieces.push({ text: ' ', marks: piece.marks.slice(0, 1) })
    pieces.push(piece)
  }
  return joined(pieces)
}

/** In small letters, if that keeps the length, by which places are known. */
function lowered(text: string): string {
  const low = text.toLowerCase()
  return low.length === text.length ? low : text
}

/** The same for a text without a place: for titles. */
export function spaced(name: string): string {
  return wordsOf({ text: name, marks: [] }).text.toLowerCase()
}

/** Speech markup (`<speak>…<break time="1s"/>`) without its tags; a tag stands for a space. Linear. */
export function withoutTags(excerpt: Excerpt): Excerpt {
  const { text } = excerpt
  if (!text.includes('<')) return excerpt
  const pieces: Excerpt[] = []
  let start = 0
  let open = text.indexOf('<')
  while (open >= 0) {
    const close = text.indexOf('>', open)
    if (close < 0) break
    pieces.push(part(excerpt, start, open))
    pieces.push({ text: ' ', marks: part(excerpt, open, open + 1).marks })
    start = close + 1
    open = text.indexOf('<', start)
  }
  pieces.push(part(excerpt, start, text.length))
  return trimmed(joined(pieces.filter(p => p.text !== '')))
}

/** Several excerpts with something of our own in between. */
export function joinedBy(between: string, excerpts: readonly Excerpt[]): Excerpt {
  return joined(
    excerpts.flatMap((e, i) => (i === 0 ? [e] : [{ text: between, marks: e.marks.slice(0, 1) }, e])),
  )
}

const LONGEST_TITLE = 60

/** The beginning of a text as a title. */
export function shortened(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST_TITLE)
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= LONGEST_TITLE) return line
  const space = line.lastIndexOf(' ', LONGEST_TITLE)
  return `${line.slice(0, space > LONGEST_TITLE / 2 ? space : LONGEST_TITLE)} …`
}

export function voiced(voice: Voice, excerpt: Excerpt): Text {
  return { ...excerpt, voice }
}
