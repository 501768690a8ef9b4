// The text of a YAML scalar as an excerpt.
import type { Scalar } from 'yaml'
import type { Excerpt } from '../../model/position.ts'
import type { Source } from '../../model/source.ts'
import { excerptOfScalar, type Style } from '../scalar.ts'

const STYLES: Partial<Record<Scalar.Type, Style>> = {
  QUOTE_DOUBLE: 'double',
  QUOTE_SINGLE: 'single',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
}

/** White space at its end (the line break after a block) is left out. O(length · log lines). */
export function excerptOf(source: Source, scalar: Scalar.Parsed): Excerpt {
  const [start, end] = scalar.range
  const style = (scalar.type && STYLES[scalar.type]) ?? 'plain'
  return excerptOfScalar(source, { text: scalar.source.trimEnd(), start, end, style })
}
