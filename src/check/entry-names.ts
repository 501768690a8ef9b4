// What the entries of a flow are called in verdicts: each by a name of its own.
import type { Entry, Flow } from '../model/flow.ts'

/**
 * `PATH#STEP`, with the channel where several entries share the step. Of playbooks in one file whose first steps have the
 * same id the first keeps the plain name; of the others the line is told, so that a playbook more does not rename it.
 */
export function entryNames(flow: Flow): (entry: Entry) => string {
  const count = new Map<number, number>()
  for (const { step } of flow.entries) count.set(step, (count.get(step) ?? 0) + 1)
  const first = new Map<string, number>()
  const plain = ({ step, playbook }: Entry) =>
    `${flow.playbooks[playbook]!.path}#${flow.steps[step]!.step.id}`
  for (const entry of flow.entries) if (!first.has(plain(entry))) first.set(plain(entry), entry.step)
  return entry => {
    const { step, channel } = entry
    const isFirst = first.get(plain(entry)) === step
    const more = [
      ...(isFirst ? [] : [`line ${flow.steps[step]!.step.range.start.line}`]),
      ...(count.get(step)! > 1 && channel ? [channel] : []),
    ]
    return more.length > 0 ? `${plain(entry)} (${more.join(', ')})` : plain(entry)
  }
}
