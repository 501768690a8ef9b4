// Reads a file of any form: tells what it is from its content first, then its ending, and loads only the reader it needs.
import type { Document } from '../model/playbook.ts'

export type ReadOptions = { acts?: Iterable<string> }

/** Reads one file. Never throws on any text; what could not be read is in the document. */
export async function read(path: string, text: string, options: ReadOptions = {}): Promise<Document> {
  if (/\.(?:md|markdown|erb)$/i.test(path)) {
    const { readMarkdown } = await import('./markdown/index.ts')
    return readMarkdown(path, text, options)
  }
  const { readYaml } = await import('./yaml/index.ts')
  return readYaml(path, text, options)
}
