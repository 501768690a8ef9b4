// The places of a document that a sentence may send the reader to: headings by slug, title and label.
import { isSiteLink, type Root, underRoot } from '../../model/roots.ts'
import { HEADED, labelOf, normal } from './labels.ts'
import { flat } from './line.ts'
import type { Section } from './outline.ts'
import type { Vocabulary } from './words.ts'

/** Where a sentence points, before it is known which steps there are. */
export type Reference =
  /** `twin`: another heading of the same name that may be meant; `slug`: as the anchor says, the first is. */
  | { kind: 'section'; section: Section; twin?: Section; slug?: true }
  | { kind: 'fragment'; fragment: string }
  /** `guessed`: where the site has its root is not known. */
  | { kind: 'path'; path: string; fragment?: string; guessed?: boolean }
  /** "step 4", "state 6": looked for around the section it is said in. */
  | { kind: 'label'; noun: string; number: string }
  /** The title of a step inside a section. */
  | { kind: 'title'; title: string }
  | { kind: 'start' }

export class Places {
  readonly bySlug = new Map<string, Section>()
  /** For each title, the first sections that have it below each section above them; two are enough to be in doubt. */
  private readonly byTitle = new Map<string, Map<Section | null, Section[]>>()
  /** Anchors that some link names. */
  readonly named = new Set<string>()
  /** For each label, the first section that has it below each section above it. */
  private readonly byLabel = new Map<string, Map<Section | null, Section>>()
  /** Titles of steps that are no headings, as found in bold leads of items. */
  private readonly leads = new Set<string>()
  private longest = 1
  private readonly path: string
  private readonly roots: readonly Root[]

  constructor(sections: readonly Section[], words: Vocabulary, path: string, roots: readonly Root[] = []) {
    this.path = path
    this.roots = roots
    for (const section of sections) {
      for (const anchor of section.anchors) if (!this.bySlug.has(anchor)) this.bySlug.set(anchor, section)
      const title = flat(section.title)
      this.enter(normal(title), section)
      const label = labelOf(title, words)
      if (label) {
        this.enter(normal(label.rest), section)
        const key = `${label.noun} ${label.number}`
        let below = this.byLabel.get(key)
        if (!below) this.byLabel.set(key, (below = new Map()))
        for (let scope: Section | null = section; scope; scope = scope.parent)
          if (!below.has(scope)) below.set(scope, section)
      }
    }
  }

  private enter(title: string, section: Section): void {
    if (title === '') return
    let below = this.byTitle.get(title)
    if (!below) this.byTitle.set(title, (below = new Map()))
    for (let scope: Section | null = section.parent; ; scope = scope.parent) {
      const known = below.get(scope)
      if (!known) below.set(scope, [section])
      else if (known.length < 2 && known[0] !== section) known.push(section)
      if (!scope) break
    }
    this.longest = Math.max(this.longest, title.split(' ').length)
  }

  /** Makes the bold lead of an item a place one can be sent to. */
  addLead(title: string): void {
    const name = normal(title)
    const length = name.split(' ').length
    if (name === '' || length > 10) return
    this.leads.add(name)
    this.longest = Math.max(this.longest, length)
  }

  /** The section with this title nearest to the one it is said in. */
  titled(title: string, from: Section | null = null): Reference | null {
    const name = normal(title)
    const below = this.byTitle.get(name)
    for (let scope = from; below; scope = scope?.parent ?? null) {
      const [section, twin] = below.get(scope) ?? []
      if (section) return { kind: 'section', section, ...(twin && { twin }) }
      if (!scope) break
    }
    return this.leads.has(name) ? { kind: 'title', title: name } : null
  }

  /** The longest title that the text begins with; it must end where a clause may end. */
  titleAt(text: string, from: Section): { reference: Reference; length: number } | null {
    const words = [...text.slice(0, 160).matchAll(/[\p{L}\p{N}\p{M}]+/gu)].slice(0, this.longest)
    for (let count = words.length; count > 0; count--) {
      const last = words[count - 1]!
      const length = last.index + last[0].length
      const reference = this.titled(text.slice(0, length), from)
      if (
        reference &&
        /^\s*(?:[)\]"'”’*_.,;:!?]|$|<!--|\b(?:if|when|and|then|or|in|at|for|to|section|step|below|above|instead|again|immediately|now|next)\b|[-–—(])/.test(
          text.slice(length),
        )
      )
        return { reference, length }
    }
    return null
  }

  /** Headings called "step 4" (or numbered 4); the nearest around `from` comes first. */
  labelled(noun: string, number: string, from: Section): Section | null {
    const found =
      this.byLabel.get(`${noun} ${number}`) ??
      (HEADED.test(noun) ? this.byLabel.get(`number ${number}`) : undefined)
    if (!found) return null
    for (let scope: Section | null = from; scope; scope = scope.parent) {
      const near = found.get(scope)
      if (near) return near
    }
    return null
  }

  /** Where a link leads: in this file, or to another of the project; null for the web, mail and pictures. */
  linked(url: string): Reference | null {
    const clean = url.replace(/\?[^#]*/, '')
    if (clean.startsWith('#')) {
      const fragment = decode(clean.slice(1))
      if (fragment === '') return null
      const section = this.bySlug.get(fragment) ?? this.bySlug.get(fragment.toLowerCase())
      this.named.add(fragment.toLowerCase())
      return section ? this.anchored(section) : { kind: 'fragment', fragment }
    }
    const hash = clean.indexOf('#')
    const named = hash >= 0 ? decode(clean.slice(hash + 1)) : ''
    const fragment = named !== '' ? { fragment: named } : {}
    const before = hash >= 0 ? clean.slice(0, hash) : clean
    const place = underRoot(before, this.roots)
    if (place !== null) return isPage(place) ? { kind: 'path', path: decode(before), ...fragment } : null
    if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(clean) || clean === '') return null
    const path = this.fileOf(decode(before))
    if (path === null) return null
    return { kind: 'path', path, ...fragment, ...(isSiteLink(before) && { guessed: true }) }
  }

  /** An anchor leads to one heading; where another has the same name, the author may not have known which. */
  private anchored(section: Section): Reference {
    const [first, twin] = this.byTitle.get(normal(flat(section.title)))?.get(null) ?? []
    return { kind: 'section', section, ...(first === section && twin && { twin, slug: true }) }
  }

  /** The path of a page relative to this one; sites link to `.html` where the source is `.md` or `.html.md`. */
  private fileOf(written: string): string | null {
    const own = this.path.split('/').pop() ?? ''
    const suffix = own.includes('.') ? own.slice(own.indexOf('.')) : '.md'
    let path =
      written.startsWith('/') || /^(?:\.\/)*_/.test(written)
        ? this.relative(written)
        : written.replace(/^(?:\.\/)+/, '')
    if (path === null || path === '') return null
    const name = path.split('/').pop()!
    if (/\.(?:md|markdown|ya?ml|json)$/i.test(name)) return path
    if (/\.html?$/i.test(name)) return path.replace(/\.html?$/i, suffix)
    if (name === '' || name === '.' || name === '..') return null
    if (/\.[a-z0-9]{1,5}$/i.test(name)) return null
    path += suffix
    return path
  }

  /** `/handbook/a/b.html` seen from `source/handbook/a/c.html.md` is `b.html`: the roots meet where a folder has the same name. */
  private relative(written: string): string | null {
    const wanted = written.split('/').filter(part => part !== '' && part !== '.')
    const folders = this.path.split('/').slice(0, -1)
    const root = folders.indexOf(wanted[0] ?? '')
    if (root < 0 || wanted.length === 0) return null
    const here = folders.slice(root)
    let common = 0
    while (common < here.length && common < wanted.length - 1 && here[common] === wanted[common]) common++
    return [...here.slice(common).map(() => '..'), ...wanted.slice(common)].join('/')
  }
}

/** Pictures, archives and the like are no pages. */
function isPage(path: string): boolean {
  const name = path.split('/').pop()!
  return /\.(?:md|markdown|ya?ml|json|html?)$/i.test(name) || !/\.[a-z0-9]{1,5}$/i.test(name)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
