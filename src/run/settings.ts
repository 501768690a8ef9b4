// What a run is given: the files, and how they are read, recognised and checked.
import type { Slice } from '../check/index.ts'
import type { By } from '../model/act.ts'
import type { Document } from '../model/playbook.ts'
import type { Root } from '../model/roots.ts'
import type { Rule } from '../model/rule.ts'
import type { Recognised } from '../recognise/index.ts'

/** A file to lint. `path` as it is to be shown, with `/`; `named: false` if it was found by searching a folder. */
export type Source = { path: string; text: string; named: boolean }

/** A file as read and, where that was done in one go, what was recognised in each of its playbooks. */
export type FileRead = { document: Document; recognised?: readonly Recognised[] }

/** Decides, beside its text, how a file is read and what is recognised in it. */
export type ReadOptions = {
  /**
   * A team's own acts by name, and what it changes of those that wayout knows: `phrases` are patterns, tried in every
   * language; `remove` holds ids of patterns of the lexicons that shall not count.
   */
  acts?: ReadonlyMap<string, { by: By; phrases: readonly string[]; remove?: readonly string[] }>
  /** Where links of the team's own site lead; without, links that begin with `/` or a scheme are not followed. */
  roots?: readonly Root[]
}

export type ReadSettings = ReadOptions & {
  /**
   * Reads a file that a playbook leads to: its text; `error`, why it could not be read; null if it does not exist or
   * lies outside the project. Without it, nothing but the sources is read.
   */
  load?: (path: string) => { path: string; text: string } | { error: string } | null
  /** Reads a file in another way (another thread, a cache), with the same result as `readFile`. */
  readFile?: (path: string, text: string) => Promise<FileRead>
  /** Called now and then: how many of the files are read, then how many of the entries judged. */
  onProgress?: (done: number, of: number) => void
  /** Called before each stage, for timing. */
  onStage?: (stage: 'read' | 'link' | 'recognise' | 'check') => void
}

export type CheckedSettings = ReadSettings & {
  /** The rules that are on, with their severity and parameters. */
  rules: readonly Rule[]
  /** Makes a certificate for each verdict and checks it; one that proves nothing is a fault. */
  verify?: boolean
  /** Works out what is there, too (`result.proofs`): the shortest ways, and what no rule looks at. */
  prove?: boolean
  /** Judges some of the entries only, in a flow of all files; `joinedRuns` puts such runs together. */
  slice?: Slice
}
