// A sentence with a condition, taken apart.
import type { Chooser } from '../../model/act.ts'
import type { Line } from './line.ts'

/**
 * `when` is the condition without its "if" (a "not" or "unless" stays), absent for a bare "otherwise".
 * `action` is absent where the sentence ends with the condition; `open`: what to do stands in the next block.
 */
export type Conditional = {
  when?: Line
  otherwise: boolean
  /** Who decides, if a tag in front says so. */
  chooser?: Chooser
  action?: Line
  trailing: boolean
  open: boolean
  /** "If not" as written: a condition of its own where there is none before it. */
  phrase?: Line
}
