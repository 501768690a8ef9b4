// What kind of character a code unit is, and how words are folded so that spellings of one word are equal.

export const OTHER = 0
export const LETTER = 1
export const DIGIT = 2
export const SPACE = 3
export const NEWLINE = 4

/** Kinds by code unit, filled on demand; 255 = not asked yet. */
const kinds = new Uint8Array(65536).fill(255)

/** The kind of a UTF-16 code unit. Marks and joiners count as letters; halves of pairs are OTHER. */
export function kindOf(code: number): number {
  const known = kinds[code]!
  return known === 255 ? (kinds[code] = classify(code)) : known
}

function classify(code: number): number {
  if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029) return NEWLINE
  if (code >= 0x30 && code <= 0x39) return DIGIT
  // Soft hyphen and zero-width joiners stand inside words.
  if (code === 0xad || (code >= 0x200b && code <= 0x200d) || code === 0x2060 || code === 0xfeff) return LETTER
  const character = String.fromCharCode(code)
  if (/\s/.test(character)) return SPACE
  if (/[\p{L}\p{M}]/u.test(character)) return LETTER
  return OTHER
}

export function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019 || code === 0x2bc || code === 0x2018
}

export type Fold = (word: string) => string

const PLAIN = /^[a-z]+$/
const INVISIBLE = /[\u00ad\u200b-\u200d\u2060\ufeff]/g

/** Lower case, one Unicode form, one apostrophe; then what the language asks for (`fold:` of its lexicon). */
export function foldFor(names: readonly string[]): Fold {
  const more = names.map(name => {
    const fold = FOLDS[name]
    if (!fold) throw new Error(`unknown fold "${name}"; expected one of ${Object.keys(FOLDS).join(', ')}`)
    return fold
  })
  return word => {
    const lower = word.toLowerCase()
    if (PLAIN.test(lower)) return lower
    let folded = lower
      .normalize('NFC')
      .replace(INVISIBLE, '')
      .replace(/[\u2019\u2018\u02bc]/g, "'")
    for (const fold of more) folded = fold(folded)
    return folded
  }
}

const FOLDS: Record<string, Fold> = {
  yo: word => word.replaceAll('ё', 'е'),
  'sharp-s': word => word.replaceAll('ß', 'ss'),
  accents: word =>
    word
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .normalize('NFC'),
  // Old and new placement of the tone mark at the end of a syllable: hoà = hòa, huỷ = hủy (but quý stays).
  'vi-tones': word => {
    const at = word.length - 2
    if (at < 0 || word[at - 1] === 'q') return word
    const moved = TONES.get(word.slice(at))
    return moved === undefined ? word : word.slice(0, at) + moved
  },
}

const TONES = new Map<string, string>()
for (const [glide, vowels] of [
  ['o', 'aàáảãạ'],
  ['o', 'eèéẻẽẹ'],
  ['u', 'yỳýỷỹỵ'],
] as const) {
  const glides = glide === 'o' ? 'oòóỏõọ' : 'uùúủũụ'
  for (let tone = 1; tone < 6; tone++) TONES.set(glide + vowels[tone], glides[tone]! + vowels[0])
}
