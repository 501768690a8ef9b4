// What a Copilot Studio action says: plain texts, variants of a text, and the words on adaptive cards.
import type { Excerpt } from '../../../model/position.ts'
import { part } from '../../../model/source.ts'
import { excerptOf, type File } from '../file.ts'
import { at, itemsAt, type ScalarTree, scalarAt, type Tree } from '../tree.ts'
import { withoutTags } from '../words.ts'

/** The words of an activity, a message or a prompt: a text, or a mapping with variants and cards. */
export function spokenIn(file: File, tree: Tree | undefined): Excerpt[] {
  if (!tree) return []
  if (tree.kind === 'scalar') return tree.value === null ? [] : words(file, [tree])
  const texts = ['text', 'speak'].map(key => scalarsIn(at(tree, key))).find(list => list.length > 0)
  const cards = itemsAt(tree, 'attachments').flatMap(a => {
    const content = scalarAt(a, 'cardContent')
    const plain = ['title', 'subtitle', 'text'].map(k => scalarAt(a, k)).filter(s => s !== undefined)
    return content ? cardWords(excerptOf(file, content)) : words(file, plain)
  })
  return [...words(file, texts ?? []), ...cards]
}

function scalarsIn(tree: Tree | undefined): ScalarTree[] {
  const all = tree?.kind === 'list' ? tree.items : tree ? [tree] : []
  return all.filter(item => item.kind === 'scalar' && item.value !== null) as ScalarTree[]
}

function words(file: File, scalars: ScalarTree[]): Excerpt[] {
  return scalars.map(s => withoutTags(excerptOf(file, s))).filter(e => e.text.trim() !== '')
}

/** The texts and labels of a card, written as JSON or in Power Fx. Titles of buttons are the customer's words, not ours. */
export function cardWords(card: Excerpt): Excerpt[] {
  const found: Excerpt[] = []
  for (const match of card.text.matchAll(/\b(?:text|label)["']?\s*:\s*"([^"]*(?:""[^"]*)*)"/g)) {
    const from = match.index + match[0].length - match[1]!.length - 1
    if (/\p{L}/u.test(match[1]!)) found.push(part(card, from, from + match[1]!.length))
  }
  return found
}

/** The fields of a card into which the customer writes. */
export function cardFields(card: Excerpt): string[] {
  const inputs =
    /\btype["']?\s*:\s*"Input\.(?:Text|Date|Time|Number)"\s*,\s*["']?id["']?\s*:\s*"([^"]{1,100})"/g
  return [...card.text.matchAll(inputs)].map(m => m[1]!)
}
