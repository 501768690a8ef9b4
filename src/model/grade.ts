// Grades of entries: can a customer who comes in here get a cancellation, at what effort, on whom does it hang.
import type { Chooser } from './act.ts'
import type { Channel } from './playbook.ts'

/** From best to worst for the customer. */
export const GRADES = ['guaranteed', 'eventual', 'discretionary', 'sealed'] as const
export type Grade = (typeof GRADES)[number]

export type EntryGrade = {
  path: string
  entry: string
  title: string
  line: number
  channel: Channel | null
  grade: Grade
  /** The grade drops if only options count that the customer is told about. */
  hidden: boolean
  /** Turns of the customer; null is infinite. */
  best: number | null
  guaranteed: number | null
  worst: number | null
  /** Where the way out hangs on somebody else. */
  decisive: { step: string; title: string; chooser: Chooser; path: string; line: number } | null
  /** Whether the grade stays the same however doubts are read. */
  certain: boolean
  /** Whether a request to cancel was recognised behind the entry at all. */
  asked: boolean
  /** Completed by another team: its name, or an empty string if it is not named. */
  elsewhere: string | null
}
