// What the pictures in every syntax share: the words of their parts, how wide these may be, the colour of who decides.
import type { Chooser } from '../model/act.ts'
import { wrap } from './layout.ts'
import type { Arrow, Box, Group, Note } from './picture-data.ts'
import { safeText } from './safe.ts'

const COLUMNS = 30

export const COLOUR: Readonly<Record<Chooser, string>> = {
  customer: '#1f6feb',
  agent: '#bf5b00',
  system: '#bf5b00',
  world: '#6e7781',
  fact: '#6e7781',
  unknown: '#a40e9a',
}

/** The lines of a label. */
export function wrapped(text: string): string[] {
  return wrap([{ text }], COLUMNS)
}

/** A playbook and its file. */
export function groupWords({ title, path }: Group): string {
  return `${title} (${safeText(path)})`
}

/** The numbers of its findings, and its title. */
export function boxWords({ title, findings }: Box): string {
  return [...findings.map(number => `⚠${number}`), title].join(' ').trim()
}

/** The findings whose paths pass, and the label. */
export function arrowWords({ passes, label }: Arrow): string {
  return [...passes.map(pass => `⚠${pass}`), label].filter(part => part !== '').join(' ')
}

/** Line by line: which finding it is, and what it says. */
export function noteWords({ number, severity, rule, message }: Note): string[] {
  return [`⚠${number} ${severity}, ${rule}`, message].flatMap(wrapped)
}
