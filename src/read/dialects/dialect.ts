// What a foreign flow format is to the rest of wayout.
import type { Document, Format } from '../../model/playbook.ts'

export type Dialect = {
  format: Format
  /** True if a parsed YAML or JSON value has the shape of this format; any value may be asked about. */
  matches(value: unknown): boolean
  /**
   * Reads a file of this format. `value` is what parsing the text gave, undefined if nothing could be made of it:
   * then the document says what is wrong with the text. Never throws.
   */
  read(path: string, text: string, value: unknown): Document
}
