// Conditions, read a second time and on their own for checking certificates: shares nothing with `condition.ts`, on purpose.
import { ACTS, type Act, type By } from '../model/act.ts'
import type { Flow } from '../model/flow.ts'
import type { Condition } from '../model/rule.ts'

export type Kinds = Readonly<Record<string, { by: By; kindOf?: string; satisfies?: string }>>

/** Acts of the company that colleagues do among themselves. */
const BEHIND_THE_SCENES =
  'policy exception ask-if-unsure complaint-logged obstruction-instruction company-fault'

/** How surely a condition is met at an event (a step, or a transition plus the number of steps): 0 not, 1 a hint, 2 suspected, 3 certain. */
export function surety(
  flow: Flow,
  event: number,
  condition: Condition,
  wanted: boolean,
  entry: number,
  kinds: Kinds = ACTS,
): number {
  const step = event < flow.steps.length ? flow.steps[event]! : undefined
  const choice = step ? undefined : flow.transitions[event - flow.steps.length]!
  const acts = (step ?? choice)!.acts
  const again = (c: Condition, w = wanted) => surety(flow, event, c, w, entry, kinds)
  if (typeof condition === 'string') {
    if (condition === '@start') return event === entry ? 3 : 0
    if (condition === '@step') return step ? 3 : 0
    if (condition === '@end') {
      if ((step?.step ?? choice!.transition).outcome !== undefined) return 3
      return step?.step.impliedEnd && step.transitions.length === 0 ? 2 : 0
    }
    if (condition === '@customer-facing') {
      if (step?.step.texts.some(t => t.voice === 'say' && /\S/.test(t.text))) return 3
      const open = acts.filter(a => (kinds[a.act]?.by ?? a.by) === 'company')
      return step
        ? most(open.filter(a => !BEHIND_THE_SCENES.split(' ').includes(a.act)).map(a => believed(a)))
        : 0
    }
    if (condition === '@automated') {
      if (!step) return 0
      const channels = flow.playbooks[step.playbook]!.playbook.channels
      if (step.step.automated || (channels.length > 0 && !channels.some(c => c !== 'ivr'))) return 3
      return most(acts.filter(a => a.act === 'automated-diagnostics').map(a => believed(a)))
    }
    return again({ act: condition })
  }
  if ('any' in condition) return most(condition.any.map(c => again(c)))
  if ('all' in condition) return Math.min(3, ...condition.all.map(c => again(c)))
  if ('not' in condition) return 3 - again(condition.not, !wanted)
  if ('again' in condition) return 0
  if ('outcome' in condition) {
    const { outcome } = step?.step ?? choice!.transition
    return outcome !== undefined && [condition.outcome].flat().includes(outcome) ? 3 : 0
  }
  if ('about' in condition) {
    if (!choice?.topics.includes(condition.about)) return 0
    return !condition.by || (choice.chooser && condition.by.includes(choice.chooser)) ? 3 : 0
  }
  if (condition.by && choice && choice.chooser !== condition.by) return 0
  const level = most(
    acts
      .filter(a => isA(a.act, condition.act, wanted, condition.exactly === true, kinds))
      .map(a => {
        if (!condition.where || has(a, condition.where)) return believed(a)
        const mayBe = a.evidence !== 'declared' || Object.keys(a.attributes).length === 0
        return wanted && mayBe ? 1 : 0
      }),
  )
  const elsewhere = step?.step.wordsElsewhere !== undefined && !step.step.declaredActs
  const companys = (kinds[condition.act]?.by ?? 'company') === 'company'
  return level === 0 && wanted && elsewhere && companys ? 1 : level
}

const most = (levels: number[]) => Math.max(0, ...levels)
const believed = ({ evidence }: Act) => (evidence === 'hint' ? 1 : evidence === 'suspected' ? 2 : 3)

function isA(act: string, wanted: string, satisfies: boolean, exactly: boolean, kinds: Kinds): boolean {
  if (act === wanted) return true
  if (exactly) return false
  if (satisfies && ACTS[act]?.satisfies === wanted) return true
  const kind = kinds[act]?.kindOf
  return kind !== undefined && isA(kind, wanted, false, false, kinds)
}

function has(act: Act, where: Record<string, unknown>): boolean {
  if (Array.isArray(where.any)) return where.any.some(w => has(act, w))
  return Object.entries(where).every(([name, asked]) => {
    const value = act.attributes[name]
    const given = value !== undefined && value !== null && value !== ''
    if (typeof asked !== 'object' || asked === null) return String(value) === String(asked)
    if ('missing' in asked) return !given
    if (!given) return false
    if ('one_of' in asked) return (asked.one_of as unknown[]).map(String).includes(String(value))
    return !('at_most' in asked) || amount(value) <= amount(asked.at_most)
  })
}

/** Seconds by the beginning of the unit: the first that fits, longer ones first. */
const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(s|secs?|seconds?)$/, 1],
  [/^(m|mins?|minutes?)$/, 60],
  [/^(h|hrs?|hours?)$/, 60 * 60],
  [/^(d|days?|(business|working) days?)$/, 24 * 60 * 60],
  [/^weeks?$/, 7 * 24 * 60 * 60],
]

/** A length of time in seconds, or a bare number; NaN (which is within no limit) if it is neither. */
function amount(value: unknown): number {
  if (typeof value !== 'string' || value.length > 60) return Number(value)
  const words = value.toLowerCase().split(/\s+/).filter(Boolean).join(' ')
  const iso = /^p([\d.]+d)?(?:t([\d.]+h)?([\d.]+m)?([\d.]+s)?)?$/.exec(words)
  if (iso && /\d/.test(words)) {
    const [days, hours, minutes, seconds] = iso.slice(1).map(part => Number.parseFloat(part ?? '0'))
    return ((days! * 24 + hours!) * 60 + minutes!) * 60 + seconds!
  }
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([a-z][a-z ]*)$/.exec(words) ?? []
  const length = unit && UNITS.find(([name]) => name.test(unit.trim()))?.[1]
  return length ? Number(number) * length : Number(value)
}
