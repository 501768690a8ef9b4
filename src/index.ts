// The Node API: lint(sources, settings) → result. Reads, links, recognises and checks; has no effects of its own.
import type { NotRead } from './model/finding.ts'
import type { Flow } from './model/flow.ts'
import type { EntryGrade } from './model/grade.ts'
import { checked } from './run/checked.ts'
import { type Finished, type FinishSettings, finished } from './run/finished.ts'
import { recognised } from './run/recognised.ts'
import type { CheckedSettings, ReadSettings, Source } from './run/settings.ts'

export type * from './model/act.ts'
export type * from './model/certificate.ts'
export type * from './model/edit.ts'
export type * from './model/finding.ts'
export type * from './model/flow.ts'
export type * from './model/grade.ts'
export type * from './model/playbook.ts'
export type * from './model/position.ts'
export type * from './model/proof.ts'
export type * from './model/roots.ts'
export type * from './model/rule.ts'
export type * from './model/suppression.ts'
export { type CheckedRun, checked, type LintFault } from './run/checked.ts'
export { type Finished, type FinishSettings, finished } from './run/finished.ts'
export type { CheckedSettings, FileRead, ReadSettings, Source } from './run/settings.ts'

export type LintSettings = CheckedSettings & FinishSettings

export type Linted = Finished & { flow: Flow }

/** Reads, links and recognises playbooks, without checking any rule. */
export async function readFlow(
  sources: readonly Source[],
  settings: ReadSettings = {},
): Promise<{ flow: Flow; notRead: NotRead[] }> {
  const { flow, notRead } = await recognised(sources, settings)
  return { flow, notRead }
}

/** Lints playbooks. The result does not depend on the order of the sources. */
export async function lint(sources: readonly Source[], settings: LintSettings): Promise<Linted> {
  const { run, flow } = await checked(sources, settings)
  return { ...finished(run, settings), flow }
}

/** Grades every entry: can a customer who comes in here get a cancellation, and at what effort. */
export async function grade(
  sources: readonly Source[],
  settings: ReadSettings = {},
): Promise<{ entries: EntryGrade[]; flow: Flow; notRead: NotRead[] }> {
  const { flow, notRead } = await recognised(sources, settings)
  return { entries: await gradesOf(flow), flow, notRead }
}

/** Grades the entries of a flow that is read already. */
export async function gradesOf(flow: Flow): Promise<EntryGrade[]> {
  const { grades } = await import('./check/grade.ts')
  return grades(flow)
}
