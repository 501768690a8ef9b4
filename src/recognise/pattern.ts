// The pattern language: reads one pattern into items, each a choice between short sequences of words or a gap.

/**
 * What one token may be: `=word` exactly, `<pre` starting, `>suf` ending, `~in` containing, and `#` a number,
 * `%` per cent, `$` currency, `{` a placeholder.
 */
export type Term = string
/** Any of these terms. */
export type TermSet = readonly Term[]
/** Tokens that follow each other directly. */
export type Sequence = readonly TermSet[]

export type Item = { gap: number } | { choices: readonly Sequence[]; optional: boolean }
export type PatternTree = { items: Item[]; imperative: boolean }

export type PatternContext = {
  classes: Readonly<Record<string, readonly string[]>>
  /** Takes a word apart as the tokeniser would (clitics, hyphens), folded. */
  parts: (word: string) => string[]
  /** Further forms of a plain word (`match: inflect`); without it only itself. */
  forms?: (word: string) => string[]
  /** Classes already read. */
  cache: Map<string, Sequence[]>
}

export const MAX_GAP = 8
export const MAX_CHOICES = 400
export const MAX_ITEMS = 16

/** Reads a pattern. Throws an error that names the pattern and what is wrong with it. Linear in its length. */
export function readPattern(source: string, context: PatternContext): PatternTree {
  const fail = (what: string): never => {
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
    const alternatives = grouped ? body.slice(1, -1).split('|') : [body]
    const choices: Sequence[] = []
    for (const alternative of alternatives) choices.push(...sequences(alternative, context, fail, []))
    const merged = merge(choices)
    if (merged.length > MAX_CHOICES) fail(`more than ${MAX_CHOICES} possibilities in "${piece}"`)
    if (merged.length === 0) fail(`"${piece}" says nothing`)
    if (!grouped && !optional && merged.length === 1) {
      for (const set of merged[0]!) items.push({ choices: [[set]], optional: false })
    } else items.push({ choices: merged, optional })
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

/** All sequences a piece of words and classes stands for. */
function sequences(
  text: string,
  context: PatternContext,
  fail: (what: string) => never,
  within: string[],
): Sequence[] {
  let result: Sequence[] = [[]]
  for (const word of text.split(/\s+/)) {
    if (word === '') continue
    if (word.startsWith('..')) fail('a gap cannot stand in a group')
    const options = wordSequences(word, context, fail, within)
    const next: Sequence[] = []
    for (const head of result) for (const tail of options) next.push([...head, ...tail])
    if (next.length > MAX_CHOICES) fail(`more than ${MAX_CHOICES} possibilities`)
    result = next
  }
  return result.filter(sequence => sequence.length > 0)
}

function wordSequences(
  word: string,
  context: PatternContext,
  fail: (what: string) => never,
  within: string[],
): Sequence[] {
  if (word === '#') return [[['#']]]
  if (word === '<pct>') return [[['%']]]
  if (word === '<money>') return [[['$']]]
  if (word === '<var>') return [[['{']]]
  if (word.startsWith('<')) {
    const name = word.slice(1, -1)
    if (!word.endsWith('>') || !Object.hasOwn(context.classes, name)) fail(`there is no class "${name}"`)
    const known = context.cache.get(name)
    if (known) return known
    if (within.includes(name)) fail(`the class "${name}" contains itself`)
    const all: Sequence[] = []
    for (const entry of context.classes[name]!)
      all.push(...sequences(entry, context, fail, [...within, name]))
    const merged = merge(all)
    if (merged.length === 0) fail(`the class "${name}" is empty`)
    context.cache.set(name, merged)
    return merged
  }
  const prefix = word.length > 1 && word.endsWith('*')
  const suffix = word.length > 1 && word.startsWith('*')
  const body = word.slice(suffix ? 1 : 0, prefix ? -1 : undefined)
  if (body === '' || /[*<>()|#]/.test(body)) fail(`"${word}" is not a word`)
  const parts = context.parts(body)
  if (parts.length === 0) fail(`"${word}" has no letters`)
  return [
    parts.map((part, i): TermSet => {
      const first = suffix && i === 0
      const last = prefix && i === parts.length - 1
      if (first && last) return [`~${part}`]
      if (last) return [`<${part}`]
      if (first) return [`>${part}`]
      return /^\d/.test(part) ? [`=${part}`] : (context.forms?.(part) ?? [part]).map(form => `=${form}`)
    }),
  ]
}

/** Joins all sequences of one token into one set. */
function merge(all: readonly Sequence[]): Sequence[] {
  const single = new Set<Term>()
  const longer = new Map<string, Sequence>()
  for (const sequence of all) {
    if (sequence.length === 1) for (const term of sequence[0]!) single.add(term)
    else longer.set(sequence.map(set => set.join('|')).join(' '), sequence)
  }
  return [...(single.size > 0 ? [[[...single]]] : []), ...longer.values()]
}
