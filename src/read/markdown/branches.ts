// What a branch amounts to: what it is called, whether anything is done in it, whether it comes back.
import { shortened } from './actions.ts'
import { flat, lowOf } from './line.ts'
import type { Choice, Piece } from './pieces.ts'

export function isAside(piece: Piece): boolean {
  return piece.kind === 'note' || piece.kind === 'declared'
}

export function nameOf(choice: Choice): string {
  return choice.when ? shortened(flat(choice.when)) : 'otherwise'
}

/** A branch of a mere statement: nothing is done in it. */
export function isOnlySaid(choice: Choice): boolean {
  const doing = choice.body.filter(piece => !isAside(piece))
  const only = doing[0]
  return (
    choice.alternative &&
    doing.length === 1 &&
    only?.kind === 'do' &&
    only.weak === true &&
    only.body.length === 0
  )
}

/** Every way through the branch goes elsewhere or ends. */
export function leaves(choice: Choice): boolean {
  if (choice.annotation?.outcome) return true
  const final = choice.body.filter(piece => !isAside(piece)).at(-1)
  if (final?.kind === 'do') return final.annotation?.outcome !== undefined || final.orGo !== undefined
  return final?.kind === 'go' || final?.kind === 'stop' || final?.kind === 'end'
}

/** A condition about how things stand after the branches before it. */
const FOLLOWS =
  /\b(?:still|persists?|persisting|remains?|continues? to|not resolved|unresolved|(?:does|did) ?n[o']t (?:help|work|resolve|fix)|not successful|unsuccessful|no luck|this is not the case|that is not the case|not improved|after (?:that|this|which)|once (?:that|this))\b/

/** "They still want to cancel" in a list of answers: one of the answers, not what comes after them. */
const WISH = /\bstill (?:wants?|wish(?:es)?|insists?|would like|says?|asks?|needs?)\b/

/** `alternative`: it is one of several to choose from. */
export function isAfter({ when, alternative }: Choice): boolean {
  return when !== null && FOLLOWS.test(lowOf(when)) && !(alternative && WISH.test(lowOf(when)))
}
