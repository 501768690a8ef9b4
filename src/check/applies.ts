// Where a rule applies: on certain channels, in certain files, in certain playbooks.
import type { Entry, Flow } from '../model/flow.ts'
import { matchesGlob, matchesName } from '../model/glob.ts'
import type { Rule } from '../model/rule.ts'

export type Applying = {
  /** Why a rule does not speak of this entry; null if it does. */
  elsewhere(rule: Rule, entry: Entry): string | null
  /** Whether it speaks of a playbook at all. */
  isIn(rule: Rule, playbook: number): boolean
  /** Whether it speaks of what stands on this line. */
  isAt(rule: Rule, path: string, line: number): boolean
  /** Whether it speaks of any playbook. */
  anywhere(rule: Rule): boolean
  /** The playbooks it speaks of. */
  judged(rule: Rule): number[]
  /** What it speaks of, in words. */
  only(rule: Rule): string
}

export function applying(flow: Flow): Applying {
  const isIn = ({ applies }: Rule, playbook: number): boolean => {
    const { path, playbook: book } = flow.playbooks[playbook]!
    const { paths, playbooks } = applies ?? {}
    return (
      (!paths || paths.some(glob => matchesGlob(glob, path))) &&
      (!playbooks || playbooks.some(name => matchesName(name, book.title)))
    )
  }
  const judged = (rule: Rule) => [...flow.playbooks.keys()].filter(playbook => isIn(rule, playbook))
  return {
    isIn,
    judged,
    anywhere: rule => !rule.applies || judged(rule).length > 0,
    only,
    elsewhere(rule, { channel, playbook }) {
      const channels = rule.applies?.channels
      const isOnChannel = !channels || channel === null || channels.includes(channel)
      return isOnChannel && isIn(rule, playbook) ? null : only(rule)
    },
    isAt(rule, path, line) {
      if (!rule.applies) return true
      const here = flow.playbooks.map((book, i) => ({ ...book, i })).filter(book => book.path === path)
      const own = here.filter(({ playbook: { range } }) => range.start.line <= line && line <= range.end.line)
      const { paths } = rule.applies
      if (here.length === 0) return !paths || paths.some(glob => matchesGlob(glob, path))
      return (own.length > 0 ? own : here).some(({ i }) => isIn(rule, i))
    },
  }
}

function only({ applies = {} }: Rule): string {
  const { channels, paths, playbooks } = applies
  const parts = [
    ...(channels ? [channels.join(', ')] : []),
    ...(paths ? [`files ${paths.join(', ')}`] : []),
    ...(playbooks ? [`playbooks ${playbooks.map(name => `"${name}"`).join(', ')}`] : []),
  ]
  return `speaks of ${parts.join(' and ')} only`
}
