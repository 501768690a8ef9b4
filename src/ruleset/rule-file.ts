// A file of rules: one rule as in `rules/`, a list of them, or a configuration with a list under `rules:`.
import { isMap, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Point } from '../model/position.ts'
import { type ConfigProblem, parseConfig } from './config.ts'
import type { OwnAct } from './own-acts.ts'

export type RuleFile = {
  rules: { value: unknown; at: Point }[]
  /** Acts that the file declares itself. */
  acts: Map<string, OwnAct>
  problems: ConfigProblem[]
}

export function rulesInFile(text: string, path: string): RuleFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false })
  const { contents } = document
  const alone = isMap(contents) && contents.has('check')
  if (document.errors.length > 0 || !(alone || isSeq(contents))) {
    const { config, problems } = parseConfig(text, path)
    return { rules: config.ownRules, acts: config.acts, problems }
  }
  const nodes = (isSeq(contents) ? contents.items : [contents]) as Node[]
  const rules = nodes.map(node => {
    const { line, col } = lines.linePos(node.range?.[0] ?? 0)
    return { value: node.toJS(document, { maxAliasCount: 100 }) as unknown, at: { line, column: col } }
  })
  return { rules, acts: new Map(), problems: [] }
}
