// HTML from text that nobody trusts: a string is always escaped, only what was built here counts as markup.
import { safeLines, safeText } from '../safe.ts'

/** Made by `element`, `lines` and `trusted` only. */
export type Markup = { readonly markup: string }
export type Child = Markup | string | number | null | readonly Child[]

const VOID = new Set(['meta', 'input', 'br'])

/** An element; attributes that are null are left out, true stands without a value. Strings are escaped everywhere. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | boolean | null>>,
  ...children: Child[]
): Markup {
  const list = Object.entries(attributes).flatMap(([key, value]) => {
    if (value === null || value === false) return []
    return value === true ? [` ${key}`] : [` ${key}="${escaped(safeText(String(value)))}"`]
  })
  const head = `<${name}${list.join('')}>`
  return { markup: VOID.has(name) ? head : `${head}${inner(children)}</${name}>` }
}

/** Text with its line breaks and indents, for `pre`. */
export function lines(text: string): Markup {
  return { markup: safeLines(text.trimEnd()).map(escaped).join('\n') }
}

/** Markup that is not made of words of a playbook, or in which they are escaped already. */
export function trusted(markup: string): Markup {
  return { markup }
}

function inner(children: readonly Child[]): string {
  return children
    .map(child => {
      if (child === null) return ''
      if (Array.isArray(child)) return inner(child)
      if (typeof child === 'object') return (child as Markup).markup
      return text(String(child))
    })
    .join('')
}

/** Harmless, with one blank kept at either end, so that pieces of a sentence stay apart. */
function text(words: string): string {
  const safe = escaped(safeText(words))
  if (safe === '') return words === '' ? '' : ' '
  return `${/^\s/.test(words) ? ' ' : ''}${safe}${/\s$/.test(words) ? ' ' : ''}`
}

function escaped(words: string): string {
  return words.replace(/[&<>"'`]/g, character => ENTITY[character]!)
}

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}
