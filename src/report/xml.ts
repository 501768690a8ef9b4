// The little XML that reports need: elements with attributes and text, escaped, and nothing that XML 1.0 forbids.
import { safeLines, safeText } from './safe.ts'

export type Element = {
  name: string
  attributes: Record<string, string | number>
  content?: Element[] | string
}

/** A whole document, indented. */
export function xmlDocument(root: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '').join('\n')}\n`
}

function lines({ name, attributes, content }: Element, indent: string): string[] {
  const list = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeXml(safeText(String(value)))}"`,
  )
  const head = `${indent}<${name}${list.join('')}`
  if (content === undefined || content.length === 0) return [`${head}/>`]
  if (typeof content === 'string') return [`${head}>${escapeXml(safeLines(content).join('\n'))}</${name}>`]
  return [`${head}>`, ...content.flatMap(child => lines(child, `${indent}  `)), `${indent}</${name}>`]
}

/** `]]>` may not stand in text either; characters that XML 1.0 cannot hold are gone already, but for these two. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"'\ufffe\uffff]/g, character => ENTITY[character] ?? '\ufffd')
}

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
