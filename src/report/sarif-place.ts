// Places as SARIF has them: artifact locations relative to the source root, regions with 1-based exclusive ends.
import type { Range } from '../model/position.ts'
import { isRelative, uriOf } from './uri.ts'

export function artifactOf(path: string): { uri: string; uriBaseId?: string } {
  return isRelative(path) ? { uri: uriOf(path), uriBaseId: '%SRCROOT%' } : { uri: uriOf(path) }
}

/** A place in a file, or the file as a whole. */
export function physical(path: string, range?: Range) {
  const artifactLocation = artifactOf(path)
  if (range === undefined) return { artifactLocation }
  return { artifactLocation, region: regionOf(range) }
}

export function regionOf({ start, end }: Range) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

/** A line of a file whose columns are not known. */
export function physicalLine(path: string, line: number) {
  return { artifactLocation: artifactOf(path), region: { startLine: line } }
}
