// What is remembered of a path while a certificate is checked, and what that means for the rule.
import type { Memory } from '../model/certificate.ts'

export type Meaning = {
  /** What may be remembered after a vertex, before which this was; several where the scope is in doubt, or for watchers. */
  step(before: Memory, v: number): Memory[]
  /** Whether the rule is broken here by a path of which this is remembered. */
  fails(memory: Memory, v: number): boolean
  /** Whether there is anything to judge here. */
  asks(memory: Memory, v: number): boolean
  /** How many things can be owed. It breaks the rule, too, if one of them is owed for ever. */
  duties: number
  owes(memory: Memory, duty: number): boolean
  /** Several memories are several things that are watched, not several readings of one. */
  watches: boolean
}

export const BEFORE_ALL: Memory = 'nothing'
export const isOpen = (memory: Memory) => memory.startsWith('open')
