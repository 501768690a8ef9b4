// The pattern language: reads one pattern into items, each a choice between short sequences of words or a gap.

/** Words are numbered by the vocabulary: a set of words (of one word, or the union of others) is a number. */
export type SetNumber = number
/** Tokens that follow each other directly. */
export type Sequence = readonly SetNumber[]

export type Item = { gap: number } | { choices: readonly Sequence[]; optional: boolean }
export type PatternTree = { items: Item[]; imperative: boolean }

/** What a token may be: a number, a sign of per cent or of currency, a placeholder. */
export const SYMBOLS: Readonly<Record<string, string>> = {
  '#': '#',
  '<pct>': '%',
  '<money>': '$',
  '<var>': '{',
}

export type PatternContext = {
  classes: Readonly<Record<string, readonly string[]>>
  /**
   * The set of words that are `=word`, start with `<word`, end with `>word` or contain `~word`; of the symbols
   * `#` `%` `$` `{` the set of those.
   */
  set: (term: string) => SetNumber
  union: (sets: readonly SetNumber[]) => SetNumber
  /** Takes a word apart as the tokeniser would (clitics, hyphens), folded. */
  parts: (word: string) => readonly string[]
  /** Further forms of a plain word (`match: inflect`); without it only itself. */
  forms?: (word: string) => string[]
  /** Classes and words already read. */
  cache: Map<string, readonly Sequence[]>
}

export const MAX_GAP = 8
export const MAX_CHOICES = 400
export const MAX_ITEMS = 16

type Fail = (what: string) => never

/** Reads a pattern. Throws an error that names the pattern and what is wrong with it. Linear in its length. */
export function readPattern(source: string, context: PatternContext): PatternTree {
  const fail: Fail = what => {
    throw new Error(`pattern "${source}": ${what}`)
  }
  let rest = source.trim()
  const imperative = rest.startsWith('^')
  if (imperative) rest = rest.slice(1).trim()
  const items: Item[] = []
  for (const piece of pieces(rest, fail)) {
    if (piece.startsWith('..')) {
      const gap = Number(piece.slice(2))
      if (!Number.isInteger(gap) || gap < 1) fail(`"${piece}" is no gap; write ..3 for up to three words`)
      if (gap > MAX_GAP) fail(`the gap "${piece}" is wider than ..${MAX_GAP}`)
      items.push({ gap })
      continue
    }
    const optional = piece.endsWith('?') && piece.length > 1
    const body = optional ? piece.slice(0, -1) : piece
    const grouped = body.startsWith('(')
    if (grouped && !body.endsWith(')')) fail(`"${body}" is not closed`)
    const choices = grouped ? grouping(body.slice(1, -1), context, fail) : sequences(body, context, fail, [])
    if (choices.length > MAX_CHOICES) fail(`more than ${MAX_CHOICES} possibilities in "${piece}"`)
    if (choices.length === 0) fail(`"${piece}" says nothing`)
    if (!grouped && !optional && choices.length === 1) {
      for (const set of choices[0]!) items.push({ choices: [[set]], optional: false })
    } else items.push({ choices, optional })
  }
  while (items.length > 0 && 'gap' in items.at(-1)!) items.pop()
  while (items.length > 0 && 'gap' in items[0]!) items.shift()
  if (!items.some(item => 'choices' in item && !item.optional)) fail('needs a word that must be there')
  if (items.length > MAX_ITEMS) fail(`has more than ${MAX_ITEMS} parts`)
  return { items, imperative }
}

/** Splits at spaces outside of brackets. */
function pieces(text: string, fail: (what: string) => never): string[] {
  const result: string[] = []
  let depth = 0
  let start = -1
  for (let i = 0; i <= text.length; i++) {
    const c = text[i]
    if (c === '(') {
      if (++depth > 1) fail('groups cannot stand in groups')
    } else if (c === ')' && --depth < 0) fail('a bracket is closed that was not opened')
    if (depth === 0 && (c === undefined || c === ' ' || c === '\t')) {
      if (start >= 0) result.push(text.slice(start, i))
      start = -1
    } else if (start < 0) start = i
  }
  if (depth > 0) fail('a bracket is not closed')
  return result
}

function grouping(text: string, context: PatternContext, fail: Fail): Sequence[] {
  const choices: Sequence[] = []
  for (const alternative of text.split('|')) choices.push(...sequences(alternative.trim(), context, fail, []))
  return merge(choices, context)
}

/** All sequences a piece of words and classes stands for. */
function sequences(text: string, context: PatternContext, fail: Fail, within: string[]): readonly Sequence[] {
  if (!text.includes(' ')) return text === '' ? [] : wordSequences(text, context, fail, within)
  let result: Sequence[] = [[]]
  for (const word of text.split(/\s+/)) {
    if (word === '') continue
    if (word.startsWith('..')) fail('a gap cannot stand in a group')
    const options = wordSequences(word, context, fail, within)
    if (options.length * result.length > MAX_CHOICES) fail(`more than ${MAX_CHOICES} possibilities`)
    const next: Sequence[] = []
    for (const head of result) for (const tail of options) next.push([...head, ...tail])
    result = next
  }
  return result
}

function wordSequences(
  word: string,
  context: PatternContext,
  fail: Fail,
  within: string[],
): readonly Sequence[] {
  const known = context.cache.get(word)
  if (known) return known
  const symbol = SYMBOLS[word]
  let read: readonly Sequence[]
  if (symbol !== undefined) read = [[context.set(symbol)]]
  else if (word.startsWith('<')) read = classSequences(word, context, fail, within)
  else read = [plainSequence(word, context, fail)]
  context.cache.set(word, read)
  return read
}

function classSequences(word: string, context: PatternContext, fail: Fail, within: string[]): Sequence[] {
  const name = word.slice(1, -1)
  if (!word.endsWith('>') || !Object.hasOwn(context.classes, name)) fail(`there is no class "${name}"`)
  if (within.includes(name)) fail(`the class "${name}" contains itself`)
  const all: Sequence[] = []
  for (const entry of context.classes[name]!) all.push(...sequences(entry, context, fail, [...within, name]))
  if (all.length === 0) fail(`the class "${name}" is empty`)
  return merge(all, context)
}

function plainSequence(word: string, context: PatternContext, fail: Fail): Sequence {
  const prefix = word.length > 1 && word.endsWith('*')
  const suffix = word.length > 1 && word.startsWith('*')
  const body = prefix || suffix ? word.slice(suffix ? 1 : 0, prefix ? -1 : undefined) : word
  if (body === '' || /[*<>()|#]/.test(body)) fail(`"${word}" is not a word`)
  const parts = context.parts(body)
  if (parts.length === 0) fail(`"${word}" has no letters`)
  return parts.map((part, i) => {
    const first = suffix && i === 0
    const last = prefix && i === parts.length - 1
    if (first && last) return context.set(`~${part}`)
    if (last) return context.set(`<${part}`)
    if (first) return context.set(`>${part}`)
    if (!context.forms || /^\d/.test(part)) return context.set(`=${part}`)
    return context.union(context.forms(part).map(form => context.set(`=${form}`)))
  })
}

/** Joins all sequences of one token into one set. */
function merge(all: readonly Sequence[], context: PatternContext): Sequence[] {
  const single: SetNumber[] = []
  const longer = new Map<string, Sequence>()
  for (const sequence of all) {
    if (sequence.length === 1) single.push(sequence[0]!)
    else if (sequence.length > 1) longer.set(sequence.join(' '), sequence)
  }
  return [...(single.length > 0 ? [[context.union(single)]] : []), ...longer.values()]
}
