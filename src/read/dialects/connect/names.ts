// Which flow, queue or function a block of Amazon Connect refers to: by the name shown in the console, by placeholders, by attributes.
import { entriesAt, type ScalarTree, textAt } from '../tree.ts'
import type { Block, Flow } from './blocks.ts'

/** What a reference says: the name of a flow of the project if it can be told, and the reference as written. */
export type Reference = { name?: string; written: string; scalar: ScalarTree }

/** Values of the attributes a flow sets for itself (`$.FlowAttributes.x`), as far as they are written in it. */
export function flowAttributes({ blocks }: Flow): Map<string, string> {
  const attributes = new Map<string, string>()
  for (const { type, tree } of blocks) {
    if (type !== 'UpdateFlowAttributes') continue
    for (const { key, value } of entriesAt(tree, 'Parameters', 'FlowAttributes')) {
      const set = textAt(value, 'Value')
      if (set !== undefined) attributes.set(key.text, set)
    }
  }
  return attributes
}

const ATTRIBUTE = '$.FlowAttributes.'

/** The first of these parameters that is set. */
export function referenceOf(
  block: Block,
  attributes: ReadonlyMap<string, string>,
  parameters: readonly string[],
): Reference | undefined {
  const scalar = parameters.map(p => block.parameter(p)).find(p => p !== undefined)
  if (!scalar) return undefined
  const { text } = scalar
  const key = text.startsWith(ATTRIBUTE) ? text.slice(ATTRIBUTE.length) : undefined
  const written = (key !== undefined ? attributes.get(key) : undefined) ?? text
  const name = block.shownTarget ?? placeholderIn(written)
  return { written, scalar, ...(name === undefined ? {} : { name }) }
}

/** `arn:…/contact-flow/${F:Cancel gym:F}`: placeholders that deployment fills in name the thing. */
function placeholderIn(written: string): string | undefined {
  return /\$\{([A-Z]+):([^${}]{1,200}):\1\}/.exec(written.slice(0, 2000))?.[2]
}

/** The last part of an ARN, which is a name or an id; another text as it is. */
export function lastPart(written: string): string {
  const arn = written.startsWith('arn:')
  const name = /function:?([^:]+)/.exec(arn ? written.slice(0, 500) : '')?.[1]
  return name ?? (arn ? written.slice(written.lastIndexOf('/') + 1) : written)
}
