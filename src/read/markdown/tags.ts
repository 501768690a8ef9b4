// `[customer]` in front of a condition: who decides, as the author says.
import { CHOOSERS, type Chooser } from '../../model/act.ts'

const TAG = /^[^\p{L}\p{N}[\]]{0,8}\[([a-z]{2,12})\][\s:：,*_]*/iu

/** The tag a text begins with, and how long it is with the marks around it; null if there is none. */
export function tagAt(text: string): { chooser: Chooser; length: number } | null {
  const match = TAG.exec(text.slice(0, 60))
  const chooser = chooserOf(match)
  return match && chooser ? { chooser, length: match[0].length } : null
}

const LAST = /\s*\[([a-z]{2,12})\][\s:：,]*$/i

/** The tag a text ends with, and where it begins: "refund them [agent] if …". */
export function lastTag(text: string): { chooser: Chooser; at: number } | null {
  const from = Math.max(0, text.length - 30)
  const match = LAST.exec(text.slice(from))
  const chooser = chooserOf(match)
  return match && chooser ? { chooser, at: from + match.index } : null
}

function chooserOf(match: RegExpExecArray | null): Chooser | undefined {
  const name = match?.[1]?.toLowerCase()
  return CHOOSERS.find(chooser => chooser === name)
}
