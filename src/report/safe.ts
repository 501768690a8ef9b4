// Makes text of playbooks harmless for a terminal and a log: no control sequences, no hidden or reordered characters.

const ESC = 0x1b
const BEL = 0x07

/**
 * The text on one line, without terminal sequences (CSI, OSC with its links, DCS), control characters (C0, C1),
 * bidi marks, overrides and isolates, zero-width and tag characters. Line breaks and tabs become a space, lone halves
 * of surrogate pairs U+FFFD. Linear.
 */
export function safeText(text: string): string {
  if (!mayBeUnsafe(text)) return text.trim()
  const kept: string[] = []
  // Blanks around a line break are part of it.
  let blanks = ''
  let isBreak = false
  for (const { text: character } of safeCharacters(text)) {
    if (character === '\n') isBreak = true
    else if (character === ' ') blanks += character
    else {
      kept.push(isBreak ? ' ' : blanks, character)
      blanks = ''
      isBreak = false
    }
  }
  return kept.join('').trim()
}

/** The lines of the text, each harmless, with the blanks at their beginning kept: for text to paste. */
export function safeLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029]/).map(line => {
    const indent = /^[ \t]*/.exec(line)![0]
    return (indent.replaceAll('\t', '  ') + safeText(line)).trimEnd()
  })
}

/** What is left of the text character by character, each with the index where it stood; a line break is `\n`. Linear. */
export function safeCharacters(text: string): { at: number; text: string }[] {
  const out: { at: number; text: string }[] = []
  let at = 0
  while (at < text.length) {
    const code = text.codePointAt(at)!
    const size = code > 0xffff ? 2 : 1
    if (code === 0x0d && text.charCodeAt(at + 1) === 0x0a) at += 1
    else if (isLineBreak(code)) out.push({ at: at++, text: '\n' })
    else if (code === 0x09) out.push({ at: at++, text: ' ' })
    else if (code === ESC) at += 1 + escapeLength(text, at + 1)
    else if (code >= 0x80 && code <= 0x9f) at += 1 + bodyLength(text, at + 1, code - 0x40)
    else if (code >= 0xd800 && code <= 0xdfff) out.push({ at: at++, text: '\ufffd' })
    else if (isHidden(code)) at += size
    else {
      out.push({ at, text: text.slice(at, at + size) })
      at += size
    }
  }
  return out
}

/**
 * A value as JSON with two blanks of indent, in which every character that a terminal would obey or hide is written
 * as an escape: the same value when parsed, harmless when printed.
 */
export function safeJson(value: unknown, indent: number | undefined = 2): string {
  return JSON.stringify(value, null, indent).replace(
    /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * Lines for a terminal or a log that belongs to a build service: no blanks at their ends, and nothing in them that
 * GitHub or Azure would take for a command of the build.
 */
export function printed(lines: readonly string[]): string {
  const text = lines.map(line => line.trimEnd().replace(/^(\s*):(?=:)/, '$1: ')).join('\n')
  return text === '' ? '' : `${text.replace(/##(?=\[|vso\[)/g, '## ')}\n`
}

/** How many characters after ESC belong to its sequence. */
function escapeLength(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code === 0x5b || code === 0x5d || code === 0x50 || code === 0x58 || code === 0x5e || code === 0x5f) {
    return 1 + bodyLength(text, at + 1, code)
  }
  let end = at
  while (text.charCodeAt(end) >= 0x20 && text.charCodeAt(end) <= 0x2f) end++
  const last = text.charCodeAt(end)
  return last >= 0x30 && last <= 0x7e ? end - at + 1 : end - at
}

/** How many characters follow the introducer `[` (CSI), `]` (OSC), `P X ^ _` (other strings); 0 for any other. */
function bodyLength(text: string, at: number, introducer: number): number {
  let end = at
  if (introducer === 0x5b) {
    while (text.charCodeAt(end) >= 0x20 && text.charCodeAt(end) <= 0x3f) end++
    const last = text.charCodeAt(end)
    return last >= 0x40 && last <= 0x7e ? end - at + 1 : end - at
  }
  if (
    introducer !== 0x5d &&
    introducer !== 0x50 &&
    introducer !== 0x58 &&
    introducer !== 0x5e &&
    introducer !== 0x5f
  )
    return 0
  while (end < text.length && !isControl(text.charCodeAt(end))) end++
  // A string that nothing ends is shown: nobody may hide the rest of a playbook behind two characters.
  if (end === text.length) return 0
  const last = text.charCodeAt(end)
  if (last === BEL || last === 0x9c) return end - at + 1
  if (last === ESC && text.charCodeAt(end + 1) === 0x5c) return end - at + 2
  return end - at
}

function mayBeUnsafe(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (
      code < 0x20 ||
      (code >= 0x7f &&
        (isHidden(code) || (code >= 0x7f && code <= 0x9f) || (code >= 0xd800 && code <= 0xdfff)))
    ) {
      return true
    }
  }
  return false
}

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code <= 0x9f)
}

function isLineBreak(code: number): boolean {
  return (code >= 0x0a && code <= 0x0d) || code === 0x85 || code === 0x2028 || code === 0x2029
}

/** Control characters without a meaning here, and what is invisible or turns the direction of writing. */
function isHidden(code: number): boolean {
  if (code < 0xad) return isControl(code)
  return (
    code === 0xad ||
    code === 0x34f ||
    code === 0x61c ||
    (code >= 0x115f && code <= 0x1160) ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    code === 0x3164 ||
    code === 0xfeff ||
    code === 0xffa0 ||
    (code >= 0xfff9 && code <= 0xfffb) ||
    (code >= 0xe0000 && code <= 0xe0fff)
  )
}
